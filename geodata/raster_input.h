#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/grid.h"
#include "geodata/projection.h"
#include "geodata/raster_output.h"

namespace yonder::geodata {

/// One band of a result as raster_output.h writes it: numbers, or categories with names.
struct RasterLayer {
  Grid grid;
  Projection projection;
  LayerInfo info;
  bool categorised = false;          ///< the file holds whole numbers
  std::vector<Category> categories;  ///< those with a name, by value
  /// Row-major over `grid`; NaN: nodata. Category values are exact.
  std::vector<float> values;
};

/// Reads a layer (GeoTIFF, or VRT mosaic of them) at full resolution. Throws GeodataError: the file
/// cannot be read, has no metric north-up grid of square pixels, or holds something else than one
/// band of Float32, Byte or whole numbers of 16 or 32 bits.
RasterLayer read_layer(const std::filesystem::path& file);

/// Reads a mosaic (mosaic.h) with so many pixels taken together that none of its sides is longer
/// than `most_px`: means of numbers, of categories the nearest. What is left over at the right and
/// lower edge is cut off. Throws GeodataError as read_layer() does.
RasterLayer read_reduced(const std::filesystem::path& file, int most_px);

}  // namespace yonder::geodata
