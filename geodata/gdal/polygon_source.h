#pragma once

#include <ogrsf_frmts.h>

#include <filesystem>

#include "geodata/gdal/support.h"

namespace yonder::geodata {

/// Internal to geodata: a vector file with at least one polygon.
struct PolygonSource {
  DatasetPtr dataset;
  OGRLayer* layer = nullptr;  ///< owned by the dataset
  OGRSpatialReference crs;
};

/// The first layer with polygons. Throws GeodataError, naming the file: not there, not a vector
/// file, no polygons, no CRS.
PolygonSource open_polygons(const std::filesystem::path& file);

}  // namespace yonder::geodata
