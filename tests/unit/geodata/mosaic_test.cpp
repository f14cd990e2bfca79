#include "geodata/mosaic.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>

#include "geodata/error.h"
#include "geodata/raster_input.h"
#include "tests/temporary_folder.h"

namespace yonder::geodata {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

/// A mosaic of 600 x 300 pixels with tiles of 300 x 300 in a folder of its own.
class Mosaic : public testing::Test {
 protected:
  Mosaic() { fs::create_directories(folder_ / "tiles"); }

  const Grid grid_{{500000.0, 2400000.0}, 100.0, 600, 300};
  const Projection projection_ = Projection::from_text("EPSG:32649");
  const PixelWindow west_{0, 0, 300, 300};
  const PixelWindow east_{300, 0, 300, 300};
  const test::TemporaryFolder own_;
  const fs::path folder_ = own_.path();

  std::string level_tile(const char* name, const PixelWindow& window, float value) const {
    std::vector<float> values(window.size(), value);
    values[0] = kVoid;
    write_cog(folder_ / "tiles" / name, grid_.crop(window), projection_, values,
              {"level", "dBm", {{"YONDER_MODEL", "a <model> & more"}}});
    return std::string("tiles/") + name;
  }
  std::string class_tile(const char* name, const PixelWindow& window, std::uint8_t value,
                         const std::vector<Category>& categories) const {
    const std::vector<std::uint8_t> values(window.size(), value);
    write_cog(folder_ / "tiles" / name, grid_.crop(window), projection_, values, {"class", "", {}},
              categories, 0);
    return std::string("tiles/") + name;
  }
  std::string number_tile(const char* name, const PixelWindow& window) const {
    std::vector<std::uint16_t> values(window.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(i % 4);
    write_cog(folder_ / "tiles" / name, grid_.crop(window), projection_, values, {"server", "", {}},
              {}, 0);
    return std::string("tiles/") + name;
  }
};

TEST_F(Mosaic, HoldsEachTileInItsPlaceAndNothingBetween) {
  write_mosaic(folder_ / "level.vrt",
               {grid_, projection_, {{level_tile("e.tif", east_, -80.0F), east_, {}}}, {}}, true);
  const RasterLayer layer = read_layer(folder_ / "level.vrt");
  EXPECT_EQ(layer.grid.columns, 600);
  EXPECT_EQ(layer.info.description, "level");
  EXPECT_EQ(layer.info.unit, "dBm");
  EXPECT_EQ(layer.info.metadata.at("YONDER_MODEL"), "a <model> & more");
  EXPECT_TRUE(std::isnan(layer.values[0]));    // no tile
  EXPECT_TRUE(std::isnan(layer.values[300]));  // nodata within a tile
  EXPECT_EQ(layer.values[301], -80.0F);
  EXPECT_EQ(layer.projection.name(), "EPSG:32649");
}

TEST_F(Mosaic, HasOverviewsThatLookLikeIt) {
  write_mosaic(folder_ / "level.vrt",
               {grid_,
                projection_,
                {{level_tile("w.tif", west_, -100.0F), west_, {}},
                 {level_tile("e.tif", east_, -80.0F), east_, {}}},
                {}},
               true);
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open((folder_ / "level.vrt").c_str(), GDAL_OF_RASTER));
  ASSERT_NE(dataset, nullptr);
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  ASSERT_EQ(band.GetOverviewCount(), 2);  // 300 x 150 and 150 x 75
  GDALRasterBand& coarse = *band.GetOverview(1);
  ASSERT_EQ(coarse.GetXSize(), 150);
  std::vector<float> values(150 * 75);
  ASSERT_EQ(coarse.RasterIO(GF_Read, 0, 0, 150, 75, values.data(), 150, 75, GDT_Float32, 0, 0),
            CE_None);
  EXPECT_EQ(values[10 * 150 + 10], -100.0F);
  EXPECT_EQ(values[10 * 150 + 140], -80.0F);
}

TEST_F(Mosaic, NumbersOfATileBecomeThoseOfThePlan) {
  write_mosaic(folder_ / "server.vrt",
               {grid_,
                projection_,
                {{number_tile("w.tif", west_), west_, {0, 7, 8, 9}},
                 {number_tile("e.tif", east_), east_, {0, 9, 1, 300}}},
                {{9, "nine", {1, 2, 3, 255}}}},
               false);
  const RasterLayer layer = read_layer(folder_ / "server.vrt");
  EXPECT_TRUE(std::isnan(layer.values[0]));
  EXPECT_EQ(layer.values[1], 7.0F);
  EXPECT_EQ(layer.values[3], 9.0F);
  EXPECT_EQ(layer.values[301], 9.0F);
  EXPECT_EQ(layer.values[303], 300.0F);
  ASSERT_EQ(layer.categories.size(), 1U);
  EXPECT_EQ(layer.categories[0].name, "nine");
}

TEST_F(Mosaic, NumbersBeyond65535AreKept) {
  write_mosaic(
      folder_ / "server.vrt",
      {grid_, projection_, {{number_tile("w.tif", west_), west_, {0, 65536, 2, 123456789}}}, {}},
      false);
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open((folder_ / "server.vrt").c_str(), GDAL_OF_RASTER));
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->GetRasterBand(1)->GetRasterDataType(), GDT_UInt32);
  std::vector<std::uint32_t> values(4);
  ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 4, 1, values.data(), 4, 1,
                                                GDT_UInt32, 0, 0),
            CE_None);
  EXPECT_EQ(values[1], 65536U);
  EXPECT_EQ(values[3], 123456789U);
}

