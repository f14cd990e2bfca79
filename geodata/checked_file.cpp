#include "geodata/checked_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "geodata/error.h"

namespace yonder::geodata {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const char* action, int error) {
  std::string text = std::string("cannot ") + action + " " + file.string() + ": " +
                     std::generic_category().message(error);
  if (error == ENOSPC || error == EDQUOT || error == EFBIG)
    text += "; free some space or write to another folder";
  throw GeodataError(text);
}

}  // namespace

void remove_quietly(const std::filesystem::path& file) noexcept {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

CheckedFile::CheckedFile(std::filesystem::path file)
    : file_(std::move(file)),
      descriptor_(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) refuse(file_, "create", errno);
}

CheckedFile::~CheckedFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  discard();
}

void CheckedFile::write(const void* bytes, std::size_t size) {
  const auto* next = static_cast<const char*>(bytes);
  while (size > 0) {
    constexpr std::size_t kPiece = std::size_t{1} << 26;
    const ssize_t count = ::write(descriptor_, next, std::min(size, kPiece));
    if (count < 0) {
      if (errno != EINTR) fail(errno);
    } else {
      next += count;
      size -= static_cast<std::size_t>(count);
    }
  }
}

void CheckedFile::close() {
  int error = 0;
  // A network or quota file system may report a full disk only here. EINVAL: not a file that can be
  // synced (a pipe, a device), which is no loss.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) error = errno;
  if (::close(std::exchange(descriptor_, -1)) != 0 && error == 0 && errno != EINTR) error = errno;
  if (error != 0) fail(error);
}

void CheckedFile::discard() noexcept {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(file_, ignored)) remove_quietly(file_);
}

void CheckedFile::fail(int error) {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  discard();
  refuse(file_, "write", error);
}

void write_whole_file(const std::filesystem::path& file, const void* bytes, std::size_t size) {
  CheckedFile target(file);
  target.write(bytes, size);
  target.close();
}

void sync_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(file, "open", errno);
  const int error = ::fsync(descriptor) != 0 ? errno : 0;
  ::close(descriptor);
  if (error != 0 && error != EINVAL && error != EROFS) refuse(file, "write", error);
}

}  // namespace yonder::geodata
