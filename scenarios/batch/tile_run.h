#pragma once

#include <filesystem>

#include "core/run_control.h"
#include "scenarios/batch/ledger.h"
#include "scenarios/batch/tile_grid.h"
#include "scenarios/batch/tile_key.h"

namespace yonder::scenarios {

/// Computes one tile into `folder` and puts its record there last. `part`: the tile's scenario,
/// with the rasters under it. Throws what `yonder run` throws for a scenario, and Stopped; an
/// earlier result then stays as it was, or is no tile any more.
TileTimings run_tile(const Scenario& part, AnalysisGrid analysis, const Tile& tile,
                     const TileKey& key, const InputHashes& hashes,
                     const std::filesystem::path& folder, const RunControl& control);

}  // namespace yonder::scenarios
