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
constexpr auto kDuplexes = std::to_array<std::string_view>({"fdd", "tdd"});
constexpr auto kMcsTables = std::to_array<std::string_view>({"qam64", "qam256", "qam64_low_se"});
constexpr auto kDualStacks = std::to_array<std::string_view>({"none", "stacked", "side_by_side"});
constexpr auto kRestrictedSets = std::to_array<std::string_view>({"none", "a", "b"});
constexpr auto kUplinkCarriers = std::to_array<std::string_view>({"same", "best"});
constexpr auto kServiceLayers = std::to_array<std::string_view>(
    {"class",        "binding",     "rsrp",         "sinr",         "pdsch_sinr",
     "dl_rate",      "ul_rate",     "access",       "probability",  "servers",
     "carrier",      "voice",       "margin_ssb",   "margin_pdcch", "margin_pdsch",
     "margin_prach", "margin_msg3", "margin_pucch", "margin_pusch", "margin_vonr"});
constexpr auto kSectionKinds = std::to_array<std::string_view>({"bridge", "tunnel"});
constexpr auto kCables = std::to_array<std::string_view>({"typical", "given"});
constexpr auto kLayers = std::to_array<std::string_view>(
    {"rsrp", "best_server", "status", "served_by_model", "second_server", "server_margin"});

constexpr auto kExports =
    std::to_array<std::string_view>({"png", "kmz", "contours", "footprints", "pixels_csv"});
constexpr auto kVectorFormats = std::to_array<std::string_view>({"gpkg", "flatgeobuf"});

