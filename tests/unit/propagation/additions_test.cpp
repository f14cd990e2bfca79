#include "propagation/additions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "propagation/physics/dust.h"
#include "propagation/physics/itu_p2108.h"
#include "propagation/physics/itu_p2109.h"
#include "propagation/physics/p530_rain.h"
#include "propagation/physics/p833_vegetation.h"

// Each addition against figures from another hand. gases_p676 and rain_p530 are held by
// tests/reference/*.jsonl too.
namespace yonder::propagation {
namespace {

struct Where {
  double frequency_mhz = 773.0;
  double distance_m = 5000.0;
  double tx_m = 40.0;
  double rx_m = 1.5;
  double elevation_deg = 0.0;
};

AdditionResult run(const std::string& id, const ParameterValues& parameters,
                   const Where& where = {}) {
  AdditionPath path;
  path.input.frequency_hz = where.frequency_mhz * 1e6;
  path.input.distance_m = where.distance_m;
  path.input.tx.height_agl_m = where.tx_m;
  path.input.rx.height_agl_m = where.rx_m;
  path.elevation_deg = where.elevation_deg;
  return find_addition(id)->make(parameters)->evaluate(path);
}

void expect_parameter_error(const std::string& id, const ParameterValues& parameters,
                            const std::string& parameter) {
  try {
    find_addition(id)->make(parameters);
    ADD_FAILURE() << id << " took the parameters";
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), parameter) << error.what();
  }
}

// The five frequencies of P.833-10 table 1.
TEST(VegetationP833, HasTheMeasuredSpecificAttenuations) {
  EXPECT_DOUBLE_EQ(p833::measured_specific_attenuation_db_per_m(105.9), 0.04);
  EXPECT_DOUBLE_EQ(p833::measured_specific_attenuation_db_per_m(466.475), 0.12);
  EXPECT_DOUBLE_EQ(p833::measured_specific_attenuation_db_per_m(949.0), 0.17);
  EXPECT_DOUBLE_EQ(p833::measured_specific_attenuation_db_per_m(1852.2), 0.30);
  EXPECT_DOUBLE_EQ(p833::measured_specific_attenuation_db_per_m(2117.5), 0.34);
}

// P.833-10 table 1 lists the measured maxima beside them; eq. (2) is fitted through these.
TEST(VegetationP833, FitOfTheMaximumLiesNearTheMeasuredOnes) {
  EXPECT_NEAR(p833::measured_maximum_attenuation_db(105.9), 9.4, 1.0);
  EXPECT_NEAR(p833::measured_maximum_attenuation_db(466.475), 18.0, 0.3);
  EXPECT_NEAR(p833::measured_maximum_attenuation_db(949.0), 26.5, 2.2);
  EXPECT_NEAR(p833::measured_maximum_attenuation_db(1852.2), 29.0, 3.4);
  EXPECT_NEAR(p833::measured_maximum_attenuation_db(2117.5), 34.1, 0.5);
}

TEST(VegetationP833, WoodGrowsAtItsSpecificAttenuationAndSaturates) {
  const ParameterValues thin = {{"depth_m", 0.01},
                                {"values", "given"},
                                {"specific_attenuation_db_per_m", 0.39},
                                {"maximum_attenuation_db", 34.1}};
  ParameterValues deep = thin;
  EXPECT_NEAR(run("vegetation_p833", thin).loss_db, 0.0039, 1e-6);
  deep["depth_m"] = 5000.0;
  EXPECT_NEAR(run("vegetation_p833", deep).loss_db, 34.1, 1e-9);
  deep["depth_m"] = 34.1 / 0.39;  // one characteristic depth: 1 - 1/e
  EXPECT_NEAR(run("vegetation_p833", deep).loss_db, 34.1 * (1.0 - std::exp(-1.0)), 1e-12);
}

TEST(VegetationP833, SingleStandOfTreesIsLinearAndEndsAtOneGigahertz) {
  const ParameterValues stand = {{"geometry", "single_obstruction"}, {"depth_m", 30.0}};
  EXPECT_DOUBLE_EQ(run("vegetation_p833", stand, {.frequency_mhz = 949.0}).loss_db, 5.1);
  const AdditionResult refused = run("vegetation_p833", stand, {.frequency_mhz = 1800.0});
  EXPECT_EQ(refused.status, LossStatus::above_range);
  EXPECT_DOUBLE_EQ(find_addition("vegetation_p833")->ranges[refused.bound].max, 1000.0);
}

