#include "scenarios/staged_output.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "geodata/checked_file.h"
#include "geodata/error.h"
#include "scenarios/file_name.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStaging = ".yonder-partial-";

/// ".yonder-partial-<host>-<pid>": on a shared disk each host judges its own only.
std::string staging_prefix() {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  return std::string(kStaging) + host + "-";
}

[[noreturn]] void fail(const fs::path& path, const std::string& doing, const std::string& reason) {
  throw OutputError("cannot " + doing + " " + path.string() + ": " + reason);
}

/// Staging folders of processes of this host that no longer run.
void remove_abandoned(const fs::path& directory) {
  const std::string prefix = staging_prefix();
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const long pid = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
    // Our own number: of a process before us, as in a container that is started again (number 1).
    const bool alive =
        pid > 0 && pid != getpid() && (kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
    if (!alive) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

StagedOutput::StagedOutput(fs::path directory) : directory_(std::move(directory)) {
  std::error_code error;
  created_directory_ = fs::create_directories(directory_, error);
  if (error) fail(directory_, "create output folder", error.message());
  remove_abandoned(directory_);
  staging_ = directory_ / (staging_prefix() + std::to_string(getpid()));
  if (!fs::create_directory(staging_, error)) {
    fail(directory_, "write into output folder", error ? error.message() : "staging folder exists");
  }
}

StagedOutput::~StagedOutput() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  if (created_directory_) fs::remove(directory_, ignored);  // goes only while empty
}

fs::path StagedOutput::path(const std::string& name) const {
  if (name.empty()) return staging_;
  if (!is_plain_file_name(name)) {
    fail(directory_, "write into output folder", "'" + name + "' is not the name of a file");
  }
  return staging_ / name;
}

void StagedOutput::write_text(const std::string& name, const std::string& text) const {
  try {
    geodata::write_whole_file(path(name), text.data(), text.size());
  } catch (const geodata::GeodataError& error) {
    throw OutputError(error.what());
  }
}

std::vector<std::string> StagedOutput::staged_names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(staging_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void StagedOutput::commit(const std::string& last) {
  const std::vector<std::string> all = staged_names();
  std::vector<std::string> names = all;
  std::stable_partition(names.begin(), names.end(),
                        [&](const std::string& name) { return name != last; });
  for (const std::string& name : names) {
    std::error_code error;
    fs::rename(staging_ / name, directory_ / name, error);
    if (error) fail(directory_ / name, "rename result to", error.message());
    const std::string sidecar = name + ".aux.xml";
    const bool raster = name.ends_with(".tif") || name.ends_with(".vrt");
    if (raster && !std::ranges::binary_search(all, sidecar)) {
      fs::remove(directory_ / sidecar, error);
    }
  }
}

void StagedOutput::remove_superseded(const std::vector<std::string>& earlier,
                                     const std::vector<std::string>& now) const {
  for (const std::string& name : earlier) {
    if (!is_plain_file_name(name) || std::find(now.begin(), now.end(), name) != now.end()) continue;
    std::error_code ignored;
    fs::remove(directory_ / name, ignored);
  }
}

void remove_all_staging(const fs::path& directory,
                        const std::function<bool(const fs::path&)>& ours) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    if (!entry.path().filename().string().starts_with(kStaging)) continue;
    if (!ours || ours(entry.path())) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace yonder::scenarios
