#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.h"
#include "core/terrain.h"
#include "geodata/projection.h"

namespace yonder::geodata {

struct ClutterRequest {
  std::filesystem::path file;
  std::map<int, double> height_m;  ///< raster value -> representative height above ground
};

struct TerrainRequest {
  Projection projection;
  Grid grid;  ///< analysis grid with its margin
  /// In order of preference; each a set of tiles taken as one.
  std::vector<std::vector<std::filesystem::path>> sources;
  std::optional<std::filesystem::path> land_polygons;
  std::optional<std::filesystem::path> land_mask;
  bool assume_sea_level = false;
  std::optional<ClutterRequest> clutter;
};

struct TerrainSourceReport {
  std::vector<std::filesystem::path> files;
  std::size_t pixels = 0;  ///< of the grid that this source filled
  bool synthetic = false;  ///< a tile carries the metadata item YONDER_SYNTHETIC
};

struct LoadedTerrain {
  Terrain terrain;
  std::vector<TerrainSourceReport> sources;
  std::size_t no_data_pixels = 0;
  std::size_t sea_pixels = 0;
  std::size_t assumed_sea_pixels = 0;  ///< of these, known only by `assume_sea_level`
  std::size_t clutter_unknown_pixels =
      0;  ///< on land, where the clutter raster says nothing: taken as 0 m
  bool synthetic = false;
};

/// Warps all sources once onto the grid; the first source with data wins at each pixel. Throws
/// GeodataError: missing or unreadable raster, raster without CRS, no data at all in the grid,
/// clutter value without a class.
LoadedTerrain load_terrain(const TerrainRequest& request);

/// What can be said of a raster without reading its pixels.
struct RasterSummary {
  int columns = 0;
  int rows = 0;
  std::string crs_name;
  double west_deg = 0.0, south_deg = 0.0, east_deg = 0.0, north_deg = 0.0;
  double pixel_m = 0.0;  ///< approximate, at the centre
  std::optional<double> nodata;
  bool synthetic = false;
};

/// Opens a raster as terrain or clutter. Throws GeodataError as load_terrain does.
RasterSummary inspect_raster(const std::filesystem::path& file);

/// Opens a vector file that must hold polygons. Throws GeodataError.
void inspect_polygons(const std::filesystem::path& file);

}  // namespace yonder::geodata
