#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/scenario.h"

/// The plan of a batch as validated. Format: docs/batch.md.
namespace yonder::scenarios {

struct BatchPlan {
  std::filesystem::path file;
  FileDigest digest;                ///< of the file as it was read
  Scenario scenario;                ///< the template with all sites of the table
  int tile_px = 1024;               ///< pixels along a tile's edge
  bool overviews = true;            ///< of the mosaics
  std::filesystem::path directory;  ///< of the results
};

/// Reads a plan and the scenario it names. Throws ScenarioErrors with all that is wrong: with the
/// plan, else with the scenario.
BatchPlan load_batch_plan(const std::filesystem::path& file,
                          const std::vector<Override>& overrides);

}  // namespace yonder::scenarios