TEST(VegetationP833, MeasuredValuesEndWhereTheyWereMeasured) {
  const AdditionResult refused =
      run("vegetation_p833", {{"depth_m", 30.0}}, {.frequency_mhz = 2600.0});
  EXPECT_EQ(refused.status, LossStatus::above_range);
  EXPECT_DOUBLE_EQ(find_addition("vegetation_p833")->ranges[refused.bound].max, 2117.5);
}

TEST(VegetationP833, RefusesParametersThatWouldBeIgnored) {
  expect_parameter_error("vegetation_p833", {}, "depth_m");
  expect_parameter_error("vegetation_p833", {{"depth_m", 9.0}, {"maximum_attenuation_db", 9.0}},
                         "maximum_attenuation_db");
  expect_parameter_error("vegetation_p833", {{"depth_m", 9.0}, {"values", "given"}},
                         "specific_attenuation_db_per_m");
}

// P.530-18 section 2.4.1: at most 2.5, which short paths would exceed.
TEST(RainP530, EffectivePathIsAtMostTwoAndAHalfTimesThePath) {
  EXPECT_DOUBLE_EQ(p530_rain::path_reduction_factor(10.0, 0.2, 20.0, 1.2), 2.5);
  EXPECT_LT(p530_rain::path_reduction_factor(10.0, 20.0, 60.0, 1.2), 1.0);
}

TEST(RainP530, RarerRainTakesMore) {
  double last = 0.0;
  for (const double percent : {1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001}) {
    const double loss_db = p530_rain::attenuation_db({.frequency_ghz = 18.0,
                                                      .path_km = 10.0,
                                                      .rain_rate_001_mm_per_h = 40.0,
                                                      .path_elevation_deg = 0.0,
                                                      .polarization_tilt_deg = 90.0},
                                                     percent);
    EXPECT_GT(loss_db, last) << percent;
    last = loss_db;
  }
}

// Goldhirsh writes the same formula with its constants gathered: 2.317e-3 eps'' /
// [((eps' + 2)^2 + eps''^2) lambda] V^-1.07 (IEEE Trans. Antennas Propag. 49 no. 12 (2001)).
TEST(Dust, AgreesWithTheGatheredConstantOfGoldhirsh) {
  const dust::Grains grains{.permittivity = 3.8, .loss_factor = 0.4};
  for (const double visibility_km : {0.01, 0.1, 1.0}) {
    const double expected = 2.317e-3 * 0.4 / ((5.8 * 5.8 + 0.16) * (0.299792458 / 18.0)) *
                            std::pow(visibility_km, -1.07);
    EXPECT_NEAR(dust::specific_attenuation_db_per_km(18e9, 1000.0 * visibility_km, grains),
                expected, 2e-3 * expected);
  }
}

// A calculation made elsewhere gave 0.18 dB over 30 km at 773 MHz and 10 m: of that order.
TEST(Dust, MattersNotAtSevenHundredMegahertz) {
  const double loss_db =
      run("dust_rayleigh", {{"visibility_m", 10.0}}, {.distance_m = 30e3}).loss_db;
  EXPECT_GT(loss_db, 0.09);
  EXPECT_LT(loss_db, 0.36);
}

TEST(ClutterHeightGain, TakesTheHeightsOfTheRecommendationsTable3) {
  const struct {
    const char* word;
    itu_p2108::ClutterType type;
    double height_m;
  } rows[] = {{"open_rural", itu_p2108::ClutterType::open_rural, 10.0},
              {"suburban", itu_p2108::ClutterType::suburban, 10.0},
              {"urban", itu_p2108::ClutterType::urban, 15.0},
              {"trees_forest", itu_p2108::ClutterType::trees_forest, 15.0},
              {"dense_urban", itu_p2108::ClutterType::dense_urban, 20.0}};
  for (const auto& row : rows) {
    const auto addition =
        find_addition("clutter_p2108_height_gain")->make({{"clutter_type", row.word}});
    EXPECT_DOUBLE_EQ(addition->model_rx_height_m(1.5), row.height_m) << row.word;
    EXPECT_DOUBLE_EQ(addition->model_rx_height_m(50.0), 50.0) << row.word;
    EXPECT_DOUBLE_EQ(addition->model_tx_height_m(1.5), 1.5) << row.word;
    EXPECT_DOUBLE_EQ(run("clutter_p2108_height_gain", {{"clutter_type", row.word}}).loss_db,
                     itu_p2108::height_gain_db(0.773, 1.5, 27.0, row.height_m, row.type))
        << row.word;
  }
}

TEST(ClutterHeightGain, RefusesAnAntennaOnOpenGround) {
  const AdditionResult refused =
      run("clutter_p2108_height_gain", {{"clutter_type", "open_rural"}}, {.rx_m = 0.0});
  EXPECT_EQ(refused.status, LossStatus::not_applicable);
}

