#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/path_loss_field.h"
#include "scenarios/field_key.h"

namespace yonder::scenarios {

/// Where fields are kept between runs.
struct FieldCacheSettings {
  std::filesystem::path directory;
  std::uint64_t limit_bytes = 0;
};

/// Folder from the command line, else from the environment variable YONDER_FIELD_CACHE, else from
/// the scenario, else the user's cache folder. nullopt, no cache, where the command line or the
/// environment is "off", or the scenario says so and the command line nothing.
std::optional<FieldCacheSettings> field_cache_settings(
    const CalculationConfig& calculation, const std::optional<std::string>& command_line);

/// What a cache did for one run.
struct FieldCacheReport {
  std::size_t loaded = 0;    ///< fields taken from the cache
  std::size_t stored = 0;    ///< fields written
  std::size_t damaged = 0;   ///< files that were not whole
  std::size_t unstored = 0;  ///< fields that could not be written, or had no room under the limit
  std::size_t evicted = 0;   ///< files removed to make room
  std::string first_damage;  ///< file and what is wrong with it
  std::string why_unstored;  ///< of the first
};

/// Path-loss fields in a folder, one file each, named by the hash of all they depend on.
///
/// It never makes a run fail and never changes a result: what cannot be read, or is not whole, is
/// computed anew; what cannot be written is not kept. Any number of processes may share a folder:
/// files appear whole, by renaming, and equal names mean equal content.
class FieldCache {
 public:
  /// Creates the folder where needed.
  explicit FieldCache(FieldCacheSettings settings);

  /// The field with that key, if the cache has it whole: `shape`, of its window and layers
  /// (empty_field()), filled. Throws Stopped.
  std::optional<PathLossField> load(const FieldKey& key, PathLossField shape,
                                    const RunControl& control);

  /// Keeps a field. Removes the longest unused files where the limit asks for it, but none that
  /// this object has loaded or stored: a run that needs more than the limit keeps what fits, and
  /// the next one finds that. Throws Stopped.
  void store(const FieldKey& key, const PathLossField& field, const RunControl& control);

  const FieldCacheReport& report() const { return report_; }
  const std::filesystem::path& directory() const { return settings_.directory; }
  std::filesystem::path file_of(const FieldKey& key) const;

 private:
  void make_room(std::uint64_t bytes);
  void count_and_evict(std::uint64_t bytes);

  FieldCacheSettings settings_;
  std::set<std::string> in_use_;  ///< names of files this object has loaded or stored
  std::uint64_t total_bytes_ = 0;
  bool counted_ = false;  ///< total_bytes_ is what the folder held, plus what was stored since
  FieldCacheReport report_;
};

}  // namespace yonder::scenarios
