#pragma once

#include <string>
#include <vector>

#include "scenarios/analysis_grid.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// A part of a batch's area that is computed by itself.
struct Tile {
  std::string id;                  ///< "x0007_y0045": its place among all tiles of the plane
  PixelWindow window;              ///< within TileGrid::area
  std::vector<std::size_t> sites;  ///< indices of those that reach it, rising
};

/// A batch's area cut into tiles. Tiles lie at multiples of their size on the plane, not at the
/// area's corner: an area that grows keeps its tiles.
struct TileGrid {
  geodata::Projection projection;
  Grid area;
  bool whole_window = false;  ///< as AnalysisGrid::whole_window
  int tile_px = 0;
  std::vector<Tile> tiles;  ///< from north to south, each row from west to east
};

/// Cuts the scenario's area. Tiles that no site reaches are left out unless the whole window is
/// judged. Throws ScenarioErrors as plane_area() does, and where tiles would be too many, or one of
/// them too wide for its plane (kMaxScaleRatio; over all of them the scale may change by more: each
/// has areas of its own, each site a scale).
TileGrid make_tile_grid(const Scenario& scenario, int tile_px);

/// The scenario with the tile's sites alone, and with those outputs that are layers. `siteless`:
/// the scenario without sites, which are many and would be copied for each tile.
Scenario tile_scenario(const Scenario& siteless, const std::vector<SiteConfig>& sites,
                       const Tile& tile);

/// The grid on which a tile is computed: it holds the tile and its sites, hence all their paths,
/// and as much around them as decides whether land is coastal. `scenario`: the tile's.
AnalysisGrid tile_analysis(const Scenario& scenario, const TileGrid& grid, const Tile& tile);

}  // namespace yonder::scenarios
