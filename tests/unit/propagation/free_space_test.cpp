#include "propagation/models/free_space.h"

#include <gtest/gtest.h>

#include <cmath>

#include "propagation/models.h"

namespace yonder::propagation {
namespace {

double loss(double frequency_hz, double distance_m) {
  Workspace workspace;
  PathLossInput input{.frequency_hz = frequency_hz, .distance_m = distance_m};
  return find_model("free_space")->make({})->evaluate(input, workspace).loss_db;
}

// P.525-4 eq. (4): 32.4 + 20 log f(MHz) + 20 log d(km), rounded to 0.1 dB by the Recommendation.
TEST(FreeSpace, AgreesWithTheRecommendationsRoundedForm) {
  EXPECT_NEAR(loss(1e6, 1000), 32.4, 0.06);
  EXPECT_NEAR(loss(773e6, 30000), 32.4 + 20 * std::log10(773.0) + 20 * std::log10(30.0), 0.06);
}

TEST(FreeSpace, DoublingDistanceAddsSixDb) {
  EXPECT_NEAR(loss(773e6, 2000) - loss(773e6, 1000), 20 * std::log10(2.0), 1e-12);
}

TEST(FreeSpace, RefusesTwoTerminalsAtOnePoint) {
  Workspace workspace;
  const PathLossResult result =
      find_model("free_space")->make({})->evaluate({.frequency_hz = 1e9}, workspace);
  EXPECT_EQ(result.status, LossStatus::not_applicable);
}

}  // namespace
}  // namespace yonder::propagation
