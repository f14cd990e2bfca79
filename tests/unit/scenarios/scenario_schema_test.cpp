#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "scenarios/scenario_keys.h"
#include "scenarios/yaml_tree.h"
#include "tests/unit/scenarios/scenario_fixture.h"

// docs/scenario.schema.json is for editors; the parser does not use it. These tests hold the two
// together: the same keys, the same bounds, the same verdict on examples.
namespace yonder::scenarios {
namespace {

using nlohmann::json;

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const json& schema_document() {
  static const json kSchema =
      json::parse(read(std::filesystem::path(YONDER_SOURCE_DIR) / "docs/scenario.schema.json"));
  return kSchema;
}

/// A YAML value as an editor's JSON Schema checker sees it (YAML 1.2 core schema).
json to_json(const YamlNode& node) {
  static const std::regex kNumber(R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)");
  static const std::regex kInteger(R"([-+]?[0-9]+)");
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::list: {
      json list = json::array();
      for (const YamlNode& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case YamlNode::Kind::map: {
      json map = json::object();
      for (const YamlEntry& entry : node.entries) map[entry.key] = to_json(entry.value);
      return map;
    }
    case YamlNode::Kind::scalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  if (std::regex_match(node.text, kInteger)) return std::stoll(node.text);
  if (std::regex_match(node.text, kNumber)) return std::stod(node.text);
  return node.text;
}

bool schema_accepts(const std::string& yaml, std::string* why = nullptr) {
  static const auto kSchema = [] {
    auto schema = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_document()), *schema);
    return schema;
  }();
  const json document = to_json(parse_yaml(yaml, "example"));
  valijson::Validator validator;
  valijson::ValidationResults results;
  const bool accepted =
      validator.validate(*kSchema, valijson::adapters::NlohmannJsonAdapter(document), &results);
  valijson::ValidationResults::Error error;
  while (why != nullptr && results.popError(error)) {
    for (const std::string& part : error.context) *why += part;
    *why += ": " + error.description + "\n";
  }
  return accepted;
}

/// Every property of the schema by the parser's form of path, with all schemas found for it.
using Properties = std::map<std::string, std::vector<const json*>>;

void walk(const json& schema, const std::string& path, Properties& found,
          std::set<const json*> on_way) {
  if (!schema.is_object() || !on_way.insert(&schema).second) return;
  if (schema.contains("$ref")) {
    const std::string pointer = schema["$ref"].get<std::string>().substr(1);
    if (pointer == "/definitions/parameters") return;  // the model's own
    walk(schema_document().at(json::json_pointer(pointer)), path, found, on_way);
  }
  for (const char* combined : {"anyOf", "oneOf", "allOf"}) {
    if (!schema.contains(combined)) continue;
    for (const json& part : schema[combined]) walk(part, path, found, on_way);
  }
  const auto below = [&](const std::string& name, const json& property) {
    const std::string property_path = path.empty() ? name : path + "." + name;
    found[property_path].push_back(&property);
    walk(property, property_path, found, on_way);
  };
  if (schema.contains("properties")) {
    for (const auto& [name, property] : schema["properties"].items()) below(name, property);
  }
  if (schema.contains("patternProperties")) {
    for (const auto& [pattern, property] : schema["patternProperties"].items())
      below("*", property);
  }
  if (schema.contains("items")) walk(schema["items"], path + "[]", found, on_way);
}

Properties schema_properties() {
  Properties found;
  walk(schema_document(), "", found, {});
  return found;
}

TEST(ScenarioSchema, HasTheKeysOfTheParserAndNoOther) {
  std::set<std::string> of_parser;
  for (const ScenarioKey& key : scenario_keys()) {
    EXPECT_TRUE(of_parser.emplace(key.path).second) << key.path << " stands twice in the table";
    const bool of_cell = key.path.starts_with("sites[].cells[].");
    if (of_cell && key.name() != "id") of_parser.insert("cell_defaults." + std::string(key.name()));
  }
  std::set<std::string> of_schema;
  for (const auto& [path, schemas] : schema_properties()) of_schema.insert(path);
  EXPECT_EQ(of_schema, of_parser);
}

TEST(ScenarioSchema, HasTheBoundsAndChoicesOfTheParser) {
  const Properties properties = schema_properties();
  for (const ScenarioKey& key : scenario_keys()) {
    SCOPED_TRACE(key.path);
    const auto it = properties.find(std::string(key.path));
    ASSERT_NE(it, properties.end());
    for (const json* schema : it->second) {
      if (!key.choices.empty()) {
        const json& holder = schema->contains("items") ? (*schema)["items"] : *schema;
        std::set<std::string> words;
        if (holder.contains("const")) continue;  // one antenna type each; all are tried below
        for (const json& word : holder.at("enum")) words.insert(word.get<std::string>());
        EXPECT_EQ(words, std::set<std::string>(key.choices.begin(), key.choices.end()));
      }
      const bool is_number = key.kind == KeyKind::number || key.kind == KeyKind::integer;
      if (!is_number || schema->contains("enum") || schema->contains("const")) continue;
      EXPECT_EQ((*schema)["type"], key.kind == KeyKind::integer ? "integer" : "number");
      const char* low = key.range.min_allowed ? "minimum" : "exclusiveMinimum";
      EXPECT_EQ(schema->at(low).get<double>(), key.range.min);
      EXPECT_EQ(schema->at("maximum").get<double>(), key.range.max);
      if (!std::isnan(key.default_number) && schema->contains("default")) {
        EXPECT_EQ(schema->at("default").get<double>(), key.default_number);
      }
    }
  }
}

class SchemaAndParser : public ScenarioTest {
 protected:
  SchemaAndParser() {
    for (const char* name : {"coast.geojson", "mask.tif", "lc.tif"}) write(name, "");
    write("sites.csv",
          "site_id,lon_deg,lat_deg,cell_id,carrier,antenna,height_agl_m,power_w\n"
          "A,84,41,A-1,n28,whip,40,100\n");
  }
  void expect_both_accept(const std::string& text) const {
    std::string why;
    EXPECT_TRUE(schema_accepts(text, &why)) << why << text;
    for (const ScenarioError& error : errors(text)) ADD_FAILURE() << error.text();
  }
  void expect_both_refuse(const std::string& text, const std::string& what) const {
    EXPECT_FALSE(schema_accepts(text)) << "schema accepts: " << what;
    EXPECT_FALSE(errors(text).empty()) << "parser accepts: " << what;
  }
};

TEST_F(SchemaAndParser, AcceptTheSameGoodScenarios) {
  expect_both_accept(kGoodScenario);
  const std::vector<std::pair<std::string, std::string>> variants = {
      {"id: demo", "id: 5g"},
      {"id: demo", "id: 0815"},
      {"title: {en: Desert highway, zh: 沙漠公路}", "title: Desert"},
      {"title: {en: Desert highway, zh: 沙漠公路}", "title: {zh: 沙漠}"},
      {"around_sites_km: 30",
       "bounding_box: {west_deg: 84, south_deg: 41, east_deg: 85, north_deg: 42}"},
      {"pixel_m: 200", "pixel_m: 2e2\n  crs: EPSG:32645"},
      {"sources: [dem.tif]", "sources: dem.tif"},
      {"sources: [dem.tif]", "sources: [{path: dem.tif}, \"*.tif\"]"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  sea: {land_polygons: coast.geojson}"},
      {"sources: [dem.tif]",
       "sources: [dem.tif]\n  sea: {land_mask: mask.tif, assume_sea_level: true}"},
      {"sources: [dem.tif]",
       "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {0: {name: sand, height_m: 0}, 10: "
       "{height_m: 15}}}"},
      {"gain_dbd: 6", "gain_dbi: 6, vertical_beamwidth_deg: 10, side_lobe_db: 18"},
      {"vertical_beamwidth_deg: 7",
       "vertical_beamwidth_deg: 7, horizontal_beamwidth_deg: 90, front_to_back_db: 25, "
       "side_lobe_db: 20"},
      {"receiver: {height_agl_m: 1.5}\n", ""},
      {"receiver: {height_agl_m: 1.5}",
       "receiver: {gain_dbd: 0, body_loss_db: 3, penetration_loss_db: 9}"},
      {"receiver:",
       "sites_csv: sites.csv\ncell_defaults: {power_dbm: 40, azimuth_deg: 3}\nreceiver:"},
      {"model: free_space",
       "model: itu_p1812\n  polarization: horizontal\n  short_range: none\n  parameters: "
       "{time_percent: 10}"},
      {"yonder: 1", "# yaml-language-server: $schema=scenario.schema.json\nyonder: 1"},
      {"thresholds:",
       "outputs: {directory: out, layers: [status], sites: false, picture: true}\nthresholds:"},
      {"thresholds:",
       "outputs: {exports: [png, kmz, contours, footprints, pixels_csv], vector_formats: [gpkg, "
       "flatgeobuf]}\nthresholds:"},
  };
  for (const auto& [from, to] : variants) expect_both_accept(good_but(from, to));
}

TEST_F(SchemaAndParser, RefuseTheSameIllFormedScenarios) {
  const std::vector<std::pair<std::string, std::string>> variants = {
      {"yonder: 1\n", ""},
      {"yonder: 1", "yonder: 2"},
      {"yonder: 1", "yonder: \"1\""},
      {"id: demo", "id: true"},
      {"id: demo", "id: \"\""},
      {"id: demo", "id: [demo]"},
      {"id: demo", "id:"},
      {"id: demo", "name: demo"},
      {"title: {en: Desert highway, zh: 沙漠公路}", "title: {de: Wüste}"},
      {"title: {en: Desert highway, zh: 沙漠公路}", "title: {}"},
      {"  around_sites_km: 30\n", ""},
      {"around_sites_km: 30",
       "around_sites_km: 30\n  bounding_box: {west_deg: 84, south_deg: 41, east_deg: 85, "
       "north_deg: 42}"},
      {"around_sites_km: 30", "bounding_box: {west_deg: 84, south_deg: 41, east_deg: 85}"},
      {"around_sites_km: 30",
       "bounding_box: {west_deg: 84, south_deg: 41, east_deg: 85, north_deg: 82}"},
      {"around_sites_km: 30", "bounding_box: [84, 41, 85, 42]"},
      {"around_sites_km: 30", "around_sites_km: 0"},
      {"pixel_m: 200", "pixel_m: -1"},
      {"pixel_m: 200", "pixel_m: wide"},
      {"pixel_m: 200", "pixel_m: \"200\""},
      {"pixel_m: 200", "pixel: 200"},
      {"radius_km: 30", "radius_km: 0"},
      {"calculation: {radius_km: 30}\n", ""},
      {"sources: [dem.tif]", "sources: []"},
      {"sources: [dem.tif]", "sources: [{file: dem.tif}]"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  sea: {}"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  sea: {assume_sea_level: yes}"},
      {"sources: [dem.tif]",
       "sources: [dem.tif]\n  sea: {land_mask: mask.tif, land_polygons: coast.geojson}"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  clutter: {path: lc.tif}"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {}}"},
      {"sources: [dem.tif]",
       "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {wood: {height_m: 15}}}"},
      {"sources: [dem.tif]",
       "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {1: {name: wood}}}"},
      {"sources: [dem.tif]", "sources: [dem.tif]\n  clutter: {path: lc.tif, classes: {1: 15}}"},
      {"frequency_mhz: 773", "frequency_mhz: 0"},
      {"frequency_mhz: 773", "frequency: 773"},
      {"subcarrier_spacing_khz: 15", "subcarrier_spacing_khz: 20"},
      {"resource_blocks: 160", "resource_blocks: 276"},
      {"resource_blocks: 160", "resource_blocks: 160.5"},
      {", resource_blocks: 160", ""},
      {"type: omni", "type: yagi"},
      {"type: omni, ", ""},
      {"gain_dbd: 6", "gain: 6"},
      {", gain_dbd: 6", ""},
      {"gain_dbd: 6", "gain_dbd: 6, gain_dbi: 8"},
      {"gain_dbd: 6", "gain_dbd: 6, horizontal_beamwidth_deg: 65"},
      {"type: omni, gain_dbd: 6", "type: pattern_file"},
      {"type: omni, gain_dbd: 6", "type: pattern_file, file: x.msi, gain_dbi: 3"},
      {", vertical_beamwidth_deg: 7", ""},
      {"    lat_deg: 41.78\n", ""},
      {"lat_deg: 41.78", "lat_deg: 84.25"},
      {"lon_deg: 84.25", "lon_deg: 184.25"},
      {"power_w: 240", "power_w: 0"},
      {"power_w: 240", "power_w: 240\n        power_dbm: 53.8"},
      {"power_w: 240", "power: 240"},
      {"height_agl_m: 40\n", "height_amsl_m: 940\n"},
      {"azimuth_deg: 120", "azimuth_deg: 400"},
      {"feeder_loss_db: 0.5", "feeder_loss_db: -0.5"},
      {"      - id: S01-1\n        carrier", "      - carrier"},
      {"receiver: {height_agl_m: 1.5}", "receiver: {gain_dbi: 0, gain_dbd: 0}"},
      {"receiver: {height_agl_m: 1.5}", "receiver: 1.5"},
      {"receiver:", "cell_defaults: {id: x}\nreceiver:"},
      {"receiver:", "cell_defaults: {power_w: 1, power_dbm: 30}\nreceiver:"},
      {"receiver:", "cell_defaults: [1]\nreceiver:"},
      {"  model: free_space\n", "  polarization: vertical\n"},
      {"model: free_space", "model: free_space\n  polarization: slanted"},
      {"model: free_space", "model: free_space\n  short_range: yes"},
      {"model: free_space", "model: free_space\n  parameters: [1]"},
      {", rsrp_dbm: -115", ""},
      {"rsrp_dbm: -115", "rsrp: -115"},
      {"thresholds:", "outputs: {layers: [sinr]}\nthresholds:"},
      {"thresholds:", "outputs: {layers: []}\nthresholds:"},
      {"thresholds:", "outputs: {sites: 1}\nthresholds:"},
      {"thresholds:", "outputs: {exports: [kml]}\nthresholds:"},
      {"thresholds:", "outputs: {exports: []}\nthresholds:"},
      {"thresholds:", "outputs: {exports: [kmz], vector_formats: [shp]}\nthresholds:"},
  };
  for (const auto& [from, to] : variants)
    expect_both_refuse(good_but(from, to), from + " -> " + to);
  const std::size_t sites = kGoodScenario.find("sites:");
  const std::size_t receiver = kGoodScenario.find("receiver:");
  const std::string without_sites = kGoodScenario.substr(0, sites) + kGoodScenario.substr(receiver);
  expect_both_refuse(without_sites, "no sites");
  expect_both_refuse(without_sites + "sites: []\n", "empty sites");
  expect_both_refuse(kGoodScenario.substr(0, kGoodScenario.find("thresholds:")), "no thresholds");
  expect_both_refuse("- 1\n", "a list");
}

TEST(ScenarioSchema, AcceptsTheScenariosOfTheRepository) {
  int count = 0;
  const std::filesystem::path cases = std::filesystem::path(YONDER_SOURCE_DIR) / "scenarios/cases";
  if (!std::filesystem::exists(cases)) GTEST_SKIP() << "no cases";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cases)) {
    if (entry.path().filename() != "scenario.yaml") continue;
    ++count;
    std::string why;
    EXPECT_TRUE(schema_accepts(read(entry.path()), &why)) << entry.path() << "\n" << why;
    EXPECT_NO_THROW(load_scenario(entry.path(), {}, {.terrain_must_exist = false})) << entry.path();
  }
  EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace yonder::scenarios
