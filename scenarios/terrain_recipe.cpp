#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>

#include "core/text.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/terrain_sketch.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Bounds {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

/// A mapping of the recipe with the keys it may have. Notes what is wrong, throws nothing.
class Section {
 public:
  Section(Problems& problems, const YamlNode& node, std::string path,
          std::span<const std::string_view> keys)
      : problems_(&problems), node_(&node), path_(std::move(path)) {
    if (node.kind != YamlNode::Kind::map) {
      problems.add(node.mark, path_, "must be a mapping, not " + std::string(kind_text(node.kind)));
      return;
    }
    for (const YamlEntry& entry : node.entries) {
      if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
      const std::string_view near = nearest_word(entry.key, keys);
      problems.add(entry.mark, path_of(entry.key), "is no key of a terrain recipe",
                   std::string(near));
    }
  }

  const YamlNode* find(std::string_view key) const {
    const YamlEntry* entry = node_->find(key);
    return entry == nullptr ? nullptr : &entry->value;
  }

  double number(std::string_view key, std::string_view example, Bounds bounds,
                double default_value = kNan) const {
    const YamlNode* value = find(key);
    if (value == nullptr) {
      if (std::isnan(default_value)) fail_missing(key, example);
      return default_value;
    }
    std::string problem;
    const std::optional<double> number = parse_number(*value, problem);
    if (number && (*number < bounds.min || *number > bounds.max)) {
      problem = "is " + number_text(*number) + ", not within " + number_text(bounds.min) + " to " +
                number_text(bounds.max);
    }
    if (!problem.empty()) {
      problems_->add(value->mark, path_of(key), problem, std::string(example));
      return kNan;
    }
    return *number;
  }

  std::string text(std::string_view key, std::string_view example) const {
    const YamlNode* value = find(key);
    if (value == nullptr) {
      fail_missing(key, example);
      return {};
    }
    std::string problem;
    const std::optional<std::string> text = parse_text(*value, problem);
    if (!text) problems_->add(value->mark, path_of(key), problem, std::string(example));
    return text.value_or("");
  }

  const std::vector<YamlNode>& items(std::string_view key, std::string_view example,
                                     bool required) const {
    static const std::vector<YamlNode> none;
    const YamlNode* value = find(key);
    if (value == nullptr || value->kind != YamlNode::Kind::list) {
      if (value != nullptr) {
        problems_->add(value->mark, path_of(key),
                       "must be a list, not " + std::string(kind_text(value->kind)),
                       std::string(example));
      } else if (required) {
        fail_missing(key, example);
      }
      return none;
    }
    return value->items;
  }

  void fail_missing(std::string_view key, std::string_view example) const {
    problems_->add(node_->mark, path_of(key), "is missing", std::string(example));
  }
  void fail(std::string_view key, std::string problem, std::string example = {}) const {
    const YamlNode* value = find(key);
    problems_->add(value == nullptr ? node_->mark : value->mark, path_of(key), std::move(problem),
                   std::move(example));
  }
  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }

 private:
  Problems* problems_;
  const YamlNode* node_;
  std::string path_;
};

constexpr Bounds kLongitudes{-180, 180};
constexpr Bounds kLatitudes{-80, 80};
constexpr Bounds kHeights{-450, 8900};

constexpr auto kRecipeKeys =
    std::to_array<std::string_view>({"yonder_terrain", "name", "seed", "box", "step_arcsec",
                                     "rounding_m", "known_heights", "dune_fields", "roughness"});
constexpr auto kBoxKeys =
    std::to_array<std::string_view>({"west_deg", "south_deg", "east_deg", "north_deg"});
constexpr auto kKnownKeys =
    std::to_array<std::string_view>({"name", "lon_deg", "lat_deg", "height_amsl_m"});
constexpr auto kDuneKeys =
    std::to_array<std::string_view>({"name", "polygon_lon_lat_deg", "ridge_azimuth_deg", "height_m",
                                     "spacing_m", "ridge_share", "variability", "edge_m"});
constexpr auto kRoughnessKeys = std::to_array<std::string_view>({"rms_m", "scale_m"});

class RecipeReader {
 public:
  explicit RecipeReader(Problems& problems) : problems_(problems) {}

