#include "propagation/physics/smooth_earth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "propagation/physics/bullington.h"

namespace yonder::propagation {
namespace {

TEST(SmoothEarth, FitsAnInclinedPlaneExactly) {
  SmoothEarthSums sums;
  const std::vector<double> x = {0, 130, 400, 1000, 2500};
  for (std::size_t i = 1; i < x.size(); ++i) {
    sums.add_segment(x[i - 1], 10 + 0.02 * x[i - 1], x[i], 10 + 0.02 * x[i]);
  }
  const EndHeights ends = smooth_earth_ends(sums, 2500);
  EXPECT_NEAR(ends.tx_m, 10.0, 1e-9);
  EXPECT_NEAR(ends.rx_m, 60.0, 1e-9);
}

TEST(SmoothEarth, NeverLiesAboveTheGroundAtATerminal) {
  const EndHeights ends = diffraction_smooth_heights({50, 60}, {-5, 0, 0}, {40, 80});
  EXPECT_EQ(ends.tx_m, 40);
  EXPECT_EQ(ends.rx_m, 60);
}

/// The same quantity by looking at every sample.
double brute_force_obstruction(const std::vector<double>& x, double h1, double h2, double c) {
  const double length = x.back();
  const double line = (h2 - h1) / length;
  double tx_slope = -1e300;
  double rx_slope = -1e300;
  double nu = -1e300;
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double bulge = c * x[i] * (length - x[i]);
    tx_slope = std::max(tx_slope, (bulge - h1) / x[i]);
    rx_slope = std::max(rx_slope, (bulge - h2) / (length - x[i]));
    nu = std::max(nu, (bulge - h1 - line * x[i]) * std::sqrt(length / (x[i] * (length - x[i]))));
  }
  if (tx_slope <= line) return nu;
  return transhorizon_obstruction(length, h1, h2, tx_slope, rx_slope, x[1], x[x.size() - 2]);
}

TEST(SmoothEarth, SearchFindsWhatLookingAtEverySampleFinds) {
  std::mt19937_64 random(526);
  std::uniform_real_distribution<double> unit(0, 1);
  int in_sight = 0;
  for (int trial = 0; trial < 5000; ++trial) {
    const std::size_t n = 3 + static_cast<std::size_t>(unit(random) * 60);
    std::vector<double> x(n, 0.0);
    const double step = 20 * std::pow(100.0, unit(random));
    for (std::size_t i = 1; i < n; ++i) x[i] = x[i - 1] + step * (0.1 + unit(random));
    const double h1 = std::pow(3000.0, unit(random));
    const double h2 = std::pow(3000.0, unit(random));
    const double c = 0.5 / (unit(random) < 0.5 ? 8.5e6 : 19.113e6);
    const double expected = brute_force_obstruction(x, h1, h2, c);
    in_sight += expected < 0 ? 1 : 0;
    ASSERT_NEAR(smooth_earth_obstruction(x, h1, h2, c), expected, 1e-9 + 1e-9 * std::abs(expected))
        << "trial " << trial;
  }
  EXPECT_GT(in_sight, 500);
  EXPECT_LT(in_sight, 4900);
}

}  // namespace
}  // namespace yonder::propagation
