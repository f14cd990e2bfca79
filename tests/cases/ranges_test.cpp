#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "../cli/process.h"

// What the cases come to without terrain, by `yonder budget`: ranges that a report may be held
// against.
namespace yonder::test {
namespace {

using nlohmann::json;

std::string scenario_of(const std::string& name) {
  return std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/" + name + "/scenario.yaml";
}

json budget(const std::string& name, const std::vector<std::string>& settings = {},
            const std::string& variant = {}) {
  std::vector<std::string> arguments = {"budget", scenario_of(name), "--json"};
  if (!variant.empty()) arguments.insert(arguments.end(), {"--variant", variant});
  for (const std::string& setting : settings) {
    arguments.push_back("--set");
    arguments.push_back(setting);
  }
  const Outcome run = yonder(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.exit_code == 0 ? json::parse(run.out) : json();
}

double service_range_km(const json& budget, const std::string& terminal) {
  for (const json& one : budget.at("budgets")) {
    if (one.at("terminal") == terminal) return one.at("service_range_km");
  }
  throw std::runtime_error("no budget of " + terminal);
}

double desert_range_km(const std::string& variant) {
  return service_range_km(budget("desert-highway", {}, variant), "handset");
}

TEST(DesertHighwayRange, UltraFarSiteReachesThirtyKilometresAndSomeFortyPercentFarther) {
  const double before_km = desert_range_km("baseline");
  const double after_km = desert_range_km("ultra-far");
  EXPECT_GE(after_km, 30.0);
  EXPECT_GE(after_km / before_km, 1.35);
  EXPECT_LE(after_km / before_km, 1.55);
}

TEST(DesertHighwayRange, NeitherRadiosNorMastAloneGiveIt) {
  const double before_km = desert_range_km("baseline");
  EXPECT_LT(desert_range_km("taller") / before_km, 1.3);
  EXPECT_LT(desert_range_km("stacked") / before_km, 1.3);
}

// 14.5 km, whatever the power: PRACH format 0's guard time.
TEST(CaseRanges, EndAtFourteenAndAHalfKilometresWithFormatZero) {
  for (const char* name :
       {"desert-highway", "sea-guangdong", "island-zhoushan", "village-rural", "gorge-motuo"}) {
    const json result = budget(name, {"cell_defaults.prach_format=0", "cell_defaults.n_cs=0"});
    for (const json& cell : result.at("cells")) {
      EXPECT_NEAR(cell.at("access").at("range_km").get<double>(), 14.5, 0.05) << name;
    }
  }
}

TEST(CaseRanges, FourGuardSymbolsEndAtSeventeenAndAHalfKilometres) {
  const std::vector<std::pair<std::string, std::string>> with_tdd = {
      {"sea-shandong", "synergy"}, {"railway-lijiang-shangrila", "together"}};
  for (const auto& [name, variant] : with_tdd) {
    int cells = 0;
    const json result = budget(name, {}, variant);
    for (const json& cell : result.at("cells")) {
      for (const json& limit : cell.at("access").at("limits")) {
        if (limit.at("limit") != "tdd_guard_period") continue;
        ++cells;
        EXPECT_NEAR(limit.at("range_km").get<double>(), 17.5, 0.05) << name;
      }
    }
    EXPECT_GT(cells, 0) << name;
  }
}

}  // namespace
}  // namespace yonder::test
