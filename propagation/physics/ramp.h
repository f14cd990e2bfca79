#pragma once

#include <cmath>

namespace yonder::propagation {

/// 0 at `from` and before, 1 at `to` and after, linear between; `from` may exceed `to`.
inline double ramp(double x, double from, double to) {
  const double t = (x - from) / (to - from);
  return t <= 0.0 ? 0.0 : t >= 1.0 ? 1.0 : t;
}

/// The same, linear in log(x); 0 < from < to.
inline double log_ramp(double x, double from, double to) {
  if (x <= from) return 0.0;
  if (x >= to) return 1.0;
  return std::log(x / from) / std::log(to / from);
}

}  // namespace yonder::propagation
