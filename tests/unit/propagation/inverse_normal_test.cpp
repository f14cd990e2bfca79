#include "propagation/physics/inverse_normal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace yonder::propagation {
namespace {

double complementary_normal(double t) { return 0.5 * std::erfc(t / std::sqrt(2.0)); }

// The approximation's stated error is 4.5e-4.
TEST(InverseNormal, InvertsTheComplementaryNormalWithinItsStatedError) {
  for (double t = -4.5; t <= 4.5; t += 0.1) {
    EXPECT_NEAR(inverse_complementary_normal(complementary_normal(t)), t, 6e-4) << t;
  }
}

TEST(InverseNormal, IsOddAboutOneHalf) {
  EXPECT_NEAR(inverse_complementary_normal(0.1), -inverse_complementary_normal(0.9), 1e-12);
  EXPECT_NEAR(inverse_complementary_normal(0.5), 0.0, 1e-6);
}

}  // namespace
}  // namespace yonder::propagation
