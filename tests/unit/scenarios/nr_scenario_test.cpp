#include <cmath>

#include "core/units.h"
#include "scenarios/nr_plan.h"
#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using testing::HasSubstr;

const std::string kCarrier = "frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160";

class NrScenario : public ScenarioTest {
 protected:
  static std::string carrier(const std::string& text) { return good_but(kCarrier, text); }
  static std::string n28(const std::string& more = "") {
    return carrier("band: n28, " + kCarrier + more);
  }
  static std::string n41(const std::string& tdd) {
    return carrier(
        "band: n41, frequency_mhz: 2565, bandwidth_mhz: 100, subcarrier_spacing_khz: 30" + tdd);
  }
  /// Keys of the first cell.
  static std::string cell(const std::string& keys, std::string text = n28()) {
    return replaced(std::move(text), "        power_w: 240\n", "        power_w: 240\n" + keys);
  }
  void expect_refused(const std::string& text, const std::string& key_path,
                      const testing::Matcher<const std::string&>& problem) const {
    const std::vector<ScenarioError> found = errors(text);
    ASSERT_FALSE(found.empty()) << "accepted: " << key_path;
    EXPECT_EQ(found[0].key_path, key_path) << found[0].text();
    EXPECT_THAT(found[0].problem, problem);
    EXPECT_GT(found[0].mark.line, 0);
  }
};

TEST_F(NrScenario, ABandGivesDuplexUplinkAndResourceBlocks) {
  const Scenario scenario =
      load(carrier("band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15"));
  EXPECT_EQ(scenario.carriers[0].duplex, "fdd");
  EXPECT_EQ(scenario.carriers[0].uplink_frequency_hz, 718e6);
  EXPECT_EQ(scenario.carriers[0].resource_blocks, 160);
}

TEST_F(NrScenario, WithoutAnythingOfServiceNothingOfItIsAsked) {
  const Scenario scenario = load(kGoodScenario);
  EXPECT_TRUE(scenario.terminals.empty());
  EXPECT_EQ(scenario.carriers[0].uplink_frequency_hz, 0.0);
}

TEST_F(NrScenario, ServiceWithoutTerminalsIsJudgedForTheReceiver) {
  const Scenario scenario = load(n28() + "service: {uplink_rate_kbps: 256}\n");
  ASSERT_EQ(scenario.terminals.size(), 1u);
  EXPECT_EQ(scenario.terminals[0].id, "receiver");
  EXPECT_EQ(scenario.service.uplink_rate_bps, 256e3);
}

TEST_F(NrScenario, RefusesCarriersThatCannotBe) {
  expect_refused(n28(", tdd: {slots: DDDSU, downlink_symbols: 10, guard_symbols: 2, "
                     "uplink_symbols: 2}"),
                 "carriers[0].tdd", HasSubstr("n28"));
  expect_refused(carrier("band: n28, frequency_mhz: 773, bandwidth_mhz: 20, "
                         "subcarrier_spacing_khz: 15, resource_blocks: 160"),
                 "carriers[0].resource_blocks", HasSubstr("160"));
  expect_refused(n41(", tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 14, "
                     "uplink_symbols: 4}"),
                 "carriers[0].tdd", HasSubstr("14"));
  expect_refused(n41(""), "carriers[0].tdd", HasSubstr("pattern"));
  expect_refused(carrier("band: n29, " + kCarrier), "carriers[0].band", HasSubstr("n29"));
  expect_refused(good_but("receiver:", "terminals: [{id: a}]\nreceiver:"), "carriers[0].band",
                 HasSubstr("uplink"));
}

TEST_F(NrScenario, RefusesRandomAccessThatCannotBe) {
  expect_refused(cell("        n_cs: 280\n"), "sites[0].cells[0].n_cs", HasSubstr("280"));
  expect_refused(cell("        prach_format: 1\n        prach_scs_khz: 15\n"),
                 "sites[0].cells[0].prach_scs_khz", HasSubstr("15"));
  expect_refused(cell("        prach_format: D7\n"), "sites[0].cells[0].prach_format",
                 HasSubstr("D7"));
}

