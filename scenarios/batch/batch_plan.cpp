#include "scenarios/batch/batch_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

#include "core/text.h"
#include "scenarios/scenario_files.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/scenario_settings.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr int kLeastTilePx = 16;
constexpr int kMostTilePx = 16384;

struct PlanKey {
  std::string_view name;
  std::string_view example;
};
constexpr auto kKeys = std::to_array<PlanKey>(
    {{"yonder_batch", "yonder_batch: 1"},
     {"scenario", "scenario: province.yaml"},
     {"variant", "variant: ultra-far"},
     {"sites_csv", "sites_csv: cells.csv"},
     {"columns", "columns: {LONGITUDE: lon_deg, LATITUDE: lat_deg, '*': null}"},
     {"area",
      "area: {bounding_box: {west_deg: 109.5, south_deg: 20, east_deg: 117.4, north_deg: 24}, "
      "pixel_m: 100}"},
     {"set", "set: {calculation.radius_km: 50}"},
     {"tile_px", "tile_px: 1024"},
     {"overviews", "overviews: false"},
     {"output", "output: maps"}});

std::string example_of(std::string_view key) {
  for (const PlanKey& one : kKeys) {
    if (one.name == key) return std::string(one.example);
  }
  return {};
}

/// The mapping that a plan is.
class PlanReader {
 public:
  PlanReader(const YamlNode& node, Problems& problems) : node_(node), problems_(problems) {
    std::vector<std::string_view> names;
    for (const PlanKey& one : kKeys) names.push_back(one.name);
    for (const YamlEntry& entry : node.entries) {
      if (std::ranges::find(names, entry.key) != names.end()) continue;
      const std::string_view near = nearest_word(entry.key, names);
      std::string list;
      for (const std::string_view name : names)
        list += (list.empty() ? "" : ", ") + std::string(name);
      problems.add(entry.mark, entry.key,
                   near.empty()
                       ? "is not a key of a batch plan; a scenario's keys go under set"
                       : "is not a key of a batch plan; did you mean " + std::string(near) + "?",
                   near.empty() ? list : example_of(near));
    }
  }

  const YamlEntry* entry(std::string_view key) const {
    const YamlEntry* found = node_.find(key);
    return found != nullptr && found->value.kind != YamlNode::Kind::null ? found : nullptr;
  }
  void fail(std::string_view key, const std::string& problem) const {
    const YamlEntry* found = node_.find(key);
    problems_.add(found != nullptr ? found->mark : node_.mark, std::string(key), problem,
                  example_of(key));
  }
  /// Empty where nothing valid is given, which is noted.
  std::string text(std::string_view key) const {
    const YamlEntry* found = entry(key);
    if (found == nullptr) return {};
    std::string problem;
    const std::optional<std::string> value = parse_text(found->value, problem);
    if (value && !value->empty()) return *value;
    fail(key, problem.empty() ? "is empty" : problem);
    return {};
  }
  std::optional<int> whole_number(std::string_view key, int least, int most) const {
    const YamlEntry* found = entry(key);
    if (found == nullptr) return std::nullopt;
    std::string problem;
    const std::optional<double> value = parse_number(found->value, problem);
    if (value && *value >= least && *value <= most && std::floor(*value) == *value) {
      return static_cast<int>(*value);
    }
    fail(key, !problem.empty() ? problem
                               : "must be a whole number from " + std::to_string(least) + " to " +
                                     std::to_string(most));
    return std::nullopt;
  }
  bool boolean(std::string_view key, bool otherwise) const {
    const YamlEntry* found = entry(key);
    if (found == nullptr) return otherwise;
    const YamlNode& value = found->value;
    if (value.kind == YamlNode::Kind::scalar && !value.quoted) {
      if (value.text == "true") return true;
      if (value.text == "false") return false;
    }
    fail(key, "must be true or false");
    return otherwise;
  }

 private:
  const YamlNode& node_;
  Problems& problems_;
};

YamlNode read_document(const fs::path& file, FileDigest& digest) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) {
    throw ScenarioErrors({{{file.string(), 0, 0},
                           "",
                           in ? "cannot be read: it is a folder" : "cannot be read",
                           "a batch plan, see docs/batch.md"}});
  }
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  digest = digest_of(text);
  YamlNode document = parse_yaml(text, file.string());
  if (document.kind != YamlNode::Kind::map) {
    throw ScenarioErrors(
        {{{file.string(), 1, 1},
          "",
          "a batch plan is a mapping of keys, not " + std::string(kind_text(document.kind)),
          "yonder_batch: 1"}});
  }
  return document;
}

