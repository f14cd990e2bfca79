#pragma once

#include <vector>

#include "core/grid.h"

namespace yonder::shapes {

/// A closed ring on the analysis plane; first and last vertex may be the same.
using PlaneRing = std::vector<MapPoint>;

/// By pixel of the window, row-major: whether its centre lies inside the rings by the even-odd
/// rule, so that holes are rings like any other. A centre on an edge belongs to the side towards
/// greater x or smaller y, so that of two polygons with a common edge exactly one holds it.
std::vector<bool> pixels_inside(const Grid& grid, PixelWindow window,
                                const std::vector<PlaneRing>& rings);

}  // namespace yonder::shapes
