#include <limits>

#include "scenarios/scenario_error.h"
#include "scenarios/scenario_keys.h"
#include "tests/unit/scenarios/scenario_fixture.h"

// Every test changes one thing of a good scenario and checks line, key path and words of the error.
namespace yonder::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using ScenarioErrorsTest = ScenarioTest;

TEST_F(ScenarioErrorsTest, UnknownKeyNamesTheNearestValidOne) {
  expect_error("pixel_m: 200", "pixel_m: 200\n  bounding_bx: {}", "bounding_bx", "area.bounding_bx",
               HasSubstr("did you mean bounding_box?"));
}

TEST_F(ScenarioErrorsTest, UnknownKeyFarFromAllListsWhatIsValid) {
  const std::string text = good_but("receiver: {", "receiver: {colour: red, ");
  const auto found = errors(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].key_path, "receiver.colour");
  EXPECT_THAT(found[0].valid_example, HasSubstr("height_agl_m, gain_dbi"));
}

TEST_F(ScenarioErrorsTest, QuantityWithoutUnitNamesTheKeyWithUnit) {
  const std::string antenna = "gain_dbi: 15";
  expect_error(antenna, "gain_dbi: 15, gain: 15", "gain: 15", "antennas[0].gain",
               AllOf(HasSubstr("needs its unit"), HasSubstr("gain_dbi or gain_dbd")));
  expect_error(antenna, "gain_dbi: 15, gain_db: 15", "gain_db: 15", "antennas[0].gain_db",
               AllOf(HasSubstr("over which antenna"), HasSubstr("gain_dbi or gain_dbd")));
  const std::string cell = "electrical_tilt_deg: 2";
  const std::string path = "sites[0].cells[0].";
  expect_error(cell, "power: 5", "power: 5", path + "power", HasSubstr("power_w or power_dbm"));
  expect_error(cell, "height: 5", "height: 5", path + "height", HasSubstr("write height_agl_m"));
  expect_error(cell, "height_m: 5", "height_m: 5", path + "height_m", HasSubstr("above what"));
  expect_error(cell, "azimuth: 5", "azimuth: 5", path + "azimuth", HasSubstr("azimuth_deg"));
  expect_error(cell, "tilt_deg: 5", "tilt_deg: 5", path + "tilt_deg",
               HasSubstr("mechanical_tilt_deg or electrical_tilt_deg"));
  expect_error(cell, "power_kw: 5", "power_kw: 5", path + "power_kw",
               HasSubstr("write power_w or power_dbm"));
  expect_error("{id: n28,", "{id: n28, frequency: 773,", "frequency: 773", "carriers[0].frequency",
               HasSubstr("frequency_mhz"));
  expect_error("lat_deg: 41.78", "lat_deg: 41.78\n    latitude: 41", "latitude: 41",
               "sites[0].latitude", HasSubstr("lat_deg"));
}

TEST_F(ScenarioErrorsTest, HeightAboveTheSeaIsRefusedInWords) {
  expect_error("height_agl_m: 40\n", "height_agl_m: 40\n        height_amsl_m: 960\n",
               "height_amsl_m", "sites[0].cells[0].height_amsl_m",
               AllOf(HasSubstr("above the ground, not above the sea"), HasSubstr("height_agl_m")));
}

TEST_F(ScenarioErrorsTest, MissingKeyHasTheLineOfItsMapping) {
  expect_error("        carrier: n28\n", "", "- id: S01-1", "sites[0].cells[0].carrier",
               HasSubstr("is missing"));
  expect_error("calculation: {radius_km: 30}", "calculation: {}",
               "calculation:", "calculation.radius_km", HasSubstr("is missing"));
  expect_error("yonder: 1\n", "", "id: demo", "yonder", HasSubstr("is missing"));
}

TEST_F(ScenarioErrorsTest, KeyWithoutValueIsNamed) {
  expect_error("radius_km: 30", "radius_km: ", "radius_km", "calculation.radius_km",
               HasSubstr("has no value"));
  expect_error("id: demo", "id:", "id:", "id", HasSubstr("has no value"));
}

TEST_F(ScenarioErrorsTest, DuplicateKeyNamesBothLines) {
  const std::string text = good_but("  pixel_m: 200", "  pixel_m: 200\n  pixel_m: 100");
  expect_error_in(text, "pixel_m: 100", "area.pixel_m", HasSubstr("given twice, first in line 6"));
}

TEST_F(ScenarioErrorsTest, OtherFormatVersionIsRefused) {
  expect_error("yonder: 1", "yonder: 2", "yonder: 2", "yonder", HasSubstr("must be 1"));
}

