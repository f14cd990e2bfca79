#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geodata/terrain_loader.h"
#include "tests/unit/geodata/test_files.h"

namespace yonder::geodata {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr LonLat kCoast = {112.0, 21.5};

std::string ten(double, double) { return "10"; }

std::string geojson(const std::string& coordinates) {
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)"
         R"({"type":"Polygon","coordinates":)" +
         coordinates + "}}]}";
}

/// Land west of 112 E, from 111 E and between 21 and 22 N; a second polygon far east sets the
/// file's extent to 113 E.
std::string west_is_land() {
  return R"({"type":"FeatureCollection","features":[)"
         R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
         R"([[[111,21],[112,21],[112,22],[111,22],[111,21]]]}},)"
         R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
         R"([[[112.9,21],[113,21],[113,22],[112.9,22],[112.9,21]]]}}]})";
}

Zone zone_at(const LoadedTerrain& loaded, const TerrainRequest& request, LonLat place) {
  const Pixel p = request.grid.pixel_at(request.projection.to_map(place));
  return loaded.terrain.zone[request.grid.index(p)];
}
float ground_at(const LoadedTerrain& loaded, const TerrainRequest& request, LonLat place) {
  const Pixel p = request.grid.pixel_at(request.projection.to_map(place));
  return loaded.terrain.ground_amsl_m[request.grid.index(p)];
}

TEST(Sea, IsOutsideTheLandPolygonsAndAtHeightZero) {
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 20000.0, 200.0);
  request.sources = {
      {write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 150, 100, "-9999"},
                    [](double lon, double) { return std::string(lon > 112.1 ? "-9999" : "10"); })}};
  write_text(folder / "land.geojson", west_is_land());
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(zone_at(loaded, request, {112.01, 21.5}), Zone::sea);
  EXPECT_EQ(zone_at(loaded, request, {111.99, 21.5}), Zone::coastal);
  EXPECT_EQ(ground_at(loaded, request, {112.01, 21.5}), 0.0f);
  EXPECT_EQ(ground_at(loaded, request, {112.15, 21.5}), 0.0f) << "sea over a void of the terrain";
  EXPECT_EQ(ground_at(loaded, request, {111.99, 21.5}), 10.0f);
  const auto size = static_cast<double>(request.grid.size());
  EXPECT_NEAR(static_cast<double>(loaded.sea_pixels), 0.5 * size, 0.01 * size);
  EXPECT_EQ(loaded.assumed_sea_pixels, 0u);
  EXPECT_EQ(loaded.no_data_pixels, 0u);
}

TEST(Sea, IsNotKnownBeyondThePolygonFilesExtent) {
  const TestFolder folder;
  TerrainRequest request = request_around({112.95, 21.5}, 20000.0, 200.0);
  request.sources = {{write_raster(folder / "dem.asc", {112.0, 21.0, 0.01, 200, 100}, ten)}};
  write_text(folder / "land.geojson", west_is_land());
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(zone_at(loaded, request, {112.85, 21.5}), Zone::sea);
  EXPECT_EQ(zone_at(loaded, request, {113.05, 21.5}), Zone::coastal) << "unknown is not sea";
  EXPECT_EQ(ground_at(loaded, request, {113.05, 21.5}), 10.0f);
}

TEST(Sea, IsNotALakeInsideALandPolygon) {
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 10000.0, 200.0);
  request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 200, 100}, ten)}};
  write_text(folder / "land.geojson",
             geojson("[[[111,21],[113,21],[113,22],[111,22],[111,21]],"
                     "[[111.95,21.45],[112.05,21.45],[112.05,21.55],[111.95,21.55],"
                     "[111.95,21.45]]]"));
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(loaded.sea_pixels, 0u);
}

TEST(Sea, FollowsPolygonEdgesAlongParallels) {
  // Land north of 21.5 N as one box with corners 4 degrees apart: in the plane its edge is curved,
  // 500 m off the chord between its corners' projections.
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 10000.0, 50.0);
  request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 200, 100}, ten)}};
  write_text(folder / "land.geojson",
             R"({"type":"FeatureCollection","features":[)"
             R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
             R"([[[110,21.5],[114,21.5],[114,22],[110,22],[110,21.5]]]}},)"
             R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
             R"([[[110,20],[114,20],[114,20.1],[110,20.1],[110,20]]]}}]})");
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain loaded = load_terrain(request);
  const Grid& g = request.grid;
  for (std::size_t i = 0; i < g.size(); i += 97) {
    const Pixel p = {static_cast<int>(i % g.columns), static_cast<int>(i / g.columns)};
    const LonLat at = request.projection.to_lonlat(g.center(p));
    if (std::abs(at.lat_deg - 21.5) < 1e-5) continue;
    EXPECT_EQ(loaded.terrain.zone[g.index(p)] == Zone::sea, at.lat_deg < 21.5) << at.lat_deg;
  }
}

