#pragma once

#include <filesystem>
#include <map>

#include "scenarios/sha256.h"

namespace yonder::scenarios {

/// SHA-256 of input files, each read once, when it is first asked for.
class InputHashes {
 public:
  InputHashes() = default;
  /// `read`: files whose content is in memory already. What they held then counts, whatever they
  /// hold now.
  explicit InputHashes(const std::map<std::filesystem::path, FileDigest>& read);

  /// Throws std::runtime_error when the file cannot be read. Virtual paths of GDAL have no bytes of
  /// their own: their name stands for them.
  const FileDigest& of(const std::filesystem::path& file);

  /// Whether the file is still as it was when it was hashed: size and time of change. True for what
  /// is in memory.
  bool unchanged(const std::filesystem::path& file) const;

 private:
  struct Known {
    FileDigest digest;
    bool in_memory = false;
    std::filesystem::file_time_type changed;
  };
  std::map<std::filesystem::path, Known> known_;
};

}  // namespace yonder::scenarios
