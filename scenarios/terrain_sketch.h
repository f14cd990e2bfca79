#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/geo.h"
#include "geodata/raster_output.h"
#include "scenarios/scenario.h"

/// Synthetic terrain from a recipe, for examples that need no network: `yonder terrain sketch`.
/// Recipe format: docs/terrain-sketch.md. The same recipe gives the same heights on any machine.
namespace yonder::scenarios {

/// A place whose height is known. The regional surface passes through all of them.
struct KnownHeight {
  LonLat position;
  double height_amsl_m = 0.0;
};

/// Longitudinal dunes: parallel ridges that wander, rise and sink, with flat corridors between
/// them. Their mean height is taken off, so that a field leaves the regional surface where it is.
struct DuneField {
  std::string name;
  std::vector<LonLat> polygon;  ///< at least three corners, in order around the field
  double ridge_azimuth_deg = 0.0;
  double height_m = 0.0;     ///< mean, crest above corridor
  double spacing_m = 0.0;    ///< mean, crest to crest
  double ridge_share = 0.6;  ///< of the spacing that a ridge takes, 0 to 1
  double variability = 0.0;  ///< relative, of crest heights, 0 to 1; at 1 ridges break off
  double edge_m = 0.0;       ///< dunes fade out over this distance inside the polygon
};

/// Small unevenness everywhere.
struct Roughness {
  double rms_m = 0.0;
  double scale_m = 1000.0;  ///< of its largest bumps
};

/// Hills and mountains: octaves of noise about the regional surface.
struct HillField {
  std::string name;
  std::vector<LonLat> polygon;  ///< empty: everywhere; else at least three corners
  double rms_m = 0.0;
  double scale_m = 0.0;  ///< of the largest hills, foot to crest
  int octaves = 5;       ///< each half as large and half as high as the one before
  double edge_m = 0.0;   ///< hills fade out over this distance inside the polygon
};

/// A valley or gorge: a floor along a line, and walls up to the ground beside it.
struct Valley {
  std::string name;
  std::vector<KnownHeight> line;  ///< at least two, with the floor's heights
  double floor_width_m = 0.0;
  double wall_slope_deg = 0.0;
  double spurs = 0.0;  ///< relative change of the walls' slope from place to place, 0 to 0.9
  double spur_scale_m = 2000.0;  ///< from one spur to the next
};

/// Land polygons from a GeoJSON file; what they leave out is sea, at 0 m.
struct SketchCoast {
  std::filesystem::path file;
  std::vector<std::vector<LonLat>> rings;  ///< outer and inner ones
  double shore_slope_deg = 0.0;            ///< land rises at most so steeply from the sea
  double lowest_land_m = 1.0;
  double inland_m = 5000.0;  ///< beyond, the sea no longer limits heights
};

struct TerrainRecipe {
  std::string name;
  std::uint64_t seed = 0;
  BoundingBox box;
  double step_arcsec = 0.0;
  double rounding_m = 1.0;
  std::vector<KnownHeight> known_heights;  ///< at least three, not on one line
  std::vector<DuneField> dune_fields;
  std::vector<HillField> hills;
  Roughness roughness;
  std::vector<Valley> valleys;  ///< in this order: where two meet, the later one stays
  std::optional<SketchCoast> coast;
};

struct TerrainSketch {
  geodata::GeographicGrid grid;
  std::vector<float> height_amsl_m;  ///< row-major from the north-west
};

/// Reads and validates a recipe file. Throws ScenarioErrors with file:line for all that is wrong.
TerrainRecipe load_terrain_recipe(const std::filesystem::path& file);

/// Makes the heights. Throws std::runtime_error when the recipe gives heights no place on earth has
/// (a surface extrapolated too far).
TerrainSketch sketch_terrain(const TerrainRecipe& recipe);

/// Writes a GeoTIFF whose metadata item YONDER_SYNTHETIC names the recipe, so that everything made
/// from it can be labelled. Throws geodata::GeodataError.
void write_terrain_sketch(const TerrainSketch& sketch, const TerrainRecipe& recipe,
                          const std::filesystem::path& file);

}  // namespace yonder::scenarios
