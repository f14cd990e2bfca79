#include <vector>

#include "geodata/error.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_error.h"
#include "scenarios/terrain_sketch.h"
#include "scenarios/yaml_tree.h"
#include "targets.h"

namespace yonder::fuzz {
namespace {

/// Equal but for the marks.
bool same(const scenarios::YamlNode& a, const scenarios::YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key != b.entries[i].key || !same(a.entries[i].value, b.entries[i].value)) {
      return false;
    }
  }
  return true;
}

void write_neighbours() {
  static const bool kOnce = [] {
    input_file("sites.csv", "site_id,lon_deg,lat_deg,cell_id,azimuth_deg\nA,83.9,39.6,A-1,30\n",
               false);
    input_file("points.csv", "id,lon,lat\nP,83.9,39.6\n", false);
    input_file("terrain.tif", "", false);
    return true;
  }();
  static_cast<void>(kOnce);
}

}  // namespace

void run_scenario(std::string_view bytes) {
  write_neighbours();
  try {
    const scenarios::YamlNode tree = scenarios::parse_yaml(bytes, "fuzz.yaml");
    demand(same(tree, scenarios::parse_yaml(scenarios::emit_yaml(tree), "emitted.yaml")),
           "what is emitted is read back as it was");
  } catch (const scenarios::ScenarioErrors&) {
  }
  try {
    const std::filesystem::path file = input_file("fuzz.yaml", bytes, true);
    for (const scenarios::Scenario& scenario :
         scenarios::load_variants(file, {}, {.terrain_must_exist = false})) {
      demand(!scenario.id.empty() && scenario.id.find('/') == std::string::npos,
             "an id is a name of a folder");
    }
  } catch (const scenarios::ScenarioErrors&) {
  }
}

void run_recipe(std::string_view bytes) {
  try {
    scenarios::load_terrain_recipe(input_file("recipe.yaml", bytes, true));
  } catch (const scenarios::ScenarioErrors&) {
  } catch (const geodata::GeodataError&) {  // of the coast's file
  }
}

}  // namespace yonder::fuzz