TEST_F(ScenarioErrorsTest, YamlSyntaxErrorHasLineAndColumn) {
  const std::string text = good_but("calculation: {radius_km: 30}", "calculation: {radius_km: 30");
  const auto found = errors(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GE(found[0].mark.line, line_of(text, "calculation"));
  EXPECT_LE(found[0].mark.line, line_of(text, "terrain") + 1);
  EXPECT_GT(found[0].mark.column, 0);
  EXPECT_THAT(found[0].problem, AllOf(HasSubstr("column"), HasSubstr("is not valid YAML")));
  EXPECT_EQ(errors("a: [1, 2\nb: 'x")[0].mark.file, (folder_ / "demo.yaml").string());
  EXPECT_EQ(errors("yonder: 1\n\tid: x\n")[0].mark.line, 2);
}

TEST_F(ScenarioErrorsTest, WhatYamlOffersBeyondScenariosIsRefused) {
  EXPECT_THAT(errors("yonder: 1\n---\nyonder: 1\n")[0].problem, HasSubstr("another"));
  EXPECT_THAT(errors("yonder: !!int 1\n")[0].problem, HasSubstr("tags are not used"));
  EXPECT_THAT(errors("a: &x {b: 1}\nc:\n  <<: *x\n")[0].problem, HasSubstr("merge keys"));
  EXPECT_THAT(errors("[a, b]: 1\n")[0].problem, HasSubstr("a key must be a word"));
  EXPECT_THAT(errors("a: &x [*x]\n"), testing::Not(IsEmpty()));
  EXPECT_THAT(errors("")[0].problem, HasSubstr("empty"));
  EXPECT_THAT(errors("# nothing\n")[0].problem, HasSubstr("empty"));
  EXPECT_THAT(errors("- 1\n")[0].problem, HasSubstr("not a list"));
  EXPECT_THAT(errors("just text")[0].problem, HasSubstr("mapping"));
}

TEST_F(ScenarioErrorsTest, AliasesThatMultiplyAreRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += (k == 0 ? "" : ", ") + last;
    bomb += "]\n";
  }
  EXPECT_THAT(errors(bomb)[0].problem, HasSubstr("multiply"));
}

// Found by fuzzing as a slow input: lines enough for seconds and gigabytes below the limit of a
// document.
TEST_F(ScenarioErrorsTest, AnchorsAndAliasesCopyNoMoreThanAPersonWrites) {
  // 200 anchors within each other around 5000 values: each is a copy of all that is in it.
  std::string nested = "a: ";
  for (int i = 0; i < 200; ++i) nested += "&n" + std::to_string(i) + " [";
  for (int i = 0; i < 5000; ++i) nested += "1, ";
  nested += "1" + std::string(200, ']') + "\n";
  EXPECT_THAT(errors(nested)[0].problem, HasSubstr("multiply"));
  std::string few = "a: &a [";
  for (int i = 0; i < 10000; ++i) few += "1, ";
  few += "1]\nb: [";
  for (int i = 0; i < 40; ++i) few += "*a, ";
  EXPECT_THAT(errors(few + "1]\n")[0].problem, HasSubstr("multiply"));
  // What cells have in common, for ten thousand of them, is not much.
  std::string many = "a: &a {carrier: n28, antenna: panel, power_w: 40, height_agl_m: 30}\nb: [";
  for (int i = 0; i < 10000; ++i) many += "*a, ";
  EXPECT_THAT(errors(many + "1]\n")[0].problem, testing::Not(HasSubstr("multiply")));
}

TEST_F(ScenarioErrorsTest, DeepNestingIsRefusedNotACrash) {
  EXPECT_THAT(errors("a: " + std::string(100000, '[')), testing::Not(IsEmpty()));
}

TEST_F(ScenarioErrorsTest, AliasesOfValuesWork) {
  const std::string text =
      replaced(good_but("power_w: 240", "power_w: &p 240"), "power_dbm: 46", "power_w: *p");
  const Scenario s = load(text);
  EXPECT_EQ(s.sites[0].cells[1].total_power_dbm, s.sites[0].cells[0].total_power_dbm);
}

TEST_F(ScenarioErrorsTest, NumbersThatYamlReadersReadDifferentlyAreRefused) {
  const auto refuse = [&](const std::string& number, const std::string& words) {
    SCOPED_TRACE(number);
    expect_error("pixel_m: 200", "pixel_m: " + number, "pixel_m", "area.pixel_m", HasSubstr(words));
  };
  refuse("0200", "leading zero");
  refuse("0x20", "decimal number");
  refuse("0o20", "decimal number");
  refuse(".nan", "finite");
  refuse(".inf", "finite");
  refuse("-.Inf", "finite");
  refuse("1e400", "too large");
  refuse("\"200\"", "in quotes is text");
  refuse("200 m", "unit is in the key");
  refuse("1_000", "number alone");
  refuse("0,5", "decimal point");
  refuse("wide", "must be a number");
  refuse("[200]", "not a list");
  refuse("true", "must be a number");
}

