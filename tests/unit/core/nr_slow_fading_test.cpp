#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "core/nr/slow_fading.h"

namespace yonder::nr {
namespace {

// Jakes's formulas evaluated once with another program: sigma 8, n 3.5.
TEST(SlowFading, SeventyFivePercentAtTheEdgeIsNinetyPercentOfTheArea) {
  const double margin_db = margin_for_edge_db(0.75, 8.0);
  EXPECT_NEAR(margin_db, 8.0 * 0.67449, 1e-4);  // quantile tables: Phi(0.67449) = 0.75
  EXPECT_NEAR(area_probability(margin_db, 8.0, 3.5), 0.899, 0.0006);
}

TEST(SlowFading, MarginsForNinetyFivePercentOfTheArea) {
  EXPECT_NEAR(margin_for_area_db(0.95, 8.0, 3.5), 8.7, 0.06);
  EXPECT_NEAR(margin_for_area_db(0.95, 6.0, 3.5), 5.9, 0.06);
}

TEST(SlowFading, NinetyPercentAtTheEdgeCostsOnePointTwoEightSigma) {
  EXPECT_NEAR(margin_for_edge_db(0.9, 6.0), 7.69, 0.005);
  EXPECT_NEAR(margin_for_edge_db(0.5, 6.0), 0.0, 1e-9);
  EXPECT_NEAR(margin_for_edge_db(0.1, 6.0), -margin_for_edge_db(0.9, 6.0), 1e-9);
}

TEST(SlowFading, CoverageProbabilityUndoesTheEdgeMargin) {
  for (const double probability : {0.01, 0.3, 0.5, 0.75, 0.9, 0.999}) {
    EXPECT_NEAR(coverage_probability(margin_for_edge_db(probability, 7.0), 7.0), probability, 1e-9);
  }
  EXPECT_EQ(coverage_probability(0.0, 0.0), 1.0);
  EXPECT_EQ(coverage_probability(-0.1, 0.0), 0.0);
}

// The closed form against what it stands for: 2 integral of Phi((M - 10 n log10 r) / sigma) r dr
// over the unit circle.
TEST(SlowFading, AreaProbabilityIsTheMeanOverTheDisc) {
  for (const double sigma_db : {0.2, 4.0, 8.0, 14.0}) {
    for (const double exponent : {0.05, 2.0, 3.5, 5.0}) {
      for (const double margin_db : {-9.0, 0.0, 3.0, 12.0}) {
        constexpr int kRings = 20000;
        double mean = 0.0;
        for (int i = 0; i < kRings; ++i) {
          const double r = (i + 0.5) / kRings;
          mean += coverage_probability(margin_db - 10.0 * exponent * std::log10(r), sigma_db) *
                  2.0 * r / kRings;
        }
        EXPECT_NEAR(area_probability(margin_db, sigma_db, exponent), mean, 1e-6)
            << sigma_db << " dB, n " << exponent << ", margin " << margin_db;
      }
    }
  }
}

TEST(SlowFading, AreaMarginUndoesAreaProbability) {
  for (const double probability : {0.2, 0.5, 0.9, 0.99}) {
    const double margin_db = margin_for_area_db(probability, 6.0, 3.0);
    EXPECT_NEAR(area_probability(margin_db, 6.0, 3.0), probability, 1e-9);
  }
}

TEST(SlowFading, RefusesProbabilitiesOutsideAndNoSpread) {
  EXPECT_THROW(margin_for_edge_db(0.0, 6.0), std::invalid_argument);
  EXPECT_THROW(margin_for_edge_db(90.0, 6.0), std::invalid_argument);
  EXPECT_THROW(margin_for_edge_db(std::nan(""), 6.0), std::invalid_argument);
  EXPECT_THROW(margin_for_area_db(1.0, 6.0, 3.5), std::invalid_argument);
  EXPECT_THROW(margin_for_area_db(0.9, 0.0, 3.5), std::invalid_argument);
  EXPECT_THROW(area_probability(3.0, 6.0, 0.0), std::invalid_argument);
  EXPECT_THROW(coverage_probability(3.0, -1.0), std::invalid_argument);
}

}  // namespace
}  // namespace yonder::nr
