#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
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

constexpr auto kRecipeKeys = std::to_array<std::string_view>(
    {"yonder_terrain", "name", "seed", "box", "step_arcsec", "rounding_m", "known_heights",
     "dune_fields", "hills", "roughness", "valleys", "coast"});
constexpr auto kBoxKeys =
    std::to_array<std::string_view>({"west_deg", "south_deg", "east_deg", "north_deg"});
constexpr auto kKnownKeys =
    std::to_array<std::string_view>({"name", "lon_deg", "lat_deg", "height_amsl_m"});
constexpr auto kDuneKeys =
    std::to_array<std::string_view>({"name", "polygon_lon_lat_deg", "ridge_azimuth_deg", "height_m",
                                     "spacing_m", "ridge_share", "variability", "edge_m"});
constexpr auto kHillKeys = std::to_array<std::string_view>(
    {"name", "polygon_lon_lat_deg", "rms_m", "scale_m", "octaves", "edge_m"});
constexpr auto kValleyKeys = std::to_array<std::string_view>(
    {"name", "line_lon_lat_height", "floor_width_m", "wall_slope_deg", "spurs", "spur_scale_m"});
constexpr auto kCoastKeys = std::to_array<std::string_view>(
    {"land_polygons", "shore_slope_deg", "lowest_land_m", "inland_m"});
constexpr auto kRoughnessKeys = std::to_array<std::string_view>({"rms_m", "scale_m"});

/// The rings of all polygons of a GeoJSON file. Throws std::runtime_error with what is wrong.
std::vector<std::vector<LonLat>> read_rings(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw std::runtime_error("cannot be opened: " + file.string());
  }
  std::vector<std::vector<LonLat>> rings;
  try {
    const auto add_polygon = [&](const nlohmann::json& polygon) {
      for (const nlohmann::json& ring : polygon) {
        std::vector<LonLat>& points = rings.emplace_back();
        for (const nlohmann::json& p : ring) {
          points.push_back({p.at(0).get<double>(), p.at(1).get<double>()});
        }
        if (points.size() < 3) throw std::runtime_error("has a ring of fewer than three points");
      }
    };
    const nlohmann::json root = nlohmann::json::parse(in);
    for (const nlohmann::json& feature : root.at("features")) {
      const nlohmann::json& geometry = feature.at("geometry");
      const auto type = geometry.at("type").get<std::string>();
      const nlohmann::json& coordinates = geometry.at("coordinates");
      if (type == "Polygon") {
        add_polygon(coordinates);
      } else if (type == "MultiPolygon") {
        for (const nlohmann::json& polygon : coordinates) add_polygon(polygon);
      } else {
        throw std::runtime_error("holds a " + type + "; only polygons tell land from sea");
      }
    }
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error("is no GeoJSON of polygons: " + std::string(error.what()));
  }
  if (rings.empty()) throw std::runtime_error("holds no polygon");
  return rings;
}

