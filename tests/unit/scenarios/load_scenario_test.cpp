#include <algorithm>
#include <cmath>

#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using LoadScenario = ScenarioTest;

TEST_F(LoadScenario, DecodesEverySectionIntoSiUnits) {
  const Scenario s = load(kGoodScenario);
  EXPECT_EQ(s.file, folder_ / "demo.yaml");
  EXPECT_EQ(s.id, "demo");
  EXPECT_EQ(s.title.en, "Desert highway");
  EXPECT_EQ(s.title.zh, "沙漠公路");
  EXPECT_FALSE(s.area.bounding_box);
  EXPECT_EQ(s.area.around_sites_m, 30000.0);
  EXPECT_EQ(s.area.pixel_m, 200.0);
  EXPECT_EQ(s.area.crs, "");
  EXPECT_EQ(s.calculation.radius_m, 30000.0);
  ASSERT_EQ(s.terrain.sources.size(), 1u);
  EXPECT_THAT(s.terrain.sources[0].files, ElementsAre(folder_ / "dem.tif"));
  ASSERT_EQ(s.carriers.size(), 1u);
  EXPECT_EQ(s.carriers[0].frequency_hz, 773e6);
  EXPECT_EQ(s.carriers[0].subcarrier_spacing_hz, 15e3);
  EXPECT_EQ(s.carriers[0].resource_blocks, 160);
  ASSERT_EQ(s.antennas.size(), 2u);
  const auto& panel = std::get<Sector3gppConfig>(s.antennas[0].pattern);
  EXPECT_EQ(panel.gain_dbi, 15.0);
  EXPECT_EQ(panel.horizontal_beamwidth_deg, 65.0);
  EXPECT_EQ(panel.vertical_beamwidth_deg, 7.0);
  EXPECT_EQ(panel.front_to_back_db, 30.0);
  EXPECT_EQ(panel.side_lobe_db, 30.0);
  const auto& whip = std::get<OmniConfig>(s.antennas[1].pattern);
  EXPECT_DOUBLE_EQ(whip.gain_dbi, 8.15);
  EXPECT_EQ(whip.vertical_beamwidth_deg, 0.0);
  EXPECT_EQ(whip.side_lobe_db, 20.0);
  ASSERT_EQ(s.sites.size(), 1u);
  EXPECT_EQ(s.sites[0].name.zh, "轮台");
  EXPECT_EQ(s.sites[0].position.lon_deg, 84.25);
  EXPECT_EQ(s.sites[0].position.lat_deg, 41.78);
  ASSERT_EQ(s.sites[0].cells.size(), 2u);
  const CellConfig& cell = s.sites[0].cells[0];
  EXPECT_EQ(cell.id, "S01-1");
  EXPECT_EQ(cell.carrier, 0);
  EXPECT_EQ(cell.antenna, 0);
  EXPECT_EQ(cell.height_agl_m, 40.0);
  EXPECT_EQ(cell.azimuth_deg, 120.0);
  EXPECT_EQ(cell.electrical_tilt_deg, 2.0);
  EXPECT_NEAR(cell.total_power_dbm, 53.802, 0.001);
  EXPECT_EQ(cell.feeder_loss_db, 0.5);
  EXPECT_EQ(cell.mark.line, line_of(kGoodScenario, "- id: S01-1"));
  EXPECT_EQ(s.sites[0].cells[1].antenna, 1);
  EXPECT_EQ(s.sites[0].cells[1].total_power_dbm, 46.0);
  EXPECT_EQ(s.receiver.height_agl_m, 1.5);
  EXPECT_EQ(s.propagation.model, "free_space");
  EXPECT_EQ(s.propagation.polarization, Polarization::vertical);
  EXPECT_EQ(s.propagation.short_range, ShortRange::free_space);
  ASSERT_EQ(s.thresholds.size(), 2u);
  EXPECT_EQ(s.thresholds[0].id, "good") << "strongest first";
  EXPECT_EQ(s.thresholds[1].name.en, "fair");
  EXPECT_EQ(s.outputs.directory, fs::current_path() / "out" / "demo");
  EXPECT_FALSE(s.outputs.exports.any());
  EXPECT_TRUE(s.outputs.rsrp && s.outputs.best_server && s.outputs.status && s.outputs.sites &&
              s.outputs.picture);
  EXPECT_THAT(s.input_files, ElementsAre(folder_ / "demo.yaml", folder_ / "dem.tif"));
}

