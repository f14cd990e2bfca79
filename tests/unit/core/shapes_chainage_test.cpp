#include <gtest/gtest.h>

#include <cmath>

#include "core/shapes/chainage.h"
#include "core/shapes/holes.h"

namespace yonder::shapes {
namespace {

/// Two places on the equator, about `km` apart: a degree of longitude is 111.319491 km there.
GeodesicPath equator(double from_km, double to_km) {
  constexpr double kDegreeKm = 6378.137 * 3.14159265358979 / 180.0;
  return GeodesicPath({{from_km / kDegreeKm, 0.0}, {to_km / kDegreeKm, 0.0}});
}

TEST(Geodesic, ALineOnTheEquatorIsAnArcOfItsCircle) {
  EXPECT_NEAR(equator(0.0, 100.0).length_m(), 100e3, 1e-3);
}

// T. Vincenty's own worked example (Survey Review XXIII/176, 1975) is on other ellipsoids; this
// pair on WGS 84 is Geoscience Australia's (GDA technical manual, Flinders Peak to Buninyong, GRS
// 80, whose flattening differs from WGS 84's in the ninth digit: 0.1 mm here).
TEST(Geodesic, FlindersPeakToBuninyong) {
  const LonLat flinders{144.0 + 25.0 / 60 + 29.52440 / 3600, -(37.0 + 57.0 / 60 + 3.72030 / 3600)};
  const LonLat buninyong{143.0 + 55.0 / 60 + 35.38390 / 3600,
                         -(37.0 + 39.0 / 60 + 10.15610 / 3600)};
  const GeodesicStep step = geodesic_between(flinders, buninyong);
  EXPECT_NEAR(step.distance_m, 54972.271, 0.001);
  const double azimuth_deg = step.azimuth_rad * 180.0 / 3.14159265358979;
  EXPECT_NEAR(azimuth_deg + 360.0, 306.0 + 52.0 / 60 + 5.37 / 3600, 0.01 / 3600);
  const LonLat back = geodesic_destination(flinders, step);
  EXPECT_NEAR(back.lon_deg, buninyong.lon_deg, 1e-9);
  EXPECT_NEAR(back.lat_deg, buninyong.lat_deg, 1e-9);
}

TEST(Geodesic, ALineAcrossTheAntimeridianStaysInRange) {
  const LonLat east = geodesic_destination({179.9, 10.0}, {50e3, 1.5707963});
  EXPECT_LT(east.lon_deg, -179.0);
}

TEST(Chainage, PlacesStandForHalfTheWayToTheirNeighbours) {
  const std::vector<RouteSample> samples = route_samples({equator(0.0, 0.95)}, 300.0);
  ASSERT_EQ(samples.size(), 5U);  // 0, 300, 600, 900 and the end at 950 m
  EXPECT_NEAR(samples[3].chainage_m, 900.0, 1e-3);
  EXPECT_NEAR(samples[4].chainage_m, 950.0, 1e-3);
  EXPECT_NEAR(samples[0].length_m(), 150.0, 1e-3);
  EXPECT_NEAR(samples[1].length_m(), 300.0, 1e-3);
  EXPECT_NEAR(samples[3].length_m(), 175.0, 1e-3);
  EXPECT_NEAR(samples[4].length_m(), 25.0, 1e-3);
}

TEST(Chainage, AWholeNumberOfStepsEndsWithoutARemnant) {
  EXPECT_EQ(route_samples({equator(0.0, 1.0)}, 250.0).size(), 5U);
}

TEST(Chainage, PartsGoOnWithoutTheGapBetweenThem) {
  const std::vector<RouteSample> samples =
      route_samples({equator(0.0, 1.0), equator(5.0, 6.0)}, 500.0);
  ASSERT_EQ(samples.size(), 6U);
  EXPECT_NEAR(samples[3].chainage_m, 1000.0, 1e-3);
  EXPECT_EQ(samples[3].part, 1);
  double sum_m = 0.0;
  for (const RouteSample& sample : samples) sum_m += sample.length_m();
  EXPECT_NEAR(sum_m, 2000.0, 1e-3);
}

double length_between(const std::vector<RouteSample>& samples, double from_m, double to_m) {
  double sum_m = 0.0;
  for (const RouteSample& sample : samples) {
    const double middle_m = 0.5 * (sample.from_m + sample.to_m);
    if (middle_m > from_m && middle_m < to_m) sum_m += sample.length_m();
  }
  return sum_m;
}

TEST(Chainage, NoStretchReachesOverABreak) {
  // On a place of its own, between two, and a section shorter than a step.
  const std::vector<double> breaks = {500.0, 730.0, 910.0, 990.0};
  const auto samples = route_samples({equator(0.0, 1.2), equator(5.0, 6.0)}, 250.0, breaks);
  EXPECT_NEAR(length_between(samples, 500.0, 730.0), 230.0, 1e-3);
  EXPECT_NEAR(length_between(samples, 910.0, 990.0), 80.0, 1e-3);
  EXPECT_NEAR(length_between(samples, 0.0, 3000.0), 2200.0, 1e-3);
  // 0, 250, 500 twice, 730 twice, 750, 910 twice, 990 twice, 1000, 1200; then 0 to 1000 by 250.
  EXPECT_EQ(samples.size(), 13U + 5U);
  for (const RouteSample& sample : samples) EXPECT_GT(sample.length_m(), 0.0);
}

TEST(Chainage, BreaksAreThoseOfTheWholeRouteNotOfItsPart) {
  const auto samples =
      route_samples({equator(0.0, 1.0), equator(5.0, 6.0)}, 500.0, std::vector<double>{1300.0});
  EXPECT_EQ(samples.size(), 3U + 5U);
  EXPECT_NEAR(length_between(samples, 1000.0, 1300.0), 300.0, 1e-3);
}

TEST(Chainage, ABreakAtAnEndIsNone) {
  const std::vector<double> ends = {0.0, 1000.0};
  EXPECT_EQ(route_samples({equator(0.0, 1.0)}, 250.0, ends).size(), 5U);
}

TEST(Chainage, APieceShorterThanAThousandthOfAStepStillHasTwoEnds) {
  const auto samples = route_samples({equator(0.0, 0.00005)}, 100.0);
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].chainage_m, 0.0);
  EXPECT_NEAR(samples[1].chainage_m, 0.05, 1e-4);
}

