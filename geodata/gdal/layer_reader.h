#pragma once

#include <filesystem>
#include <vector>

#include "core/grid.h"
#include "geodata/gdal/support.h"
#include "geodata/projection.h"

/// Internal to geodata: a result layer read piece by piece.
namespace yonder::geodata {

/// A result layer on disk: a GeoTIFF, or a mosaic (VRT) of many. Use from one thread.
class LayerReader {
 public:
  /// Throws GeodataError: unreadable, no metric north-up grid of square pixels, more than one band,
  /// or a type of number that layers do not have.
  explicit LayerReader(const std::filesystem::path& file);

  const std::filesystem::path& file() const { return file_; }
  const Grid& grid() const { return grid_; }
  const Projection& projection() const { return projection_; }
  GDALDataset& dataset() const { return *dataset_; }

  /// Values of a window, row-major; NaN where there is no data. Throws GeodataError.
  void read(const PixelWindow& window, std::vector<float>& values) const;

  /// Values of pixels `factor` times as large: means of numbers, of categories the nearest.
  /// `reduced` begins where the layer begins and lies within it. Throws GeodataError.
  void read_reduced(int factor, const Grid& reduced, bool categorised,
                    std::vector<float>& values) const;

  /// True area of a pixel, km², at the middle of the layer: that of run.json.
  double pixel_area_km2() const;

 private:
  /// Nodata as NaN.
  void void_nodata(std::vector<float>& values) const;

  std::filesystem::path file_;
  DatasetPtr dataset_;
  Grid grid_;
  Projection projection_;
  double nodata_ = 0.0;
  bool has_nodata_ = false;
};

/// Windows of whole rows over a grid, from north to south, of about a million pixels each: what is
/// read at a time, so that memory does not grow with the map.
std::vector<PixelWindow> row_strips(const PixelWindow& window);

}  // namespace yonder::geodata
