#include "geodata/terrain_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "tests/unit/geodata/test_files.h"

namespace yonder::geodata {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr LonLat kDesert = {84.0, 40.0};

/// A height that is linear in longitude and latitude: bilinear sampling reproduces it exactly.
double plane(double lon, double lat) {
  return 1000.0 + 2000.0 * (lon - 84.0) - 3000.0 * (lat - 40.0);
}
std::string plane_text(double lon, double lat) { return number(plane(lon, lat)); }

std::size_t voids(const Terrain& terrain) {
  std::size_t count = 0;
  for (const float h : terrain.ground_amsl_m) count += std::isnan(h);
  return count;
}

LonLat lonlat_of(const TerrainRequest& request, Pixel p) {
  return request.projection.to_lonlat(request.grid.center(p));
}

/// A raster that lies on the grid itself, in its own projection, which is UTM zone 45 N.
AsciiRaster on_grid(const TerrainRequest& request, int factor, const std::string& nodata) {
  const Grid& g = request.grid;
  return {g.top_left.x_m,
          g.top_left.y_m - g.rows * g.pixel_size_m,
          g.pixel_size_m / factor,
          g.columns * factor,
          g.rows * factor,
          nodata,
          kUtm45Prj};
}

TEST(LoadTerrain, ReproducesAPlaneAtEveryPixel) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 20000.0, 250.0);
  request.sources = {{write_raster(folder / "dem.asc", {83.5, 39.5, 0.005, 200, 200}, plane_text)}};
  const LoadedTerrain loaded = load_terrain(request);
  const Grid& g = request.grid;
  for (int r = 0; r < g.rows; r += 7) {
    for (int c = 0; c < g.columns; c += 5) {
      const LonLat at = lonlat_of(request, {c, r});
      const double h = static_cast<double>(loaded.terrain.ground_amsl_m[g.index({c, r})]);
      EXPECT_NEAR(h, plane(at.lon_deg, at.lat_deg), 0.02);
    }
  }
  EXPECT_EQ(loaded.no_data_pixels, 0u);
  ASSERT_EQ(loaded.sources.size(), 1u);
  EXPECT_EQ(loaded.sources[0].pixels, g.size());
  EXPECT_FALSE(loaded.synthetic);
}

TEST(LoadTerrain, LatticeGivesGeographicPositionsWithinAMetre) {
  const TestFolder folder;
  TerrainRequest request = request_around({84.0, 60.0}, 60000.0, 400.0);
  request.sources = {{write_raster(folder / "dem.asc", {82.0, 59.0, 0.02, 200, 100},
                                   [](double, double) { return std::string("300"); })}};
  const LoadedTerrain loaded = load_terrain(request);
  for (int i = 0; i < request.grid.columns; i += 11) {
    const Pixel p = {i, (i * 7) % request.grid.rows};
    const LonLat exact = lonlat_of(request, p);
    const LonLat fast = loaded.terrain.geo.at(request.grid.center(p));
    EXPECT_NEAR(fast.lat_deg, exact.lat_deg, 1.0 / 111000.0);
    EXPECT_NEAR(fast.lon_deg, exact.lon_deg, 1.0 / 55000.0);
  }
}

TEST(LoadTerrain, TakesTheMeanWhereAPixelSpansManySourcePixels) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 1000.0, 200.0);
  // A chessboard of 0 and 100 m at 20 m: bilinear would give 0, 50 or 100 by chance.
  const AsciiRaster raster = on_grid(request, 10, "");
  request.sources = {{write_raster(folder / "dem.asc", raster, [&](double x, double y) {
    const auto c = static_cast<int>((x - raster.west) / raster.cell);
    const auto r = static_cast<int>((y - raster.south) / raster.cell);
    return number((c + r) % 2 ? 100.0 : 0.0);
  })}};
  const LoadedTerrain loaded = load_terrain(request);
  for (const float h : loaded.terrain.ground_amsl_m) EXPECT_NEAR(static_cast<double>(h), 50.0, 0.5);
}

