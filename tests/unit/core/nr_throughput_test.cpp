#include <gtest/gtest.h>

#include <cmath>

#include "core/contracts.h"
#include "core/nr/throughput.h"

namespace yonder::nr {
namespace {

TddPattern usual_pattern() {
  return std::get<TddPattern>(make_tdd_pattern(
      {.slots = "DDDDDDDSUU", .special = {6, 4, 4}, .subcarrier_spacing_hz = 30e3}));
}

RateRequest n28(int layers) {
  return {.resource_blocks = 160, .max_layers = layers, .rx_branches = 4};
}

RateRequest n41(int layers, const TddPattern& pattern) {
  return {.subcarrier_spacing_hz = 30e3,
          .resource_blocks = 273,
          .tdd = &pattern,
          .max_layers = layers,
          .rx_branches = 4};
}

RateRequest uplink(int blocks, McsTable table = McsTable::qam64) {
  return {.direction = Direction::uplink,
          .resource_blocks = blocks,
          .table = table,
          .rx_branches = 4,
          .overhead = kUplinkOverhead};
}

// Domain notes section 6, 14 % overhead: n28 30 MHz 342 / 685 Mbit/s, n41 100 MHz at a downlink
// share of 0.743 868 / 1736.
TEST(PeakRate, IsThatOfTheNotes) {
  const double share = usual_pattern().downlink_share();
  EXPECT_NEAR(peak_rate_bps(160, 15e3, 2, 8, 0.14), 342e6, 0.5e6);
  EXPECT_NEAR(peak_rate_bps(160, 15e3, 4, 8, 0.14), 685e6, 0.5e6);
  EXPECT_NEAR(peak_rate_bps(273, 30e3, 2, 8, 0.14, share), 868e6, 0.5e6);
  EXPECT_NEAR(peak_rate_bps(273, 30e3, 4, 8, 0.14, share), 1736e6, 0.5e6);
}

// Transport blocks come in steps of up to a thirty-second of their size, rounded to the nearest.
TEST(RateCurve, EndsAtThePeakRate) {
  const TddPattern pattern = usual_pattern();
  const auto peak = [](const RateRequest& request) {
    return RateCurve(request).steps().back().peak_bps;
  };
  EXPECT_NEAR(peak(n28(2)) / 342e6, 1.0, 1.0 / 64);
  EXPECT_NEAR(peak(n28(4)) / 685e6, 1.0, 1.0 / 64);
  EXPECT_NEAR(peak(n41(2, pattern)) / 868e6, 1.0, 1.0 / 64);
  EXPECT_NEAR(peak(n41(4, pattern)) / 1736e6, 1.0, 1.0 / 64);
}

TEST(RateCurve, RisesInBothQuantities) {
  const TddPattern pattern = usual_pattern();
  for (const RateRequest& request :
       {n28(4), n41(4, pattern), uplink(106), uplink(50, McsTable::precoded_qam64_low_se)}) {
    const RateCurve curve(request);
    for (std::size_t i = 1; i < curve.steps().size(); ++i) {
      EXPECT_GE(curve.steps()[i].sinr_db, curve.steps()[i - 1].sinr_db);
      EXPECT_GT(curve.steps()[i].rate_bps, curve.steps()[i - 1].rate_bps);
    }
  }
}

TEST(RateCurve, NeverBeatsShannon) {
  const RateCurve curve(n28(4));
  for (const RateStep& step : curve.steps()) {
    // Four branches and layers of white noise: at most log2(1 + 4 sinr) a layer.
    const double per_layer =
        std::log2(1.0 + 4.0 * std::pow(10.0, step.sinr_db / 10.0) / step.layers);
    EXPECT_LT(step.peak_bps, step.layers * per_layer * 160 * 180e3) << step.sinr_db;
  }
}

TEST(RateCurve, GivesNothingBelowItsMostRobustStep) {
  const RateCurve curve(n28(2));
  const double least_db = curve.steps().front().sinr_db;
  EXPECT_EQ(curve.at(least_db - 1e-9), nullptr);
  EXPECT_EQ(curve.at(least_db), &curve.steps().front());
  EXPECT_EQ(curve.at(100.0), &curve.steps().back());
  EXPECT_EQ(curve.at(std::nan("")), nullptr);
}

// MCS 0 of table 2 is 0.2344 bit per element: the notes' -8.2 dB per branch with four.
TEST(RateCurve, StartsWhereTheNotesSay) {
  EXPECT_NEAR(RateCurve(n28(1)).steps().front().sinr_db, -8.2, 0.1);
  RateRequest low = n28(1);
  low.table = McsTable::qam64_low_se;
  EXPECT_LT(RateCurve(low).steps().front().sinr_db, -13.5);
}

TEST(RateCurve, UsesMoreLayersOnlyWhereTheSignalIsStrong) {
  const RateCurve curve(n28(4));
  EXPECT_EQ(curve.steps().front().layers, 1);
  EXPECT_EQ(curve.steps().back().layers, 4);
  EXPECT_LE(curve.at(10.0)->layers, 2);
  EXPECT_EQ(curve.at(10.0)->peak_bps, RateCurve(n28(2)).at(10.0)->peak_bps);
}

TEST(RateCurve, TakesOffErrorsAndOtherUsers) {
  RateRequest request = n28(2);
  const double alone = RateCurve(request).at(30.0)->rate_bps;
  EXPECT_NEAR(alone, 0.9 * RateCurve(request).at(30.0)->peak_bps, 1.0);
  request.resource_share = 0.3;
  EXPECT_NEAR(RateCurve(request).at(30.0)->rate_bps, 0.3 * alone, 1.0);
}

TEST(RateCurve, AStricterErrorTargetNeedsMoreSinr) {
  RateRequest request = n28(1);
  const double usual_db = RateCurve(request).steps().front().sinr_db;
  request.assumptions.bler_target = 0.001;
  EXPECT_GT(RateCurve(request).steps().front().sinr_db, usual_db);
}

// Eight times the time per bit in the uplink of the usual pattern: 2 slots of 10, the special
// slot's four symbols not counted.
TEST(RateCurve, CountsOnlySlotsLongEnoughForData) {
  const TddPattern pattern = usual_pattern();
  RateRequest request = uplink(50);
  request.subcarrier_spacing_hz = 30e3;
  const double always = RateCurve(request).steps().back().peak_bps;
  request.tdd = &pattern;
  EXPECT_NEAR(RateCurve(request).steps().back().peak_bps, 0.2 * always, 1.0);
  request.least_symbols = 4;
  EXPECT_GT(RateCurve(request).steps().back().peak_bps, 0.21 * always);
}

// DDDDDDDSUU of 30 kHz with 4 uplink symbols in S: two slots in 5 ms.
TEST(DataSlots, ThoseTooShortForDataAreNone) {
  const TddPattern pattern = usual_pattern();
  EXPECT_NEAR(data_slots_per_second(Direction::uplink, 30e3, &pattern), 400.0, 1e-9);
  EXPECT_NEAR(data_slots_per_second(Direction::uplink, 30e3, nullptr), 2000.0, 1e-9);
}

// Power spread over twice the blocks halves the SINR of each: a terminal at the edge takes few.
TEST(UplinkRateCurve, SpreadsAWeakTerminalOverFewBlocks) {
  const RateCurve curve(uplink(160));
  EXPECT_LE(curve.steps().front().resource_blocks, 2);
  EXPECT_GT(curve.at(10.0)->resource_blocks, 20);
  const RateStep* step = curve.for_rate(100e3);
  ASSERT_NE(step, nullptr);
  EXPECT_GE(step->rate_bps, 100e3);
  EXPECT_NEAR(step->sinr_db,
              step->required.per_branch_db() + 10 * std::log10(step->resource_blocks), 1e-9);
  EXPECT_EQ(curve.for_rate(1e12), nullptr);
  // Nothing slower carries it, nothing more robust either.
  for (const RateStep& other : curve.steps()) {
    if (other.sinr_db < step->sinr_db) {
      EXPECT_LT(other.rate_bps, 100e3);
    }
  }
}

// At sea little scatters: 1.5 dB of fading instead of the 2.5 dB of four branches over land.
TEST(UplinkRateCurve, LessFadingNeedsLessForTheSame) {
  RateRequest request = uplink(1);
  const RateCurve land(request);
  request.assumptions.most_fading_db = 1.5;
  const RateCurve sea(request);
  ASSERT_EQ(land.steps().size(), sea.steps().size());
  for (std::size_t i = 0; i < sea.steps().size(); ++i) {
    EXPECT_NEAR(land.steps()[i].sinr_db - sea.steps()[i].sinr_db, 1.0, 1e-9);
    EXPECT_EQ(land.steps()[i].rate_bps, sea.steps()[i].rate_bps);
  }
  request.rx_branches = 8;  // 1.5 dB over land too
  request.assumptions.most_fading_db = std::nullopt;
  const double eight_db = RateCurve(request).steps().front().required.fading_db;
  EXPECT_EQ(eight_db, 1.5);
}

// One block at MCS 0 of the low table has 154 elements, 9 bits of information, but the smallest
// transport block has 24: it needs the SINR of 24/154 bit, not of 30 * 2 / 1024.
TEST(UplinkRateCurve, SmallBlocksNeedWhatTheyCarry) {
  RateRequest request = uplink(1, McsTable::qam64_low_se);
  const RateStep first = RateCurve(request).steps().front();
  EXPECT_EQ(first.block_bits, 24);
  EXPECT_NEAR(first.required.shannon_db, 10 * std::log10(std::exp2(24.0 / 154.0) - 1), 1e-9);
}

TEST(UplinkRateCurve, PrecodingTakesOnlyFourierSizes) {
  const RateCurve curve(uplink(160, McsTable::precoded_qam64));
  for (const RateStep& step : curve.steps()) {
    int rest = step.resource_blocks;
    for (const int factor : {2, 3, 5}) {
      while (rest % factor == 0) rest /= factor;
    }
    EXPECT_EQ(rest, 1) << step.resource_blocks;
  }
}

}  // namespace
}  // namespace yonder::nr