constexpr auto kOpticalKinds = std::to_array<std::string_view>({"pon", "point_to_point"});
constexpr auto kPonClasses = std::to_array<std::string_view>({"B+", "C+"});

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
    optional(
        "carriers[].resource_blocks", integer, "all that bandwidth_mhz holds",
        "resource_blocks: 160",
        "resource blocks of 12 subcarriers (at most 275, TS 38.331 maxNrofPhysicalResourceBlocks)",
        between(1, 275, "")),
    optional("carriers[].bandwidth_mhz", number, "none: resource_blocks alone", "bandwidth_mhz: 30",
             "channel bandwidth; says how many resource blocks there can be",
             above_zero(2000, "MHz")),
    optional("carriers[].band", text, "none", "band: n28",
             "operating band; gives the duplex mode and the uplink's frequency, and checks them"),
    with_choices(optional("carriers[].duplex", text, "the band's", "duplex: fdd",
                          "frequency or time division"),
                 kDuplexes),
    optional("carriers[].uplink_frequency_mhz", number,
             "FDD: by the band's distance; TDD: frequency_mhz", "uplink_frequency_mhz: 718",
             "centre of the uplink", above_zero(1e6, "MHz")),
    optional("carriers[].uplink_resource_blocks", integer, "as the downlink",
             "uplink_resource_blocks: 160", "resource blocks of the uplink", between(1, 275, "")),
    optional("carriers[].tdd", section, "needed for TDD bands",
             "tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4}",
             "pattern of downlink and uplink in time"),
    optional("carriers[].tdd.slots", text, "required, but for LTE", "slots: DDDDDDDSUU",
             "one period: D downlink, S special, U uplink"),
    optional("carriers[].tdd.configuration", integer, "LTE: required", "configuration: 2",
             "LTE's uplink-downlink configuration (TS 36.211 table 4.2-2), instead of slots",
             between(0, 6, "")),
    optional("carriers[].tdd.special", integer, "7", "special: 7",
             "LTE's special subframe configuration (TS 36.211 table 4.2-1)", between(0, 9, ""), 7),
    optional("carriers[].tdd.downlink_symbols", integer, "0", "downlink_symbols: 6",
             "downlink symbols of a special slot", between(0, 14, ""), 0),
    optional("carriers[].tdd.guard_symbols", integer, "0", "guard_symbols: 4",
             "symbols of a special slot in which nobody sends", between(0, 14, ""), 0),
    optional("carriers[].tdd.uplink_symbols", integer, "0", "uplink_symbols: 4",
             "uplink symbols of a special slot", between(0, 14, ""), 0),
    optional("carriers[].beside_lte", boolean, "false", "beside_lte: true",
             "TDD beside LTE TDD: timing offset 20.3 µs instead of 13.0"),
    with_choices(optional("carriers[].mcs_table", text, "qam256", "mcs_table: qam64",
                          "table of modulation and coding, TS 38.214 section 5.1.3.1"),
                 kMcsTables),
    optional("carriers[].overhead_percent", number, "14", "overhead_percent: 14",
             "of the resource elements: reference signals, control, SSB", between(0, 99, "%"), 14),
    optional("carriers[].p0_dbm", number, "none: full power", "p0_dbm: -95",
             "open-loop power control of PUSCH (TS 38.213 section 7.1.1): power for a block of 15 "
             "kHz spacing; coverage is judged at full power all the same",
             between(-202, 24, "dBm")),
    optional("carriers[].alpha", number, "1", "alpha: 0.8", "share of the path loss made up for",
             between(0, 1, ""), 1),
    optional("carriers[].anchor_priority", integer, "0", "anchor_priority: 1",
             "of the carriers whose anchor_rsrp_dbm is reached, the highest is camped on",
             between(0, 7, ""), 0),
    optional("carriers[].anchor_rsrp_dbm", number, "none: whenever it is the strongest",
             "anchor_rsrp_dbm: -105", "SS-RSRP from which the carrier is preferred",
             between(-200, 50, "dBm")),

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
    optional(
        "sites[].cells[].power_w", number, "this or power_dbm", kPowerExample,
        "transmitter power of the whole carrier, summed over ports; with dual_stack that of one "
        "of the two radios",
        above_zero(1e7, "W")),
    optional("sites[].cells[].power_dbm", number, "this or power_w", "power_dbm: 53.8",
             "the same in dBm", between(-100, 100, "dBm")),
    optional("sites[].cells[].power_per_port_w", number, "this or power_w", "power_per_port_w: 60",
             "transmitter power of one port; needs tx_ports", above_zero(1e7, "W")),
    optional("sites[].cells[].power_per_port_dbm", number, "this or power_w",
             "power_per_port_dbm: 47.8", "the same in dBm", between(-100, 100, "dBm")),
    optional("sites[].cells[].feeder_loss_db", number, "0", "feeder_loss_db: 0.5",
             "between transmitter and antenna", between(0, 100, "dB"), 0),
    optional("sites[].cells[].tx_ports", integer, "4", "tx_ports: 4",
             "transmitter branches of a radio", between(1, 256, ""), 4),
    optional("sites[].cells[].rx_ports", integer, "tx_ports", "rx_ports: 4",
             "receiver branches of a radio", between(1, 256, "")),
    with_choices(optional("sites[].cells[].dual_stack", text, "none", "dual_stack: stacked",
                          "two radios with a panel each, one above the other or side by side; "
                          "power, ports and antenna are then those of one"),
                 kDualStacks),
    optional("sites[].cells[].dual_stack_efficiency_db", number, "-0.3",
             "dual_stack_efficiency_db: -0.3",
             "what the coherent gain of two panels (3 dB) falls short of", between(-3, 0, "dB"),
             -0.3),
    optional("sites[].cells[].second_radio_power_w", number, "as the first",
             "second_radio_power_w: 240", "power of the second radio; unlike radios are refused",
             above_zero(1e7, "W")),
    optional("sites[].cells[].second_radio_tx_ports", integer, "as the first",
             "second_radio_tx_ports: 4", "branches of the second radio", between(1, 256, "")),
    optional("sites[].cells[].ssb_offset_db", number, "0", "ssb_offset_db: -3",
             "gain of the SSB's beam relative to the antenna's, which is the traffic beam's",
             between(-40, 0, "dB"), 0),
    optional("sites[].cells[].branches_in_gain", integer, "1; required above 8 rx_ports",
             "branches_in_gain: 32",
             "receiver branches whose combining is already in the antenna's gain (active arrays)",
             between(1, 256, "")),
    optional("sites[].cells[].noise_figure_db", number, "2.5", "noise_figure_db: 2.5",
             "of the receiver", between(0, 30, "dB"), 2.5),
    optional("sites[].cells[].uplink_interference_db", number, "1", "uplink_interference_db: 1",
             "rise of the uplink's noise by other cells' terminals", between(0, 60, "dB"), 1),
    optional("sites[].cells[].load_percent", number, "50", "load_percent: 50",
             "share of the downlink's resource blocks in use", between(0, 100, "%"), 50),
    optional(
        "sites[].cells[].prach_format", text, "0", "prach_format: 1",
        "0, 1, 2, 3, A1, A2, A3, B1, B2, B3, B4, C0 or C2 (TS 38.211 section 6.3.3); LTE: 0 to "
        "3 (TS 36.211 section 5.7)"),
    optional("sites[].cells[].prach_scs_khz", number, "1.25; 5 for format 3; else the carrier's",
             "prach_scs_khz: 1.25", "subcarrier spacing of the preamble", above_zero(120, "kHz")),
    optional("sites[].cells[].n_cs", integer, "the smallest that reaches radius_km, or 0",
             "n_cs: 279", "cyclic shift in samples of the sequence (0: one preamble a root)",
             between(0, 1000, "")),
    with_choices(optional("sites[].cells[].prach_restricted_set", text, "none",
                          "prach_restricted_set: a", "restricted set of cyclic shifts"),
                 kRestrictedSets),
    optional("sites[].cells[].root_sequence_index", integer, "not planned",
             "root_sequence_index: 0", "first logical root sequence of the cell",
             between(0, 837, "")),
    optional("sites[].cells[].delay_spread_us", number, "5", "delay_spread_us: 5",
             "of the channel; shortens the access range", between(0, 100, "µs"), 5),
    optional("sites[].cells[].fibre_km", number, "0", "fibre_km: 10",
             "fibre between base band and remote radio; shortens the access range",
             between(0, 200, "km"), 0),
    optional("sites[].cells[].fibre_compensated", boolean, "false", "fibre_compensated: true",
             "the base band advances its frame by the fibre's delay"),
    optional("sites_csv", KeyKind::path, "sites alone", "sites_csv: sites.csv",
             "table of sites, one row a cell"),
    optional("sites_csv_columns", section, "the table's own names",
             "sites_csv_columns: {LONGITUDE: lon_deg, VENDOR: null}",
             "what the table's columns stand for"),
    optional("sites_csv_columns.*", text, "the table's own name", "LONGITUDE: lon_deg",
             "a column or its key; null: not read ('*': all others)"),
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

    optional("terminals", list, "none, or with service the receiver",
             "terminals: [{id: car, profile: car}]", "terminals that service is judged for"),
    required("terminals[].id", text, "id: car", "unique name; part of file names"),
    optional("terminals[].name", label, "the profile's", "name: {en: In a car, zh: 车内}",
             "shown on maps"),
    optional("terminals[].name.en", text, "the other language", "en: In a car", "English text"),
    optional("terminals[].name.zh", text, "the other language", "zh: 车内", "Chinese text"),
    optional("terminals[].profile", text, "handset_outdoors", "profile: car",
             "kind of terminal and place, see terminal profiles"),
    optional("terminals[].height_agl_m", number, "the profile's", "height_agl_m: 1.5",
             "antenna above the ground", above_zero(30000, "m")),
    optional("terminals[].gain_dbi", number, "the profile's", "gain_dbi: 0", "antenna gain",
             between(-40, 60, "dBi")),
    optional("terminals[].gain_dbd", number, "this or gain_dbi", "gain_dbd: 0", "antenna gain",
             between(-40, 60, "dBd")),
    optional("terminals[].body_loss_db", number, "the profile's", "body_loss_db: 0",
             "loss by the user's body, data", between(0, 100, "dB")),
    optional("terminals[].voice_body_loss_db", number, "the profile's", "voice_body_loss_db: 3",
             "loss by the user's body, voice", between(0, 100, "dB")),
    optional("terminals[].penetration_loss_db", number, "the profile's", "penetration_loss_db: 9",
             "loss into the vehicle or building", between(0, 200, "dB")),
    optional("terminals[].power_dbm", number, "the profile's", "power_dbm: 23",
             "greatest transmitter power", between(-50, 60, "dBm")),
    optional("terminals[].noise_figure_db", number, "the profile's", "noise_figure_db: 7",
             "of the receiver", between(0, 30, "dB")),
    optional("terminals[].tx_antennas", integer, "the profile's", "tx_antennas: 1",
             "transmitter branches", between(1, 8, "")),
    optional("terminals[].rx_antennas", integer, "the profile's", "rx_antennas: 2",
             "receiver branches", between(1, 16, "")),

    optional("service", section, "judged with its defaults when there are terminals",
             "service: {uplink_rate_kbps: 100}", "service at each pixel: quality, access, limits"),
    optional("service.uplink_rate_kbps", number, "100", "uplink_rate_kbps: 100",
             "rate that the uplink's margin is judged at", above_zero(1e6, "kbit/s"), 100),
    optional(
        "service.bler_percent", number, "10", "bler_percent: 1",
        "first transmissions of data that may fail: rates, PDSCH and PUSCH (voice stays at 10)",
        between(0.001, 49, "%"), 10),
    optional("service.ssb_shots", integer, "4", "ssb_shots: 4",
             "SSB receptions combined in the cell search, 1 or 4", between(1, 4, ""), 4),
    optional("service.msg3_repetitions", integer, "1", "msg3_repetitions: 1",
             "transmissions of Msg3 that are combined", between(1, 16, ""), 1),
    optional("service.servers", integer, "4", "servers: 4",
             "strongest cells of a carrier kept apart at each pixel; the rest is summed. Overlap "
             "needs the best and three others",
             between(4, 32, ""), 4),
    optional("service.overlap_db", number, "6", "overlap_db: 6",
             "servers are counted that are within this of the best, as many as are kept apart",
             between(0, 60, "dB"), 6),
    optional("service.anchor_hysteresis_db", number, "0", "anchor_hysteresis_db: 3",
             "hysteresis: a carrier is camped on from this above its anchor_rsrp_dbm",
             between(0, 30, "dB"), 0),
    optional("service.lte_rsrp_dbm", number, "-120", "lte_rsrp_dbm: -115",
             "RSRP (of one port) from which an LTE cell takes calls over that NR cannot hold",
             between(-160, 0, "dBm"), -120),
    optional("service.carrier_aggregation", boolean, "false", "carrier_aggregation: true",
             "downlink rates of all carriers that serve a pixel add up"),
    with_choices(optional("service.uplink_carrier", text, "same", "uplink_carrier: best",
                          "`same`: the uplink goes over the downlink's carrier; `best`: over the "
                          "carrier with the largest uplink margin"),
                 kUplinkCarriers),
    optional("service.ducting", boolean, "false", "ducting: true",
             "flag TDD cells that a remote one may disturb beyond the guard period"),
    optional("service.prach_reuse_km", number, "twice radius_km", "prach_reuse_km: 100",
             "cells nearer than this hear each other's random access", above_zero(2000, "km")),
    optional("service.fading", section, "its defaults", "fading: {sigma_db: 6, edge_percent: 90}",
             "slow fading: margin of the uplink and of control, and coverage probability"),
    optional("service.fading.sigma_db", number, "6", "sigma_db: 6",
             "standard deviation over places", between(0, 30, "dB"), 6),
    optional("service.fading.edge_percent", number, "this or area_percent; 90", "edge_percent: 90",
             "probability of service at the pixel", between(50, 99.9, "%")),
    optional("service.fading.area_percent", number, "this or edge_percent", "area_percent: 95",
             "probability of service over the cell's area (Jakes)", between(50, 99.9, "%")),
    optional("service.fading.exponent", number, "3.5", "exponent: 3.5",
             "of path loss with distance, for area_percent", between(1, 8, ""), 3.5),
    optional("service.fading.sea_margin_db", number, "3", "sea_margin_db: 3",
             "margin over the sea, where time and not place makes the signal vary; held on SS-RSRP "
             "too",
             between(0, 60, "dB"), 3),
    optional("service.fading.sea_sigma_db", number, "2.34", "sea_sigma_db: 2.34",
             "spread over time at sea, for the probability; 2.34 makes 3 dB the margin of 90 % of "
             "the time",
             between(0, 30, "dB"), 2.34),
    optional("service.classes", section, "their defaults", "classes: {effective: {rsrp_dbm: -110}}",
             "rules of the service classes"),
    optional("service.classes.continuous", section, "its defaults", "continuous: {rsrp_dbm: -105}",
             "the best class"),
    optional("service.classes.continuous.rsrp_dbm", number, "-105", "rsrp_dbm: -105",
             "SS-RSRP at least", between(-200, 50, "dBm"), -105),
    optional("service.classes.continuous.sinr_db", number, "-3", "sinr_db: -3", "SS-SINR at least",
             between(-30, 50, "dB"), -3),
    optional("service.classes.continuous.uplink_margin_db", number, "0", "uplink_margin_db: 0",
             "margin of uplink_rate_kbps and of voice at least", between(-60, 60, "dB"), 0),
    optional("service.classes.effective", section, "its defaults", "effective: {rsrp_dbm: -115}",
             "service that can be relied on for voice"),
    optional("service.classes.effective.rsrp_dbm", number, "-115", "rsrp_dbm: -115",
             "SS-RSRP at least", between(-200, 50, "dBm"), -115),
    optional("service.classes.effective.sinr_db", number, "-6", "sinr_db: -6", "SS-SINR at least",
             between(-30, 50, "dB"), -6),
    optional("service.classes.effective.voice_margin_db", number, "0", "voice_margin_db: 0",
             "margin of voice in the uplink at least", between(-60, 60, "dB"), 0),
    optional("service.classes.weak", section, "its defaults", "weak: {rsrp_dbm: -125}",
             "a signal that lets terminals in, and no more"),
    optional("service.classes.weak.rsrp_dbm", number, "-125", "rsrp_dbm: -125",
             "SS-RSRP below which there is no signal", between(-200, 50, "dBm"), -125),
    with_choices(
        optional("service.layers", list,
                 "class, binding, rsrp, sinr, pdsch_sinr, dl_rate, "
                 "ul_rate, access, probability, servers",
                 "layers: [class, binding, margin_vonr]", "GeoTIFFs to write for each terminal"),
        kServiceLayers),

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

    optional("shapes", section, "none",
             "shapes: {routes: [{id: road, waypoints: [[84.25, 41.78], [84.20, 41.30]]}]}",
             "what figures are wanted of: routes, areas, distances from shore, points"),
    optional("shapes.routes", list, "none",
             "routes: [{id: road, waypoints: [[84.25, 41.78], [84.20, 41.30]], speed_kmh: 100}]",
             "roads, railways, coastlines: judged along the way in both directions"),
    required("shapes.routes[].id", text, "id: s165", "unique name; part of file names"),
    optional("shapes.routes[].name", label, "the id", "name: {en: Desert highway, zh: 沙漠公路}",
             "shown in plots and reports"),
    optional("shapes.routes[].name.en", text, "the other language", "en: Desert highway",
             "English text"),
    optional("shapes.routes[].name.zh", text, "the other language", "zh: 沙漠公路", "Chinese text"),
    optional("shapes.routes[].file", KeyKind::path, "this or waypoints", "file: road.geojson",
             "vector file of lines, any format and coordinate system that GDAL reads"),
    optional("shapes.routes[].waypoints", list, "this or file",
             "waypoints: [[84.25, 41.78], [84.20, 41.30]]",
             "[longitude, latitude] of each, joined by the shortest line"),
    optional("shapes.routes[].step_m", number, "100", "step_m: 100",
             "distance between the places judged", above_zero(100000, "m"), 100),
    optional("shapes.routes[].speed_kmh", number, "none: nothing that takes time is judged",
             "speed_kmh: 100", "speed of travel", above_zero(1000, "km/h")),
    optional("shapes.routes[].hole_m", number, "500", "hole_m: 500",
             "holes longer than this are listed", between(0, 1000000, "m"), 500),
    optional("shapes.routes[].handover_s", number, "0.7", "handover_s: 0.7",
             "measuring, time to trigger and execution of a handover together", between(0, 60, "s"),
             0.7),
    optional("shapes.routes[].hysteresis_db", number, "3", "hysteresis_db: 3",
             "by which a neighbour must be stronger (event A3)", between(0, 30, "dB"), 3),
    optional("shapes.routes[].drop_s", number, "4", "drop_s: 4",
             "hole that a connection does not outlive, T310 + T311", between(0, 100, "s"), 4),
    optional("shapes.routes[].call_s", number, "60", "call_s: 60", "length of a test call",
             above_zero(100000, "s"), 60),
    optional("shapes.routes[].calls", integer, "100", "calls: 100",
             "test calls of a drive, to say what 'all connected' proves", between(1, 1000000, ""),
             100),
    optional("shapes.routes[].terminals", list, "all of the scenario", "terminals: [handset, car]",
             "ids of the terminals that it is judged for"),
    optional("shapes.routes[].sections", list, "none",
             "sections: [{from_km: 12.1, to_km: 12.8, kind: bridge, height_agl_m: 120}]",
             "stretches on bridges and in tunnels"),
    required("shapes.routes[].sections[].from_km", number, "from_km: 12.1",
             "chainage where it begins", between(0, 100000, "km")),
    required("shapes.routes[].sections[].to_km", number, "to_km: 12.8", "chainage where it ends",
             between(0, 100000, "km")),
    with_choices(required("shapes.routes[].sections[].kind", text, "kind: bridge", "what it is"),
                 kSectionKinds),
    optional("shapes.routes[].sections[].height_agl_m", number, "bridge: this or height_amsl_m",
             "height_agl_m: 120",
             "of the deck above the ground below; the terminal's height comes on top",
             between(0, 3000, "m")),
    optional("shapes.routes[].sections[].height_amsl_m", number, "bridge: this or height_agl_m",
             "height_amsl_m: 1850", "of the deck above the sea", between(-500, 9000, "m")),
    optional("shapes.routes[].sections[].feeder", list, "none: no service in the tunnel",
             "feeder: {carrier: n41, power_per_re_dbm: 10}",
             "radiating cable; several for several carriers"),
    required("shapes.routes[].sections[].feeder[].carrier", text, "carrier: n41",
             "id of a carrier"),
    optional("shapes.routes[].sections[].feeder[].cell", text, "a cell of the tunnel's own",
             "cell: S05-1",
             "cell that the cable carries on: its radio and load, and no handover at the portal"),
    required("shapes.routes[].sections[].feeder[].power_per_re_dbm", number, "power_per_re_dbm: 10",
             "power per resource element into the cable's combiner", between(-100, 60, "dBm")),
    optional("shapes.routes[].sections[].feeder[].combiner_loss_db", number, "0",
             "combiner_loss_db: 5.5", "between radio and cable", between(0, 60, "dB"), 0),
    optional("shapes.routes[].sections[].feeder[].feed_every_m", number, "fed at both ends",
             "feed_every_m: 500",
             "distance between the radios along the cable, the first at the beginning",
             above_zero(100000, "m")),
    with_choices(
        optional("shapes.routes[].sections[].feeder[].cable", text, "typical", "cable: given",
                 "`typical`: round figures of the model; `given`: the next two keys"),
        kCables),
    optional("shapes.routes[].sections[].feeder[].attenuation_db_per_100m", number,
             "the typical cable's", "attenuation_db_per_100m: 1.9", "along the cable",
             between(0, 100, "dB/100 m")),
    optional("shapes.routes[].sections[].feeder[].coupling_loss_db", number, "the typical cable's",
             "coupling_loss_db: 70", "at 2 m with 95 % reception probability",
             between(0, 150, "dB")),
    optional("shapes.routes[].sections[].feeder[].cables", integer, "1", "cables: 2",
             "side by side, each with a branch both ways; they share the power", between(1, 4, ""),
             1),
    optional("shapes.routes[].sections[].feeder[].radial_distance_m", number, "2",
             "radial_distance_m: 2", "from the cable to the train's wall", between(0.5, 50, "m"),
             2),
    optional("shapes.areas", list, "none", "areas: [{id: county, file: county.geojson}]",
             "areas, judged from the map's pixels"),
    required("shapes.areas[].id", text, "id: county", "unique name"),
    optional("shapes.areas[].name", label, "the id", "name: {en: County, zh: 县}",
             "shown in plots and reports"),
    optional("shapes.areas[].name.en", text, "the other language", "en: Desert highway",
             "English text"),
    optional("shapes.areas[].name.zh", text, "the other language", "zh: 沙漠公路", "Chinese text"),
    optional("shapes.areas[].file", KeyKind::path, "this or polygon", "file: county.geojson",
             "vector file of polygons"),
    optional("shapes.areas[].polygon", list, "this or file",
             "polygon: [[84, 41], [85, 41], [85, 42]]", "[longitude, latitude] of each corner"),
    optional("shapes.areas[].terminals", list, "all of the scenario", "terminals: [handset, car]",
             "ids of the terminals that it is judged for"),
    optional("shapes.zones", list, "none", "zones: [{id: sea, bands_km: [0, 20, 40, 50]}]",
             "bands of the sea by distance from shore, judged from the map's pixels"),
    required("shapes.zones[].id", text, "id: sea", "unique name; part of file names"),
    optional("shapes.zones[].name", label, "the id", "name: {en: Sea, zh: 海域}",
             "shown in plots and reports"),
    optional("shapes.zones[].name.en", text, "the other language", "en: Desert highway",
             "English text"),
    optional("shapes.zones[].name.zh", text, "the other language", "zh: 沙漠公路", "Chinese text"),
    optional("shapes.zones[].coast", KeyKind::path, "terrain.sea.land_polygons",
             "coast: coast.geojson", "vector file of land polygons or coast lines"),
    required("shapes.zones[].bands_km", list, "bands_km: [0, 20, 40, 50]",
             "edges of the bands, distance from the nearest coast"),
    optional("shapes.zones[].terminals", list, "all of the scenario", "terminals: [handset, car]",
             "ids of the terminals that it is judged for"),
    optional("shapes.points", list, "none", "points: [{id: villages, file: villages.csv}]",
             "villages, stations, turbines: judged at their own places"),
    required("shapes.points[].id", text, "id: villages", "unique name"),
    optional("shapes.points[].name", label, "the id", "name: {en: Villages, zh: 村庄}",
             "shown in plots and reports"),
    optional("shapes.points[].name.en", text, "the other language", "en: Desert highway",
             "English text"),
    optional("shapes.points[].name.zh", text, "the other language", "zh: 沙漠公路", "Chinese text"),
    required("shapes.points[].file", KeyKind::path, "file: villages.csv",
             "table (id,name,name_zh,lon,lat,weight,height_agl_m) or vector file of points"),
    optional("shapes.points[].terminals", list, "all of the scenario", "terminals: [handset, car]",
             "ids of the terminals that it is judged for"),

    optional("outputs", section, "all of them", "outputs: {directory: out}", "what is written"),
    optional("outputs.directory", KeyKind::path, "out/<id> under the current folder",
             "directory: out/desert-highway", "folder for the results"),
    with_choices(optional("outputs.layers", list, "all that model and servers give",
                          "layers: [rsrp, best_server, status]", "GeoTIFFs to write"),
                 kLayers),
    with_choices(optional("outputs.exports", list, "none", "exports: [kmz, contours, footprints]",
                          "further files made of the GeoTIFFs, for other programs"),
                 kExports),
    with_choices(
        optional("outputs.vector_formats", list, "gpkg", "vector_formats: [gpkg, flatgeobuf]",
                 "formats of contours and footprints"),
        kVectorFormats),
    optional("outputs.sites", boolean, "true", "sites: true", "write sites.gpkg"),
    optional("outputs.picture", boolean, "true", "picture: true",
             "write a picture of the coverage"),
    optional("outputs.report", boolean, "true", "report: true",
             "write report.html and what it shows: ground.tif, zone.tif, budget.json"),

    optional("variants", list, "none: one run",
             "variants: [{id: baseline}, {id: taller, set: {cell_defaults.height_agl_m: 80}}]",
             "versions of the scenario that are run beside each other"),
    required("variants[].id", text, "id: taller", "unique name, used for the output folder"),
    optional("variants[].name", label, "the id", "name: {en: Taller masts, zh: 加高}",
             "shown on maps"),
    optional("variants[].name.en", text, "the other language", "en: Taller masts", "English text"),
    optional("variants[].name.zh", text, "the other language", "zh: 加高", "Chinese text"),
    optional("variants[].set", section, "the scenario as it stands",
             "set: {cell_defaults.height_agl_m: 80}", "keys and their values, as with `--set`"),

    optional("availability", section, "not judged",
             "availability: {time_percents: [1, 50, 90, 99]}",
             "the share of time with service at each pixel"),
    required("availability.time_percents", list, "time_percents: [1, 10, 50, 90, 99]",
             "shares of time in %, above 0 and below 100, for which losses are evaluated"),

    optional("optical", list, "none",
             "optical: [{id: island, kind: pon, class: B+, length_km: 6, splitters: [8, 4]}]",
             "fibre links whose optical budget is told"),
    required("optical[].id", text, "id: island", "unique name"),
    optional("optical[].name", label, "the id", "name: {en: Island, zh: 海岛}", "shown in tables"),
    optional("optical[].name.en", text, "the other language", "en: Island", "English text"),
    optional("optical[].name.zh", text, "the other language", "zh: 海岛", "Chinese text"),
    with_choices(required("optical[].kind", text, "kind: pon",
                          "a passive optical network, or one transceiver to another"),
                 kOpticalKinds),
    with_choices(optional("optical[].class", text, "required for pon", "class: B+",
                          "of the transceivers, ITU-T G.984.2; pon"),
                 kPonClasses),
    optional("optical[].tx_power_dbm", number, "required for point_to_point", "tx_power_dbm: 0",
             "least that the transmitter sends, from its data sheet; point_to_point",
             between(-40, 40, "dBm")),
    optional("optical[].rx_sensitivity_dbm", number, "required for point_to_point",
             "rx_sensitivity_dbm: -24", "least that the receiver needs; point_to_point",
             between(-60, 20, "dBm")),
    optional("optical[].tx_power_max_dbm", number, "tx_power_dbm", "tx_power_max_dbm: 4",
             "most that the transmitter sends; point_to_point", between(-40, 40, "dBm")),
    optional("optical[].rx_overload_dbm", number, "none", "rx_overload_dbm: -7",
             "most that the receiver bears; point_to_point", between(-60, 30, "dBm")),
    required("optical[].length_km", number, "length_km: 6",
             "of fibre, which is longer than the line "
             "of sight",
             above_zero(1000, "km")),
    optional("optical[].fibre_db_per_km", number, "pon 0.35; else required",
             "fibre_db_per_km: 0.35",
             "attenuation at the wavelength in use; 0.35 is G.652 fibre at 1310 nm",
             above_zero(10, "dB/km")),
    optional("optical[].splitters", list, "none", "splitters: [8, 4]",
             "outputs of the splitters one after the other: 2, 4, 8, 16, 32, 64; pon"),
    optional("optical[].connectors", integer, "2", "connectors: 4", "on the way",
             between(0, 1000, ""), 2),
    optional("optical[].connector_db", number, "0.5", "connector_db: 0.5", "loss of each",
             between(0, 10, "dB"), 0.5),
    optional("optical[].splices", integer, "0", "splices: 6", "on the way", between(0, 10000, ""),
             0),
    optional("optical[].splice_db", number, "0.1", "splice_db: 0.1", "loss of each",
             between(0, 10, "dB"), 0.1),
    optional("optical[].margin_db", number, "3", "margin_db: 3", "kept for ageing and repair",
             between(0, 30, "dB"), 3),
    optional("optical[].reach_km", number, "pon 20; else none", "reach_km: 40",
             "farthest whatever the loss: the PON's logical reach, or by dispersion",
             above_zero(1000, "km")),
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
