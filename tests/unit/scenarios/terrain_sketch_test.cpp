#include "scenarios/terrain_sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "core/units.h"
#include "scenarios/hash_noise.h"
#include "scenarios/smooth_surface.h"

namespace yonder::scenarios {
namespace {

/// About 50 km by 67 km around 39 N, 84 E at 15 arc seconds, rising to the south.
TerrainRecipe plain() {
  TerrainRecipe recipe;
  recipe.name = "plain";
  recipe.seed = 7;
  recipe.box = {83.7, 38.7, 84.3, 39.3};
  recipe.step_arcsec = 15.0;
  recipe.rounding_m = 0.1;
  recipe.known_heights = {
      {{83.7, 38.7}, 1200.0}, {{84.3, 38.7}, 1200.0}, {{83.7, 39.3}, 1000.0},
      {{84.3, 39.3}, 1000.0}, {{84.0, 39.0}, 1130.0},
  };
  return recipe;
}

DuneField field() {
  return {.name = "ridges",
          .polygon = {{83.75, 38.75}, {84.25, 38.75}, {84.25, 39.25}, {83.75, 39.25}},
          .ridge_azimuth_deg = 0.0,
          .height_m = 50.0,
          .spacing_m = 3000.0,
          .ridge_share = 0.6,
          .variability = 0.4,
          .edge_m = 3000.0};
}

float height_at(const TerrainSketch& sketch, LonLat p) {
  const int column = static_cast<int>((p.lon_deg - sketch.grid.west_deg) / sketch.grid.step_deg);
  const int row = static_cast<int>((sketch.grid.north_deg - p.lat_deg) / sketch.grid.step_deg);
  return sketch
      .height_amsl_m[static_cast<std::size_t>(row) * static_cast<std::size_t>(sketch.grid.columns) +
                     static_cast<std::size_t>(column)];
}

// First outputs of splitmix64 seeded with 1234567, as published with the generator's test vectors.
TEST(HashNoise, MixesAsSplitmix64) {
  EXPECT_EQ(mixed(1234567U), 6457827717110365317U);
  EXPECT_EQ(mixed(1234567U + 0x9e3779b97f4a7c15U), 3203168211198807973U);
}

TEST(HashNoise, IsCentredAndContinuous) {
  double sum = 0.0, squares = 0.0;
  constexpr int kSide = 300;
  for (int i = 0; i < kSide; ++i) {
    for (int j = 0; j < kSide; ++j) {
      const double v = lattice_noise(3U, i - 150, j);
      EXPECT_GE(v, -1.0);
      EXPECT_LT(v, 1.0);
      sum += v;
      squares += v * v;
    }
  }
  EXPECT_NEAR(sum / (kSide * kSide), 0.0, 0.01);
  EXPECT_NEAR(squares / (kSide * kSide), 1.0 / 3.0, 0.01);  // uniform in [-1, 1)
  EXPECT_NEAR(value_noise(3U, 5.0 - 1e-9, -2.3), value_noise(3U, 5.0 + 1e-9, -2.3), 1e-8);
  EXPECT_EQ(value_noise(3U, -4.0, 9.0), lattice_noise(3U, -4, 9));
}

TEST(SmoothSurface, PassesThroughItsPoints) {
  const std::vector<SurfacePoint> points = {
      {{0, 0}, 10}, {{50000, 0}, 40}, {{0, 70000}, -5}, {{40000, 60000}, 300}, {{20000, 30000}, 7}};
  const SmoothSurface surface(points);
  for (const SurfacePoint& p : points) EXPECT_NEAR(surface.at(p.position), p.value, 1e-6);
}

TEST(SmoothSurface, OfPointsOnAPlaneIsThatPlane) {
  std::vector<SurfacePoint> points;
  for (const MapPoint p : {MapPoint{0, 0}, {1e5, 2e4}, {3e4, 9e4}, {7e4, 6e4}, {2e4, 5e4}}) {
    points.push_back({p, 900.0 + 0.002 * p.x_m - 0.003 * p.y_m});
  }
  const SmoothSurface surface(points);
  EXPECT_NEAR(surface.at({1.5e5, -4e4}), 900.0 + 300.0 + 120.0, 1e-6);
}

TEST(SmoothSurface, RefusesPointsThatFixNoPlane) {
  const std::vector<SurfacePoint> two = {{{0, 0}, 1}, {{1, 1}, 2}};
  EXPECT_THROW(SmoothSurface{two}, std::invalid_argument);
  const std::vector<SurfacePoint> line = {{{0, 0}, 1}, {{1000, 1000}, 2}, {{3000, 3000}, 5}};
  EXPECT_THROW(SmoothSurface{line}, std::invalid_argument);
  const std::vector<SurfacePoint> twice = {
      {{0, 0}, 1}, {{1000, 0}, 2}, {{0, 1000}, 3}, {{1000, 0}, 2}};
  EXPECT_THROW(SmoothSurface{twice}, std::invalid_argument);
}

TEST(TerrainSketch, CoversTheBoxInItsStep) {
  const TerrainSketch sketch = sketch_terrain(plain());
  EXPECT_EQ(sketch.grid.columns, 144);  // 0.6 degrees in 15 seconds
  EXPECT_EQ(sketch.grid.rows, 144);
  EXPECT_EQ(sketch.grid.west_deg, 83.7);
  EXPECT_EQ(sketch.grid.north_deg, 39.3);
  EXPECT_EQ(sketch.height_amsl_m.size(), 144U * 144U);
}

TEST(TerrainSketch, HoldsTheKnownHeights) {
  const TerrainSketch sketch = sketch_terrain(plain());
  // Within half a pixel of a slope of 200 m over 67 km.
  EXPECT_NEAR(height_at(sketch, {84.0, 39.0}), 1130.0, 1.5);
  EXPECT_NEAR(height_at(sketch, {83.702, 39.298}), 1000.0, 1.5);
}

/// Dunes of several seeds: one field of 15 ridges varies too much to judge a mean by.
std::vector<TerrainSketch> dunes_of_seeds(TerrainRecipe recipe, int count) {
  std::vector<TerrainSketch> sketches;
  recipe.dune_fields = {field()};
  for (int seed = 1; seed <= count; ++seed) {
    recipe.seed = static_cast<std::uint64_t>(seed);
    sketches.push_back(sketch_terrain(recipe));
  }
  return sketches;
}

TEST(TerrainSketch, DunesLeaveTheMeanHeightWhereItIs) {
  const TerrainSketch bare = sketch_terrain(plain());
  double sum = 0.0;
  const std::vector<TerrainSketch> sketches = dunes_of_seeds(plain(), 12);
  for (const TerrainSketch& dunes : sketches) {
    for (std::size_t i = 0; i < bare.height_amsl_m.size(); ++i) {
      sum += dunes.height_amsl_m[i] - bare.height_amsl_m[i];
    }
    // Outside the field nothing moves.
    EXPECT_EQ(height_at(dunes, {83.72, 39.28}), height_at(bare, {83.72, 39.28}));
  }
  EXPECT_NEAR(sum / static_cast<double>(sketches.size() * bare.height_amsl_m.size()), 0.0, 1.0);
}

TEST(TerrainSketch, DunesHaveTheHeightAndSpacingAskedFor) {
  const TerrainSketch bare = sketch_terrain(plain());
  // Walk across the ridges (west to east) in the middle of the field; a crest is a local maximum
  // well above the corridors.
  int crests = 0, lines = 0;
  double crest_sum = 0.0, corridor = 0.0;
  const int columns = bare.grid.columns;
  for (const TerrainSketch& dunes : dunes_of_seeds(plain(), 12)) {
    for (int row = 40; row < 104; row += 4) {
      ++lines;
      const auto rise = [&](int column) {
        const std::size_t i = static_cast<std::size_t>(row * columns + column);
        return static_cast<double>(dunes.height_amsl_m[i]) - bare.height_amsl_m[i];
      };
      for (int column = 25; column < columns - 25; ++column) {
        corridor = std::min(corridor, rise(column));
        if (rise(column) > 0.0 && rise(column) >= rise(column - 1) &&
            rise(column) > rise(column + 1)) {
          ++crests;
          crest_sum += rise(column);
        }
      }
    }
  }
  const double cell_m = 15.0 / 3600.0 * 111195.0 * std::cos(39.0 * 0.01745329);
  EXPECT_NEAR(lines * (columns - 50) * cell_m / crests, 3000.0, 300.0);
  EXPECT_NEAR(corridor, -15.0, 0.2);  // height times half the ridges' share
  // Cells of 360 m across miss the very crest by a little.
  EXPECT_NEAR(crest_sum / crests - corridor, 50.0, 4.0);
}

TEST(TerrainSketch, RoughnessHasTheRmsAskedFor) {
  TerrainRecipe recipe = plain();
  const TerrainSketch bare = sketch_terrain(recipe);
  recipe.roughness = {.rms_m = 3.0, .scale_m = 2000.0};
  const TerrainSketch rough = sketch_terrain(recipe);
  double squares = 0.0;
  for (std::size_t i = 0; i < bare.height_amsl_m.size(); ++i) {
    const double d = rough.height_amsl_m[i] - bare.height_amsl_m[i];
    squares += d * d;
  }
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(bare.height_amsl_m.size())), 3.0, 0.3);
}

