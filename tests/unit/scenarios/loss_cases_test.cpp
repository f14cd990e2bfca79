#include "scenarios/loss_cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iomanip>
#include <sstream>

namespace yonder::scenarios {
namespace {

using nlohmann::json;

const char* const kGood =
    R"({"id": "a", "model": "free_space", "frequency_mhz": 700, "distance_m": 1000})";

json good_with(const char* changes) {
  json loss_case = json::parse(kGood);
  loss_case.merge_patch(json::parse(changes));
  return loss_case;
}

struct BadCase {
  const char* changes;
  const char* error;
  const char* parameter;
};

class RefusedCase : public testing::TestWithParam<BadCase> {};

TEST_P(RefusedCase, NamesTheKindAndTheKey) {
  const json answer = evaluate_case(good_with(GetParam().changes));
  EXPECT_EQ(answer.at("id"), "a");
  EXPECT_EQ(answer.at("error"), GetParam().error) << answer;
  EXPECT_EQ(answer.at("parameter"), GetParam().parameter);
  EXPECT_NE(answer.at("message"), "");
  EXPECT_FALSE(answer.contains("loss_db"));
}

// null in a merge patch removes the key.
INSTANTIATE_TEST_SUITE_P(
    All, RefusedCase,
    testing::Values(
        BadCase{R"({"frequency_mhz": null})", "missing", "frequency_mhz"},
        BadCase{R"({"distance_m": null})", "missing", "distance_m"},
        BadCase{R"({"model": null})", "missing", "model"},
        BadCase{R"({"model": "itu_p1812"})", "missing", "profile"},
        BadCase{R"({"frequency_mhz": "700"})", "wrong_type", "frequency_mhz"},
        BadCase{R"({"polarization": "circular"})", "wrong_value", "polarization"},
        BadCase{R"({"time_percent": 50})", "wrong_value", "time_percent"},
        BadCase{R"({"model": "free_spice"})", "unknown_model", "model"},
        BadCase{R"({"frequency_mhz": -1})", "out_of_range", "frequency_mhz"},
        BadCase{R"({"distance_m": 0})", "not_applicable", "path"},
        BadCase{R"({"profile": {"distance_m": [0, 10], "ground_amsl_m": [1]}})", "wrong_length",
                "profile.ground_amsl_m"},
        BadCase{R"({"profile": {"distance_m": [0, 0], "ground_amsl_m": [1, 2]}})", "wrong_value",
                "profile.distance_m"},
        BadCase{R"({"profile": {"distance_m": [0, 10], "step_m": 10, "ground_amsl_m": [1, 2]}})",
                "conflict", "profile.step_m"},
        BadCase{R"({"profile": {"step_m": 10, "ground_amsl_m": [1, 2], "zone": ["sea", "lake"]}})",
                "wrong_value", "profile.zone"}));

TEST(LossCases, ARefusedRangeNamesItsLimit) {
  const json answer = evaluate_case(good_with(R"({"frequency_mhz": 0})"));
  EXPECT_EQ(answer.at("bound"), "min");
  EXPECT_EQ(answer.at("limit"), 0.0);
  EXPECT_EQ(answer.at("limit_itself_allowed"), false);
}

TEST(LossCases, AnUnknownModelNamesTheNearest) {
  EXPECT_THAT(
      evaluate_case(good_with(R"({"model": "free_spice"})")).at("message").get<std::string>(),
      testing::HasSubstr("free_space"));
}

TEST(LossCases, AnOverrideReplacesTheCasesModel) {
  EXPECT_TRUE(
      evaluate_case(good_with(R"({"model": "nothing"})"), "free_space").contains("loss_db"));
}

TEST(LossCases, AFileMayNameTheModelOfCasesThatDoNot) {
  json loss_case = json::parse(kGood);
  loss_case.erase("model");
  CaseFiles files;
  files.model = "free_space";
  EXPECT_TRUE(evaluate_case(loss_case, {}, files).contains("loss_db"));
  loss_case["model"] = "free_spice";
  EXPECT_EQ(evaluate_case(loss_case, {}, files).at("error"), "unknown_model");
  loss_case["model"] = 7;
  EXPECT_EQ(evaluate_case(loss_case, {}, files).at("error"), "missing");
  EXPECT_TRUE(is_case_model("nr_tbs"));
  EXPECT_TRUE(is_case_model("free_space"));
  EXPECT_FALSE(is_case_model("answers"));
}

json transport_block(const char* changes) {
  json loss_case = json::parse(
      R"({"id": "t", "model": "nr_tbs", "symbols": 9, "dmrs_re_per_prb": 6, "prbs": 1, "layers": 1,
          "overhead_re_per_prb": 18, "modulation_order": 2, "target_code_rate_x1024": 120})");
  loss_case.merge_patch(json::parse(changes));
  return evaluate_case(loss_case);
}

TEST(LossCases, ATransportBlockThatCannotBeIsRefused) {
  EXPECT_EQ(transport_block("{}").at("tbs_bits"), 24);
  for (const auto& [changes, error, parameter] :
       {std::array{R"({"prbs": 276})", "out_of_range", "prbs"},
        {R"({"prbs": 1.5})", "wrong_value", "prbs"},
        {R"({"layers": 5})", "out_of_range", "layers"},
        {R"({"overhead_re_per_prb": 7})", "wrong_value", "overhead_re_per_prb"},
        {R"({"modulation_order": 3})", "wrong_value", "modulation_order"},
        {R"({"target_code_rate_x1024": 1024})", "out_of_range", "target_code_rate_x1024"},
        {R"({"symbols": 1})", "not_applicable", "symbols"},
        {R"({"layer": 2})", "unknown_key", "layer"}}) {
    const json answer = transport_block(changes);
    EXPECT_EQ(answer.at("error"), error) << changes;
    EXPECT_EQ(answer.at("parameter"), parameter) << changes;
  }
}

TEST(LossCases, AFileGoesOnAfterBadLinesAndCountsThem) {
  std::istringstream in(std::string(kGood) + "\n\nnot json\n[1]\n" + kGood + "\n");
  std::ostringstream out;
  const CaseFileSummary summary = evaluate_case_file(in, out);
  EXPECT_EQ(summary.cases, 4);
  EXPECT_EQ(summary.errors, 2);
  std::vector<json> answers;
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) answers.push_back(json::parse(line));
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_TRUE(answers[0].contains("loss_db"));
  EXPECT_EQ(answers[1].at("error"), "not_json");
  EXPECT_THAT(answers[1].at("message").get<std::string>(), testing::HasSubstr("line 3"));
  EXPECT_EQ(answers[2].at("error"), "wrong_type");
  EXPECT_EQ(answers[3], answers[0]);
}

TEST(LossCases, TheExampleOfTheDocumentationGivesItsLoss) {
  std::ifstream in(std::string(YONDER_SOURCE_DIR) + "/docs/loss-cases.md");
  const std::string page((std::istreambuf_iterator<char>(in)), {});
  const std::string fence = "```json\n";
  const std::size_t open = page.find(fence) + fence.size();
  const json answer = evaluate_case(json::parse(page.substr(open, page.find("```", open) - open)));
  ASSERT_TRUE(answer.contains("loss_db")) << answer;
  std::ostringstream stated;
  stated << std::fixed << std::setprecision(2) << answer.at("loss_db").get<double>();
  EXPECT_NE(page.find("\"loss_db\": " + stated.str() + ","), std::string::npos)
      << "the page does not say " << stated.str();
}

}  // namespace
}  // namespace yonder::scenarios
