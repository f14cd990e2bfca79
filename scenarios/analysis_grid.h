#pragma once

#include <string>

#include "core/grid.h"
#include "geodata/projection.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// One pixel size and one scale a site are used: an area over which the plane's scale changes by
/// more than this would get wrong areas and distances unseen.
inline constexpr double kMaxScaleRatio = 1.01;

/// The area that is mapped, on its plane.
struct PlaneArea {
  geodata::Projection projection;
  Grid grid;                  ///< the pixels to be evaluated
  BoundingBox bounds;         ///< geographic
  bool whole_window = false;  ///< as AnalysisGrid::whole_window
};

/// UTM zone of the area's centre unless the scenario names a CRS; pixel edges on multiples of the
/// pixel size, so that equal areas give equal grids. A bounding box becomes the smallest pixel
/// rectangle that holds it. Throws ScenarioErrors: CRS unusable, too many pixels.
PlaneArea plane_area(const Scenario& scenario);

/// The metric grid of a run.
struct AnalysisGrid {
  geodata::Projection projection;
  Grid grid;         ///< with a margin, so that every site that reaches the area stands on terrain
  PixelWindow area;  ///< the pixels to be evaluated, within `grid`
  /// A bounding box was asked for: all its pixels are judged. Otherwise those within some cell's
  /// radius.
  bool whole_window = false;
};

/// plane_area() with the margin that its sites need. Throws ScenarioErrors: area too wide for one
/// plane, grid too large for this machine.
AnalysisGrid make_analysis_grid(const Scenario& scenario);

/// True area of a pixel at the centre of the area.
double true_pixel_area_km2(const AnalysisGrid& analysis);

/// Throws ScenarioErrors, of that key, where this machine has less memory than a run needs.
void check_memory(const Scenario& scenario, const AnalysisGrid& analysis, const std::string& key,
                  const std::string& example);

/// Bytes that a run needs at most: terrain, map, servers and one field at a time.
std::size_t estimated_memory_bytes(const Scenario& scenario, const AnalysisGrid& analysis);

}  // namespace yonder::scenarios