TEST_F(ScenarioErrorsTest, NumbersMayHaveAnExponentOrASign) {
  EXPECT_EQ(load(good_but("pixel_m: 200", "pixel_m: 2e2")).area.pixel_m, 200.0);
  EXPECT_EQ(load(good_but("pixel_m: 200", "pixel_m: +200.0")).area.pixel_m, 200.0);
  EXPECT_EQ(
      load(good_but("resource_blocks: 160", "resource_blocks: 1.6e2")).carriers[0].resource_blocks,
      160);
  EXPECT_EQ(
      load(good_but("feeder_loss_db: 0.5", "feeder_loss_db: .5")).sites[0].cells[0].feeder_loss_db,
      0.5);
  EXPECT_EQ(load(good_but("feeder_loss_db: 0.5", "feeder_loss_db: 0.50"))
                .sites[0]
                .cells[0]
                .feeder_loss_db,
            0.5);
}

TEST_F(ScenarioErrorsTest, TextIsTakenAsItStands) {
  const Scenario s = load(good_but("id: demo", "id: 010"));
  EXPECT_EQ(s.id, "010");
  expect_error("id: demo", "id: true", "id: true", "id", HasSubstr("quotes"));
  EXPECT_EQ(load(good_but("id: demo", "id: \"true\"")).id, "true");
  expect_error("id: demo", "id: a/b", "id: a/b", "id", HasSubstr("folder"));
}

TEST_F(ScenarioErrorsTest, BooleansAreTrueOrFalseOnly) {
  const std::string more = kGoodScenario + "outputs: {picture: yes}\n";
  expect_error_in(more, "outputs", "outputs.picture", HasSubstr("true or false, not 'yes'"));
}

TEST_F(ScenarioErrorsTest, SectionsListsAndValuesAreNotMixedUp) {
  expect_error("receiver: {height_agl_m: 1.5}", "receiver: 1.5", "receiver", "receiver",
               HasSubstr("must be a mapping"));
  expect_error("title: {en: Desert highway, zh: 沙漠公路}", "title: [a]", "title", "title",
               HasSubstr("must be text"));
  expect_error("id: demo", "id: {en: x}", "id: {", "id", HasSubstr("must be text, not a mapping"));
  const std::string text = good_but("  - {id: fair, rsrp_dbm: -115}", "  - fair");
  expect_error_in(text, "- fair", "thresholds[0]", HasSubstr("must be a mapping"));
}

TEST_F(ScenarioErrorsTest, SeveralErrorsComeTogetherInTheOrderOfLines) {
  const auto found = errors(
      replaced(replaced(good_but("pixel_m: 200", "pixel_m: -1"), "power_w: 240", "power_w: 0"),
               "yonder: 1", "yonder: 7"));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].key_path, "yonder");
  EXPECT_EQ(found[1].key_path, "area.pixel_m");
  EXPECT_EQ(found[2].key_path, "sites[0].cells[0].power_w");
  EXPECT_EQ(found[1].text(),
            (folder_ / "demo.yaml").string() +
                ":6: area.pixel_m: is negative (-1); it must be above 0, up to 100000 "
                "m. Valid: pixel_m: 200");
}

TEST_F(ScenarioErrorsTest, PowerIsGivenOnceAndIsPositive) {
  const std::string path = "sites[0].cells[0].";
  expect_error("power_w: 240", "power_w: -3", "power_w", path + "power_w",
               HasSubstr("is negative (-3)"));
  expect_error("power_w: 240", "power_w: 0", "power_w", path + "power_w", HasSubstr("above 0"));
  expect_error("power_w: 240", "power_w: 240\n        power_dbm: 53", "power_dbm: 53",
               path + "power_dbm", HasSubstr("given twice"));
  expect_error("        power_w: 240\n", "", "- id: S01-1", path + "power_w",
               HasSubstr("is missing"));
}

TEST_F(ScenarioErrorsTest, GainIsGivenOnce) {
  expect_error("gain_dbi: 15", "gain_dbi: 15, gain_dbd: 13", "gain_dbi: 15", "antennas[0].gain_dbd",
               HasSubstr("given twice"));
  expect_error("gain_dbi: 15, ", "", "type: sector_3gpp", "antennas[0].gain_dbi",
               HasSubstr("is missing"));
}

