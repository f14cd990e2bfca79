#include "propagation/physics/inverse_normal.h"

#include <cmath>

#include "core/contracts.h"

namespace yonder::propagation {
namespace {

/// T(x) - C(x) for 0 < x <= 0.5.
double upper_half(double x) {
  const double t = std::sqrt(-2.0 * std::log(x));                        // eq. (97a)
  const double numerator = (0.010328 * t + 0.802853) * t + 2.515516698;  // eq. (97b)
  const double denominator = ((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0;
  return t - numerator / denominator;
}

}  // namespace

double inverse_complementary_normal(double x) {
  YONDER_EXPECTS(x >= 1e-6 && x <= 1.0 - 1e-6);
  return x <= 0.5 ? upper_half(x) : -upper_half(1.0 - x);  // eqs. (96a), (96b)
}

}  // namespace yonder::propagation
