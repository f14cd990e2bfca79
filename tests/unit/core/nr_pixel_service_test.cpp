#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/nr/pixel_service.h"
#include "core/units.h"
#include "tests/unit/core/test_terrain.h"

namespace yonder::nr {
namespace {

constexpr std::size_t at(PhysicalChannel channel) { return static_cast<std::size_t>(channel); }

/// Flat ground, cells of isotropic antennas in its middle, one handset; noise -120 dBm per resource
/// element, no antenna gains and no losses but the path's.
class PixelServiceTest : public testing::Test {
 protected:
  PixelServiceTest() : terrain_(test::rolling_hills(201, 201, 0.0)) {
    plan_.carriers = {{.resource_blocks = 160}};
    TerminalLink link;
    link.noise_dbm = -120.0;
    link.epre_dbm = 20.0;
    for (auto& surface : link.mpl_db) surface.fill(150.0);
    link.uplink_block_sinr_db = 140.0;
    link.downlink.fill(std::make_shared<RateCurve>(
        RateRequest{.resource_blocks = 160, .max_layers = 2, .rx_branches = 2}));
    link.uplink.fill(std::make_shared<RateCurve>(RateRequest{.direction = Direction::uplink,
                                                             .resource_blocks = 160,
                                                             .max_layers = 1,
                                                             .rx_branches = 4}));
    terminal_.links = {link};
    terminal_.height_agl_m = 1.5;
  }

  void add_cell(int carrier, double range_m, double load = 0.0, int site = 0) {
    const auto isotropic = MountedAntenna(make_omni({.gain_dbi = 0.0}), 0.0, 0.0);
    FieldSpec spec;
    spec.antenna = test::antenna_at(terrain_, {100, 100}, 40.0);
    AccessRange access;
    access.terms = {{AccessLimit::prach_n_cs, range_m}};
    access.binding = AccessLimit::prach_n_cs;
    access.radius_m = range_m;
    plan_.cells.push_back({.carrier = carrier,
                           .site = site,
                           .radio = {},
                           .antenna = isotropic,
                           .precoded = isotropic,
                           .spec = spec,
                           .access = access,
                           .load = load});
    terminal_.link_of_cell.push_back(0);
  }

  PixelService judge(const std::vector<CarrierSignals>& signals) const {
    return pixel_service(plan_, terminal_, signals, terrain_, {150, 100});  // 5 km away
  }

  /// Of a limit that must be there.
  static double amount(const PixelService& service, ServiceLimit limit) {
    for (int i = 0; i < service.limit_count; ++i) {
      const LimitMargin& one = service.limits[static_cast<std::size_t>(i)];
      if (one.limit == limit) return one.amount;
    }
    ADD_FAILURE() << "no limit " << service_limit_names(limit).id;
    return std::numeric_limits<double>::quiet_NaN();
  }

