#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geodata/gdal/support.h"

/// Internal to geodata: georeferenced rasters opened for reading.
namespace yonder::geodata {

struct GeoBox {
  double west_deg = 0.0, south_deg = 0.0, east_deg = 0.0, north_deg = 0.0;
};
/// "84.2..85.5 E, 38..39.25 N"
std::string text_of(const GeoBox& box);

/// Band 1 of a raster file, or of a mosaic of files that share a grid.
struct RasterSource {
  DatasetPtr dataset;
  std::string label;        ///< file, or "first file and n more", for messages
  std::string opened_name;  ///< GDAL's name of it, for joining
  OGRSpatialReference crs;
  double pixel_to_crs[6] = {};
  double crs_to_pixel[6] = {};
  std::optional<double> nodata;  ///< of the stored numbers, before scale and offset
  double scale = 1.0;
  double offset = 0.0;
  bool synthetic = false;  ///< the file says so in YONDER_SYNTHETIC

  GDALRasterBand* band() const { return dataset->GetRasterBand(1); }
  int columns() const { return dataset->GetRasterXSize(); }
  int rows() const { return dataset->GetRasterYSize(); }
  bool geographic() const { return crs.IsGeographic() != 0; }
};

/// Throws GeodataError, naming the file and what would help: not there, not a raster, no CRS, no
/// georeferencing, heights not in metres. A zip is opened when it holds exactly one raster. CF
/// metadata (lon in degrees_east, lat in degrees_north) counts as WGS 84.
RasterSource open_raster(const std::filesystem::path& file);

/// Opens the files; those that share CRS, pixel size, alignment and type become one mosaic, so that
/// interpolation sees across tile edges. In order of first appearance.
std::vector<RasterSource> open_mosaics(const std::vector<std::filesystem::path>& files);

/// Reads the first and the last pixel: a file cut short loses at least one of them. Throws
/// GeodataError.
void check_readable(const RasterSource& source);

/// Bounds in WGS 84, from the densified outline.
GeoBox bounds_of(const RasterSource& source);

}  // namespace yonder::geodata
