#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>

#include "geodata/terrain_loader.h"
#include "tests/unit/geodata/test_files.h"

/// Formats and known places on real terrain; skipped without it.
namespace yonder::geodata {
namespace {

std::filesystem::path dem(const char* name) { return test_data() / "dem_world" / name; }

double ground(const LoadedTerrain& loaded, const TerrainRequest& request, LonLat place) {
  return loaded.terrain.ground_at(request.projection.to_map(place));
}

TEST(RealTerrain, DtedAndGeoTiffOfOneTileAgree) {
  YONDER_NEEDS_TEST_DATA();
  TerrainRequest request = request_around({-155.5, 19.5}, 30000.0, 100.0);
  request.sources = {{dem("srtm3vf_hawaii_n19_w156.tif")}};
  const LoadedTerrain tiff = load_terrain(request);
  request.sources = {{dem("n19_w156_3arc_v2.dt1")}};
  const LoadedTerrain dted = load_terrain(request);
  EXPECT_EQ(tiff.no_data_pixels, 0u);
  std::size_t equal = 0;
  for (std::size_t i = 0; i < request.grid.size(); ++i)
    equal += std::abs(tiff.terrain.ground_amsl_m[i] - dted.terrain.ground_amsl_m[i]) < 0.01f;
  EXPECT_GT(static_cast<double>(equal), 0.99 * static_cast<double>(request.grid.size()));
  // Mauna Loa, 4169 m, is the highest point here (19.48 N, 155.60 W).
  const auto highest =
      std::max_element(tiff.terrain.ground_amsl_m.begin(), tiff.terrain.ground_amsl_m.end());
  EXPECT_NEAR(static_cast<double>(*highest), 4165.0, 15.0);
  const auto at = static_cast<int>(highest - tiff.terrain.ground_amsl_m.begin());
  const LonLat place = request.projection.to_lonlat(
      request.grid.center({at % request.grid.columns, at / request.grid.columns}));
  EXPECT_NEAR(place.lon_deg, -155.60, 0.03);
  EXPECT_NEAR(place.lat_deg, 19.48, 0.03);
}

TEST(RealTerrain, ZippedHgtJoinsWithItsGeoTiffNeighbours) {
  YONDER_NEEDS_TEST_DATA();
  // Between 29 W and 27 W: Pico and Sao Jorge from a GeoTIFF, Terceira from a zipped HGT.
  TerrainRequest request = request_around({-28.0, 38.55}, 60000.0, 100.0);
  request.sources = {{dem("srtmgl3_azores_N38W029.tif"), dem("N38W028.SRTMGL3.hgt.zip")}};
  const LoadedTerrain loaded = load_terrain(request);
  // Santa Barbara, 1021 m; Pico, 2351 m, whose last 70 m are a cone narrower than the pixels.
  EXPECT_NEAR(ground(loaded, request, {-27.3194, 38.7294}), 1005.0, 5.0);
  const auto highest =
      std::max_element(loaded.terrain.ground_amsl_m.begin(), loaded.terrain.ground_amsl_m.end(),
                       [](float a, float b) { return std::isnan(a) || a < b; });
  EXPECT_NEAR(static_cast<double>(*highest), 2304.0, 15.0);
  EXPECT_GT(loaded.terrain.ground_at({request.projection.to_map({-28.0, 38.55})}), -20.0);
}

TEST(RealTerrain, AGridOnTheRastersOwnPixelsGivesTheirValues) {
  YONDER_NEEDS_TEST_DATA();
  const auto file = dem("srtm1_bigtujunga_utm11.tif");
  inspect_raster(file);  // registers GDAL
  const std::unique_ptr<GDALDataset> direct(GDALDataset::Open(file.c_str()));
  ASSERT_TRUE(direct);
  double t[6];
  ASSERT_EQ(direct->GetGeoTransform(t), CE_None);
  constexpr int kColumn = 100, kRow = 50, kSize = 200;
  const Grid grid = {{t[0] + kColumn * t[1], t[3] + kRow * t[5]}, t[1], kSize, kSize};
  ASSERT_DOUBLE_EQ(t[1], -t[5]);
  TerrainRequest request = {Projection::from_text("EPSG:32611"), grid, {{file}}, {}, {}, false, {}};
  const LoadedTerrain loaded = load_terrain(request);
  std::vector<float> expected(grid.size());
  ASSERT_EQ(direct->GetRasterBand(1)->RasterIO(GF_Read, kColumn, kRow, kSize, kSize,
                                               expected.data(), kSize, kSize, GDT_Float32, 0, 0),
            CE_None);
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_NEAR(static_cast<double>(loaded.terrain.ground_amsl_m[i]),
                static_cast<double>(expected[i]), 0.01);
}

TEST(RealTerrain, IsBilinearAtTheExactPositionOfEachPixel) {
  YONDER_NEEDS_TEST_DATA();
  TerrainRequest request = request_around({-155.6, 19.6}, 15000.0, 100.0);
  const auto file = dem("srtm3vf_hawaii_n19_w156.tif");
  request.sources = {{file}};
  const LoadedTerrain loaded = load_terrain(request);
  const std::unique_ptr<GDALDataset> source(GDALDataset::Open(file.c_str()));
  double t[6];
  ASSERT_EQ(source->GetGeoTransform(t), CE_None);
  const Grid& g = request.grid;
  for (std::size_t i = 0; i < g.size(); i += 31) {
    const Pixel p = {static_cast<int>(i % g.columns), static_cast<int>(i / g.columns)};
    const LonLat at = request.projection.to_lonlat(g.center(p));
    const double u = (at.lon_deg - t[0]) / t[1] - 0.5;
    const double v = (at.lat_deg - t[3]) / t[5] - 0.5;
    const int c = static_cast<int>(u);
    const int r = static_cast<int>(v);
    double h[4];
    ASSERT_EQ(source->GetRasterBand(1)->RasterIO(GF_Read, c, r, 2, 2, h, 2, 2, GDT_Float64, 0, 0),
              CE_None);
    const double top = h[0] + (u - c) * (h[1] - h[0]);
    const double bottom = h[2] + (u - c) * (h[3] - h[2]);
    ASSERT_NEAR(static_cast<double>(loaded.terrain.ground_amsl_m[i]),
                top + (v - r) * (bottom - top), 0.05);
  }
}

TEST(RealTerrain, EverestKeepsItsVoids) {
  YONDER_NEEDS_TEST_DATA();
  TerrainRequest request = request_around({86.5, 27.5}, 40000.0, 90.0);
  request.sources = {{dem("srtm3_mt_everest_90m.tif")}};
  const LoadedTerrain loaded = load_terrain(request);
  const double share =
      static_cast<double>(loaded.no_data_pixels) / static_cast<double>(request.grid.size());
  EXPECT_GT(share, 0.03);
  EXPECT_LT(share, 0.12);
  for (const float h : loaded.terrain.ground_amsl_m)
    ASSERT_TRUE(std::isnan(h) || (h >= 190.0f && h <= 8643.0f)) << h;
}

TEST(RealTerrain, ATruncatedTileIsRefusedAndNamed) {
  YONDER_NEEDS_TEST_DATA();
  const TestFolder folder;
  const std::string whole = read_bytes(dem("srtm3_mt_everest_90m.tif"));
  std::ofstream(folder / "cut.tif", std::ios::binary) << whole.substr(0, whole.size() / 3);
  TerrainRequest request = request_around({86.5, 27.5}, 40000.0, 90.0);
  request.sources = {{folder / "cut.tif"}};
  const auto names_the_cut = [](const std::string& text) {
    return text.find("cut.tif") != std::string::npos && text.find("cut short") != std::string::npos;
  };
  EXPECT_TRUE(names_the_cut(problem_of([&] { load_terrain(request); })));
  EXPECT_TRUE(names_the_cut(problem_of([&] { inspect_raster(folder / "cut.tif"); })));
}

TEST(RealCoast, PolygonsAndMaskOfZhoushanAgree) {
  YONDER_NEEDS_TEST_DATA();
  TerrainRequest request = request_around({122.2, 30.25}, 50000.0, 100.0);
  request.sources = {{test_data() / "dem" / "vfp15_zhoushan.tif"}};
  request.land_polygons = test_data() / "coast" / "gshhg_f_zhoushan_land_polys.geojson";
  const LoadedTerrain polygons = load_terrain(request);
  request.land_polygons.reset();
  request.land_mask = test_data() / "coast" / "gshhg_f_zhoushan_landmask_3s.tif";
  const LoadedTerrain mask = load_terrain(request);
  std::size_t same = 0;
  for (std::size_t i = 0; i < request.grid.size(); ++i)
    same += (polygons.terrain.zone[i] == Zone::sea) == (mask.terrain.zone[i] == Zone::sea);
  EXPECT_GT(static_cast<double>(same), 0.99 * static_cast<double>(request.grid.size()));
  EXPECT_GT(polygons.sea_pixels, request.grid.size() / 2);
  // Dinghai town on Zhoushan island, the strait north of it.
  const auto zone = [&](LonLat at) {
    return polygons.terrain
        .zone[request.grid.index(request.grid.pixel_at(request.projection.to_map(at)))];
  };
  EXPECT_EQ(zone({122.11, 30.03}), Zone::coastal);
  EXPECT_EQ(zone({122.2, 30.4}), Zone::sea);
}

TEST(RealClutter, HawaiiNeedsAClassForEveryValue) {
  YONDER_NEEDS_TEST_DATA();
  TerrainRequest request = request_around({-155.5, 19.5}, 20000.0, 100.0);
  request.sources = {{dem("srtm3vf_hawaii_n19_w156.tif")}};
  request.clutter = {test_data() / "landcover" / "nlcd_hawaii_n20w156.tif",
                     {{11, 0},
                      {21, 1},
                      {22, 6},
                      {23, 9},
                      {24, 12},
                      {31, 0},
                      {42, 15},
                      {43, 12},
                      {52, 2},
                      {71, 0.5},
                      {81, 0.5},
                      {82, 1},
                      {90, 12},
                      {95, 1}}};
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_EQ(*std::max_element(loaded.terrain.clutter_height_m.begin(),
                              loaded.terrain.clutter_height_m.end()),
            15.0f);
  request.clutter->height_m.erase(42);
  EXPECT_NE(problem_of([&] { load_terrain(request); }).find("42"), std::string::npos);
}

}  // namespace
}  // namespace yonder::geodata
