#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/nr/band.h"

namespace yonder::nr {
namespace {

using testing::HasSubstr;
using testing::Not;

ChannelRequest n28() {
  return {.band = "n28", .bandwidth_hz = 30e6, .subcarrier_spacing_hz = 15e3, .downlink_hz = 773e6};
}

ChannelRequest n41() {
  return {.band = "n41",
          .bandwidth_hz = 100e6,
          .subcarrier_spacing_hz = 30e3,
          .downlink_hz = 2565e6,
          .tdd_pattern_given = true};
}

Channel made(const ChannelRequest& request) {
  const auto result = make_channel(request);
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << refusal->problem;
    return {};
  }
  return std::get<Channel>(result);
}

Refusal refused(const ChannelRequest& request) {
  const auto result = make_channel(request);
  if (std::holds_alternative<Channel>(result)) {
    ADD_FAILURE() << "not refused";
    return {};
  }
  const Refusal refusal = std::get<Refusal>(result);
  EXPECT_FALSE(refusal.valid.empty());
  return refusal;
}

/// Frequency of an NR-ARFCN (TS 38.104 table 5.4.2.1-1).
double arfcn_hz(int number) {
  return number < 600000 ? 5e3 * number : 3e9 + 15e3 * (number - 600000);
}

// First and last NR-ARFCN of each band: TS 38.104 table 5.4.2.3-1, another table than the one the
// code holds.
TEST(NrBand, EdgesAgreeWithTheChannelRaster) {
  struct Row {
    const char* band;
    int uplink_first, uplink_last, downlink_first, downlink_last;
  };
  for (const Row& row :
       {Row{"n1", 384000, 396000, 422000, 434000}, Row{"n3", 342000, 357000, 361000, 376000},
        Row{"n5", 164800, 169800, 173800, 178800}, Row{"n8", 176000, 183000, 185000, 192000},
        Row{"n28", 140600, 149600, 151600, 160600}, Row{"n41", 499200, 538000, 499200, 538000},
        Row{"n78", 620000, 653333, 620000, 653333}, Row{"n79", 693334, 733333, 693334, 733333},
        Row{"n83", 140600, 149600, 0, 0}}) {
    const Band* band = find_band(row.band);
    ASSERT_NE(band, nullptr) << row.band;
    // The raster's last step may end just inside the band.
    EXPECT_NEAR(band->uplink.low_hz, arfcn_hz(row.uplink_first), 15e3) << row.band;
    EXPECT_NEAR(band->uplink.high_hz, arfcn_hz(row.uplink_last), 15e3) << row.band;
    EXPECT_NEAR(band->downlink.low_hz, arfcn_hz(row.downlink_first), 15e3) << row.band;
    EXPECT_NEAR(band->downlink.high_hz, arfcn_hz(row.downlink_last), 15e3) << row.band;
  }
}

// Number of EARFCNs of the downlink, 100 kHz each: TS 36.101 table 5.7.3-1.
TEST(LteBand, WidthsAgreeWithTheChannelNumbers) {
  const std::map<std::string, int> numbers = {{"B1", 600},   {"B3", 750},  {"B5", 250},
                                              {"B8", 350},   {"B28", 450}, {"B39", 400},
                                              {"B40", 1000}, {"B41", 1940}};
  for (const auto& [id, count] : numbers) {
    const Band* band = find_band(id);
    ASSERT_NE(band, nullptr) << id;
    EXPECT_EQ(band->technology, Technology::lte);
    EXPECT_NEAR(band->downlink.high_hz - band->downlink.low_hz, 100e3 * count, 1.0) << id;
    EXPECT_NEAR(band->uplink.high_hz - band->uplink.low_hz, 100e3 * count, 1.0) << id;
  }
}

// TS 38.101-1 table 5.4.4-1 and TS 36.101 table 5.7.4-1.
TEST(NrBand, DuplexSpacingIsTheStandards) {
  const std::map<std::string, double> spacing_mhz = {
      {"n1", 190}, {"n3", 95},  {"n5", 45}, {"n8", 45},  {"n28", 55}, {"n41", 0},
      {"n83", 0},  {"B1", 190}, {"B3", 95}, {"B28", 55}, {"B39", 0}};
  for (const auto& [id, mhz] : spacing_mhz) {
    EXPECT_NEAR(find_band(id)->duplex_spacing_hz(), mhz * 1e6, 1.0) << id;
  }
}

// Minimum guardbands in kHz as TS 38.101-1 table 5.3.3-1 prints them for each bandwidth:
// (bandwidth - 12 N_RB spacing - spacing) / 2.
TEST(ResourceBlocks, LeaveTheGuardbandsOfTheStandard) {
  const std::map<double, std::map<double, double>> guard_khz = {{15e3,
                                                                 {{5, 242.5},
                                                                  {10, 312.5},
                                                                  {15, 382.5},
                                                                  {20, 452.5},
                                                                  {25, 522.5},
                                                                  {30, 592.5},
                                                                  {35, 572.5},
                                                                  {40, 552.5},
                                                                  {45, 712.5},
                                                                  {50, 692.5}}},
                                                                {30e3,
                                                                 {{5, 505},
                                                                  {10, 665},
                                                                  {15, 645},
                                                                  {20, 805},
                                                                  {25, 785},
                                                                  {30, 945},
                                                                  {35, 925},
                                                                  {40, 905},
                                                                  {45, 1065},
                                                                  {50, 1045},
                                                                  {60, 825},
                                                                  {70, 965},
                                                                  {80, 925},
                                                                  {90, 885},
                                                                  {100, 845}}},
                                                                {60e3,
                                                                 {{10, 1010},
                                                                  {15, 990},
                                                                  {20, 1330},
                                                                  {25, 1310},
                                                                  {30, 1290},
                                                                  {35, 1630},
                                                                  {40, 1610},
                                                                  {45, 1590},
                                                                  {50, 1570},
                                                                  {60, 1530},
                                                                  {70, 1490},
                                                                  {80, 1450},
                                                                  {90, 1410},
                                                                  {100, 1370}}}};
  for (const auto& [spacing_hz, row] : guard_khz) {
    EXPECT_EQ(channel_bandwidths_hz(Technology::nr, spacing_hz).size(), row.size());
    for (const auto& [mhz, khz] : row) {
      const auto blocks = max_resource_blocks(Technology::nr, mhz * 1e6, spacing_hz);
      ASSERT_TRUE(blocks.has_value()) << mhz << " MHz, " << spacing_hz << " Hz";
      EXPECT_NEAR((mhz * 1e6 - 12.0 * *blocks * spacing_hz - spacing_hz) / 2.0, khz * 1e3, 0.1)
          << mhz << " MHz, " << spacing_hz << " Hz";
    }
  }
  EXPECT_FALSE(max_resource_blocks(Technology::nr, 100e6, 15e3).has_value());
  EXPECT_FALSE(max_resource_blocks(Technology::nr, 5e6, 60e3).has_value());
}

// LTE fills 90 % of 3 MHz and more, 77 % of 1.4 MHz.
TEST(ResourceBlocks, OfLteFillNineTenths) {
  for (const double mhz : {3.0, 5.0, 10.0, 15.0, 20.0}) {
    EXPECT_NEAR(*max_resource_blocks(Technology::lte, mhz * 1e6, 15e3) * 180e3, 0.9 * mhz * 1e6,
                1.0);
  }
  EXPECT_EQ(max_resource_blocks(Technology::lte, 1.4e6, 15e3), 6);
  EXPECT_FALSE(max_resource_blocks(Technology::lte, 20e6, 30e3).has_value());
}

TEST(Channel, FollowsFromTheDownlinkInFdd) {
  const Channel channel = made(n28());
  EXPECT_EQ(channel.resource_blocks, 160);
  EXPECT_DOUBLE_EQ(channel.uplink_hz, 718e6);
  ChannelRequest from_uplink = n28();
  from_uplink.downlink_hz.reset();
  from_uplink.uplink_hz = 718e6;
  EXPECT_DOUBLE_EQ(*made(from_uplink).downlink_hz, 773e6);
}

TEST(Channel, HasOneCentreInTdd) {
  const Channel channel = made(n41());
  EXPECT_EQ(channel.resource_blocks, 273);
  EXPECT_EQ(channel.uplink_hz, 2565e6);
  ChannelRequest two = n41();
  two.uplink_hz = 2600e6;
  EXPECT_EQ(refused(two).parameter, "uplink");
}

TEST(Channel, OfASupplementaryUplinkHasNoDownlink) {
  ChannelRequest request = n28();
  request.band = "n83";
  EXPECT_EQ(refused(request).parameter, "downlink");
  request.downlink_hz.reset();
  EXPECT_EQ(refused(request).parameter, "uplink");
  request.uplink_hz = 718e6;
  EXPECT_FALSE(made(request).downlink_hz.has_value());
}

TEST(Channel, IsRefusedInWords) {
  const auto with = [](auto change, ChannelRequest request = n28()) {
    change(request);
    return refused(request);
  };
  EXPECT_THAT(with([](auto& c) { c.tdd_pattern_given = true; }).problem, HasSubstr("n28 is FDD"));
  EXPECT_EQ(with([](auto& c) { c.tdd_pattern_given = false; }, n41()).parameter, "tdd_pattern");
  EXPECT_THAT(with([](auto& c) { c.resource_blocks = 161; }).problem,
              HasSubstr("161 resource blocks are more than 30 MHz hold at 15 kHz"));
  EXPECT_EQ(with([](auto& c) { c.resource_blocks = 0; }).valid, "1 to 160");
  EXPECT_THAT(with([](auto& c) { c.bandwidth_hz = 32e6; }).valid, HasSubstr("30, 35"));
  EXPECT_EQ(with([](auto& c) { c.bandwidth_hz = 60e6; }).parameter, "bandwidth");
  EXPECT_EQ(with([](auto& c) { c.subcarrier_spacing_hz = 20e3; }).parameter, "subcarrier_spacing");
  EXPECT_THAT(with([](auto& c) { c.downlink_hz = 2600e6; }).valid, HasSubstr("773 to 788 MHz"));
  EXPECT_EQ(with([](auto& c) { c.downlink_hz = std::nan(""); }).parameter, "downlink");
  EXPECT_THAT(with([](auto& c) { c.bandwidth_hz = 50e6; }).valid, HasSubstr("less bandwidth"));
  EXPECT_EQ(with([](auto& c) { c.uplink_hz = 700e6; }).parameter, "uplink");
  EXPECT_EQ(with([](auto& c) { c.downlink_hz.reset(); }).parameter, "downlink");
  EXPECT_THAT(with([](auto& c) { c.band = "N28"; }).problem, HasSubstr("did you mean n28?"));
  EXPECT_THAT(with([](auto& c) { c.band = "b28"; }).problem, HasSubstr("did you mean B28?"));
  EXPECT_THAT(with([](auto& c) { c.band = "n82"; }).problem, Not(HasSubstr("did you mean")));
  ChannelRequest lte{.band = "B28", .bandwidth_hz = 30e6, .downlink_hz = 773e6};
  EXPECT_EQ(refused(lte).valid, "1.4, 3, 5, 10, 15, 20 MHz");
}

}  // namespace
}  // namespace yonder::nr