TEST(Sea, ComesFromPolygonsOnBothSidesOfTheAntimeridian) {
  const TestFolder folder;
  TerrainRequest request = request_around({180.0, 65.0}, 20000.0, 500.0);
  request.sources = {{write_raster(folder / "w.asc", {179.0, 64.5, 0.01, 100, 100}, ten),
                      write_raster(folder / "e.asc", {-180.0, 64.5, 0.01, 100, 100}, ten)}};
  write_text(folder / "land.geojson",
             R"({"type":"FeatureCollection","features":[)"
             R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
             R"([[[-180,64],[-179,64],[-179,65],[-180,65],[-180,64]]]}},)"
             R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
             R"([[[179,65],[180,65],[180,66],[179,66],[179,65]]]}}]})");
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain loaded = load_terrain(request);
  const Grid& g = request.grid;
  int sea = 0;
  for (std::size_t i = 0; i < g.size(); i += 13) {
    const Pixel p = {static_cast<int>(i % g.columns), static_cast<int>(i / g.columns)};
    const LonLat at = request.projection.to_lonlat(g.center(p));
    if (std::abs(at.lat_deg - 65.0) < 1e-4 || std::abs(std::abs(at.lon_deg) - 180.0) < 1e-4)
      continue;
    const bool land = (at.lon_deg < 0.0) == (at.lat_deg < 65.0);
    EXPECT_EQ(loaded.terrain.zone[g.index(p)] == Zone::sea, !land)
        << at.lon_deg << " " << at.lat_deg;
    sea += !land;
  }
  EXPECT_GT(sea, 100);
}

TEST(Sea, ComesFromAMaskWhoseZeroIsTaggedNodata) {
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 20000.0, 200.0);
  request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 200, 100}, ten)}};
  request.land_mask =
      write_raster(folder / "mask.asc", {111.0, 21.0, 0.005, 220, 200, "0"},  // ends at 112.1 E
                   [](double lon, double) { return std::string(lon > 112.0 ? "0" : "1"); });
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(zone_at(loaded, request, {112.05, 21.5}), Zone::sea);
  EXPECT_EQ(zone_at(loaded, request, {111.95, 21.5}), Zone::coastal);
  EXPECT_EQ(zone_at(loaded, request, {112.12, 21.5}), Zone::coastal) << "beyond the mask: unknown";
}

TEST(Sea, IsAssumedOnlyWhereNothingIsKnown) {
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 20000.0, 200.0);
  request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 100, 100}, ten)}};
  const LoadedTerrain plain = load_terrain(request);
  EXPECT_EQ(plain.sea_pixels, 0u);
  EXPECT_GT(plain.no_data_pixels, 4000u);
  request.assume_sea_level = true;
  const LoadedTerrain assumed = load_terrain(request);
  EXPECT_EQ(assumed.no_data_pixels, 0u);
  EXPECT_EQ(assumed.sea_pixels, plain.no_data_pixels);
  EXPECT_EQ(assumed.assumed_sea_pixels, plain.no_data_pixels);
  EXPECT_EQ(ground_at(assumed, request, {112.1, 21.5}), 0.0f);
  // Where a polygon says land, a missing height stays missing.
  write_text(folder / "land.geojson", geojson("[[[111,21],[113,21],[113,22],[111,22],[111,21]]]"));
  request.land_polygons = folder / "land.geojson";
  const LoadedTerrain land = load_terrain(request);
  EXPECT_EQ(land.assumed_sea_pixels, 0u);
  EXPECT_EQ(land.no_data_pixels, plain.no_data_pixels);
}

TEST(Sea, MayBeAllThereIsWhenNoSourceIsNamed) {
  TerrainRequest request = request_around(kCoast, 2000.0, 200.0);
  EXPECT_THAT(problem_of([&] { load_terrain(request); }), HasSubstr("no terrain source was given"));
  request.assume_sea_level = true;
  EXPECT_EQ(load_terrain(request).assumed_sea_pixels, request.grid.size());
}

