#include "scenarios/optical_links.h"

#include <nlohmann/json.hpp>

#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class OpticalLinks : public ScenarioTest {
 protected:
  Scenario with(const std::string& link) const {
    return load(kGoodScenario + "optical:\n  - {id: island, " + link + "}\n");
  }
  std::string complaint(const std::string& link) const {
    std::string texts;
    try {
      with(link);
    } catch (const ScenarioErrors& errors) {
      for (const ScenarioError& error : errors.list()) texts += error.text() + "\n";
    }
    return texts;
  }
};

TEST_F(OpticalLinks, AreReadAndWorkedOut) {
  const Scenario s = with(
      "name: {en: Island, zh: 海岛}, kind: pon, class: B+, length_km: 10, splitters: [32], "
      "connectors: 4, splices: 4");
  ASSERT_EQ(s.optical.size(), 1u);
  const auto json = optical_json(s);
  // 3.5 + 17.1 + 2.0 + 0.4 dB, by hand.
  EXPECT_NEAR(json["island"]["loss_db"].get<double>(), 23.0, 1e-9);
  EXPECT_NEAR(json["island"]["spare_db"].get<double>(), 2.0, 1e-9);
  EXPECT_EQ(json["island"]["verdict"], "works");
  EXPECT_EQ(json["island"]["terminals"], 32);
  const std::string text = optical_text(s);
  EXPECT_THAT(text, AllOf(HasSubstr("Island 海岛"), HasSubstr("class B+"), HasSubstr("23.00 dB"),
                          HasSubstr("works"), HasSubstr("15.7 km")));
}

TEST_F(OpticalLinks, TakeTheDefaultsOfAPonAndTheDataSheetOfOptics) {
  const Scenario pon = with("kind: pon, class: C+, length_km: 25, splitters: [4]");
  EXPECT_EQ(pon.optical[0].link.reach_m, 20e3);
  EXPECT_EQ(optical_json(pon)["island"]["verdict"], "beyond the reach");
  const Scenario optics = with(
      "kind: point_to_point, length_km: 60, fibre_db_per_km: 0.25, tx_power_dbm: 0, "
      "rx_sensitivity_dbm: -24");
  EXPECT_EQ(optics.optical[0].link.greatest_loss_db, 24.0);
  EXPECT_NEAR(optical_json(optics)["island"]["longest_m"].get<double>(), 80e3, 1e-6);
}

TEST_F(OpticalLinks, RefuseCombinationsInWords) {
  EXPECT_THAT(complaint("kind: pon, length_km: 5"),
              AllOf(HasSubstr("optical[0].class"), HasSubstr("is missing")));
  EXPECT_THAT(complaint("kind: pon, class: B+, length_km: 5, splitters: [3]"),
              AllOf(HasSubstr("optical[0].splitters[0]"), HasSubstr("no splitter with 3 outputs")));
  EXPECT_THAT(complaint("kind: pon, class: B+, length_km: 5, splitters: [64, 8]"),
              HasSubstr("512 terminals, and a G-PON tells 128 apart"));
  EXPECT_THAT(complaint("kind: pon, class: B+, length_km: 5, tx_power_dbm: 2"),
              HasSubstr("no meaning for a PON"));
  EXPECT_THAT(complaint("kind: point_to_point, length_km: 40, fibre_db_per_km: 0.25, tx_power_dbm: "
                        "0, rx_sensitivity_dbm: -24, splitters: [2]"),
              HasSubstr("make it kind: pon"));
  EXPECT_THAT(complaint("kind: point_to_point, length_km: 40, tx_power_dbm: 0, rx_sensitivity_dbm: "
                        "-24"),
              AllOf(HasSubstr("fibre_db_per_km"), HasSubstr("is missing")));
  EXPECT_THAT(complaint("kind: point_to_point, length_km: 40, fibre_db_per_km: 0.25, tx_power_dbm: "
                        "-30, rx_sensitivity_dbm: -24"),
              HasSubstr("is not below tx_power_dbm"));
}

}  // namespace
}  // namespace yonder::scenarios
