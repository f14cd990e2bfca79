#include "scenarios/field_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <type_traits>
#include <utility>

#include "core/parallel_rows.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".field";
constexpr std::string_view kPartSuffix = ".part";
/// Checksummed, read and written piece by piece, so that all threads share the work.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
/// Left free on the disk for what the run itself has to write.
constexpr std::uint64_t kDiskReserveBytes = std::uint64_t{256} << 20;
/// A temporary file that nobody has written to for so long is of a process that died.
constexpr auto kPartLifetime = std::chrono::hours(1);

/// Start of a file: this, the key's text, the checksum of each piece, then the planes.
struct FileHead {
  std::array<char, 8> magic{'Y', 'O', 'N', 'D', 'E', 'R', 'F', '1'};
  std::uint32_t byte_order = 0x01020304;
  std::uint32_t key_bytes = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint32_t pieces = 0;
  std::uint32_t checksum = 0;  ///< of the head with this zero, the key and the pieces' checksums
};
static_assert(sizeof(FileHead) == 32, "has no padding, so that its bytes are defined");

/// Why a file cannot be taken, or not be written.
class CacheProblem : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class OpenFile {
 public:
  OpenFile(const fs::path& file, int flags) : descriptor_(::open(file.c_str(), flags, 0666)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return descriptor_; }
  /// The system's error, or 0.
  int close() { return ::close(std::exchange(descriptor_, -1)) == 0 || errno == EINTR ? 0 : errno; }

 private:
  int descriptor_;
};

std::string reason(int error) { return std::generic_category().message(error); }

/// The arrays of a field as bytes. Names every member: a new one does not compile until it is kept.
template <typename Field>
auto planes_of(Field& field) {
  auto& [window, loss_db, status, served_by] = field;
  if constexpr (std::is_const_v<Field>) {
    return std::array{std::as_bytes(std::span(loss_db)), std::as_bytes(std::span(status)),
                      std::as_bytes(std::span(served_by))};
  } else {
    return std::array{std::as_writable_bytes(std::span(loss_db)),
                      std::as_writable_bytes(std::span(status)),
                      std::as_writable_bytes(std::span(served_by))};
  }
}

template <typename Byte>
struct Piece {
  std::span<Byte> bytes;
  std::uint64_t offset = 0;  ///< from the first plane's first byte
};

template <typename Byte, std::size_t N>
std::vector<Piece<Byte>> pieces_of(const std::array<std::span<Byte>, N>& planes) {
  std::vector<Piece<Byte>> pieces;
  std::uint64_t offset = 0;
  for (const std::span<Byte> plane : planes) {
    for (std::size_t at = 0; at < plane.size(); at += kPieceBytes) {
      const auto bytes = plane.subspan(at, std::min(kPieceBytes, plane.size() - at));
      pieces.push_back({bytes, offset});
      offset += bytes.size();
    }
  }
  return pieces;
}

