#include "core/coverage.h"

#include <gtest/gtest.h>

#include <cstring>

#include "../core/test_terrain.h"
#include "core/kpi.h"
#include "core/link_budget.h"
#include "core/profile_cut.h"
#include "core/units.h"
#include "propagation/models.h"

namespace yonder {
namespace {

std::unique_ptr<PathLossModel> p1812() { return propagation::find_model("itu_p1812")->make({}); }

FieldSpec spec_on(const Terrain& terrain, Pixel at) {
  FieldSpec spec;
  spec.antenna = test::antenna_at(terrain, at, 40.0);
  spec.frequency_hz = 773e6;
  spec.radius_m = 3000.0;
  return spec;
}

PathLossField field_of(const Terrain& terrain, const FieldSpec& spec, int threads) {
  const auto model = p1812();
  JobProgress job;
  return compute_path_loss_field(PathEvaluator(terrain, *model, spec), terrain.grid.whole(),
                                 {.threads = threads}, job);
}

Cell omni_cell(double gain_dbi) {
  return {.id = "c",
          .antenna = MountedAntenna(make_omni({.gain_dbi = gain_dbi}), 0.0, 0.0),
          .epre_dbm = 20.0,
          .feeder_loss_db = 0.5};
}

TEST(ExactEngine, GivesTheSameBitsAtAnyThreadCount) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField one = field_of(terrain, spec, 1);
  for (const int threads : {2, 7}) {
    const PathLossField many = field_of(terrain, spec, threads);
    ASSERT_EQ(many.status, one.status);
    EXPECT_EQ(
        std::memcmp(many.loss_db.data(), one.loss_db.data(), one.loss_db.size() * sizeof(float)), 0)
        << threads << " threads";
  }
}

TEST(ExactEngine, APixelEqualsThePointCalculation) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField field = field_of(terrain, spec, 2);
  const auto model = p1812();
  PathProfile profile;
  Workspace workspace;
  const Pixel pixel{50, 22};
  ASSERT_TRUE(cut_profile(terrain, spec.antenna, pixel, profile));
  PathLossInput input;
  input.frequency_hz = spec.frequency_hz;
  input.tx = {40.0, spec.antenna.lonlat, {}};
  input.rx = {1.5, terrain.geo.at(terrain.grid.center(pixel)), {}};
  input.profile = profile.view();
  input.distance_m = input.profile.length_m();
  EXPECT_EQ(field.loss_db[field.window.index(pixel)],
            static_cast<float>(model->evaluate(input, workspace).loss_db));
}

TEST(ExactEngine, NeverGivesLessThanFreeSpaceLessTheModelsEnhancement) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField field = field_of(terrain, spec, 2);
  for (int row = 0; row < field.window.rows; ++row) {
    for (int column = 0; column < field.window.columns; ++column) {
      const Pixel pixel{field.window.column + column, field.window.row + row};
      const float loss = field.loss_db[field.window.index(pixel)];
      if (std::isnan(loss)) continue;
      const PixelRay ray = ray_to_pixel(terrain, spec, pixel);
      const double free_space =
          20.0 * std::log10(4.0 * kPi * ray.slant_m * spec.frequency_hz / kSpeedOfLightMPerS);
      // At 50 % of time P.1812 takes nothing off free space, but its constant is rounded down to
      // 92.4 dB (eq. (8)), 0.048 dB below the exact one.
      EXPECT_GE(loss, free_space - 0.05);
    }
  }
}

TEST(ExactEngine, TellsMissingTerrainApartFromSeaAndFromDistance) {
  Terrain terrain = test::rolling_hills(70, 70);
  for (int row = 0; row < 70; ++row) terrain.ground_amsl_m[terrain.grid.index({50, row})] = NAN;
  const PathLossField field = field_of(terrain, spec_on(terrain, {35, 35}), 2);
  const auto status_at = [&](Pixel p) { return field.status[field.window.index(p)]; };
  EXPECT_EQ(status_at({45, 35}), pixel_status::kOk);
  EXPECT_EQ(status_at({50, 35}), pixel_status::kNoTerrainData);
  EXPECT_EQ(status_at({60, 35}),
            pixel_status::kNoTerrainData);  // behind the gap: the path crosses it
  EXPECT_EQ(status_at({6, 6}), pixel_status::kBeyondRadius);
  EXPECT_EQ(status_at({35, 35}), pixel_status::kShortRange);
}

TEST(ExactEngine, WithoutSubstituteNamesTheModelsShortestDistance) {
  const Terrain terrain = test::rolling_hills(70, 70);
  FieldSpec spec = spec_on(terrain, {35, 35});
  spec.free_space_at_short_range = false;
  const auto model = p1812();
  PathScratch scratch;
  const PathLossSample sample =
      PathEvaluator(terrain, *model, spec).evaluate(Pixel{36, 35}, scratch);
  EXPECT_FALSE(pixel_status::has_value(sample.status));
  EXPECT_NE(status_text(sample.status, model->info()).find("distance_m below 250"),
            std::string::npos)
      << status_text(sample.status, model->info());
}

