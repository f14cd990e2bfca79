#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/antenna.h"
#include "core/cell.h"
#include "core/geo.h"
#include "core/optical_budget.h"
#include "core/path_loss_field.h"
#include "core/path_loss_model.h"
#include "propagation/with_additions.h"
#include "scenarios/nr_config.h"
#include "scenarios/scenario_error.h"
#include "scenarios/sha256.h"
#include "scenarios/shape_config.h"

/// A scenario as validated: immutable, in SI units, all paths absolute. Format:
/// docs/scenario-format.md.
namespace yonder::scenarios {

struct BoundingBox {
  double west_deg = 0.0;
  double south_deg = 0.0;
  double east_deg = 0.0;
  double north_deg = 0.0;
};

struct AreaConfig {
  std::optional<BoundingBox> bounding_box;
  double around_sites_m = 0.0;  ///< used when there is no bounding box
  double pixel_m = 0.0;
  std::string crs;  ///< empty: UTM zone chosen from the area; else e.g. "EPSG:32645"
  SourceMark mark;
};

/// One source of ground heights: a raster, or the tiles of a glob taken together.
struct TerrainSource {
  std::string pattern;                       ///< as written
  std::vector<std::filesystem::path> files;  ///< expanded, sorted, at least one
  SourceMark mark;
};

struct ClutterClass {
  std::string name;
  double height_m = 0.0;
};

struct ClutterConfig {
  std::filesystem::path file;
  std::map<int, ClutterClass> classes;  ///< raster value -> representative height
  SourceMark mark;
};

struct TerrainConfig {
  std::vector<TerrainSource> sources;  ///< in order of preference
  std::optional<std::filesystem::path> land_polygons;
  std::optional<std::filesystem::path> land_mask;  ///< raster: 0 sea, anything else land
  SourceMark sea_mark;
  bool assume_sea_level = false;  ///< where no source has data: sea at 0 m
  std::optional<ClutterConfig> clutter;
};

struct OmniConfig {
  double gain_dbi = 0.0;
  double vertical_beamwidth_deg = 0.0;  ///< 0: the same gain in all elevations
  double side_lobe_db = 20.0;
};

struct Sector3gppConfig {
  double gain_dbi = 0.0;
  double horizontal_beamwidth_deg = 65.0;
  double vertical_beamwidth_deg = 0.0;
  double front_to_back_db = 30.0;
  double side_lobe_db = 30.0;
};

/// A measured pattern read from an MSI / Planet file.
struct PatternFileConfig {
  std::filesystem::path file;
  TabulatedSpec spec;
  std::optional<double> electrical_tilt_deg;  ///< as the file states it; it is part of the cuts
};

struct AntennaConfig {
  std::string id;
  std::variant<OmniConfig, Sector3gppConfig, PatternFileConfig> pattern;
  SourceMark mark;
};

struct CellConfig {
  std::string id;
  int carrier = 0;  ///< index into Scenario::carriers
  int antenna = 0;  ///< index into Scenario::antennas
  double height_agl_m = 0.0;
  double azimuth_deg = 0.0;
  double mechanical_tilt_deg = 0.0;
  double electrical_tilt_deg = 0.0;
  /// Summed over ports; of one radio when two are stacked.
  double total_power_dbm = 0.0;
  double feeder_loss_db = 0.0;
  CellRadioConfig radio;
  SourceMark mark;
};

struct SiteConfig {
  std::string id;
  Label name;
  LonLat position;
  std::vector<CellConfig> cells;
  SourceMark mark;
};

/// What stands in for the model closer to the mast than its shortest path.
enum class ShortRange { free_space, none };

struct AdditionConfig {
  propagation::AdditionChoice choice;  ///< its info is never null
  SourceMark mark;
};

struct PropagationConfig {
  std::string model;
  Polarization polarization = Polarization::vertical;
  ParameterValues parameters;
  std::vector<AdditionConfig> additions;  ///< as written; applied in their own order
  ShortRange short_range = ShortRange::free_space;
  SourceMark mark;
};

struct CalculationConfig {
  double radius_m = 0.0;  ///< around each cell
  Engine engine = Engine::sweep;
  int servers = 1;    ///< strongest cells kept at each pixel
  bool cache = true;  ///< path-loss fields are kept between runs
  std::optional<std::filesystem::path> cache_directory;
  double cache_limit_gib = 4.0;
};

struct Threshold {
  std::string id;
  Label name;
  double rsrp_dbm = 0.0;
};

/// Files made of the finished rasters, for other programs (docs/outputs.md).
struct ExportConfig {
  bool png = false;         ///< georeferenced PNG of each layer of classes
  bool kmz = false;         ///< ground overlays for Google Earth
  bool contours = false;    ///< polygons of the thresholds' classes
  bool footprints = false;  ///< polygons of best servers
  bool pixels_csv = false;  ///< table of pixels
  bool gpkg = true;         ///< formats of contours and footprints; at least one
  bool flatgeobuf = false;

