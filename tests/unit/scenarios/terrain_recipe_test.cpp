#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "geodata/terrain_loader.h"
#include "scenarios/scenario_error.h"
#include "scenarios/terrain_sketch.h"
#include "tests/temporary_folder.h"

namespace yonder::scenarios {
namespace {

using ::testing::HasSubstr;

constexpr const char* kGood = R"(yonder_terrain: 1
name: test
seed: 12
step_arcsec: 30
box: {west_deg: 84, south_deg: 39, east_deg: 84.2, north_deg: 39.1}
known_heights:
  - {lon_deg: 84, lat_deg: 39, height_amsl_m: 1000}
  - {lon_deg: 84.2, lat_deg: 39, height_amsl_m: 1010}
  - {lon_deg: 84, lat_deg: 39.1, height_amsl_m: 1020, name: a town}
dune_fields:
  - name: ridges
    polygon_lon_lat_deg: [[84, 39], [84.2, 39], [84.1, 39.1]]
    ridge_azimuth_deg: 20
    height_m: 40
    spacing_m: 2500
roughness: {rms_m: 1}
)";

class TerrainRecipeTest : public ::testing::Test {
 protected:
  TerrainRecipe load(const std::string& text) {
    std::ofstream(folder_ / "recipe.yaml") << text;
    return load_terrain_recipe(folder_ / "recipe.yaml");
  }
  /// The refusal of the good recipe with `from` replaced by `to`.
  std::string refusal(const std::string& from, const std::string& to) {
    std::string text = kGood;
    text.replace(text.find(from), from.size(), to);
    try {
      load(text);
    } catch (const ScenarioErrors& errors) {
      return errors.what();
    }
    return "accepted";
  }

  const test::TemporaryFolder own_;
  const std::filesystem::path folder_ = own_.path();
};

TEST_F(TerrainRecipeTest, ReadsARecipe) {
  const TerrainRecipe recipe = load(kGood);
  EXPECT_EQ(recipe.name, "test");
  EXPECT_EQ(recipe.seed, 12U);
  EXPECT_EQ(recipe.step_arcsec, 30.0);
  EXPECT_EQ(recipe.rounding_m, 1.0);
  EXPECT_EQ(recipe.box.east_deg, 84.2);
  ASSERT_EQ(recipe.known_heights.size(), 3U);
  EXPECT_EQ(recipe.known_heights[2].height_amsl_m, 1020.0);
  ASSERT_EQ(recipe.dune_fields.size(), 1U);
  EXPECT_EQ(recipe.dune_fields[0].polygon.size(), 3U);
  EXPECT_EQ(recipe.dune_fields[0].spacing_m, 2500.0);
  EXPECT_EQ(recipe.roughness.rms_m, 1.0);
}

TEST_F(TerrainRecipeTest, RefusesWithFileAndLine) {
  EXPECT_THAT(refusal("seed: 12", "sed: 12"), HasSubstr("recipe.yaml:3: sed: is no key"));
  EXPECT_THAT(refusal("seed: 12", "seed: 1.5"), HasSubstr("recipe.yaml:3: seed: must be a whole"));
  EXPECT_THAT(refusal("seed: 12", "seed: 12\nseed: 13"), HasSubstr("recipe.yaml:4: seed"));
  EXPECT_THAT(refusal("name: test\n", ""), HasSubstr("name: is missing"));
  EXPECT_THAT(refusal("step_arcsec: 30", "step_arcsec: 0"),
              HasSubstr("recipe.yaml:4: step_arcsec"));
  EXPECT_THAT(refusal("step_arcsec: 30", "step_arcsec: 30 m"), HasSubstr("a number alone"));
  EXPECT_THAT(refusal("west_deg: 84,", "west_deg: 85,"), HasSubstr("recipe.yaml:5: box"));
  EXPECT_THAT(refusal("height_amsl_m: 1010", "height_m: 1010"),
              HasSubstr("recipe.yaml:8: known_heights[1].height_amsl_m: is missing"));
  EXPECT_THAT(refusal("lon_deg: 84.2, lat_deg: 39,", "lon_deg: 84, lat_deg: 39,"),
              HasSubstr("a place that has one"));
  EXPECT_THAT(refusal("[84.1, 39.1]]", "[84.1]]"), HasSubstr("recipe.yaml:12"));
  EXPECT_THAT(refusal("[84.1, 39.1]]", "[39.1, 84.1]]"), HasSubstr("in this order"));
  EXPECT_THAT(refusal("height_m: 40", "height_m: -40"), HasSubstr("dune_fields[0].height_m"));
  EXPECT_THROW(load_terrain_recipe(folder_ / "absent.yaml"), ScenarioErrors);
  EXPECT_THROW(load(""), ScenarioErrors);
  EXPECT_THROW(load("- 1\n"), ScenarioErrors);
}

TEST_F(TerrainRecipeTest, ItsFileIsTerrainThatSaysItIsSynthetic) {
  const TerrainRecipe recipe = load(kGood);
  const std::filesystem::path file = folder_ / "sketch.tif";
  write_terrain_sketch(sketch_terrain(recipe), recipe, file);
  const geodata::RasterSummary summary = geodata::inspect_raster(file);
  EXPECT_TRUE(summary.synthetic);
  EXPECT_EQ(summary.columns, 24);
  EXPECT_EQ(summary.rows, 12);
  EXPECT_NEAR(summary.west_deg, 84.0, 1e-9);
  EXPECT_NEAR(summary.north_deg, 39.1, 1e-9);
  // Nothing half-written is left beside it.
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 2);
}

