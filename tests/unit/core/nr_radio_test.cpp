#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "core/link_budget.h"
#include "core/nr/channel.h"
#include "core/nr/link_table.h"
#include "core/nr/radio.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

using testing::HasSubstr;

/// An n28 unit of 4 x 60 W on a 15 dBi panel of 65 by 15 degrees.
RadioUnit rru() {
  RadioUnit unit;
  unit.carrier_frequency_hz = 773e6;
  unit.power = {power_w_to_dbm(240.0), PowerBasis::total};
  unit.antenna_gain_dbi = 15.0;
  unit.horizontal_beamwidth_deg = 65.0;
  unit.vertical_beamwidth_deg = 15.0;
  return unit;
}

double epre_of(const Radio& radio, int resource_blocks) {
  return epre_dbm(radio.total_power_dbm(), resource_blocks);
}

// The planners' table: figures worked by hand from P - 10 log10(12 N_RB).
TEST(Radio, EpreOfFieldConfigurations) {
  RadioUnit unit = rru();
  EXPECT_NEAR(epre_of(single_radio(unit), 160), 20.97, 0.005);
  unit.power = {power_w_to_dbm(80.0), PowerBasis::per_port};
  EXPECT_NEAR(epre_of(single_radio(unit), 160), 22.22, 0.005);
  EXPECT_NEAR(epre_of(dual_stacked_radio(rru(), rru(), {}), 160), 23.98, 0.005);
  unit.tx_ports = unit.rx_branches = 64;
  unit.power = {power_w_to_dbm(240.0), PowerBasis::total};
  EXPECT_NEAR(epre_of(single_radio(unit), 273), 18.65, 0.005);
  unit.power = {power_w_to_dbm(320.0), PowerBasis::total};
  EXPECT_NEAR(epre_of(single_radio(unit), 273), 19.90, 0.005);
}

TEST(Radio, PowerOfFourPortsIsSixDecibelsAboveThatOfOne) {
  const double per_port = power_w_to_dbm(60.0);
  EXPECT_NEAR(total_power_dbm({per_port, PowerBasis::per_port}, 4), power_w_to_dbm(240.0), 1e-9);
  EXPECT_NEAR(total_power_dbm({per_port, PowerBasis::total}, 4), per_port, 1e-12);
  EXPECT_THROW(total_power_dbm({per_port, PowerBasis::per_port}, 0), std::invalid_argument);
}

LinkEnds ends_of(const Radio& radio) {
  LinkEnds ends;
  ends.resource_blocks = 160;
  ends.radio = radio;
  return ends;
}

double mil_db(const Radio& radio, PhysicalChannel channel) {
  const Allocation blocks{.resource_blocks = 4, .spectral_efficiency = 0.2344};
  const bool uplink = is_uplink(channel);
  const ChannelDemand demand =
      channel == PhysicalChannel::ssb
          ? ssb_demand(15e3, 4, 2)
          : data_demand(channel, 15e3, blocks, uplink ? radio.combining_branches() : 2,
                        Surface::land);
  return make_link_table(ends_of(radio), demand).mil_db;
}

// What dual-stacking brings each channel: broadcast the power sum alone; precoded data the array
// gain at 0.3 dB loss besides, about 6 dB; uplink twice the branches and 1 dB of diversity.
TEST(Radio, DualStackingCountsEachGainOnce) {
  const Radio one = single_radio(rru());
  const Radio two = dual_stacked_radio(rru(), rru(), {});
  EXPECT_NEAR(mil_db(two, PhysicalChannel::ssb) - mil_db(one, PhysicalChannel::ssb), 3.01, 0.01);
  EXPECT_NEAR(mil_db(two, PhysicalChannel::pdsch) - mil_db(one, PhysicalChannel::pdsch), 5.72,
              0.01);
  EXPECT_NEAR(mil_db(two, PhysicalChannel::pusch) - mil_db(one, PhysicalChannel::pusch), 4.01,
              0.01);
}

// The +6 dB down and +6 to +7 dB up that planners quote of a dual-stacked site: each unit has two
// panels fed together, so that every one of the 8 branches has 3 dB more gain; nothing is precoded.
TEST(Radio, TwoUnitsOnTallerAntennasBringSixDownAndSevenUp) {
  RadioUnit tall = rru();
  tall.antenna_gain_dbi = 18.0;
  const Radio one = single_radio(rru());
  const Radio two = dual_stacked_radio(tall, tall, {});
  EXPECT_NEAR(mil_db(two, PhysicalChannel::ssb) - mil_db(one, PhysicalChannel::ssb), 6.0, 0.05);
  EXPECT_NEAR(mil_db(two, PhysicalChannel::pusch) - mil_db(one, PhysicalChannel::pusch), 7.0, 0.05);
}

