#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "core/text.h"
#include "core/units.h"
#include "propagation/addition_conflicts.h"
#include "propagation/additions.h"
#include "propagation/models.h"
#include "scenarios/availability.h"
#include "scenarios/csv_table.h"
#include "scenarios/file_name.h"
#include "scenarios/nr_decode.h"
#include "scenarios/nr_plan.h"
#include "scenarios/number_tables.h"
#include "scenarios/optical_links.h"
#include "scenarios/pattern_file.h"
#include "scenarios/report/report.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_area.h"
#include "scenarios/scenario_files.h"
#include "scenarios/scenario_overrides.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/scenario_settings.h"
#include "scenarios/scenario_variants.h"
#include "scenarios/sha256.h"
#include "scenarios/shape_decode.h"
#include "scenarios/sites_csv.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr auto kPowerForms = std::to_array<std::string_view>(
    {"power_w", "power_dbm", "power_per_port_w", "power_per_port_dbm"});

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) {
    const std::string reason = in ? "it is a folder" : std::strerror(errno);
    throw ScenarioErrors({{{file.string(), 0, 0}, "", "cannot be read: " + reason, ""}});
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// "line 12", or "line 12 of sites.csv" for another file.
std::string place(const SourceMark& mark, const SourceMark& seen_from) {
  std::string text = mark.line > 0 ? "line " + std::to_string(mark.line) : "--set";
  if (mark.line > 0 && mark.file != seen_from.file) text += " of " + mark.file;
  return text;
}

/// Ids of one kind, each once.
class Ids {
 public:
  explicit Ids(std::string kind) : kind_(std::move(kind)) {}

  /// Notes an id that was there before.
  void add(const std::string& id, const SectionReader& section) {
    if (id.empty()) return;
    const SourceMark mark = section.mark_of("id");
    const auto [it, is_new] = first_.emplace(id, mark);
    if (is_new) return;
    section.fail("id",
                 kind_ + " '" + id + "' is defined twice, first in " + place(it->second, mark), "");
  }

 private:
  std::string kind_;
  std::map<std::string, SourceMark> first_;
};

class Decoder {
 public:
  Decoder(const fs::path& file, const YamlNode& document, const LoadOptions& options,
          Problems& problems)
      : problems_(problems),
        options_(options),
        base_(fs::absolute(file).parent_path()),
        root_(problems, document, "", "") {
    scenario_.file = fs::absolute(file).lexically_normal();
    scenario_.input_files.push_back(scenario_.file);
  }

  Scenario decode() {
    root_.integer("yonder");
    decode_identity();
    decode_propagation();  // first: the model says what frequencies and heights are valid
    decode_area();
    decode_calculation();
    decode_terrain();
    decode_carriers();
    decode_antennas();
    decode_sites();
    decode_receiver();
    decode_terminals();
    decode_thresholds();
    decode_shapes_section();
    decode_outputs();
    decode_optical_links();
    if (const auto section = root_.section("availability")) {
      scenario_.availability = decode_availability(*section, scenario_);
    }
    check_additions();
    check_fading();
    if (!scenario_.terminals.empty()) check_carriers_apart(scenario_, problems_);
    check_area(scenario_, site_paths_, problems_);
    return std::move(scenario_);
  }

 private:
  void decode_identity() {
    const std::string stem = scenario_.file.stem().string();
    scenario_.id = root_.text_or(
        "id", stem == "scenario" ? scenario_.file.parent_path().filename().string() : stem);
    // Empty: it was not text, which is noted already.
    const std::string problem = scenario_.id.empty() ? "" : file_name_problem(scenario_.id);
    if (!problem.empty()) root_.fail("id", problem);
    scenario_.title = root_.label("title", scenario_.id);
  }

  void decode_calculation() {
    const auto section = root_.section("calculation");
    if (!section) return;
    CalculationConfig& calculation = scenario_.calculation;
    calculation.radius_m = section->number("radius_km") * 1000.0;
    if (section->text_or("engine", "sweep") == "exact") calculation.engine = Engine::exact;
    calculation.servers = section->integer("servers");
    calculation.cache = section->text_or("cache", "on") == "on";
    if (section->given("cache_directory")) {
      const std::string directory = section->text("cache_directory");
      if (!directory.empty()) calculation.cache_directory = resolve_path(base_, directory);
    }
    calculation.cache_limit_gib = section->number("cache_limit_gib");
  }

  void decode_propagation() {
    PropagationConfig& config = scenario_.propagation;
    const auto section = root_.section("propagation");
    if (!section) return;
    config.mark = section->mark();
    config.model = section->text("model");
    if (section->text_or("polarization", "vertical") == "horizontal") {
      config.polarization = Polarization::horizontal;
    }
    if (section->text_or("short_range", "free_space") == "none") {
      config.short_range = ShortRange::none;
    }
    if (config.model.empty()) return;
    model_ = propagation::find_model(config.model);
    if (model_ == nullptr) {
      std::vector<std::string_view> ids;
      std::string list;
      for (const ModelInfo* info : propagation::all_models()) {
        ids.push_back(info->id);
        list += (list.empty() ? "" : ", ") + std::string(info->id);
      }
      fail_reference(*section, "model", "there is no model '" + config.model + "'", config.model,
                     ids, list);
      return;
    }
    config.parameters = decode_parameters(
        *section, {"model", model_->parameters,
                   [this](const ParameterValues& values) { model_->make(values); }});
    decode_additions(*section);
  }

  /// Whose parameters a mapping holds.
  struct ParameterOwner {
    std::string_view kind;  ///< "model" or "addition"
    std::span<const ParameterSpec> specs;
    std::function<void(const ParameterValues&)> make;  ///< throws ParameterError
  };

  /// Parameters of a section's key "parameters", checked by making their owner.
  ParameterValues decode_parameters(const SectionReader& section, const ParameterOwner& owner) {
    std::map<std::string, FoundValue> where;
    ParameterValues decoded;
    const FoundValue given = section.find("parameters");
    if (given.node != nullptr) {
      if (given.node->kind == YamlNode::Kind::map) {
        flatten_parameters(owner, *given.node, "", given.key_path, where, decoded);
      } else {
        section.fail("parameters",
                     "must be a mapping of keys, not " + std::string(kind_text(given.node->kind)));
      }
    }
    // The reader stops at the first parameter it cannot take: set that one aside and try again.
    ParameterValues values = decoded;
    while (true) {
      try {
        owner.make(values);
        return decoded;
      } catch (const ParameterError& error) {
        const auto it = where.find(error.parameter());
        const bool was_given = values.erase(error.parameter()) > 0;
        const std::string example = parameter_example(owner, error.parameter());
        if (!was_given && it != where.end())
          return decoded;  // required and given, but wrong: noted already
        if (it != where.end()) {
          problems_.add(it->second.node->mark, it->second.key_path, error.what(), example);
        } else {
          problems_.add(given.node != nullptr ? given.node->mark : section.mark(),
                        section.path_of("parameters") + "." + error.parameter(), error.what(),
                        example);
        }
        if (!was_given) return decoded;
      }
    }
  }

  void flatten_parameters(const ParameterOwner& owner, const YamlNode& map,
                          const std::string& prefix, const std::string& path,
                          std::map<std::string, FoundValue>& where, ParameterValues& decoded) {
    for (const YamlEntry& entry : map.entries) {
      const std::string name = prefix + entry.key;
      const std::string key_path = path + "." + entry.key;
      const YamlNode& value = entry.value;
      switch (value.kind) {
        case YamlNode::Kind::map:
          flatten_parameters(owner, value, name + ".", key_path, where, decoded);
          break;
        case YamlNode::Kind::list:
          problems_.add(value.mark, key_path, "must be a number or a word, not a list",
                        parameter_example(owner, name));
          break;
        case YamlNode::Kind::null:
          problems_.add(value.mark, key_path, "has no value", parameter_example(owner, name));
          break;
        case YamlNode::Kind::scalar:
          where[name] = {&value, nullptr, key_path};
          decode_parameter(owner, value, name, key_path, decoded);
          break;
      }
    }
  }

  void decode_parameter(const ParameterOwner& owner, const YamlNode& value, const std::string& name,
                        const std::string& key_path, ParameterValues& decoded) {
    const ParameterSpec* spec = find_parameter(owner, name);
    if (spec == nullptr || !spec->choices.empty()) {
      decoded[name] = value.text;
      return;
    }
    if (spec->table != TableForm::none) {
      decode_table(owner, *spec, value, key_path, decoded);
      return;
    }
    std::string problem;
    if (const auto number = parse_number(value, problem)) {
      decoded[name] = *number;
    } else {
      problems_.add(value.mark, key_path, problem, parameter_example(owner, name));
    }
  }

  /// A path in the scenario, a table for the model.
  void decode_table(const ParameterOwner& owner, const ParameterSpec& spec, const YamlNode& value,
                    const std::string& key_path, ParameterValues& decoded) {
    const std::string name(spec.name);
    const fs::path path = resolve_path(base_, value.text);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      problems_.add(value.mark, key_path,
                    (spec.table == TableForm::csv ? "there is no file " : "there is no folder ") +
                        path.string() + " (" + std::string(spec.meaning) + ")",
                    parameter_example(owner, name));
      return;
    }
    const std::vector<fs::path> files = table_files(spec, path);
    std::vector<FileDigest> digests;
    try {
      digests = digests_of(files);
      decoded[name] = read_tables(spec, path);
      if (digests_of(files) != digests) {
        problems_.add(value.mark, key_path, path.string() + " changed while it was read", "");
        return;
      }
    } catch (const ScenarioErrors& errors) {
      problems_.add_all(errors.list());
      return;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      scenario_.input_files.push_back(files[i]);
      scenario_.read_files[files[i]] = digests[i];
    }
  }

  /// Of files that can be read: what is wrong with others their reader says.
  static std::vector<FileDigest> digests_of(const std::vector<fs::path>& files) {
    std::vector<FileDigest> digests;
    for (const fs::path& file : files) {
      std::error_code ignored;
      if (!fs::is_regular_file(file, ignored)) continue;
      std::ifstream in(file, std::ios::binary);
      digests.push_back(digest_of(
          std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}));
    }
    return digests;
  }

  static const ParameterSpec* find_parameter(const ParameterOwner& owner, std::string_view name) {
    for (const ParameterSpec& spec : owner.specs) {
      if (spec.name == name) return &spec;
    }
    return nullptr;
  }

  static std::string parameter_example(const ParameterOwner& owner, std::string_view name) {
    const ParameterSpec* spec = find_parameter(owner, name);
    if (spec != nullptr) {
      const auto* number = std::get_if<double>(&spec->default_value);
      return std::string(name) + ": " +
             (number != nullptr ? number_text(*number)
                                : std::string(std::get<std::string_view>(spec->default_value)));
    }
    std::string names;
    for (const ParameterSpec& other : owner.specs) {
      names += (names.empty() ? "" : ", ") + std::string(other.name);
    }
    return names.empty() ? "parameters: left out, for this " + std::string(owner.kind) + " has none"
                         : names;
  }

  void decode_additions(const SectionReader& propagation) {
    for (const SectionReader& section :
         sections(propagation, "additions", "propagation.additions[]")) {
      AdditionConfig addition;
      addition.mark = section.mark();
      const std::string id = section.text("id");
      const std::string where = section.text_or("where", "everywhere");
      for (std::size_t i = 0; i < propagation::kAdditionSurfaces.size(); ++i) {
        if (where == propagation::kAdditionSurfaces[i]) {
          addition.choice.surface = static_cast<propagation::AdditionSurface>(i);
        }
      }
      if (id.empty()) continue;
      const propagation::AdditionInfo* info = propagation::find_addition(id);
      if (info == nullptr) {
        std::vector<std::string_view> ids;
        std::string list;
        for (const propagation::AdditionInfo* one : propagation::all_additions()) {
          ids.push_back(one->id);
          list += (list.empty() ? "" : ", ") + std::string(one->id);
        }
        fail_reference(section, "id", "there is no addition '" + id + "'", id, ids, list);
        continue;
      }
      addition.choice.info = info;
      addition.choice.parameters = decode_parameters(
          section, {"addition", info->parameters,
                    [info](const ParameterValues& values) { info->make(values); }});
      scenario_.propagation.additions.push_back(std::move(addition));
    }
  }

  /// Spread over places would count twice: in the model and in the fading margin.
  void check_fading() {
    if (model_ == nullptr || scenario_.terminals.empty()) return;
    const FadingConfig& fading = scenario_.service.fading;
    const ParameterValues& values = scenario_.propagation.parameters;
    const auto it = values.find("location_percent");
    if (it == values.end() || fading.sigma_db == 0.0) return;
    const auto* percent = std::get_if<double>(&it->second);
    if (percent == nullptr || *percent == 50.0) return;
    problems_.add(scenario_.propagation.mark, "propagation.parameters.location_percent",
                  "is " + number_text(*percent) +
                      ", and service.fading keeps a margin for the same spread over places",
                  "location_percent: 50, or service: {fading: {sigma_db: 0}}");
  }

  /// What additions would count twice, or never.
  void check_additions() {
    const std::vector<AdditionConfig>& additions = scenario_.propagation.additions;
    if (model_ == nullptr || additions.empty()) return;
    std::vector<propagation::AdditionChoice> choices;
    for (const AdditionConfig& one : additions) choices.push_back(one.choice);
    for (const propagation::AdditionConflict& conflict :
         propagation::addition_conflicts(*model_, scenario_.propagation.parameters, choices,
                                         scenario_.terrain.clutter.has_value())) {
      problems_.add(additions[conflict.index].mark, "propagation.additions",
                    std::string(choices[conflict.index].info->id) + " " + conflict.problem);
    }
    for (const AdditionConfig& one : additions) {
      const std::string id(one.choice.info->id);
      if (one.choice.info->kind != propagation::AdditionKind::shell) continue;
      const auto twice = [&](const std::string& other, const std::string& why) {
        problems_.add(one.mark, "propagation.additions",
                      id + " and " + other + why + ": leave one of them out");
      };
      if (scenario_.receiver.penetration_loss_db > 0.0) {
        twice("receiver.penetration_loss_db", " both stand for the way into a vehicle or building");
      }
      for (const TerminalConfig& terminal : scenario_.terminals) {
        if (nr::find_terminal_profile(terminal.profile) == nullptr) continue;
        for (const CarrierConfig& carrier : scenario_.carriers) {
          if (!(carrier.frequency_hz > 0.0)) continue;
          try {
            if (terminal_radio(terminal, carrier.frequency_hz).penetration_loss_db > 0.0) {
              twice("the penetration loss of terminal " + terminal.id,
                    " count the way into the vehicle twice");
              break;
            }
          } catch (const std::invalid_argument&) {
            break;  // noted
          }
        }
      }
    }
  }

  /// An unknown word where one of `valid` is wanted.
  static void fail_reference(const SectionReader& section, std::string_view key,
                             std::string problem, const std::string& word,
                             const std::vector<std::string_view>& valid, const std::string& list) {
    const std::string_view near = nearest_word(word, valid);
    if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
    section.fail(key, problem, list);
  }

  /// Checks a quantity against the model's table of ranges.
  void check_model_range(const SectionReader& section, std::string_view key,
                         std::string_view range_name, double value) {
    if (model_ == nullptr || std::isnan(value)) return;
    for (const RangeSpec& range : model_->ranges) {
      if (range.name != range_name || range.holds(value)) continue;
      std::string problem = number_text(value) + " " + std::string(range.unit) +
                            " is out of the range of model " + std::string(model_->id) + ": " +
                            range_text(range);
      if (!range.source.empty()) problem += " (" + std::string(range.source) + ")";
      section.fail(key, problem);
    }
  }

  void decode_area() {
    const auto section = root_.section("area");
    if (!section) return;
    AreaConfig& area = scenario_.area;
    area.mark = section->mark();
    area.pixel_m = section->number("pixel_m");
    const std::string crs = section->text_or("crs", "auto");
    if (crs != "auto") area.crs = crs;
    const bool around = section->given("around_sites_km");
    if (around) area.around_sites_m = section->number("around_sites_km") * 1000.0;
    const bool box = section->given("bounding_box");
    if (box) area.bounding_box = decode_bounding_box(*section);
    if (around == box) {
      problems_.add(section->mark(), section->shown_path(),
                    around ? "has both around_sites_km and bounding_box; give one"
                           : "needs around_sites_km or bounding_box",
                    "area: {around_sites_km: 30, pixel_m: 200}");
    }
  }

  /// A file that must exist; empty when it does not (noted).
  fs::path existing_file(const SectionReader& section, std::string_view key) {
    const std::string text = section.text(key);
    if (text.empty()) return {};
    const fs::path file = resolve_path(base_, text);
    if (is_virtual_path(text)) return file;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
      section.fail(key, "there is no file " + file.string(), "");
      return {};
    }
    if (fs::is_directory(file, ignored)) {
      section.fail(key, file.string() + " is a folder, not a file", "");
      return {};
    }
    scenario_.input_files.push_back(file);
    return file;
  }

  void decode_terrain() {
    const auto section = root_.section("terrain");
    if (!section) return;
    TerrainConfig& terrain = scenario_.terrain;
    decode_sources(*section);
    if (const auto sea = section->section("sea")) {
      terrain.sea_mark = sea->mark();
      if (sea->given("land_polygons")) terrain.land_polygons = existing_file(*sea, "land_polygons");
      if (sea->given("land_mask")) terrain.land_mask = existing_file(*sea, "land_mask");
      terrain.assume_sea_level = sea->boolean("assume_sea_level", false);
      if (terrain.land_polygons && terrain.land_mask) {
        problems_.add(sea->mark(), sea->shown_path(),
                      "has both land_polygons and land_mask; give one");
      } else if (sea->node().entries.empty()) {
        problems_.add(sea->mark(), sea->shown_path(), "says nothing",
                      "sea: {assume_sea_level: true}");
      }
    }
    if (const auto clutter = section->section("clutter")) decode_clutter(*clutter);
  }

  void decode_sources(const SectionReader& terrain) {
    const FoundValue list = terrain.find("sources");
    std::vector<FoundValue> items;
    if (list.node != nullptr && list.node->kind == YamlNode::Kind::scalar) {
      items.push_back(list);  // one source may stand without brackets
    } else {
      items = terrain.items("sources");
    }
    for (const FoundValue& item : items) {
      const YamlNode* path_node = item.node;
      std::string key_path = item.key_path;
      if (item.node->kind == YamlNode::Kind::map) {
        const SectionReader long_form(problems_, *item.node, "terrain.sources[]", item.key_path);
        path_node = long_form.find("path").node;
        key_path = long_form.path_of("path");
        if (path_node == nullptr) {
          long_form.fail_missing("path");
          continue;
        }
      }
      std::string problem;
      const auto pattern = parse_text(*path_node, problem);
      if (!pattern) {
        problems_.add(path_node->mark, key_path, problem, "sources: [dem.tif, \"tiles/*.tif\"]");
        continue;
      }
      add_source(*pattern, *path_node, key_path);
    }
  }

  void add_source(const std::string& pattern, const YamlNode& node, const std::string& key_path) {
    TerrainSource source{
        .pattern = pattern, .files = expand_glob(base_, pattern), .mark = node.mark};
    const std::string whole = resolve_path(base_, pattern).string();
    std::error_code ignored;
    if (source.files.empty()) {
      if (!options_.terrain_must_exist) return;
      problems_.add(node.mark, key_path,
                    is_glob(pattern) ? "no file matches " + whole : "there is no file " + whole);
      return;
    }
    if (source.files.size() == 1 && fs::is_directory(source.files.front(), ignored)) {
      problems_.add(node.mark, key_path, whole + " is a folder; name the files in it",
                    "\"" + pattern + (pattern.ends_with('/') ? "" : "/") + "*.tif\"");
      return;
    }
    for (const fs::path& file : source.files) {
      if (!is_virtual_path(file.string())) scenario_.input_files.push_back(file);
    }
    scenario_.terrain.sources.push_back(std::move(source));
  }

  void decode_clutter(const SectionReader& section) {
    ClutterConfig clutter;
    clutter.mark = section.mark();
    clutter.file = existing_file(section, "path");
    if (const auto classes = section.section("classes")) {
      if (classes->node().entries.empty()) section.fail("classes", "is empty");
      for (const YamlEntry& entry : classes->node().entries) {
        const std::string path = classes->path_of(entry.key);
        YamlNode number_node;
        number_node.kind = YamlNode::Kind::scalar;
        number_node.text = entry.key;
        std::string problem;
        const auto number = parse_number(number_node, problem);
        if (!number || *number != std::floor(*number) || std::abs(*number) > 1e9) {
          problems_.add(entry.mark, path, "a class is a whole number, the raster's value",
                        "10: {name: forest, height_m: 15}");
          continue;
        }
        if (entry.value.kind != YamlNode::Kind::map) {
          if (entry.value.kind == YamlNode::Kind::null) continue;  // noted
          problems_.add(entry.value.mark, path, "must be a mapping of keys",
                        "10: {name: forest, height_m: 15}");
          continue;
        }
        const SectionReader one(problems_, entry.value, "terrain.clutter.classes.*", path);
        clutter.classes[static_cast<int>(*number)] = {.name = one.text_or("name", entry.key),
                                                      .height_m = one.number("height_m")};
      }
    }
    scenario_.terrain.clutter = std::move(clutter);
  }

  /// The sections of a list, e.g. carriers; items that are no mappings are noted.
  std::vector<SectionReader> sections(const SectionReader& parent, std::string_view key,
                                      const std::string& section_path,
                                      const SectionReader* fallback = nullptr) {
    std::vector<SectionReader> list;
    for (const FoundValue& item : parent.items(key)) {
      if (item.node->kind != YamlNode::Kind::map) {
        problems_.add(item.node->mark, item.key_path,
                      "must be a mapping of keys, not " + std::string(kind_text(item.node->kind)),
                      std::string(item.key->example));
        continue;
      }
      list.emplace_back(problems_, *item.node, section_path, item.key_path, PathStyle::dotted,
                        fallback);
    }
    return list;
  }

  void decode_carriers() {
    Ids ids("carrier");
    for (const SectionReader& section : sections(root_, "carriers", "carriers[]")) {
      CarrierConfig carrier;
      carrier.id = section.text("id");
      ids.add(carrier.id, section);
      const double frequency_mhz = section.number("frequency_mhz");
      check_model_range(section, "frequency_mhz", "frequency_mhz", frequency_mhz);
      carrier.frequency_hz = mhz_to_hz(frequency_mhz);
      const double spacing_khz = section.number("subcarrier_spacing_khz");
      if (!std::isnan(spacing_khz) && spacing_khz != 15 && spacing_khz != 30 && spacing_khz != 60 &&
          spacing_khz != 120) {
        section.fail("subcarrier_spacing_khz",
                     "must be 15, 30, 60 or 120 kHz, not " + number_text(spacing_khz));
      }
      carrier.subcarrier_spacing_hz = spacing_khz * 1000.0;
      decode_carrier_nr(section, carrier);
      resolve_carrier(section, carrier, root_.given("terminals") || root_.given("service"));
      if (carrier.uplink_frequency_hz > 0.0 && section.given("uplink_frequency_mhz")) {
        check_model_range(section, "uplink_frequency_mhz", "frequency_mhz",
                          hz_to_mhz(carrier.uplink_frequency_hz));
      }
      scenario_.carriers.push_back(std::move(carrier));
    }
  }

  void decode_antennas() {
    Ids ids("antenna");
    for (const SectionReader& section : sections(root_, "antennas", "antennas[]")) {
      AntennaConfig antenna;
      antenna.mark = section.mark();
      antenna.id = section.text("id");
      ids.add(antenna.id, section);
      const std::string type = section.text("type");
      if (type == "omni") {
        refuse_foreign_keys(section, type,
                            {"gain_dbi", "gain_dbd", "vertical_beamwidth_deg", "side_lobe_db"});
        OmniConfig omni;
        omni.gain_dbi = read_gain_dbi(section, true);
        if (const auto width = section.number_if_given("vertical_beamwidth_deg")) {
          omni.vertical_beamwidth_deg = *width;
        }
        if (const auto lobe = section.number_if_given("side_lobe_db")) omni.side_lobe_db = *lobe;
        antenna.pattern = omni;
      } else if (type == "sector_3gpp") {
        refuse_foreign_keys(section, type,
                            {"gain_dbi", "gain_dbd", "horizontal_beamwidth_deg",
                             "vertical_beamwidth_deg", "front_to_back_db", "side_lobe_db"});
        Sector3gppConfig sector;
        sector.gain_dbi = read_gain_dbi(section, true);
        sector.horizontal_beamwidth_deg = section.number("horizontal_beamwidth_deg");
        if (!section.given("vertical_beamwidth_deg"))
          section.fail_missing("vertical_beamwidth_deg");
        sector.vertical_beamwidth_deg = section.number("vertical_beamwidth_deg");
        sector.front_to_back_db = section.number("front_to_back_db");
        if (const auto lobe = section.number_if_given("side_lobe_db")) sector.side_lobe_db = *lobe;
        antenna.pattern = sector;
      } else if (type == "pattern_file") {
        refuse_foreign_keys(section, type, {"file"});
        antenna.pattern = decode_pattern_file(section);
      }
      scenario_.antennas.push_back(std::move(antenna));
    }
  }

  static void refuse_foreign_keys(const SectionReader& section, const std::string& type,
                                  std::vector<std::string_view> own) {
    for (const YamlEntry& entry : section.node().entries) {
      if (entry.key == "id" || entry.key == "type") continue;
      const ScenarioKey* known = find_key("antennas[]." + entry.key);
      bool is_own = known == nullptr;  // unknown ones are noted already
      for (const std::string_view key : own) is_own = is_own || key == entry.key;
      if (is_own) continue;
      std::string list;
      for (const std::string_view key : own) list += (list.empty() ? "" : ", ") + std::string(key);
      section.fail(entry.key, "has no meaning for an antenna of type " + type, list);
    }
  }

  /// Gain as gain_dbi or gain_dbd.
  static double read_gain_dbi(const SectionReader& section, bool is_required) {
    const bool dbi = section.has("gain_dbi");
    const bool dbd = section.has("gain_dbd");
    if (dbi && dbd) {
      section.fail("gain_dbd", "the gain is given twice, as gain_dbi and gain_dbd; give one");
      return kNaN;
    }
    if (dbd) return dbd_to_dbi(section.number_if_given("gain_dbd").value_or(kNaN));
    if (dbi) return section.number_if_given("gain_dbi").value_or(kNaN);
    if (is_required) {
      section.fail_missing("gain_dbi");
      return kNaN;
    }
    return section.number("gain_dbi");
  }

  PatternFileConfig decode_pattern_file(const SectionReader& section) {
    PatternFileConfig config;
    if (!section.given("file")) {
      section.fail_missing("file");
      return config;
    }
    config.file = existing_file(section, "file");
    if (config.file.empty()) return config;
    try {
      const PatternFile pattern = read_pattern_file(config.file);
      scenario_.read_files[config.file] = pattern.digest;
      config.spec = pattern.spec;
      config.electrical_tilt_deg = pattern.electrical_tilt_deg;
    } catch (const ScenarioErrors& errors) {
      problems_.add_all(errors.list());
    }
    return config;
  }

  void decode_sites() {
    YamlNode no_defaults;
    no_defaults.kind = YamlNode::Kind::map;
    const FoundValue found = root_.find("cell_defaults");
    const bool has_defaults = found.node != nullptr && found.node->kind == YamlNode::Kind::map;
    if (found.node != nullptr && !has_defaults) {
      root_.fail("cell_defaults",
                 "must be a mapping of keys, not " + std::string(kind_text(found.node->kind)));
    }
    const SectionReader defaults(problems_, has_defaults ? *found.node : no_defaults,
                                 "sites[].cells[]", "cell_defaults");
    if (defaults.has("id")) {
      defaults.fail("id", "every cell has an id of its own; it has no default", "");
    }
    check_cell_values(defaults);
    int forms = 0;  // of the power
    for (const std::string_view key : kPowerForms) {
      forms += defaults.has(key) ? 1 : 0;
    }
    if (forms > 1) read_power_dbm(defaults);

    if (root_.given("sites")) {
      for (const SectionReader& section : sections(root_, "sites", "sites[]")) {
        SiteConfig site = decode_site(section);
        for (const SectionReader& cell : sections(section, "cells", "sites[].cells[]", &defaults)) {
          site.cells.push_back(decode_cell(cell));
        }
        site_index_.emplace(site.id, scenario_.sites.size());
        scenario_.sites.push_back(std::move(site));
        site_paths_.push_back(section.shown_path());
      }
    }
    if (root_.given("sites_csv")) {
      const fs::path file = existing_file(root_, "sites_csv");
      ColumnNames names;
      const FoundValue mapping = root_.find("sites_csv_columns");
      if (mapping.node != nullptr) names = read_column_names(mapping, problems_);
      if (!file.empty()) decode_sites_csv(file, names, defaults);
    } else if (root_.given("sites_csv_columns")) {
      root_.fail("sites_csv_columns", "names the columns of sites_csv, which is not given");
    }
    if (!root_.given("sites") && !root_.given("sites_csv")) {
      problems_.add(root_.mark(), "sites", "there are no sites: give sites, sites_csv or both",
                    std::string(find_key("sites")->example));
    }
  }

  SiteConfig decode_site(const SectionReader& section) {
    SiteConfig site;
    site.mark = section.mark();
    site.id = section.text("id");
    site_ids_.add(site.id, section);
    site.name = section.label("name", site.id);
    site.position = read_position(section);
    return site;
  }

  void decode_sites_csv(const fs::path& file, const ColumnNames& names,
                        const SectionReader& defaults) {
    const std::size_t first_of_table = scenario_.sites.size();
    std::vector<SiteRow> rows;
    try {
      const CsvTable table = read_csv(file);
      scenario_.read_files[file] = table.digest;
      rows = site_rows(table, file, names, &defaults, problems_);
    } catch (const ScenarioErrors& errors) {
      problems_.add_all(errors.list());
    }
    for (const SiteRow& row : rows) {
      const SectionReader site_section(problems_, row.site, "sites[]", row.shown_path(),
                                       PathStyle::row_and_column);
      const SectionReader cell_section(problems_, row.cell, "sites[].cells[]", row.shown_path(),
                                       PathStyle::row_and_column, &defaults);
      const std::string id = site_section.text("id");
      const auto known = site_index_.find(id);
      std::size_t index = scenario_.sites.size();
      if (!id.empty() && known != site_index_.end() && known->second >= first_of_table) {
        index = known->second;
        check_same_site(site_section, scenario_.sites[index]);
      } else {
        site_index_.emplace(id, index);
        scenario_.sites.push_back(decode_site(site_section));
        site_paths_.push_back(row.shown_path());
      }
      scenario_.sites[index].cells.push_back(decode_cell(cell_section));
    }
  }

  /// A further row of a site may leave its position and name out, or repeat them.
  static void check_same_site(const SectionReader& row, const SiteConfig& site) {
    const auto check = [&](std::string_view key, double before) {
      const auto value = row.number_if_given(key);
      if (!value || std::isnan(*value) || std::isnan(before) || *value == before) return;
      row.fail(key, "differs from line " + std::to_string(site.mark.line) + " of the same site (" +
                        number_text(before) + ")");
    };
    check("lon_deg", site.position.lon_deg);
    check("lat_deg", site.position.lat_deg);
  }

  /// Types and ranges of the numbers of a cell, as far as given.
  static void check_cell_values(const SectionReader& section) {
    for (const std::string_view key : keys_under("sites[].cells[]")) {
      if (find_key("sites[].cells[]." + std::string(key))->kind == KeyKind::number) {
        section.number_if_given(key);
      }
    }
  }

  template <typename List>
  static int find_reference(const SectionReader& section, std::string_view key, const List& list) {
    const std::string id = section.text(key);
    if (id.empty()) return -1;
    std::vector<std::string_view> ids;
    std::string names;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].id == id) return static_cast<int>(i);
      ids.push_back(list[i].id);
      names += (names.empty() ? "" : ", ") + list[i].id;
    }
    fail_reference(section, key, "there is no " + std::string(key) + " '" + id + "'", id, ids,
                   names);
    return -1;
  }

  CellConfig decode_cell(const SectionReader& section) {
    CellConfig cell;
    cell.mark = section.mark();
    if (section.has("id")) {
      cell.id = section.text("id");
    } else {
      section.fail_missing("id");
    }
    cell_ids_.add(cell.id, section);
    cell.carrier = find_reference(section, "carrier", scenario_.carriers);
    cell.antenna = find_reference(section, "antenna", scenario_.antennas);
    cell.height_agl_m = section.number("height_agl_m");
    check_model_range(section, "height_agl_m", "tx.height_agl_m", cell.height_agl_m);
    cell.mechanical_tilt_deg = section.number("mechanical_tilt_deg");
    cell.feeder_loss_db = section.number("feeder_loss_db");
    cell.radio = decode_cell_radio(section);
    cell.total_power_dbm = sends(cell) ? read_power_dbm(section) : no_power_dbm(section);
    cell.azimuth_deg = section.number_if_given("azimuth_deg").value_or(0.0);
    cell.electrical_tilt_deg = section.number_if_given("electrical_tilt_deg").value_or(0.0);
    if (cell.antenna >= 0) check_cell_antenna(section, cell);
    check_cell_radio(section, scenario_, cell);
    return cell;
  }

  void check_cell_antenna(const SectionReader& section, CellConfig& cell) {
    const auto& pattern = scenario_.antennas[static_cast<std::size_t>(cell.antenna)].pattern;
    if (!std::holds_alternative<OmniConfig>(pattern) && !section.given("azimuth_deg")) {
      section.fail_missing("azimuth_deg");
    }
    const auto* measured = std::get_if<PatternFileConfig>(&pattern);
    if (measured == nullptr || measured->file.empty()) return;
    const bool given = section.given("electrical_tilt_deg");
    constexpr double kSameTiltDeg =
        0.005;  // files give tilts to a tenth or a hundredth of a degree
    if (!measured->electrical_tilt_deg) {
      if (given && cell.electrical_tilt_deg != 0.0) {
        section.fail(
            "electrical_tilt_deg",
            "the antenna's file does not state a tilt, and a measured pattern cannot be "
            "tilted electrically: load the file measured at this tilt and leave the key out",
            "");
      }
      return;
    }
    if (given && !std::isnan(cell.electrical_tilt_deg) &&
        std::abs(cell.electrical_tilt_deg - *measured->electrical_tilt_deg) > kSameTiltDeg) {
      section.fail("electrical_tilt_deg",
                   "is " + number_text(cell.electrical_tilt_deg) + ", but " +
                       measured->file.filename().string() + " was measured at " +
                       number_text(*measured->electrical_tilt_deg) +
                       "°: load the file measured at the tilt you want",
                   "electrical_tilt_deg: " + number_text(*measured->electrical_tilt_deg));
    }
    cell.electrical_tilt_deg = *measured->electrical_tilt_deg;
  }

  bool sends(const CellConfig& cell) const {
    return cell.carrier < 0 ||
           carrier_role(scenario_.carriers[static_cast<std::size_t>(cell.carrier)]) !=
               nr::CarrierRole::supplementary_uplink;
  }

  /// A supplementary uplink sends nothing: 1 mW is the yardstick that ranks its cells.
  static double no_power_dbm(const SectionReader& section) {
    for (const std::string_view key : kPowerForms) {
      if (!section.has(key)) continue;
      section.fail(key, "a supplementary uplink has no transmitter: leave the power out", "");
    }
    return 0.0;
  }

  /// Power in one of four forms, summed over ports; what the cell says itself goes before
  /// cell_defaults.
  static double read_power_dbm(const SectionReader& section) {
    const auto own_has = [&](std::string_view key) { return section.has(key); };
    const bool own = std::ranges::any_of(kPowerForms, own_has);
    std::vector<std::string_view> given;
    for (const std::string_view key : kPowerForms) {
      if (own ? section.has(key) : section.given(key)) given.push_back(key);
    }
    if (given.size() > 1) {
      section.fail(given[1], "the power is given twice, as " + std::string(given[0]) + " and " +
                                 std::string(given[1]) + "; give one");
      return kNaN;
    }
    if (given.empty()) {
      section.fail_missing("power_w");
      return kNaN;
    }
    const std::string_view form = given.front();
    const double value = section.number_if_given(form).value_or(kNaN);
    const double power_dbm = form.ends_with("_w") ? power_w_to_dbm(value) : value;
    if (!form.starts_with("power_per_port")) return power_dbm;
    if (!section.given("tx_ports")) {
      section.fail(form, "is the power of one port: say how many there are", "tx_ports: 4");
      return kNaN;
    }
    return power_dbm + 10.0 * std::log10(std::max(1, section.integer("tx_ports")));
  }

  void decode_receiver() {
    Receiver& receiver = scenario_.receiver;
    if (!root_.given("receiver"))
      return check_model_range(root_, "receiver", "rx.height_agl_m", receiver.height_agl_m);
    const auto section = root_.section("receiver");
    if (!section) return;
    receiver.height_agl_m = section->number("height_agl_m");
    check_model_range(*section, "height_agl_m", "rx.height_agl_m", receiver.height_agl_m);
    receiver.gain_dbi = read_gain_dbi(*section, false);
    receiver.body_loss_db = section->number("body_loss_db");
    receiver.penetration_loss_db = section->number("penetration_loss_db");
  }

  void decode_terminals() {
    Ids ids("terminal");
    if (root_.given("terminals")) {
      for (const SectionReader& section : sections(root_, "terminals", "terminals[]")) {
        scenario_.terminals.push_back(decode_terminal(section));
        ids.add(scenario_.terminals.back().id, section);
        check_terminal(section, scenario_.terminals.back());
      }
    }
    scenario_.service.layers = default_service_layers();
    if (root_.given("service")) {
      if (const auto section = root_.section("service")) {
        scenario_.service = decode_service(*section);
      }
      if (!root_.given("terminals")) scenario_.terminals.push_back(receiver_as_terminal());
    }
  }

  void check_terminal(const SectionReader& section, const TerminalConfig& terminal) {
    if (nr::find_terminal_profile(terminal.profile) == nullptr) return;  // noted
    check_model_range(section, "height_agl_m", "rx.height_agl_m", terminal_height_agl_m(terminal));
    for (const CarrierConfig& carrier : scenario_.carriers) {
      if (!(carrier.frequency_hz > 0.0 && carrier.uplink_frequency_hz > 0.0)) continue;
      try {
        terminal_radio(terminal, carrier.frequency_hz);
        terminal_radio(terminal, carrier.uplink_frequency_hz);
      } catch (const std::invalid_argument& error) {
        section.fail("profile", error.what());
        return;
      }
    }
  }

  /// The receiver, where service is asked for but no terminal is named.
  TerminalConfig receiver_as_terminal() const {
    const Receiver& receiver = scenario_.receiver;
    TerminalConfig terminal;
    terminal.id = "receiver";
    terminal.name = Label{"Receiver", "接收机"};
    terminal.height_agl_m = receiver.height_agl_m;
    terminal.gain_dbi = receiver.gain_dbi;
    terminal.body_loss_db = receiver.body_loss_db;
    terminal.voice_body_loss_db = receiver.body_loss_db;
    terminal.penetration_loss_db = receiver.penetration_loss_db;
    terminal.mark = root_.mark_of("service");
    return terminal;
  }

  void decode_shapes_section() {
    if (!root_.given("shapes")) return;
    const auto section = root_.section("shapes");
    if (!section) return;
    scenario_.shapes = decode_shapes(*section, scenario_,
                                     [this](const SectionReader& reader, std::string_view key) {
                                       return existing_file(reader, key);
                                     });
  }

  void decode_thresholds() {
    Ids ids("threshold");
    for (const SectionReader& section : sections(root_, "thresholds", "thresholds[]")) {
      Threshold threshold;
      threshold.id = section.text("id");
      ids.add(threshold.id, section);
      threshold.name = section.label("name", threshold.id);
      threshold.rsrp_dbm = section.number("rsrp_dbm");
      scenario_.thresholds.push_back(std::move(threshold));
    }
    std::ranges::stable_sort(scenario_.thresholds, std::ranges::greater{}, &Threshold::rsrp_dbm);
  }

  void decode_outputs() {
    OutputConfig& outputs = scenario_.outputs;
    outputs.directory = fs::absolute(fs::path("out") / scenario_.id).lexically_normal();
    outputs.second_server = outputs.server_margin = scenario_.calculation.servers > 1;
    outputs.report = report_available();
    const auto section = root_.section("outputs");
    if (!section) return;
    if (section->given("directory")) {
      const std::string directory = section->text("directory");
      if (!directory.empty()) outputs.directory = resolve_path(base_, directory);
    }
    outputs.sites = section->boolean("sites", true);
    outputs.picture = section->boolean("picture", true);
    outputs.report = section->boolean("report", report_available());
    if (outputs.report && !report_available()) {
      section->fail("report", "cannot be: this yonder was built with YONDER_REPORT=OFF",
                    "report: false");
    }
    decode_layers(*section);
    decode_exports(*section);
  }

  void decode_layers(const SectionReader& section) {
    if (!section.given("layers")) return;
    OutputConfig& outputs = scenario_.outputs;
    outputs.rsrp = outputs.best_server = outputs.status = outputs.served_by_model = false;
    outputs.second_server = outputs.server_margin = false;
    const std::span<const std::string_view> layers = find_key("outputs.layers")->choices;
    for (const FoundValue& item : section.items("layers")) {
      std::string problem;
      const std::string layer = parse_text(*item.node, problem).value_or("");
      if (problem.empty() && std::ranges::find(layers, layer) == layers.end()) {
        problem = "there is no layer '" + layer + "'";
        const std::string_view near = nearest_word(layer, layers);
        if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      }
      const bool by_member = layer == "served_by_model";
      if (problem.empty() && by_member && model_ != nullptr && model_->members.empty()) {
        problem =
            "is of model auto alone: " + std::string(model_->id) + " serves every pixel itself";
      }
      if (!problem.empty()) {
        problems_.add(item.node->mark, item.key_path, problem, std::string(item.key->example));
      }
      outputs.rsrp = outputs.rsrp || layer == "rsrp";
      outputs.best_server = outputs.best_server || layer == "best_server";
      outputs.status = outputs.status || layer == "status";
      outputs.served_by_model = outputs.served_by_model || by_member;
      outputs.second_server = outputs.second_server || layer == "second_server";
      outputs.server_margin = outputs.server_margin || layer == "server_margin";
      if ((layer == "second_server" || layer == "server_margin") &&
          scenario_.calculation.servers < 2) {
        problems_.add(item.node->mark, item.key_path,
                      "layer '" + layer + "' needs more than the best server of a pixel",
                      "calculation: {radius_km: 30, servers: 2}");
      }
    }
  }

  /// The words of a list whose key names what may stand there, each with its place.
  std::vector<std::pair<std::string, FoundValue>> chosen_words(const SectionReader& section,
                                                               std::string_view key,
                                                               std::string_view kind) {
    std::vector<std::pair<std::string, FoundValue>> words;
    if (!section.given(key)) return words;
    for (const FoundValue& item : section.items(key)) {
      std::string problem;
      const std::string word = parse_text(*item.node, problem).value_or("");
      const std::span<const std::string_view> choices = item.key->choices;
      if (problem.empty() && std::ranges::find(choices, word) == choices.end()) {
        problem = "there is no " + std::string(kind) + " '" + word + "'";
        const std::string_view near = nearest_word(word, choices);
        if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      }
      if (problem.empty()) {
        words.emplace_back(word, item);
      } else {
        problems_.add(item.node->mark, item.key_path, problem, std::string(item.key->example));
      }
    }
    return words;
  }

  void decode_exports(const SectionReader& section) {
    const OutputConfig& outputs = scenario_.outputs;
    ExportConfig& exports = scenario_.outputs.exports;
    for (const auto& [word, item] : chosen_words(section, "exports", "export")) {
      exports.png = exports.png || word == "png";
      exports.kmz = exports.kmz || word == "kmz";
      exports.contours = exports.contours || word == "contours";
      exports.footprints = exports.footprints || word == "footprints";
      exports.pixels_csv = exports.pixels_csv || word == "pixels_csv";
      const std::string layer = word == "footprints" ? "best_server" : "rsrp";
      if (word == "footprints" ? outputs.best_server : outputs.rsrp) continue;
      problems_.add(
          item.node->mark, item.key_path,
          "export '" + word + "' is made of layer " + layer + ", which outputs.layers leaves out",
          "layers: [rsrp, best_server]");
    }
    const auto formats = chosen_words(section, "vector_formats", "vector format");
    if (formats.empty()) return;
    exports.gpkg = exports.flatgeobuf = false;
    for (const auto& [word, item] : formats) {
      exports.gpkg = exports.gpkg || word == "gpkg";
      exports.flatgeobuf = exports.flatgeobuf || word == "flatgeobuf";
    }
  }

  void decode_optical_links() {
    if (!root_.given("optical")) return;
    Ids ids("optical link");
    for (const SectionReader& section : sections(root_, "optical", "optical[]")) {
      scenario_.optical.push_back(decode_optical_link(section));
      ids.add(scenario_.optical.back().id, section);
    }
  }

  Problems& problems_;
  LoadOptions options_;
  fs::path base_;
  SectionReader root_;
  Scenario scenario_;
  const ModelInfo* model_ = nullptr;
  Ids site_ids_{"site"};
  Ids cell_ids_{"cell"};
  std::map<std::string, std::size_t> site_index_;
  std::vector<std::string> site_paths_;
};

}  // namespace