TEST(ClutterStatistical, MedianAndDeviationMakeThePercentile) {
  const AdditionResult result =
      run("clutter_p2108_statistical", {{"location_percent", 90.0}}, {.frequency_mhz = 2600.0});
  EXPECT_DOUBLE_EQ(result.loss_db, itu_p2108::terrestrial_statistical_db(2.6, 5.0, 50.0));
  EXPECT_NEAR(result.loss_db + result.deviation_db,
              itu_p2108::terrestrial_statistical_db(2.6, 5.0, 90.0), 1e-12);
}

TEST(ClutterStatistical, TwoEndsNeedAKilometreAndAreTwoDraws) {
  const ParameterValues both = {{"terminals", "both"}, {"location_percent", 90.0}};
  EXPECT_EQ(run("clutter_p2108_statistical", both, {.distance_m = 999.0}).status,
            LossStatus::below_range);
  const AdditionResult two = run("clutter_p2108_statistical", both);
  const AdditionResult one = run("clutter_p2108_statistical", {{"location_percent", 90.0}});
  EXPECT_DOUBLE_EQ(two.loss_db, 2.0 * one.loss_db);
  EXPECT_NEAR(two.deviation_db, std::sqrt(2.0) * one.deviation_db, 1e-12);
}

TEST(BuildingEntry, IsTheRecommendationsAtThePathsElevation) {
  const AdditionResult result =
      run("building_entry_p2109",
          {{"building_type", "thermally_efficient"}, {"location_percent", 80.0}},
          {.frequency_mhz = 2600.0, .elevation_deg = 10.0});
  EXPECT_NEAR(result.loss_db + result.deviation_db,
              itu_p2109::building_entry_loss_db(2.6, 80.0, 10.0,
                                                itu_p2109::BuildingType::thermally_efficient),
              1e-12);
}

// TR 38.901 section 7.4.3.2: mean 9 dB, deviation 5 dB; metallised windows 20 dB.
TEST(VehiclePenetration, CarsAreThoseOfTr38901) {
  EXPECT_DOUBLE_EQ(run("vehicle_penetration", {{"vehicle", "car"}}).loss_db, 9.0);
  EXPECT_DOUBLE_EQ(run("vehicle_penetration", {{"vehicle", "car_metallised_glass"}}).loss_db, 20.0);
  const AdditionResult ninety =
      run("vehicle_penetration", {{"vehicle", "car"}, {"location_percent", 90.0}});
  EXPECT_NEAR(ninety.deviation_db, 5.0 * 1.2815515655446004, 1e-12);
}

TEST(VehiclePenetration, TrainsAndShipsFollowTheDefaultsTable) {
  const auto loss_db = [](const char* vehicle, double frequency_mhz) {
    return run("vehicle_penetration", {{"vehicle", vehicle}}, {.frequency_mhz = frequency_mhz})
        .loss_db;
  };
  EXPECT_DOUBLE_EQ(loss_db("train_high_speed", 1800.0), 26.0);
  EXPECT_DOUBLE_EQ(loss_db("train_high_speed", 2100.0), 30.0);
  EXPECT_DOUBLE_EQ(loss_db("train_high_speed", 3500.0), 33.0);
  EXPECT_DOUBLE_EQ(loss_db("train_high_speed", 773.0), 21.0);
  EXPECT_GT(loss_db("train_high_speed", 2600.0), 30.0);
  EXPECT_LT(loss_db("train_high_speed", 2600.0), 33.0);
  EXPECT_DOUBLE_EQ(loss_db("train_conventional", 2600.0), 22.0);
  EXPECT_DOUBLE_EQ(loss_db("ship_cabin", 773.0), 15.0);
  EXPECT_DOUBLE_EQ(loss_db("ship_cabin", 2600.0), 20.0);
}

TEST(VehiclePenetration, RefusesWhatItsSourceDoesNotGive) {
  expect_parameter_error("vehicle_penetration",
                         {{"vehicle", "train_high_speed"}, {"location_percent", 90.0}},
                         "location_percent");
  expect_parameter_error("vehicle_penetration", {{"vehicle", "given"}}, "mean_db");
  expect_parameter_error("vehicle_penetration", {{"vehicle", "car"}, {"mean_db", 9.0}}, "mean_db");
  EXPECT_EQ(run("vehicle_penetration", {{"vehicle", "train_high_speed"}}, {.frequency_mhz = 4900.0})
                .status,
            LossStatus::above_range);
}

}  // namespace
}  // namespace yonder::propagation