TEST_F(LoadScenario, DefaultsAreThoseOfTheTableOfKeys) {
  const std::string text = replaced(good_but("receiver: {height_agl_m: 1.5}\n", ""),
                                    "title: {en: Desert highway, zh: 沙漠公路}\n", "");
  const Scenario s = load(replaced(text, "id: demo\n", ""));
  EXPECT_EQ(s.id, "demo") << "the file's name";
  EXPECT_EQ(s.title.en, "demo");
  EXPECT_EQ(s.receiver.height_agl_m, 1.5);
  EXPECT_EQ(s.receiver.gain_dbi, 0.0);
  EXPECT_EQ(s.sites[0].cells[1].mechanical_tilt_deg, 0.0);
  EXPECT_EQ(s.sites[0].cells[1].feeder_loss_db, 0.0);
  EXPECT_EQ(s.sites[0].cells[1].azimuth_deg, 0.0);
}

TEST_F(LoadScenario, FileCalledScenarioIsKnownByItsFolder) {
  write("my-case/dem.tif", "");
  const Scenario s = load_scenario(write("my-case/scenario.yaml", good_but("id: demo\n", "")), {});
  EXPECT_EQ(s.id, "my-case");
}

TEST_F(LoadScenario, TitleMayBePlainTextOrOneLanguage) {
  const std::string title = "title: {en: Desert highway, zh: 沙漠公路}";
  EXPECT_EQ(load(good_but(title, "title: Desert")).title.en, "Desert");
  EXPECT_EQ(load(good_but(title, "title: {zh: 沙漠}")).title.en, "沙漠");
}

TEST_F(LoadScenario, EveryOptionalSectionIsDecoded) {
  write("coast.geojson", "");
  write("lc.tif", "");
  std::string text = good_but("  sources: [dem.tif]\n", R"(  sources: dem.tif
  sea: {land_polygons: coast.geojson, assume_sea_level: true}
  clutter: {path: lc.tif, classes: {10: {name: forest, height_m: 15}, 20: {height_m: 0}}}
)");
  text = replaced(text, "pixel_m: 200", "pixel_m: 200\n  crs: EPSG:32645");
  text =
      replaced(text, "receiver: {height_agl_m: 1.5}",
               "receiver: {height_agl_m: 2, gain_dbd: 0, body_loss_db: 3, penetration_loss_db: 9}");
  text = replaced(text, "  model: free_space\n", R"(  model: itu_p1812
  polarization: horizontal
  parameters: {time_percent: 10}
  short_range: none
)");
  text += "outputs: {directory: results, layers: [status], sites: false, picture: false}\n";
  const Scenario s = load(text);
  EXPECT_EQ(s.area.crs, "EPSG:32645");
  EXPECT_EQ(s.terrain.land_polygons, folder_ / "coast.geojson");
  EXPECT_FALSE(s.terrain.land_mask);
  EXPECT_TRUE(s.terrain.assume_sea_level);
  ASSERT_TRUE(s.terrain.clutter);
  EXPECT_EQ(s.terrain.clutter->file, folder_ / "lc.tif");
  EXPECT_EQ(s.terrain.clutter->classes.at(10).name, "forest");
  EXPECT_EQ(s.terrain.clutter->classes.at(10).height_m, 15.0);
  EXPECT_EQ(s.terrain.clutter->classes.at(20).name, "20");
  EXPECT_DOUBLE_EQ(s.receiver.gain_dbi, 2.15);
  EXPECT_EQ(s.receiver.body_loss_db, 3.0);
  EXPECT_EQ(s.receiver.penetration_loss_db, 9.0);
  EXPECT_EQ(s.propagation.polarization, Polarization::horizontal);
  EXPECT_EQ(s.propagation.short_range, ShortRange::none);
  EXPECT_EQ(std::get<double>(s.propagation.parameters.at("time_percent")), 10.0);
  EXPECT_EQ(s.outputs.directory, folder_ / "results") << "relative to the scenario file";
  EXPECT_FALSE(s.outputs.rsrp || s.outputs.best_server || s.outputs.sites || s.outputs.picture);
  EXPECT_TRUE(s.outputs.status);
  EXPECT_THAT(s.input_files, ElementsAre(folder_ / "demo.yaml", folder_ / "dem.tif",
                                         folder_ / "coast.geojson", folder_ / "lc.tif"));
}

