#include "propagation/physics/bullington.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"

namespace yonder::propagation {

double transhorizon_obstruction(double distance_m, double tx_amsl_m, double rx_amsl_m,
                                double tx_slope, double rx_slope, double first_m, double last_m) {
  const double x = (rx_amsl_m - tx_amsl_m + rx_slope * distance_m) / (tx_slope + rx_slope);
  // A grazing path has tangents that are parallel up to rounding: min and max also replace 0 / 0.
  const double point_m = x > first_m ? std::min(x, last_m) : first_m;
  const double rest_m = distance_m - point_m;
  const double line_slope = (rx_amsl_m - tx_amsl_m) / distance_m;
  return (tx_slope - line_slope) * point_m * std::sqrt(distance_m / (point_m * rest_m));
}

double smooth_earth_obstruction(std::span<const double> distance_m, double h1_m, double h2_m,
                                double curvature_per_m) {
  YONDER_EXPECTS(distance_m.size() >= 3);
  return smooth_earth_obstruction(distance_m.subspan(1, distance_m.size() - 2), distance_m.back(),
                                  h1_m, h2_m, curvature_per_m);
}

double smooth_earth_obstruction(std::span<const double> interior_m, double length_m, double h1_m,
                                double h2_m, double curvature_per_m) {
  YONDER_EXPECTS(!interior_m.empty() && h1_m > 0.0 && h2_m > 0.0);
  const std::span<const double> x = interior_m;
  const double c = curvature_per_m;

  // The slope from an antenna at height h to the bulge, c (D - s) - h / s at distance s, is concave
  // with its top at s = sqrt(h / c): the best sample is one of its two neighbours.
  const auto slope = [&](double h, double s) { return c * (length_m - s) - h / s; };
  const auto best_sample = [&](double h, double top, bool from_rx) {
    const double position = from_rx ? length_m - top : top;
    const auto next = std::lower_bound(x.begin(), x.end(), position);
    double best = -1e300;
    if (next != x.end()) best = slope(h, from_rx ? length_m - *next : *next);
    if (next != x.begin())
      best = std::max(best, slope(h, from_rx ? length_m - next[-1] : next[-1]));
    return best;
  };
  const double tx_slope = best_sample(h1_m, std::sqrt(h1_m / c), false);
  const double line_slope = (h2_m - h1_m) / length_m;
  if (tx_slope > line_slope) {
    const double rx_slope = best_sample(h2_m, std::sqrt(h2_m / c), true);
    return transhorizon_obstruction(length_m, h1_m, h2_m, tx_slope, rx_slope, x.front(), x.back());
  }

  // In sight: nu(x) has a single maximum (with w = x / (D - x), its derivative's sign is that of
  // (h1 - h2 w) - const w (w - 1) / (1 + w)^2, which crosses zero once), so samples are searched by
  // halving. Every height over the line is negative here: the largest nu has the smallest H^2 / (x
  // (D - x)).
  const auto squared = [&](double s) {
    const double rest = length_m - s;
    const double height = h1_m + line_slope * s - c * s * rest;
    return height * std::abs(height) / (s * rest);
  };
  std::size_t low = 0;
  std::size_t high = x.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (squared(x[middle]) <= squared(x[middle + 1])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const double smallest = squared(x[low]);
  const double root = std::sqrt(std::abs(smallest) * length_m);
  return smallest >= 0.0 ? -root : root;
}

}  // namespace yonder::propagation