TEST_F(ScenarioErrorsTest, IdsAreUniqueAndBothLinesAreNamed) {
  const std::string second_cell = good_but("id: S01-2", "id: S01-1");
  expect_error_in(second_cell, "{id: S01-1", "sites[0].cells[1].id",
                  HasSubstr("cell 'S01-1' is defined twice, first in line " +
                            std::to_string(line_of(second_cell, "- id: S01-1"))));
  const std::string antenna = good_but("id: whip", "id: panel");
  const auto found = errors(antenna);
  ASSERT_EQ(found.size(), 2u) << "the cell's reference to whip is wrong too";
  EXPECT_EQ(found[0].key_path, "antennas[1].id");
  expect_error("thresholds:\n", "thresholds:\n  - {id: good, rsrp_dbm: -90}\n", "name: {en: Good",
               "thresholds[2].id", HasSubstr("first in line"));
  expect_error("antennas:\n",
               "  - {id: n28, frequency_mhz: 700, subcarrier_spacing_khz: 15, resource_blocks: "
               "50}\nantennas:\n",
               "frequency_mhz: 700", "carriers[1].id", HasSubstr("carrier 'n28'"));
  expect_error(
      "receiver:",
      "  - {id: S01, lon_deg: 84, lat_deg: 41, cells: [{id: x, carrier: n28, antenna: whip, "
      "height_agl_m: 30, power_w: 1}]}\nreceiver:",
      "lon_deg: 84,", "sites[1].id", HasSubstr("site 'S01' is defined twice"));
}

TEST_F(ScenarioErrorsTest, EmptyListsAreNamed) {
  const std::size_t from = kGoodScenario.find("sites:");
  const std::size_t to = kGoodScenario.find("receiver:");
  const std::string head = kGoodScenario.substr(0, from);
  const std::string tail = kGoodScenario.substr(to);
  expect_error_in(head + "sites: []\n" + tail, "sites:", "sites", HasSubstr("empty list"));
  expect_error_in(head + tail, "yonder: 1", "sites", HasSubstr("there are no sites"));
  expect_error_in(head + "sites: [{id: a, lon_deg: 84, lat_deg: 41, cells: []}]\n" + tail,
                  "sites:", "sites[0].cells", HasSubstr("empty list"));
  expect_error("sources: [dem.tif]", "sources: []", "sources", "terrain.sources",
               HasSubstr("empty list"));
}

TEST_F(ScenarioErrorsTest, UnknownReferencesNameTheNearest) {
  expect_error("carrier: n28\n", "carrier: n82\n", "carrier: n82", "sites[0].cells[0].carrier",
               AllOf(HasSubstr("no carrier 'n82'"), HasSubstr("did you mean 'n28'?")));
  expect_error("antenna: panel", "antenna: panle", "antenna: panle", "sites[0].cells[0].antenna",
               AllOf(HasSubstr("no antenna 'panle'"), HasSubstr("did you mean 'panel'?")));
}

TEST_F(ScenarioErrorsTest, UnknownModelNamesTheNearest) {
  expect_error("model: free_space", "model: freespace", "model: freespace", "propagation.model",
               AllOf(HasSubstr("no model 'freespace'"), HasSubstr("did you mean 'free_space'?")));
}

TEST_F(ScenarioErrorsTest, WordsAreAmongTheirChoices) {
  expect_error("model: free_space", "model: free_space\n  polarization: vertcal", "polarization",
               "propagation.polarization", HasSubstr("one of vertical, horizontal"));
  expect_error("model: free_space", "model: free_space\n  short_range: fs", "short_range",
               "propagation.short_range", HasSubstr("one of free_space, none"));
  expect_error("type: omni", "type: omnni", "type: omnni", "antennas[1].type",
               HasSubstr("one of omni, sector_3gpp, pattern_file"));
  expect_error_in(kGoodScenario + "outputs: {layers: [rsrp, best_serve]}\n", "outputs",
                  "outputs.layers[1]", HasSubstr("did you mean 'best_server'?"));
  expect_error_in(kGoodScenario + "outputs: {exports: [kmz, countours]}\n", "outputs",
                  "outputs.exports[1]", HasSubstr("did you mean 'contours'?"));
  expect_error_in(kGoodScenario + "outputs: {exports: [kmz], vector_formats: [gpkg, shp]}\n",
                  "outputs", "outputs.vector_formats[1]",
                  HasSubstr("there is no vector format 'shp'"));
}

