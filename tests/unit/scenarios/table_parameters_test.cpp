#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/text.h"
#include "scenarios/loss_cases.h"
#include "tests/unit/propagation/p1546_table.h"
#include "tests/unit/scenarios/scenario_fixture.h"

/// Parameters whose values are files: from scenarios and case files to the models.
namespace yonder::scenarios {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Made-up curves, 40 - 20 log d dB(uV/m) everywhere.
std::string curves_csv() {
  const NumberTable table =
      propagation::made_up_curves([](const std::string&, double, double, double km, double) {
        return 40 - 20 * std::log10(km);
      });
  std::string text = "surface";
  for (const std::string& column : table.columns) text += "," + column;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += "\n" + table.labels[row];
    for (std::size_t i = 0; i < table.width; ++i) text += "," + number_text(table.at(row, i));
  }
  return text + "\n";
}

class TableParameters : public ScenarioTest {
 protected:
  static std::string with(const std::string& parameters) {
    return good_but("model: free_space", "model: itu_p1546\n  parameters: {" + parameters + "}");
  }
  json answer(const std::string& more, const CaseFiles& files) const {
    json one = json::parse(R"({"id": 1, "model": "itu_p1546", "frequency_mhz": 600,
        "tx": {"height_agl_m": 75}, "rx": {"height_agl_m": 10}})");
    one.merge_patch(json::parse(more));
    return evaluate_case(one, {}, files);
  }
};

TEST_F(TableParameters, ScenarioNamesAFileBesideIt) {
  const auto file = write("tables/curves.csv", curves_csv());
  const Scenario s = load(with("curves: tables/curves.csv, time_percent: 10"));
  EXPECT_THAT(s.input_files, Contains(file));
  const auto& tables =
      std::get<std::shared_ptr<const NumberTables>>(s.propagation.parameters.at("curves"));
  EXPECT_EQ(tables->origin, file.string());
  EXPECT_EQ(tables->tables.front().rows(), 108U);
}

TEST_F(TableParameters, OverridesFindTheFileFromTheCurrentFolder) {
  const auto file = write("curves.csv", curves_csv());
  const std::string relative = std::filesystem::relative(file).string();
  EXPECT_THAT(errors(with("time_percent: 10"), {{"propagation.parameters.curves", relative}}),
              IsEmpty());
}

TEST_F(TableParameters, MissingFileIsNamedOnceAtItsLine) {
  expect_error_in(with("curves: none.csv"), "none.csv", "propagation.parameters.curves",
                  HasSubstr("there is no file " + (folder_ / "none.csv").string()));
}

TEST_F(TableParameters, ModelWithoutItsFileTeachesWhatItWants) {
  expect_error_in(with("time_percent: 10"), "parameters:", "propagation.parameters.curves",
                  HasSubstr("docs/models/itu_p1546.md"));
}

TEST_F(TableParameters, FileTheModelCannotTakeIsNamedWithItsLine) {
  std::string text = curves_csv();
  write("curves.csv", replaced(text, "land,100,10,", "land,150,10,"));
  expect_error_in(with("curves: curves.csv"), "curves.csv", "propagation.parameters.curves",
                  HasSubstr("curves.csv:6: frequency_mhz 150 is none of the nominal values"));
  // What is no number is told at its place in the file itself.
  write("curves.csv", replaced(text, "land,100,10,", "land,100 MHz,10,"));
  const auto found = errors(with("curves: curves.csv"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].text(), HasSubstr("curves.csv:6: row 6, column frequency_mhz: '100 MHz'"));
}

TEST_F(TableParameters, CaseFindsTheFileBesideTheCaseFileOrTheDefault) {
  const auto file = write("curves.csv", curves_csv());
  const double flat = 139.3 - 0.0 + 20 * std::log10(600.0);  // 40 - 20 log 100 = 0 dB(uV/m)
  const auto loss = [&](const json& given) { return given.value("loss_db", std::nan("")); };
  const json beside = answer(R"({"curves": "curves.csv", "distance_m": 100000})",
                             {.base = folder_, .defaults = {}});
  EXPECT_NEAR(loss(beside), flat, 1e-4) << beside;
  const json standard =
      answer(R"({"distance_m": 100000})", {.base = {}, .defaults = {{"curves", file}}});
  EXPECT_NEAR(loss(standard), flat, 1e-4) << standard;
  const json missing = answer(R"({"curves": "none.csv", "distance_m": 1000})", {});
  EXPECT_EQ(missing.at("error"), "unreadable_file");
  EXPECT_EQ(missing.at("parameter"), "curves");
  EXPECT_EQ(answer(R"({"distance_m": 1000})", {}).at("parameter"), "curves");
}

TEST_F(TableParameters, SectionsOfACaseAddUpToItsDistance) {
  const CaseFiles files = {.base = {}, .defaults = {{"curves", write("curves.csv", curves_csv())}}};
  const json mixed = answer(
      R"({"path": [{"zone": "land", "length_m": 30000}, {"zone": "cold_sea", "length_m": 40000},
                   {"zone": "land", "length_m": 30000}]})",
      files);
  EXPECT_NEAR(mixed.at("terms").at("sea_share").get<double>(), 0.4, 1e-12) << mixed;
  EXPECT_EQ(answer(R"({"path": [{"zone": "lake", "length_m": 3000}]})", files).at("parameter"),
            "path.lake_m");
  EXPECT_EQ(answer(R"({"path": [3000]})", files).at("parameter"), "path");
}

TEST_F(TableParameters, MapsOfP2001AreNamedEachWhereMissing) {
  write("maps/DN_Median.txt", "1 2\n");
  const auto found =
      errors(good_but("model: free_space", "model: itu_p2001\n  parameters: {climate_maps: maps}"));
  ASSERT_EQ(found.size(), 13U);
  EXPECT_THAT(found.front().text(), HasSubstr("there is no such file"));
  expect_error_in(
      good_but("model: free_space", "model: itu_p2001\n  parameters: {climate_maps: nowhere}"),
      "nowhere", "propagation.parameters.climate_maps", HasSubstr("there is no folder"));
}

}  // namespace
}  // namespace yonder::scenarios