TEST(Chainage, LinesAreJoinedWhereTheirEndsMeetWhicheverWayTheyRun) {
  const auto joined = joined_lines(
      {{{0.0, 0.0}, {0.1, 0.0}}, {{0.5, 0.5}, {0.6, 0.5}}, {{0.2, 0.0}, {0.1, 0.00001}}}, 25.0);
  ASSERT_EQ(joined.size(), 2U);
  ASSERT_EQ(joined[0].size(), 4U);
  EXPECT_EQ(joined[0].front().lon_deg, 0.0);
  EXPECT_EQ(joined[0].back().lon_deg, 0.2);
}

TEST(Chainage, LinesFartherApartStayApart) {
  EXPECT_EQ(joined_lines({{{0.0, 0.0}, {0.1, 0.0}}, {{0.1005, 0.0}, {0.2, 0.0}}}, 25.0).size(), 2U);
}

std::vector<RouteSample> ten_of_100_m() { return route_samples({equator(0.0, 0.9)}, 100.0); }

TEST(Holes, ReachHalfWayToTheCoveredPlacesBesideThem) {
  const std::vector<RouteSample> samples = ten_of_100_m();
  //                                 0     1      2      3     4     5      6     7     8     9
  const std::vector<bool> covered = {true,  false, false, true, true,
                                     false, true,  true,  true, false};
  const std::vector<Stretch> holes = find_holes(samples, covered);
  ASSERT_EQ(holes.size(), 3U);
  EXPECT_NEAR(holes[0].from_m, 50.0, 1e-3);
  EXPECT_NEAR(holes[0].to_m, 250.0, 1e-3);
  EXPECT_NEAR(holes[1].length_m(), 100.0, 1e-3);
  EXPECT_NEAR(holes[2].length_m(), 50.0, 1e-3);  // the end stands for half a step
  const HoleKpis kpis = hole_kpis(holes, 100.5);
  EXPECT_NEAR(kpis.longest_m, 200.0, 1e-3);
  EXPECT_NEAR(kpis.total_m, 350.0, 1e-3);
  EXPECT_EQ(kpis.count, 3U);
  ASSERT_EQ(kpis.long_ones.size(), 1U);
  EXPECT_EQ(kpis.long_ones[0].first, 1U);
  EXPECT_EQ(kpis.long_ones[0].last, 2U);
  EXPECT_NEAR(longest_covered_m(samples, covered), 300.0, 1e-3);  // samples 6 to 8
}

TEST(Holes, DoNotSpanTheGapBetweenParts) {
  const auto samples = route_samples({equator(0.0, 1.0), equator(5.0, 6.0)}, 500.0);
  const std::vector<Stretch> holes = find_holes(samples, std::vector<bool>(6, false));
  ASSERT_EQ(holes.size(), 2U);
  EXPECT_NEAR(holes[0].length_m(), 1000.0, 1e-3);
}

TEST(Holes, ThereAreNoneWhereAllIsCovered) {
  EXPECT_TRUE(find_holes(ten_of_100_m(), std::vector<bool>(10, true)).empty());
}

}  // namespace
}  // namespace yonder::shapes
