#include "geodata/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <cmath>
#include <thread>
#include <vector>

#include "core/units.h"
#include "tests/unit/geodata/test_files.h"

/// GeographicLib is the oracle: it computes UTM, convergence and scale without PROJ.
namespace yonder::geodata {
namespace {

using testing::HasSubstr;

const std::vector<LonLat> kPlaces = {{84.25, 41.78},  {83.66, 39.0},  {112.0, 21.5}, {122.9, 30.7},
                                     {-156.0, 19.5},  {-70.6, -33.4}, {6.1, 79.9},   {0.001, 0.001},
                                     {179.99, -16.8}, {-179.99, 65.0}};

TEST(Projection, AgreesWithGeographicLibWithinAMillimetre) {
  for (const LonLat place : kPlaces) {
    int zone = 0;
    bool north = false;
    double x = 0, y = 0, gamma = 0, scale = 0;
    // Standard zones without the exceptions around Norway, as Yonder counts them.
    const int wanted = static_cast<int>(std::floor((place.lon_deg + 180.0) / 6.0)) + 1;
    GeographicLib::UTMUPS::Forward(place.lat_deg, place.lon_deg, zone, north, x, y, gamma, scale,
                                   wanted);
    const Projection projection = Projection::utm_for(place);
    EXPECT_EQ(projection.name(),
              "EPSG:" + std::to_string((place.lat_deg >= 0 ? 32600 : 32700) + zone));
    const MapPoint p = projection.to_map(place);
    EXPECT_NEAR(p.x_m, x, 1e-3);
    EXPECT_NEAR(p.y_m, y, 1e-3);
    const LonLat back = projection.to_lonlat(p);
    EXPECT_NEAR(back.lon_deg, place.lon_deg, 1e-9);
    EXPECT_NEAR(back.lat_deg, place.lat_deg, 1e-9);
    const MapDistortion distortion = projection.distortion_at(place);
    EXPECT_NEAR(distortion.scale, scale, 1e-7) << place.lon_deg << " " << place.lat_deg;
    EXPECT_NEAR(distortion.convergence_rad, deg_to_rad(gamma), 1e-7);
  }
}

TEST(Projection, DistortionTurnsPlaneStepsIntoGeodesics) {
  const GeographicLib::Geodesic& earth = GeographicLib::Geodesic::WGS84();
  for (const LonLat place : kPlaces) {
    const Projection projection = Projection::utm_for(place);
    const MapDistortion distortion = projection.distortion_at(place);
    const MapPoint from = projection.to_map(place);
    for (const double azimuth_deg : {0.0, 30.0, 135.0, 260.0}) {
      double lat = 0, lon = 0;
      earth.Direct(place.lat_deg, place.lon_deg, azimuth_deg, 100.0, lat, lon);
      const MapPoint to = projection.to_map({lon, lat});
      const double dx = to.x_m - from.x_m;
      const double dy = to.y_m - from.y_m;
      EXPECT_NEAR(std::hypot(dx, dy), 100.0 * distortion.scale, 1e-3);
      const double true_azimuth = std::atan2(dx, dy) + distortion.convergence_rad;
      EXPECT_NEAR(std::remainder(true_azimuth - deg_to_rad(azimuth_deg), 2.0 * kPi), 0.0, 2e-5);
    }
  }
}

TEST(Projection, KeepsEastingFirstWhateverTheCrsSays) {
  // EPSG:2193 (New Zealand) has northing first; Christchurch lies at E 1570 km, N 5180 km.
  const Projection projection = Projection::from_text("EPSG:2193");
  const MapPoint p = projection.to_map({172.636, -43.531});
  EXPECT_NEAR(p.x_m, 1570000.0, 5000.0);
  EXPECT_NEAR(p.y_m, 5180000.0, 5000.0);
}

TEST(Projection, AcceptsWktOfItsOwn) {
  const Projection first = Projection::utm_for({84.0, 40.0});
  EXPECT_THAT(first.wkt(), HasSubstr("PROJCRS"));
  const Projection second = Projection::from_text(first.wkt());
  EXPECT_EQ(second.name(), "EPSG:32645");
}

TEST(Projection, RefusesWhatIsNotAProjectedSystemInMetres) {
  EXPECT_THAT(problem_of([] { Projection::from_text("EPSG:4326"); }),
              HasSubstr("not a projected coordinate system"));
  EXPECT_THAT(problem_of([] { Projection::from_text("EPSG:2230"); }), HasSubstr("unit"));  // feet
  EXPECT_THAT(problem_of([] { Projection::from_text("UTM zone banana"); }),
              HasSubstr("'UTM zone banana' is not a coordinate system"));
  EXPECT_THAT(problem_of([] { Projection::from_text("/etc/passwd"); }),
              HasSubstr("is not a coordinate system"));
}

TEST(Projection, RefusesToDescribeAPlaneThatDistortsAngles) {
  // Equirectangular: true only along the equator.
  EXPECT_THROW(Projection::from_text("EPSG:4087").distortion_at({84.5, 40.0}), GeodataError);
  EXPECT_NO_THROW(Projection::from_text("EPSG:32645").distortion_at({84.5, 40.0}));
}

TEST(Projection, RefusesUtmBeyond80Degrees) {
  EXPECT_THAT(problem_of([] { Projection::utm_for({20.0, 80.01}); }), HasSubstr("-80 to 80"));
  EXPECT_THAT(problem_of([] { Projection::utm_for({20.0, std::nan("")}); }), HasSubstr("UTM"));
  EXPECT_EQ(Projection::utm_for({180.0, 0.0}).name(), "EPSG:32601");
  EXPECT_EQ(Projection::utm_for({179.999, -1.0}).name(), "EPSG:32760");
}

TEST(Projection, CopiesWorkInOtherThreads) {
  const Projection original = Projection::utm_for({84.25, 41.78});
  const MapPoint expected = original.to_map({84.25, 41.78});
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong) {
      threads.emplace_back([copy = original, &count, expected] {
        for (int i = 0; i < 2000; ++i) {
          const MapPoint p = copy.to_map({84.25, 41.78});
          if (p.x_m != expected.x_m || p.y_m != expected.y_m) ++count;
        }
      });
    }
  }
  for (const int count : wrong) EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace yonder::geodata
