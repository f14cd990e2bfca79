#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/geo.h"

namespace yonder::scenarios {

/// A value known at a point of a plane.
struct SurfacePoint {
  MapPoint position;
  double value = 0.0;
};

/// The smooth surface through scattered points: a polyharmonic spline, sum of w_i r_i^3 plus a
/// plane (J. Duchon, "Splines minimizing rotation-invariant semi-norms in Sobolev spaces", 1977).
/// The plane is the regional gradient; of all surfaces through the points it bends least in the
/// third-order sense. Uses only + - * / and square roots, which IEEE 754 rounds the same
/// everywhere.
class SmoothSurface {
 public:
  /// Throws std::invalid_argument when fewer than three points, two at one place, or all on one
  /// line are given.
  explicit SmoothSurface(std::span<const SurfacePoint> points);

  double at(MapPoint point) const;

 private:
  MapPoint scaled(MapPoint point) const;

  MapPoint origin_;
  double scale_ = 1.0;  ///< metres of one unit, for a well-conditioned system
  std::vector<MapPoint> centres_;
  std::vector<double> weights_;
  std::array<double, 3> plane_{};
};

}  // namespace yonder::scenarios
