#pragma once

#include "propagation/physics/lane_math.h"

namespace yonder::propagation {

/// Inverse complementary cumulative normal distribution I(x), by the rational approximation that
/// P.1812-8 and P.1546-6 prescribe (P.1812-8 Attachment 2, eqs. (96)-(97)); error below 0.00054.
/// 1e-6 <= x <= 1 - 1e-6.
double inverse_complementary_normal(double x);

/// The same for 0 < x <= 0.5, from the natural logarithm of x.
YONDER_LANE double inverse_complementary_normal_of_log(double ln_x) {
  const double t = std::sqrt(-2.0 * ln_x);                               // eq. (97a)
  const double numerator = (0.010328 * t + 0.802853) * t + 2.515516698;  // eq. (97b)
  const double denominator = ((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0;
  return t - numerator / denominator;
}

}  // namespace yonder::propagation
