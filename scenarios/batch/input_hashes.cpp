#include "scenarios/batch/input_hashes.h"

#include "scenarios/scenario_files.h"
#include "scenarios/sha256.h"

namespace yonder::scenarios {

namespace fs = std::filesystem;

const std::string& InputHashes::of(const fs::path& file) {
  const auto it = known_.find(file);
  if (it != known_.end()) return it->second.sha256;
  Known one;
  if (is_virtual_path(file.string())) {
    one.sha256 = "virtual";
  } else {
    std::error_code ignored;  // sha256_of_file says what is wrong
    one.bytes = fs::file_size(file, ignored);
    one.changed = fs::last_write_time(file, ignored);
    one.sha256 = sha256_of_file(file);
  }
  return known_.emplace(file, std::move(one)).first->second.sha256;
}

bool InputHashes::unchanged(const fs::path& file) const {
  const auto it = known_.find(file);
  if (it == known_.end() || is_virtual_path(file.string())) return true;
  std::error_code error;
  const bool same = fs::file_size(file, error) == it->second.bytes;
  return same && !error && fs::last_write_time(file, error) == it->second.changed && !error;
}

}  // namespace yonder::scenarios