TEST_F(Mosaic, AsManyNamesAsNumbersCanHaveTakeSeconds) {
  std::vector<Category> categories;
  for (int i = 1; i <= 65535; ++i)
    categories.push_back({i, "C" + std::to_string(i), {1, 2, 3, 255}});
  const MosaicTile tile{number_tile("w.tif", west_), west_, {0, 7, 65535, 9}};
  const auto start = std::chrono::steady_clock::now();
  write_mosaic(folder_ / "server.vrt", {grid_, projection_, {tile}, categories}, false);
  // A second and a half under load; with the square of the number a minute.
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 5.0);
  const RasterLayer layer = read_layer(folder_ / "server.vrt");
  ASSERT_EQ(layer.categories.size(), 65535U);
  EXPECT_EQ(layer.categories.back().name, "C65535");
  EXPECT_EQ(layer.values[2], 65535.0F);

  // One more, and there are numbers without names, whichever of them the tiles have.
  categories.push_back({65536, "C65536", {1, 2, 3, 255}});
  write_mosaic(
      folder_ / "more.vrt",
      {grid_, projection_, {{number_tile("e.tif", east_), east_, {0, 7, 8, 9}}}, categories},
      false);
  const RasterLayer more = read_layer(folder_ / "more.vrt");
  EXPECT_TRUE(more.categories.empty());
  EXPECT_EQ(more.values[301], 7.0F);
}

TEST_F(Mosaic, NamesOfAllTilesAreTaken) {
  write_mosaic(folder_ / "class.vrt",
               {grid_,
                projection_,
                {{class_tile("w.tif", west_, 1, {{1, "good", {0, 255, 0, 255}}}), west_, {}},
                 {class_tile("e.tif", east_, 2, {{2, "bad", {255, 0, 0, 255}}}), east_, {}}},
                {}},
               true);
  const RasterLayer layer = read_layer(folder_ / "class.vrt");
  ASSERT_EQ(layer.categories.size(), 2U);
  EXPECT_EQ(layer.categories[0].name, "good");
  EXPECT_EQ(layer.categories[1].name, "bad");
  EXPECT_EQ(layer.categories[1].rgba[0], 255);
  EXPECT_EQ(layer.values[0], 1.0F);
  EXPECT_EQ(layer.values[599], 2.0F);
}

TEST_F(Mosaic, TilesThatDoNotFitAreRefusedAndNothingIsLeft) {
  const std::string tile = level_tile("w.tif", west_, -100.0F);
  const auto refusal = [&](const MosaicSpec& mosaic) {
    try {
      write_mosaic(folder_ / "bad.vrt", mosaic, true);
    } catch (const GeodataError& error) {
      EXPECT_FALSE(fs::exists(folder_ / "bad.vrt"));
      return std::string(error.what());
    }
    return std::string("taken");
  };
  EXPECT_THAT(refusal({grid_, projection_, {{tile, {0, 0, 200, 300}, {}}}, {}}),
              HasSubstr("not of its window's size"));
  EXPECT_THAT(refusal({grid_, projection_, {{"tiles/absent.tif", west_, {}}}, {}}),
              HasSubstr("absent.tif"));
  EXPECT_THAT(refusal({grid_,
                       projection_,
                       {{tile, west_, {}}, {class_tile("c.tif", east_, 1, {}), east_, {}}},
                       {}}),
              HasSubstr("another type"));
  EXPECT_THAT(refusal({grid_, projection_, {}, {}}), HasSubstr("needs tiles"));
}

TEST_F(Mosaic, ReadReducedTakesMeansOfNumbers) {
  std::vector<float> values(west_.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? -100.0F : -80.0F;
  write_cog(folder_ / "tiles" / "w.tif", grid_.crop(west_), projection_, values,
            {"level", "dBm", {}});
  write_mosaic(folder_ / "level.vrt", {grid_, projection_, {{"tiles/w.tif", west_, {}}}, {}},
               false);
  const RasterLayer reduced = read_reduced(folder_ / "level.vrt", 100);
  EXPECT_EQ(reduced.grid.columns, 100);
  EXPECT_EQ(reduced.grid.rows, 50);
  EXPECT_EQ(reduced.grid.pixel_size_m, 600.0);
  EXPECT_NEAR(reduced.values[0], -90.0F, 0.01F);
  EXPECT_TRUE(std::isnan(reduced.values[99]));
}

}  // namespace
}  // namespace yonder::geodata
