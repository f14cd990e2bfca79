#include <gtest/gtest.h>

#include <algorithm>

#include "core/shapes/polygon_pixels.h"

namespace yonder::shapes {
namespace {

/// Ten by ten pixels of 1 m; pixel (c, r) has its centre at (c + 0.5, 9.5 - r).
Grid ten() { return {{0.0, 10.0}, 1.0, 10, 10}; }

long count(const std::vector<bool>& inside) {
  return std::count(inside.begin(), inside.end(), true);
}

TEST(PolygonPixels, HoldTheCentresOfARectangle) {
  const Grid grid = ten();
  const std::vector<bool> inside =
      pixels_inside(grid, grid.whole(), {{{1.4, 1.4}, {4.6, 1.4}, {4.6, 3.6}, {1.4, 3.6}}});
  EXPECT_EQ(count(inside), 4 * 3);  // centres at 1.5 to 4.5, and at 1.5 to 3.5
}

TEST(PolygonPixels, LeaveHolesOut) {
  const Grid grid = ten();
  const PlaneRing outer = {{0.0, 0.0}, {10.0, 0.0}, {10.0, 10.0}, {0.0, 10.0}, {0.0, 0.0}};
  const PlaneRing hole = {{2.0, 2.0}, {4.0, 2.0}, {4.0, 4.0}, {2.0, 4.0}};
  EXPECT_EQ(count(pixels_inside(grid, grid.whole(), {outer})), 100);
  EXPECT_EQ(count(pixels_inside(grid, grid.whole(), {outer, hole})), 96);
}

TEST(PolygonPixels, ACentreOnACommonEdgeBelongsToOneOfTwo) {
  const Grid grid = ten();
  const PlaneRing west = {{0.0, 0.0}, {4.5, 0.0}, {4.5, 10.0}, {0.0, 10.0}};
  const PlaneRing east = {{4.5, 0.0}, {10.0, 0.0}, {10.0, 10.0}, {4.5, 10.0}};
  const PlaneRing low = {{0.0, 0.0}, {10.0, 0.0}, {10.0, 4.5}, {0.0, 4.5}};
  const PlaneRing high = {{0.0, 4.5}, {10.0, 4.5}, {10.0, 10.0}, {0.0, 10.0}};
  for (const auto& [a, b] : {std::pair(west, east), std::pair(low, high)}) {
    const auto in_a = pixels_inside(grid, grid.whole(), {a});
    const auto in_b = pixels_inside(grid, grid.whole(), {b});
    for (std::size_t i = 0; i < in_a.size(); ++i) EXPECT_NE(in_a[i], in_b[i]) << i;
  }
}

TEST(PolygonPixels, AreCountedWithinTheWindowAlone) {
  const Grid grid = ten();
  const PlaneRing all = {{-5.0, -5.0}, {15.0, -5.0}, {15.0, 15.0}, {-5.0, 15.0}};
  const PixelWindow window{2, 3, 4, 5};
  EXPECT_EQ(count(pixels_inside(grid, window, {all})), 20);
}

TEST(PolygonPixels, ATriangleHasHalfTheSquare) {
  const Grid grid{{0.0, 1000.0}, 1.0, 1000, 1000};
  const PlaneRing triangle = {{0.0, 0.0}, {1000.0, 0.0}, {0.0, 1000.0}};
  EXPECT_NEAR(static_cast<double>(count(pixels_inside(grid, grid.whole(), {triangle}))), 500000.0,
              501.0);
}

}  // namespace
}  // namespace yonder::shapes