/// Declared nodata, stored mark.
class Voids : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Voids, StayVoidAndNeverReachTheirNeighbours) {
  const auto [declared, stored] = GetParam();
  const TestFolder folder;
  for (const double pixel_size_m : {70.0, 300.0}) {  // bilinear, mean
    TerrainRequest request = request_around(kDesert, 10500.0, pixel_size_m);
    const double hole_lon = kDesert.lon_deg;
    request.sources = {{write_raster(folder / "dem.asc", {83.8, 39.8, 0.001, 400, 400, declared},
                                     [&, mark = stored](double lon, double lat) {
                                       const bool hole = std::abs(lon - hole_lon) < 0.01 &&
                                                         std::abs(lat - 40.0) < 0.01;
                                       return hole ? mark : std::string("1000.5");
                                     })}};
    const LoadedTerrain loaded = load_terrain(request);
    for (const float h : loaded.terrain.ground_amsl_m)
      EXPECT_TRUE(std::isnan(h) || h == 1000.5f) << h;
    // 20 x 20 source pixels of 85.4 m x 111 m
    const double hole_m2 = 0.02 * 0.02 * 85395.0 * 111035.0;
    EXPECT_NEAR(static_cast<double>(voids(loaded.terrain)) * pixel_size_m * pixel_size_m, hole_m2,
                0.15 * hole_m2)
        << pixel_size_m;
    EXPECT_EQ(loaded.no_data_pixels, voids(loaded.terrain));
    EXPECT_EQ(loaded.sea_pixels, 0u) << "a void is not sea";
  }
}

INSTANTIATE_TEST_SUITE_P(All, Voids,
                         testing::Values(std::pair<std::string, std::string>{"-9999", "-9999"},
                                         std::pair<std::string, std::string>{"0", "0"},
                                         std::pair<std::string, std::string>{"", "-32768"},
                                         std::pair<std::string, std::string>{"-9999", "-32768"},
                                         std::pair<std::string, std::string>{"-9999", "nan"},
                                         std::pair<std::string, std::string>{"", "nan"},
                                         std::pair<std::string, std::string>{"32767", "32767"},
                                         std::pair<std::string, std::string>{"", "3.4e38"}));

TEST(LoadTerrain, LowerPrioritySourcesFillVoidsOnly) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 5000.0, 100.0);
  const auto fine =
      write_raster(folder / "fine.asc", {83.9, 39.9, 0.001, 200, 200, "-9999"},
                   [](double lon, double) { return std::string(lon > 84.0 ? "-9999" : "500"); });
  const auto coarse = write_raster(folder / "coarse.asc", {83.0, 39.0, 0.01, 200, 200},
                                   [](double, double) { return std::string("700"); });
  request.sources = {{fine}, {coarse}};
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(loaded.no_data_pixels, 0u);
  EXPECT_EQ(loaded.sources[0].pixels + loaded.sources[1].pixels, request.grid.size());
  EXPECT_NEAR(static_cast<double>(loaded.sources[0].pixels), 5000.0, 200.0);
  for (std::size_t i = 0; i < request.grid.size(); ++i) {
    const float h = loaded.terrain.ground_amsl_m[i];
    EXPECT_TRUE(h == 500.0f || h == 700.0f) << h;
  }
  request.sources = {{coarse}, {fine}};
  const LoadedTerrain other = load_terrain(request);
  EXPECT_EQ(other.sources[1].pixels, 0u);
}

TEST(LoadTerrain, SeesAcrossTheEdgeOfAbuttingTiles) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 8000.0, 100.0);
  // Coarse tiles that meet at longitude 84, no overlap: without joining, the half pixel (430 m) on
  // each side of the seam would be flat, 10 m off the plane.
  const auto west = write_raster(folder / "w.asc", {83.5, 39.75, 0.01, 50, 50}, plane_text);
  const auto east = write_raster(folder / "e.asc", {84.0, 39.75, 0.01, 50, 50}, plane_text);
  request.sources = {{west, east}};
  const LoadedTerrain loaded = load_terrain(request);
  for (int c = 0; c < request.grid.columns; ++c) {
    const LonLat at = lonlat_of(request, {c, 80});
    EXPECT_NEAR(static_cast<double>(loaded.terrain.ground_amsl_m[request.grid.index({c, 80})]),
                plane(at.lon_deg, at.lat_deg), 0.05);
  }
}