TEST_F(TerrainRecipeTest, ReadsHillsValleysAndACoast) {
  std::ofstream(folder_ / "land.geojson")
      << R"({"type": "FeatureCollection", "features": [{"type": "Feature",
    "properties": {}, "geometry": {"type": "Polygon", "coordinates":
    [[[84, 39], [84.1, 39], [84.1, 39.05], [84, 39]]]}}]})";
  const TerrainRecipe recipe = load(std::string(kGood) + R"(hills:
  - {name: hills, rms_m: 80, scale_m: 6000, octaves: 4}
valleys:
  - {name: river, floor_width_m: 200, wall_slope_deg: 30, line_lon_lat_height: [[84, 39.02, 950], [84.2, 39.03, 940]]}
coast: {land_polygons: land.geojson, shore_slope_deg: 4, lowest_land_m: 2}
)");
  ASSERT_EQ(recipe.hills.size(), 1U);
  EXPECT_EQ(recipe.hills[0].octaves, 4);
  EXPECT_TRUE(recipe.hills[0].polygon.empty());
  ASSERT_EQ(recipe.valleys.size(), 1U);
  EXPECT_EQ(recipe.valleys[0].line.at(1).height_amsl_m, 940.0);
  ASSERT_TRUE(recipe.coast.has_value());
  ASSERT_EQ(recipe.coast->rings.size(), 1U);
  EXPECT_EQ(recipe.coast->rings[0].at(2).lat_deg, 39.05);
  EXPECT_EQ(recipe.coast->inland_m, 5000.0);
}

TEST_F(TerrainRecipeTest, SaysWhatIsWrongWithHillsValleysAndTheCoast) {
  const std::string hills = refusal(
      "roughness:", "hills:\n  - {name: h, rms_m: 80, scale_m: 6000, octaves: 2.5}\nroughness:");
  EXPECT_THAT(hills, HasSubstr("hills[0].octaves: must be a whole number"));
  const std::string valleys =
      refusal("roughness:",
              "valleys:\n  - {name: v, floor_width_m: 20, wall_slope_deg: 90, "
              "line_lon_lat_height: [[84, 39], [84, 39.1, 9999]]}\nroughness:");
  EXPECT_THAT(valleys, HasSubstr("wall_slope_deg: is 90, not within 0.1 to 85"));
  EXPECT_THAT(valleys, HasSubstr("must be a list of longitude, latitude and height"));
  EXPECT_THAT(valleys, HasSubstr("no place on earth"));
  const std::string coast =
      refusal("roughness:", "coast: {land_polygons: none.geojson, shore_slope_deg: 4}\nroughness:");
  EXPECT_THAT(coast, HasSubstr("coast.land_polygons: cannot be opened"));
}

}  // namespace
}  // namespace yonder::scenarios