TEST(ProfileCut, TakesNoClutterOnThePathWithinTheEndPixels) {
  Terrain terrain = test::rolling_hills(70, 70, 0.0);
  terrain.clutter_height_m.assign(terrain.grid.size(), 15.0F);
  PathProfile profile;
  // Two pixels away: eight intervals of 25 m, most of them within the end pixels.
  ASSERT_TRUE(cut_profile(terrain, test::antenna_at(terrain, {35, 35}, 40.0), {37, 35}, profile));
  EXPECT_EQ(profile.clutter_height_m.back(), 15.0);  // the receiver's own
  for (std::size_t i = 0; i + 1 < profile.distance_m.size(); ++i) {
    const bool between = profile.distance_m[i] >= 50.0 && profile.distance_m[i] < 150.0;
    EXPECT_EQ(profile.clutter_height_m[i], between ? 15.0 : 0.0) << profile.distance_m[i];
  }
}

TEST(ExactEngine, StopsWhenAsked) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const auto model = p1812();
  std::stop_source source;
  source.request_stop();
  JobProgress job;
  EXPECT_THROW(compute_path_loss_field(PathEvaluator(terrain, *model, spec_on(terrain, {35, 35})),
                                       terrain.grid.whole(), {.stop = source.get_token()}, job),
               Stopped);
}

TEST(Coverage, TakesTheStrongestCellAndTheEarlierWhenEqual) {
  const Terrain terrain = test::rolling_hills(70, 70);
  const FieldSpec spec = spec_on(terrain, {35, 35});
  const PathLossField field = field_of(terrain, spec, 2);
  CoverageMap map(terrain.grid.whole());
  add_to_coverage(map, field, {{omni_cell(8), omni_cell(10), omni_cell(10)}, {1, 2, 3}}, terrain,
                  spec, {}, {});
  const std::size_t i = map.window.index({45, 30});
  EXPECT_EQ(map.best_cell[i], 2);
  EXPECT_NEAR(map.rsrp_dbm[i], 20.0 + 10.0 - 0.5 - field.loss_db[field.window.index({45, 30})],
              1e-4);
}

TEST(Coverage, AValueBesideACellThatCouldNotBeEvaluatedIsIncomplete) {
  const Terrain terrain = test::rolling_hills(70, 70);
  Terrain gap = terrain;
  for (int row = 0; row < 70; ++row) gap.ground_amsl_m[gap.grid.index({52, row})] = NAN;
  const FieldSpec west = spec_on(terrain, {35, 35});
  const FieldSpec east = spec_on(terrain, {60, 35});
  CoverageMap map(terrain.grid.whole());
  add_to_coverage(map, field_of(gap, west, 2), {{omni_cell(8)}, {1}}, gap, west, {}, {});
  add_to_coverage(map, field_of(gap, east, 2), {{omni_cell(8)}, {2}}, gap, east, {}, {});
  EXPECT_EQ(map.status[map.window.index({50, 35})], pixel_status::kIncomplete);
  EXPECT_EQ(map.best_cell[map.window.index({50, 35})], 1);
  EXPECT_EQ(map.status[map.window.index({52, 35})], pixel_status::kNoTerrainData);
  EXPECT_EQ(map.status[map.window.index({20, 35})], pixel_status::kOk);
}

TEST(Coverage, RayLeavesDownwardsOverTheCurvedEarth) {
  Terrain terrain = test::rolling_hills(400, 9, 0.0);
  FieldSpec spec = spec_on(terrain, {2, 4});
  const PixelRay ray = ray_to_pixel(terrain, spec, {302, 4});
  EXPECT_NEAR(ray.distance_m, 30000.0, 1e-6);
  EXPECT_NEAR(rad_to_deg(ray.toward.azimuth_rad), 90.0, 1e-9);
  // 38.5 m lower and 30 km of earth bulge at 4/3 radius: atan((-38.5 - 52.98) / 30000), by hand.
  EXPECT_NEAR(rad_to_deg(ray.toward.elevation_rad), -0.17471, 2e-5);
}

TEST(Coverage, MapDistortionTurnsAndScalesTheBearing) {
  const Terrain terrain = test::rolling_hills(70, 70);
  AntennaPosition antenna = test::antenna_at(terrain, {10, 10}, 40.0);
  antenna.distortion = {1.0004, deg_to_rad(2.0)};
  const Bearing bearing = bearing_to(antenna, terrain.grid.center({20, 10}));
  EXPECT_NEAR(bearing.distance_m, 1000.0 / 1.0004, 1e-9);
  EXPECT_NEAR(rad_to_deg(bearing.azimuth_rad), 92.0, 1e-9);
}

