#include "scenarios/scenario_overrides.h"

#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Overrides = ScenarioTest;

TEST_F(Overrides, ReplaceAValue) {
  EXPECT_EQ(load(kGoodScenario, {{"area.pixel_m", "50"}}).area.pixel_m, 50.0);
  EXPECT_EQ(load(kGoodScenario, {{"title", "{zh: 别的}"}}).title.zh, "别的");
}

TEST_F(Overrides, ReachIntoListsByIndexAndById) {
  EXPECT_EQ(
      load(kGoodScenario, {{"sites[0].cells[1].azimuth_deg", "90"}}).sites[0].cells[1].azimuth_deg,
      90.0);
  EXPECT_EQ(load(kGoodScenario, {{"sites[S01].cells[S01-2].azimuth_deg", "90"}})
                .sites[0]
                .cells[1]
                .azimuth_deg,
            90.0);
}

TEST_F(Overrides, MakeSectionsThatAreNotThere) {
  const Scenario s = load(kGoodScenario, {{"outputs.picture", "false"},
                                          {"propagation.model", "itu_p1812"},
                                          {"propagation.parameters.time_percent", "10"}});
  EXPECT_FALSE(s.outputs.picture);
  EXPECT_EQ(std::get<double>(s.propagation.parameters.at("time_percent")), 10.0);
}

TEST_F(Overrides, LaterOnesWin) {
  EXPECT_EQ(load(kGoodScenario, {{"area.pixel_m", "50"}, {"area.pixel_m", "75"}}).area.pixel_m,
            75.0);
}

TEST_F(Overrides, NullTakesAKeyOrAnItemAway) {
  const Scenario s = load(kGoodScenario, {{"sites[0].cells[0].power_w", "null"},
                                          {"sites[0].cells[0].power_dbm", "46"},
                                          {"thresholds[fair]", "null"}});
  EXPECT_EQ(s.sites[0].cells[0].total_power_dbm, 46.0);
  ASSERT_EQ(s.thresholds.size(), 1u);
  EXPECT_EQ(s.thresholds[0].id, "good");
}

TEST_F(Overrides, FilesAreRelativeToTheCurrentFolder) {
  const fs::path other = folder_ / "elsewhere";
  write("elsewhere/real.tif", "");
  const fs::path before = fs::current_path();
  fs::current_path(other);
  for (const char* value : {"[real.tif]", "real.tif", "[{path: real.tif}]", "[\"*.tif\"]"}) {
    const Scenario s = load(kGoodScenario, {{"terrain.sources", value}});
    EXPECT_THAT(s.terrain.sources[0].files, ElementsAre(other / "real.tif")) << value;
  }
  EXPECT_EQ(load(kGoodScenario, {{"terrain", "{sources: [real.tif]}"}}).terrain.sources[0].files[0],
            other / "real.tif");
  EXPECT_EQ(load(kGoodScenario, {{"terrain.sources[0]", "real.tif"}}).terrain.sources[0].files[0],
            other / "real.tif");
  EXPECT_EQ(load(kGoodScenario, {{"outputs.directory", "results"}}).outputs.directory,
            other / "results");
  fs::current_path(before);
}

TEST_F(Overrides, UnknownPathNamesTheNearest) {
  const auto expect = [&](const Override& set, const std::string& key_path,
                          const std::string& words) {
    SCOPED_TRACE(set.key_path);
    const auto found = errors(kGoodScenario, {set});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].mark.file, "--set");
    EXPECT_EQ(found[0].mark.line, 0);
    EXPECT_EQ(found[0].key_path, key_path);
    EXPECT_THAT(found[0].problem, HasSubstr(words));
  };
  expect({"area.pixel", "50"}, "area.pixel", "pixel_m");
  expect({"aera.pixel_m", "50"}, "aera", "did you mean area?");
  expect({"sites[7].lon_deg", "5"}, "sites[7].lon_deg", "sites has no item '7'; it has 1");
  expect({"sites[S1].lon_deg", "5"}, "sites[S1].lon_deg", "did you mean sites[S01]?");
  expect({"area[0]", "5"}, "area[0]", "area is a mapping, not a list");
  expect({"area.pixel_m.x", "5"}, "area.pixel_m.x", "which has no key 'x'");
  expect({"area.pixel_m", "0"}, "area.pixel_m", "above 0");
  expect({"area.pixel_m", "[1"}, "area.pixel_m", "is not valid YAML");
  expect({"terrain.sources", "*.tif"}, "terrain.sources", "put quotes");
  for (const char* path : {"", ".", "a..b", "a.", "[0]", "a[", "a[]", "a[0]b"}) {
    expect({path, "5"}, path, "is not a key path");
  }
}

TEST_F(Overrides, SitesOfATableAreNotReached) {
  const std::size_t from = kGoodScenario.find("sites:");
  const std::size_t to = kGoodScenario.find("receiver:");
  write("sites.csv",
        "site_id,lon_deg,lat_deg,cell_id,carrier,antenna,height_agl_m,power_w\n"
        "A,84,41,A-1,n28,whip,40,100\n");
  const auto found =
      errors(kGoodScenario.substr(0, from) + "sites_csv: sites.csv\n" + kGoodScenario.substr(to),
             {{"sites[A].lon_deg", "85"}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].problem, HasSubstr("changed in the table"));
}

TEST_F(Overrides, RequiredKeyTakenAwayIsMissing) {
  const auto found = errors(kGoodScenario, {{"area.pixel_m", "null"}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].key_path, "area.pixel_m");
  EXPECT_EQ(found[0].problem, "is missing");
}

}  // namespace
}  // namespace yonder::scenarios
