#include "propagation/physics/itm_line_fit.h"

#include <algorithm>
#include <array>

namespace yonder::propagation::itm {
namespace {

struct Moments {
  double sum = 0.0;       ///< of the heights
  double weighted = 0.0;  ///< of the heights times their index less the middle
};

/// Moments of the points first..last. Four independent sums: an addition need not wait for the one
/// before.
Moments moments(std::span<const double> heights, std::size_t first, std::size_t last,
                double middle) {
  constexpr std::size_t kLanes = 4;
  std::array<double, kLanes> sum{};
  std::array<double, kLanes> weighted{};
  std::size_t i = first;
  for (; i + kLanes <= last + 1; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double height = heights[i + lane];
      sum[lane] += height;
      weighted[lane] += height * (static_cast<double>(i + lane) - middle);
    }
  }
  for (; i <= last; ++i) {
    sum[0] += heights[i];
    weighted[0] += heights[i] * (static_cast<double>(i) - middle);
  }
  return {(sum[0] + sum[1]) + (sum[2] + sum[3]),
          (weighted[0] + weighted[1]) + (weighted[2] + weighted[3])};
}

}  // namespace

Line fit_line(std::span<const double> heights, double from_steps, double to_steps) {
  const std::size_t end = heights.size() - 1;
  const double steps = static_cast<double>(end);
  std::size_t first = static_cast<std::size_t>(std::max(from_steps, 0.0));
  // Rounded up, but never below the first point.
  std::size_t last = end - std::min(end, static_cast<std::size_t>(std::max(steps - to_steps, 0.0)));
  first = std::min(first, end);
  if (last <= first) {
    first = first == 0 ? 0 : first - 1;
    last = std::min(last + 1, end);
    if (last <= first) first = last - 1;
  }

  const double length = static_cast<double>(last - first);
  const double middle = 0.5 * static_cast<double>(first + last);
  Moments m = moments(heights, first, last, middle);
  m.sum -= 0.5 * (heights[first] + heights[last]);
  m.weighted -= 0.25 * length * (heights[last] - heights[first]);

  const double mean = m.sum / length;
  const double slope = m.weighted * 12.0 / ((length * length + 2.0) * length);
  return {mean - slope * middle, mean + slope * (steps - middle)};
}

}  // namespace yonder::propagation::itm
