#include "core/shapes/coast_distance.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "core/shapes/geodesic.h"
#include "geodata/projection.h"
#include "geodata/vector_input.h"

// Distance from shore on a map's plane against GeographicLib on the ellipsoid.
namespace yonder::shapes {
namespace {

using Lines = std::vector<std::vector<LonLat>>;

CoastDistance on_plane(const geodata::Projection& projection, const Lines& lines) {
  std::vector<CoastDistance::Line> planes;
  for (const std::vector<LonLat>& line : lines) {
    planes.emplace_back();
    for (const LonLat place : line) {
      planes.back().earth.push_back(place);
      planes.back().plane.push_back(projection.to_map(place));
    }
  }
  return CoastDistance(planes);
}

double true_distance_m(const Lines& lines, LonLat place) {
  const GeographicLib::Geodesic& earth = GeographicLib::Geodesic::WGS84();
  double least = 1e12;
  for (const std::vector<LonLat>& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      // Far pieces need no fine look: a degree of latitude is 110.6 km at least.
      if (std::abs(line[i].lat_deg - place.lat_deg) * 110.5e3 > least + 5e3) continue;
      for (int k = 0; k <= 20; ++k) {
        const double t = k / 20.0;
        double distance = 0.0;
        earth.Inverse(place.lat_deg, place.lon_deg,
                      std::lerp(line[i - 1].lat_deg, line[i].lat_deg, t),
                      std::lerp(line[i - 1].lon_deg, line[i].lon_deg, t), distance);
        least = std::min(least, distance);
      }
    }
  }
  return least;
}

/// A ragged coast of bays and islets around 21.5 N, pieces of about 1 km, from the zone's middle to
/// its edge, where the plane's scale changes fastest.
Lines ragged_coast() {
  Lines lines(1);
  for (double lon = 111.0; lon < 113.8; lon += 0.01) {
    lines[0].push_back({lon, 21.5 + 0.1 * std::sin(9.0 * lon) + 0.05 * std::sin(47.0 * lon)});
  }
  for (double lon = 111.2; lon < 113.8; lon += 0.4) {
    lines.push_back({{lon, 21.2}, {lon + 0.01, 21.2}, {lon + 0.01, 21.21}, {lon, 21.2}});
  }
  return lines;
}

TEST(CoastDistance, IsThatOfTheGeodesicToAFewMetresOutToFiftyKilometres) {
  const Lines lines = ragged_coast();
  const geodata::Projection projection = geodata::Projection::utm_for({111.5, 21.5});
  const CoastDistance coast = on_plane(projection, lines);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> lon(111.0, 113.8), lat(20.9, 21.3);
  double worst_m = 0.0;
  for (int i = 0; i < 60; ++i) {
    const LonLat place{lon(random), lat(random)};
    const double truth_m = true_distance_m(lines, place);
    const double found_m = coast.distance_m(projection.to_map(place), place);
    // The oracle looks at 21 places of each piece: it may be too long by its own grain, < 2 m.
    EXPECT_GT(found_m, truth_m - 2.0);
    worst_m = std::max(worst_m, found_m - truth_m);
  }
  EXPECT_LT(worst_m, 5.0);
}

TEST(CoastDistance, OnTheCoastIsZero) {
  const Lines lines = ragged_coast();
  const geodata::Projection projection = geodata::Projection::utm_for({111.5, 21.5});
  const CoastDistance coast = on_plane(projection, lines);
  EXPECT_NEAR(coast.distance_m(projection.to_map(lines[0][50]), lines[0][50]), 0.0, 1e-6);
}

TEST(CoastDistance, OfTheRealCoastOfGuangdong) {
  const char* data = std::getenv("YONDER_TEST_DATA");
  const std::filesystem::path folder =
      data != nullptr ? data : std::filesystem::path(YONDER_SOURCE_DIR) / "../shared/geodata";
  const std::filesystem::path file = folder / "coast/gshhg_f_guangdong_land_polys.geojson";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
  const Lines lines = geodata::read_coast(file);
  const geodata::Projection projection = geodata::Projection::utm_for({111.75, 21.5});
  const CoastDistance coast = on_plane(projection, lines);
  for (const LonLat place : {LonLat{111.9, 21.2}, LonLat{112.2, 21.0}, LonLat{111.0, 20.8}}) {
    const double truth_m = true_distance_m(lines, place);
    EXPECT_NEAR(coast.distance_m(projection.to_map(place), place), truth_m, 10.0);
  }
}

TEST(Geodesic, AgreesWithGeographicLibToAMillimetre) {
  const GeographicLib::Geodesic& earth = GeographicLib::Geodesic::WGS84();
  std::mt19937 random(3);
  std::uniform_real_distribution<double> lon(73.0, 135.0), lat(-60.0, 78.0);
  for (int i = 0; i < 200; ++i) {
    const LonLat a{lon(random), lat(random)}, b{lon(random), lat(random)};
    double truth_m = 0.0;
    earth.Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, truth_m);
    const GeodesicStep step = geodesic_between(a, b);
    EXPECT_NEAR(step.distance_m, truth_m, 1e-3);
    const LonLat there = geodesic_destination(a, step);
    double off_m = 0.0;
    earth.Inverse(b.lat_deg, b.lon_deg, there.lat_deg, there.lon_deg, off_m);
    EXPECT_LT(off_m, 1e-3);
  }
}

}  // namespace
}  // namespace yonder::shapes