  TerrainRecipe read(const YamlNode& root) {
    const Section top(problems_, root, "", kRecipeKeys);
    if (root.kind != YamlNode::Kind::map) return {};
    TerrainRecipe recipe;
    const double version = top.number("yonder_terrain", "yonder_terrain: 1", {1, 1});
    static_cast<void>(version);
    recipe.name = top.text("name", "name: desert-highway");
    // Whole numbers up to 2^53 pass a double unharmed.
    const double seed = top.number("seed", "seed: 1", {0, 9007199254740992.0});
    if (seed != std::floor(seed)) top.fail("seed", "must be a whole number", "seed: 1");
    recipe.seed = seed >= 0.0 ? static_cast<std::uint64_t>(seed) : 0;
    recipe.step_arcsec = top.number("step_arcsec", "step_arcsec: 15", {0.1, 3600});
    recipe.rounding_m = top.number("rounding_m", "rounding_m: 1", {0.001, 100}, 1.0);
    read_box(top, recipe);
    read_known_heights(top, recipe);
    const std::vector<YamlNode>& fields = top.items("dune_fields", "dune_fields: []", false);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      recipe.dune_fields.push_back(read_dunes(fields[i], "dune_fields[" + std::to_string(i) + "]"));
    }
    if (const YamlNode* node = top.find("roughness")) {
      const Section roughness(problems_, *node, "roughness", kRoughnessKeys);
      recipe.roughness.rms_m = roughness.number("rms_m", "rms_m: 1", {0, 100});
      recipe.roughness.scale_m = roughness.number("scale_m", "scale_m: 1500", {1, 1e6}, 1000.0);
    }
    return recipe;
  }

 private:
  void read_box(const Section& top, TerrainRecipe& recipe) {
    const char* example = "box: {west_deg: 83, south_deg: 38, east_deg: 86, north_deg: 42}";
    const YamlNode* node = top.find("box");
    if (node == nullptr) {
      top.fail_missing("box", example);
      return;
    }
    const Section box(problems_, *node, "box", kBoxKeys);
    recipe.box = {box.number("west_deg", "west_deg: 83", kLongitudes),
                  box.number("south_deg", "south_deg: 38", kLatitudes),
                  box.number("east_deg", "east_deg: 86", kLongitudes),
                  box.number("north_deg", "north_deg: 42", kLatitudes)};
    if (recipe.box.west_deg >= recipe.box.east_deg ||
        recipe.box.south_deg >= recipe.box.north_deg) {
      top.fail("box", "has its west not west of its east, or its south not south of its north",
               example);
    }
    const double pixels = (recipe.box.east_deg - recipe.box.west_deg) *
                          (recipe.box.north_deg - recipe.box.south_deg) * 3600.0 * 3600.0 /
                          (recipe.step_arcsec * recipe.step_arcsec);
    if (pixels > 4e8) {
      top.fail("step_arcsec",
               "makes " + number_text(std::round(pixels * 1e-6)) +
                   " million heights of this box, more than 400 million",
               "a larger step");
    }
  }

  void read_known_heights(const Section& top, TerrainRecipe& recipe) {
    const char* example = "{lon_deg: 84.25, lat_deg: 41.78, height_amsl_m: 973}";
    const std::vector<YamlNode>& items =
        top.items("known_heights", std::string("known_heights: [") + example + "]", true);
    std::set<std::pair<double, double>> places;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string path = "known_heights[" + std::to_string(i) + "]";
      const Section known(problems_, items[i], path, kKnownKeys);
      if (items[i].kind != YamlNode::Kind::map) continue;
      const KnownHeight height{{known.number("lon_deg", "lon_deg: 84.25", kLongitudes),
                                known.number("lat_deg", "lat_deg: 41.78", kLatitudes)},
                               known.number("height_amsl_m", "height_amsl_m: 973", kHeights)};
      recipe.known_heights.push_back(height);
      if (!places.emplace(height.position.lon_deg, height.position.lat_deg).second) {
        problems_.add(items[i].mark, path, "gives a height to a place that has one");
      }
    }
    if (!items.empty() && items.size() < 3) {
      top.fail("known_heights", "needs at least three places that do not lie on one line", example);
    }
  }

  DuneField read_dunes(const YamlNode& node, const std::string& path) {
    DuneField field;
    const Section dunes(problems_, node, path, kDuneKeys);
    if (node.kind != YamlNode::Kind::map) return field;
    field.name = dunes.text("name", "name: central field");
    field.ridge_azimuth_deg = dunes.number("ridge_azimuth_deg", "ridge_azimuth_deg: 20", {0, 360});
    field.height_m = dunes.number("height_m", "height_m: 45", {0, 500});
    field.spacing_m = dunes.number("spacing_m", "spacing_m: 3000", {10, 100000});
    field.ridge_share = dunes.number("ridge_share", "ridge_share: 0.6", {0.05, 1}, 0.6);
    field.variability = dunes.number("variability", "variability: 0.5", {0, 1}, 0.0);
    field.edge_m = dunes.number("edge_m", "edge_m: 8000", {0, 1e6}, 0.0);
    const char* example = "polygon_lon_lat_deg: [[83.2, 38.5], [84.6, 38.5], [84.0, 40.0]]";
    const std::vector<YamlNode>& corners = dunes.items("polygon_lon_lat_deg", example, true);
    for (const YamlNode& corner : corners) {
      std::string problem;
      std::optional<double> lon, lat;
      if (corner.kind == YamlNode::Kind::list && corner.items.size() == 2) {
        lon = parse_number(corner.items[0], problem);
        if (problem.empty()) lat = parse_number(corner.items[1], problem);
        if (lon && lat && (std::abs(*lon) > 180.0 || std::abs(*lat) > 80.0)) {
          problem = "is no longitude and latitude in degrees, in this order";
        }
      } else {
        problem = "must be a list of two numbers, longitude and latitude";
      }
      if (problem.empty()) {
        field.polygon.push_back({*lon, *lat});
      } else {
        problems_.add(corner.mark, path + ".polygon_lon_lat_deg", problem, "[83.2, 38.5]");
      }
    }
    if (!corners.empty() && corners.size() < 3) {
      dunes.fail("polygon_lon_lat_deg", "needs at least three corners", example);
    }
    return field;
  }

  Problems& problems_;
};

}  // namespace

TerrainRecipe load_terrain_recipe(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw ScenarioErrors({{{file.string(), 0, 0}, "", "cannot be opened as a terrain recipe", ""}});
  }
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const YamlNode root = parse_yaml(text, file.string());
  Problems problems;
  std::vector<ScenarioError> duplicates;
  find_duplicate_keys(root, "", duplicates);
  problems.add_all(duplicates);
  TerrainRecipe recipe = RecipeReader(problems).read(root);
  if (!problems.empty()) throw ScenarioErrors(problems.sorted());
  return recipe;
}

}  // namespace yonder::scenarios