TEST(TerrainSketch, IsTheSameForASeedAndAnotherForAnother) {
  TerrainRecipe recipe = plain();
  recipe.dune_fields = {field()};
  recipe.roughness = {.rms_m = 1.0};
  const TerrainSketch a = sketch_terrain(recipe), b = sketch_terrain(recipe);
  EXPECT_EQ(a.height_amsl_m, b.height_amsl_m);
  recipe.seed = 8;
  EXPECT_NE(a.height_amsl_m, sketch_terrain(recipe).height_amsl_m);
}

/// The middle of a pixel near a place: what sketches are made of.
LonLat pixel_middle(const TerrainSketch& sketch, LonLat p) {
  const auto& grid = sketch.grid;
  return {grid.west_deg +
              (std::floor((p.lon_deg - grid.west_deg) / grid.step_deg) + 0.5) * grid.step_deg,
          grid.north_deg -
              (std::floor((grid.north_deg - p.lat_deg) / grid.step_deg) + 0.5) * grid.step_deg};
}

TEST(TerrainSketch, HillsHaveTheRmsAskedForAndStayInTheirPolygon) {
  TerrainRecipe recipe = plain();
  const TerrainSketch bare = sketch_terrain(recipe);
  recipe.hills = {{.name = "hills", .rms_m = 100.0, .scale_m = 4000.0, .octaves = 5}};
  const TerrainSketch hilly = sketch_terrain(recipe);
  double squares = 0.0;
  for (std::size_t i = 0; i < bare.height_amsl_m.size(); ++i) {
    const double d = hilly.height_amsl_m[i] - bare.height_amsl_m[i];
    squares += d * d;
  }
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(bare.height_amsl_m.size())), 100.0, 12.0);
  recipe.hills[0].polygon = {{83.8, 38.8}, {84.2, 38.8}, {84.2, 39.0}, {83.8, 39.0}};
  const TerrainSketch southern = sketch_terrain(recipe);
  EXPECT_EQ(height_at(southern, {84.0, 39.1}), height_at(bare, {84.0, 39.1}));
  EXPECT_NE(height_at(southern, {84.0, 38.9}), height_at(bare, {84.0, 38.9}));
}

