#include "geodata/class_polygons.h"

#include <gdal_alg.h>
#include <gdal_utils.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <map>
#include <stdexcept>

#include "core/run_control.h"
#include "tests/unit/geodata/class_layers.h"

namespace yonder::geodata {
namespace {

using testing::HasSubstr;

PolygonSpec level_spec() {
  PolygonSpec spec{"levels", three_levels(), {}};
  for (const char* id : {"good", "fair", "edge"})
    spec.fields.push_back({{"class", std::string(id)}, {"name_zh", std::string("良")}});
  return spec;
}

using Dataset = std::unique_ptr<GDALDataset>;

Dataset open_vectors(const std::filesystem::path& file) {
  Dataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
  EXPECT_TRUE(dataset) << file;
  return dataset;
}

/// Index of the class of each pixel as the polygons of a file say; -1: none.
std::vector<int> burnt(const std::filesystem::path& file, const Grid& grid,
                       const std::map<std::string, int>& index_of, const char* field) {
  const Dataset vectors = open_vectors(file);
  const Dataset raster(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
      "", grid.columns, grid.rows, 1, GDT_Int32, nullptr));
  double transform[6] = {grid.top_left.x_m, grid.pixel_size_m, 0, grid.top_left.y_m, 0,
                         -grid.pixel_size_m};
  raster->SetGeoTransform(transform);
  EXPECT_EQ(raster->GetRasterBand(1)->Fill(-1), CE_None);
  std::vector<OGRFeatureUniquePtr> features;
  std::vector<OGRGeometryH> shapes;
  std::vector<double> values;
  for (auto& feature : *vectors->GetLayer(0)) {
    shapes.push_back(OGRGeometry::ToHandle(feature->GetGeometryRef()));
    values.push_back(index_of.at(feature->GetFieldAsString(field)));
    features.push_back(std::move(feature));
  }
  int band = 1;
  EXPECT_EQ(GDALRasterizeGeometries(raster.get(), 1, &band, static_cast<int>(shapes.size()),
                                    shapes.data(), nullptr, nullptr, values.data(), nullptr,
                                    nullptr, nullptr),
            CE_None);
  std::vector<int> result(grid.size());
  EXPECT_EQ(
      raster->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, grid.columns, grid.rows, result.data(),
                                         grid.columns, grid.rows, GDT_Int32, 0, 0),
      CE_None);
  return result;
}

TEST(ValueClasses, BeginAtTheirFirstValueAndEndBelowTheirLast) {
  const ValueClasses classes = three_levels();
  EXPECT_EQ(classes.of(-100.0F), 0);
  EXPECT_EQ(classes.of(std::nextafter(-100.0F, -200.0F)), 1);
  EXPECT_EQ(classes.of(-115.0F), 1);
  EXPECT_EQ(classes.of(-125.0F), 2);
  EXPECT_EQ(classes.of(-125.1F), -1);
  EXPECT_EQ(classes.of(INFINITY), -1);
  EXPECT_EQ(classes.of(std::numeric_limits<float>::quiet_NaN()), -1);
  EXPECT_EQ(ValueClasses().of(1.0F), -1);
  const ValueClasses gaps({{7.0, 8.0, {}}, {3.0, 4.0, {}}});
  EXPECT_EQ(gaps.of(3.0F), 1);
  EXPECT_EQ(gaps.of(5.0F), -1);
  EXPECT_EQ(gaps.of(7.0F), 0);
}

TEST(ValueClasses, RefuseToOverlapOrToBeEmpty) {
  EXPECT_THROW(ValueClasses({{0.0, 2.0, {}}, {1.0, 3.0, {}}}), std::invalid_argument);
  EXPECT_THROW(ValueClasses({{1.0, 1.0, {}}}), std::invalid_argument);
}

