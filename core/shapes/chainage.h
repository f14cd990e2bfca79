#pragma once

#include <span>
#include <vector>

#include "core/geo.h"
#include "core/shapes/geodesic.h"

namespace yonder::shapes {

/// A place along a route and the stretch of it that the place stands for.
struct RouteSample {
  LonLat position;
  int part = 0;             ///< of the route; parts do not touch
  double chainage_m = 0.0;  ///< from the route's beginning; gaps between parts do not count
  double from_m = 0.0;      ///< the stretch: half-way to the neighbours of the same part
  double to_m = 0.0;

  double length_m() const { return to_m - from_m; }
};

/// Places every `step_m` (> 0) along each part from its beginning, and at its end; the stretches
/// add up to the parts' lengths. Chainage goes on from part to part. At `breaks_m` (chainages,
/// where a tunnel begins or ends) there are two places, one for the way up to it and one for the
/// way on, so that no stretch reaches over it.
std::vector<RouteSample> route_samples(const std::vector<GeodesicPath>& parts, double step_m,
                                       std::span<const double> breaks_m = {});

/// Joins lines whose ends meet within `tolerance_m`, turning them round where needed; keeps the
/// first line's direction and the order otherwise. Lines without length are dropped.
std::vector<std::vector<LonLat>> joined_lines(std::vector<std::vector<LonLat>> lines,
                                              double tolerance_m);

}  // namespace yonder::shapes
