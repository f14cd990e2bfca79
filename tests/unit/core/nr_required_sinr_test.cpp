#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/nr/required_sinr.h"

namespace yonder::nr {
namespace {

double needed(double efficiency, int branches, double bits = 1e4) {
  return required_sinr({.spectral_efficiency = efficiency,
                        .modulation_order = 2,
                        .block_bits = bits,
                        .rx_branches = branches})
      .per_branch_db();
}

// Domain notes section 2, channel table: PUSCH at 100 kbit/s and VoNR, per branch.
TEST(RequiredSinr, IsThatOfTheNotes) {
  EXPECT_NEAR(needed(0.2344, 4), -8.2, 0.05);
  EXPECT_NEAR(needed(0.2344, 8), -12.2, 0.05);
  EXPECT_NEAR(needed(0.155, 4, 328), -10.1, 0.05);
  EXPECT_NEAR(needed(0.155, 8, 328), -14.1, 0.05);
}

TEST(RequiredSinr, IsTheSumOfItsTerms) {
  const RequiredSinr sum = required_sinr({.spectral_efficiency = 4.0,
                                          .modulation_order = 6,
                                          .block_bits = 100,
                                          .rx_branches = 4,
                                          .layers = 2},
                                         {.channel_estimation_loss_db = 1.0});
  EXPECT_NEAR(sum.shannon_db, 10 * std::log10(15.0), 1e-12);
  EXPECT_EQ(sum.gap_db, 2.2);
  EXPECT_NEAR(sum.short_block_db, 0.7, 1e-12);
  EXPECT_EQ(sum.bler_db, 0.0);
  EXPECT_EQ(sum.channel_estimation_db, 1.0);
  EXPECT_NEAR(sum.combining_db, 10 * std::log10(3.0), 1e-12);
  EXPECT_NEAR(sum.layers_db, 10 * std::log10(2.0), 1e-12);
  EXPECT_NEAR(sum.per_branch_db(), 11.7609 + 2.2 + 0.7 + 1.0 + fading_loss_db(3) - 4.7712 + 3.0103,
              1e-4);
}

TEST(RequiredSinr, TakesTheFadingItIsGiven) {
  LinkAssumptions sea;
  sea.fading_loss_db = 1.5;
  EXPECT_EQ(required_sinr({.spectral_efficiency = 1.0, .rx_branches = 4}, sea).fading_db, 1.5);
}

// Domain notes section 2: +0.7 dB at 100 bits, +2.5 dB at 24.
TEST(ShortBlock, CostsMoreTheShorterItIs) {
  EXPECT_NEAR(short_block_loss_db(24), 2.5, 1e-12);
  EXPECT_NEAR(short_block_loss_db(100), 0.7, 1e-12);
  EXPECT_GT(short_block_loss_db(170), 0.0);
  EXPECT_EQ(short_block_loss_db(175), 0.0);
  EXPECT_EQ(short_block_loss_db(328), 0.0);
}

// Upper 20 % points... of the chi-square distribution with 2 N degrees of freedom as printed in
// statistical tables (probability 0.2 below): half of it is the sum of N unit exponentials.
TEST(FadingLoss, IsTheLevelExceededFourFifthsOfTheTime) {
  for (const auto& [branches, chi_square] :
       {std::pair{1, 0.446}, {3, 3.070}, {5, 6.179}, {10, 14.578}}) {
    EXPECT_NEAR(fading_loss_db(branches), -10 * std::log10(chi_square / (2.0 * branches)), 0.01)
        << branches;
  }
}

// The figures of the domain notes are that level too, rounded.
TEST(FadingLoss, OfTheNotesAgreesWithTheDistribution) {
  EXPECT_EQ(fading_loss_db(2), 4.0);
  EXPECT_EQ(fading_loss_db(4), 2.5);
  EXPECT_EQ(fading_loss_db(8), 1.5);
  EXPECT_NEAR(fading_loss_db(2), -10 * std::log10(1.649 / 4), 0.16);
  EXPECT_NEAR(fading_loss_db(4), -10 * std::log10(4.594 / 8), 0.16);
  EXPECT_NEAR(fading_loss_db(8), -10 * std::log10(11.152 / 16), 0.16);
  for (int branches = 1; branches < 64; ++branches) {
    EXPECT_GT(fading_loss_db(branches), fading_loss_db(branches + 1)) << branches;
  }
}

TEST(BlerShift, IsNothingAtTenPercent) { EXPECT_EQ(bler_shift_db(1.0, 500, 0.1), 0.0); }

// Linearized: dC/dg dg = sqrt(V/n) (Q^-1(target) - Q^-1(0.1)), with quantiles from tables.
TEST(BlerShift, FollowsTheDispersionForLongBlocks) {
  const double efficiency = 2.0;
  const double bits = 1e6;
  const double g = 3.0;  // 2^2 - 1
  const double dispersion = g * (g + 2) / ((g + 1) * (g + 1));
  for (const auto& [target, quantile] :
       {std::pair{0.01, 2.326348}, {0.001, 3.090232}, {0.3, 0.524401}}) {
    const double dg = std::sqrt(dispersion * efficiency / bits) * (quantile - 1.281552) * (g + 1);
    EXPECT_NEAR(bler_shift_db(efficiency, bits, target), 10 * std::log10((g + dg) / g), 1e-4);
  }
}

TEST(BlerShift, IsLargerForShortBlocksAndStricterTargets) {
  EXPECT_GT(bler_shift_db(1.0, 100, 0.01), 3 * bler_shift_db(1.0, 10000, 0.01));
  EXPECT_GT(bler_shift_db(1.0, 100, 0.001), bler_shift_db(1.0, 100, 0.01));
  EXPECT_LT(bler_shift_db(1.0, 100, 0.3), 0.0);
}

}  // namespace
}  // namespace yonder::nr
