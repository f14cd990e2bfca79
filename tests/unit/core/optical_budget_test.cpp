#include "core/optical_budget.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

// Losses of splitters, connectors, splices and fibre, and the classes' budgets, are the figures of
// ITU-T G.984.2 and of planners' handbooks; the sums below are done by hand.
namespace yonder::optical {
namespace {

Link pon(double greatest_db, double length_km, std::vector<int> splitters) {
  Link link;
  link.greatest_loss_db = greatest_db;
  link.length_m = 1000.0 * length_km;
  link.splitters = std::move(splitters);
  link.connectors = 4;
  link.splices = 4;
  link.reach_m = kPonReachM;
  return link;
}

TEST(OpticalBudget, SplittersLoseWhatTheTableSays) {
  EXPECT_EQ(splitter_loss_db(2), 3.5);
  EXPECT_EQ(splitter_loss_db(4), 7.2);
  EXPECT_EQ(splitter_loss_db(8), 10.5);
  EXPECT_EQ(splitter_loss_db(16), 13.8);
  EXPECT_EQ(splitter_loss_db(32), 17.1);
  EXPECT_EQ(splitter_loss_db(64), 20.5);
  EXPECT_EQ(splitter_loss_db(1), 0.0);
}

TEST(OpticalBudget, NoSplitterLosesLessThanSharingThePowerDoes) {
  // 10 log10 n is what energy conservation takes.
  for (const int outputs : {2, 4, 8, 16, 32, 64}) {
    EXPECT_GT(splitter_loss_db(outputs), 10.0 * std::log10(outputs)) << outputs;
    EXPECT_LT(splitter_loss_db(outputs), 10.0 * std::log10(outputs) + 3.0) << outputs;
  }
}

TEST(OpticalBudget, ClassBPlusBears28AndCPlus32Decibels) {
  ASSERT_NE(find_pon_class("B+"), nullptr);
  EXPECT_EQ(find_pon_class("B+")->greatest_loss_db, 28.0);
  EXPECT_EQ(find_pon_class("B+")->least_loss_db, 13.0);
  EXPECT_EQ(find_pon_class("C+")->greatest_loss_db, 32.0);
  EXPECT_EQ(find_pon_class("C+")->least_loss_db, 17.0);
  EXPECT_EQ(find_pon_class("D"), nullptr);
}

TEST(OpticalBudget, AddsUpEveryPiece) {
  // 10 km × 0.35 + 17.1 + 4 × 0.5 + 4 × 0.1 = 23.0 dB; 28 − 23.0 − 3 = 2.0 dB spare.
  const Budget budget = make_budget(pon(28.0, 10.0, {32}));
  EXPECT_NEAR(budget.loss_db, 23.0, 1e-9);
  EXPECT_NEAR(budget.spare_db, 2.0, 1e-9);
  EXPECT_EQ(budget.verdict, Verdict::works);
  EXPECT_EQ(budget.terminals, 32);
  ASSERT_EQ(budget.rows.size(), 4u);
  EXPECT_NEAR(budget.rows[0].loss_db, 3.5, 1e-9);
  EXPECT_NEAR(budget.rows[1].loss_db, 17.1, 1e-9);
  EXPECT_NEAR(budget.rows[2].loss_db, 2.0, 1e-9);
  EXPECT_NEAR(budget.rows[3].loss_db, 0.4, 1e-9);
}

TEST(OpticalBudget, LengthEndsWhereTheLossDoes) {
  // 1:32: 28 − 3 − 17.1 − 2 − 0.4 = 5.5 dB for fibre, 15.71 km at 0.35 dB/km.
  EXPECT_NEAR(make_budget(pon(28.0, 10.0, {32})).longest_m, 15714.3, 0.1);
  // 1:64 leaves 2.1 dB, 6.0 km; class C+ four more decibels, 17.43 km.
  EXPECT_NEAR(make_budget(pon(28.0, 5.0, {64})).longest_m, 6000.0, 0.1);
  EXPECT_NEAR(make_budget(pon(32.0, 5.0, {64})).longest_m, 17428.6, 0.1);
  EXPECT_FALSE(make_budget(pon(32.0, 5.0, {64})).longest_by_reach);
}

TEST(OpticalBudget, LogicalReachEndsALinkWithPowerToSpare) {
  const Budget budget = make_budget(pon(32.0, 24.0, {8}));
  EXPECT_GT(budget.spare_db, 0.0);
  EXPECT_EQ(budget.verdict, Verdict::beyond_reach);
  EXPECT_TRUE(budget.longest_by_reach);
  EXPECT_EQ(budget.longest_m, 20000.0);
}

TEST(OpticalBudget, MarginIsKeptBeforeAnythingIsSpare) {
  Link link = pon(28.0, 15.8, {32});
  EXPECT_EQ(make_budget(link).verdict, Verdict::too_much_loss);
  link.margin_db = 2.9;
  EXPECT_EQ(make_budget(link).verdict, Verdict::works);
}

TEST(OpticalBudget, TooLittleLossOverloadsTheReceiver) {
  Link link = pon(28.0, 1.0, {4});  // 0.35 + 7.2 + 2.4 = 9.95 dB
  link.least_loss_db = 13.0;
  EXPECT_EQ(make_budget(link).verdict, Verdict::too_little_loss);
}

TEST(OpticalBudget, StagesOfSplittersMultiplyTheirTerminals) {
  const Budget budget = make_budget(pon(28.0, 1.0, {8, 4}));
  EXPECT_EQ(budget.terminals, 32);
  // 10.5 + 7.2 is 0.6 dB more than one splitter 1:32.
  EXPECT_NEAR(budget.rows[1].loss_db + budget.rows[2].loss_db, 17.7, 1e-9);
}

TEST(OpticalBudget, PointToPointReachesFarther) {
  // 24 dB (0 to −24 dBm) less 3 dB, two connectors: 20 dB, 80 km at 0.25 dB/km.
  Link link;
  link.point_to_point = true;
  link.greatest_loss_db = 24.0;
  link.length_m = 60e3;
  link.fibre_db_per_km = 0.25;
  const Budget budget = make_budget(link);
  EXPECT_EQ(budget.verdict, Verdict::works);
  EXPECT_NEAR(budget.loss_db, 16.0, 1e-9);
  EXPECT_NEAR(budget.longest_m, 80e3, 1e-6);
}

TEST(OpticalBudget, RefusesWhatCannotBe) {
  EXPECT_THROW(splitter_loss_db(3), std::invalid_argument);
  EXPECT_THROW(splitter_loss_db(128), std::invalid_argument);
  EXPECT_THROW(make_budget(pon(28.0, 1.0, {64, 4})), std::invalid_argument);
  Link link = pon(28.0, 1.0, {8});
  link.point_to_point = true;
  EXPECT_THROW(make_budget(link), std::invalid_argument);
  link = pon(28.0, 1.0, {});
  link.fibre_db_per_km = 0.0;
  EXPECT_THROW(make_budget(link), std::invalid_argument);
}

}  // namespace
}  // namespace yonder::optical
