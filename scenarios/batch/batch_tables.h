#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/batch/batch_merge.h"

namespace yonder::scenarios {

/// kpis.csv: a row for each threshold or class and each surface, with pixels, share and km2.
/// `tiles`: the parts of `whole`; areas are sums over them, each with the size of its own pixels.
std::string kpi_table(const Scenario& scenario, const RunResult& whole,
                      const std::vector<RunResult>& tiles);

/// tiles.csv: a row a tile, with its place, its cells and what it counts.
std::string tile_table(const TileGrid& grid, const std::vector<std::optional<TileRecord>>& records,
                       const std::vector<MissingTile>& missing);

}  // namespace yonder::scenarios