namespace {

/// Reads a document that no overrides are left for. Problems are noted.
Scenario decode_document(const fs::path& file, const YamlNode& document, const LoadOptions& options,
                         Problems& problems, const FileDigest& digest) {
  Scenario scenario = Decoder(file, document, options, problems).decode();
  scenario.read_files[scenario.file] = digest;
  scenario.echo = emit_yaml(document);
  return scenario;
}

/// What is wrong with some of the variants alone says with which.
std::vector<ScenarioError> told_apart(const std::vector<VariantSettings>& variants,
                                      const std::vector<std::vector<ScenarioError>>& errors) {
  std::map<std::string, std::string> ids;
  std::map<std::string, std::size_t> times;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    for (const ScenarioError& error : errors[i]) {
      ++times[error.text()];
      std::string& list = ids[error.text()];
      list += (list.empty() ? "" : ", ") + variants[i].config.id;
    }
  }
  std::vector<ScenarioError> told;
  for (const std::vector<ScenarioError>& of_variant : errors) {
    for (ScenarioError error : of_variant) {
      if (times[error.text()] < errors.size()) {
        error.problem += " (variant " + ids[error.text()] + ")";
      }
      told.push_back(std::move(error));
    }
  }
  return told;
}

}  // namespace

namespace {

std::vector<Scenario> load_all(const fs::path& file, const ScenarioSettings* settings,
                               const std::vector<Override>& overrides, const LoadOptions& options) {
  const std::string shown_file = file.string();
  const std::string text = read_text(file);
  const FileDigest digest = digest_of(text);
  YamlNode document = parse_yaml(text, shown_file);
  Problems problems;
  std::vector<ScenarioError> twice;
  find_duplicate_keys(document, "", twice);
  problems.add_all(twice);
  if (settings != nullptr) {
    apply_settings(document, settings->values, settings->shown_path, settings->base, problems);
  }
  apply_overrides(document, overrides, fs::current_path(), problems);
  if (document.kind != YamlNode::Kind::map) {
    throw ScenarioErrors(
        {{{shown_file, 1, 1},
          "",
          document.kind == YamlNode::Kind::null
              ? "the scenario is empty"
              : "a scenario is a mapping of keys, not " + std::string(kind_text(document.kind)),
          "yonder: 1"}});
  }
  std::vector<VariantSettings> variants = take_variants(document, problems);
  std::vector<VariantConfig> configs;
  for (const VariantSettings& one : variants) configs.push_back(one.config);
  if (options.variant) {
    check_variant_id(*options.variant, configs);
    std::erase_if(variants,
                  [&](const VariantSettings& one) { return one.config.id != *options.variant; });
  }

  std::vector<Scenario> scenarios;
  std::vector<std::vector<ScenarioError>> errors;
  if (variants.empty()) {
    scenarios.push_back(decode_document(file, document, options, problems, digest));
  }
  for (const VariantSettings& one : variants) {
    YamlNode changed = document;
    Problems of_variant;
    apply_settings(changed, one.settings, one.shown_path, fs::absolute(file).parent_path(),
                   of_variant);
    Scenario scenario = decode_document(file, changed, options, of_variant, digest);
    scenario.variants = configs;
    scenario.variant = static_cast<std::size_t>(
        std::ranges::find(configs, one.config.id, &VariantConfig::id) - configs.begin());
    scenarios.push_back(std::move(scenario));
    errors.push_back(of_variant.sorted());
  }
  problems.add_all(told_apart(variants, errors));
  if (!problems.empty()) throw ScenarioErrors(problems.sorted());
  return scenarios;
}

}  // namespace

std::vector<Scenario> load_variants(const fs::path& file, const std::vector<Override>& overrides,
                                    const LoadOptions& options) {
  return load_all(file, nullptr, overrides, options);
}

Scenario load_scenario_with(const fs::path& file, const ScenarioSettings& settings,
                            const std::vector<Override>& overrides, const LoadOptions& options) {
  std::vector<Scenario> scenarios = load_all(file, &settings, overrides, options);
  return std::move(scenarios.front());
}

Scenario load_scenario(const fs::path& file, const std::vector<Override>& overrides,
                       const LoadOptions& options) {
  std::vector<Scenario> scenarios = load_variants(file, overrides, options);
  return std::move(scenarios.front());
}

}  // namespace yonder::scenarios
