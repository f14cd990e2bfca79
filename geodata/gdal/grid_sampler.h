#pragma once

#include <functional>
#include <span>

#include "core/grid.h"
#include "geodata/gdal/raster_source.h"

/// Internal to geodata: bringing a raster onto the analysis grid.
///
/// Own sampling instead of GDAL's warper, for what terrain needs and the warper does not promise:
/// every kind of void (declared, NaN, undeclared -32768) is taken out before any interpolation, and
/// the result is the same with every GDAL version.
namespace yonder::geodata {

enum class Sampling {
  nearest,  ///< classes
  /// Heights: bilinear between pixel centres, or, when a grid pixel spans two or more source
  /// pixels, the mean over its footprint. Bilinear would then skip most source pixels and the map
  /// would depend on which of them the grid happens to hit.
  heights
};

class GridSampler {
 public:
  GridSampler(const RasterSource& source, const OGRSpatialReference& grid_crs, const Grid& grid);

  /// Values along part of a row of the grid, NaN where the source knows none.
  using Sink = std::function<void(Pixel first, std::span<const float> values)>;
  /// Whether a window is still wanted; unwanted ones are not read.
  using Wanted = std::function<bool(const PixelWindow&)>;

  /// Reads each part of the source once. A value is void when it is NaN, the nodata value, or, for
  /// heights, no height of the earth's surface. Voids never enter a mean; a grid pixel is void when
  /// its nearest source pixel (bilinear) or most of its footprint (mean) is. Throws GeodataError
  /// when the source cannot be read.
  void run(Sampling sampling, bool honour_nodata, const Wanted& wanted, const Sink& sink);

  /// Source pixels along the side of a grid pixel, at the grid's centre.
  double source_pixels_per_grid_pixel() const { return ratio_; }

 private:
  struct SourcePoint {
    double u = 0.0, v = 0.0;  ///< source column and row, 0.5 at the first pixel's centre
  };
  struct SourceWindow {
    int column = 0, row = 0, columns = 0, rows = 0;
  };
  /// Fills points_ for the window's pixels; false when none has a place in the source's system.
  bool locate(const PixelWindow& window);
  void sample_block(const PixelWindow& window, Sampling sampling, bool honour_nodata,
                    const Sink& sink);
  /// Fills pixels_, voids as NaN.
  void read_window(const SourceWindow& block, Sampling sampling, bool honour_nodata);

  const RasterSource& source_;
  Grid grid_;
  TransformPtr to_source_;
  double ratio_ = 1.0;
  double grid_center_deg_ = 0.0;  ///< longitudes are counted on from here
  double turn_px_ = 0.0;          ///< source pixels in 360 degrees; 0 when not geographic
  std::vector<double> node_x_, node_y_;
  std::vector<int> node_ok_;
  std::vector<SourcePoint> points_;
  std::vector<float> pixels_;
};

}  // namespace yonder::geodata
