#include "scenarios/batch/batch_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = ".yonder-batch.lock";
constexpr int kAttempts = 40;
constexpr auto kBetweenAttempts = std::chrono::milliseconds(50);

std::string reason(int error) { return std::generic_category().message(error); }

/// Open-file-description locks: of this object, not of the process (fcntl(2)).
bool try_lock(int descriptor, short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

std::string text_of(int descriptor) {
  std::array<char, 512> text{};
  const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
  return count > 0 ? std::string(text.data(), static_cast<std::size_t>(count)) : std::string();
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

BatchLock::BatchLock(const fs::path& directory, Kind kind, const std::string& batch) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    throw OutputError("cannot create output folder " + directory.string() + ": " + error.message());
  }
  const fs::path file = directory / kLockFile;
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw OutputError("cannot write into output folder " + directory.string() + ": " +
                      reason(errno));
  }
  const auto refuse = [&](const std::string& why) {
    ::close(descriptor_);
    throw OutputError(why);
  };
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const bool alone = try_lock(descriptor_, F_WRLCK);
  const int lock_error = errno;
  if (alone) {
    const std::string text = fmt::format("{}\n{} process {}\n", batch, host.data(), getpid());
    // What it says is for messages and for shards that come later. Never empty in between.
    if (::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()) ||
        ::ftruncate(descriptor_, static_cast<off_t>(text.size())) != 0) {
      refuse("cannot write " + file.string() + ": " + reason(errno));
    }
    if (kind == Kind::shared && !try_lock(descriptor_, F_RDLCK)) {
      refuse("cannot lock " + file.string() + ": " + reason(errno));
    }
    return;
  }
  if (lock_error != EAGAIN && lock_error != EACCES) {
    refuse("cannot lock " + file.string() + ": " + reason(lock_error) +
           "; the folder must lie on a disk with POSIX locks");
  }
  const std::string text = text_of(descriptor_);
  const std::size_t line_end = text.find('\n');
  const std::string who =
      line_end == std::string::npos ? "" : " (" + first_line(text.substr(line_end + 1)) + ")";
  if (kind == Kind::alone) {
    refuse("another batch is at work in " + directory.string() + who +
           "; wait for it, or give another output folder with -o");
  }
  // Another shard holds the lock alone for the moment in which it starts.
  bool shared = try_lock(descriptor_, F_RDLCK);
  for (int attempt = 0; !shared && attempt < kAttempts; ++attempt) {
    std::this_thread::sleep_for(kBetweenAttempts);
    shared = try_lock(descriptor_, F_RDLCK);
  }
  if (!shared) {
    refuse("a whole batch or a merge is at work in " + directory.string() + who +
           "; wait for it, or give another output folder with -o");
  }
  const std::string now = text_of(descriptor_);
  if (now.find('\n') == std::string::npos) {
    refuse("something else holds " + file.string() + ", which does not say which plan's shards; " +
           "wait for it, or give another output folder with -o");
  }
  if (first_line(now) != batch) {
    refuse("shards of another plan are at work in " + directory.string() + who +
           "; wait for them, or give another output folder with -o");
  }
}

BatchLock::~BatchLock() { ::close(descriptor_); }

}  // namespace yonder::scenarios
