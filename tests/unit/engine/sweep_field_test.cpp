#include "core/sweep_field.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "../core/test_terrain.h"
#include "propagation/models.h"

namespace yonder {
namespace {

FieldSpec spec_on(const Terrain& terrain, Pixel at, double radius_m) {
  FieldSpec spec;
  spec.antenna = test::antenna_at(terrain, at, 40.0);
  spec.frequency_hz = 773e6;
  spec.radius_m = radius_m;
  return spec;
}

SweepTarget target_of(const PathLossModel& model, const FieldSpec& spec) {
  return {&model, spec.frequency_hz, spec.polarization, spec.receiver_height_agl_m};
}

PathLossField sweep(const Terrain& terrain, const PathLossModel& model, const FieldSpec& spec,
                    int threads = 2) {
  JobProgress job;
  const SweepTarget target = target_of(model, spec);
  return sweep_path_loss_fields(terrain, spec, {&target, 1}, terrain.grid.whole(),
                                {.threads = threads}, job)[0];
}

PathLossField exact(const Terrain& terrain, const PathLossModel& model, const FieldSpec& spec) {
  JobProgress job;
  return compute_path_loss_field(PathEvaluator(terrain, model, spec), terrain.grid.whole(), {},
                                 job);
}

std::unique_ptr<PathLossModel> p1812() { return propagation::find_model("itu_p1812")->make({}); }

TEST(SweepEngine, GivesTheSameBitsAtAnyThreadCount) {
  const Terrain terrain = test::rolling_hills(90, 70);
  const FieldSpec spec = spec_on(terrain, {41, 33}, 4000.0);
  const auto model = p1812();
  const PathLossField one = sweep(terrain, *model, spec, 1);
  for (const int threads : {2, 7}) {
    const PathLossField many = sweep(terrain, *model, spec, threads);
    ASSERT_EQ(many.status, one.status);
    EXPECT_EQ(
        std::memcmp(many.loss_db.data(), one.loss_db.data(), one.loss_db.size() * sizeof(float)), 0)
        << threads << " threads";
  }
}

TEST(SweepEngine, SaysTheSameOfEachPixelAsTheExactEngine) {
  const Terrain terrain = test::rolling_hills(90, 70);
  const FieldSpec spec = spec_on(terrain, {41, 33}, 3777.0);
  const auto model = p1812();
  EXPECT_EQ(sweep(terrain, *model, spec).status, exact(terrain, *model, spec).status);
}

TEST(SweepEngine, EqualsTheExactEngineWhereNoTerrainMatters) {
  const Terrain terrain = test::rolling_hills(90, 70);
  const FieldSpec spec = spec_on(terrain, {41, 33}, 4000.0);
  const auto model = propagation::find_model("okumura_hata")->make({});
  FieldSpec low = spec;
  low.free_space_at_short_range = false;
  const PathLossField a = sweep(terrain, *model, low);
  const PathLossField b = exact(terrain, *model, low);
  ASSERT_EQ(a.status, b.status);
  for (std::size_t i = 0; i < a.loss_db.size(); ++i) {
    if (a.status[i] != pixel_status::kOk) continue;
    ASSERT_NEAR(a.loss_db[i], b.loss_db[i], 1e-4F);
  }
}

TEST(SweepEngine, IsCloseToTheExactEngineOverHillsThatPixelsResolve) {
  Terrain terrain = test::rolling_hills(90, 90);
  for (int row = 0; row < 90; ++row) {
    for (int column = 0; column < 90; ++column) {
      terrain.ground_amsl_m[terrain.grid.index({column, row})] =
          static_cast<float>(1000.0 + 60.0 * std::sin(0.21 * column) * std::cos(0.17 * row) +
                             20.0 * std::sin(0.4 * row));
    }
  }
  const FieldSpec spec = spec_on(terrain, {45, 45}, 4000.0);
  const auto model = p1812();
  const PathLossField a = sweep(terrain, *model, spec);
  const PathLossField b = exact(terrain, *model, spec);
  double sum = 0.0;
  double squares = 0.0;
  int n = 0;
  for (std::size_t i = 0; i < a.loss_db.size(); ++i) {
    if (a.status[i] != pixel_status::kOk || b.status[i] != pixel_status::kOk) continue;
    const double difference_db = static_cast<double>(a.loss_db[i] - b.loss_db[i]);
    sum += difference_db;
    squares += difference_db * difference_db;
    ++n;
  }
  ASSERT_GT(n, 4000);
  EXPECT_NEAR(sum / n, 0.0, 0.15);
  EXPECT_LT(std::sqrt(squares / n), 1.0);
}

TEST(SweepEngine, StopsAtGroundWithoutData) {
  Terrain terrain = test::rolling_hills(90, 70);
  // A wall of unknown ground east of the antenna.
  for (int row = 0; row < 70; ++row) {
    terrain.ground_amsl_m[terrain.grid.index({60, row})] = std::nanf("");
  }
  const FieldSpec spec = spec_on(terrain, {41, 33}, 4000.0);
  const PathLossField field = sweep(terrain, *p1812(), spec);
  EXPECT_EQ(field.status[field.window.index({75, 33})], pixel_status::kNoTerrainData);
  EXPECT_EQ(field.status[field.window.index({60, 33})], pixel_status::kNoTerrainData);
  EXPECT_EQ(field.status[field.window.index({57, 33})], pixel_status::kOk);
  EXPECT_EQ(field.status[field.window.index({20, 33})], pixel_status::kOk);
}

TEST(SweepEngine, OnePixelSaysWhatTheMapSaysAlsoBesideUnknownGround) {
  Terrain terrain = test::rolling_hills(90, 70);
  for (int row = 20; row < 40; ++row) {
    terrain.ground_amsl_m[terrain.grid.index({55, row})] = std::nanf("");
  }
  const FieldSpec spec = spec_on(terrain, {41, 33}, 4000.0);
  const auto model = p1812();
  const PathLossField field = sweep(terrain, *model, spec);
  PathProfile profile;
  for (int column = 45; column < 80; ++column) {
    for (const int row : {15, 19, 20, 33, 40, 41, 45}) {
      const Pixel pixel{column, row};
      const std::size_t i = field.window.index(pixel);
      const PathLossSample one = sweep_pixel(terrain, spec, *model, pixel, profile);
      ASSERT_EQ(one.status, field.status[i]) << column << ' ' << row;
      if (!pixel_status::has_value(one.status)) continue;
      ASSERT_EQ(one.loss_db, field.loss_db[i]);
    }
  }
}

TEST(SweepEngine, KnowsTheGroundUnderAnAntennaBesideUnknownGround) {
  Terrain terrain = test::rolling_hills(90, 70);
  terrain.ground_amsl_m[terrain.grid.index({42, 33})] = std::nanf("");
  const FieldSpec spec = spec_on(terrain, {41, 33}, 4000.0);  // on a pixel's very centre
  const PathLossField field = sweep(terrain, *p1812(), spec);
  EXPECT_EQ(field.status[field.window.index({20, 33})], pixel_status::kOk);
}

TEST(SweepEngine, ServesSeveralTargetsLikeEachOnItsOwn) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35}, 3000.0);
  const auto median = p1812();
  const auto rare = propagation::find_model("itu_p1812")->make({{"time_percent", 1.0}});
  const std::vector<SweepTarget> targets = {
      {median.get(), 773e6, Polarization::vertical, 1.5},
      {rare.get(), 773e6, Polarization::vertical, 1.5},
      {median.get(), 2.6e9, Polarization::horizontal, 10.0},
  };
  JobProgress job;
  const std::vector<PathLossField> together =
      sweep_path_loss_fields(terrain, spec, targets, terrain.grid.whole(), {}, job);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const PathLossField alone =
        sweep_path_loss_fields(terrain, spec, {&targets[t], 1}, terrain.grid.whole(), {}, job)[0];
    ASSERT_EQ(together[t].status, alone.status);
    for (std::size_t i = 0; i < alone.loss_db.size(); ++i) {
      if (pixel_status::has_value(alone.status[i])) {
        ASSERT_EQ(together[t].loss_db[i], alone.loss_db[i]) << "target " << t;
      }
    }
  }
}

}  // namespace
}  // namespace yonder
