#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/grid.h"
#include "geodata/projection.h"
#include "geodata/raster_output.h"

/// Mosaics of raster tiles as GDAL virtual rasters (VRT): nothing is copied.
namespace yonder::geodata {

struct MosaicTile {
  /// A layer as write_cog() writes it, as seen from the mosaic's folder.
  std::filesystem::path file;
  PixelWindow window;  ///< where it lies on the mosaic's grid; as large as the tile
  /// For values that are numbered within the tile: the mosaic's number by the tile's. Empty: values
  /// are taken as they are.
  std::vector<std::uint32_t> numbers;
};

struct MosaicSpec {
  Grid grid;
  Projection projection;
  std::vector<MosaicTile> tiles;  ///< at least one, all of one layer
  /// Names and colours of the mosaic; empty: those of the tiles together.
  std::vector<Category> categories;
};

/// Writes `file` (.vrt) and with `overviews` FILE.ovr beside it. Where no tile lies is nodata.
/// Description and unit are the first tile's, metadata those of all. Numbers beyond 65535 make a
/// UInt32 raster without names and colours. Throws GeodataError: a tile cannot be read or differs
/// in kind, overviews cannot be written; then leaves no file.
void write_mosaic(const std::filesystem::path& file, const MosaicSpec& mosaic, bool overviews);

}  // namespace yonder::geodata
