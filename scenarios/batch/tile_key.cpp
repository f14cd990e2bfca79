#include "scenarios/batch/tile_key.h"

#include <fmt/format.h>
#include <gnu/libc-version.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/number_table.h"
#include "core/simd_level.h"
#include "geodata/dataset_files.h"
#include "geodata/projection.h"
#include "geodata/raster_output.h"
#include "geodata/terrain_loader.h"
#include "scenarios/build_info.h"
#include "scenarios/scenario_files.h"
#include "scenarios/sha256.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

struct GeoBounds {
  double west_deg, south_deg, east_deg, north_deg;

  bool meets(const GeoBounds& other) const {
    return west_deg <= other.east_deg && other.west_deg <= east_deg &&
           south_deg <= other.north_deg && other.south_deg <= north_deg;
  }
};

/// Bounds of a grid on the earth, with what curved edges and a raster's own half pixels may add.
GeoBounds bounds_of(const AnalysisGrid& analysis) {
  constexpr int kSteps = 16;
  constexpr double kMarginDeg = 0.05;
  const Grid& grid = analysis.grid;
  GeoBounds bounds{180.0, 90.0, -180.0, -90.0};
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      const LonLat at = analysis.projection.to_lonlat(
          {grid.top_left.x_m + grid.columns * grid.pixel_size_m * i / kSteps,
           grid.top_left.y_m - grid.rows * grid.pixel_size_m * j / kSteps});
      bounds.west_deg = std::min(bounds.west_deg, at.lon_deg - kMarginDeg);
      bounds.east_deg = std::max(bounds.east_deg, at.lon_deg + kMarginDeg);
      bounds.south_deg = std::min(bounds.south_deg, at.lat_deg - kMarginDeg);
      bounds.north_deg = std::max(bounds.north_deg, at.lat_deg + kMarginDeg);
    }
  }
  return bounds;
}

void remove_key(YamlNode& map, std::string_view key) {
  std::erase_if(map.entries, [&](const YamlEntry& entry) { return entry.key == key; });
}

template <typename T>
std::string optional_text(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : std::string("-");
}

// The structured bindings name every member: a new one does not compile until someone has decided
// here whether a tile depends on it.

std::string cell_text(const Scenario& scenario, const CellConfig& cell) {
  const auto& [id, carrier, antenna, height_agl_m, azimuth_deg, mechanical_tilt_deg,
               electrical_tilt_deg, total_power_dbm, feeder_loss_db, radio, mark] = cell;
  const auto& [tx_ports, rx_ports, dual_stack, dual_stack_efficiency_db, second_radio_power_w,
               second_radio_tx_ports, ssb_offset_db, branches_in_gain, noise_figure_db,
               uplink_interference_db, load, prach_format, prach_scs_hz, n_cs, prach_restricted_set,
               root_sequence_index, delay_spread_s, fibre_m, fibre_compensated] = radio;
  // {} prints the shortest digits that read back as the same double.
  return fmt::format(
      "cell {} carrier {} antenna {} height {} azimuth {} tilt {} {} power_dbm {} feeder {} ports "
      "{} {} stack {} {} {} {} ssb {} branches {} noise {} interference {} load {} prach {} {} {} "
      "{} {} delay {} fibre {} {}\n",
      id, scenario.carriers[static_cast<std::size_t>(carrier)].id,
      scenario.antennas[static_cast<std::size_t>(antenna)].id, height_agl_m, azimuth_deg,
      mechanical_tilt_deg, electrical_tilt_deg, total_power_dbm, feeder_loss_db, tx_ports, rx_ports,
      static_cast<int>(dual_stack), dual_stack_efficiency_db, optional_text(second_radio_power_w),
      optional_text(second_radio_tx_ports), ssb_offset_db, branches_in_gain, noise_figure_db,
      uplink_interference_db, load, prach_format, optional_text(prach_scs_hz), optional_text(n_cs),
      prach_restricted_set, optional_text(root_sequence_index), delay_spread_s, fibre_m,
      fibre_compensated);
}

