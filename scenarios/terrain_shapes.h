#pragma once

#include <cstdint>
#include <vector>

#include "core/geo.h"

/// Shapes of land in the plane of a terrain sketch: hills, valleys and gorges along a line, coasts.
/// All coordinates in metres of that plane.
namespace yonder::scenarios {

/// Distance from a polygon's edge, positive inside.
double depth_inside(const std::vector<MapPoint>& polygon, MapPoint point);

/// Octaves of value noise, each half as large and half as high, with the wanted rms over a large
/// area. `octaves` 1 to 8.
double fractal_noise_m(double rms_m, double scale_m, int octaves, std::uint64_t seed, MapPoint p);

/// A line with a height at each of its points.
struct ValleyLine {
  std::vector<MapPoint> points;  ///< at least two
  std::vector<double> height_m;  ///< of the floor at each point
  double floor_width_m = 0.0;
  double wall_slope = 0.0;  ///< metres of rise a metre
  double spurs = 0.0;       ///< relative change of the slope from place to place, below 1
  double spur_scale_m = 2000.0;
  std::uint64_t seed = 0;

  /// The points' extent and heights, by which most places far away are left alone at once.
  struct Extent {
    MapPoint low, high;
    double lowest_m = 0.0, highest_m = 0.0;
  };
  Extent extent() const;

  /// The ground with the valley in it: the floor's height on the floor, and beside it nowhere more
  /// above or below the floor than walls of that slope reach.
  double cut(double ground_m, MapPoint p, const Extent& extent) const;
};

/// Land and sea on the sketch's pixels, and how far each land pixel is from the sea.
class ShoreDistance {
 public:
  /// `rings`: outer and inner rings of all land polygons; a point is on land when an odd number
  /// of them surround it. Pixels of `step_x_m` by `step_y_m`, row-major from `top_left`.
  ShoreDistance(const std::vector<std::vector<MapPoint>>& rings, MapPoint top_left, double step_x_m,
                double step_y_m, int columns, int rows);

  bool is_land(int column, int row) const { return land_[index(column, row)]; }

  /// To the nearest edge of a sea pixel from the middle of this land pixel; what is farther than
  /// `limit_m` is told as `limit_m`. 0 at sea. Outside of the sketch nothing is sea.
  double to_sea_m(int column, int row, double limit_m) const;

 private:
  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  double step_x_m_;
  double step_y_m_;
  int columns_;
  int rows_;
  std::vector<bool> land_;
};

}  // namespace yonder::scenarios