TEST(TerrainSketch, AValleyHasItsFloorAndItsWalls) {
  TerrainRecipe recipe = plain();
  // 45 degrees: as far up as aside. The floor falls from 900 m in the west to 700 m in the east.
  recipe.valleys = {{.name = "gorge",
                     .line = {{{83.75, 39.0}, 900.0}, {{84.25, 39.0}, 700.0}},
                     .floor_width_m = 1000.0,
                     .wall_slope_deg = 45.0}};
  const TerrainSketch sketch = sketch_terrain(recipe);
  const LonLat floor = pixel_middle(sketch, {84.0, 39.001});
  EXPECT_NEAR(height_at(sketch, floor), 900.0 - 200.0 * (floor.lon_deg - 83.75) / 0.5, 0.2);
  const LonLat wall = pixel_middle(sketch, {84.0, 39.006});
  const double aside_m = (wall.lat_deg - 39.0) * kEarthRadiusM * kPi / 180.0;
  EXPECT_NEAR(height_at(sketch, wall), height_at(sketch, floor) + aside_m - 500.0, 0.5);
  // Far away the ground is as it was.
  EXPECT_EQ(height_at(sketch, {84.0, 39.2}), height_at(sketch_terrain(plain()), {84.0, 39.2}));
}

TEST(TerrainSketch, SpursLeaveTheFloorAndChangeTheWallsBothWays) {
  TerrainRecipe recipe = plain();
  recipe.valleys = {{.name = "gorge",
                     .line = {{{83.75, 39.0}, 800.0}, {{84.25, 39.0}, 800.0}},
                     .floor_width_m = 1000.0,
                     .wall_slope_deg = 5.0}};
  const TerrainSketch smooth = sketch_terrain(recipe);
  recipe.valleys[0].spurs = 0.5;
  const TerrainSketch spurred = sketch_terrain(recipe);
  int lower = 0, higher = 0;
  for (double lon = 83.8; lon < 84.2; lon += 0.005) {
    EXPECT_EQ(height_at(spurred, {lon, 39.001}), 800.0F);
    const float wall = height_at(smooth, {lon, 39.02}),
                with_spurs = height_at(spurred, {lon, 39.02});
    lower += with_spurs < wall;
    higher += with_spurs > wall;
    EXPECT_NEAR(with_spurs, wall, 0.51 * (wall - 800.0F));
  }
  EXPECT_GT(lower, 10);
  EXPECT_GT(higher, 10);
}

