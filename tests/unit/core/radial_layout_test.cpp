#include "core/radial_layout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace yonder {
namespace {

struct Situation {
  MapPoint antenna;
  PixelWindow window;
  double nearest_m;
  double reach_m;
};

const Grid kGrid = {{1000.0, 9000.0}, 100.0, 80, 60};

class Layout : public ::testing::TestWithParam<Situation> {};

TEST_P(Layout, ServesEachPixelInReachExactlyOnce) {
  const Situation& at = GetParam();
  const RadialLayout layout(kGrid, at.window, at.antenna, at.nearest_m, at.reach_m, 2.0);
  std::vector<int> served(kGrid.size(), 0);
  std::vector<RadialPixel> pixels;
  for (int radial = 0; radial < layout.count(); ++radial) {
    layout.pixels(radial, pixels);
    const MapPoint direction = layout.direction(radial);
    EXPECT_NEAR(std::hypot(direction.x_m, direction.y_m), 1.0, 1e-12);
    double last_m = 0.0;
    for (const RadialPixel& p : pixels) {
      ++served[kGrid.index(p.pixel)];
      EXPECT_GE(p.plane_m, last_m);
      last_m = p.plane_m;
      const MapPoint c = kGrid.center(p.pixel);
      const double dx = c.x_m - at.antenna.x_m;
      const double dy = c.y_m - at.antenna.y_m;
      EXPECT_NEAR(p.plane_m, std::hypot(dx, dy), 1e-9);
      EXPECT_GT(dx * direction.x_m + dy * direction.y_m, 0.0);
      EXPECT_LE(std::abs(dx * direction.y_m - dy * direction.x_m), 25.0 + 1e-9)
          << "off the radial by more than a quarter of a pixel";
    }
  }
  for (int row = 0; row < kGrid.rows; ++row) {
    for (int column = 0; column < kGrid.columns; ++column) {
      const Pixel pixel{column, row};
      const MapPoint c = kGrid.center(pixel);
      const double d = std::hypot(c.x_m - at.antenna.x_m, c.y_m - at.antenna.y_m);
      const bool wanted = at.window.contains(pixel) && d <= at.reach_m && d >= at.nearest_m;
      EXPECT_EQ(served[kGrid.index(pixel)], wanted ? 1 : 0) << column << ' ' << row;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Positions, Layout,
    ::testing::Values(Situation{kGrid.center({40, 30}), kGrid.whole(), 800.0, 2500.0},
                      Situation{
                          {kGrid.center({40, 30}).x_m + 50.0, kGrid.center({40, 30}).y_m - 50.0},
                          kGrid.whole(),
                          1.0,
                          2500.0},
                      Situation{{5031.7, 6017.3}, kGrid.whole(), 0.1, 1e5},
                      Situation{{1000.0, 9000.0}, kGrid.whole(), 300.0, 5000.0},
                      Situation{{5031.7, 6017.3}, {50, 5, 12, 20}, 400.0, 4000.0},
                      Situation{{-700.0, 3111.0}, {0, 20, 30, 40}, 10.0, 4000.0},
                      Situation{{5031.7, 6017.3}, kGrid.whole(), 0.0, 90.0}));

}  // namespace
}  // namespace yonder
