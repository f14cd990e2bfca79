#include "scenarios/staged_output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = ".yonder-partial-";

[[noreturn]] void fail(const fs::path& path, const std::string& doing, const std::string& reason) {
  throw OutputError("cannot " + doing + " " + path.string() + ": " + reason);
}

void remove_abandoned(const fs::path& directory) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    const long pid = std::strtol(name.c_str() + std::strlen(kPrefix), nullptr, 10);
    const bool alive = pid > 0 && (kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
    if (!alive) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

StagedOutput::StagedOutput(fs::path directory) : directory_(std::move(directory)) {
  std::error_code error;
  fs::create_directories(directory_, error);
  if (error) fail(directory_, "create output folder", error.message());
  remove_abandoned(directory_);
  staging_ = directory_ / (kPrefix + std::to_string(getpid()));
  fs::remove_all(staging_, error);
  if (!fs::create_directory(staging_, error)) {
    fail(directory_, "write into output folder", error ? error.message() : "staging folder exists");
  }
}

StagedOutput::~StagedOutput() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
}

void StagedOutput::write_text(const std::string& name, const std::string& text) const {
  const fs::path file = path(name);
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(file, "create", std::strerror(errno));
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = write(descriptor, text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const std::string reason = std::strerror(errno);
      close(descriptor);
      fail(file, "write", reason);
    }
    written += static_cast<std::size_t>(n);
  }
  if (close(descriptor) != 0) fail(file, "write", std::strerror(errno));
}

std::vector<std::string> StagedOutput::commit(const std::string& last) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(staging_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  std::stable_partition(names.begin(), names.end(),
                        [&](const std::string& name) { return name != last; });
  for (const std::string& name : names) {
    std::error_code error;
    fs::rename(staging_ / name, directory_ / name, error);
    if (error) fail(directory_ / name, "rename result to", error.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace yonder::scenarios