TEST(LoadTerrain, AMissingTileIsNoDataNotSeaLevel) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 8000.0, 100.0);
  const auto thousand = [](double, double) { return std::string("1000"); };
  // South-west and north-east of four tiles: the mosaic has two holes.
  const auto a = write_raster(folder / "a.asc", {83.5, 39.5, 0.01, 50, 50}, thousand);
  const auto b = write_raster(folder / "b.asc", {84.0, 40.0, 0.01, 50, 50}, thousand);
  request.sources = {{a, b}};
  const LoadedTerrain loaded = load_terrain(request);
  const auto size = static_cast<double>(request.grid.size());
  EXPECT_NEAR(static_cast<double>(loaded.no_data_pixels), 0.5 * size, 0.02 * size);
  for (const float h : loaded.terrain.ground_amsl_m) EXPECT_TRUE(std::isnan(h) || h == 1000.0f);
  EXPECT_EQ(loaded.sea_pixels, 0u);

  // The same two tiles as a VRT that declares no nodata: GDAL alone reads 0 in the holes.
  write_text(folder / "mosaic.vrt",
             "<VRTDataset rasterXSize=\"100\" rasterYSize=\"100\"><SRS>EPSG:4326</SRS>"
             "<GeoTransform>83.5, 0.01, 0, 40.5, 0, -0.01</GeoTransform>"
             "<VRTRasterBand dataType=\"Int32\" band=\"1\">"
             "<SimpleSource><SourceFilename relativeToVRT=\"1\">a.asc</SourceFilename>"
             "<SourceBand>1</SourceBand><SrcRect xOff=\"0\" yOff=\"0\" xSize=\"50\" ySize=\"50\"/>"
             "<DstRect xOff=\"0\" yOff=\"50\" xSize=\"50\" ySize=\"50\"/></SimpleSource>"
             "<SimpleSource><SourceFilename relativeToVRT=\"1\">b.asc</SourceFilename>"
             "<SourceBand>1</SourceBand><SrcRect xOff=\"0\" yOff=\"0\" xSize=\"50\" ySize=\"50\"/>"
             "<DstRect xOff=\"50\" yOff=\"0\" xSize=\"50\" ySize=\"50\"/></SimpleSource>"
             "</VRTRasterBand></VRTDataset>");
  const std::string before = read_bytes(folder / "mosaic.vrt");
  request.sources = {{folder / "mosaic.vrt"}};
  const LoadedTerrain by_vrt = load_terrain(request);
  EXPECT_EQ(by_vrt.no_data_pixels, loaded.no_data_pixels);
  EXPECT_EQ(read_bytes(folder / "mosaic.vrt"), before) << "inputs are never changed";
}

TEST(LoadTerrain, LeavesNothingBesideTheInputs) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 2000.0, 100.0);
  request.sources = {{write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100}, plane_text)}};
  load_terrain(request);
  inspect_raster(folder / "dem.asc");
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++files;
  EXPECT_EQ(files, 2);  // dem.asc, dem.prj
}

TEST(LoadTerrain, NeedsAFileThatIsThereAndARaster) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 1000.0, 100.0);
  request.sources = {{folder / "nowhere.tif"}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }),
              AllOf(HasSubstr("no such raster"), HasSubstr("nowhere.tif")));
  write_text(folder / "text.tif", "this is no raster");
  request.sources = {{folder / "text.tif"}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }),
              AllOf(HasSubstr("cannot open"), HasSubstr("text.tif"), HasSubstr("GeoTIFF")));
  request.sources = {{folder.path()}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }), HasSubstr("is a folder"));
}

TEST(LoadTerrain, NeedsACoordinateSystem) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 1000.0, 100.0);
  request.sources = {
      {write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100, "", ""}, plane_text)}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }),
              AllOf(HasSubstr("dem.asc has no coordinate system"), HasSubstr("gdal_edit.py")));
  EXPECT_THAT(problem_of([&] { inspect_raster(folder / "dem.asc"); }),
              HasSubstr("has no coordinate system"));
}

TEST(LoadTerrain, NamesTheAreaAndTheFilesBoundsWhenTheyDoNotMeet) {
  const TestFolder folder;
  TerrainRequest request = request_around({10.0, 50.0}, 10000.0, 1000.0);
  request.sources = {{write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100}, plane_text)}};
  const std::string problem = problem_of([&] { load_terrain(request); });
  EXPECT_THAT(problem, AllOf(HasSubstr("no terrain data in the area (lon 9.8"),
                             HasSubstr("dem.asc covers lon 83.5..84.5, lat 39.5..40.5")));
  EXPECT_THAT(problem, testing::Not(HasSubstr("swapped")));
}

TEST(LoadTerrain, SaysWhenLongitudeAndLatitudeLookSwapped) {
  const TestFolder folder;
  TerrainRequest request = request_around({50.0, 10.0}, 10000.0, 1000.0);
  request.sources = {{write_raster(folder / "dem.asc", {9.5, 49.5, 0.01, 100, 100}, plane_text)}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }), HasSubstr("look swapped"));
  // Not even the assumption of the sea hides sources that miss the area.
  request.assume_sea_level = true;
  EXPECT_THAT(problem_of([&] { load_terrain(request); }), HasSubstr("look swapped"));
}

