#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/batch/batch_merge.h"

namespace yonder::scenarios {

/// kpis.csv: a row for each threshold or class and each surface, with pixels, share and km2.
std::string kpi_table(const Scenario& scenario, const RunResult& result);

/// tiles.csv: a row a tile, with its place, its cells and what it counts.
std::string tile_table(const TileGrid& grid, const std::vector<std::optional<TileRecord>>& records,
                       const std::vector<MissingTile>& missing);

}  // namespace yonder::scenarios