TEST(Kpis, SharesCountUnknownPixelsAsNotCoveredAndNameTheReason) {
  const Terrain terrain = test::rolling_hills(4, 1, 0.0);
  CoverageMap map(terrain.grid.whole());
  map.status = {pixel_status::kOk, pixel_status::kOk, pixel_status::kNoTerrainData,
                pixel_status::kBeyondRadius};
  map.rsrp_dbm = {-90.0F, -120.0F, NAN, NAN};
  map.free_space_rsrp_dbm = {-80.0F, -80.0F, NAN, NAN};
  const CoverageKpis kpis = judge_coverage(map, terrain, {-95.0, -110.0}, false);
  EXPECT_EQ(kpis.judged_pixels, 3U);
  EXPECT_EQ(kpis.thresholds[1].all.covered, 1U);
  EXPECT_NEAR(kpis.thresholds[1].all.share(), 1.0 / 3.0, 1e-12);
  EXPECT_EQ(kpis.lack.obstructed, 1U);
  EXPECT_EQ(kpis.lack.not_evaluated, 1U);
  const CoverageKpis boxed = judge_coverage(map, terrain, {-110.0}, true);
  EXPECT_EQ(boxed.judged_pixels, 4U);
  EXPECT_EQ(boxed.lack.beyond_radius, 1U);
}

TEST(Kpis, APixelAtTheThresholdIsCoveredAndSeaIsCountedApart) {
  Terrain terrain = test::rolling_hills(4, 1, 0.0);
  terrain.zone = {Zone::inland, Zone::coastal, Zone::sea, Zone::sea};
  CoverageMap map(terrain.grid.whole());
  map.status.assign(4, pixel_status::kOk);
  map.rsrp_dbm = {-95.0F, -120.0F, -80.0F, -90.0F};
  map.free_space_rsrp_dbm.assign(4, -70.0F);
  const ThresholdKpi kpi = judge_coverage(map, terrain, {-95.0}, false).thresholds[0];
  EXPECT_EQ(kpi.land.pixels, 2U);
  EXPECT_EQ(kpi.land.covered, 1U);
  EXPECT_EQ(kpi.sea.pixels, 2U);
  EXPECT_EQ(kpi.sea.covered, 2U);
}

TEST(Kpis, RimCountsOnlyWhereNoOtherSiteReaches) {
  const Terrain terrain = test::rolling_hills(100, 60, 0.0);
  CoverageMap map(terrain.grid.whole());
  map.rsrp_dbm.assign(map.rsrp_dbm.size(), -100.0F);
  const AntennaPosition west = test::antenna_at(terrain, {40, 30}, 40.0);
  const AntennaPosition east = test::antenna_at(terrain, {60, 30}, 40.0);
  const RimCount alone = count_rim(map, terrain, {west}, 2000.0, -110.0);
  EXPECT_NEAR(static_cast<double>(alone.pixels), 2.0 * kPi * 19.25 * 1.5,
              10.0);  // a ring of 1.5 pixels
  EXPECT_EQ(alone.above, alone.pixels);
  const RimCount both = count_rim(map, terrain, {west, east}, 2000.0, -110.0);
  // Circles a radius apart: the arcs within one another are a third of each.
  EXPECT_NEAR(static_cast<double>(both.pixels), 2.0 * static_cast<double>(alone.pixels) * 2.0 / 3.0,
              12.0);
  EXPECT_EQ(count_rim(map, terrain, {west}, 2000.0, -90.0).above, 0U);
}

// Domain table: EPRE of n28, 30 MHz (160 PRB) with 4 x 60 W and 4 x 80 W, and of n41 with 240 W
// over 273 PRB.
TEST(LinkBudget, EpreAgreesWithThePlannersTable) {
  EXPECT_NEAR(epre_dbm(power_w_to_dbm(240.0), 160), 20.97, 0.005);
  EXPECT_NEAR(epre_dbm(power_w_to_dbm(320.0), 160), 22.22, 0.005);
  EXPECT_NEAR(epre_dbm(power_w_to_dbm(480.0), 160), 23.98, 0.005);
  EXPECT_NEAR(epre_dbm(power_w_to_dbm(240.0), 273), 18.65, 0.005);
}

TEST(LinkBudget, RsrpAddsGainsAndTakesOffEveryLoss) {
  const Cell cell{.id = "c",
                  .antenna = MountedAntenna(make_omni({.gain_dbi = 0.0}), 0.0, 0.0),
                  .epre_dbm = 20.0,
                  .feeder_loss_db = 0.5};
  const Receiver receiver{1.5, -3.0, 3.0, 9.0};
  EXPECT_NEAR(ss_rsrp_dbm(cell, 15.0, 140.0, receiver), 20.0 + 15.0 - 0.5 - 140.0 - 3.0 - 3.0 - 9.0,
              1e-12);
}

}  // namespace
}  // namespace yonder