TEST_F(LoadScenario, ExportsAreThoseThatAreNamed) {
  const Scenario s = load(
      kGoodScenario + "outputs: {exports: [contours, pixels_csv], vector_formats: [flatgeobuf]}\n");
  const ExportConfig& exports = s.outputs.exports;
  EXPECT_TRUE(exports.contours && exports.pixels_csv && exports.flatgeobuf);
  EXPECT_FALSE(exports.png || exports.kmz || exports.footprints || exports.gpkg);
}

TEST_F(LoadScenario, GlobsAreSortedAndKeepTheOrderOfSources) {
  for (const char* name : {"tiles/b.tif", "tiles/a.tif", "tiles/c.txt"}) write(name, "");
  const Scenario s =
      load(good_but("sources: [dem.tif]", "sources: [\"tiles/*.tif\", {path: dem.tif}]"));
  ASSERT_EQ(s.terrain.sources.size(), 2u);
  EXPECT_EQ(s.terrain.sources[0].pattern, "tiles/*.tif");
  EXPECT_THAT(s.terrain.sources[0].files,
              ElementsAre(folder_ / "tiles/a.tif", folder_ / "tiles/b.tif"));
  EXPECT_THAT(s.terrain.sources[1].files, ElementsAre(folder_ / "dem.tif"));
}

TEST_F(LoadScenario, NamesWithGlobCharactersAreTakenAsWrittenWhenTheyExist) {
  write("dem[1].tif", "");
  const Scenario s = load(good_but("sources: [dem.tif]", "sources: [\"dem[1].tif\"]"));
  EXPECT_THAT(s.terrain.sources[0].files, ElementsAre(folder_ / "dem[1].tif"));
}

TEST_F(LoadScenario, FoldersAboveAGlobMayHaveItsCharacters) {
  write("old [1]/tiles/a.tif", "");
  const Scenario s = load_scenario(
      write("old [1]/x.yaml", good_but("sources: [dem.tif]", "sources: [\"tiles/?.tif\"]")), {});
  EXPECT_THAT(s.terrain.sources[0].files, ElementsAre(folder_ / "old [1]/tiles/a.tif"));
}

TEST_F(LoadScenario, VirtualFilesOfGdalPassAsWritten) {
  const Scenario s =
      load(good_but("sources: [dem.tif]", "sources: [/vsizip/dem.zip/dem.tif, dem.tif]"));
  EXPECT_THAT(s.terrain.sources[0].files, ElementsAre("/vsizip/dem.zip/dem.tif"));
  EXPECT_THAT(s.input_files, ElementsAre(folder_ / "demo.yaml", folder_ / "dem.tif"));
}

TEST_F(LoadScenario, TerrainMayBeAbsentWhenItIsNotNeededYet) {
  const fs::path file =
      write("demo.yaml", good_but("sources: [dem.tif]", "sources: [\"no/*.tif\"]"));
  EXPECT_THROW(load_scenario(file, {}), ScenarioErrors);
  EXPECT_TRUE(load_scenario(file, {}, {.terrain_must_exist = false}).terrain.sources.empty());
}

TEST_F(LoadScenario, CellDefaultsFillWhatCellsDoNotSay) {
  const std::string text = replaced(
      replaced(good_but("        power_w: 240\n", ""), ", height_agl_m: 41", ""),
      "receiver:", "cell_defaults: {power_w: 100, height_agl_m: 33, feeder_loss_db: 1}\nreceiver:");
  const Scenario s = load(text);
  EXPECT_NEAR(s.sites[0].cells[0].total_power_dbm, 50.0, 1e-9);
  EXPECT_EQ(s.sites[0].cells[0].height_agl_m, 40.0);
  EXPECT_EQ(s.sites[0].cells[0].feeder_loss_db, 0.5);
  EXPECT_EQ(s.sites[0].cells[1].height_agl_m, 33.0);
  EXPECT_EQ(s.sites[0].cells[1].feeder_loss_db, 1.0);
  EXPECT_EQ(s.sites[0].cells[1].total_power_dbm, 46.0) << "its own power_dbm goes before power_w";
}