/// What the plan says of the scenario, as dotted keys.
ScenarioSettings settings_of(const YamlNode& document, const fs::path& base, Problems& problems) {
  ScenarioSettings settings;
  settings.base = base;
  settings.shown_path = "set";
  settings.values.kind = YamlNode::Kind::map;
  const auto pass_on = [&](std::string_view from, const std::string& to) {
    const YamlEntry* entry = document.find(from);
    if (entry == nullptr || entry->value.kind == YamlNode::Kind::null) return;
    settings.values.entries.push_back({to, entry->mark, entry->value});
  };
  pass_on("area", "area");
  if (const YamlEntry* table = document.find("sites_csv")) {
    // The table stands for all sites: those of the template are examples.
    YamlEntry none{"sites", table->mark, {}};
    none.value.mark = table->mark;
    settings.values.entries.push_back(std::move(none));
  }
  pass_on("sites_csv", "sites_csv");
  pass_on("columns", "sites_csv_columns");
  if (const YamlEntry* set = document.find("set")) {
    if (set->value.kind == YamlNode::Kind::map) {
      for (const YamlEntry& one : set->value.entries) settings.values.entries.push_back(one);
    } else if (set->value.kind != YamlNode::Kind::null) {
      problems.add(set->mark, "set", "must be a mapping of dotted keys",
                   "set: {calculation.radius_km: 50}");
    }
  }
  return settings;
}

/// What a batch does not do is said, not left out in silence.
void refuse_what_tiles_cannot(const Scenario& scenario) {
  std::vector<ScenarioError> errors;
  const auto refuse = [&](const std::string& key, const std::string& problem,
                          const std::string& example) {
    errors.push_back({{scenario.file.string()}, key, problem, example});
  };
  if (!scenario.shapes.empty()) {
    refuse("shapes", "are judged over a whole map; a batch computes tiles",
           "set: {shapes: null} in the plan, and `yonder run` for the shapes");
  }
  if (!scenario.optical.empty()) {
    refuse("optical", "has nothing to do with tiles", "set: {optical: null} in the plan");
  }
  if (!errors.empty()) throw ScenarioErrors(std::move(errors));
}

}  // namespace

BatchPlan load_batch_plan(const fs::path& file, const std::vector<Override>& overrides) {
  BatchPlan plan;
  const YamlNode document = read_document(file, plan.digest);
  Problems problems;
  std::vector<ScenarioError> twice;
  find_duplicate_keys(document, "", twice);
  problems.add_all(twice);
  const PlanReader reader(document, problems);
  const fs::path base = fs::absolute(file).parent_path();

  const YamlEntry* format = reader.entry("yonder_batch");
  if (format == nullptr) {
    reader.fail("yonder_batch", "is missing: the plan's format");
  } else {
    reader.whole_number("yonder_batch", kFormat, kFormat);
  }
  plan.file = fs::absolute(file).lexically_normal();
  if (const auto pixels = reader.whole_number("tile_px", kLeastTilePx, kMostTilePx)) {
    plan.tile_px = *pixels;
  }
  plan.overviews = reader.boolean("overviews", true);
  const std::string output = reader.text("output");
  plan.directory =
      resolve_path(base, output.empty() ? plan.file.stem().string() + "-maps" : output);
  const std::string scenario = reader.text("scenario");
  if (reader.entry("scenario") == nullptr) {
    reader.fail("scenario", "is missing: the template of the maps");
  }
  if (reader.entry("columns") != nullptr && reader.entry("sites_csv") == nullptr) {
    reader.fail("columns", "names the columns of sites_csv, which is not given");
  }
  const ScenarioSettings settings = settings_of(document, base, problems);
  LoadOptions options;
  if (const std::string variant = reader.text("variant"); !variant.empty()) {
    options.variant = variant;
  }
  if (!problems.empty()) throw ScenarioErrors(problems.sorted());

  plan.scenario = load_scenario_with(resolve_path(base, scenario), settings, overrides, options);
  refuse_what_tiles_cannot(plan.scenario);
  return plan;
}

}  // namespace yonder::scenarios
