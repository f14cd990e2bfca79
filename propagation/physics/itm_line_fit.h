#pragma once

#include <cstddef>
#include <span>

namespace yonder::propagation::itm {

/// Straight line through equidistant heights, given by its values at the first and the last point
/// of the whole profile.
struct Line {
  double at_first = 0.0;
  double at_last = 0.0;
};

/// The points first..last of a profile that a fit takes.
struct LinePart {
  std::size_t first = 0;
  std::size_t last = 0;
  double middle() const { return 0.5 * static_cast<double>(first + last); }
};

/// Sums over the points of a part: of the heights, and of the heights times their index less the
/// middle.
struct LineMoments {
  double sum = 0.0;
  double weighted = 0.0;
};

/// The part between two positions of a profile whose last point has the index `end`; rules of
/// fit_line().
LinePart line_part(std::size_t end, double from_steps, double to_steps);

LineMoments line_moments(std::span<const double> heights, const LinePart& part);

/// The line from the moments of a part and its first and last height.
Line line_through(const LinePart& part, LineMoments moments, double first_height,
                  double last_height, std::size_t end);

/// Least-squares line through the part of a profile between two positions, counted in steps from
/// its first point. Positions are rounded outwards to points; a part of less than two points is
/// widened by one point on either side. The end points count half (trapezoid rule). Heights: at
/// least two. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", subroutine zlsq1.
Line fit_line(std::span<const double> heights, double from_steps, double to_steps);

}  // namespace yonder::propagation::itm
