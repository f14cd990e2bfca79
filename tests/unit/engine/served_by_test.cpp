#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "../core/test_terrain.h"
#include "core/coverage.h"
#include "core/profile_cut.h"
#include "propagation/models.h"

namespace yonder {
namespace {

// Members of `auto`, as PathLossResult::served_by counts them.
constexpr std::uint8_t kFreeSpace = 1;
constexpr std::uint8_t kP1812 = 3;

FieldSpec spec_on(const Terrain& terrain, Pixel at) {
  FieldSpec spec;
  spec.antenna = test::antenna_at(terrain, at, 40.0);
  spec.frequency_hz = 773e6;
  spec.radius_m = 3000.0;
  return spec;
}

PathLossField field_of(const char* model_id, const Terrain& terrain, const FieldSpec& spec,
                       int threads) {
  const auto model = propagation::find_model(model_id)->make({});
  JobProgress job;
  return compute_path_loss_field(PathEvaluator(terrain, *model, spec), terrain.grid.whole(),
                                 {.threads = threads}, job);
}

TEST(ServedBy, IsTheSameAtAnyThreadCount) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField one = field_of("auto", terrain, spec, 1);
  for (const int threads : {2, 7}) {
    const PathLossField many = field_of("auto", terrain, spec, threads);
    EXPECT_EQ(many.served_by, one.served_by) << threads;
    EXPECT_EQ(
        std::memcmp(many.loss_db.data(), one.loss_db.data(), one.loss_db.size() * sizeof(float)), 0)
        << threads;
  }
}

TEST(ServedBy, ChangesWhereTheSharesAreEqual) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField field = field_of("auto", terrain, spec, 2);
  const PathLossField p1812 = field_of("itu_p1812", terrain, spec, 2);
  int near = 0;
  for (int row = 0; row < field.window.rows; ++row) {
    for (int column = 0; column < field.window.columns; ++column) {
      const Pixel pixel{field.window.column + column, field.window.row + row};
      const std::size_t i = field.window.index(pixel);
      const double d = bearing_to(spec.antenna, terrain.grid.center(pixel)).distance_m;
      // Half way from 250 to 500 m on a logarithmic scale.
      const std::uint8_t expected = d > spec.radius_m            ? std::uint8_t{0}
                                    : d < 250.0 * std::sqrt(2.0) ? kFreeSpace
                                                                 : kP1812;
      EXPECT_EQ(field.served_by[i], expected) << d;
      near += expected == kFreeSpace ? 1 : 0;
      if (d >= 500.0 && d <= spec.radius_m) {
        EXPECT_EQ(field.loss_db[i], p1812.loss_db[i]) << d;
      }
    }
  }
  EXPECT_GT(near, 20);
}

TEST(ServedBy, IsKeptForTheBestServerAlone) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const Cell cell{.id = "c",
                  .antenna = MountedAntenna(make_omni({.gain_dbi = 8.0}), 0.0, 0.0),
                  .epre_dbm = 20.0,
                  .feeder_loss_db = 0.5};
  const FieldSpec west = spec_on(terrain, {30, 35});
  const FieldSpec east = spec_on(terrain, {42, 35});
  CoverageMap map(terrain.grid.whole());
  add_to_coverage(map, field_of("auto", terrain, west, 2), {{cell}, {1}}, terrain, west, {}, {});
  add_to_coverage(map, field_of("auto", terrain, east, 2), {{cell}, {2}}, terrain, east, {}, {});
  ASSERT_EQ(map.served_by.size(), map.window.size());
  const std::size_t beside_west = map.window.index({31, 35});  // 1100 m from the eastern mast
  EXPECT_EQ(map.best_cell[beside_west], 1);
  EXPECT_EQ(map.served_by[beside_west], kFreeSpace);
  EXPECT_EQ(map.served_by[map.window.index({43, 35})], kFreeSpace);
  EXPECT_EQ(map.served_by[map.window.index({36, 45})], kP1812);
}

TEST(ServedBy, IsAbsentForAModelWithoutMembers) {
  const Terrain terrain = test::rolling_hills(70, 70);
  EXPECT_TRUE(field_of("free_space", terrain, spec_on(terrain, {35, 35}), 1).served_by.empty());
}

}  // namespace
}  // namespace yonder
