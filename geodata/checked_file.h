#pragma once

#include <cstddef>
#include <filesystem>

/// Writing bytes so that a full disk is noticed.
namespace yonder::geodata {

/// Writes the file and flushes it to disk. Any failure (open, short write, flush, close) throws
/// GeodataError that names the file and the system's reason, and leaves no file.
void write_whole_file(const std::filesystem::path& file, const void* bytes, std::size_t size);

/// A file written piece by piece, with the same promises; close() must be called at the end.
class CheckedFile {
 public:
  explicit CheckedFile(std::filesystem::path file);
  /// Without close() before it, removes the file.
  ~CheckedFile();
  CheckedFile(const CheckedFile&) = delete;
  CheckedFile& operator=(const CheckedFile&) = delete;

  void write(const void* bytes, std::size_t size);
  /// Flushes to disk.
  void close();

 private:
  [[noreturn]] void fail(int error);
  void discard() noexcept;

  std::filesystem::path file_;
  int descriptor_ = -1;
};

/// Flushes a file that something else has written to disk. Throws GeodataError.
void sync_file(const std::filesystem::path& file);

/// Removes a file if it is there; never throws.
void remove_quietly(const std::filesystem::path& file) noexcept;

}  // namespace yonder::geodata