TEST_F(ScenarioErrorsTest, ExportsHaveTheLayersThatTheyAreMadeOf) {
  expect_error_in(kGoodScenario + "outputs: {layers: [best_server], exports: [footprints, kmz]}\n",
                  "outputs", "outputs.exports[1]",
                  HasSubstr("'kmz' is made of layer rsrp, which outputs.layers leaves out"));
  expect_error_in(kGoodScenario + "outputs: {layers: [rsrp], exports: [kmz, footprints]}\n",
                  "outputs", "outputs.exports[1]", HasSubstr("made of layer best_server"));
}

TEST_F(ScenarioErrorsTest, CarriersAreSane) {
  expect_error("frequency_mhz: 773", "frequency_mhz: 0", "frequency_mhz",
               "carriers[0].frequency_mhz", HasSubstr("above 0"));
  expect_error("frequency_mhz: 773", "frequency_mhz: -773", "frequency_mhz",
               "carriers[0].frequency_mhz", HasSubstr("is negative (-773)"));
  expect_error("subcarrier_spacing_khz: 15", "subcarrier_spacing_khz: 20", "subcarrier",
               "carriers[0].subcarrier_spacing_khz", HasSubstr("15, 30, 60 or 120 kHz, not 20"));
  expect_error("resource_blocks: 160", "resource_blocks: 276", "resource",
               "carriers[0].resource_blocks", HasSubstr("1 to 275"));
  expect_error("resource_blocks: 160", "resource_blocks: 160.5", "resource",
               "carriers[0].resource_blocks", HasSubstr("whole number"));
}

TEST_F(ScenarioErrorsTest, FrequencyAndHeightsKeepTheModelsRanges) {
  const std::string p1812 = good_but("model: free_space", "model: itu_p1812");
  ASSERT_THAT(errors(p1812), IsEmpty());
  const auto expect_range = [&](const std::string& from, const std::string& to,
                                const std::string& key_path, const std::string& words) {
    SCOPED_TRACE(to);
    expect_error_in(replaced(p1812, from, to), to, key_path,
                    AllOf(HasSubstr("range of model itu_p1812"), HasSubstr(words)));
  };
  expect_range("frequency_mhz: 773", "frequency_mhz: 28000", "carriers[0].frequency_mhz",
               "30 to 6000 MHz");
  expect_range("height_agl_m: 40\n", "height_agl_m: 4000\n", "sites[0].cells[0].height_agl_m",
               "3000");
  expect_range("height_agl_m: 1.5", "height_agl_m: 0.5", "receiver.height_agl_m", "1 to 3000");
}

TEST_F(ScenarioErrorsTest, ModelParametersAreCheckedByTheModel) {
  const auto with = [&](const std::string& parameters) {
    return good_but("model: free_space", "model: itu_p1812\n  parameters:\n" + parameters);
  };
  ASSERT_THAT(errors(with("    time_percent: 10\n    delta_n_per_km: 31\n")), IsEmpty());
  EXPECT_EQ(std::get<double>(
                load(with("    time_percent: 10\n")).propagation.parameters.at("time_percent")),
            10.0);
  expect_error_in(with("    time_percent: 80\n"), "time_percent: 80",
                  "propagation.parameters.time_percent", HasSubstr("80 is above 50"));
  expect_error_in(with("    time_pct: 10\n"), "time_pct", "propagation.parameters.time_pct",
                  HasSubstr("did you mean 'time_percent'"));
  expect_error_in(with("    time_percent: often\n"), "often", "propagation.parameters.time_percent",
                  HasSubstr("must be a number"));
  expect_error_in(with("    time_percent: [10]\n"), "[10]", "propagation.parameters.time_percent",
                  HasSubstr("not a list"));
  const auto both = errors(with("    time_percent: 80\n    location_percent: 0\n"));
  EXPECT_EQ(both.size(), 2u) << "several at once";
  expect_error("model: free_space", "model: free_space\n  parameters: {loss: 3}", "parameters",
               "propagation.parameters.loss", HasSubstr("has no parameter 'loss'"));
}

TEST_F(ScenarioErrorsTest, AntennaKeysBelongToTheirType) {
  expect_error("gain_dbd: 6", "gain_dbd: 6, horizontal_beamwidth_deg: 65", "whip",
               "antennas[1].horizontal_beamwidth_deg",
               HasSubstr("no meaning for an antenna of type omni"));
  expect_error(", vertical_beamwidth_deg: 7", "", "sector_3gpp",
               "antennas[0].vertical_beamwidth_deg", HasSubstr("is missing"));
  const std::string measured = replaced(good_but("type: omni, gain_dbd: 6", "type: pattern_file"),
                                        "{id: S01-2,", "{id: S01-2, azimuth_deg: 0,");
  expect_error_in(measured, "pattern_file", "antennas[1].file", HasSubstr("is missing"));
  expect_error_in(replaced(measured, "type: pattern_file", "type: pattern_file, file: x.msi"),
                  "pattern_file", "antennas[1].file", HasSubstr("there is no file"));
}

