#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

#include "geodata/raster_output.h"
#include "geodata/vector_output.h"
#include "tests/unit/geodata/test_files.h"

namespace yonder::geodata {
namespace {

using testing::HasSubstr;

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

struct Layer {
  Projection projection = Projection::utm_for({84.0, 40.0});
  Grid grid;
  std::vector<float> values;
};

/// Random values, which do not compress, with a void first row.
Layer noisy_layer(int columns, int rows) {
  Layer layer;
  layer.grid = {{500000.0, 4430000.0}, 50.0, columns, rows};
  std::mt19937 random(1);
  for (int i = 0; i < columns * rows; ++i)
    layer.values.push_back(i < columns ? kVoid
                                       : -140.0f + static_cast<float>(random() % 100000) * 1e-3f);
  return layer;
}

int files_in(const TestFolder& folder) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++count;
  return count;
}

TEST(WriteCog, GivesBackEveryValueAndSaysWhatItIs) {
  const TestFolder folder;
  const Layer layer = noisy_layer(700, 600);
  const auto file = folder / "rsrp.tif";
  write_cog(file, layer.grid, layer.projection, layer.values,
            {"SS-RSRP", "dBm", {{"YONDER_MODEL", "itu_p1812"}}});
  const std::unique_ptr<GDALDataset> read(GDALDataset::Open(file.c_str()));
  ASSERT_TRUE(read);
  EXPECT_STREQ(read->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  EXPECT_STREQ(read->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"), "DEFLATE");
  EXPECT_STREQ(read->GetMetadataItem("YONDER_MODEL"), "itu_p1812");
  EXPECT_STREQ(read->GetSpatialRef()->GetAuthorityCode(nullptr), "32645");
  double t[6];
  ASSERT_EQ(read->GetGeoTransform(t), CE_None);
  EXPECT_EQ(t[0], 500000.0);
  EXPECT_EQ(t[3], 4430000.0);
  EXPECT_EQ(t[1], 50.0);
  EXPECT_EQ(t[5], -50.0);
  GDALRasterBand* band = read->GetRasterBand(1);
  EXPECT_STREQ(band->GetDescription(), "SS-RSRP");
  EXPECT_STREQ(band->GetUnitType(), "dBm");
  int has = 0;
  EXPECT_TRUE(std::isnan(band->GetNoDataValue(&has)));
  EXPECT_TRUE(has);
  EXPECT_GE(band->GetOverviewCount(), 1);
  std::vector<float> values(layer.values.size());
  ASSERT_EQ(band->RasterIO(GF_Read, 0, 0, 700, 600, values.data(), 700, 600, GDT_Float32, 0, 0),
            CE_None);
  double sum = 0.0, low = 0.0;
  int count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(layer.values[i])) {
      ASSERT_TRUE(std::isnan(values[i]));
      continue;
    }
    ASSERT_EQ(values[i], layer.values[i]);
    sum += static_cast<double>(values[i]);
    low = std::min(low, static_cast<double>(values[i]));
    ++count;
  }
  double stored_low = 0, stored_high = 0, stored_mean = 0, stored_deviation = 0;
  ASSERT_EQ(
      band->GetStatistics(FALSE, FALSE, &stored_low, &stored_high, &stored_mean, &stored_deviation),
      CE_None);
  EXPECT_NEAR(stored_mean, sum / count, 1e-6);
  EXPECT_NEAR(stored_low, low, 1e-6);
  EXPECT_NEAR(stored_deviation, 100.0 / std::sqrt(12.0), 0.2);  // of a uniform distribution
}

TEST(WriteCog, OverviewsAreMeansWithoutVoids) {
  const TestFolder folder;
  Layer layer = noisy_layer(600, 600);
  std::fill(layer.values.begin(), layer.values.end(), -100.0f);
  for (std::size_t i = 0; i < layer.values.size(); i += 2) layer.values[i] = -90.0f;
  std::fill(layer.values.begin(), layer.values.begin() + 600 * 300, kVoid);
  write_cog(folder / "a.tif", layer.grid, layer.projection, layer.values, {"x", "dBm", {}});
  const std::unique_ptr<GDALDataset> read(GDALDataset::Open((folder / "a.tif").c_str()));
  GDALRasterBand* overview = read->GetRasterBand(1)->GetOverview(0);
  std::vector<float> values(static_cast<std::size_t>(overview->GetXSize()) * overview->GetYSize());
  ASSERT_EQ(
      overview->RasterIO(GF_Read, 0, 0, overview->GetXSize(), overview->GetYSize(), values.data(),
                         overview->GetXSize(), overview->GetYSize(), GDT_Float32, 0, 0),
      CE_None);
  for (const float v : values) EXPECT_TRUE(std::isnan(v) || v == -95.0f) << v;
}

TEST(WriteCog, AllVoidIsStillAFile) {
  const TestFolder folder;
  Layer layer = noisy_layer(10, 10);
  std::fill(layer.values.begin(), layer.values.end(), kVoid);
  EXPECT_NO_THROW(
      write_cog(folder / "a.tif", layer.grid, layer.projection, layer.values, {"x", "", {}}));
}

TEST(WriteCog, SameInputGivesTheSameBytes) {
  const TestFolder folder;
  const Layer layer = noisy_layer(300, 300);
  for (const char* name : {"a.tif", "b.tif"})
    write_cog(folder / name, layer.grid, layer.projection, layer.values, {"x", "dBm", {}});
  EXPECT_EQ(read_bytes(folder / "a.tif"), read_bytes(folder / "b.tif"));
}

template <typename T>
void expect_categories(const std::string& name, int nodata) {
  const TestFolder folder;
  const Grid grid = {{500000.0, 4430000.0}, 50.0, 300, 300};
  std::vector<T> values(grid.size(), static_cast<T>(2));
  for (std::size_t i = 0; i < values.size(); i += 3) values[i] = 0;
  write_cog(folder / name, grid, Projection::utm_for({84.0, 40.0}), std::span<const T>(values),
            {"Status", "", {}},
            {{0, "ok", {10, 200, 30, 255}}, {2, "no terrain data", {90, 90, 90, 255}}}, nodata);
  const std::unique_ptr<GDALDataset> read(GDALDataset::Open((folder / name).c_str()));
  ASSERT_TRUE(read);
  GDALRasterBand* band = read->GetRasterBand(1);
  double t[6];
  read->GetGeoTransform(t);  // GDAL 3.6 reads the sidecar only when asked for something like this
  char** names = band->GetCategoryNames();
  ASSERT_NE(names, nullptr);
  EXPECT_STREQ(names[0], "ok");
  EXPECT_STREQ(names[1], "");
  EXPECT_STREQ(names[2], "no terrain data");
  ASSERT_NE(band->GetColorTable(), nullptr);
  EXPECT_EQ(band->GetColorTable()->GetColorEntry(0)->c2, 200);
  int has = 0;
  EXPECT_EQ(band->GetNoDataValue(&has), nodata);
  EXPECT_TRUE(has);
  GDALRasterBand* overview = band->GetOverview(0);
  ASSERT_NE(overview, nullptr);
  std::vector<int> pixels(static_cast<std::size_t>(overview->GetXSize()) * overview->GetYSize());
  ASSERT_EQ(
      overview->RasterIO(GF_Read, 0, 0, overview->GetXSize(), overview->GetYSize(), pixels.data(),
                         overview->GetXSize(), overview->GetYSize(), GDT_Int32, 0, 0),
      CE_None);
  for (const int v : pixels) EXPECT_TRUE(v == 0 || v == 2) << "classes are never averaged";
  EXPECT_TRUE(std::filesystem::exists(folder / (name + ".aux.xml")));
  EXPECT_EQ(files_in(folder), 2);
}

TEST(WriteCog, ShowsNamesAndColoursOfByteCategories) {
  expect_categories<std::uint8_t>("status.tif", 255);
}
TEST(WriteCog, ShowsNamesAndColoursOfWideCategories) {
  expect_categories<std::uint16_t>("server.tif", 65535);
}

TEST(WriteCog, RefusesALayerOfAnotherSize) {
  const TestFolder folder;
  Layer layer = noisy_layer(10, 10);
  layer.values.pop_back();
  EXPECT_THAT(problem_of([&] {
                write_cog(folder / "a.tif", layer.grid, layer.projection, layer.values, {});
              }),
              HasSubstr("99 values for a grid of 100"));
  EXPECT_EQ(files_in(folder), 0);
}

TEST(WriteCog, NamesAFolderThatCannotBeWritten) {
  const Layer layer = noisy_layer(10, 10);
  EXPECT_THAT(problem_of([&] {
                write_cog("/proc/no-such-folder/a.tif", layer.grid, layer.projection, layer.values,
                          {});
              }),
              HasSubstr("cannot create /proc/no-such-folder/a.tif"));
}

/// Runs `write` in a child process whose files end at `limit` bytes, as on a full disk; true when
/// it threw a GeodataError that names the file.
bool throws_when_files_end_at(rlim_t limit, const std::string& name,
                              const std::function<void()>& write) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);  // the write then fails with EFBIG
    const rlimit both = {limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &both);
    const std::string problem = problem_of(write);
    const bool told = problem.find("cannot write") != std::string::npos &&
                      problem.find(name) != std::string::npos;
    ::_exit(told ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(FullDisk, LeavesNoRasterAndIsTold) {
  const TestFolder folder;
  const Layer layer = noisy_layer(500, 500);
  const std::vector<std::uint8_t> bytes(layer.values.size(), 1);
  for (const rlim_t limit : {0UL, 100000UL, 400000UL}) {
    EXPECT_TRUE(throws_when_files_end_at(limit, "a.tif", [&] {
      write_cog(folder / "a.tif", layer.grid, layer.projection, layer.values, {"x", "dBm", {}});
    })) << limit;
    EXPECT_EQ(files_in(folder), 0);
  }
  // The raster fits, its category names do not: neither is left.
  EXPECT_TRUE(throws_when_files_end_at(3000, "c.tif", [&] {
    write_cog(folder / "c.tif", layer.grid, layer.projection, std::span<const std::uint8_t>(bytes),
              {"x", "", {}}, {{1, std::string(4000, 'n'), {1, 2, 3, 255}}}, -1);
  }));
  EXPECT_EQ(files_in(folder), 0);
  EXPECT_TRUE(throws_when_files_end_at(1000, "h.tif", [&] {
    write_height_geotiff(folder / "h.tif", {84.0, 40.0, 0.01, 500, 500}, layer.values, {});
  }));
  EXPECT_EQ(files_in(folder), 0);
}

TEST(FullDisk, LeavesNoGeoPackageAndIsTold) {
  const TestFolder folder;
  EXPECT_TRUE(throws_when_files_end_at(50000, "s.gpkg", [&] {
    write_gpkg(folder / "s.gpkg", {{"sites", {{{84.0, 40.0}, {{"id", std::string("A")}}}}}});
  }));
  EXPECT_EQ(files_in(folder), 0);
}

TEST(WriteHeightGeotiff, IsReadBackAsTerrain) {
  const TestFolder folder;
  const GeographicGrid grid = {83.5, 40.5, 0.01, 100, 100};
  std::vector<float> heights(10000, 1234.5f);
  write_height_geotiff(folder / "sketch.tif", grid, heights,
                       {"Height", "m", {{"YONDER_SYNTHETIC", "YES"}}});
  TerrainRequest request = request_around({84.0, 40.0}, 5000.0, 100.0);
  request.sources = {{folder / "sketch.tif"}};
  const LoadedTerrain loaded = load_terrain(request);
  EXPECT_TRUE(loaded.synthetic);
  EXPECT_EQ(loaded.no_data_pixels, 0u);
  for (const float h : loaded.terrain.ground_amsl_m) ASSERT_EQ(h, 1234.5f);
}

TEST(WriteGpkg, HoldsLayersFieldsAndPositions) {
  const TestFolder folder;
  const auto file = folder / "sites.gpkg";
  write_gpkg(file,
             {{"sites",
               {{{84.25, 41.78},
                 {{"id", std::string("轮台")}, {"height_m", 40.5}, {"cells", std::int64_t{3}}}},
                {{83.66, 39.0},
                 {{"id", std::string("B")}, {"height_m", 60.0}, {"cells", std::int64_t{2}}}}}},
              {"points", {}}});
  EXPECT_EQ(files_in(folder), 1);
  const std::unique_ptr<GDALDataset> read(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->GetLayerCount(), 2);
  OGRLayer* layer = read->GetLayerByName("sites");
  ASSERT_NE(layer, nullptr);
  EXPECT_EQ(layer->GetFeatureCount(), 2);
  EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "4326");
  const OGRFeatureUniquePtr feature(layer->GetNextFeature());
  EXPECT_STREQ(feature->GetFieldAsString("id"), "轮台");
  EXPECT_EQ(feature->GetFieldAsDouble("height_m"), 40.5);
  EXPECT_EQ(feature->GetFieldAsInteger64("cells"), 3);
  EXPECT_EQ(feature->GetGeometryRef()->toPoint()->getX(), 84.25);
  EXPECT_EQ(feature->GetGeometryRef()->toPoint()->getY(), 41.78);
}

TEST(WriteGpkg, RefusesFeaturesWithDifferentFields) {
  const TestFolder folder;
  EXPECT_THAT(problem_of([&] {
                write_gpkg(folder / "a.gpkg", {{"sites",
                                                {{{84.0, 40.0}, {{"id", std::string("A")}}},
                                                 {{84.0, 40.0}, {{"name", std::string("B")}}}}}});
              }),
              HasSubstr("different fields"));
  EXPECT_EQ(files_in(folder), 0);
}

}  // namespace
}  // namespace yonder::geodata
