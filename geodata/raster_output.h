#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/grid.h"
#include "geodata/projection.h"

/// Cloud-Optimized GeoTIFFs (DEFLATE, overviews). Every writer throws GeodataError on any failure,
/// a full disk included, and then leaves no file. Callers write into a staging folder and rename;
/// category names lie in FILE.aux.xml beside the raster, which must move with it.
namespace yonder::geodata {

struct LayerInfo {
  std::string description;  ///< band description, e.g. "SS-RSRP"
  std::string unit;         ///< "dBm"
  std::map<std::string, std::string> metadata;
};

/// Float32 layer; NaN is nodata.
void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const float> values, const LayerInfo& layer);

struct Category {
  int value = 0;
  std::string name;
  std::array<std::uint8_t, 4> rgba{};
};

/// Categorised layer with names and colours that gdalinfo and QGIS show; `nodata` is a value or -1
/// for none.
void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const std::uint8_t> values, const LayerInfo& layer,
               const std::vector<Category>& categories, int nodata);
void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const std::uint16_t> values, const LayerInfo& layer,
               const std::vector<Category>& categories, int nodata);

/// Plain GeoTIFF of heights in metres (EPSG:4326, north-up), for generated terrain.
struct GeographicGrid {
  double west_deg = 0.0, north_deg = 0.0;
  double step_deg = 0.0;
  int columns = 0, rows = 0;
};
void write_height_geotiff(const std::filesystem::path& file, const GeographicGrid& grid,
                          std::span<const float> height_amsl_m, const LayerInfo& layer);

/// Version of the GDAL library, for run.json.
std::string gdal_version();

}  // namespace yonder::geodata
