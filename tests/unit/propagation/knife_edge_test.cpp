#include "propagation/physics/knife_edge.h"

#include <gtest/gtest.h>

namespace yonder::propagation {
namespace {

// The exact Fresnel integral gives 6.02 dB at grazing incidence; P.526-15 states the
// approximation's error as at most about 0.1 dB there.
TEST(KnifeEdge, GrazingIncidenceCostsSixDb) { EXPECT_NEAR(knife_edge_loss_db(0.0), 6.02, 0.02); }

// Asymptote of the Fresnel integral for large nu: 20 log(pi sqrt(2) nu) = 12.95 + 20 log nu.
TEST(KnifeEdge, DeepShadowGrowsAsThirteenPlusTwentyLogNu) {
  EXPECT_NEAR(knife_edge_loss_db(10.0), 33.0, 0.15);
  EXPECT_NEAR(knife_edge_loss_db(100.0), 53.0, 0.1);
}

TEST(KnifeEdge, ClearPathsLoseNothing) {
  EXPECT_EQ(knife_edge_loss_db(-0.78), 0.0);
  EXPECT_EQ(knife_edge_loss_db(-5.0), 0.0);
  EXPECT_NEAR(knife_edge_loss_db(-0.7799), 0.0, 0.02);
}

}  // namespace
}  // namespace yonder::propagation