TEST(CoastalZone, ReachesFiftyKilometresAndAHundredMetres) {
  const TestFolder folder;
  TerrainRequest request = request_around({111.6, 21.5}, 70000.0, 500.0);
  request.sources = {
      {write_raster(folder / "dem.asc", {110.0, 20.0, 0.01, 300, 300},
                    [](double, double lat) { return std::string(lat > 21.5 ? "101" : "99"); })}};
  request.land_mask =
      write_raster(folder / "mask.asc", {110.0, 20.0, 0.01, 300, 300},
                   [](double lon, double) { return std::string(lon > 112.0 ? "0" : "1"); });
  const LoadedTerrain loaded = load_terrain(request);
  // One degree of longitude is 103.6 km here.
  EXPECT_EQ(zone_at(loaded, request, {112.0 - 48.0 / 103.6, 21.2}), Zone::coastal);
  EXPECT_EQ(zone_at(loaded, request, {112.0 - 52.0 / 103.6, 21.2}), Zone::inland);
  EXPECT_EQ(zone_at(loaded, request, {111.9, 21.8}), Zone::inland) << "above 100 m";
  EXPECT_EQ(zone_at(loaded, request, {112.1, 21.8}), Zone::sea);
}

TEST(LandPolygons, MustBeThereAndBePolygons) {
  const TestFolder folder;
  EXPECT_THAT(problem_of([&] { inspect_polygons(folder / "no.geojson"); }),
              AllOf(HasSubstr("no such polygon file"), HasSubstr("no.geojson")));
  write_text(folder / "line.geojson", R"({"type":"LineString","coordinates":[[111,21],[112,22]]})");
  EXPECT_THAT(problem_of([&] { inspect_polygons(folder / "line.geojson"); }),
              HasSubstr("holds no polygons"));
  write_text(folder / "junk.geojson", "{");
  EXPECT_THAT(problem_of([&] { inspect_polygons(folder / "junk.geojson"); }),
              HasSubstr("cannot open"));
  write_text(folder / "land.geojson", west_is_land());
  EXPECT_NO_THROW(inspect_polygons(folder / "land.geojson"));
}

class Clutter : public testing::Test {
 protected:
  Clutter() : request(request_around(kCoast, 5000.0, 100.0)) {
    request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 200, 100}, ten)}};
    // 11 in the west, 42 in the east, nodata 0 in the south, nothing beyond 21.54 N.
    request.clutter = {write_raster(folder / "clutter.asc", {111.0, 21.0, 0.001, 2000, 540, "0"},
                                    [](double lon, double lat) {
                                      if (lat < 21.47) return std::string("0");
                                      return std::string(lon < 112.0 ? "11" : "42");
                                    }),
                       {{11, 0.5}, {42, 15.0}}};
  }
  float height(const LoadedTerrain& loaded, LonLat place) const {
    const Pixel p = request.grid.pixel_at(request.projection.to_map(place));
    return loaded.terrain.clutter_height_m[request.grid.index(p)];
  }
  TestFolder folder;
  TerrainRequest request;
};

TEST_F(Clutter, TakesTheHeightOfTheNearestPixelsClass) {
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(height(loaded, {111.98, 21.5}), 0.5f);
  EXPECT_EQ(height(loaded, {112.02, 21.5}), 15.0f);
  for (const float h : loaded.terrain.clutter_height_m)
    EXPECT_TRUE(h == 0.0f || h == 0.5f || h == 15.0f) << h;
}

TEST_F(Clutter, IsZeroAndCountedWhereTheRasterSaysNothing) {
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(height(loaded, {112.02, 21.46}), 0.0f) << "nodata";
  EXPECT_EQ(height(loaded, {112.02, 21.543}), 0.0f) << "beyond the raster";
  EXPECT_GT(loaded.clutter_unknown_pixels, 1000u);
  EXPECT_LT(loaded.clutter_unknown_pixels, 5000u);
}

TEST_F(Clutter, RefusesValuesWithoutAClassByName) {
  request.clutter->height_m.erase(42);
  EXPECT_THAT(problem_of([&] { load_terrain(request); }),
              AllOf(HasSubstr("clutter.asc"), HasSubstr("without a class in the area: 42;")));
}

TEST_F(Clutter, IsZeroAtSea) {
  request.land_mask =
      write_raster(folder / "mask.asc", {111.0, 21.0, 0.01, 200, 100},
                   [](double lon, double) { return std::string(lon > 112.0 ? "0" : "1"); });
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(height(loaded, {112.02, 21.5}), 0.0f);
  EXPECT_EQ(height(loaded, {111.98, 21.5}), 0.5f);
}

TEST(LoadTerrain, WithoutClutterHasNoClutterLayer) {
  const TestFolder folder;
  TerrainRequest request = request_around(kCoast, 1000.0, 100.0);
  request.sources = {{write_raster(folder / "dem.asc", {111.0, 21.0, 0.01, 200, 100}, ten)}};
  EXPECT_TRUE(load_terrain(request).terrain.clutter_height_m.empty());
}

}  // namespace
}  // namespace yonder::geodata
