#include "core/terrain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace yonder {
namespace {

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

/// 3 x 2 pixels of 100 m; the top-left corner at (1000, 2000).
Terrain small_terrain() {
  Terrain terrain;
  terrain.grid = {{1000.0, 2000.0}, 100.0, 3, 2};
  terrain.ground_amsl_m = {10.0f, 20.0f, 40.0f, 110.0f, 120.0f, kVoid};
  return terrain;
}

TEST(Terrain, GroundAtAPixelCentreIsThePixel) {
  const Terrain terrain = small_terrain();
  EXPECT_DOUBLE_EQ(terrain.ground_at({1050.0, 1950.0}), 10.0);
  EXPECT_DOUBLE_EQ(terrain.ground_at({1150.0, 1850.0}), 120.0);
}

TEST(Terrain, GroundBetweenPixelCentresIsBilinear) {
  const Terrain terrain = small_terrain();
  EXPECT_DOUBLE_EQ(terrain.ground_at({1100.0, 1950.0}), 15.0);
  EXPECT_DOUBLE_EQ(terrain.ground_at({1075.0, 1925.0}),
                   37.5);  // 12.5 above, 112.5 below, a quarter
}

TEST(Terrain, GroundWithinHalfAPixelOfTheBorderIsTheEdgeValue) {
  const Terrain terrain = small_terrain();
  EXPECT_DOUBLE_EQ(terrain.ground_at({1000.0, 2000.0}), 10.0);
  EXPECT_DOUBLE_EQ(terrain.ground_at({1300.0, 2000.0}), 40.0);
  EXPECT_DOUBLE_EQ(terrain.ground_at({1000.0, 1800.0}), 110.0);
}

TEST(Terrain, AVoidThatContributesMakesTheGroundUnknown) {
  const Terrain terrain = small_terrain();
  EXPECT_TRUE(std::isnan(terrain.ground_at({1250.0, 1900.0})));
  EXPECT_TRUE(std::isnan(terrain.ground_at({1160.0, 1850.0})));
  EXPECT_TRUE(std::isnan(terrain.ground_at({1300.0, 1800.0})));
  EXPECT_FALSE(terrain.has_data({2, 1}));
}

TEST(Terrain, AVoidNeighbourOfWeightZeroDoesNotContribute) {
  const Terrain terrain = small_terrain();
  EXPECT_DOUBLE_EQ(terrain.ground_at({1250.0, 1950.0}), 40.0);
}

TEST(Terrain, OutsideTheGridTheGroundIsUnknown) {
  const Terrain terrain = small_terrain();
  EXPECT_TRUE(std::isnan(terrain.ground_at({999.9, 1950.0})));
  EXPECT_TRUE(std::isnan(terrain.ground_at({1300.1, 1950.0})));
  EXPECT_TRUE(std::isnan(terrain.ground_at({1050.0, 2000.1})));
  EXPECT_TRUE(std::isnan(terrain.ground_at({std::nan(""), 1950.0})));
}

TEST(GeoLattice, InterpolatesBetweenNodesAndAcrossTheAntimeridian) {
  GeoLattice lattice;
  lattice.grid = {{0.0, 0.0}, 10.0, 20, 20};
  lattice.step_px = 10;
  lattice.node_columns = 3;
  // Longitude grows east from 179.9 by 0.1 a node, unwrapped; latitude falls south.
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 3; ++i) lattice.nodes.push_back({179.9 + 0.1 * i, 50.0 - 0.2 * j});
  EXPECT_NEAR(lattice.at({50.0, -25.0}).lon_deg, 179.95, 1e-12);
  EXPECT_NEAR(lattice.at({50.0, -25.0}).lat_deg, 49.95, 1e-12);
  EXPECT_NEAR(lattice.at({150.0, -175.0}).lon_deg, -179.95, 1e-12);
  EXPECT_NEAR(lattice.at({200.0, -200.0}).lat_deg, 49.6, 1e-12);
}

}  // namespace
}  // namespace yonder
