#include "scenarios/scenario_keys.h"

#include <array>
#include <cmath>
#include <map>

#include "core/text.h"
#include "propagation/with_additions.h"

namespace yonder::scenarios {
namespace {

constexpr RangeSpec between(double min, double max, std::string_view unit) {
  return {"", unit, min, max, true, true, ""};
}
/// Above zero, up to a bound that only a slip exceeds.
constexpr RangeSpec above_zero(double max, std::string_view unit) {
  return {"", unit, 0.0, max, false, true, ""};
}

constexpr auto kAntennaTypes =
    std::to_array<std::string_view>({"omni", "sector_3gpp", "pattern_file"});
constexpr auto kPolarizations = std::to_array<std::string_view>({"vertical", "horizontal"});
constexpr auto kShortRanges = std::to_array<std::string_view>({"free_space", "none"});
constexpr auto kEngines = std::to_array<std::string_view>({"sweep", "exact"});
constexpr auto kOnOff = std::to_array<std::string_view>({"on", "off"});
constexpr auto kLayers = std::to_array<std::string_view>(
    {"rsrp", "best_server", "status", "served_by_model", "second_server", "server_margin"});

constexpr ScenarioKey required(std::string_view path, KeyKind kind, std::string_view example,
                               std::string_view meaning, RangeSpec range = {}) {
  return {path, kind, true, "", example, meaning, range};
}
constexpr ScenarioKey optional(std::string_view path, KeyKind kind, std::string_view default_text,
                               std::string_view example, std::string_view meaning,
                               RangeSpec range = {},
                               double default_number = std::numeric_limits<double>::quiet_NaN()) {
  return {path, kind, false, default_text, example, meaning, range, default_number};
}
constexpr ScenarioKey with_choices(ScenarioKey key, std::span<const std::string_view> choices) {
  key.choices = choices;
  return key;
}

using enum KeyKind;

constexpr std::string_view kPowerExample = "power_w: 240, or power_dbm: 53.8";
constexpr std::string_view kGainExample = "gain_dbi: 15, or gain_dbd: 12.9";

constexpr auto kKeys = std::to_array<ScenarioKey>({
    required("yonder", integer, "yonder: 1", "version of the scenario format", between(1, 1, "")),
    optional("id", text, "the file's name; the folder's for scenario.yaml", "id: desert-highway",
             "short name, used for the output folder"),
    optional("title", label, "the id", "title: {en: Desert highway, zh: 沙漠公路}",
             "title of pictures and reports"),
    optional("title.en", text, "the other language", "en: Desert highway", "English text"),
    optional("title.zh", text, "the other language", "zh: 沙漠公路", "Chinese text"),

    required("area", section, "area: {around_sites_km: 30, pixel_m: 200}", "what is mapped"),
    optional("area.around_sites_km", number, "this or bounding_box", "around_sites_km: 30",
             "the area reaches this far from every site", above_zero(1000, "km")),
    optional("area.bounding_box", section, "this or around_sites_km",
             "bounding_box: {west_deg: 83, south_deg: 38, east_deg: 86, north_deg: 42}",
             "the area's edges, WGS 84"),
    required("area.bounding_box.west_deg", number, "west_deg: 83", "western edge",
             between(-180, 180, "°")),
    required("area.bounding_box.south_deg", number, "south_deg: 38", "southern edge",
             between(-80, 80, "°")),
    required("area.bounding_box.east_deg", number, "east_deg: 86", "eastern edge",
             between(-180, 180, "°")),
    required("area.bounding_box.north_deg", number, "north_deg: 42", "northern edge",
             between(-80, 80, "°")),
    required("area.pixel_m", number, "pixel_m: 200", "size of a pixel of the map and its terrain",
             above_zero(100000, "m")),
    optional("area.crs", text, "auto", "crs: EPSG:32645",
             "metric projection of the map; auto: the UTM zone of the area"),

    required("calculation", section, "calculation: {radius_km: 30}", "how far is calculated"),
    required("calculation.radius_km", number, "radius_km: 30",
             "each cell is calculated out to this distance", above_zero(1000, "km")),
    with_choices(optional("calculation.engine", text, "sweep", "engine: sweep",
                          "`sweep`: pixels share terrain profiles along azimuths; `exact`: each "
                          "pixel has its own, far slower"),
                 kEngines),
    optional("calculation.servers", integer, "1", "servers: 2",
             "strongest cells kept at each pixel; from 2 on the second server is mapped",
             between(1, 32, ""), 1),
    with_choices(optional("calculation.cache", text, "on", "cache: off",
                          "whether path-loss fields are kept for later runs"),
                 kOnOff),
    optional("calculation.cache_directory", KeyKind::path, "~/.cache/yonder/fields",
             "cache_directory: /data/fields", "folder where path-loss fields are kept"),
    optional("calculation.cache_limit_gib", number, "4", "cache_limit_gib: 20",
             "the longest unused fields go when the folder grows beyond this",
             above_zero(1e6, "GiB"), 4.0),

    required("terrain", section, "terrain: {sources: [dem.tif]}", "the ground"),
    required(
        "terrain.sources", list, "sources: [dem.tif, \"tiles/*.tif\"]",
        "elevation rasters or globs, in order of preference: later ones fill what earlier ones "
        "lack"),
    required("terrain.sources[].path", KeyKind::path, "path: dem.tif",
             "long form of a source: {path: …}"),
    optional("terrain.sea", section, "no sea is known", "sea: {assume_sea_level: true}",
             "how the sea is known"),
    optional("terrain.sea.land_polygons", KeyKind::path, "", "land_polygons: coast.geojson",
             "vector file of land polygons; outside them is sea"),
    optional("terrain.sea.land_mask", KeyKind::path, "", "land_mask: mask.tif",
             "raster, 0 is sea, anything else land; not together with land_polygons"),
    optional("terrain.sea.assume_sea_level", boolean, "false", "assume_sea_level: true",
             "where no source has data, sea at 0 m is assumed"),
    optional("terrain.clutter", section, "no clutter",
             "clutter: {path: landcover.tif, classes: {10: {name: forest, height_m: 15}}}",
             "land cover with representative heights"),
    required("terrain.clutter.path", KeyKind::path, "path: landcover.tif",
             "raster of class numbers"),
    required("terrain.clutter.classes", section, "classes: {10: {name: forest, height_m: 15}}",
             "class number → its name and height"),
    required("terrain.clutter.classes.*", section, "10: {name: forest, height_m: 15}", "one class"),
    optional("terrain.clutter.classes.*.name", text, "the number", "name: forest", "name"),
    required("terrain.clutter.classes.*.height_m", number, "height_m: 15",
             "representative height above the ground", between(0, 500, "m")),

    required("carriers", list,
             "carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, "
             "resource_blocks: 160}]",
             "NR carriers"),
    required("carriers[].id", text, "id: n28", "name that cells refer to"),
    required("carriers[].frequency_mhz", number, "frequency_mhz: 773", "centre of the downlink",
             above_zero(1e6, "MHz")),
    required("carriers[].subcarrier_spacing_khz", number, "subcarrier_spacing_khz: 15",
             "15, 30, 60 or 120", between(15, 120, "kHz")),
    required(
        "carriers[].resource_blocks", integer, "resource_blocks: 160",
        "resource blocks of 12 subcarriers (at most 275, TS 38.331 maxNrofPhysicalResourceBlocks)",
        between(1, 275, "")),

    required("antennas", list, "antennas: [{id: whip, type: omni, gain_dbi: 8}]",
             "kinds of antennas"),
    required("antennas[].id", text, "id: panel", "name that cells refer to"),
    with_choices(required("antennas[].type", text, "type: sector_3gpp", "kind of pattern"),
                 kAntennaTypes),
    optional("antennas[].gain_dbi", number, "this or `gain_dbd`; not for `pattern_file`",
             kGainExample, "peak gain over an isotropic antenna", between(-40, 60, "dBi")),
    optional("antennas[].gain_dbd", number, "this or `gain_dbi`; not for `pattern_file`",
             "gain_dbd: 12.9", "peak gain over a half-wave dipole (0 dBd = 2.15 dBi)",
             between(-40, 60, "dBd")),
    optional("antennas[].horizontal_beamwidth_deg", number, "65", "horizontal_beamwidth_deg: 65",
             "3 dB beamwidth; sector_3gpp", above_zero(360, "°"), 65),
    optional("antennas[].vertical_beamwidth_deg", number,
             "required for sector_3gpp; omni: the same gain in all elevations",
             "vertical_beamwidth_deg: 7", "3 dB beamwidth; sector_3gpp, omni",
             above_zero(360, "°")),
    optional("antennas[].front_to_back_db", number, "30", "front_to_back_db: 30",
             "largest attenuation below the peak; sector_3gpp", between(0, 100, "dB"), 30),
    optional("antennas[].side_lobe_db", number, "sector_3gpp 30, omni 20", "side_lobe_db: 30",
             "largest attenuation of the vertical pattern; sector_3gpp, omni",
             between(0, 100, "dB")),
    optional("antennas[].file", KeyKind::path, "required for pattern_file", "file: antenna.msi",
             "measured pattern, MSI / Planet; pattern_file"),

    optional("sites", list, "sites_csv alone",
             "sites: [{id: S01, lon_deg: 84.25, lat_deg: 41.78, cells: [{…}]}]", "sites"),
    required("sites[].id", text, "id: S01", "unique name"),
    optional("sites[].name", label, "the id", "name: {en: Luntai, zh: 轮台}", "shown on maps"),
    optional("sites[].name.en", text, "the other language", "en: Luntai", "English text"),
    optional("sites[].name.zh", text, "the other language", "zh: 轮台", "Chinese text"),
    required("sites[].lon_deg", number, "lon_deg: 84.25", "longitude, WGS 84, east positive",
             between(-180, 180, "°")),
    required("sites[].lat_deg", number, "lat_deg: 41.78", "latitude, WGS 84, north positive",
             between(-80, 80, "°")),
    required(
        "sites[].cells", list,
        "cells: [{id: S01-1, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 120, "
        "power_w: 240}]",
        "cells of the site"),
    required("sites[].cells[].id", text, "id: S01-1", "unique name in the scenario"),
    required("sites[].cells[].carrier", text, "carrier: n28", "id of a carrier"),
    required("sites[].cells[].antenna", text, "antenna: panel", "id of an antenna"),
    required("sites[].cells[].height_agl_m", number, "height_agl_m: 40",
             "antenna centre above the ground", above_zero(30000, "m")),
    optional("sites[].cells[].azimuth_deg", number, "0 for omni, else required", "azimuth_deg: 120",
             "boresight, clockwise from true north", between(0, 360, "°")),
    optional("sites[].cells[].mechanical_tilt_deg", number, "0", "mechanical_tilt_deg: 2",
             "positive: down in front, up behind", between(-90, 90, "°"), 0),
    optional("sites[].cells[].electrical_tilt_deg", number, "0; pattern_file: the file's",
             "electrical_tilt_deg: 4", "positive: down all around", between(-90, 90, "°")),
    optional("sites[].cells[].power_w", number, "this or power_dbm", kPowerExample,
             "transmitter power of the whole carrier, summed over ports", above_zero(1e7, "W")),
    optional("sites[].cells[].power_dbm", number, "this or power_w", "power_dbm: 53.8",
             "the same in dBm", between(-100, 100, "dBm")),
    optional("sites[].cells[].feeder_loss_db", number, "0", "feeder_loss_db: 0.5",
             "between transmitter and antenna", between(0, 100, "dB"), 0),
    optional("sites_csv", KeyKind::path, "sites alone", "sites_csv: sites.csv",
             "table of sites, one row a cell"),
    optional("cell_defaults", section, "none", "cell_defaults: {carrier: n28, antenna: panel}",
             "what cells of sites and sites_csv take where they do not say"),

    optional("receiver", section, "its defaults", "receiver: {height_agl_m: 1.5}",
             "the terminal at each pixel"),
    optional("receiver.height_agl_m", number, "1.5", "height_agl_m: 1.5",
             "antenna above the ground", above_zero(30000, "m"), 1.5),
    optional("receiver.gain_dbi", number, "0", "gain_dbi: 0", "antenna gain",
             between(-40, 60, "dBi"), 0),
    optional("receiver.gain_dbd", number, "this or gain_dbi", "gain_dbd: 0", "antenna gain",
             between(-40, 60, "dBd")),
    optional("receiver.body_loss_db", number, "0", "body_loss_db: 3", "loss by the user's body",
             between(0, 100, "dB"), 0),
    optional("receiver.penetration_loss_db", number, "0", "penetration_loss_db: 10",
             "loss into the vehicle or building", between(0, 200, "dB"), 0),

    required("propagation", section, "propagation: {model: itu_p1812}", "the path-loss model"),
    required("propagation.model", text, "model: itu_p1812", "an id that `yonder models` lists"),
    with_choices(optional("propagation.polarization", text, "vertical", "polarization: vertical",
                          "of the transmitted wave"),
                 kPolarizations),
    optional("propagation.parameters", section, "the model's defaults",
             "parameters: {time_percent: 50}", "of the model: `yonder models ID` lists them"),
    optional("propagation.additions", list, "none",
             "additions: [{id: vehicle_penetration, parameters: {vehicle: car}}]",
             "losses added to the model's, in their own fixed order"),
    required("propagation.additions[].id", text, "id: vehicle_penetration",
             "an addition that `yonder models` lists"),
    with_choices(optional("propagation.additions[].where", text, "everywhere", "where: land",
                          "surface under the receiver on which it counts"),
                 propagation::kAdditionSurfaces),
    optional("propagation.additions[].parameters", section, "the addition's defaults",
             "parameters: {vehicle: car}", "of the addition: `yonder models ID` lists them"),
    with_choices(optional("propagation.short_range", text, "free_space", "short_range: free_space",
                          "what stands in closer to the mast than the model's shortest path"),
                 kShortRanges),

    required("thresholds", list, "thresholds: [{id: good, rsrp_dbm: -105}]",
             "levels of service; sorted, strongest first"),
    required("thresholds[].id", text, "id: good", "unique name"),
    optional("thresholds[].name", label, "the id", "name: {en: Good, zh: 良好}", "shown on maps"),
    optional("thresholds[].name.en", text, "the other language", "en: Good", "English text"),
    optional("thresholds[].name.zh", text, "the other language", "zh: 良好", "Chinese text"),
    required("thresholds[].rsrp_dbm", number, "rsrp_dbm: -105",
             "SS-RSRP at or above which the level is reached", between(-200, 50, "dBm")),

    optional("outputs", section, "all of them", "outputs: {directory: out}", "what is written"),
    optional("outputs.directory", KeyKind::path, "out/<id> under the current folder",
             "directory: out/desert-highway", "folder for the results"),
    with_choices(optional("outputs.layers", list, "all that model and servers give",
                          "layers: [rsrp, best_server, status]", "GeoTIFFs to write"),
                 kLayers),
    optional("outputs.sites", boolean, "true", "sites: true", "write sites.gpkg"),
    optional("outputs.picture", boolean, "true", "picture: true",
             "write a picture of the coverage"),
});

/// A key's last words when they are a unit or a qualified unit.
constexpr auto kUnits = std::to_array<std::string_view>(
    {"_mhz", "_ghz", "_hz", "_khz", "_km", "_m", "_deg", "_w", "_kw", "_dbm", "_db", "_dbi", "_dbd",
     "_agl_m", "_amsl_m", "_asl_m", "_agl", "_amsl"});

std::string_view without_unit(std::string_view key) {
  std::string_view stem = key;
  for (const std::string_view unit : kUnits) {
    if (key.size() > unit.size() && key.ends_with(unit)) {
      const std::string_view candidate = key.substr(0, key.size() - unit.size());
      if (candidate.size() < stem.size()) stem = candidate;
    }
  }
  return stem;
}

std::string joined_path(std::string_view section_path, std::string_view key) {
  return section_path.empty() ? std::string(key)
                              : std::string(section_path) + "." + std::string(key);
}

/// Words people write for a key whose own name is not near enough.
std::string_view other_word(std::string_view key) {
  static const std::map<std::string_view, std::string_view> kWords = {
      {"lat", "lat_deg"},
      {"latitude", "lat_deg"},
      {"lon", "lon_deg"},
      {"lng", "lon_deg"},
      {"long", "lon_deg"},
      {"longitude", "lon_deg"},
      {"latitude_deg", "lat_deg"},
      {"longitude_deg", "lon_deg"},
      {"freq", "frequency_mhz"},
      {"freq_mhz", "frequency_mhz"},
      {"frequency_ghz", "frequency_mhz"},
      {"resolution", "pixel_m"},
      {"resolution_m", "pixel_m"},
      {"rb", "resource_blocks"},
      {"prb", "resource_blocks"},
      {"scs_khz", "subcarrier_spacing_khz"},
      {"scs", "subcarrier_spacing_khz"},
      {"downtilt_deg", "electrical_tilt_deg"},
      {"bbox", "bounding_box"},
      {"range_km", "radius_km"},
      {"output", "outputs"}};
  const auto it = kWords.find(key);
  return it == kWords.end() ? std::string_view() : it->second;
}

}  // namespace

std::string_view ScenarioKey::name() const {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::span<const ScenarioKey> scenario_keys() { return kKeys; }

const ScenarioKey* find_key(std::string_view path) {
  static const auto kIndex = [] {
    std::map<std::string_view, const ScenarioKey*> index;
    for (const ScenarioKey& key : kKeys) index.emplace(key.path, &key);
    return index;
  }();
  const auto it = kIndex.find(path);
  return it == kIndex.end() ? nullptr : it->second;
}

std::vector<std::string_view> keys_under(std::string_view section_path) {
  std::vector<std::string_view> names;
  for (const ScenarioKey& key : kKeys) {
    const std::string_view name = key.name();
    const std::size_t parent = key.path.size() - name.size();
    if (key.path.substr(0, parent == 0 ? 0 : parent - 1) == section_path) names.push_back(name);
  }
  return names;
}

UnknownKey explain_unknown_key(std::string_view section_path, std::string_view key) {
  const std::vector<std::string_view> valid = keys_under(section_path);
  UnknownKey unknown;
  const auto example_of = [&](std::string_view name) {
    const ScenarioKey* found = find_key(joined_path(section_path, name));
    return found == nullptr ? std::string() : std::string(found->example);
  };

  // A quantity that exists here, but with another unit or with none.
  const std::string_view stem = without_unit(key);
  std::vector<std::string_view> same_quantity;
  for (const std::string_view name : valid) {
    const std::string_view name_stem = without_unit(name);
    const bool tail = name_stem.size() > stem.size() + 1 && name_stem.ends_with(stem) &&
                      name_stem[name_stem.size() - stem.size() - 1] == '_';
    if (name_stem != name && (name_stem == stem || tail)) same_quantity.push_back(name);
  }
  if (!same_quantity.empty()) {
    std::string list;
    for (const std::string_view name : same_quantity) {
      list += (list.empty() ? "" : " or ") + std::string(name);
    }
    const bool over_sea = key.ends_with("_amsl_m") || key.ends_with("_asl_m") ||
                          key.ends_with("_amsl") || key.ends_with("_asl");
    if (over_sea && stem == "height") {
      unknown.problem =
          "heights are given above the ground, not above the sea: write height_agl_m, and the "
          "terrain adds the ground's own height";
    } else if (stem == "height" && key != "height") {
      unknown.problem = "does not say above what: write height_agl_m, above the ground";
    } else if (stem == "gain" && key == "gain_db") {
      unknown.problem = "does not say over which antenna: write " + list;
    } else if (stem == key) {
      unknown.problem = "needs its unit: write " + list;
    } else {
      unknown.problem = "is not a key here: write " + list;
    }
    unknown.valid_example = example_of(same_quantity.front());
    return unknown;
  }

  unknown.problem = "is not a key here";
  std::string_view near = other_word(key);
  bool is_here = false;
  for (const std::string_view name : valid) is_here = is_here || name == near;
  if (!is_here) near = nearest_word(key, valid);
  if (!near.empty() && near != "*") {
    unknown.problem += "; did you mean " + std::string(near) + "?";
    unknown.valid_example = example_of(near);
    return unknown;
  }
  for (const std::string_view name : valid) {
    unknown.valid_example += (unknown.valid_example.empty() ? "" : ", ") + std::string(name);
  }
  return unknown;
}

std::string range_text(const RangeSpec& range) {
  const std::string unit = range.unit.empty()  ? ""
                           : range.unit == "°" ? "°"
                                               : " " + std::string(range.unit);
  const bool low = std::isfinite(range.min);
  const bool high = std::isfinite(range.max);
  if (!low && !high) return "";
  if (low && range.min == range.max) return number_text(range.min) + unit;
  const std::string least = (range.min_allowed ? "" : "above ") + number_text(range.min);
  const std::string most = (range.max_allowed ? "" : "below ") + number_text(range.max) + unit;
  if (!low) return (range.max_allowed ? "up to " : "") + most;
  if (!high) return least + unit + (range.min_allowed ? " or more" : "");
  if (range.min_allowed) return least + " to " + most;
  return least + (range.max_allowed ? ", up to " : ", ") + most;
}

}  // namespace yonder::scenarios
