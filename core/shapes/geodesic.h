#pragma once

#include <vector>

#include "core/geo.h"

/// Geodesic lines on the WGS 84 ellipsoid by Vincenty's formulas (Survey Review XXIII/176, 1975),
/// good to a millimetre but between nearly antipodal points.
namespace yonder::shapes {

struct GeodesicStep {
  double distance_m = 0.0;
  double azimuth_rad = 0.0;  ///< at the first point, clockwise from north
};

/// From one point to another.
GeodesicStep geodesic_between(LonLat from, LonLat to);

/// The point that lies `step` away.
LonLat geodesic_destination(LonLat from, GeodesicStep step);

/// A line through vertices, each joined to the next by a geodesic.
class GeodesicPath {
 public:
  /// Vertices at the same place as the one before are dropped. Precondition: two different ones.
  explicit GeodesicPath(std::vector<LonLat> vertices);

  double length_m() const { return start_m_.back(); }
  /// The point at a distance along the line; beyond its ends the end itself.
  LonLat at(double distance_m) const;
  const std::vector<LonLat>& vertices() const { return vertices_; }

 private:
  std::vector<LonLat> vertices_;
  std::vector<double> start_m_;      ///< by vertex
  std::vector<double> azimuth_rad_;  ///< of the piece that begins at a vertex
};

}  // namespace yonder::shapes
