#include "scenarios/input_hashes.h"

#include "scenarios/scenario_files.h"

namespace yonder::scenarios {

namespace fs = std::filesystem;

InputHashes::InputHashes(const std::map<fs::path, FileDigest>& read) {
  for (const auto& [file, digest] : read) known_[file] = {digest, true, {}};
}

const FileDigest& InputHashes::of(const fs::path& file) {
  const auto it = known_.find(file);
  if (it != known_.end()) return it->second.digest;
  Known one;
  if (is_virtual_path(file.string())) {
    one.digest.sha256 = "virtual " + file.string();
    one.in_memory = true;  // nothing that could be compared
  } else {
    std::error_code ignored;  // sha256_of_file says what is wrong
    one.digest.bytes = fs::file_size(file, ignored);
    one.changed = fs::last_write_time(file, ignored);
    one.digest.sha256 = sha256_of_file(file);
  }
  return known_.emplace(file, std::move(one)).first->second.digest;
}

bool InputHashes::unchanged(const fs::path& file) const {
  const auto it = known_.find(file);
  if (it == known_.end() || it->second.in_memory) return true;
  std::error_code error;
  const bool same = fs::file_size(file, error) == it->second.digest.bytes;
  return same && !error && fs::last_write_time(file, error) == it->second.changed && !error;
}

}  // namespace yonder::scenarios
