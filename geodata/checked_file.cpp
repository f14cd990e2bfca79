#include "geodata/checked_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

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

void write_whole_file(const std::filesystem::path& file, const void* bytes, std::size_t size) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse(file, "create", errno);
  const auto* next = static_cast<const char*>(bytes);
  int error = 0;
  while (size > 0 && error == 0) {
    constexpr std::size_t kPiece = std::size_t{1} << 26;
    const ssize_t count = ::write(descriptor, next, std::min(size, kPiece));
    if (count < 0) {
      if (errno != EINTR) error = errno;
    } else {
      next += count;
      size -= static_cast<std::size_t>(count);
    }
  }
  // A network or quota file system may report a full disk only here. EINVAL: not a file that can be
  // synced (a pipe, a device), which is no loss.
  if (error == 0 && ::fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS) error = errno;
  if (::close(descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
  if (error != 0) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) remove_quietly(file);
    refuse(file, "write", error);
  }
}

}  // namespace yonder::geodata
