#include <gtest/gtest.h>

#include <cmath>

#include "core/units.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/sea_reflection.h"
#include "tests/unit/propagation/model_probe.h"

namespace yonder::propagation {
namespace {

const ParameterValues kMirror = {{"sea_state", "wave_height"}, {"significant_wave_height_m", 0.0}};

/// Height of both antennas that lifts a short direct path over a flat mirror by `zones` first
/// Fresnel radii.
double height_for(double zones, double frequency_mhz, double distance_m) {
  return zones * std::sqrt(wavelength_m(frequency_mhz * 1e6) * distance_m) / 2.0;
}

/// Gain over free space where the direct path clears the mirror by that many first Fresnel radii.
double mirror_gain_db(double zones) {
  const double h = height_for(zones, 773, 2000);
  return term_of("two_ray_sea",
                 {.frequency_mhz = 773,
                  .distance_m = 2000,
                  .tx_m = h,
                  .rx_m = h,
                  .polarization = Polarization::horizontal},
                 "interference_gain_db", kMirror);
}

// At grazing incidence the reflection is -1: one Fresnel radius of clearance delays it by half a
// wavelength, and the rays add up to 6 dB; 1/sqrt(3) of a radius delays it by a sixth, and the sum
// is free space again.
TEST(TwoRaySea, OneFresnelRadiusOfClearanceGainsSixDb) {
  EXPECT_NEAR(mirror_gain_db(1.0), 6.02, 0.1);
}

TEST(TwoRaySea, SixTenthsOfAFresnelRadiusIsNearlyFreeSpace) {
  EXPECT_NEAR(mirror_gain_db(0.62), 20 * std::log10(2 * std::sin(kPi / 2 * 0.62 * 0.62)), 0.15);
}

TEST(TwoRaySea, RefusesTheUltraFarPath) {
  const PathLossResult refused =
      run("two_ray_sea", {.frequency_mhz = 773, .distance_m = 30000, .tx_m = 40, .rx_m = 1.5});
  EXPECT_EQ(refused.status, LossStatus::not_applicable);
  EXPECT_EQ(refused.bound, 0);
  EXPECT_EQ(
      run("two_ray_sea", {.frequency_mhz = 773, .distance_m = 150000, .tx_m = 40, .rx_m = 1.5})
          .status,
      LossStatus::not_applicable);  // beyond the horizon
}

TEST(TwoRaySea, WavesWashTheReflectionOut) {
  const Probe probe{.frequency_mhz = 2600, .distance_m = 3000, .tx_m = 100, .rx_m = 20};
  const double rough =
      term_of("two_ray_sea", probe, "interference_gain_db", {{"sea_state", "very_high"}});
  EXPECT_NEAR(rough, 0.0, 1e-3);
  EXPECT_GT(std::abs(term_of("two_ray_sea", probe, "interference_gain_db", kMirror)), 0.5);
}

TEST(TwoRaySea, RefusesAWaveHeightThatWouldBeIgnored) {
  EXPECT_THROW(run("two_ray_sea", {}, {{"significant_wave_height_m", 1.0}}), ParameterError);
}

TEST(TwoRaySea, OverLandItDoesNotSpeak) {
  Probe probe{.frequency_mhz = 2600,
              .tx_m = 100,
              .rx_m = 20,
              .profile = profile_of(std::vector(31, 0.0), 100, Zone::sea)};
  EXPECT_TRUE(run("two_ray_sea", probe).ok());
  probe.profile.zone.assign(31, Zone::inland);
  EXPECT_EQ(run("two_ray_sea", probe).bound, 1);
}

// On an exact sphere the angles of incidence and reflection at the found point agree, to what the
// parabolic earth of the closed form is worth.
TEST(SeaReflection, ObeysTheLawOfReflectionOnTheSphere) {
  const double a = 8.5e6;
  for (const auto& [d, h1, h2] : {std::tuple{20000.0, 100.0, 10.0}, {3000.0, 40.0, 200.0}}) {
    const sea::ReflectionPoint point = sea::reflection_point(d, h1, h2, a);
    const auto angle = [&](double along, double height) {
      const double central = along / a;
      const double radius = a + height;
      return std::atan2(radius * std::cos(central) - a, radius * std::sin(central));
    };
    EXPECT_NEAR(angle(point.d1_m, h1), angle(point.d2_m, h2), 1e-5);
    EXPECT_NEAR(angle(point.d1_m, h1), point.grazing_rad, 1e-5);
  }
}

TEST(SeaReflection, LiesMidwayBetweenEqualHeights) {
  EXPECT_NEAR(sea::reflection_point(15000, 50, 50, 8.5e6).d1_m, 7500.0, 1e-6);
}

TEST(SeaReflection, GrazingRaysAreReflectedTotallyAndInverted) {
  for (const Polarization polarization : {Polarization::horizontal, Polarization::vertical}) {
    const auto gamma = sea::reflection_coefficient(773e6, 1e-6, polarization, 80, 5);
    EXPECT_NEAR(gamma.real(), -1.0, 1e-4);
    EXPECT_NEAR(gamma.imag(), 0.0, 1e-4);
  }
}

/// Deygout's loss between antennas of equal height over sea level, flat earth, wavelength 0.3 m.
double deygout_db(const PathProfile& profile, double antennas_amsl_m) {
  return deygout_loss_db(
      three_edges({profile.view(), antennas_amsl_m, antennas_amsl_m, 0.0}, std::sqrt(2.0 / 0.3)));
}

TEST(Deygout, OneEdgeOnTheRayCostsSixDb) {
  const PathProfile profile = profile_of({0, 10, 0}, 5000);
  EXPECT_NEAR(deygout_db(profile, 10), 6.03, 0.01);  // J(0), P.526-15
}

TEST(Deygout, TheThreeWorstEdgesAddUp) {
  std::vector<double> ground(41, 0.0);
  ground[20] = 120.0;
  const PathProfile one = profile_of(ground, 500);
  ground[10] = ground[30] = 90.0;
  const PathProfile three = profile_of(ground, 500);
  const double single = deygout_db(one, 30);
  // Each side edge stands 15 m above the ray from antenna to main edge, 5 km from both.
  const double nu = 15.0 * std::sqrt(2.0 / 0.3 * (2.0 / 5000.0));
  const double side = 6.9 + 20 * std::log10(std::hypot(nu - 0.1, 1.0) + nu - 0.1);
  EXPECT_NEAR(deygout_db(three, 30), single + 2 * side, 1e-7);
}

// Side edges stand over the line to a principal edge that is itself in sight; they count only once
// it is not.
TEST(Deygout, WithinSightThePrincipalEdgeStandsAlone) {
  std::vector<double> ground(41, 0.0);
  ground[10] = ground[20] = ground[30] = 29.0;
  const PathProfile in_sight = profile_of(ground, 500);
  const double nu = -1.0 * std::sqrt(2.0 / 0.3 * (2.0 / 10000.0));
  EXPECT_NEAR(deygout_db(in_sight, 30), 6.9 + 20 * std::log10(std::hypot(nu - 0.1, 1.0) + nu - 0.1),
              1e-9);
  ground[20] = 31.0;
  EXPECT_GT(deygout_db(profile_of(ground, 500), 30), deygout_db(in_sight, 30) + 6.0);
}

TEST(Deygout, AProfileOfTwoPointsHasNoEdge) {
  EXPECT_EQ(deygout_db(profile_of({0, 0}, 5000), 10), 0.0);
}

TEST(LeakyFeeder, AHundredMetresOfTypicalCableCost1Point9DbAt700Mhz) {
  EXPECT_NEAR(loss_of("leaky_feeder", {.frequency_mhz = 700, .distance_m = 0}), 70.0, 1e-12);
  EXPECT_NEAR(loss_of("leaky_feeder", {.frequency_mhz = 700, .distance_m = 100}), 71.9, 1e-12);
  EXPECT_NEAR(loss_of("leaky_feeder", {.frequency_mhz = 2600, .distance_m = 100}), 70.8, 1e-9);
}

TEST(LeakyFeeder, DoublingTheDistanceFromTheCableCostsSixDb) {
  const Probe probe{.frequency_mhz = 700, .distance_m = 100};
  EXPECT_NEAR(
      loss_of("leaky_feeder", probe, {{"radial_distance_m", 4.0}}) - loss_of("leaky_feeder", probe),
      6.0206, 1e-4);
}

TEST(LeakyFeeder, AsksForADataSheetWhereItsTypicalCableEnds) {
  EXPECT_EQ(run("leaky_feeder", {.frequency_mhz = 3500, .distance_m = 10}).status,
            LossStatus::not_applicable);
  EXPECT_THROW(run("leaky_feeder", {}, {{"cable", "given"}}), ParameterError);
}

}  // namespace
}  // namespace yonder::propagation