  Terrain terrain_;
  ServicePlan plan_;
  ServiceTerminal terminal_;
};

TEST_F(PixelServiceTest, SinrIsSignalOverNoiseAndAllOtherCells) {
  for (int i = 0; i < 3; ++i) add_cell(0, 20e3, 0.25);
  const std::vector<CellSignal> cells = {{-100.0F, 0.0F, 1}, {-110.0F, 0.0F, 2}};
  const double rest_mw = std::pow(10.0, -11.5);
  const PixelService service = judge({{cells, rest_mw, 0.25 * rest_mw}});
  const double noise = 1e-12, other = 1e-11;
  EXPECT_NEAR(service.serving.ss_sinr_db, 10.0 * std::log10(1e-10 / (noise + other + rest_mw)),
              1e-5);
  EXPECT_NEAR(service.serving.pdsch_sinr_db,
              10.0 * std::log10(1e-10 / (noise + 0.25 * (other + rest_mw))), 1e-5);
  EXPECT_EQ(service.serving.cell, 0);
  EXPECT_EQ(service.serving.servers, 1);  // the other is 10 dB below
}

TEST_F(PixelServiceTest, LossesOfTheTerminalLowerSignalAndInterferenceAlike) {
  add_cell(0, 20e3);
  add_cell(0, 20e3, 1.0);
  const std::vector<CellSignal> cells = {{-60.0F, 0.0F, 1}, {-65.0F, 0.0F, 2}};
  const double outdoors_db = judge({{cells, 0.0, 0.0}}).serving.ss_sinr_db;
  terminal_.links[0].terminal.penetration_loss_db = 9.0;
  const PixelService in_car = judge({{cells, 0.0, 0.0}});
  EXPECT_NEAR(in_car.serving.rsrp_dbm, -69.0, 1e-5);
  EXPECT_NEAR(in_car.serving.ss_sinr_db, outdoors_db, 1e-3);  // 5 dB: noise is far below
}

TEST_F(PixelServiceTest, BeyondTheAccessRangeSignalIsNotService) {
  add_cell(0, 4e3);
  const std::vector<CellSignal> strong = {{-80.0F, 0.0F, 1}};
  const PixelService service = judge({{strong, 0.0, 0.0}});
  EXPECT_EQ(service.service_class, ServiceClass::without_access);
  EXPECT_EQ(service.binding.limit, ServiceLimit::prach_range);
  EXPECT_NEAR(service.binding.amount, 4e3 - service.serving.distance_m, 1e-9);
  EXPECT_NEAR(service.binding.amount, -1000.0, 1.0);
  EXPECT_EQ(service.probability, 0.0);
  plan_.cells[0].access.radius_m = plan_.cells[0].access.terms[0].radius_m = 6e3;
  EXPECT_EQ(judge({{strong, 0.0, 0.0}}).service_class, ServiceClass::continuous);
}

TEST_F(PixelServiceTest, ClassesNeedDownlinkAndUplinkTogether) {
  add_cell(0, 20e3);
  const std::vector<CellSignal> good = {{-100.0F, 0.0F, 1}};  // a loss of 120 dB
  EXPECT_EQ(judge({{good, 0.0, 0.0}}).service_class, ServiceClass::continuous);
  auto& mpl_db = terminal_.links[0].mpl_db[0];
  mpl_db[at(PhysicalChannel::pusch)] = 119.0;
  EXPECT_EQ(judge({{good, 0.0, 0.0}}).service_class, ServiceClass::effective);
  mpl_db[at(PhysicalChannel::vonr)] = 118.0;
  const PixelService weak = judge({{good, 0.0, 0.0}});
  EXPECT_EQ(weak.service_class, ServiceClass::weak);
  EXPECT_EQ(weak.binding.limit, ServiceLimit::vonr);
  EXPECT_NEAR(weak.binding.amount, -2.0, 1e-5);
  mpl_db[at(PhysicalChannel::msg3)] = 117.0;
  EXPECT_EQ(judge({{good, 0.0, 0.0}}).service_class, ServiceClass::without_access);
  mpl_db[at(PhysicalChannel::ssb)] = 100.0;
  EXPECT_EQ(judge({{good, 0.0, 0.0}}).service_class, ServiceClass::none);
}

TEST_F(PixelServiceTest, TheFadingMarginIsHeldByVoiceAndByRandomAccessAlike) {
  add_cell(0, 20e3);
  plan_.rules.fading[0] = {7.7, 6.0};
  const std::vector<CellSignal> cells = {{-100.0F, 0.0F, 1}};
  const PixelService service = judge({{cells, 0.0, 0.0}});
  const double held_db = 150.0 - 120.0 - 7.7;
  EXPECT_NEAR(service.serving.margin_db[at(PhysicalChannel::vonr)], held_db, 1e-5);
  EXPECT_NEAR(amount(service, ServiceLimit::vonr), held_db, 1e-5);
  EXPECT_NEAR(amount(service, ServiceLimit::prach_link), held_db, 1e-5);
  EXPECT_NEAR(amount(service, ServiceLimit::msg3), held_db, 1e-5);
  terminal_.links[0].mpl_db[0][at(PhysicalChannel::prach)] = 120.0 + 7.6;
  EXPECT_EQ(judge({{cells, 0.0, 0.0}}).service_class, ServiceClass::without_access);
  terminal_.links[0].mpl_db[0][at(PhysicalChannel::prach)] = 120.0 + 7.8;
  EXPECT_EQ(judge({{cells, 0.0, 0.0}}).service_class, ServiceClass::continuous);
}

// The operator's table of ranges at sea: "3 dB time margin in every column", SS-RSRP included.
TEST_F(PixelServiceTest, AtSeaTheMarginOfTimeIsHeldOnSsRsrpToo) {
  add_cell(0, 20e3);
  plan_.rules.fading = {SlowFading{7.7, 6.0}, SlowFading{3.0, 2.34}};
  const std::vector<CellSignal> cells = {{-113.0F, 0.0F, 1}};  // effective: -115
  EXPECT_EQ(judge({{cells, 0.0, 0.0}}).service_class, ServiceClass::effective);
  std::ranges::fill(terrain_.zone, Zone::sea);
  const PixelService at_sea = judge({{cells, 0.0, 0.0}});
  EXPECT_NEAR(at_sea.serving.rsrp_dbm, -113.0, 1e-5);
  EXPECT_EQ(at_sea.service_class, ServiceClass::weak);
  EXPECT_EQ(at_sea.binding.limit, ServiceLimit::rsrp);
  EXPECT_NEAR(at_sea.binding.amount, -1.0, 1e-5);
  // Where all of the margin is left, service holds for the time that the margin stands for.
  const std::vector<CellSignal> held = {{-112.0F, 0.0F, 1}};
  EXPECT_NEAR(judge({{held, 0.0, 0.0}}).probability, 0.9, 1e-3);
  EXPECT_EQ(judge({{held, 0.0, 0.0}}).service_class, ServiceClass::effective);
}

TEST_F(PixelServiceTest, RatesAtSeaAreThoseOfTheSeasFading) {
  add_cell(0, 20e3);
  const std::vector<CellSignal> cells = {{-112.0F, 0.0F, 1}};
  RateRequest request{
      .direction = Direction::uplink, .resource_blocks = 160, .max_layers = 1, .rx_branches = 4};
  request.assumptions.most_fading_db = kMostFadingAtSeaDb;
  terminal_.links[0].uplink[1] = std::make_shared<RateCurve>(request);
  const PixelService on_land = judge({{cells, 0.0, 0.0}});
  std::ranges::fill(terrain_.zone, Zone::sea);
  const PixelService at_sea = judge({{cells, 0.0, 0.0}});
  EXPECT_GT(at_sea.uplink_bps, on_land.uplink_bps);
  EXPECT_EQ(at_sea.downlink_bps, on_land.downlink_bps);
}

// Power adds up wherever one looks; the array gain comes on top in the narrower beam.
TEST_F(PixelServiceTest, AStackedPairIsNeverBelowOnePanelAndThreeDb) {
  const auto panel = [](double azimuth_deg, double beamwidth_deg) {
    return MountedAntenna(
        make_sector_3gpp({15.0, deg_to_rad(beamwidth_deg), deg_to_rad(10.0), 30.0, 20.0, 0.0}),
        deg_to_rad(azimuth_deg), 0.0);
  };
  add_cell(0, 20e3);
  const std::vector<CellSignal> one = {{-100.0F, 0.0F, 1}};
  const std::vector<CellSignal> two = {{-100.0F + 3.01F, 0.0F, 1}};  // of the power sum
  TerminalLink& link = terminal_.links[0];
  for (const double azimuth_deg : {90.0, 75.0, 60.0, 30.0, 0.0, -60.0}) {  // terminal in the east
    SCOPED_TRACE(azimuth_deg);
    plan_.cells[0].antenna = plan_.cells[0].precoded = panel(azimuth_deg, 65.0);
    link.coherent_gain_db = 0.0;
    const CellService single = judge({{one, 0.0, 0.0}}).serving;
    plan_.cells[0].precoded = panel(azimuth_deg, 32.5);
    link.coherent_gain_db = 2.71;
    const CellService pair = judge({{two, 0.0, 0.0}}).serving;
    const double more_db = azimuth_deg == 90.0 ? 3.01 + 2.71 : 3.01;
    EXPECT_GT(pair.pdsch_sinr_db, single.pdsch_sinr_db + 3.009);
    EXPECT_LT(pair.pdsch_sinr_db, single.pdsch_sinr_db + 3.01 + 2.7101);
    if (azimuth_deg == 90.0 || (azimuth_deg <= 30.0 && azimuth_deg >= 0.0)) {
      EXPECT_NEAR(pair.pdsch_sinr_db - single.pdsch_sinr_db, more_db, 1e-3);
    }
    // What PDSCH gains in margin over its SINR's gain is nothing: one beam for both.
    const std::size_t pdsch = at(PhysicalChannel::pdsch);
    link.mpl_db[0][pdsch] = 150.0 + 2.71;  // with the peak's array gain
    const double margin_db = judge({{two, 0.0, 0.0}}).serving.margin_db[pdsch];
    link.mpl_db[0][pdsch] = 150.0;
    EXPECT_NEAR(margin_db - 150.0, pair.precoded_gain_dbi + pair.coherent_gain_db - pair.loss_db,
                1e-9);
  }
}

// Against the site's own other cell no place fades: both come the same way.
TEST_F(PixelServiceTest, TheFadingMarginIsHeldAgainstNoiseAndNotAgainstNeighbours) {
  add_cell(0, 20e3);
  add_cell(0, 20e3, 1.0);
  plan_.rules.fading[0] = {7.7, 6.0};
  const std::size_t pdcch = at(PhysicalChannel::pdcch);
  const auto margin_db = [&](float neighbour_dbm) {
    const std::vector<CellSignal> cells = {{-60.0F, 0.0F, 1}, {neighbour_dbm, 0.0F, 2}};
    return judge({{cells, 0.0, 0.0}}).serving.margin_db[pdcch];
  };
  // A loss of 80 dB: 70 dB in hand over noise, of which fading takes its margin.
  EXPECT_NEAR(margin_db(-220.0F), 150.0 - 80.0 - 7.7, 1e-3);
  // A neighbour 60 dB over noise: the rise is 52.3 dB where fading has taken 7.7 dB of both.
  EXPECT_NEAR(margin_db(-60.0F), 150.0 - 80.0 - 60.0, 1e-4);
}

TEST_F(PixelServiceTest, WhereControlIsNotHeardServiceIsNotEffective) {
  add_cell(0, 20e3);
  const std::vector<CellSignal> good = {{-100.0F, 0.0F, 1}};  // a loss of 120 dB
  terminal_.links[0].mpl_db[0][at(PhysicalChannel::pdcch)] = 119.0;
  plan_.rules.fading[0].sigma_db = 6.0;
  const PixelService service = judge({{good, 0.0, 0.0}});
  EXPECT_EQ(service.service_class, ServiceClass::weak);
  EXPECT_EQ(service.binding.limit, ServiceLimit::pdcch);
  EXPECT_NEAR(service.probability, 0.4338, 1e-3);  // Phi(-1/6)
}

TEST_F(PixelServiceTest, TheUplinksOwnLossDecidesTheUplink) {
  add_cell(0, 20e3);
  const std::vector<CellSignal> same = {{-100.0F, 0.0F, 1}};
  const std::vector<CellSignal> worse = {{-100.0F, 3.0F, 1}};
  const CellService a = judge({{same, 0.0, 0.0}}).serving;
  const CellService b = judge({{worse, 0.0, 0.0}}).serving;
  EXPECT_NEAR(a.margin_db[at(PhysicalChannel::pusch)] - b.margin_db[at(PhysicalChannel::pusch)],
              3.0, 1e-5);
  EXPECT_EQ(a.margin_db[at(PhysicalChannel::pdcch)], b.margin_db[at(PhysicalChannel::pdcch)]);
}

// TS 38.213 section 7.1.1 with alpha 1: every block arrives at P0, so more loss costs no rate until
// the power ends; there full power is sent all the same.
TEST_F(PixelServiceTest, PowerControlHoldsTheUplinksLevelUntilThePowerEnds) {
  add_cell(0, 20e3);
  terminal_.links[0].max_power_dbm = 23.0;
  const auto rate_bps = [&](float rsrp_dbm) {
    const std::vector<CellSignal> cells = {{rsrp_dbm, 0.0F, 1}};
    return judge({{cells, 0.0, 0.0}}).uplink_bps;
  };
  const double far_bps = rate_bps(-115.0F);
  const double near_full_bps = rate_bps(-50.0F);
  plan_.carriers[0].power_control = PowerControl{.p0_dbm = -110.0, .alpha = 1.0};
  EXPECT_GT(rate_bps(-50.0F), 0.0);
  EXPECT_EQ(rate_bps(-50.0F), rate_bps(-60.0F));
  EXPECT_LT(rate_bps(-50.0F), near_full_bps);
  EXPECT_EQ(rate_bps(-115.0F), far_bps);
}

TEST_F(PixelServiceTest, TheAnchorNeedsItsThresholdAndTheHysteresis) {
  plan_.carriers = {{CarrierRole::nr, 15e3, 160, 0, std::nullopt},
                    {CarrierRole::nr, 30e3, 273, 1, -105.0}};
  add_cell(0, 20e3);
  add_cell(1, 20e3);
  plan_.rules.anchor_hysteresis_db = 3.0;
  const std::vector<CellSignal> low_band = {{-80.0F, 0.0F, 1}};
  const auto camps_on = [&](float high_band_dbm) {
    const std::vector<CellSignal> high_band = {{high_band_dbm, 0.0F, 2}};
    return judge({{low_band, 0.0, 0.0}, {high_band, 0.0, 0.0}}).serving.cell;
  };
  EXPECT_EQ(camps_on(-101.9F), 1);  // -105 + 3 is passed: preferred though 20 dB weaker
  EXPECT_EQ(camps_on(-102.1F), 0);
}

TEST_F(PixelServiceTest, TheUplinkMayGoOverTheBandThatReachesFarther) {
  plan_.carriers = {{CarrierRole::nr, 15e3, 160, 0, std::nullopt},
                    {CarrierRole::nr, 30e3, 273, 1, -110.0}};
  add_cell(0, 20e3);
  add_cell(1, 3e3);  // the guard period of the high band would end nearer
  const std::vector<CellSignal> low_band = {{-90.0F, 0.0F, 1}};
  const std::vector<CellSignal> high_band = {{-100.0F, 0.0F, 2}};
  const std::vector<CarrierSignals> signals = {{low_band, 0.0, 0.0}, {high_band, 0.0, 0.0}};
  const PixelService same = judge(signals);
  EXPECT_EQ(same.serving.cell, 0);
  EXPECT_EQ(same.uplink.cell, 0);
  plan_.rules.best_uplink = true;
  const PixelService best = judge(signals);
  EXPECT_EQ(best.serving.cell, 1);
  EXPECT_EQ(best.uplink.cell, 0);
  EXPECT_TRUE(best.access);
  EXPECT_GT(best.uplink.margin_db[at(PhysicalChannel::pusch)],
            best.serving.margin_db[at(PhysicalChannel::pusch)]);
  plan_.cells[0].site = 7;  // not of the same site: no pair
  EXPECT_EQ(judge(signals).serving.cell, 0);
}

/// A high band that is preferred and stronger in every respect, but ends at 3 km; a low band that
/// reaches 20 km. The pixel is 5 km out.
TEST_F(PixelServiceTest, ACarrierThatDoesNotLetInTakesNoServiceAway) {
  plan_.carriers = {{CarrierRole::nr, 15e3, 160, 0, std::nullopt},
                    {CarrierRole::nr, 30e3, 273, 2, -105.0}};
  add_cell(0, 20e3);
  add_cell(1, 3e3);
  const std::vector<CellSignal> low_band = {{-100.0F, 0.0F, 1}};
  const std::vector<CellSignal> high_band = {{-90.0F, 0.0F, 2}};
  const std::vector<CarrierSignals> both = {{low_band, 0.0, 0.0}, {high_band, 0.0, 0.0}};
  const PixelService alone = judge({{low_band, 0.0, 0.0}, {}});
  ASSERT_EQ(alone.service_class, ServiceClass::continuous);
  for (const double threshold_dbm : {-105.0, -60.0}) {  // preferred, and not
    plan_.carriers[1].anchor_rsrp_dbm = threshold_dbm;
    const PixelService same = judge(both);
    EXPECT_EQ(same.service_class, alone.service_class);
    EXPECT_EQ(same.probability, alone.probability);
    EXPECT_EQ(same.serving.cell, 0);
  }
  plan_.carriers[1].anchor_rsrp_dbm = -105.0;
  plan_.rules.best_uplink = true;
  const PixelService best = judge(both);
  EXPECT_EQ(best.serving.cell, 1);
  EXPECT_EQ(best.uplink.cell, 0);  // though its margin is 10 dB less
  EXPECT_EQ(best.service_class, ServiceClass::continuous);
  // Nowhere to go: the first carrier tried is told of.
  plan_.cells[0].access.radius_m = plan_.cells[0].access.terms[0].radius_m = 4e3;
  EXPECT_EQ(judge(both).serving.cell, 1);
  EXPECT_EQ(judge(both).service_class, ServiceClass::without_access);
}

TEST_F(PixelServiceTest, AggregatedCarriersAddTheirRates) {
  plan_.carriers = {{CarrierRole::nr, 15e3, 160, 0, std::nullopt},
                    {CarrierRole::nr, 30e3, 273, 0, std::nullopt}};
  add_cell(0, 20e3, 0.5);
  add_cell(1, 20e3, 0.5);
  const std::vector<CellSignal> first = {{-90.0F, 0.0F, 1}};
  const std::vector<CellSignal> second = {{-95.0F, 0.0F, 2}};
  const std::vector<CarrierSignals> signals = {{first, 0.0, 0.0}, {second, 0.0, 0.0}};
  const double alone_bps = judge({{first, 0.0, 0.0}, {}}).downlink_bps;
  const double other_bps = judge({{}, {second, 0.0, 0.0}}).downlink_bps;
  EXPECT_EQ(judge(signals).downlink_bps, alone_bps);
  plan_.rules.carrier_aggregation = true;
  EXPECT_DOUBLE_EQ(judge(signals).downlink_bps, alone_bps + other_bps);
  EXPECT_DOUBLE_EQ(judge(signals).loaded_downlink_bps, 0.5 * (alone_bps + other_bps));
}

TEST_F(PixelServiceTest, WithoutAnySignalTheClassIsUnknown) {
  add_cell(0, 20e3);
  EXPECT_EQ(judge({{}}).service_class, ServiceClass::unknown);
}

TEST(SignalStack, HoldsTheSameInAnyOrder) {
  const std::vector<double> loads = {0.1, 0.2, 0.3, 0.4, 0.5};
  const std::vector<CellSignal> signals = {{-100.0F, 0.1F, 1},
                                           {-90.0F, 0.2F, 2},
                                           {-100.0F, 0.3F, 3},
                                           {-95.0F, 0.4F, 4},
                                           {-120.0F, 0.5F, 5}};
  SignalStack forward({0, 0, 1, 1}, 3, loads);
  SignalStack backward({0, 0, 1, 1}, 3, loads);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    forward.add(0, signals[i]);
    backward.add(0, signals[signals.size() - 1 - i]);
  }
  for (const SignalStack* stack : {&forward, &backward}) {
    ASSERT_EQ(stack->at(0).size(), 3u);
    EXPECT_EQ(stack->at(0)[0].cell, 2);
    EXPECT_EQ(stack->at(0)[1].cell, 4);
    EXPECT_EQ(stack->at(0)[2].cell, 1);  // of two equal ones the lower number
    EXPECT_EQ(stack->at(0)[2].uplink_excess_db, 0.1F);
  }
  EXPECT_EQ(forward.rest_mw(0), backward.rest_mw(0));
  EXPECT_EQ(forward.loaded_rest_mw(0), backward.loaded_rest_mw(0));
  EXPECT_NEAR(forward.rest_mw(0), 1e-10 + 1e-12, 1e-16);
  EXPECT_NEAR(forward.loaded_rest_mw(0), 0.3e-10 + 0.5e-12, 1e-16);
}

// NR whose voice falls 2 dB short; LTE beside it on carrier 1.
TEST_F(PixelServiceTest, LteTakesOverCallsThatNrCannotHold) {
  plan_.carriers.push_back({.role = CarrierRole::lte, .resource_blocks = 100});
  add_cell(0, 20e3);
  add_cell(1, 20e3, 0.0, 1);
  plan_.cells[1].radio.tx_ports = 2;
  terminal_.links.push_back(terminal_.links[0]);
  terminal_.links[1].downlink = {};
  terminal_.links[1].uplink = {};
  terminal_.link_of_cell = {0, 1};
  terminal_.links[0].mpl_db[0][at(PhysicalChannel::vonr)] = 118.0;
  const std::vector<CellSignal> nr = {{-100.0F, 0.0F, 1}};
  const std::vector<CellSignal> lte = {{-105.0F, 0.0F, 2}};
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {}}).service_class, ServiceClass::weak);
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {}}).voice, Voice::none);
  const PixelService helped = judge({{nr, 0.0, 0.0}, {lte, 0.0, 0.0}});
  EXPECT_EQ(helped.service_class, ServiceClass::continuous);
  EXPECT_EQ(helped.voice, Voice::lte);
  EXPECT_EQ(helped.fallback.cell, 1);
  EXPECT_EQ(helped.serving.cell, 0);
  EXPECT_NEAR(amount(helped, ServiceLimit::vonr), 150.0 - 125.0, 1e-4);
  EXPECT_EQ(helped.downlink_bps, judge({{nr, 0.0, 0.0}, {}}).downlink_bps);  // no data over LTE

  // RSRP is that of one of two ports: 3 dB below the sum.
  plan_.rules.lte_rsrp_dbm = -107.9;
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {lte, 0.0, 0.0}}).voice, Voice::none);
  plan_.rules.lte_rsrp_dbm = -108.1;
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {lte, 0.0, 0.0}}).voice, Voice::lte);
  plan_.cells[1].access.radius_m = 4e3;  // the pixel is 5 km away
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {lte, 0.0, 0.0}}).voice, Voice::none);

  terminal_.links[0].mpl_db[0][at(PhysicalChannel::vonr)] = 122.0;
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {lte, 0.0, 0.0}}).voice, Voice::vonr);
}

