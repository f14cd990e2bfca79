#pragma once

/// Positions. Two types, so that degrees and metres cannot be swapped.
namespace yonder {

/// Geographic position, WGS 84. Longitude is east-positive, latitude north-positive.
struct LonLat {
  double lon_deg = 0.0;
  double lat_deg = 0.0;
};

/// Position on the metric analysis plane: x east, y north, metres in the grid's projection.
struct MapPoint {
  double x_m = 0.0;
  double y_m = 0.0;
};

/// How the analysis plane differs from the earth around a point: plane distance = true distance *
/// scale, and true azimuth = plane azimuth + convergence (both clockwise from their north).
struct MapDistortion {
  double scale = 1.0;
  double convergence_rad = 0.0;
};

}  // namespace yonder
