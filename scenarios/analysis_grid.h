#pragma once

#include "core/grid.h"
#include "geodata/projection.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// The metric grid of a run.
struct AnalysisGrid {
  geodata::Projection projection;
  Grid grid;         ///< with a margin, so that every site that reaches the area stands on terrain
  PixelWindow area;  ///< the pixels to be evaluated, within `grid`
  /// A bounding box was asked for: all its pixels are judged. Otherwise those within some cell's
  /// radius.
  bool whole_window = false;
};

/// Lays the grid: UTM zone of the area's centre unless the scenario names a CRS; pixel edges on
/// multiples of the pixel size, so that equal areas give equal grids. A bounding box becomes the
/// smallest pixel rectangle that holds it. Throws ScenarioErrors: CRS unusable, area too wide
/// for one plane, grid too large for this machine.
AnalysisGrid make_analysis_grid(const Scenario& scenario);

/// Bytes that a run needs at most: terrain, map, servers and one field at a time.
std::size_t estimated_memory_bytes(const Scenario& scenario, const AnalysisGrid& analysis);

}  // namespace yonder::scenarios