TEST(ClassAreas, CoverExactlyThePixelsOfTheirClass) {
  const TestFolder folder;
  const LevelMap map = patchy_map(230, 170);
  write_map(folder / "rsrp.tif", map);
  const std::filesystem::path gpkg = folder / "c.gpkg", fgb = folder / "c.fgb";
  write_class_areas({gpkg, fgb}, folder / "rsrp.tif", level_spec(), {});
  EXPECT_EQ(files_in(folder), 3);
  std::map<std::string, std::int64_t> expected;
  const std::vector<std::string> ids = {"good", "fair", "edge"};
  for (const float level : map.values)
    if (level_class(level) >= 0) ++expected[ids[static_cast<std::size_t>(level_class(level))]];
  for (const auto& file : {gpkg, fgb}) {
    const Dataset vectors = open_vectors(file);
    OGRLayer* layer = vectors->GetLayer(0);
    EXPECT_STREQ(layer->GetName(), "levels");
    EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "32645");
    std::map<std::string, std::int64_t> pixels;
    for (const auto& feature : *layer) {
      EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
      EXPECT_STREQ(feature->GetFieldAsString("name_zh"), "良");
      const std::int64_t count = feature->GetFieldAsInteger64("pixels");
      EXPECT_NEAR(feature->GetGeometryRef()->toPolygon()->get_Area(),
                  static_cast<double>(count) * 2500.0, 1e-3);
      // The scale of the transverse Mercator at 83.9° E, 40° N: 0.9996 (1 + x²/2R²) = 1.00048.
      EXPECT_NEAR(feature->GetFieldAsDouble("area_km2"), static_cast<double>(count) * 0.0025,
                  static_cast<double>(count) * 0.0025 * 1.5e-3);
      pixels[feature->GetFieldAsString("class")] += count;
    }
    EXPECT_EQ(pixels, expected) << file;
    const std::vector<int> index =
        burnt(file, map.grid, {{"good", 0}, {"fair", 1}, {"edge", 2}}, "class");
    int wrong = 0;
    for (std::size_t i = 0; i < index.size(); ++i) wrong += index[i] != level_class(map.values[i]);
    EXPECT_EQ(wrong, 0) << file;
  }
}

TEST(ClassAreas, OfLargeMapsAreCutAtEvery4096Pixels) {
  const TestFolder folder;
  LevelMap map = patchy_map(4100, 5);
  std::fill(map.values.begin(), map.values.end(), -90.0F);
  write_map(folder / "rsrp.tif", map);
  write_class_areas({folder / "c.gpkg"}, folder / "rsrp.tif", level_spec(), {});
  const Dataset vectors = open_vectors(folder / "c.gpkg");
  std::vector<std::int64_t> pixels;
  for (const auto& feature : *vectors->GetLayer(0))
    pixels.push_back(feature->GetFieldAsInteger64("pixels"));
  EXPECT_THAT(pixels, testing::ElementsAre(4096 * 5, 4 * 5));
}

TEST(ClassAreas, OfAMosaicAreThoseOfTheWhole) {
  const TestFolder folder;
  const LevelMap map = patchy_map(96, 64);
  write_map(folder / "rsrp.tif", map);
  const auto half = [&](int first, const char* name) {
    LevelMap part{map.grid.crop({first, 0, 48, 64}), map.projection, {}};
    for (int row = 0; row < 64; ++row)
      for (int column = first; column < first + 48; ++column)
        part.values.push_back(map.at(column, row));
    write_map(folder / name, part);
    return (folder / name).string();
  };
  const std::string left = half(0, "left.tif"), right = half(48, "right.tif");
  const char* const sources[] = {left.c_str(), right.c_str(), nullptr};
  GDALClose(GDALBuildVRT((folder / "rsrp.vrt").c_str(), 2, nullptr, sources, nullptr, nullptr));
  write_class_areas({folder / "a.gpkg"}, folder / "rsrp.tif", level_spec(), {});
  write_class_areas({folder / "b.gpkg"}, folder / "rsrp.vrt", level_spec(), {});
  EXPECT_EQ(read_bytes(folder / "a.gpkg"), read_bytes(folder / "b.gpkg"));
}

/// Three cells: the first in two parts around a hole of the second; the third serves nowhere.
struct ServerMap {
  Grid grid = {{230000.0, 4430000.0}, 100.0, 9, 7};
  std::vector<std::uint16_t> cell;
  LevelMap level;

  explicit ServerMap(const TestFolder& folder) {
    const char* const rows[] = {"111......", "121......", "111...1..", ".........",
                                "1........", ".2.......", "....22222"};
    level.grid = grid;
    for (const char* row : rows) {
      for (int column = 0; column < 9; ++column) {
        cell.push_back(row[column] == '.' ? 0 : static_cast<std::uint16_t>(row[column] - '0'));
        level.values.push_back(row[column] == '.' ? NAN
                                                  : -90.0F - 5.0F * static_cast<float>(column));
      }
    }
    write_cog(folder / "best_server.tif", grid, level.projection, cell, {"best server", "", {}}, {},
              0);
    write_map(folder / "rsrp.tif", level);
  }

  static PolygonSpec spec() {
    PolygonSpec spec{"footprints", ValueClasses({{1, 2, {}}, {2, 3, {}}, {3, 4, {}}}), {}};
    for (const char* id : {"A", "B", "C"}) spec.fields.push_back({{"cell_id", std::string(id)}});
    return spec;
  }
};