TEST_F(ScenarioErrorsTest, DirectionalCellsNeedAnAzimuth) {
  expect_error("        azimuth_deg: 120\n", "", "- id: S01-1", "sites[0].cells[0].azimuth_deg",
               HasSubstr("is missing"));
}

TEST_F(ScenarioErrorsTest, AreaSaysOneExtent) {
  expect_error("  around_sites_km: 30\n", "", "pixel_m", "area",
               HasSubstr("needs around_sites_km or bounding_box"));
  expect_error("  around_sites_km: 30\n",
               "  around_sites_km: 30\n  bounding_box: {west_deg: 84, south_deg: 41, east_deg: 85, "
               "north_deg: 42}\n",
               "around_sites_km", "area", HasSubstr("has both"));
  expect_error("pixel_m: 200", "pixel_m: 0", "pixel_m", "area.pixel_m", HasSubstr("above 0"));
  expect_error("around_sites_km: 30", "around_sites_km: 0", "around_sites_km",
               "area.around_sites_km", HasSubstr("above 0"));
  expect_error("radius_km: 30", "radius_km: -30", "radius_km", "calculation.radius_km",
               HasSubstr("is negative (-30)"));
  expect_error("radius_km: 30", "radius_km: 0", "radius_km", "calculation.radius_km",
               HasSubstr("above 0"));
}

class BoundingBoxTest : public ScenarioTest {
 protected:
  static std::string boxed(const std::string& west, const std::string& south,
                           const std::string& east, const std::string& north) {
    return good_but("around_sites_km: 30", "bounding_box: {west_deg: " + west +
                                               ", south_deg: " + south + ", east_deg: " + east +
                                               ", north_deg: " + north + "}");
  }
};

TEST_F(BoundingBoxTest, IsTakenInDegrees) {
  const Scenario s = load(boxed("84", "41", "85", "42"));
  ASSERT_TRUE(s.area.bounding_box);
  EXPECT_EQ(s.area.bounding_box->west_deg, 84.0);
  EXPECT_EQ(s.area.bounding_box->south_deg, 41.0);
  EXPECT_EQ(s.area.bounding_box->east_deg, 85.0);
  EXPECT_EQ(s.area.bounding_box->north_deg, 42.0);
}

TEST_F(BoundingBoxTest, AcrossTheAntimeridianIsRefusedInWords) {
  const std::string text = boxed("179", "41", "-179", "42");
  expect_error_in(text, "bounding_box", "area.bounding_box.west_deg", HasSubstr("antimeridian"));
}

TEST_F(BoundingBoxTest, EmptyIsRefused) {
  expect_error_in(boxed("84", "41", "84", "42"), "bounding_box", "area.bounding_box.west_deg",
                  HasSubstr("empty"));
  expect_error_in(boxed("84", "42", "85", "41"), "bounding_box", "area.bounding_box.south_deg",
                  HasSubstr("is not south of"));
  expect_error_in(boxed("84", "41", "85", "41"), "bounding_box", "area.bounding_box.south_deg",
                  HasSubstr("is not south of"));
}

TEST_F(BoundingBoxTest, BeyondEightyDegreesIsRefusedInWords) {
  expect_error_in(boxed("84", "41", "85", "81"), "bounding_box", "area.bounding_box.north_deg",
                  HasSubstr("beyond 80°"));
  expect_error_in(boxed("84", "41", "185", "42"), "bounding_box", "area.bounding_box.east_deg",
                  HasSubstr("-180 to 180"));
}

TEST_F(BoundingBoxTest, SiteOutsideMayReachIn) {
  // The site lies 0.25 degrees of longitude, 20.7 km, west of the box.
  EXPECT_THAT(errors(boxed("84.5", "41", "85", "42")), IsEmpty());
}

TEST_F(BoundingBoxTest, SiteTooFarOutsideDoesNotReachTheArea) {
  // 0.75 degrees of longitude at 41.78 N: 0.75 * 111.195 km * cos(41.78) = 62.2 km.
  const std::string text = boxed("85", "41", "86", "42");
  expect_error_in(text, "- id: S01\n", "sites[0]",
                  AllOf(HasSubstr("62.2 km outside the area"), HasSubstr("does not reach")));
  // 0.78 degrees of latitude: 86.7 km.
  expect_error_in(boxed("84", "40", "85", "41"), "- id: S01\n", "sites[0]", HasSubstr("86.7 km"));
}

