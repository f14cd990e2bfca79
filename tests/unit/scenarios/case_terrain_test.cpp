#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "geodata/terrain_loader.h"
#include "scenarios/analysis_grid.h"
#include "scenarios/scenario.h"
#include "scenarios/terrain_sketch.h"

// What the cases ship: terrain is what its recipe makes, labelled as synthetic, small, and covers
// the map.
namespace yonder::scenarios {
namespace {

const std::filesystem::path kCases =
    std::filesystem::path(YONDER_SOURCE_DIR) / "scenarios" / "cases";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (std::filesystem::exists(entry.path() / "terrain.yaml")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class CaseTerrain : public ::testing::TestWithParam<std::string> {};

TEST_P(CaseTerrain, IsWhatItsRecipeMakes) {
  const std::filesystem::path folder = kCases / GetParam();
  // Coarser than the case's own map: where its pixels lie is what counts here.
  const Scenario scenario = load_scenario(folder / "scenario.yaml", {{"area.pixel_m", "1000"}});
  const AnalysisGrid analysis = make_analysis_grid(scenario);
  const auto load = [&](const std::filesystem::path& file) {
    return geodata::load_terrain(
        {.projection = analysis.projection, .grid = analysis.grid, .sources = {{file}}});
  };
  const TerrainRecipe recipe = load_terrain_recipe(folder / "terrain.yaml");
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() /
      ("yonder_case_" + GetParam() + "_" + std::to_string(getpid()) + ".tif");
  write_terrain_sketch(sketch_terrain(recipe), recipe, file);
  const geodata::LoadedTerrain made = load(file);
  const geodata::LoadedTerrain shipped = load(folder / "terrain-synthetic.tif");
  std::filesystem::remove(file);
  EXPECT_TRUE(shipped.synthetic);
  // By their bits: beyond the file's edges there is no number.
  const auto& a = made.terrain.ground_amsl_m;
  const auto& b = shipped.terrain.ground_amsl_m;
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(a[0])), 0);
  // The grid's margin may reach beyond the file, the map not.
  EXPECT_GE(a.size() - shipped.no_data_pixels, analysis.area.size() * 97 / 100);
  EXPECT_LT(std::filesystem::file_size(folder / "terrain-synthetic.tif"), 1000000U);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, CaseTerrain, ::testing::ValuesIn(case_names()), test_name);

}  // namespace
}  // namespace yonder::scenarios