TEST_F(PixelServiceTest, LteAloneIsVoiceButNoServiceOfNr) {
  plan_.carriers.push_back({.role = CarrierRole::lte, .resource_blocks = 100});
  add_cell(1, 20e3);
  plan_.cells[0].radio.tx_ports = 2;
  const std::vector<CellSignal> lte = {{-90.0F, 0.0F, 1}};
  const PixelService service = judge({{}, {lte, 0.0, 0.0}});
  EXPECT_EQ(service.service_class, ServiceClass::unknown);
  EXPECT_EQ(service.serving.cell, -1);
  EXPECT_EQ(service.voice, Voice::lte);
}

// The supplementary uplink of the site is taken wherever it has more left, whatever best_uplink
// says, and is never camped on.
TEST_F(PixelServiceTest, ASupplementaryUplinkCarriesTheUplinkWhereItHasMoreLeft) {
  plan_.carriers.push_back({.role = CarrierRole::supplementary_uplink, .resource_blocks = 100});
  add_cell(0, 20e3);
  add_cell(1, 30e3);
  const std::vector<CellSignal> nr = {{-100.0F, 12.0F, 1}};
  const std::vector<CellSignal> sul = {{-95.0F, 0.0F, 2}};  // stronger, but nothing is sent
  const PixelService service = judge({{nr, 0.0, 0.0}, {sul, 0.0, 0.0}});
  EXPECT_EQ(service.serving.cell, 0);
  EXPECT_EQ(service.uplink.cell, 1);
  EXPECT_NEAR(service.uplink.access_margin_m, 30e3 - service.uplink.distance_m, 1e-6);
  plan_.cells[1].access.radius_m = 4e3;
  EXPECT_EQ(judge({{nr, 0.0, 0.0}, {sul, 0.0, 0.0}}).uplink.cell, 0);
}

}  // namespace
}  // namespace yonder::nr
