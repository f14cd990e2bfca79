#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "propagation/physics/p1546_method.h"
#include "propagation/physics/p1546_profile.h"
#include "tests/unit/propagation/model_probe.h"
#include "tests/unit/propagation/p1546_table.h"

/// ITU-R P.1546-6 without the ITU's table: on made-up curves whose interpolations can be done by
/// hand. Sections are those of Annex 5. tests/reference/itu_p1546.jsonl holds the whole on the true
/// curves, where somebody has them.
namespace yonder::propagation {
namespace {

using namespace p1546;
using testing::HasSubstr;

/// 40 - 20 log d + 10 log(h1/10), 6 dB less a decade of frequency, 3 dB more over cold sea and 5
/// over warm, 4 dB more at 10 % of time, 9 more at 1 %.
double simple(const std::string& surface, double mhz, double percent, double km, double h1_m) {
  const double sea = surface == "land" ? 0.0 : surface == "cold_sea" ? 3.0 : 5.0;
  const double time = percent == 50.0 ? 0.0 : percent == 10.0 ? 4.0 : 9.0;
  return 40.0 - 20.0 * std::log10(km) + 10.0 * std::log10(h1_m / 10.0) -
         6.0 * std::log10(mhz / 100.0) + sea + time;
}

const Curves& curves() {
  static const Curves made_up(made_up_curves(simple));
  return made_up;
}

double on_land(const CurvePath& path) { return curve_field_dbuv(curves(), Surface::land, path); }

CurvePath path_at(double mhz, double percent, double km, double h1_m) {
  return {.frequency_mhz = mhz,
          .time_percent = percent,
          .distance_km = km,
          .h1_m = h1_m,
          .maximum_dbuv = 200.0};
}

TEST(P1546Curves, StandAtTheNominalValues) {
  EXPECT_DOUBLE_EQ(on_land(path_at(100, 50, 10, 10)), 20.0);
  EXPECT_DOUBLE_EQ(on_land(path_at(100, 10, 100, 10)), 4.0);
  EXPECT_NEAR(curve_field_dbuv(curves(), Surface::warm_sea, path_at(100, 1, 1, 10)), 54.0, 1e-12);
}

// Sections 5, 4.1 and 6, eqs. (13), (8), (14): straight lines in the logarithms, and beyond the
// ends of height and frequency the last two carried on.
TEST(P1546Curves, RunStraightInTheLogarithmsOfDistanceHeightAndFrequency) {
  EXPECT_NEAR(on_land(path_at(100, 50, std::sqrt(1000.0), 10)), 10.0, 1e-12);
  EXPECT_NEAR(on_land(path_at(100, 50, 10, 100)), 30.0, 1e-12);
  EXPECT_NEAR(on_land(path_at(100, 50, 10, 3000)), 20.0 + 10.0 * std::log10(300.0), 1e-12);
  EXPECT_NEAR(on_land(path_at(1000, 50, 10, 10)), 14.0, 1e-12);
  EXPECT_NEAR(on_land(path_at(30, 50, 10, 10)), 20.0 - 6.0 * std::log10(0.3), 1e-12);
  EXPECT_NEAR(on_land(path_at(4000, 50, 10, 10)), 20.0 - 6.0 * std::log10(40.0), 1e-12);
}

// Section 7, eq. (16). By hand for 25 %: Qi(0.10) = 1.28173, Qi(0.25) = 0.67419 of section 16's
// approximation, Qi(0.5) = 0; between 4 dB and 0 dB: 4 x 0.67419 / 1.28173 = 2.1040.
TEST(P1546Curves, RunStraightInTheQuantileOfTime) {
  EXPECT_NEAR(on_land(path_at(100, 25, 10, 10)) - 20.0, 2.1040, 2e-3);
  // Half way between the quantiles of 1 % (2.3268) and 10 % is 1.8043: 3.559 % of time.
  EXPECT_NEAR(on_land(path_at(100, 3.559, 10, 10)) - 20.0, 6.5, 5e-3);
}

TEST(P1546Curves, StayBelowTheMaximumOfThePath) {
  CurvePath path = path_at(100, 50, 10, 75);
  path.maximum_dbuv = 21.0;
  EXPECT_DOUBLE_EQ(on_land(path), 21.0);  // the curve itself says 28.75
}

// Section 4.2, eqs. (9) to (9b), (12): at 600 MHz, 10 km, E10 = 15.3311, E20 = 18.3414. For h1 =
// -10 m: theta = atan(10/9000) = 0.063662 deg, nu = 3.31 x 0.063662 = 0.21072, J = 6.9 + 20
// log10(sqrt(0.11072^2 + 1) + 0.11072) = 7.85966, C = 6.03 - J = -1.82966. E0 = E10 + 0.5
// (-3.0103 - 1.82966) = 12.91112. At h1 = 4 m: E0 + 0.4 (E10 - E0) = 13.87911.
TEST(P1546Curves, BelowTenMetresOverLandLeadDownToTheHeightZero) {
  EXPECT_NEAR(on_land(path_at(600, 50, 10, 10)), 15.33109, 1e-5);
  EXPECT_NEAR(on_land(path_at(600, 50, 10, 0)), 12.91112, 2e-4);
  EXPECT_NEAR(on_land(path_at(600, 50, 10, 4)), 13.87911, 2e-4);
  // Section 4.3: h1 = -10 m adds C to that of zero.
  EXPECT_NEAR(on_land(path_at(600, 50, 10, -10)), 12.91112 - 1.82966, 3e-4);
}

TEST(P1546Curves, AreContinuousWhereTheHeightPassesTenMetresAndZero) {
  for (const double h : {10.0, 0.0}) {
    EXPECT_NEAR(on_land(path_at(600, 50, 10, h - 1e-7)), on_land(path_at(600, 50, 10, h)), 0.01)
        << h;
  }
}

// Section 18: D_f = 0.0000389 x 600 x 10 x 10 = 2.334 km, D_h = 4.1 x 2 sqrt(10) = 25.9307 km.
TEST(P1546Method, FresnelClearanceLiesBelowBothItsParts) {
  EXPECT_NEAR(fresnel_clearance_km(600, 10, 10), 2.334 * 25.9307 / (2.334 + 25.9307), 1e-4);
  EXPECT_DOUBLE_EQ(fresnel_clearance_km(600, -5, 10), 0.001);
}

// Section 4.2 over sea, eqs. (11a) to (11c): the maximum as far as the clearance reaches, and one
// value from either side where the formulas meet.
TEST(P1546Curves, BelowTenMetresOverSeaStartAtTheMaximumAndHaveNoJump) {
  const double d_h1 = fresnel_clearance_km(600, 3, 10);
  const double d_20 = fresnel_clearance_km(600, 20, 10);
  const auto sea = [](double km) {
    CurvePath path = path_at(600, 50, km, 3);
    path.maximum_dbuv = maximum_field_dbuv(km, km, 50);
    return curve_field_dbuv(curves(), Surface::cold_sea, path);
  };
  ASSERT_GT(d_20, 1.0);
  ASSERT_LT(d_h1, 1.0);  // so only the far side of d_h1 is within the curves
  EXPECT_NEAR(sea(d_20 * (1 - 1e-9)), sea(d_20 * (1 + 1e-9)), 1e-6);
  // Beyond d_20 by hand, 100 km: F = 1 - d_20/100; E' from E10 = -1.6689 and E20 = 1.3414:
  // E10 + 3.0103 log10(0.3)/log10(2) = -6.8977; E'' of eq. (9) with E0 = E10 - 2.41998.
  const double f = 1.0 - d_20 / 100.0;
  const double e10 = 40.0 - 40.0 - 6.0 * std::log10(6.0) + 3.0;
  const double by_9 = e10 - 2.41998 * 0.7;
  EXPECT_NEAR(sea(100.0), (e10 - 5.22879) * (1 - f) + by_9 * f, 2e-4);
}

// Eqs. (2), (3), (40): 106.9 dB(uV/m) at 1 km is free space: 139.3 - 106.9 + 20 log f = 32.4 + 20
// log f. The sea enhancement at 1 % and 100 km: 2.38 (1 - e^-11.19) log10(50) = 4.0435.
TEST(P1546Method, MaximumIsFreeSpaceAndMoreOverSea) {
  EXPECT_DOUBLE_EQ(basic_loss_db(1000, free_space_field_dbuv(1)), 92.4);
  EXPECT_DOUBLE_EQ(maximum_field_dbuv(100, 0, 1), 66.9);
  EXPECT_NEAR(maximum_field_dbuv(100, 100, 1), 66.9 + 4.0435, 1e-4);
  EXPECT_NEAR(maximum_field_dbuv(100, 50, 1), 66.9 + 4.0435 / 2, 1e-4);
  EXPECT_DOUBLE_EQ(maximum_field_dbuv(100, 100, 50), 66.9);
}

// Section 8: half sea, 40 dB more over sea: A0 = 1 - 0.5^(2/3) = 0.370039, V = 2, A = 0.136929;
// with less over sea V = 1.
TEST(P1546Method, MixedPathLeansTowardsLand) {
  EXPECT_NEAR(mixed_field_dbuv(20, 60, 0.5), 20 + 40 * 0.136929, 1e-4);
  EXPECT_NEAR(mixed_field_dbuv(20, 10, 0.5), 20 - 10 * 0.370039, 1e-4);
  EXPECT_DOUBLE_EQ(mixed_field_dbuv(20, 60, 0.0), 20);
  EXPECT_DOUBLE_EQ(mixed_field_dbuv(20, 60, 1.0), 60);
}

// Section 11, eq. (32), at 900 MHz: nu' = 0.036 x 30 = 1.08, J = 14.4322; at 2 degrees nu = 0.065 x
// 2 x 30 = 3.9, J = 24.6630. Below 0.55 and above 40 degrees it stays.
TEST(P1546Method, ClearanceAngleCorrectionFallsWithTheAngle) {
  EXPECT_NEAR(clearance_angle_correction_db(900, 2), 14.4322 - 24.6630, 2e-4);
  EXPECT_DOUBLE_EQ(clearance_angle_correction_db(900, -3),
                   clearance_angle_correction_db(900, 0.55));
  EXPECT_DOUBLE_EQ(clearance_angle_correction_db(900, 60), clearance_angle_correction_db(900, 40));
}

// Section 9 at 100 MHz: K = 3.2 + 12.4 = 15.6. Rural: K log10(h2/10). Urban, d = 10 km, h1 = 100 m,
// R = 20 m: R' = (200000 - 1500)/(10000 - 15) = 19.8798 m; above it K log10(h2/R'); at 1.5 m nu =
// 0.0108 sqrt(100 x 18.3798 x 34.2435 deg) = 2.7095, 6.03 - J = -15.5243.
TEST(P1546Method, ReceiverHeightCorrectionKnowsTheSurroundings) {
  EXPECT_NEAR(receiver_height_correction_db(100, 10, 100, 1.5, 20, Area::rural), -12.85298, 1e-4);
  EXPECT_NEAR(receiver_height_correction_db(100, 10, 100, 40, 20, Area::urban),
              15.6 * std::log10(40 / 19.8798), 1e-4);
  EXPECT_NEAR(receiver_height_correction_db(100, 10, 100, 1.5, 20, Area::urban), -15.5243, 1e-3);
  // At sea, eq. (29): none where 0.6 of the Fresnel zone is clear, all of it from d_10 on.
  const double d_3 = fresnel_clearance_km(100, 100, 3);
  const double d_10 = fresnel_clearance_km(100, 100, 10);
  const auto at_sea = [](double km) {
    return receiver_height_correction_db(100, km, 100, 3, 10, Area::sea);
  };
  EXPECT_DOUBLE_EQ(at_sea(d_3), 0.0);
  EXPECT_NEAR(at_sea(d_10), 15.6 * std::log10(0.3), 1e-12);
  EXPECT_NEAR(at_sea(std::sqrt(d_3 * d_10)), 0.5 * 15.6 * std::log10(0.3), 1e-9);
}

// Section 10: at the clutter's height nu = 0 and J = 6.0329; well above it nothing.
TEST(P1546Method, TransmitterClutterTakesSixDecibelsAtItsOwnHeight) {
  EXPECT_NEAR(transmitter_clutter_correction_db(900, 20, 20), -6.0329, 1e-3);
  EXPECT_DOUBLE_EQ(transmitter_clutter_correction_db(900, 60, 20), 0.0);
  EXPECT_LT(transmitter_clutter_correction_db(900, 10, 20), -6.1);
}

// Section 13 by hand, 1000 MHz, 100 km, 1 %: earth 100/8493.33 rad = 0.674591 deg; with 0.2 and
// 0.125409 it is 1 deg. 24.4 - 40 - 10 - (15 - 2.5 x 0.09) + 48.75 + 10.1 x 1.69897^0.7 = 23.01.
TEST(P1546Method, TroposcatterFollowsTheScatterAngle) {
  EXPECT_NEAR(scatter_angle_deg(100, 0.2, 0.125409), 1.0, 1e-5);
  EXPECT_DOUBLE_EQ(scatter_angle_deg(100, -1, -1), 0.0);
  EXPECT_NEAR(troposcatter_field_dbuv(1000, 100, 1, 1), 8.375 + 10.1 * std::pow(1.69897, 0.7),
              1e-4);
  EXPECT_NEAR(troposcatter_field_dbuv(1000, 100, 50, 1), 8.375, 1e-12);
}

// Section 15: free space over the slope to 40 m, the given field at 1 km.
TEST(P1546Method, ShortPathsLeadFromFreeSpaceToTheCurves) {
  EXPECT_DOUBLE_EQ(short_path_field_dbuv(0.03, 40, 90), free_space_field_dbuv(0.05));
  EXPECT_NEAR(short_path_field_dbuv(1.0, 40, 90), 90.0, 1e-12);
  EXPECT_NEAR(short_path_field_dbuv(0.04 + 1e-12, 0, 90), free_space_field_dbuv(0.04), 1e-6);
}

TEST(P1546Method, LocationDeviationIsZeroAtSea) {
  EXPECT_DOUBLE_EQ(location_deviation_db(900, Area::sea, 100), 0.0);
  EXPECT_NEAR(location_deviation_db(1000, Area::urban, 100), 0.544 * std::pow(100, 0.28), 1e-12);
  EXPECT_DOUBLE_EQ(location_deviation_db(900, Area::rural, std::nullopt), 12.0);
}

// Section 3: a step of ground from 0 to 100 m at 10 km, the transmitter 30 m above 0.
TEST(P1546Profile, BaseHeightStandsOverTheMeanGround) {
  PathProfile profile;
  profile.distance_m = {0, 10000, 10001, 20000};
  profile.ground_amsl_m = {0, 0, 100, 100};
  // 3 to 15 km: 100 m over 4999.5 m (the step counts half) of 12 km.
  EXPECT_NEAR(base_height_m(profile.view(), 30), 30 - 100 * 4999.5 / 12000, 1e-9);
  PathProfile shorter = profile_of({0, 0, 0, 0, 0, 50}, 1000);
  // 1 to 5 km: a triangle of 50 m over the last kilometre.
  EXPECT_NEAR(base_height_m(shorter.view(), 30), 30 - 50 * 0.5 / 4, 1e-9);
}

TEST(P1546Profile, ClearanceAnglesSeeTheRidgeFromBothEnds) {
  PathProfile profile = profile_of({0, 0, 0, 200, 0}, 1000);
  EXPECT_NEAR(transmitter_clearance_angle_deg(profile.view(), 50), std::atan(0.05) * 180 / M_PI,
              1e-9);
  EXPECT_NEAR(receiver_clearance_angle_deg(profile.view(), 10), std::atan(0.19) * 180 / M_PI, 1e-9);
  // A ridge farther than 16 km from the receiver is not looked at.
  profile = profile_of({0, 500, 0, 0, 0}, 6000);
  EXPECT_LT(receiver_clearance_angle_deg(profile.view(), 10), 0.0);
}

// The whole: 600 MHz, 100 km of flat land known to be so, rural, no angles: E = 20 log.. = curve +
// rural correction K log10(1.5/10), K = 3.2 + 6.2 x 2.77815.
TEST(ItuP1546, LossIsTheCurveCorrectedForTheReceiver) {
  Probe probe{.frequency_mhz = 600, .distance_m = 100e3, .tx_m = 75, .rx_m = 1.5};
  const double k = 3.2 + 6.2 * std::log10(600.0);
  const double curve = simple("land", 600, 50, 100, 75);
  const double field = curve + k * std::log10(0.15);
  EXPECT_NEAR(loss_of("itu_p1546", probe, with_curves(made_up_curves(simple))),
              139.3 - field + 20 * std::log10(600.0), 1e-4);
}

TEST(ItuP1546, ProfileOverSeaTakesTheSeaCurves) {
  Probe probe{.frequency_mhz = 600, .tx_m = 75, .rx_m = 10};
  probe.profile = profile_of(std::vector<double>(101, 0.0), 1000, Zone::sea);
  const auto field = [&](const char* sea) {
    return term_of("itu_p1546", probe, "field_after_step11_dbuv_per_m",
                   with_curves(made_up_curves(simple), {{"sea", sea}, {"time_percent", 1.0}}));
  };
  EXPECT_NEAR(field("cold"), simple("cold_sea", 600, 1, 100, 75), 1e-9);
  EXPECT_NEAR(field("warm"), simple("warm_sea", 600, 1, 100, 75), 1e-9);
}

TEST(ItuP1546, NeverExceedsTheMaximumField) {
  const MadeUpField bright = [](auto&&...) { return 150.0; };
  Probe probe{.frequency_mhz = 600, .distance_m = 10e3, .tx_m = 75, .rx_m = 40};
  // The receiver's height adds to what the curves gave; the limit is free space over the slope.
  const double slope_km = std::hypot(10.0, 0.035);
  EXPECT_NEAR(loss_of("itu_p1546", probe, with_curves(made_up_curves(bright))),
              139.3 - 106.9 + 20 * std::log10(slope_km * 600), 1e-9);
}

TEST(ItuP1546, IsContinuousAtOneKilometre) {
  const ParameterValues values = with_curves(made_up_curves(simple));
  Probe probe{.frequency_mhz = 600, .distance_m = 1000.0 * (1 - 1e-9), .tx_m = 30, .rx_m = 1.5};
  const double nearer = loss_of("itu_p1546", probe, values);
  probe.distance_m = 1000;
  EXPECT_NEAR(nearer, loss_of("itu_p1546", probe, values), 1e-5);
}

TEST(ItuP1546, RefusesWhatTheRecommendationDoesNotReach) {
  const ParameterValues values = with_curves(made_up_curves(simple));
  const auto why = [&](const Probe& probe, const ParameterValues& given) {
    PathLossInput input;
    input.frequency_hz = probe.frequency_mhz * 1e6;
    return explain(*find_model("itu_p1546"), run("itu_p1546", probe, given), input);
  };
  EXPECT_THAT(why({.frequency_mhz = 29}, values), HasSubstr("below 30"));
  EXPECT_THAT(why({.frequency_mhz = 4001}, values), HasSubstr("above 4000"));
  EXPECT_THAT(why({.distance_m = 1.1e6}, values), HasSubstr("above 1000000"));
  EXPECT_THAT(why({.rx_m = 0.5}, values), HasSubstr("below 1"));
  EXPECT_THAT(why({.tx_m = 0}, values), HasSubstr("height is not known"));
  ParameterValues at_sea = values;
  at_sea["rx.area"] = std::string("sea");
  EXPECT_THAT(why({.rx_m = 2}, at_sea), HasSubstr("3 m or higher"));
  ParameterValues lengths = values;
  lengths["path.land_m"] = 4000.0;
  EXPECT_THAT(why({.distance_m = 5000}, lengths), HasSubstr("more than half a metre"));
}

TEST(ItuP1546, TellsWhatFileItWantsAndWhatIsWrongWithOne) {
  const auto problem = [](const ParameterValues& values) -> std::string {
    try {
      find_model("itu_p1546")->make(values);
    } catch (const ParameterError& error) {
      return error.parameter() + ": " + error.what();
    }
    return "";
  };
  EXPECT_THAT(problem({}), HasSubstr("curves: model itu_p1546 needs parameter 'curves' (CSV file"));
  EXPECT_THAT(problem({}), HasSubstr("docs/models/itu_p1546.md"));
  EXPECT_THAT(problem({{"curves", 3.0}}), HasSubstr("takes the path of a CSV file"));
  NumberTable table = made_up_curves(simple);
  table.columns[3] = "h1_5_m";
  EXPECT_THAT(problem(with_curves(table)), HasSubstr("the columns must be surface,frequency_mhz"));
  table = made_up_curves(simple);
  table.numbers[0] = 150.0;
  EXPECT_THAT(problem(with_curves(table)), HasSubstr("made-up.csv:2: frequency_mhz 150 is none"));
  table = made_up_curves(simple);
  table.labels[5] = "lake";
  EXPECT_THAT(problem(with_curves(table)), HasSubstr("made-up.csv:7: surface 'lake'"));
  table = made_up_curves(simple);
  table.numbers[2] = 20.0;  // the first distance, before 10 km
  EXPECT_THAT(problem(with_curves(table)),
              HasSubstr("made-up.csv:3: distance_km 10 must be above"));
  table = made_up_curves(simple);
  table.numbers.resize(table.width * 104);
  table.labels.resize(104);
  EXPECT_THAT(problem(with_curves(table)),
              HasSubstr("warm_sea, 2000 MHz, 50 % of time are missing"));
}

TEST(ItuP1546, NeedsTheWidthOfTheSquareForOtherPlacesThanHalf) {
  ParameterValues values = with_curves(made_up_curves(simple), {{"location_percent", 90.0}});
  EXPECT_THROW(find_model("itu_p1546")->make(values), ParameterError);
  values["cell_width_m"] = 100.0;
  Probe probe{.frequency_mhz = 600, .distance_m = 50e3};
  // Qi(0.9) = -1.2817 of section 16, deviation (0.52 + 0.0144) 100^0.28 = 1.9402 dB.
  const double half = loss_of("itu_p1546", probe, with_curves(made_up_curves(simple)));
  EXPECT_NEAR(loss_of("itu_p1546", probe, values) - half, 1.2817 * 1.9402, 1e-3);
}

}  // namespace
}  // namespace yonder::propagation