using NamedTables = std::pair<std::string, std::shared_ptr<const NumberTables>>;

/// What models and additions read from files, by parameter.
std::vector<NamedTables> parameter_tables(const Scenario& scenario) {
  std::vector<NamedTables> tables;
  const auto add = [&](const ParameterValues& values) {
    for (const auto& [name, value] : values) {
      const auto* given = std::get_if<std::shared_ptr<const NumberTables>>(&value);
      if (given != nullptr && *given != nullptr) tables.emplace_back(name, *given);
    }
  };
  add(scenario.propagation.parameters);
  for (const AdditionConfig& one : scenario.propagation.additions) add(one.choice.parameters);
  return tables;
}

/// Their files, each with a name for keys: of the parameter, and within its folder.
std::vector<std::pair<std::string, fs::path>> tables_of(const Scenario& scenario) {
  std::vector<std::pair<std::string, fs::path>> files;
  for (const auto& [name, tables] : parameter_tables(scenario)) {
    for (const NumberTable& table : tables->tables) {
      const bool alone = table.file == tables->origin;
      files.emplace_back(alone ? name : name + " " + fs::path(table.file).filename().string(),
                         table.file);
    }
  }
  return files;
}

std::set<std::string> table_origins(const Scenario& scenario) {
  std::set<std::string> origins;
  for (const auto& [name, tables] : parameter_tables(scenario)) origins.insert(tables->origin);
  return origins;
}

/// Takes the paths of tables out of a mapping: their content speaks for them. They are named
/// flat, or below a member's name.
void remove_tables(YamlNode& node, const std::set<std::string>& files, const fs::path& base) {
  std::erase_if(node.entries, [&](const YamlEntry& entry) {
    return entry.value.kind == YamlNode::Kind::scalar &&
           files.contains(resolve_path(base, entry.value.text).string());
  });
  for (YamlEntry& entry : node.entries) remove_tables(entry.value, files, base);
  for (YamlNode& item : node.items) remove_tables(item, files, base);
}

std::string site_text(const Scenario& scenario, const SiteConfig& site) {
  const auto& [id, name, position, cells, mark] = site;
  std::string text = fmt::format("site {} at {} {} name '{}' '{}'\n", id, position.lon_deg,
                                 position.lat_deg, name.en, name.zh);
  for (const CellConfig& cell : cells) text += cell_text(scenario, cell);
  return text;
}

}  // namespace

/// What all tiles have in common, and where each raster lies.
struct TileKeys::Settings {
  std::string common;                                    ///< first lines of every key
  std::map<std::string, std::string> antennas;           ///< by id, as written
  std::map<fs::path, GeoBounds> rasters;                 ///< of the terrain
  std::vector<std::pair<std::string, fs::path>> tables;  ///< of models, with names for the key
  /// What a file of geographic data is made of, by its name: itself and its other parts, each with
  /// its place seen from the first.
  struct Parts {
    std::string head;
    std::vector<std::pair<std::string, fs::path>> others;
  };
  std::map<fs::path, Parts> parts;

  const Parts& parts_of(const fs::path& file);
};

const TileKeys::Settings::Parts& TileKeys::Settings::parts_of(const fs::path& file) {
  const auto it = parts.find(file);
  if (it != parts.end()) return it->second;
  Parts found;
  if (!is_virtual_path(file.string())) {
    Sha256 head;
    head.add(geodata::raster_head(file));
    found.head = head.hex();
    for (const fs::path& part : geodata::dataset_files(file)) {
      if (part == file) continue;
      // What a companion is called after its file's own name, so that both can be renamed.
      std::string name = part.lexically_relative(file.parent_path()).string();
      if (name.starts_with(file.stem().string() + ".")) {
        name = "*" + name.substr(file.stem().string().size());
      }
      found.others.emplace_back(std::move(name), part);
    }
    std::ranges::sort(found.others);
  }
  return parts.emplace(file, std::move(found)).first->second;
}

