#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/compare.h"
#include "scenarios/run.h"

namespace yonder::scenarios {

struct VariantsResult {
  std::vector<RunResult> runs;           ///< of the variants that were run, in their order
  std::optional<Comparison> comparison;  ///< of all variants that have a result; nullopt: of one
  std::filesystem::path directory;
  std::vector<std::string> files;  ///< names in `directory` itself
};

struct VariantOptions {
  RunOptions run;
  /// Called when a variant's turn comes: its number from 1, of how many, its name.
  std::function<void(std::size_t, std::size_t, const std::string&)> variant;
};

/// Runs variants of one scenario into DIRECTORY/ID each and compares them with the first in
/// DIRECTORY. They share terrain and, as far as it is the same, the cache of path-loss fields. All
/// files come under their final names when the last is whole, or none. Of variants that are not
/// among `scenarios` (`--variant`), what earlier runs have left is compared. Throws as
/// run_scenario.
VariantsResult run_variants(const std::vector<Scenario>& scenarios, const VariantOptions& options);

}  // namespace yonder::scenarios