TEST(TerrainSketch, AValleyAboveTheGroundIsADam) {
  TerrainRecipe recipe = plain();
  recipe.valleys = {{.name = "bed of a railway",
                     .line = {{{83.75, 39.0}, 1500.0}, {{84.25, 39.0}, 1500.0}},
                     .floor_width_m = 1000.0,
                     .wall_slope_deg = 45.0}};
  const TerrainSketch sketch = sketch_terrain(recipe);
  EXPECT_EQ(height_at(sketch, {84.0, 39.0}), 1500.0F);
  EXPECT_LT(height_at(sketch, {84.0, 39.02}), 1150.0F);
}

TEST(TerrainSketch, LandRisesFromTheSeaNoSteeperThanTheShore) {
  TerrainRecipe recipe = plain();
  // An island of 0.2 degrees with a lake of sea in it.
  recipe.coast =
      SketchCoast{.file = {},
                  .rings = {{{83.9, 38.9}, {84.1, 38.9}, {84.1, 39.1}, {83.9, 39.1}},
                            {{83.99, 38.99}, {84.01, 38.99}, {84.01, 39.01}, {83.99, 39.01}}},
                  .shore_slope_deg = 5.0,
                  .lowest_land_m = 2.0,
                  .inland_m = 5000.0};
  const TerrainSketch sketch = sketch_terrain(recipe);
  EXPECT_EQ(height_at(sketch, {83.8, 39.0}), 0.0F);
  EXPECT_EQ(height_at(sketch, {84.0, 39.0}), 0.0F);
  // 4.3 km from the outer shore, 4.5 km from the inner one.
  const double rise = std::tan(5.0 * kPi / 180.0);
  EXPECT_NEAR(height_at(sketch, {83.95, 39.0}), 3700.0 * rise, 600.0 * rise);
  EXPECT_GE(height_at(sketch, {83.9011, 39.0}), 2.0F);
  EXPECT_LE(height_at(sketch, {83.9011, 39.0}), 400.0 * rise);
}

TEST(TerrainSketch, RefusesHeightsOffTheEarth) {
  TerrainRecipe recipe = plain();
  recipe.known_heights = {{{84.0, 39.0}, 0.0}, {{84.001, 39.0}, 30.0}, {{84.0, 39.001}, 0.0}};
  EXPECT_THROW(sketch_terrain(recipe), std::runtime_error);
}

}  // namespace
}  // namespace yonder::scenarios