TileKeys::TileKeys(const Scenario& scenario)
    : settings_(std::make_unique<Settings>()), hashes_(scenario.read_files) {
  // What enters by content, or cell by cell, is taken out of the scenario's text.
  YamlNode document = parse_yaml(scenario.echo, "scenario");
  if (YamlEntry* antennas = document.find("antennas")) {
    for (const YamlNode& item : antennas->value.items) {
      const YamlEntry* id = item.find("id");
      if (id == nullptr) continue;
      YamlNode pathless = item;
      remove_key(pathless, "file");
      settings_->antennas[id->value.text] = emit_yaml(pathless);
    }
  }
  settings_->tables = tables_of(scenario);
  if (YamlEntry* propagation = document.find("propagation")) {
    remove_tables(propagation->value, table_origins(scenario), scenario.file.parent_path());
  }
  for (const char* key : {"antennas", "sites", "sites_csv", "sites_csv_columns", "cell_defaults",
                          "title", "variants", "shapes", "optical"}) {
    remove_key(document, key);
  }
  if (YamlEntry* area = document.find("area")) {
    // Where the area ends is in each tile's window.
    remove_key(area->value, "bounding_box");
    remove_key(area->value, "around_sites_km");
  }
  if (YamlEntry* terrain = document.find("terrain")) {
    remove_key(terrain->value, "sources");
    if (YamlEntry* sea = terrain->value.find("sea")) {
      remove_key(sea->value, "land_polygons");
      remove_key(sea->value, "land_mask");
    }
    if (YamlEntry* clutter = terrain->value.find("clutter")) remove_key(clutter->value, "path");
  }
  if (YamlEntry* outputs = document.find("outputs")) {  // of the whole map alone
    for (const char* key :
         {"directory", "sites", "picture", "report", "exports", "vector_formats"}) {
      remove_key(outputs->value, key);
    }
  }
  if (YamlEntry* calculation = document.find("calculation")) {
    for (const char* key : {"cache", "cache_directory", "cache_limit_gib"}) {
      remove_key(calculation->value, key);
    }
  }
  // Sections of which nothing is left say as little as those that were never written.
  const auto says_nothing = [](const YamlEntry& entry) {
    const YamlNode& value = entry.value;
    return value.kind == YamlNode::Kind::null ||
           (value.kind == YamlNode::Kind::map && value.entries.empty());
  };
  for (const char* key : {"outputs", "calculation"}) {
    YamlEntry* section = document.find(key);
    if (section != nullptr && says_nothing(*section)) remove_key(document, key);
  }
  Sha256 digest;
  digest.add(emit_yaml(document));
  settings_->common = fmt::format(
      "format yonder-tile-1\n"
      "program yonder {}, sources {}, {} {}, flags '{}', libc {}, gdal {}, proj {}, vectors {}\n"
      "scenario {} variant {} settings {}\n",
      kVersion, kMapSources, kCompiler, kBuildType, kCompileFlags, gnu_get_libc_version(),
      geodata::gdal_version(), geodata::proj_version(), simd_level_name(simd_level()), scenario.id,
      scenario.chosen_variant() != nullptr ? scenario.chosen_variant()->id : "-", digest.hex());

  for (const TerrainSource& source : scenario.terrain.sources) {
    for (const fs::path& file : source.files) {
      const geodata::RasterSummary raster = geodata::inspect_raster(file);
      settings_->rasters[file] = {raster.west_deg, raster.south_deg, raster.east_deg,
                                  raster.north_deg};
    }
  }
}

TileKeys::~TileKeys() = default;

void TileKeys::keep_rasters_under(const AnalysisGrid& analysis, Scenario& part) const {
  const GeoBounds bounds = bounds_of(analysis);
  for (TerrainSource& source : part.terrain.sources) {
    std::erase_if(source.files,
                  [&](const fs::path& file) { return !settings_->rasters.at(file).meets(bounds); });
  }
  std::erase_if(part.terrain.sources,
                [](const TerrainSource& source) { return source.files.empty(); });
}

