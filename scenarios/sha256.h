#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace yonder::scenarios {

/// SHA-256 of bytes given piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::span<const std::byte> bytes);
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
  /// 64 hexadecimal digits; nothing may be added afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a file held.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 hexadecimal digits
  bool operator==(const FileDigest&) const = default;
};

/// Of a text that has been read.
FileDigest digest_of(std::string_view text);

/// SHA-256 of a file's bytes as 64 hexadecimal digits. Throws std::runtime_error when it cannot be
/// read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace yonder::scenarios
