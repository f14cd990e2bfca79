#include "geodata/class_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <fstream>

#include "tests/unit/geodata/class_layers.h"

namespace yonder::geodata {
namespace {

using Dataset = std::unique_ptr<GDALDataset>;

int value_at(GDALDataset& dataset, int band, int column, int row) {
  int value = -1;
  EXPECT_EQ(dataset.GetRasterBand(band)->RasterIO(GF_Read, column, row, 1, 1, &value, 1, 1,
                                                  GDT_Int32, 0, 0),
            CE_None);
  return value;
}

std::vector<double> numbers_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istream_iterator<double>(in), {}};
}

TEST(ClassPicture, HasTheColourOfEachPixelAndItsPlace) {
  const TestFolder folder;
  const LevelMap map = patchy_map(90, 70);
  write_map(folder / "rsrp.tif", map);
  write_class_png(folder / "rsrp-map.png", folder / "rsrp.tif", three_levels(), {});
  const Dataset png(GDALDataset::Open((folder / "rsrp-map.png").c_str()));
  ASSERT_TRUE(png);
  ASSERT_EQ(png->GetRasterCount(), 1) << "few colours: a palette";
  const GDALColorTable* table = png->GetRasterBand(1)->GetColorTable();
  ASSERT_NE(table, nullptr);
  const ValueClasses classes = three_levels();
  for (int row = 0; row < 70; ++row) {
    for (int column = 0; column < 90; ++column) {
      const GDALColorEntry* colour = table->GetColorEntry(value_at(*png, 1, column, row));
      const int index = level_class(map.at(column, row));
      if (index < 0) {
        ASSERT_EQ(colour->c4, 0);
        continue;
      }
      const auto& rgba = classes.all()[static_cast<std::size_t>(index)].rgba;
      ASSERT_EQ(colour->c1, rgba[0]);
      ASSERT_EQ(colour->c2, rgba[1]);
      ASSERT_EQ(colour->c3, rgba[2]);
      ASSERT_EQ(colour->c4, rgba[3]);
    }
  }
  double t[6];
  ASSERT_EQ(png->GetGeoTransform(t), CE_None);
  EXPECT_THAT(t, testing::ElementsAre(230000.0, 50.0, 0.0, 4430000.0, 0.0, -50.0));
  ASSERT_NE(png->GetSpatialRef(), nullptr);
  EXPECT_STREQ(png->GetSpatialRef()->GetAuthorityCode(nullptr), "32645");
  // A world file speaks of the centre of the first pixel.
  EXPECT_THAT(numbers_in(folder / "rsrp-map.pgw"),
              testing::ElementsAre(50.0, 0.0, 0.0, -50.0, 230025.0, 4429975.0));
}

TEST(ClassPicture, OfALongRasterShowsTheMiddleOfEachBlockOfPixels) {
  const TestFolder folder;
  LevelMap map = patchy_map(8195, 7);
  for (int row = 0; row < 7; ++row)
    for (int column = 0; column < 8195; ++column)
      map.values[map.grid.index({column, row})] =
          column % 2 == 1 && row % 2 == 1 ? -90.0F : -120.0F;
  write_map(folder / "rsrp.tif", map);
  write_class_png(folder / "a.png", folder / "rsrp.tif", three_levels(), {});
  const Dataset png(GDALDataset::Open((folder / "a.png").c_str()));
  ASSERT_TRUE(png);
  EXPECT_EQ(png->GetRasterXSize(), 4098);
  EXPECT_EQ(png->GetRasterYSize(), 4);
  EXPECT_EQ(value_at(*png, 1, 0, 0), 1);
  EXPECT_EQ(value_at(*png, 1, 4096, 2), 1);
  EXPECT_EQ(value_at(*png, 1, 4097, 0), 3) << "the last column is cut: its only pixel";
  EXPECT_EQ(value_at(*png, 1, 0, 3), 3);
  EXPECT_THAT(numbers_in(folder / "a.pgw"),
              testing::ElementsAre(100.0, 0.0, 0.0, -100.0, 230050.0, 4429950.0));
}

TEST(ClassPicture, OfManyColoursDoesWithoutAPalette) {
  const TestFolder folder;
  const Grid grid = {{230000.0, 4430000.0}, 50.0, 300, 1};
  std::vector<std::uint16_t> cells(300);
  std::vector<ValueClass> classes;
  for (int i = 0; i < 300; ++i) {
    cells[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(i);
    if (i > 0) {
      classes.push_back({static_cast<double>(i),
                         i + 1.0,
                         {static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256), 9,
                          static_cast<std::uint8_t>(i == 299 ? 100 : 255)}});
    }
  }
  write_cog(folder / "b.tif", grid, Projection::utm_for({84.0, 40.0}), cells, {"cell", "", {}}, {},
            0);
  write_class_png(folder / "b.png", folder / "b.tif", ValueClasses(classes), {});
  const Dataset png(GDALDataset::Open((folder / "b.png").c_str()));
  ASSERT_TRUE(png);
  ASSERT_EQ(png->GetRasterCount(), 4);
  EXPECT_EQ(value_at(*png, 4, 0, 0), 0);
  for (const int column : {1, 255, 256, 298}) {
    EXPECT_EQ(value_at(*png, 1, column, 0), column % 256);
    EXPECT_EQ(value_at(*png, 2, column, 0), column / 256);
    EXPECT_EQ(value_at(*png, 4, column, 0), 255);
  }
  EXPECT_EQ(value_at(*png, 4, 299, 0), 100);
}

TEST(ClassPicture, LeavesNothingOnAFullDisk) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(300, 300));
  EXPECT_TRUE(full_disk_is_told(1000, "a.png", [&] {
    write_class_png(folder / "a.png", folder / "rsrp.tif", three_levels(), {});
  }));
  EXPECT_EQ(files_in(folder), 1);
}

}  // namespace
}  // namespace yonder::geodata