TEST_F(NrScenario, ALteCarrierHasLtesPreamblesTimingAdvanceAndPattern) {
  const std::string b3 =
      carrier("band: B3, frequency_mhz: 1840, bandwidth_mhz: 20, subcarrier_spacing_khz: 15");
  const Scenario scenario = load(cell("        prach_format: 1\n", b3 + "terminals: [{id: a}]\n"));
  EXPECT_EQ(scenario.carriers[0].resource_blocks, 100);
  EXPECT_EQ(carrier_role(scenario.carriers[0]), nr::CarrierRole::lte);
  const nr::AccessRange access =
      nr::access_range(access_config(scenario, scenario.sites[0].cells[0]));
  // LTE's format 1 has 2 ms: 515.6 us of guard. NR's of that name has 3 ms.
  EXPECT_NEAR(*access.limit_m(nr::AccessLimit::prach_guard_time), 77290.0, 10.0);
  EXPECT_NEAR(*access.limit_m(nr::AccessLimit::timing_advance), 100.1e3, 50.0);
  expect_refused(cell("        prach_format: A1\n", b3), "sites[0].cells[0].prach_format",
                 HasSubstr("of LTE"));
  const std::string b41 =
      "band: B41, frequency_mhz: 2585, bandwidth_mhz: 20, subcarrier_spacing_khz: 15";
  expect_refused(carrier(b41 + ", tdd: {slots: DSUDD, downlink_symbols: 10, guard_symbols: 2, "
                               "uplink_symbols: 2}"),
                 "carriers[0].tdd", HasSubstr("LTE"));
  expect_refused(n41(", tdd: {configuration: 2, special: 7}"), "carriers[0].tdd", HasSubstr("B41"));
  const Scenario tdd = load(carrier(b41 + ", tdd: {configuration: 2, special: 7}"));
  EXPECT_NEAR(uplink_slots_per_second(tdd.carriers[0]), 200.0, 1e-9);  // 2 of 10 subframes
}

TEST_F(NrScenario, ASupplementaryUplinkHasOneFrequencyAndNoPower) {
  const std::string n83 =
      carrier("band: n83, frequency_mhz: 718, bandwidth_mhz: 20, subcarrier_spacing_khz: 15");
  expect_refused(n83, "sites[0].cells[0].power_w", HasSubstr("no transmitter"));
  const std::string silent = replaced(n83, "        power_w: 240\n", "");
  const std::string both_silent = replaced(silent, ", power_dbm: 46}", "}");
  const Scenario scenario = load(both_silent);
  EXPECT_EQ(carrier_role(scenario.carriers[0]), nr::CarrierRole::supplementary_uplink);
  EXPECT_EQ(scenario.carriers[0].uplink_frequency_hz, 718e6);
  EXPECT_FALSE(is_mapped(scenario, scenario.carriers[0]));
  expect_refused(n41(", uplink_frequency_mhz: 718, tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, "
                     "guard_symbols: 4, uplink_symbols: 4}"),
                 "carriers[0].uplink_frequency_mhz", HasSubstr("band n83"));
}

TEST_F(NrScenario, CarriersThatOverlapAreRefusedWhereServiceIsJudged) {
  const auto two = [&](const std::string& mhz) {
    std::string text = replaced(n28(), "antennas:",
                                "  - {id: other, band: n28, frequency_mhz: " + mhz +
                                    ", bandwidth_mhz: 10, subcarrier_spacing_khz: 15}\nantennas:");
    text = replaced(text, "{id: S01-2, carrier: n28,", "{id: S01-2, carrier: other,");
    return text + "terminals: [{id: a}]\n";
  };
  expect_refused(two("773"), "carriers[1].frequency_mhz", HasSubstr("overlap"));
  expect_refused(two("785"), "carriers[1].frequency_mhz", HasSubstr("'n28' and 'other'"));
  EXPECT_EQ(load(two("793")).carriers.size(), 2u);  // 758 to 788 and 788 to 798 MHz
  const std::string unused = replaced(two("773"), "carrier: other", "carrier: n28");
  EXPECT_EQ(load(unused).carriers.size(), 2u);
}

// 2 slots and 4 symbols of uplink at 30 kHz are 1.14 ms: format 0 (1 ms) fits, format 1 (3 ms) not.
TEST_F(NrScenario, APreambleLongerThanTheUplinkIsRefusedAndNeverProposed) {
  const std::string tdd =
      n41(", tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4}");
  const std::string format_1 = cell("        prach_format: 1\n        n_cs: 119\n", tdd);
  expect_refused(format_1, "sites[0].cells[0].prach_format", HasSubstr("3 ms"));
  const std::string valid = errors(format_1)[0].valid_example;
  ASSERT_EQ(valid, "prach_format: 0");
  const Scenario scenario = load(cell("        " + valid + "\n        n_cs: 119\n", tdd));
  const nr::AccessRemedy remedy =
      nr::access_remedy(access_config(scenario, scenario.sites[0].cells[0]), 16e3);
  EXPECT_FALSE(remedy.prach) << nr::prach_format_name(remedy.prach->format);
  EXPECT_FALSE(remedy.beyond.empty());
}