  bool any() const { return png || kmz || contours || footprints || pixels_csv; }
};

struct OutputConfig {
  std::filesystem::path directory;
  bool rsrp = true;
  bool best_server = true;
  bool status = true;
  bool served_by_model = true;  ///< written only for a model that has members
  bool second_server = false;   ///< these two need CalculationConfig::servers >= 2
  bool server_margin = false;
  bool sites = true;
  bool picture = true;
  ExportConfig exports;
  bool report =
      false;  ///< report.html and what it shows; true unless not asked for or not built in
};

/// A named set of overrides. In a Scenario they are applied already.
struct VariantConfig {
  std::string id;  ///< short name, used for the output folder
  Label name;
  SourceMark mark;
};

/// Shares of time at which losses are evaluated, for maps of availability.
struct AvailabilityConfig {
  std::vector<double> time_percents;  ///< rising, within (0, 100); empty: not asked for
  SourceMark mark;
};

/// A fibre link whose optical budget is told.
struct OpticalLinkConfig {
  std::string id;
  Label name;
  optical::Link link;
  SourceMark mark;
};

struct Scenario {
  std::filesystem::path file;
  std::string id;  ///< short name for folders
  Label title;
  AreaConfig area;
  CalculationConfig calculation;
  TerrainConfig terrain;
  std::vector<CarrierConfig> carriers;
  std::vector<AntennaConfig> antennas;
  std::vector<SiteConfig> sites;
  Receiver receiver;
  std::vector<TerminalConfig> terminals;  ///< service is judged for; empty: it is not judged
  ServiceConfig service;
  PropagationConfig propagation;
  std::vector<Threshold> thresholds;  ///< strongest first, at least one
  ShapesConfig shapes;
  OutputConfig outputs;
  std::vector<VariantConfig> variants;  ///< all that the file names; empty: it has none
  std::optional<std::size_t> variant;   ///< the one that this is, index into `variants`
  AvailabilityConfig availability;
  std::vector<OpticalLinkConfig> optical;
  /// Every file the result depends on (scenario, CSV, rasters, patterns), for hashing.
  std::vector<std::filesystem::path> input_files;
  /// Those of them that loading has read to their ends, as they were then: scenario, CSV, patterns,
  /// tables. They may have changed since.
  std::map<std::filesystem::path, FileDigest> read_files;
  /// The scenario as given, after --set and the variant's overrides and without `variants`, as YAML
  /// text: echoed into run.json.
  std::string echo;

  /// The variant that this is, or nullptr.
  const VariantConfig* chosen_variant() const { return variant ? &variants[*variant] : nullptr; }
};

/// A `--set key.path=value` override; `value` is YAML.
struct Override {
  std::string key_path;
  std::string value;
};

/// How strict reading is.
struct LoadOptions {
  /// Terrain sources that do not exist are errors. Without, they are left out: for what needs no
  /// terrain yet, such as fetching it.
  bool terrain_must_exist = true;
  /// Id of the variant to read; nullopt: the first, where there are variants.
  std::optional<std::string> variant;
};

/// Reads and validates a scenario file. Throws ScenarioErrors with everything found wrong at once.
/// Files it names must exist, and are opened only as far as parsing needs (CSV, antenna patterns);
/// rasters are checked by geodata. Relative paths are relative to the scenario file, in `overrides`
/// to the current folder.
Scenario load_scenario(const std::filesystem::path& file, const std::vector<Override>& overrides,
                       const LoadOptions& options = {});

/// Every variant of a scenario in its order, or the one that the options name; the scenario itself
/// where it has none. Throws ScenarioErrors as load_scenario does, with the problems of all of
/// them.
std::vector<Scenario> load_variants(const std::filesystem::path& file,
                                    const std::vector<Override>& overrides,
                                    const LoadOptions& options = {});

}  // namespace yonder::scenarios