TEST(ClassFootprints, AreOneMultipolygonForEachClassThatIsThere) {
  const TestFolder folder;
  const ServerMap map(folder);
  const FootprintLevels levels{folder / "rsrp.tif", {{"km2_good", -100.0}, {"km2_edge", -110.0}}};
  const std::filesystem::path gpkg = folder / "f.gpkg", fgb = folder / "f.fgb";
  write_class_footprints({gpkg, fgb}, folder / "best_server.tif", ServerMap::spec(), levels, {});
  for (const auto& file : {gpkg, fgb}) {
    const Dataset vectors = open_vectors(file);
    std::map<std::string, std::vector<double>> found;
    for (const auto& feature : *vectors->GetLayer(0)) {
      const OGRMultiPolygon* shape = feature->GetGeometryRef()->toMultiPolygon();
      EXPECT_TRUE(shape->IsValid());
      const double pixel_km2 =
          feature->GetFieldAsDouble("area_km2") / feature->GetFieldAsDouble("pixels");
      EXPECT_NEAR(pixel_km2, 0.01, 1.5e-5);
      found[feature->GetFieldAsString("cell_id")] = {
          static_cast<double>(shape->getNumGeometries()), shape->get_Area() / 1e4,
          feature->GetFieldAsDouble("pixels"), feature->GetFieldAsDouble("km2_good") / pixel_km2,
          feature->GetFieldAsDouble("km2_edge") / pixel_km2};
    }
    ASSERT_EQ(found.size(), 2U);
    // Columns 0 to 2 have -90, -95, -100 dBm.
    EXPECT_THAT(found["A"],
                testing::Pointwise(testing::DoubleNear(1e-9), {3.0, 10.0, 10.0, 9.0, 9.0}));
    EXPECT_THAT(found["B"],
                testing::Pointwise(testing::DoubleNear(1e-9), {3.0, 7.0, 7.0, 2.0, 3.0}));
    const std::vector<int> index = burnt(file, map.grid, {{"A", 1}, {"B", 2}}, "cell_id");
    for (std::size_t i = 0; i < index.size(); ++i) EXPECT_EQ(std::max(0, index[i]), map.cell[i]);
  }
}

TEST(ClassFootprints, RefuseLevelsOfAnotherGrid) {
  const TestFolder folder;
  const ServerMap map(folder);
  LevelMap other = map.level;
  other.grid.top_left.x_m += 100.0;
  write_map(folder / "other.tif", other);
  EXPECT_THAT(problem_of([&] {
                write_class_footprints(
                    {folder / "f.gpkg"}, folder / "best_server.tif", ServerMap::spec(),
                    FootprintLevels{folder / "other.tif", {{"km2", -100.0}}}, {});
              }),
              HasSubstr("do not lie on the same grid"));
  EXPECT_FALSE(std::filesystem::exists(folder / "f.gpkg"));
}

TEST(ClassAreas, HaveTheSameBytesEveryTime) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(60, 60));
  write_class_areas({folder / "a.gpkg", folder / "a.fgb"}, folder / "rsrp.tif", level_spec(), {});
  ::usleep(20000);  // GeoPackages note the time in milliseconds
  write_class_areas({folder / "b.gpkg", folder / "b.fgb"}, folder / "rsrp.tif", level_spec(), {});
  EXPECT_EQ(read_bytes(folder / "a.gpkg"), read_bytes(folder / "b.gpkg"));
  EXPECT_EQ(read_bytes(folder / "a.fgb"), read_bytes(folder / "b.fgb"));
}

TEST(ClassAreas, LeaveNothingOnAFullDiskAndItIsTold) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(200, 200));
  for (const char* name : {"c.gpkg", "c.fgb"}) {
    write_class_areas({folder / name}, folder / "rsrp.tif", level_spec(), {});
    const rlim_t whole = std::filesystem::file_size(folder / name);
    std::filesystem::remove(folder / name);
    for (const rlim_t limit : {rlim_t{0}, rlim_t{2000}, whole / 2, whole - 2000, whole - 1}) {
      EXPECT_TRUE(full_disk_is_told(
          limit, name,
          [&] { write_class_areas({folder / name}, folder / "rsrp.tif", level_spec(), {}); }))
          << name << " " << limit;
      EXPECT_EQ(files_in(folder), 1) << name << " " << limit;
    }
  }
}

TEST(ClassAreas, StopOnRequestAndLeaveNothing) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(60, 60));
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(write_class_areas({folder / "c.gpkg", folder / "c.fgb"}, folder / "rsrp.tif",
                                 level_spec(), source.get_token()),
               Stopped);
  EXPECT_EQ(files_in(folder), 1);
}

TEST(ClassAreas, NameARasterThatIsNone) {
  const TestFolder folder;
  write_text(folder / "rsrp.tif", "no raster");
  EXPECT_THAT(problem_of([&] {
                write_class_areas({folder / "c.gpkg"}, folder / "rsrp.tif", level_spec(), {});
              }),
              HasSubstr("rsrp.tif as a result layer: it is no readable GeoTIFF or VRT"));
}

}  // namespace
}  // namespace yonder::geodata