TEST_F(BoundingBoxTest, SiteInsideOnlyWhenSwappedIsCalledSwapped) {
  const std::string text =
      replaced(replaced(boxed("30", "45", "32", "50"), "lon_deg: 84.25", "lon_deg: 48"),
               "lat_deg: 41.78", "lat_deg: 31");
  expect_error_in(text, "- id: S01\n", "sites[0]",
                  HasSubstr("longitude and latitude look swapped"));
  EXPECT_EQ(errors(text)[0].valid_example, "lon_deg: 31, lat_deg: 48");
}

TEST_F(ScenarioErrorsTest, LatitudeAboveNinetyLooksSwapped) {
  const std::string text =
      replaced(good_but("lon_deg: 84.25", "lon_deg: 23.1"), "lat_deg: 41.78", "lat_deg: 113.3");
  expect_error_in(text, "lat_deg", "sites[0].lat_deg",
                  HasSubstr("113.3 is no latitude: longitude and latitude look swapped"));
  EXPECT_EQ(errors(text)[0].valid_example, "lon_deg: 113.3, lat_deg: 23.1");
}

TEST_F(ScenarioErrorsTest, LatitudeAboveEightyAsksWhetherSwapped) {
  const std::string text =
      replaced(good_but("lon_deg: 84.25", "lon_deg: 41.78"), "lat_deg: 41.78", "lat_deg: 84.25");
  expect_error_in(text, "lat_deg: 84.25", "sites[0].lat_deg",
                  AllOf(HasSubstr("beyond 80°"), HasSubstr("swapped?")));
  expect_error("lat_deg: 41.78", "lat_deg: -81", "lat_deg", "sites[0].lat_deg",
               AllOf(HasSubstr("beyond 80°"), testing::Not(HasSubstr("swapped"))));
}

TEST_F(ScenarioErrorsTest, LongitudeBeyond180IsRefused) {
  expect_error("lon_deg: 84.25", "lon_deg: 275.75", "lon_deg", "sites[0].lon_deg",
               HasSubstr("-180 to 180"));
}

TEST_F(ScenarioErrorsTest, SiteFarFromTheOthersThatSwappingBringsNearLooksSwapped) {
  const auto site = [](const std::string& id, const std::string& lon, const std::string& lat) {
    return "  - {id: " + id + ", lon_deg: " + lon + ", lat_deg: " + lat + ", cells: [{id: " + id +
           "-1, carrier: n28, antenna: whip, height_agl_m: 30, power_w: 1}]}\n";
  };
  const std::string text = good_but(
      "receiver:", site("S02", "84.3", "41.5") + site("S03", "84.2", "41.2") + "receiver:");
  ASSERT_THAT(errors(text), IsEmpty());
  const std::string swapped = good_but(
      "receiver:", site("S02", "30.3", "71.5") + site("S03", "30.1", "71.6") + "receiver:");
  // S01 at 84 E 42 N among sites at 30 E 71 N: swapping does not help, nothing is said of it.
  EXPECT_THAT(errors(swapped), IsEmpty());
  const std::string one = replaced(
      replaced(good_but("receiver:", site("S02", "70.3", "41.5") + site("S03", "70.2", "41.2") +
                                         site("S04", "41.4", "70.1") + "receiver:"),
               "lon_deg: 84.25", "lon_deg: 70.25"),
      "lat_deg: 41.78", "lat_deg: 41.3");
  expect_error_in(one, "S04", "sites[3]", HasSubstr("longitude and latitude look swapped"));
}

TEST_F(ScenarioErrorsTest, AreaAroundSitesKeepsOffTheAntimeridianAndThePoles) {
  expect_error("lon_deg: 84.25", "lon_deg: 179.9", "around_sites_km", "area.around_sites_km",
               HasSubstr("antimeridian"));
  expect_error("lat_deg: 41.78", "lat_deg: 79.9", "around_sites_km", "area.around_sites_km",
               HasSubstr("beyond 80°"));
}

TEST_F(ScenarioErrorsTest, MissingFilesAreNamedWithTheirFullName) {
  expect_error("sources: [dem.tif]", "sources: [dem.tif, no.tif]", "no.tif", "terrain.sources[1]",
               HasSubstr("there is no file " + (folder_ / "no.tif").string()));
  expect_error("sources: [dem.tif]", "sources: [\"tiles/*.tif\"]", "tiles", "terrain.sources[0]",
               HasSubstr("no file matches " + (folder_ / "tiles/*.tif").string()));
  expect_error("sources: [dem.tif]", "sources: [{path: no.tif}]", "no.tif",
               "terrain.sources[0].path", HasSubstr("there is no file"));
  expect_error("sources: [dem.tif]", "sources: [.]", "sources", "terrain.sources[0]",
               HasSubstr("is a folder"));
  expect_error("sources: [dem.tif]", "sources: [dem.tif]\n  sea: {land_polygons: coast.geojson}",
               "coast", "terrain.sea.land_polygons", HasSubstr("there is no file"));
  expect_error("sources: [dem.tif]", "sources: [dem.tif]\n  sea: {land_mask: mask.tif}", "mask",
               "terrain.sea.land_mask", HasSubstr("there is no file"));
  expect_error("sources: [dem.tif]",
               "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {1: {height_m: 3}}}",
               "lc.tif", "terrain.clutter.path", HasSubstr("there is no file"));
  expect_error("receiver:", "sites_csv: no.csv\nreceiver:", "sites_csv", "sites_csv",
               HasSubstr("there is no file"));
}

