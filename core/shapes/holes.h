#pragma once

#include <span>
#include <vector>

#include "core/shapes/chainage.h"

namespace yonder::shapes {

/// A stretch of a route.
struct Stretch {
  double from_m = 0.0;
  double to_m = 0.0;
  std::size_t first = 0;  ///< samples first to last, both in it
  std::size_t last = 0;

  double length_m() const { return to_m - from_m; }
};

/// The runs of samples of one part that are not `covered`, in order. A hole reaches half-way to the
/// covered samples beside it, so that holes and covered stretches add up to the route.
/// Precondition: as many flags as samples.
std::vector<Stretch> find_holes(std::span<const RouteSample> samples,
                                const std::vector<bool>& covered);

/// The longest run of covered samples of one part, m: as find_holes() of what is not covered.
double longest_covered_m(std::span<const RouteSample> samples, const std::vector<bool>& covered);

/// What holes come to.
struct HoleKpis {
  std::size_t count = 0;
  double total_m = 0.0;
  double longest_m = 0.0;
  std::vector<Stretch> long_ones;  ///< longer than the limit, in order
};
HoleKpis hole_kpis(std::span<const Stretch> holes, double longer_than_m);

}  // namespace yonder::shapes
