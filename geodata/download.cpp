#include "geodata/download.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <cpl_vsi_error.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "geodata/checked_file.h"
#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

/// GDAL's HTTP options for this thread, unless the user has set them in the environment.
class HttpOptions {
 public:
  HttpOptions() {
    set("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");  // never list the bucket
    set("GDAL_HTTP_CONNECTTIMEOUT", "20");
    set("GDAL_HTTP_LOW_SPEED_LIMIT", "1");
    set("GDAL_HTTP_LOW_SPEED_TIME", "60");
    set("GDAL_HTTP_MAX_RETRY", "2");
    set("GDAL_HTTP_RETRY_DELAY", "1");
  }
  ~HttpOptions() {
    for (const char* key : keys_) CPLSetThreadLocalConfigOption(key, nullptr);
  }
  HttpOptions(const HttpOptions&) = delete;
  HttpOptions& operator=(const HttpOptions&) = delete;

 private:
  void set(const char* key, const char* value) {
    if (CPLGetConfigOption(key, nullptr) != nullptr) return;
    CPLSetThreadLocalConfigOption(key, value);
    keys_.push_back(key);
  }
  std::vector<const char*> keys_;
};

struct FileCloser {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
using RemoteFile = std::unique_ptr<VSILFILE, FileCloser>;

/// The piece on disk; every write checked.
class PartFile {
 public:
  explicit PartFile(const std::filesystem::path& path)
      : path_(path), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) fail("create");
    const off_t end = ::lseek(descriptor_, 0, SEEK_END);
    if (end < 0) fail("read");
    size_ = static_cast<vsi_l_offset>(end);
  }
  ~PartFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  vsi_l_offset size() const { return size_; }
  void restart() {
    if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0) fail("empty");
    size_ = 0;
  }
  void append(const char* bytes, std::size_t count) {
    while (count > 0) {
      const ssize_t n = ::write(descriptor_, bytes, count);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("write");
      bytes += n;
      count -= static_cast<std::size_t>(n);
      size_ += static_cast<vsi_l_offset>(n);
    }
  }
  void finish() {
    const bool synced = ::fsync(descriptor_) == 0;
    const int error = errno;
    const bool closed = ::close(std::exchange(descriptor_, -1)) == 0;
    if (!synced) errno = error;
    if (!synced || !closed) fail("write");
  }

 private:
  [[noreturn]] void fail(const char* action) const {
    const int error = errno;
    throw GeodataError(std::string("cannot ") + action + " " + path_.string() + ": " +
                       std::generic_category().message(error) +
                       "; the download goes on from here next time");
  }
  std::filesystem::path path_;
  int descriptor_;
  vsi_l_offset size_ = 0;
};

[[noreturn]] void refuse_unreachable(const std::string& url, const std::string& reason) {
  throw GeodataError("cannot reach " + url + " (" + reason +
                     "); offline? Fetch again when connected, or name another base address or "
                     "terrain files that are already here");
}

[[noreturn]] void refuse_early_end(const std::string& url, vsi_l_offset have, vsi_l_offset size,
                                   const std::string& reason) {
  throw GeodataError("the download of " + url + " ended after " + std::to_string(have) + " of " +
                     std::to_string(size) + " bytes" + reason +
                     "; fetch again, it goes on from there");
}

enum class Copy { done, ended_early, stopped };

Copy copy_from(VSILFILE* remote, vsi_l_offset size, PartFile& part, const std::stop_token& stop) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  std::vector<char> buffer(kPiece);
  if (VSIFSeekL(remote, part.size(), SEEK_SET) != 0) return Copy::ended_early;
  while (part.size() < size) {
    if (stop.stop_requested()) return Copy::stopped;
    const auto wanted =
        static_cast<std::size_t>(std::min<vsi_l_offset>(kPiece, size - part.size()));
    const std::size_t count = VSIFReadL(buffer.data(), 1, wanted, remote);
    if (count == 0) return Copy::ended_early;
    part.append(buffer.data(), count);
  }
  return Copy::done;
}

}  // namespace

Download download(const std::string& url, const std::filesystem::path& part_path,
                  std::stop_token stop) {
  const HttpOptions options;
  ErrorCapture errors;
  const std::string ranged = "/vsicurl/" + url;
  VSICurlPartialClearCache(ranged.c_str());  // an answer of an earlier try must not be believed
  VSIErrorReset();
  RemoteFile remote(VSIFOpenExL(ranged.c_str(), "rb", TRUE));
  if (!remote) {
    const std::string reason = VSIGetLastErrorMsg();
    if (reason.find("404") != std::string::npos && reason.find("HTTP") != std::string::npos)
      return Download::absent;
    if (reason.rfind("HTTP", 0) == 0)
      throw GeodataError("the server refuses " + url + " (" + reason + "); check the base address");
    refuse_unreachable(url, reason.empty() ? "no answer" : reason);
  }
  VSIFSeekL(remote.get(), 0, SEEK_END);
  const vsi_l_offset size = VSIFTellL(remote.get());
  if (size == 0)
    throw GeodataError(url + " is empty or its length is not told; check the base address");

  PartFile part(part_path);
  if (part.size() > size) part.restart();
  Copy result = copy_from(remote.get(), size, part, stop);
  if (result == Copy::ended_early &&
      errors.reason().find("Range downloading not supported") != std::string::npos) {
    // A plain web server sends whole files only.
    part.restart();
    errors.clear();
    remote.reset(VSIFOpenL(("/vsicurl_streaming/" + url).c_str(), "rb"));
    if (!remote) refuse_unreachable(url, "no answer to the second request");
    result = copy_from(remote.get(), size, part, stop);
  }
  if (result == Copy::stopped) return Download::stopped;
  if (result == Copy::ended_early) refuse_early_end(url, part.size(), size, errors.reason());
  part.finish();
  return Download::done;
}

}  // namespace yonder::geodata