class RecipeReader {
 public:
  RecipeReader(Problems& problems, std::filesystem::path folder)
      : problems_(problems), folder_(std::move(folder)) {}

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
    const std::vector<YamlNode>& hills = top.items("hills", "hills: []", false);
    for (std::size_t i = 0; i < hills.size(); ++i) {
      recipe.hills.push_back(read_hills(hills[i], "hills[" + std::to_string(i) + "]"));
    }
    const std::vector<YamlNode>& valleys = top.items("valleys", "valleys: []", false);
    for (std::size_t i = 0; i < valleys.size(); ++i) {
      recipe.valleys.push_back(read_valley(valleys[i], "valleys[" + std::to_string(i) + "]"));
    }
    if (const YamlNode* node = top.find("coast")) recipe.coast = read_coast(*node);
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
    field.polygon = read_polygon(dunes, path, true);
    return field;
  }

  HillField read_hills(const YamlNode& node, const std::string& path) {
    HillField field;
    const Section hills(problems_, node, path, kHillKeys);
    if (node.kind != YamlNode::Kind::map) return field;
    field.name = hills.text("name", "name: mountains");
    field.rms_m = hills.number("rms_m", "rms_m: 300", {0, 3000});
    field.scale_m = hills.number("scale_m", "scale_m: 12000", {10, 1e6});
    const double octaves = hills.number("octaves", "octaves: 5", {1, 8}, 5.0);
    if (octaves != std::floor(octaves)) {
      hills.fail("octaves", "must be a whole number", "octaves: 5");
    } else {
      field.octaves = static_cast<int>(octaves);
    }
    field.edge_m = hills.number("edge_m", "edge_m: 8000", {0, 1e6}, 0.0);
    field.polygon = read_polygon(hills, path, false);
    return field;
  }

  Valley read_valley(const YamlNode& node, const std::string& path) {
    Valley valley;
    const Section section(problems_, node, path, kValleyKeys);
    if (node.kind != YamlNode::Kind::map) return valley;
    valley.name = section.text("name", "name: a river");
    valley.floor_width_m = section.number("floor_width_m", "floor_width_m: 300", {0, 1e5});
    valley.wall_slope_deg = section.number("wall_slope_deg", "wall_slope_deg: 30", {0.1, 85});
    valley.spurs = section.number("spurs", "spurs: 0.5", {0, 0.9}, 0.0);
    valley.spur_scale_m = section.number("spur_scale_m", "spur_scale_m: 2000", {10, 1e6}, 2000.0);
    const char* key = "line_lon_lat_height";
    const char* example = "line_lon_lat_height: [[100.0, 26.9, 1850], [100.1, 27.2, 1800]]";
    const std::vector<YamlNode>& points = section.items(key, example, true);
    for (const YamlNode& point : points) {
      std::array<double, 3> numbers{};
      const std::string problem = read_numbers(point, numbers, "longitude, latitude and height");
      const Bounds h = kHeights;
      if (!problem.empty()) {
        problems_.add(point.mark, section.path_of(key), problem, "[100.0, 26.9, 1850]");
      } else if (numbers[2] < h.min || numbers[2] > h.max) {
        problems_.add(point.mark, section.path_of(key), "has a height that no place on earth has",
                      "[100.0, 26.9, 1850]");
      } else {
        valley.line.push_back({{numbers[0], numbers[1]}, numbers[2]});
      }
    }
    if (!points.empty() && points.size() < 2) {
      section.fail(key, "needs at least two points", example);
    }
    return valley;
  }

  std::optional<SketchCoast> read_coast(const YamlNode& node) {
    const Section section(problems_, node, "coast", kCoastKeys);
    if (node.kind != YamlNode::Kind::map) return std::nullopt;
    SketchCoast coast;
    coast.shore_slope_deg = section.number("shore_slope_deg", "shore_slope_deg: 15", {0.01, 85});
    coast.lowest_land_m = section.number("lowest_land_m", "lowest_land_m: 1", {0, 100}, 1.0);
    coast.inland_m = section.number("inland_m", "inland_m: 5000", {1, 50000}, 5000.0);
    const std::string file = section.text("land_polygons", "land_polygons: land.geojson");
    if (file.empty()) return std::nullopt;
    coast.file = folder_ / file;
    try {
      coast.rings = read_rings(coast.file);
    } catch (const std::runtime_error& error) {
      section.fail("land_polygons", error.what(), "land_polygons: land.geojson");
      return std::nullopt;
    }
    return coast;
  }

  /// Reads a list of numbers that begins with longitude and latitude; returns what is wrong.
  static std::string read_numbers(const YamlNode& node, std::span<double> numbers,
                                  std::string_view what) {
    if (node.kind != YamlNode::Kind::list || node.items.size() != numbers.size()) {
      return "must be a list of " + std::string(what);
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      std::string problem;
      const std::optional<double> number = parse_number(node.items[i], problem);
      if (!problem.empty()) return problem;
      numbers[i] = *number;
    }
    if (std::abs(numbers[0]) > 180.0 || std::abs(numbers[1]) > 80.0) {
      return "is no longitude and latitude in degrees, in this order";
    }
    return {};
  }

  std::vector<LonLat> read_polygon(const Section& section, const std::string& path, bool required) {
    const char* example = "polygon_lon_lat_deg: [[83.2, 38.5], [84.6, 38.5], [84.0, 40.0]]";
    const std::vector<YamlNode>& corners = section.items("polygon_lon_lat_deg", example, required);
    std::vector<LonLat> polygon;
    for (const YamlNode& corner : corners) {
      std::array<double, 2> numbers{};
      const std::string problem =
          read_numbers(corner, numbers, "two numbers, longitude and latitude");
      if (problem.empty()) {
        polygon.push_back({numbers[0], numbers[1]});
      } else {
        problems_.add(corner.mark, path + ".polygon_lon_lat_deg", problem, "[83.2, 38.5]");
      }
    }
    if (!corners.empty() && corners.size() < 3) {
      section.fail("polygon_lon_lat_deg", "needs at least three corners", example);
    }
    return polygon;
  }

  Problems& problems_;
  std::filesystem::path folder_;
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
  TerrainRecipe recipe = RecipeReader(problems, file.parent_path()).read(root);
  if (!problems.empty()) throw ScenarioErrors(problems.sorted());
  return recipe;
}

}  // namespace yonder::scenarios
