#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "geodata/terrain_loader.h"
#include "scenarios/scenario.h"
#include "scenarios/terrain_sketch.h"

namespace yonder::scenarios {
namespace {

const std::filesystem::path kCase =
    std::filesystem::path(YONDER_SOURCE_DIR) / "scenarios/cases/desert-highway";

geodata::LoadedTerrain load(const std::filesystem::path& file) {
  geodata::TerrainRequest request{
      .projection = geodata::Projection::from_text("EPSG:32645"),
      .grid = {{190000.0, 4630000.0}, 400.0, 500, 1000},  // 200 km by 400 km along the road
      .sources = {{file}}};
  return geodata::load_terrain(request);
}

TEST(DesertHighway, ShipsTheTerrainThatItsRecipeMakes) {
  const TerrainRecipe recipe = load_terrain_recipe(kCase / "terrain.yaml");
  const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                     ("yonder_desert_highway_" + std::to_string(getpid()) + ".tif");
  write_terrain_sketch(sketch_terrain(recipe), recipe, file);
  const geodata::LoadedTerrain made = load(file);
  const geodata::LoadedTerrain shipped = load(kCase / "terrain-synthetic.tif");
  std::filesystem::remove(file);
  EXPECT_TRUE(shipped.synthetic);
  EXPECT_EQ(shipped.no_data_pixels, 0U);
  EXPECT_EQ(made.terrain.ground_amsl_m, shipped.terrain.ground_amsl_m);
  EXPECT_LT(std::filesystem::file_size(kCase / "terrain-synthetic.tif"), 1000000U);
}

TEST(DesertHighway, HasTwentySitesOfTwoSectors) {
  const Scenario scenario = load_scenario(kCase / "scenario.yaml", {});
  ASSERT_EQ(scenario.sites.size(), 20U);
  for (const SiteConfig& site : scenario.sites) {
    EXPECT_EQ(site.cells.size(), 2U) << site.id;
    EXPECT_FALSE(site.name.zh.empty()) << site.id;
  }
}

}  // namespace
}  // namespace yonder::scenarios
