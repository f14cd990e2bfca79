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

/// Least-squares line through the part of a profile between two positions, counted in steps from
/// its first point. Positions are rounded outwards to points; a part of less than two points is
/// widened by one point on either side. The end points count half (trapezoid rule). Heights: at
/// least two. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", subroutine zlsq1.
Line fit_line(std::span<const double> heights, double from_steps, double to_steps);

}  // namespace yonder::propagation::itm