TileKey TileKeys::key(const Scenario& part, const TileGrid& grid, const Tile& tile,
                      const AnalysisGrid& analysis) {
  TileKey key;
  key.text = settings_->common;
  const Grid pixels = grid.area.crop(tile.window);
  const auto grid_text = [](const Grid& g) {
    return fmt::format("left {} top {} pixel_m {} columns {} rows {}", g.top_left.x_m,
                       g.top_left.y_m, g.pixel_size_m, g.columns, g.rows);
  };
  key.text += fmt::format("window {}, {}\n", grid_text(pixels),
                          grid.whole_window ? "all judged" : "judged within reach");
  Sha256 plane;
  plane.add(grid.projection.wkt());
  key.text += fmt::format("terrain_grid {}, plane {} {}\n", grid_text(analysis.grid),
                          grid.projection.name(), plane.hex());
  // Content, not names: the same data elsewhere, or called otherwise, makes the same map.
  const auto add_one = [&](const std::string& name, const fs::path& file) {
    key.text += fmt::format("{} {}\n", name, hashes_.of(file).sha256);
    key.inputs.push_back(file);
  };
  const auto add_file = [&](const std::string& name, const fs::path& file) {
    const Settings::Parts& parts = settings_->parts_of(file);
    add_one(name, file);
    if (!parts.head.empty()) key.text += fmt::format("{} head {}\n", name, parts.head);
    for (const auto& [place, one] : parts.others) add_one(name + " part " + place, one);
  };
  for (std::size_t i = 0; i < part.terrain.sources.size(); ++i) {
    for (const fs::path& file : part.terrain.sources[i].files) {
      add_file(fmt::format("terrain {}", i), file);
    }
  }
  if (part.terrain.land_polygons) add_file("land polygons", *part.terrain.land_polygons);
  if (part.terrain.land_mask) add_file("land mask", *part.terrain.land_mask);
  if (part.terrain.clutter) add_file("clutter raster", part.terrain.clutter->file);
  for (const auto& [name, file] : settings_->tables) add_one("table " + name, file);

  std::set<int> antennas;
  for (const SiteConfig& site : part.sites) {
    for (const CellConfig& cell : site.cells) antennas.insert(cell.antenna);
  }
  for (const int index : antennas) {
    const AntennaConfig& antenna = part.antennas[static_cast<std::size_t>(index)];
    Sha256 digest;
    digest.add(settings_->antennas.at(antenna.id));
    key.text += fmt::format("antenna {} {}\n", antenna.id, digest.hex());
    if (const auto* pattern = std::get_if<PatternFileConfig>(&antenna.pattern)) {
      add_one("pattern " + antenna.id, pattern->file);
    }
  }
  for (const SiteConfig& site : part.sites) key.text += site_text(part, site);
  Sha256 digest;
  digest.add(key.text);
  key.sha256 = digest.hex();
  return key;
}

std::string cells_sha256(const Scenario& scenario) {
  Sha256 digest;
  for (const SiteConfig& site : scenario.sites) digest.add(site_text(scenario, site));
  std::set<fs::path> files;
  for (const AntennaConfig& antenna : scenario.antennas) {
    if (const auto* pattern = std::get_if<PatternFileConfig>(&antenna.pattern)) {
      files.insert(pattern->file);
    }
  }
  for (const auto& [name, file] : tables_of(scenario)) files.insert(file);
  for (const fs::path& file : files) digest.add(scenario.read_files.at(file).sha256);
  return digest.hex();
}

std::string first_difference(const std::string& key_text, const std::string& other_text) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> list;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      list.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return list;
  };
  const std::vector<std::string> now = lines(key_text);
  const std::vector<std::string> before = lines(other_text);
  const auto name_of = [](const std::string& line) {
    const std::size_t first = line.find(' ');
    return line.substr(0, line.find(' ', first == std::string::npos ? first : first + 1));
  };
  for (const std::string& line : now) {
    if (std::ranges::find(before, line) == before.end()) return name_of(line);
  }
  for (const std::string& line : before) {
    if (std::ranges::find(now, line) == now.end()) return name_of(line) + " (gone)";
  }
  return "order of the cells";
}

}  // namespace yonder::scenarios
