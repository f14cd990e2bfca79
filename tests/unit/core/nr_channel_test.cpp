#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

#include "core/nr/channel.h"

namespace yonder::nr {
namespace {

// Planners' figures of SINR per branch.
TEST(PhysicalChannel, RequiredSinrOfEachChannel) {
  EXPECT_NEAR(ssb_demand(15e3, 1, 2).required_sinr_db, -6.0, 1e-9);
  EXPECT_NEAR(ssb_demand(15e3, 4, 2).required_sinr_db, -10.0, 1e-9);
  EXPECT_NEAR(pdcch_demand(15e3, 2).required_sinr_db, -5.0, 1e-9);
  EXPECT_NEAR(prach_demand("0", 1250, 2).required_sinr_db, -6.6, 1e-9);
  EXPECT_NEAR(prach_demand("0", 1250, 8).required_sinr_db, -10.6, 1e-9);
  EXPECT_NEAR(msg3_demand(15e3, 1, 4).required_sinr_db, -5.0, 1e-9);
  EXPECT_NEAR(pucch_demand(15e3, PucchFormat::f1, 4).required_sinr_db, -8.0, 1e-9);
  EXPECT_NEAR(pucch_demand(15e3, PucchFormat::f3, 4).required_sinr_db, -5.0, 1e-9);

  const Allocation pusch{.resource_blocks = 4, .spectral_efficiency = 0.2344};
  const auto need_db = [](const Allocation& allocation, int branches) {
    return data_demand(PhysicalChannel::pusch, 15e3, allocation, branches, Surface::land)
        .required_sinr_db;
  };
  EXPECT_NEAR(need_db(pusch, 4), -8.2, 0.06);
  EXPECT_NEAR(need_db(pusch, 8), -12.2, 0.06);
  EXPECT_NEAR(need_db(vonr_allocation(), 4), -10.1, 0.06);
  EXPECT_NEAR(need_db(vonr_allocation(), 8), -14.1, 0.06);
}

TEST(PhysicalChannel, ResourcesAreThoseOfTheStandard) {
  EXPECT_NEAR(ssb_demand(30e3, 4, 2).bandwidth_hz, 7.2e6, 1e-6);
  EXPECT_NEAR(pdcch_demand(15e3, 2).bandwidth_hz, 8.64e6, 1e-6);
  EXPECT_NEAR(prach_demand("0", 1250, 2).bandwidth_hz, 1.04875e6, 1e-6);
  EXPECT_NEAR(prach_demand("A3", 30e3, 2).bandwidth_hz, 4.17e6, 1e-6);
  EXPECT_NEAR(msg3_demand(15e3, 1, 4).bandwidth_hz, 360e3, 1e-6);
  // 328 bits in 8 slots of 2 blocks with 11 data symbols of 12 subcarriers.
  EXPECT_NEAR(vonr_allocation().spectral_efficiency, 0.1553, 5e-5);
}

// Half the elements at the same power each: 3 dB less energy.
TEST(PhysicalChannel, PdcchOfANarrowCarrierTakesTheHighestLevelThatFits) {
  EXPECT_EQ(pdcch_demand(15e3, 2, 48).resource_blocks, 48);
  EXPECT_EQ(pdcch_demand(15e3, 2, 25).resource_blocks, 24);
  EXPECT_NEAR(pdcch_demand(15e3, 2, 25).required_sinr_db, -5.0 + 3.01, 0.005);
  EXPECT_EQ(pdcch_demand(30e3, 2, 11).resource_blocks, 6);
  EXPECT_THROW(pdcch_demand(15e3, 2, 5), std::invalid_argument);
}

// 328 bits in half the slots need twice the bits an element.
TEST(PhysicalChannel, VoiceInFewerSlotsIsDenser) {
  EXPECT_NEAR(vonr_allocation(4).spectral_efficiency, 2 * 0.1553, 1e-4);
  EXPECT_NEAR(vonr_allocation(40).spectral_efficiency, 0.1553, 5e-5);
  EXPECT_THROW(vonr_allocation(0), std::invalid_argument);
}

TEST(PhysicalChannel, DerivationsAddUp) {
  const auto demands = std::to_array<ChannelDemand>(
      {ssb_demand(15e3, 4, 4), pdcch_demand(15e3, 4), prach_demand("A2", 15e3, 4),
       msg3_demand(15e3, 4, 8), pucch_demand(15e3, PucchFormat::f1, 8),
       data_demand(PhysicalChannel::vonr, 15e3, vonr_allocation(), 2, Surface::sea)});
  for (const ChannelDemand& demand : demands) {
    double sum = 0.0;
    for (const BudgetRow& row : demand.derivation) {
      sum += row.value;
      EXPECT_FALSE(row.source.empty());
      EXPECT_EQ(row.unit, "dB");
    }
    EXPECT_DOUBLE_EQ(sum, demand.required_sinr_db) << channel_name(demand.channel);
    EXPECT_GE(demand.derivation.size(), 2U) << channel_name(demand.channel);
  }
}

TEST(PhysicalChannel, MoreBranchesNeedLess) {
  double last = 1e9;
  for (const int branches : {2, 4, 8, 16}) {
    const double need = msg3_demand(15e3, 1, branches).required_sinr_db;
    EXPECT_LT(need, last - 2.9) << branches;
    last = need;
  }
  EXPECT_THROW(msg3_demand(15e3, 1, 0), std::invalid_argument);
  EXPECT_DOUBLE_EQ(fading_loss_db(2, Surface::sea), 1.5);
  EXPECT_LT(fading_loss_db(16, Surface::sea), 1.5);
}

TEST(PhysicalChannel, RepetitionFallsADecibelShortOfTheSum) {
  const double once = msg3_demand(15e3, 1, 4).required_sinr_db;
  EXPECT_NEAR(once - msg3_demand(15e3, 4, 4).required_sinr_db, 10.0 * std::log10(4.0) - 1.0, 1e-9);
}

// Formats of the same energy need the same SINR over their bandwidth; format 1 sends format 0's
// sequence twice.
TEST(PhysicalChannel, PrachFormatsNeedTheSameEnergy) {
  const double format_0 = prach_demand("0", 1250, 2).required_sinr_db;
  EXPECT_NEAR(format_0 - prach_demand("1", 1250, 2).required_sinr_db, 3.01, 0.005);
  EXPECT_NEAR(prach_demand("A3", 15e3, 2).required_sinr_db, format_0, 0.03);  // 834 against 839
  EXPECT_NEAR(prach_demand("B4", 15e3, 2).required_sinr_db, format_0 - 2.98, 0.03);
  EXPECT_THROW(prach_demand("D1", 15e3, 2), std::invalid_argument);
}

TEST(PhysicalChannel, SmallestAllocationIsFourBlocksForAHundredKilobits) {
  const DataLimits limits{.resource_blocks = 160};
  const auto found = most_robust_allocation(100e3, limits, mcs_entries(McsTable::qam64));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->resource_blocks, 4);
  EXPECT_NEAR(found->spectral_efficiency, 0.2344, 5e-5);
  EXPECT_GE(carried_rate_bps(*found, limits), 100e3);
  // About 1 Mbit/s in 20 blocks of MCS 3.
  const Allocation ship{
      .resource_blocks = 20,
      .spectral_efficiency = mcs_entries(McsTable::qam64)[3].spectral_efficiency()};
  EXPECT_NEAR(ship.spectral_efficiency, 0.49, 5e-4);
  EXPECT_NEAR(carried_rate_bps(ship, limits), 1.16e6, 1e4);
}

TEST(PhysicalChannel, AllocationsFitTheTransformAndTheCarrier) {
  DataLimits limits{.resource_blocks = 160};
  for (double rate = 20e3; rate < 12e6; rate *= 1.1) {
    const auto found = most_robust_allocation(rate, limits, mcs_entries(McsTable::qam64));
    ASSERT_TRUE(found.has_value()) << rate;
    int rest = found->resource_blocks;
    for (const int prime : {2, 3, 5}) {
      while (rest % prime == 0) rest /= prime;
    }
    EXPECT_EQ(rest, 1) << found->resource_blocks;
    EXPECT_LE(found->resource_blocks, 160);
    EXPECT_GE(carried_rate_bps(*found, limits), rate * (1 - 1e-12));
  }
  EXPECT_EQ(most_robust_allocation(400e6, limits, mcs_entries(McsTable::qam64)), std::nullopt);
  limits.resource_blocks = 7;  // 7 is no transform size: MCS 1 in 5 blocks
  const auto found = most_robust_allocation(180e3, limits, mcs_entries(McsTable::qam64));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->resource_blocks, 5);
  EXPECT_THROW(most_robust_allocation(0.0, limits, mcs_entries(McsTable::qam64)),
               std::invalid_argument);
}

// TS 38.213 section 7.1.1 by hand: -90 + 10 log10(4) + 0.8 x 120.
TEST(PhysicalChannel, PowerControlFollowsTheLossUpToFullPower) {
  const PowerControl control{.p0_dbm = -90.0, .alpha = 0.8};
  EXPECT_NEAR(pusch_power_dbm(control, 23.0, 15e3, 4, 120.0), 12.02, 0.005);
  EXPECT_NEAR(pusch_power_dbm(control, 23.0, 30e3, 4, 120.0), 15.03, 0.005);
  EXPECT_NEAR(pusch_power_dbm(control, 23.0, 15e3, 4, 160.0), 23.0, 1e-12);
}

TEST(PhysicalChannel, RefusesWhatHasNoFigure) {
  EXPECT_THROW(ssb_demand(15e3, 2, 2), std::invalid_argument);
  EXPECT_THROW(data_demand(PhysicalChannel::pusch, 15e3, {}, 4, Surface::land),
               std::invalid_argument);
  EXPECT_THROW(msg3_demand(15e3, 0, 4), std::invalid_argument);
}

}  // namespace
}  // namespace yonder::nr
