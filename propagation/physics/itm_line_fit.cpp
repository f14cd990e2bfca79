#include "propagation/physics/itm_line_fit.h"

#include <algorithm>
#include <array>

namespace yonder::propagation::itm {

LinePart line_part(std::size_t end, double from_steps, double to_steps) {
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
  return {first, last};
}

// Four independent sums: an addition need not wait for the one before.
LineMoments line_moments(std::span<const double> heights, const LinePart& part) {
  constexpr std::size_t kLanes = 4;
  const double middle = part.middle();
  std::array<double, kLanes> sum{};
  std::array<double, kLanes> weighted{};
  std::size_t i = part.first;
  for (; i + kLanes <= part.last + 1; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double height = heights[i + lane];
      sum[lane] += height;
      weighted[lane] += height * (static_cast<double>(i + lane) - middle);
    }
  }
  for (; i <= part.last; ++i) {
    sum[0] += heights[i];
    weighted[0] += heights[i] * (static_cast<double>(i) - middle);
  }
  return {(sum[0] + sum[1]) + (sum[2] + sum[3]),
          (weighted[0] + weighted[1]) + (weighted[2] + weighted[3])};
}

Line line_through(const LinePart& part, LineMoments m, double first_height, double last_height,
                  std::size_t end) {
  const double length = static_cast<double>(part.last - part.first);
  m.sum -= 0.5 * (first_height + last_height);
  m.weighted -= 0.25 * length * (last_height - first_height);
  const double mean = m.sum / length;
  const double slope = m.weighted * 12.0 / ((length * length + 2.0) * length);
  return {mean - slope * part.middle(), mean + slope * (static_cast<double>(end) - part.middle())};
}

Line fit_line(std::span<const double> heights, double from_steps, double to_steps) {
  const std::size_t end = heights.size() - 1;
  const LinePart part = line_part(end, from_steps, to_steps);
  return line_through(part, line_moments(heights, part), heights[part.first], heights[part.last],
                      end);
}

}  // namespace yonder::propagation::itm