std::uint32_t checksum_of(std::span<const std::byte> bytes, std::uint32_t before = 0) {
  return static_cast<std::uint32_t>(
      ::crc32_z(before, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

template <typename T>
std::span<const std::byte> bytes_of(const T& value) {
  return std::as_bytes(std::span(&value, 1));
}

std::uint32_t head_checksum(FileHead head, const std::string& key,
                            const std::vector<std::uint32_t>& checksums) {
  head.checksum = 0;
  return checksum_of(std::as_bytes(std::span(checksums)),
                     checksum_of(std::as_bytes(std::span(key)), checksum_of(bytes_of(head))));
}

void read_at(int descriptor, std::span<std::byte> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw CacheProblem("cannot be read: " + reason(errno));
    if (count == 0) throw CacheProblem("ends too early");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

void write_all(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw CacheProblem(reason(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

/// parallel_rows over pieces, without progress.
void for_pieces(std::size_t count, const RunControl& control,
                const std::function<void(std::size_t)>& body) {
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(static_cast<int>(count), quiet, 0, 0,
                [&](int piece, int) { body(static_cast<std::size_t>(piece)); });
}

/// Fills the field from a file. Throws CacheProblem where the file is not the whole field.
void read_field(int descriptor, const FieldKey& key, PathLossField& field,
                const RunControl& control) {
  const auto planes = planes_of(field);
  const auto pieces = pieces_of(planes);
  FileHead head;
  std::string text(key.text.size(), '\0');
  std::vector<std::uint32_t> checksums(pieces.size());
  const std::uint64_t text_at = sizeof head;
  const std::uint64_t checksums_at = text_at + text.size();
  const std::uint64_t planes_at = checksums_at + checksums.size() * sizeof(std::uint32_t);

  read_at(descriptor, std::as_writable_bytes(std::span(&head, 1)), 0);
  const FileHead wanted;
  if (head.magic != wanted.magic || head.byte_order != wanted.byte_order) {
    throw CacheProblem("does not begin as a field does");
  }
  if (head.key_bytes != text.size() || head.pieces != pieces.size() ||
      head.columns != static_cast<std::uint32_t>(field.window.columns) ||
      head.rows != static_cast<std::uint32_t>(field.window.rows)) {
    throw CacheProblem("has another size than its field");
  }
  read_at(descriptor, std::as_writable_bytes(std::span(text)), text_at);
  read_at(descriptor, std::as_writable_bytes(std::span(checksums)), checksums_at);
  if (head.checksum != head_checksum(head, text, checksums)) {
    throw CacheProblem("has a head that does not match its checksum");
  }
  if (text != key.text) throw CacheProblem("holds the field of another key");
  for_pieces(pieces.size(), control, [&](std::size_t i) {
    read_at(descriptor, pieces[i].bytes, planes_at + pieces[i].offset);
    if (checksum_of(pieces[i].bytes) != checksums[i]) {
      throw CacheProblem("has values that do not match their checksum");
    }
  });
  struct stat info {};
  const std::uint64_t end = pieces.empty() ? 0 : pieces.back().offset + pieces.back().bytes.size();
  if (::fstat(descriptor, &info) != 0 ||
      static_cast<std::uint64_t>(info.st_size) != planes_at + end) {
    throw CacheProblem("is longer than its field");
  }
}

std::uint64_t file_bytes(const FieldKey& key, const PathLossField& field) {
  std::uint64_t bytes = sizeof(FileHead) + key.text.size();
  for (const auto& piece : pieces_of(planes_of(field))) {
    bytes += piece.bytes.size() + sizeof(std::uint32_t);
  }
  return bytes;
}

/// Writes a whole file under a name that nobody else uses, then gives it its own.
void write_field(const fs::path& file, const FieldKey& key, const PathLossField& field,
                 const RunControl& control) {
  const auto planes = planes_of(field);
  const auto pieces = pieces_of(planes);
  std::vector<std::uint32_t> checksums(pieces.size());
  for_pieces(pieces.size(), control,
             [&](std::size_t i) { checksums[i] = checksum_of(pieces[i].bytes); });
  FileHead head;
  head.key_bytes = static_cast<std::uint32_t>(key.text.size());
  head.columns = static_cast<std::uint32_t>(field.window.columns);
  head.rows = static_cast<std::uint32_t>(field.window.rows);
  head.pieces = static_cast<std::uint32_t>(pieces.size());
  head.checksum = head_checksum(head, key.text, checksums);

  static std::atomic<unsigned> count{0};
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  const fs::path part =
      file.parent_path() / fmt::format(".{}-{}-{}-{}{}", file.stem().string().substr(0, 16), host,
                                       getpid(), count++, kPartSuffix);
  OpenFile out(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
  if (out.get() < 0) throw CacheProblem("cannot create " + part.string() + ": " + reason(errno));
  try {
    write_all(out.get(), bytes_of(head));
    write_all(out.get(), std::as_bytes(std::span(key.text)));
    write_all(out.get(), std::as_bytes(std::span(checksums)));
    for (const auto& plane : planes) write_all(out.get(), plane);
    // Before the renaming: else a power cut could leave the name without the content. Network and
    // quota file systems may report a full disk only here.
    if (::fsync(out.get()) != 0 && errno != EINVAL) throw CacheProblem(reason(errno));
    if (const int error = out.close(); error != 0) throw CacheProblem(reason(error));
    if (::rename(part.c_str(), file.c_str()) != 0) throw CacheProblem(reason(errno));
  } catch (const CacheProblem& problem) {
    ::unlink(part.c_str());
    throw CacheProblem("cannot write " + file.string() + ": " + problem.what());
  }
}

double gib(std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 30); }

/// $XDG_CACHE_HOME/yonder/fields, or ~/.cache/yonder/fields; nullopt when there is no home.
std::optional<fs::path> default_directory() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  // The XDG base directory specification: a path that is not absolute is to be ignored.
  if (cache != nullptr && fs::path(cache).is_absolute()) return fs::path(cache) / "yonder/fields";
  const char* home = std::getenv("HOME");
  if (home == nullptr || !fs::path(home).is_absolute()) return std::nullopt;
  return fs::path(home) / ".cache/yonder/fields";
}

}  // namespace

std::optional<FieldCacheSettings> field_cache_settings(
    const CalculationConfig& calculation, const std::optional<std::string>& command_line) {
  FieldCacheSettings settings;
  settings.limit_bytes =
      static_cast<std::uint64_t>(calculation.cache_limit_gib * static_cast<double>(1 << 30));
  const char* environment = std::getenv("YONDER_FIELD_CACHE");
  const std::string said = command_line ? *command_line : environment ? environment : "";
  // The environment says where on this machine; that a scenario wants no cache stands.
  if (said == "off" || (!command_line && !calculation.cache)) return std::nullopt;
  const std::optional<fs::path> directory = !said.empty() ? fs::absolute(said)
                                            : calculation.cache_directory
                                                ? calculation.cache_directory
                                                : default_directory();
  if (!directory) return std::nullopt;
  settings.directory = *directory;
  return settings;
}

FieldCache::FieldCache(FieldCacheSettings settings) : settings_(std::move(settings)) {
  std::error_code error;
  if (fs::create_directories(settings_.directory, error)) {
    // The places of a network are nobody else's business: as the XDG specification has it.
    fs::permissions(settings_.directory, fs::perms::owner_all, error);
  }
  if (error) {
    report_.why_unstored =
        "cannot create folder " + settings_.directory.string() + ": " + error.message();
  }
}

fs::path FieldCache::file_of(const FieldKey& key) const {
  return settings_.directory / (key.sha256 + std::string(kSuffix));
}

std::optional<PathLossField> FieldCache::load(const FieldKey& key, PathLossField shape,
                                              const RunControl& control) {
  const fs::path file = file_of(key);
  const OpenFile in(file, O_RDONLY | O_CLOEXEC);
  if (in.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  try {
    if (in.get() < 0) throw CacheProblem("cannot be opened: " + reason(errno));
    read_field(in.get(), key, shape, control);
    // Marks it as used. Not allowed in a folder of somebody else's, which is no loss.
    ::futimens(in.get(), nullptr);
    in_use_.insert(file.filename().string());
    ++report_.loaded;
    return shape;
  } catch (const CacheProblem& problem) {
    if (report_.damaged++ == 0) report_.first_damage = file.string() + " " + problem.what();
    return std::nullopt;
  }
}

void FieldCache::store(const FieldKey& key, const PathLossField& field, const RunControl& control) {
  // After the first failure no further one is tried: the disk stays full, the folder unwritable.
  if (!report_.why_unstored.empty()) {
    ++report_.unstored;
    return;
  }
  try {
    const std::uint64_t bytes = file_bytes(key, field);
    make_room(bytes);
    const fs::path file = file_of(key);
    write_field(file, key, field, control);
    total_bytes_ += bytes;
    in_use_.insert(file.filename().string());
    ++report_.stored;
  } catch (const CacheProblem& problem) {
    report_.why_unstored = problem.what();
    ++report_.unstored;
  }
}

void FieldCache::make_room(std::uint64_t bytes) {
  if (!counted_ || total_bytes_ + bytes > settings_.limit_bytes) count_and_evict(bytes);
  if (total_bytes_ + bytes > settings_.limit_bytes) {
    throw CacheProblem(fmt::format("the limit of {:g} GiB (calculation.cache_limit_gib) is reached",
                                   gib(settings_.limit_bytes)));
  }
  std::error_code error;
  const fs::space_info space = fs::space(settings_.directory, error);
  if (!error && space.available < bytes + kDiskReserveBytes) {
    throw CacheProblem(fmt::format("the disk of {} has only {:.2f} GiB left",
                                   settings_.directory.string(), gib(space.available)));
  }
}

void FieldCache::count_and_evict(std::uint64_t bytes) {
  struct Kept {
    fs::path file;
    std::uint64_t bytes;
    fs::file_time_type used;
  };
  std::vector<Kept> kept;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  total_bytes_ = 0;
  counted_ = true;
  // Other processes may remove files meanwhile: what is gone is skipped.
  for (fs::directory_iterator it(settings_.directory, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code gone;
    const std::uint64_t size = it->file_size(gone);
    const fs::file_time_type used = it->last_write_time(gone);
    if (gone) continue;
    if (name.starts_with('.') && name.ends_with(kPartSuffix)) {
      if (now - used > kPartLifetime) fs::remove(it->path(), gone);
      continue;
    }
    if (!name.ends_with(kSuffix)) continue;  // not ours
    total_bytes_ += size;
    if (!in_use_.contains(name)) kept.push_back({it->path(), size, used});
  }
  if (total_bytes_ + bytes <= settings_.limit_bytes) return;
  // A tenth more than needed, so that the folder is not counted again for each field.
  const std::uint64_t wanted =
      settings_.limit_bytes -
      std::min(settings_.limit_bytes, std::max(bytes, settings_.limit_bytes / 10));
  std::ranges::sort(kept, {}, &Kept::used);
  for (const Kept& one : kept) {
    if (total_bytes_ <= wanted) break;
    std::error_code failed;
    if (!fs::remove(one.file, failed) && failed) continue;
    total_bytes_ -= std::min(total_bytes_, one.bytes);
    ++report_.evicted;
  }
}

}  // namespace yonder::scenarios
