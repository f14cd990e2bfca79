#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/propagation/model_probe.h"

namespace yonder::propagation {
namespace {

const ParameterValues kLos = {{"line_of_sight", "true"}};
const ParameterValues kNlos = {{"line_of_sight", "false"}};
const ParameterValues kTerrain = {{"line_of_sight", "terrain"}};

// Evaluations by hand from table 7.4.1-1: UMa LOS 28 + 22 log 100.. + 20 log 2, UMi LOS 32.4 + 21
// log 100.. + 20 log 2.
TEST(Tr38901, MatchesHandCalculationAt100MetresAnd2Ghz) {
  const Probe uma{.frequency_mhz = 2000, .distance_m = 100, .tx_m = 25};
  EXPECT_NEAR(loss_of("tr38901_uma", uma, kLos), 28.0 + 44.2563 + 6.0206, 1e-3);
  const Probe umi{.frequency_mhz = 2000, .distance_m = 100, .tx_m = 10};
  EXPECT_NEAR(loss_of("tr38901_umi", umi, kLos), 32.4 + 42.0328 + 6.0206, 1e-3);
}

// LOS probabilities by hand from table 7.4.2-1.
TEST(Tr38901, GivesTheTablesLosProbabilities) {
  EXPECT_NEAR(term_of("tr38901_rma", {.distance_m = 1010, .tx_m = 35}, "los_probability"),
              std::exp(-1.0), 1e-12);
  EXPECT_DOUBLE_EQ(term_of("tr38901_uma", {.distance_m = 18, .tx_m = 25}, "los_probability"), 1.0);
  EXPECT_NEAR(term_of("tr38901_uma", {.distance_m = 63, .tx_m = 25}, "los_probability"),
              18.0 / 63 + std::exp(-1.0) * (45.0 / 63), 1e-12);
  EXPECT_NEAR(term_of("tr38901_umi", {.distance_m = 36, .tx_m = 10}, "los_probability"),
              0.5 + 0.5 * std::exp(-1.0), 1e-12);
}

TEST(Tr38901, ProbabilityWeighsTheTwoLosses) {
  const Probe probe{.frequency_mhz = 773, .distance_m = 1010, .tx_m = 35};
  const double p = std::exp(-1.0);
  EXPECT_NEAR(
      loss_of("tr38901_rma", probe),
      p * loss_of("tr38901_rma", probe, kLos) + (1 - p) * loss_of("tr38901_rma", probe, kNlos),
      1e-9);
}

TEST(Tr38901, TerrainDecidesLineOfSightInEveryScenario) {
  for (const auto& [model, tx_m] :
       {std::pair{"tr38901_rma", 35.0}, {"tr38901_uma", 25.0}, {"tr38901_umi", 10.0}}) {
    Probe probe{
        .frequency_mhz = 773, .tx_m = tx_m, .profile = profile_of(std::vector(21, 0.0), 100)};
    const double los_db = loss_of(model, probe, kLos);
    const double nlos_db = loss_of(model, probe, kNlos);
    EXPECT_GT(nlos_db, los_db + 1.0) << model;
    EXPECT_DOUBLE_EQ(loss_of(model, probe, kTerrain), los_db) << model;
    probe.profile.clutter_height_m[19] = 10.0;  // the ray passes there at 3.2 m and less
    EXPECT_DOUBLE_EQ(loss_of(model, probe, kTerrain), nlos_db) << model;
    probe.profile.clutter_height_m[19] = 0.0;
    probe.profile.ground_amsl_m[10] = 40.0;
    EXPECT_DOUBLE_EQ(loss_of(model, probe, kTerrain), nlos_db) << model;
    // The probability does not look at the terrain.
    EXPECT_NEAR(loss_of(model, probe),
                std::lerp(nlos_db, los_db, term_of(model, probe, "los_probability")), 1e-9)
        << model;
  }
}

TEST(Tr38901, TheCurvedEarthHidesAGroundTerminalAtTenKilometres) {
  // Optical horizon over 4/3 earth: sqrt(2 * 8495 km * 10 m) = 13.0 km to the base, 4.1 km more
  // from 1 m.
  const Probe near{.tx_m = 10, .rx_m = 1, .profile = profile_of(std::vector(101, 0.0), 100)};
  EXPECT_EQ(term_of("tr38901_rma", near, "los_weight", kTerrain), 1.0);
  Probe bulged = near;
  for (double& ground : bulged.profile.ground_amsl_m) ground = 3.0;
  bulged.profile.ground_amsl_m.front() = bulged.profile.ground_amsl_m.back() = 0.0;
  EXPECT_EQ(run("tr38901_rma", bulged, kTerrain).status, LossStatus::above_range);  // NLOS: 5 km
}

TEST(Tr38901, TerrainModeSaysThatItNeedsAProfile) {
  EXPECT_EQ(run("tr38901_uma", {.tx_m = 25}, kTerrain).status, LossStatus::not_applicable);
  EXPECT_TRUE(find_model("tr38901_uma")->make(kTerrain)->needs_profile());
  EXPECT_FALSE(find_model("tr38901_uma")->make({})->needs_profile());
}

TEST(Tr38901, RuralRangeIsShorterWithoutLineOfSight) {
  const Probe probe{.distance_m = 5001, .tx_m = 35};
  EXPECT_TRUE(run("tr38901_rma", probe, kLos).ok());
  const PathLossResult refused = run("tr38901_rma", probe, kNlos);
  EXPECT_EQ(refused.status, LossStatus::above_range);
  EXPECT_EQ(find_model("tr38901_rma")->ranges[refused.bound].max, 5000.0);
}

TEST(Tr38901, AsStatedHeightsRefuseOthers) {
  const ParameterValues strict = {{"base_height", "as_stated"}};
  EXPECT_TRUE(run("tr38901_uma", {.tx_m = 25}, strict).ok());
  EXPECT_EQ(run("tr38901_uma", {.tx_m = 30}, strict).status, LossStatus::not_applicable);
  EXPECT_EQ(run("tr38901_umi", {.tx_m = 25}, strict).status, LossStatus::not_applicable);
}

TEST(Tr38901, MeanOverEnvironmentHeightsLiesBetweenItsExtremes) {
  // At h_UT = 22.5 m, h_E is 1 m or one of 12, 15, 18, 21 m; a higher h_E shortens the breakpoint
  // and raises the loss.
  const Probe probe{.frequency_mhz = 700, .distance_m = 400, .tx_m = 25, .rx_m = 22.5};
  const double low_probability = term_of("tr38901_uma", probe, "low_environment_probability", kLos);
  EXPECT_GT(low_probability, 0.0);
  EXPECT_LT(low_probability, 1.0);
  const double d3d = std::hypot(400.0, 2.5);
  const double before_breakpoint = 28 + 22 * std::log10(d3d) + 20 * std::log10(0.7);
  const double breakpoint = 4 * 4 * 1.5 * 0.7e9 / 3e8;  // h_E = 21 m
  const double beyond = 28 + 40 * std::log10(d3d) + 20 * std::log10(0.7) -
                        9 * std::log10(breakpoint * breakpoint + 2.5 * 2.5);
  EXPECT_GT(loss_of("tr38901_uma", probe, kLos), before_breakpoint);
  EXPECT_LT(loss_of("tr38901_uma", probe, kLos), beyond);
}

TEST(Tr36777, KnowsNoObstructedDroneAbove40Metres) {
  EXPECT_TRUE(run("tr36777_rma_av", {.tx_m = 35, .rx_m = 40}, kNlos).ok());
  const PathLossResult refused = run("tr36777_rma_av", {.tx_m = 35, .rx_m = 41}, kNlos);
  EXPECT_EQ(refused.status, LossStatus::above_range);
  EXPECT_EQ(find_model("tr36777_rma_av")->ranges[refused.bound].name, "rx.height_agl_m");
}

TEST(Tr36777, HighDronesSeeAlmostFreeSpace) {
  const Probe probe{.frequency_mhz = 773, .distance_m = 8000, .tx_m = 35, .rx_m = 150};
  EXPECT_NEAR(loss_of("tr36777_rma_av", probe), loss_of("free_space", probe), 0.1);
}

}  // namespace
}  // namespace yonder::propagation
