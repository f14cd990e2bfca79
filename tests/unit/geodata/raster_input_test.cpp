#include "geodata/raster_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "geodata/error.h"
#include "tests/temporary_folder.h"

namespace yonder::geodata {
namespace {

class RasterInput : public testing::Test {
 protected:
  Grid grid_{{500000.0, 4000000.0}, 250.0, 3, 2};
  Projection projection_ = Projection::from_text("EPSG:32645");
  const test::TemporaryFolder own_;
  const std::filesystem::path folder_ = own_.path();
};

TEST_F(RasterInput, NumbersComeBackAsTheyWereWritten) {
  const std::vector<float> values = {-97.25F, std::nanf(""), 1e-3F, 0.0F, 5.5F, -130.0F};
  LayerInfo info{"SS-RSRP", "dBm", {}};
  info.metadata["YONDER_TERMINAL"] = "handset";
  write_cog(folder_ / "a.tif", grid_, projection_, values, info);
  const RasterLayer layer = read_layer(folder_ / "a.tif");
  EXPECT_FALSE(layer.categorised);
  EXPECT_EQ(layer.grid.columns, 3);
  EXPECT_EQ(layer.grid.rows, 2);
  EXPECT_EQ(layer.grid.pixel_size_m, 250.0);
  EXPECT_EQ(layer.grid.top_left.x_m, 500000.0);
  EXPECT_EQ(layer.grid.top_left.y_m, 4000000.0);
  EXPECT_EQ(layer.projection.name(), "EPSG:32645");
  EXPECT_EQ(layer.info.description, "SS-RSRP");
  EXPECT_EQ(layer.info.unit, "dBm");
  EXPECT_EQ(layer.info.metadata.at("YONDER_TERMINAL"), "handset");
  ASSERT_EQ(layer.values.size(), 6U);
  EXPECT_TRUE(std::isnan(layer.values[1]));
  for (const std::size_t i : {0U, 2U, 3U, 4U, 5U}) EXPECT_EQ(layer.values[i], values[i]);
}

TEST_F(RasterInput, CategoriesKeepNamesAndColours) {
  const std::vector<std::uint8_t> values = {0, 1, 2, 2, 1, 0};
  write_cog(folder_ / "c.tif", grid_, projection_, values, {"class", "", {}},
            {{0, "none", {0, 0, 0, 0}}, {2, "good 良好", {26, 111, 176, 255}}}, 0);
  const RasterLayer layer = read_layer(folder_ / "c.tif");
  EXPECT_TRUE(layer.categorised);
  ASSERT_EQ(layer.categories.size(), 2U);  // 1 has no name
  EXPECT_EQ(layer.categories[0].rgba[3], 0);
  EXPECT_EQ(layer.categories[1].value, 2);
  EXPECT_EQ(layer.categories[1].name, "good 良好");
  EXPECT_THAT(layer.categories[1].rgba, testing::ElementsAre(26, 111, 176, 255));
  EXPECT_TRUE(std::isnan(layer.values[0]));  // nodata
  EXPECT_EQ(layer.values[1], 1.0F);
  EXPECT_EQ(layer.values[2], 2.0F);
}

TEST_F(RasterInput, NumbersOfManyCellsAreExact) {
  const std::vector<std::uint16_t> values = {0, 1, 65535, 1000, 40000, 7};
  write_cog(folder_ / "b.tif", grid_, projection_, values, {"best server", "", {}}, {}, 0);
  const RasterLayer layer = read_layer(folder_ / "b.tif");
  EXPECT_EQ(layer.values[2], 65535.0F);
  EXPECT_EQ(layer.values[4], 40000.0F);
}

TEST_F(RasterInput, RefusesWhatIsNoLayer) {
  EXPECT_THROW(read_layer(folder_ / "absent.tif"), GeodataError);
  std::ofstream(folder_ / "text.tif") << "not a picture";
  EXPECT_THROW(read_layer(folder_ / "text.tif"), GeodataError);
  write_height_geotiff(folder_ / "degrees.tif", {84.0, 41.0, 0.01, 2, 2},
                       std::vector<float>{1, 2, 3, 4}, {"height", "m", {}});
  EXPECT_THROW(read_layer(folder_ / "degrees.tif"), GeodataError);  // not metric
}

}  // namespace
}  // namespace yonder::geodata
