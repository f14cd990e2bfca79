#include "propagation/models/itu_p528.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/models.h"
#include "propagation/physics/itu_p676.h"
#include "propagation/physics/p528_nakagami_rice.h"
#include "propagation/physics/p676_slant_path.h"
#include "propagation/physics/p835_atmosphere.h"

namespace yonder::propagation {
namespace {

PathLossInput path(double distance_m, double tx_m, double rx_m, double frequency_mhz = 1200.0) {
  PathLossInput input;
  input.frequency_hz = mhz_to_hz(frequency_mhz);
  input.distance_m = distance_m;
  input.tx.height_agl_m = tx_m;
  input.rx.height_agl_m = rx_m;
  return input;
}

PathLossResult evaluate(const PathLossInput& input, double time_percent = 50.0,
                        Terms* terms = nullptr) {
  Workspace workspace;
  return find_model("itu_p528")
      ->make({{"time_percent", time_percent}})
      ->evaluate(input, workspace, terms);
}

TEST(ItuP528, DoesNotCareWhichTerminalTransmits) {
  for (const double distance_m : {0.0, 5e3, 150e3, 400e3, 900e3}) {
    EXPECT_EQ(evaluate(path(distance_m, 40.0, 9000.0)).loss_db,
              evaluate(path(distance_m, 9000.0, 40.0)).loss_db);
  }
}

TEST(ItuP528, AgreesWithFreeSpaceOverhead) {
  // 100 MHz, where gases take nothing, and half of the time: the two rays add up to free space.
  const double free_db = 20.0 * std::log10(4.0 * kPi * 5000.0 * 100e6 / kSpeedOfLightMPerS);
  EXPECT_NEAR(evaluate(path(0.0, 10.0, 5010.0, 100.0)).loss_db, free_db, 0.05);
}

TEST(ItuP528, LossRisesWithTimePercentageOnEitherSideOfTen) {
  // At 10 % the method itself steps down by tenths of a dB: below, levels are held to free space,
  // above not.
  for (const double distance_m : {30e3, 250e3, 600e3}) {
    double before = 0.0;
    for (double percent = 1.0; percent <= 99.0; percent += 1.0) {
      if (percent == 10.0) before = 0.0;
      const double loss_db = evaluate(path(distance_m, 20.0, 6000.0), percent).loss_db;
      EXPECT_GE(loss_db, before) << distance_m << " " << percent;
      before = loss_db;
    }
  }
}

TEST(ItuP528, PassesFromSightOverDiffractionToScatter) {
  const auto terms_at = [](double distance_m) {
    Terms terms;
    evaluate(path(distance_m, 20.0, 3000.0), 50.0, &terms);
    return terms;
  };
  const auto mode = [&](double distance_m) {
    return std::get<std::string_view>(terms_at(distance_m).find("mode")->value);
  };
  const double horizon_m = std::get<double>(terms_at(100e3).find("max_los_distance_m")->value);
  EXPECT_EQ(mode(horizon_m - 10.0), "line_of_sight");
  EXPECT_EQ(mode(horizon_m + 10.0), "diffraction");
  EXPECT_EQ(mode(horizon_m + 200e3), "troposcatter");
}

TEST(ItuP528, LossIsContinuousAtTheHorizon) {
  for (const double low_m : {1.5, 20.0, 1000.0}) {
    Terms terms;
    evaluate(path(10e3, low_m, 5000.0), 50.0, &terms);
    const double horizon_m = std::get<double>(terms.find("max_los_distance_m")->value);
    EXPECT_NEAR(evaluate(path(horizon_m - 5.0, low_m, 5000.0)).loss_db,
                evaluate(path(horizon_m + 5.0, low_m, 5000.0)).loss_db, 0.1)
        << low_m;
  }
}

TEST(ItuP528, RefusalNamesTheBound) {
  const auto bound = [](const PathLossInput& input, LossStatus status) {
    const PathLossResult result = evaluate(input);
    EXPECT_EQ(result.status, status);
    return itu_p528::kModelInfo.ranges[result.bound].name;
  };
  EXPECT_EQ(bound(path(1e3, 1.4, 100.0), LossStatus::below_range), "tx.height_agl_m");
  EXPECT_EQ(bound(path(1e3, 2.0, 20001.0), LossStatus::above_range), "rx.height_agl_m");
  EXPECT_EQ(bound(path(1e3, 2.0, 200.0, 99.0), LossStatus::below_range), "frequency_mhz");
  EXPECT_EQ(bound(path(1801e3, 2.0, 200.0), LossStatus::above_range), "distance_m");
  EXPECT_EQ(evaluate(path(0.0, 50.0, 50.0)).status, LossStatus::not_applicable);
  EXPECT_THROW(find_model("itu_p528")->make({{"time_percent", 0.5}}), ParameterRangeError);
}

TEST(NakagamiRice, GivesTheTabulatedValuesAndStaysBetweenThem) {
  // P.528-5: K = -40 dB and 20 dB at 1 % and 99 %; K = 0 at 90 %.
  EXPECT_NEAR(p528::nakagami_rice_db(-40.0, 1.0), -0.1417, 1e-12);
  EXPECT_NEAR(p528::nakagami_rice_db(25.0, 99.0), 18.3864, 1e-12);
  EXPECT_NEAR(p528::nakagami_rice_db(0.0, 90.0), 7.5266, 1e-12);
  EXPECT_NEAR(p528::nakagami_rice_db(-1.0, 92.5), (6.7874 + 9.6276 + 7.5266 + 10.5553) / 4.0, 1e-9);
  EXPECT_NEAR(p528::ratio_with_variation_db(17.5511), 0.0, 1e-9);
}

TEST(P835Atmosphere, AgreesWithTheStandardAtmosphere) {
  // Where the pieces meet they agree; values of the U.S. Standard Atmosphere 1976 at 11 and 20 km
  // geopotential.
  EXPECT_NEAR(global_reference_air(0.0).pressure_hpa, 1013.25, 1e-9);
  EXPECT_NEAR(global_reference_air(kReferenceTropopauseKm).pressure_hpa, 226.32, 0.01);
  EXPECT_NEAR(global_reference_air(kReferenceStratosphereKm).pressure_hpa, 54.75, 0.01);
  EXPECT_NEAR(global_reference_air(15.0).temperature_k, 216.65, 1e-9);
  // 7.5 g/m3 at 288.15 K, P.676-13 eq. (4).
  EXPECT_NEAR(global_reference_air(0.0).vapour_pressure_hpa(), 7.5 * 288.15 / 216.7, 1e-9);
}

TEST(GasProfile, AgreesWithTheSpectralLines) {
  for (const double frequency_ghz : {0.1, 1.2, 10.0, 22.235, 30.0}) {
    const GasProfile profile(frequency_ghz);
    for (double height_km = 0.0; height_km < 20.0; height_km += 0.0373) {
      const Air air = global_reference_air(height_km);
      const double exact =
          itu_p676::specific_attenuation(
              frequency_ghz, {air.pressure_hpa, air.temperature_k, air.vapour_density_g_per_m3})
              .total_db_per_km();
      EXPECT_NEAR(profile.attenuation_db_per_km(height_km) / exact, 1.0, 2e-5)
          << frequency_ghz << " GHz, " << height_km << " km";
    }
  }
}

TEST(SlantPath, StraightUpIsTheSumOfTheLayers) {
  const GasProfile profile(22.235);
  const SlantPath up = trace_slant_path(profile, 0.0, 10.0, 0.0);
  EXPECT_NEAR(up.length_km, 10.0, 1e-9);
  EXPECT_NEAR(up.bending_rad, 0.0, 1e-12);
  double sum_db = 0.0;
  constexpr int kSteps = 10000;
  for (int i = 0; i < kSteps; ++i) {
    sum_db += profile.attenuation_db_per_km((i + 0.5) * 10.0 / kSteps) * 10.0 / kSteps;
  }
  EXPECT_NEAR(up.attenuation_db, sum_db, 1e-4 * sum_db);
}

}  // namespace
}  // namespace yonder::propagation
