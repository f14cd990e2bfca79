#include "core/shapes/polygon_pixels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace yonder::shapes {
namespace {

/// Where a row of pixel centres crosses the rings.
std::vector<double> crossings_m(const std::vector<PlaneRing>& rings, double y_m) {
  std::vector<double> crossings;
  for (const PlaneRing& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const MapPoint a = ring[i];
      const MapPoint b = ring[(i + 1) % ring.size()];
      // Half open: a vertex on the row counts for one of its edges.
      if ((a.y_m > y_m) == (b.y_m > y_m)) continue;
      crossings.push_back(a.x_m + (y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m));
    }
  }
  std::ranges::sort(crossings);
  return crossings;
}

}  // namespace

std::vector<bool> pixels_inside(const Grid& grid, PixelWindow window,
                                const std::vector<PlaneRing>& rings) {
  std::vector<bool> inside(window.size(), false);
  for (int row = window.row; row < window.row + window.rows; ++row) {
    const std::vector<double> crossings = crossings_m(rings, grid.center({0, row}).y_m);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const auto first_from = [&](double x_m) {
        const double column = (x_m - grid.top_left.x_m) / grid.pixel_size_m - 0.5;
        return static_cast<int>(std::clamp(std::ceil(column), static_cast<double>(window.column),
                                           static_cast<double>(window.column + window.columns)));
      };
      for (int c = first_from(crossings[i]); c < first_from(crossings[i + 1]); ++c) {
        inside[window.index({c, row})] = true;
      }
    }
  }
  return inside;
}

}  // namespace yonder::shapes