TEST_F(LoadScenario, WrongCellDefaultIsReportedOnceAtItsLine) {
  const auto with = [](const std::string& defaults) {
    return replaced(good_but("        feeder_loss_db: 0.5\n", ""),
                    "receiver:", "cell_defaults: {" + defaults + "}\nreceiver:");
  };
  expect_error_in(with("feeder_loss_db: -1"), "cell_defaults", "cell_defaults.feeder_loss_db",
                  HasSubstr("is negative"));
  expect_error_in(with("id: x"), "cell_defaults", "cell_defaults.id", HasSubstr("no default"));
  expect_error_in(with("tilt: 3"), "cell_defaults", "cell_defaults.tilt", HasSubstr("its unit"));
}

TEST_F(LoadScenario, EchoReadsBackToTheSameScenario) {
  const Scenario s = load(kGoodScenario, {{"area.pixel_m", "50"}, {"id", "\"007\""}});
  const Scenario again = load_scenario(write("echo.yaml", s.echo), {});
  EXPECT_EQ(again.id, "007");
  EXPECT_EQ(again.area.pixel_m, 50.0);
  EXPECT_EQ(again.title.zh, "沙漠公路");
  EXPECT_EQ(again.sites[0].cells.size(), 2u);
  EXPECT_EQ(again.echo, s.echo);
}

class MeasuredAntennaTest : public ScenarioTest {
 protected:
  /// A pattern without losses; `tilt` is its TILT line or nothing.
  void write_pattern(const std::string& tilt) const {
    std::string text = "NAME flat\nGAIN 15 dBi\n" + tilt;
    for (const char* cut : {"HORIZONTAL 360\n", "VERTICAL 360\n"}) {
      text += cut;
      for (int i = 0; i < 360; ++i) text += std::to_string(i) + " 0\n";
    }
    write("flat.msi", text);
  }
  static std::string measured(const std::string& cell_tilt) {
    return replaced(good_but("type: sector_3gpp, gain_dbi: 15, vertical_beamwidth_deg: 7",
                             "type: pattern_file, file: flat.msi"),
                    "        electrical_tilt_deg: 2\n", cell_tilt);
  }
};

TEST_F(MeasuredAntennaTest, IsReadAndBringsItsTilt) {
  write_pattern("ELECTRICAL_TILT 4\n");
  const Scenario s = load(measured(""));
  const auto& pattern = std::get<PatternFileConfig>(s.antennas[0].pattern);
  EXPECT_EQ(pattern.spec.gain_dbi, 15.0);
  EXPECT_EQ(pattern.electrical_tilt_deg, 4.0);
  EXPECT_EQ(s.sites[0].cells[0].electrical_tilt_deg, 4.0);
  EXPECT_EQ(s.input_files.back(), folder_ / "flat.msi");
  EXPECT_NO_THROW(load(measured("        electrical_tilt_deg: 4\n")));
}

TEST_F(MeasuredAntennaTest, CannotBeTiltedOtherwiseThanMeasured) {
  write_pattern("ELECTRICAL_TILT 4\n");
  expect_error_in(measured("        electrical_tilt_deg: 2\n"), "electrical_tilt_deg",
                  "sites[0].cells[0].electrical_tilt_deg", HasSubstr("measured at 4°"));
  write_pattern("");
  expect_error_in(measured("        electrical_tilt_deg: 2\n"), "electrical_tilt_deg",
                  "sites[0].cells[0].electrical_tilt_deg", HasSubstr("does not state a tilt"));
  EXPECT_NO_THROW(load(measured("        electrical_tilt_deg: 0\n")));
}

TEST_F(MeasuredAntennaTest, ErrorsOfThePatternNameItsFile) {
  write("flat.msi", "NAME x\nGAIN 15\n");
  const auto found = errors(measured(""));
  ASSERT_FALSE(found.empty());
  for (const ScenarioError& error : found) {
    EXPECT_EQ(error.mark.file, (folder_ / "flat.msi").string());
  }
}

}  // namespace
}  // namespace yonder::scenarios