TEST_F(ScenarioErrorsTest, SeaIsKnownByOneSource) {
  write("coast.geojson", "");
  write("mask.tif", "");
  expect_error("sources: [dem.tif]",
               "sources: [dem.tif]\n  sea: {land_mask: mask.tif, land_polygons: coast.geojson}",
               "mask", "terrain.sea", HasSubstr("give one"));
  expect_error("sources: [dem.tif]", "sources: [dem.tif]\n  sea: {}", "sea:", "terrain.sea",
               HasSubstr("says nothing"));
}

TEST_F(ScenarioErrorsTest, ClutterClassesAreWholeNumbersWithHeights) {
  write("lc.tif", "");
  const auto expect_class = [&](const std::string& entry, const std::string& key_path,
                                const std::string& words) {
    SCOPED_TRACE(entry);
    expect_error("sources: [dem.tif]",
                 "sources: [dem.tif]\n  clutter:\n    path: lc.tif\n    classes:\n      " + entry,
                 entry, "terrain.clutter.classes." + key_path, HasSubstr(words));
  };
  expect_class("forest: {height_m: 15}", "forest", "whole number");
  expect_class("10: {name: forest}", "10.height_m", "is missing");
  expect_class("10: {height_m: -15}", "10.height_m", "is negative");
  expect_class("10: 15", "10", "must be a mapping");
}

TEST_F(ScenarioErrorsTest, UnreadableScenarioIsNamed) {
  try {
    load_scenario(folder_ / "none.yaml", {});
    FAIL();
  } catch (const ScenarioErrors& errors) {
    EXPECT_THAT(errors.what(), AllOf(HasSubstr("none.yaml"), HasSubstr("cannot be read")));
  }
  EXPECT_THROW(load_scenario(folder_, {}), ScenarioErrors);
}

TEST_F(ScenarioErrorsTest, NoThresholdIsNoScenario) {
  const std::string text = kGoodScenario.substr(0, kGoodScenario.find("thresholds:"));
  expect_error_in(text, "yonder: 1", "thresholds", HasSubstr("is missing"));
}

TEST(ScenarioErrorText, AQuestionKeepsItsMarkWithoutAStopAfterIt) {
  const SourceMark mark{.file = "plan.yaml", .line = 4};
  EXPECT_EQ((ScenarioError{mark, "carrier", "there is no n82; did you mean n28?", "n28"}.text()),
            "plan.yaml:4: carrier: there is no n82; did you mean n28? Valid: n28");
  EXPECT_EQ((ScenarioError{mark, "power_w", "is negative (-3)", "power_w: 240"}.text()),
            "plan.yaml:4: power_w: is negative (-3). Valid: power_w: 240");
  EXPECT_EQ((ScenarioError{mark, "carrier", "did you mean n28?", ""}.text()),
            "plan.yaml:4: carrier: did you mean n28?");
}

TEST(RangeText, SaysWhetherABoundIsItselfValid) {
  const auto text = [](double min, double max, bool min_allowed, bool max_allowed) {
    return range_text({{}, "m", min, max, min_allowed, max_allowed, {}});
  };
  constexpr double kNone = std::numeric_limits<double>::infinity();
  EXPECT_EQ(text(0, 100, true, true), "0 to 100 m");
  EXPECT_EQ(text(0, 100, false, true), "above 0, up to 100 m");
  EXPECT_EQ(text(0, 100, true, false), "0 to below 100 m");
  EXPECT_EQ(text(0, 100, false, false), "above 0, below 100 m");
  EXPECT_EQ(text(0, kNone, true, true), "0 m or more");
  EXPECT_EQ(text(0, kNone, false, true), "above 0 m");
  EXPECT_EQ(text(-kNone, 100, true, true), "up to 100 m");
  EXPECT_EQ(text(-kNone, 100, true, false), "below 100 m");
  EXPECT_EQ(text(-kNone, kNone, true, true), "");
}

}  // namespace
}  // namespace yonder::scenarios