TEST_F(NrScenario, TheRemedyOfTooShortAnAccessRangeCanBeWritten) {
  const std::string tdd =
      n41(", tdd: {slots: DSUUUUUUUU, downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4}");
  const Scenario scenario = load(tdd);
  const nr::AccessRemedy remedy =
      nr::access_remedy(access_config(scenario, scenario.sites[0].cells[0]), 16e3);
  ASSERT_TRUE(remedy.prach);
  const auto table = nr::n_cs_table(remedy.prach->format, remedy.prach->restricted_set);
  const Scenario lifted = load(
      cell("        prach_format: " + std::string(nr::prach_format_name(remedy.prach->format)) +
               "\n        n_cs: " +
               std::to_string(
                   table[static_cast<std::size_t>(remedy.prach->zero_correlation_zone_config)]) +
               "\n",
           tdd));
  EXPECT_GE(nr::access_range(access_config(lifted, lifted.sites[0].cells[0])).radius_m, 16e3);
}

TEST_F(NrScenario, RefusesUnlikeRadiosAndAmbiguousPower) {
  expect_refused(cell("        dual_stack: stacked\n        second_radio_power_w: 320\n"),
                 "sites[0].cells[0].dual_stack", HasSubstr("differ"));
  expect_refused(cell("        power_per_port_w: 60\n"), "sites[0].cells[0].power_per_port_w",
                 HasSubstr("twice"));
  expect_refused(replaced(n28(), "power_w: 240", "power_per_port_w: 60"),
                 "sites[0].cells[0].power_per_port_w", HasSubstr("how many"));
}

TEST_F(NrScenario, RefusesTerminalsAndFadingThatCannotBe) {
  expect_refused(n28() + "terminals: [{id: a, profile: yacht}]\n", "terminals[0].profile",
                 HasSubstr("yacht"));
  expect_refused(n28() + "terminals: [{id: a/b}]\n", "terminals[0].id", HasSubstr("file"));
  expect_refused(n28() +
                     "terminals: [{id: a}]\nservice: {fading: {edge_percent: 90, "
                     "area_percent: 95}}\n",
                 "service.fading.area_percent", HasSubstr("twice"));
  expect_refused(replaced(n28() + "terminals: [{id: a}]\n", "model: free_space",
                          "model: itu_p1812\n  parameters: {location_percent: 95}"),
                 "propagation.parameters.location_percent", HasSubstr("margin"));
  expect_refused(n28() + "terminals: [{id: a}]\nservice: {layers: [sinrr]}\n", "service.layers[0]",
                 HasSubstr("sinr"));
}

TEST_F(NrScenario, PowerOfAPortTimesPortsIsTheTotal) {
  const Scenario total = load(n28());
  const Scenario ports =
      load(replaced(n28(), "power_w: 240", "power_per_port_w: 60\n        tx_ports: 4"));
  EXPECT_NEAR(ports.sites[0].cells[0].total_power_dbm, total.sites[0].cells[0].total_power_dbm,
              1e-12);
}

// Domain figures of the operator's ultra-far sites: 30 km needs format 1 and N_CS 279 at least.
TEST_F(NrScenario, NcsLeftOutIsTheSmallestThatReachesTheRadius) {
  const Scenario scenario = load(cell("        prach_format: 1\n"));
  const nr::AccessRange access =
      nr::access_range(access_config(scenario, scenario.sites[0].cells[0]));
  EXPECT_EQ(access.prach.n_cs, 279);
  EXPECT_NEAR(access.radius_m, 38990.0, 10.0);
  const Scenario format_0 = load(n28());
  const nr::AccessRange capped =
      nr::access_range(access_config(format_0, format_0.sites[0].cells[0]));
  EXPECT_NEAR(capped.radius_m, 14.5e3, 50.0);
}

TEST_F(NrScenario, AStackedPairAddsPowerToAllAndArrayGainToPrecodedChannelsAlone) {
  const Scenario scenario = load(cell("        dual_stack: stacked\n"));
  const CellConfig& one = scenario.sites[0].cells[0];
  const nr::Radio radio = cell_radio(scenario, one);
  EXPECT_NEAR(radio.total_power_dbm(), power_w_to_dbm(480.0), 1e-9);
  EXPECT_NEAR(radio.coherent_gain_db, 2.71, 0.005);
  EXPECT_EQ(radio.rx_branches, 8);
  EXPECT_DOUBLE_EQ(radio.broadcast_gain_dbi, 15.0);
}

TEST_F(NrScenario, ALargeArrayMustSayWhatItsGainCombinesAlready) {
  const std::string keys = "        tx_ports: 64\n        rx_ports: 64\n";
  expect_refused(cell(keys), "sites[0].cells[0].branches_in_gain", HasSubstr("64"));
  const std::string valid = errors(cell(keys))[0].valid_example;
  EXPECT_EQ(valid, "branches_in_gain: 32");
  const Scenario scenario = load(cell(keys + "        " + valid + "\n"));
  EXPECT_EQ(cell_radio(scenario, scenario.sites[0].cells[0]).combining_branches(), 2);
}

