#pragma once

#include <vector>

#include "core/grid.h"

namespace yonder {

/// A pixel that takes its terrain from a radial.
struct RadialPixel {
  double plane_m = 0.0;  ///< from the antenna to the pixel's centre, on the plane
  Pixel pixel;
};

/// Azimuths around an antenna, evenly spaced, and which pixels each of them serves: every pixel of
/// the window within reach (and not nearer than `nearest_m`) belongs to exactly one radial.
///
/// The number of azimuths is a multiple of 8. Within an octant the plane has a major axis u > 0 and
/// a minor axis v, 0 <= v <= u, both in pixels from the antenna; a sector holds the pixels between
/// the lines v = u tan(s D) and v = u tan((s + 1) D). Neighbours compute their common line alike,
/// so no pixel is served twice or left out. No angle of a pixel is ever computed.
class RadialLayout {
 public:
  /// `reach_m` and `nearest_m` are plane distances; pixels are of `window`, within `grid`. At the
  /// reach, `radials_per_pixel` azimuths pass through a pixel's width.
  RadialLayout(const Grid& grid, PixelWindow window, MapPoint antenna, double nearest_m,
               double reach_m, double radials_per_pixel);

  int count() const { return 8 * sectors_; }

  /// Unit vector of a radial's direction on the plane, the middle of its sector.
  MapPoint direction(int radial) const;

  /// The pixels a radial serves, from the antenna outwards.
  void pixels(int radial, std::vector<RadialPixel>& out) const;

 private:
  Grid grid_;
  PixelWindow window_;
  MapPoint antenna_;
  double nearest_m_;
  double reach_m_;
  int sectors_;                   ///< in an octant
  std::vector<double> tangents_;  ///< of the sectors' borders: 0 ... 1
};

}  // namespace yonder
