#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/run_control.h"
#include "scenarios/batch/batch_plan.h"
#include "scenarios/batch/ledger.h"
#include "scenarios/batch/tile_grid.h"
#include "scenarios/input_hashes.h"
#include "scenarios/run.h"

namespace yonder::scenarios {

/// A tile without a result, and why.
struct MissingTile {
  std::string id;
  std::string reason;
};

/// What was made of the tiles.
struct BatchMap {
  RunResult result;                ///< counts of all finished tiles together
  std::vector<std::string> files;  ///< names in the output folder
};

/// Bytes that merge_tiles() needs at most beside program and plan.
std::size_t merge_memory_bytes(const BatchPlan& plan, const TileGrid& grid);

/// Puts finished tiles together: a mosaic for each layer, tables, picture and run.json, all under
/// their final names or none. `records`: by tile of the grid, nullopt where it has no result.
/// `hashes`: of the inputs, as they were read. Throws OutputError, geodata::GeodataError, Stopped.
BatchMap merge_tiles(const BatchPlan& plan, const TileGrid& grid,
                     const std::vector<std::optional<TileRecord>>& records,
                     const std::vector<MissingTile>& missing, InputHashes& hashes,
                     const RunControl& control);

}  // namespace yonder::scenarios
