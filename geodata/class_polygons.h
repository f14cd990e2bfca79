#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geodata/value_classes.h"
#include "geodata/vector_output.h"

/// Outlines of a raster's classes along the edges of its pixels, in the raster's own coordinate
/// system: areas are exact counts of pixels. Rasters are GeoTIFFs or VRT mosaics of any size; they
/// are read piece by piece.
///
/// Every writer writes the same features to each of `files` (.gpkg, .fgb), throws GeodataError on
/// any failure, a full disk included, and Stopped on request, and then leaves no file.
namespace yonder::geodata {

struct PolygonSpec {
  std::string layer;  ///< name of the layer within the file
  ValueClasses classes;
  /// Attributes of each class, by its index: the same names and types for all. "pixels" and
  /// "area_km2" (true area, at the scale of the map's middle) are added.
  std::vector<Fields> fields;
};

/// One polygon for each connected area (pixels that share an edge) of a class. Maps larger than
/// 4096 pixels are cut along a grid of this size, so that no polygon outgrows what programs can
/// handle.
void write_class_areas(const std::vector<std::filesystem::path>& files,
                       const std::filesystem::path& raster, const PolygonSpec& spec,
                       const std::stop_token& stop);

/// How much of a footprint reaches a level of another layer of the same grid.
struct FootprintLevel {
  std::string field;  ///< name of the attribute, km²
  double from = 0.0;
};
struct FootprintLevels {
  std::filesystem::path raster;
  std::vector<FootprintLevel> levels;
};

/// One multipolygon for each class that has pixels, in the order of the classes.
void write_class_footprints(const std::vector<std::filesystem::path>& files,
                            const std::filesystem::path& raster, const PolygonSpec& spec,
                            const std::optional<FootprintLevels>& levels,
                            const std::stop_token& stop);

}  // namespace yonder::geodata