TEST_F(NrScenario, TerminalsTakeTheirProfileAndWhatIsSaidOtherwise) {
  const Scenario scenario =
      load(n28() + "terminals: [{id: a, profile: car, penetration_loss_db: 20}]\n");
  const nr::TerminalRadio radio = terminal_radio(scenario.terminals[0], 773e6);
  EXPECT_EQ(radio.penetration_loss_db, 20.0);
  EXPECT_EQ(radio.gain_dbi, -3.0);
  EXPECT_EQ(terminal_height_agl_m(scenario.terminals[0]), 1.5);
}

TEST_F(NrScenario, FadingMarginIsJakesAtTheEdge) {
  const Scenario scenario =
      load(n28() + "terminals: [{id: a}]\nservice: {fading: {sigma_db: 6, edge_percent: 90}}\n");
  EXPECT_NEAR(slow_fading(scenario.service.fading, nr::Surface::land).margin_db, 7.69, 0.005);
  EXPECT_EQ(slow_fading(scenario.service.fading, nr::Surface::sea).margin_db, 3.0);
}

// 1.2816 sqrt(6^2 + 5^2) dB; a loss as given has no spread.
TEST_F(NrScenario, TheSpreadOverVehiclesAddsToThatOfPlaces) {
  const Scenario scenario = load(n28() +
                                 "terminals: [{id: car, profile: car}, "
                                 "{id: mine, profile: car, penetration_loss_db: 9}]\n");
  const auto margin_db = [&](std::size_t i) {
    return slow_fading(scenario.service.fading, nr::Surface::land,
                       terminal_radio(scenario.terminals[i], 773e6).penetration_sigma_db)
        .margin_db;
  };
  EXPECT_NEAR(margin_db(0), 10.01, 0.005);
  EXPECT_NEAR(margin_db(1), 7.69, 0.005);
}

// Two U slots in 5 ms carry data, the 4 uplink symbols of S none; VoNR has 8 slots in 20 ms.
TEST_F(NrScenario, UplinkDataTakesNoSlotsThatAreTooShort) {
  const auto allocation = [&](const std::string& special) {
    const Scenario scenario = load(n41(", tdd: {slots: DDDDDDDSUU, " + special + "}"));
    return channel_plan(scenario, scenario.sites[0].cells[0], nr::Surface::land);
  };
  const nr::ChannelPlan plan =
      allocation("downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4");
  EXPECT_NEAR(plan.vonr_slots, 8.0, 1e-9);
  ASSERT_TRUE(plan.pusch);
  // 100 kbit/s of 132 elements in 400 slots at 0.2344 bit each and 10 % errors: 8.98 blocks.
  EXPECT_EQ(plan.pusch->resource_blocks, 9);
  EXPECT_NEAR(allocation("downlink_symbols: 6, guard_symbols: 3, uplink_symbols: 5").vonr_slots,
              4 * (2 + 5.0 / 14), 1e-9);
}

TEST_F(NrScenario, ACarrierMustHoldAnSsb) {
  const std::string narrow = carrier(
      "band: n41, frequency_mhz: 2565, bandwidth_mhz: 5, subcarrier_spacing_khz: 30, tdd: {slots: "
      "DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4}");
  EXPECT_EQ(load(narrow).carriers[0].resource_blocks, 11);
  expect_refused(narrow + "terminals: [{id: a}]\n", "carriers[0].resource_blocks",
                 HasSubstr("SSB"));
}

// 3 dB are held for 90 % of the time: Phi(3 / 2.34) = 0.900.
TEST_F(NrScenario, TheSeasSpreadIsItsOwn) {
  for (const char* edge : {"50", "90", "99"}) {
    const Scenario scenario =
        load(n28() + "terminals: [{id: a}]\nservice: {fading: {edge_percent: " + edge + "}}\n");
    const nr::SlowFading sea = slow_fading(scenario.service.fading, nr::Surface::sea);
    EXPECT_EQ(sea.sigma_db, 2.34) << edge;
    EXPECT_EQ(sea.margin_db, 3.0) << edge;
  }
  const Scenario said =
      load(n28() + "terminals: [{id: a}]\nservice: {fading: {sea_margin_db: 6}}\n");
  EXPECT_EQ(slow_fading(said.service.fading, nr::Surface::sea).sigma_db, 2.34);
  const Scenario rougher =
      load(n28() + "terminals: [{id: a}]\nservice: {fading: {sea_sigma_db: 5}}\n");
  EXPECT_EQ(slow_fading(rougher.service.fading, nr::Surface::sea).sigma_db, 5.0);
}

TEST_F(NrScenario, OverlapNeedsRoomForTheBestAndThreeOthers) {
  expect_refused(n28() + "terminals: [{id: a}]\nservice: {servers: 3}\n", "service.servers",
                 HasSubstr("4"));
}

}  // namespace
}  // namespace yonder::scenarios
