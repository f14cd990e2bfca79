#include "scenarios/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
using ::testing::HasSubstr;

TEST(Compare, FlattensNumbersByPathAndListsByTheirIds) {
  const ordered_json record = ordered_json::parse(R"({
    "kpis": {"judged_pixels": 7, "thresholds": [{"id": "good", "all": {"share": 0.5}}]},
    "service": {"terminals": [{"id": "car", "classes": [{"id": "weak", "code": 3, "km2": 2.5}]}]},
    "shapes": {"routes": {"a/b": {"holes": [{"from_m": 1}], "covered_share": 0.25}}},
    "timings_s": {"total": 3}
  })");
  const std::vector<KpiRow> rows = flatten_record(record);
  std::vector<std::string> names;
  for (const KpiRow& row : rows) {
    names.push_back(row.name);
    EXPECT_TRUE(record.contains(ordered_json::json_pointer(row.path))) << row.path;
    EXPECT_EQ(record.at(ordered_json::json_pointer(row.path)).get<double>(), *row.values[0]);
  }
  EXPECT_THAT(names,
              ::testing::ElementsAre("/kpis/judged_pixels", "/kpis/thresholds/good/all/share",
                                     "/service/terminals/car/classes/weak/km2",
                                     "/shapes/routes/a~1b/covered_share"));
}

TEST(Compare, GainsInMetresAndPercent) {
  const Gain gain{"range", "range", "", {20000.0, 29000.0, std::nullopt}};
  EXPECT_DOUBLE_EQ(*gain.gain_m(1), 9000.0);
  EXPECT_DOUBLE_EQ(*gain.gain_percent(1), 45.0);
  EXPECT_FALSE(gain.gain_m(2).has_value());
  const Gain from_nothing{"range", "range", "", {0.0, 5.0}};
  EXPECT_FALSE(from_nothing.gain_percent(1).has_value());
}

RunFolder run_of(const std::string& id, double covered_km2, std::size_t sites) {
  RunFolder run{id, {id, ""}, "/nowhere", ordered_json::object()};
  run.record["kpis"]["thresholds"] = ordered_json::array(
      {{{"id", "good"}, {"rsrp_dbm", -105.0}, {"all", {{"covered_km2", covered_km2}}}}});
  run.record["sites"] = ordered_json::array();
  for (std::size_t i = 0; i < sites; ++i) run.record["sites"].push_back({{"id", i}});
  return run;
}

// 100 and 225 pi km2 are circles of 10 and 15 km.
TEST(Compare, SitesRadiiAreOfRunsWithAsManySitesAsTheFirst) {
  constexpr double kPi = 3.14159265358979;
  const std::filesystem::path folder = ::testing::TempDir() + "yonder-compare-test";
  const Comparison found = compare_runs(
      {run_of("a", 100.0 * kPi, 1), run_of("b", 150.0 * kPi, 2), run_of("c", 225.0 * kPi, 1)},
      StagedOutput(folder), false);
  std::filesystem::remove_all(folder);
  ASSERT_EQ(found.gains.size(), 1U);
  const Gain& gain = found.gains.front();
  EXPECT_EQ(gain.id, "area_radius_good");
  EXPECT_NEAR(*gain.values_m[0], 10e3, 1e-6);
  EXPECT_FALSE(gain.values_m[1]);
  EXPECT_NEAR(*gain.gain_percent(2), 50.0, 1e-9);
}

}  // namespace
}  // namespace yonder::scenarios