TEST(LoadTerrain, RefusesARasterOfVoidsOnly) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 1000.0, 100.0);
  request.sources = {{write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100, "-9999"},
                                   [](double, double) { return std::string("-9999"); })}};
  EXPECT_THAT(problem_of([&] { load_terrain(request); }),
              AllOf(HasSubstr("no terrain data"), HasSubstr("hold only voids there")));
}

TEST(LoadTerrain, ReadsAnAreaAcrossTheAntimeridian) {
  const TestFolder folder;
  TerrainRequest request = request_around({180.0, 65.0}, 20000.0, 500.0);
  const auto height = [](double lon, double) { return number(lon > 0.0 ? 100.0 : 200.0); };
  const auto west = write_raster(folder / "w.asc", {179.0, 64.5, 0.01, 100, 100}, height);
  const auto east = write_raster(folder / "e.asc", {-180.0, 64.5, 0.01, 100, 100}, height);
  request.sources = {{west, east}};
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(loaded.no_data_pixels, 0u);
  const Grid& g = request.grid;
  for (int c = 1; c < g.columns; c += 3) {
    const Pixel p = {c, 40};
    const LonLat at = lonlat_of(request, p);
    const float h = loaded.terrain.ground_amsl_m[g.index(p)];
    if (std::abs(std::abs(at.lon_deg) - 180.0) > 0.02) {
      EXPECT_EQ(h, at.lon_deg > 0.0 ? 100.0f : 200.0f) << at.lon_deg;
    }
    const LonLat fast = loaded.terrain.geo.at(g.center(p));
    EXPECT_NEAR(std::remainder(fast.lon_deg - at.lon_deg, 360.0), 0.0, 2e-5);
    EXPECT_LE(std::abs(fast.lon_deg), 180.0);
  }
}

TEST(LoadTerrain, GivesTheSameHeightsInConcurrentThreads) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 20000.0, 100.0);
  request.sources = {{write_raster(folder / "dem.asc", {83.5, 39.5, 0.005, 200, 200}, plane_text)}};
  const LoadedTerrain first = load_terrain(request);
  std::vector<int> same(3, 0);
  {
    std::vector<std::jthread> threads;
    for (int& result : same) {
      threads.emplace_back([&request, &result, &first] {
        result = load_terrain(request).terrain.ground_amsl_m == first.terrain.ground_amsl_m;
      });
    }
  }
  for (const int result : same) EXPECT_TRUE(result);
}

TEST(LoadTerrain, CarriesTheMarkOfSyntheticTerrain) {
  const TestFolder folder;
  TerrainRequest request = request_around(kDesert, 2000.0, 100.0);
  const auto dem = write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100}, plane_text);
  write_text(folder / "dem.asc.aux.xml",
             "<PAMDataset><Metadata><MDI key=\"YONDER_SYNTHETIC\">YES</MDI></Metadata>"
             "</PAMDataset>");
  request.sources = {{dem}};
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_TRUE(loaded.synthetic);
  EXPECT_TRUE(loaded.sources[0].synthetic);
  EXPECT_TRUE(inspect_raster(dem).synthetic);
}

TEST(LoadTerrain, RefusesHeightsInFeet) {
  const TestFolder folder;
  const auto dem = write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 100}, plane_text);
  write_text(folder / "dem.asc.aux.xml",
             "<PAMDataset><PAMRasterBand band=\"1\"><UnitType>ft</UnitType></PAMRasterBand>"
             "</PAMDataset>");
  EXPECT_THAT(problem_of([&] { inspect_raster(dem); }), HasSubstr("heights in feet"));
}

TEST(InspectRaster, TellsSizeBoundsAndPixel) {
  const TestFolder folder;
  const auto dem =
      write_raster(folder / "dem.asc", {83.5, 39.5, 0.01, 100, 50, "-9999"}, plane_text);
  const RasterSummary summary = inspect_raster(dem);
  EXPECT_EQ(summary.columns, 100);
  EXPECT_EQ(summary.rows, 50);
  EXPECT_EQ(summary.crs_name, "WGS 84");
  EXPECT_DOUBLE_EQ(summary.west_deg, 83.5);
  EXPECT_DOUBLE_EQ(summary.east_deg, 84.5);
  EXPECT_DOUBLE_EQ(summary.south_deg, 39.5);
  EXPECT_DOUBLE_EQ(summary.north_deg, 40.0);
  EXPECT_NEAR(summary.pixel_m, std::sqrt(855.0 * 1110.0), 10.0);
  EXPECT_EQ(summary.nodata, -9999.0);
}

}  // namespace
}  // namespace yonder::geodata