TEST(Radio, DualStackingShowsItsTermsAsRows) {
  const LinkTable table = make_link_table(
      ends_of(dual_stacked_radio(rru(), rru(), {})),
      data_demand(PhysicalChannel::pdsch, 15e3,
                  {.resource_blocks = 160, .spectral_efficiency = 0.2344}, 2, Surface::land));
  const auto value = [&](std::string_view key) {
    for (const BudgetRow& row : table.rows) {
      if (row.key == key) return row.value;
    }
    ADD_FAILURE() << "no row " << key;
    return 0.0;
  };
  EXPECT_NEAR(value("power_sum_db"), 3.01, 0.005);
  EXPECT_NEAR(value("array_gain_db"), 3.01, 0.005);
  EXPECT_NEAR(value("array_efficiency_db"), -0.3, 1e-12);
  EXPECT_NEAR(value("unit_power_dbm") + value("power_sum_db"), power_w_to_dbm(480.0), 1e-9);
}

TEST(Radio, SideBySideNarrowsAzimuthAndStackedElevation) {
  const Radio side = dual_stacked_radio(rru(), rru(), {StackArrangement::side_by_side, -0.3});
  EXPECT_DOUBLE_EQ(side.precoded_horizontal_beamwidth_deg, 32.5);
  EXPECT_DOUBLE_EQ(side.precoded_vertical_beamwidth_deg, 15.0);
  const Radio stacked = dual_stacked_radio(rru(), rru(), {StackArrangement::stacked, -0.3});
  EXPECT_DOUBLE_EQ(stacked.precoded_horizontal_beamwidth_deg, 65.0);
  EXPECT_DOUBLE_EQ(stacked.precoded_vertical_beamwidth_deg, 7.5);
  // Broadcast beams stay one panel's.
  EXPECT_DOUBLE_EQ(side.horizontal_beamwidth_deg, 65.0);
  EXPECT_DOUBLE_EQ(stacked.vertical_beamwidth_deg, 15.0);
}

TEST(Radio, BranchesWithinAnArraysGainAreNotCombinedAgain) {
  RadioUnit aau = rru();
  aau.tx_ports = aau.rx_branches = 64;
  aau.antenna_gain_dbi = 24.0;
  aau.broadcast_offset_db = -3.0;
  aau.branches_in_gain = 32;
  const Radio radio = single_radio(aau);
  EXPECT_EQ(radio.combining_branches(), 2);
  EXPECT_DOUBLE_EQ(radio.broadcast_gain_dbi, 21.0);
  aau.branches_in_gain = 24;
  EXPECT_THROW(single_radio(aau), std::invalid_argument);
}

TEST(Radio, UnlikeUnitsAreNotDualStacked) {
  RadioUnit other = rru();
  EXPECT_EQ(why_unlike(rru(), other), std::nullopt);
  // The same power said the other way is the same radio.
  other.power = {power_w_to_dbm(60.0), PowerBasis::per_port};
  EXPECT_EQ(why_unlike(rru(), other), std::nullopt);
  other.power.power_dbm += 1.0;
  EXPECT_THAT(why_unlike(rru(), other).value_or(""), HasSubstr("total powers differ"));
  other = rru();
  other.rx_branches = 8;
  EXPECT_THAT(why_unlike(rru(), other).value_or(""), HasSubstr("receive branches differ: 4 and 8"));
  other = rru();
  other.carrier_frequency_hz = 2565e6;
  EXPECT_THAT(why_unlike(rru(), other).value_or(""), HasSubstr("773 MHz and 2565 MHz"));
  other = rru();
  other.antenna_gain_dbi = 18.0;
  EXPECT_THROW(dual_stacked_radio(rru(), other, {}), std::invalid_argument);
  EXPECT_THROW(dual_stacked_radio(rru(), rru(), {StackArrangement::stacked, 0.5}),
               std::invalid_argument);
  EXPECT_THROW(dual_stacked_radio(rru(), rru(), {StackArrangement::stacked, -4.0}),
               std::invalid_argument);
}

}  // namespace
}  // namespace yonder::nr
