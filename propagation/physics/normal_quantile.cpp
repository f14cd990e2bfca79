#include "propagation/physics/normal_quantile.h"

#include <cmath>

#include "core/contracts.h"
#include "core/units.h"

namespace yonder::propagation {
namespace {

/// Abramowitz and Stegun 26.2.23: x with Q(x) = tail, within 4.5e-4, for 0 < tail <= 0.5.
double first_guess(double tail) {
  const double t = std::sqrt(-2.0 * std::log(tail));
  return t - ((0.010328 * t + 0.802853) * t + 2.515517) /
                 (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
}

}  // namespace

double normal_quantile(double probability) {
  YONDER_EXPECTS(probability > 0.0 && probability < 1.0);
  if (probability == 0.5) return 0.0;
  const bool upper = probability > 0.5;
  const double tail = upper ? 1.0 - probability : probability;
  double x = first_guess(tail);
  // Halley's method on Q(x) - tail: from 4.5e-4 two steps reach rounding error; the third is for
  // tiny tails.
  for (int step = 0; step < 3; ++step) {
    const double excess = 0.5 * std::erfc(x / std::sqrt(2.0)) - tail;
    const double newton = excess * std::sqrt(2.0 * kPi) * std::exp(0.5 * x * x);
    x += newton / (1.0 - 0.5 * x * newton);
  }
  return upper ? x : -x;
}

}  // namespace yonder::propagation
