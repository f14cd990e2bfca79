#pragma once

#include <filesystem>
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
  /// Raster value -> representative height above ground. Sampled by nearest pixel; nodata, places
  /// beyond the raster and sea count as 0 m.
  std::map<int, double> height_m;
};

struct TerrainRequest {
  Projection projection;
  Grid grid;  ///< analysis grid with its margin
  /// In order of preference; each a set of tiles taken as one.
  std::vector<std::vector<std::filesystem::path>> sources;
  /// Inside a polygon is land (lakes in it too: zone B of P.1812 is the sea), outside is sea within
  /// the file's extent; beyond that nothing is known, and unknown is not sea.
  std::optional<std::filesystem::path> land_polygons;
  /// Raster: 0 is sea (also when tagged nodata), other values land, beyond it unknown. Speaks where
  /// the polygons do not.
  std::optional<std::filesystem::path> land_mask;
  /// Where no source has data, a void inside a tile included, and nothing says land: sea at 0 m.
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

/// GeoLattice::step_px of loaded terrain. Grids whose corners lie at multiples of it on the plane
/// interpolate positions between the same nodes.
int lattice_step_px(double pixel_m);

/// Brings all sources onto the grid, each read once; the first source with data wins at each pixel.
/// Heights are bilinear, or means over the grid pixel where it spans two or more source pixels;
/// voids never enter. Sea is 0 m, whatever the sources say. Land up to 100 m and within 50 km of a
/// sea pixel of the grid is Zone::coastal (P.1812-8 table 4), so the grid's margin decides how far
/// the sea is seen. Throws GeodataError: missing or unreadable raster, raster without CRS, no data
/// at all in the grid, clutter value without a class.
LoadedTerrain load_terrain(const TerrainRequest& request);

/// What can be said of a raster by reading two pixels, the first and the last.
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
