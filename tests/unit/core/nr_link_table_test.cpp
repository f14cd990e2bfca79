#include <gtest/gtest.h>

#include <algorithm>

#include "core/nr/link_table.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

LinkEnds desert() {
  RadioUnit unit;
  unit.power = {power_w_to_dbm(240.0), PowerBasis::total};
  unit.antenna_gain_dbi = 15.0;
  unit.feeder_loss_db = 0.5;
  LinkEnds ends;
  ends.resource_blocks = 160;
  ends.radio = single_radio(unit);
  ends.terminal.gain_dbi = -3.0;
  ends.terminal.body_loss_voice_db = 3.0;
  ends.terminal.penetration_loss_db = 9.0;
  ends.margins.slow_fading_db = 7.69;
  return ends;
}

// By hand: -174 + 10 log10(720e3) + 2.5 + 1 - 8.16 = -120.09 dBm; 23 + 120.09 = 143.09; + 14.5 - 3;
// - 7.69 - 9.
TEST(LinkTable, PuschOfFourBlocksByHand) {
  const LinkTable table =
      make_link_table(desert(), data_demand(PhysicalChannel::pusch, 15e3,
                                            {.resource_blocks = 4, .spectral_efficiency = 0.2344},
                                            4, Surface::land));
  EXPECT_NEAR(table.sensitivity_dbm, -120.09, 0.01);
  EXPECT_NEAR(table.mcl_db, 143.09, 0.01);
  EXPECT_NEAR(table.mil_db, 154.59, 0.01);
  EXPECT_NEAR(table.mpl_db, 137.90, 0.01);
  EXPECT_NEAR(table.margin_db(140.0), -2.10, 0.01);
}

// Power and noise spread over the same elements: the SSB's loss is that of one resource element.
TEST(LinkTable, SsbHasTheLossOfItsResourceElement) {
  const LinkEnds ends = desert();
  const LinkTable table = make_link_table(ends, ssb_demand(15e3, 4, 2));
  const double noise_per_element_dbm = -174.0 + 10.0 * std::log10(15e3) + 7.0;
  const double median_need_dbm = noise_per_element_dbm - 10.0;
  EXPECT_NEAR(median_rsrp_dbm(ends, table.mpl_db + 7.69), median_need_dbm, 1e-9);
}

TEST(LinkTable, RsrpThresholdIsMetAtItsLargestLoss) {
  const LinkEnds ends = desert();
  const LinkTable table = make_link_table(ends, ss_rsrp_demand(-115.0));
  EXPECT_NEAR(median_rsrp_dbm(ends, table.mpl_db), -115.0, 1e-9);
}

TEST(LinkTable, VoiceLosesTheBodyAndDataDoesNot) {
  const LinkEnds ends = desert();
  const Allocation same{.resource_blocks = 2, .spectral_efficiency = 0.1553};
  const auto mpl_db = [&](PhysicalChannel channel) {
    return make_link_table(ends, data_demand(channel, 15e3, same, 4, Surface::land)).mpl_db;
  };
  EXPECT_NEAR(mpl_db(PhysicalChannel::pusch) - mpl_db(PhysicalChannel::vonr), 3.0, 1e-9);
}

// The rows are the budget: their sums give each of its figures.
TEST(LinkTable, RowsLeadFromPowerToTheLargestLoss) {
  LinkEnds ends = desert();
  ends.margins.time_db = 2.0;
  ChannelPlan plan;
  plan.pdsch = Allocation{.resource_blocks = 160, .spectral_efficiency = 0.2344};
  plan.pusch = Allocation{.resource_blocks = 4, .spectral_efficiency = 0.2344};
  const std::vector<LinkTable> tables = link_tables(ends, plan);
  ASSERT_EQ(tables.size(), 9U);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const LinkTable& table = tables[i];
    EXPECT_EQ(static_cast<std::size_t>(table.channel), i);
    const auto found = [&](std::string_view key) {
      const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                    [&](const BudgetRow& r) { return r.key == key; });
      return row == table.rows.end() ? std::optional<double>() : row->value;
    };
    const auto value = [&](std::string_view key) {
      const auto got = found(key);
      EXPECT_TRUE(got.has_value()) << channel_name(table.channel) << " lacks " << key;
      return got.value_or(0.0);
    };
    EXPECT_NEAR(value("mil_db"),
                value("mcl_db") + value("base_station_gain_dbi") + value("feeder_loss_db") +
                    value("terminal_gain_dbi"),
                1e-9);
    EXPECT_NEAR(value("mpl_db"),
                value("mil_db") + found("slow_fading_db").value_or(0.0) + value("time_margin_db") +
                    value("penetration_loss_db") + value("body_loss_db"),
                1e-9);
    EXPECT_DOUBLE_EQ(value("mpl_db"), table.mpl_db);
    if (table.channel == PhysicalChannel::ss_rsrp) continue;
    EXPECT_NEAR(value("sensitivity_dbm"),
                value("thermal_noise_dbm") + value("noise_figure_db") +
                    value("interference_margin_db") + value("required_sinr_db"),
                1e-9);
    EXPECT_NEAR(value("mcl_db"), value("transmit_power_dbm") - value("sensitivity_dbm"), 1e-9);
  }
}

TEST(LinkTable, NoChannelHasMorePowerThanTheCell) {
  LinkEnds ends = desert();
  for (const int blocks : {20, 25, 160}) {
    ends.resource_blocks = blocks;
    ChannelPlan plan;
    plan.downlink_blocks = blocks;
    for (const LinkTable& table : link_tables(ends, plan)) {
      if (is_uplink(table.channel)) continue;
      EXPECT_LE(table.transmit_power_dbm, ends.radio.total_power_dbm() + 1e-9)
          << channel_name(table.channel) << " in " << blocks;
    }
  }
  ChannelPlan plan;
  plan.downlink_blocks = 11;
  EXPECT_THROW(link_tables(ends, plan), std::invalid_argument);
}

TEST(LinkTable, SaysWhereTheInterferenceIsFrom) {
  LinkEnds ends = desert();
  const auto source = [&](const ChannelDemand& demand) {
    const LinkTable table = make_link_table(ends, demand);
    return std::find_if(table.rows.begin(), table.rows.end(),
                        [](const BudgetRow& row) { return row.key == "interference_margin_db"; })
        ->source;
  };
  EXPECT_EQ(source(ssb_demand(15e3, 4, 2)), "none: one cell alone");
  ends.margins.downlink_interference_db = 3.0;
  EXPECT_EQ(source(ssb_demand(15e3, 4, 2)), "the other cells heard");
  EXPECT_EQ(source(msg3_demand(15e3, 1, 4)), "scenario");
}

// Gain towards another direction moves the largest loss by the same decibels: maps need one table a
// cell and terminal.
TEST(LinkTable, AntennaGainMovesTheLargestLossDecibelByDecibel) {
  LinkEnds ends = desert();
  ChannelPlan plan;
  plan.pusch = Allocation{.resource_blocks = 4, .spectral_efficiency = 0.2344};
  const auto peak = link_tables(ends, plan);
  ends.radio.antenna_gain_dbi -= 7.3;
  ends.radio.broadcast_gain_dbi -= 7.3;
  const auto aside = link_tables(ends, plan);
  for (std::size_t i = 0; i < peak.size(); ++i) {
    EXPECT_NEAR(peak[i].mpl_db - aside[i].mpl_db, 7.3, 1e-9);
  }
}

}  // namespace
}  // namespace yonder::nr
