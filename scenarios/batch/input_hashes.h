#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace yonder::scenarios {

/// SHA-256 of input files, each read once, when it is first asked for.
class InputHashes {
 public:
  /// Throws std::runtime_error when the file cannot be read. Virtual paths of GDAL have no bytes of
  /// their own: their name stands for them.
  const std::string& of(const std::filesystem::path& file);

  /// Whether the file is still as it was when it was hashed: size and time of change.
  bool unchanged(const std::filesystem::path& file) const;

 private:
  struct Known {
    std::string sha256;
    std::uint64_t bytes = 0;
    std::filesystem::file_time_type changed;
  };
  std::map<std::filesystem::path, Known> known_;
};

}  // namespace yonder::scenarios
