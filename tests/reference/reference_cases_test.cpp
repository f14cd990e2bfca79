#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "scenarios/loss_cases.h"

/// Holds every file tests/reference/*.jsonl through the same door as `yonder loss --cases`: each
/// number of a case's "expected" within the file's tolerance, each word equal, each refusal naming
/// the same parameter.
namespace yonder::scenarios {
namespace {

using nlohmann::json;

struct Tolerance {
  double absolute = 0.0;
  double relative = 0.0;
  double loss_db = 0.0;  ///< for loss_db itself
};

/// tests/reference/tolerances.json: {"<file stem>": {"loss_db": .., "absolute": .., "relative":
/// ..}}.
Tolerance tolerance_of(const std::string& stem) {
  std::ifstream in(std::string(YONDER_SOURCE_DIR) + "/tests/reference/tolerances.json");
  const json all = json::parse(in);
  const json& one = all.at(stem);
  return {one.at("absolute"), one.at("relative"), one.at("loss_db")};
}

void compare(const json& expected, const json& actual, const std::string& key,
             const Tolerance& tolerance) {
  if (expected.is_null()) return;
  if (expected.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      ASSERT_TRUE(actual.contains(name)) << key << "." << name << " is not in the answer";
      compare(value, actual[name], name, tolerance);
    }
  } else if (expected.is_array()) {
    ASSERT_EQ(expected.size(), actual.size()) << key;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(expected[i], actual[i], key, tolerance);
    }
  } else if (expected.is_number()) {
    ASSERT_TRUE(actual.is_number()) << key << ": " << actual;
    const double want = expected.get<double>();
    const double bound = key == "loss_db"
                             ? tolerance.loss_db
                             : tolerance.absolute + tolerance.relative * std::abs(want);
    EXPECT_NEAR(actual.get<double>(), want, bound) << key;
  } else {
    EXPECT_EQ(actual, expected) << key;
  }
}

/// The curves of itu_p1546 may not be shipped: whoever has them names their file (layout:
/// docs/models/itu_p1546.md) in this variable.
constexpr const char* kCurvesVariable = "YONDER_P1546_TABLES";

class ReferenceFile : public testing::TestWithParam<std::string> {};

TEST_P(ReferenceFile, AgreesInEveryCase) {
  const Tolerance tolerance = tolerance_of(GetParam());
  CaseFiles files;
  if (GetParam() == "itu_p1546") {
    const char* curves = std::getenv(kCurvesVariable);
    if (curves == nullptr || *curves == '\0') {
      GTEST_SKIP() << "needs the tabulated curves of ITU-R P.1546-6: set " << kCurvesVariable
                   << " to their CSV file (docs/models/itu_p1546.md)";
    }
    files.defaults["curves"] = std::filesystem::absolute(curves);
  }
  std::ifstream in(std::string(YONDER_SOURCE_DIR) + "/tests/reference/" + GetParam() + ".jsonl");
  int cases = 0;
  for (std::string line; std::getline(in, line);) {
    const json loss_case = json::parse(line);
    const json answer = evaluate_case(loss_case, {}, files);
    SCOPED_TRACE(loss_case.at("id").get<std::string>() + " answered " +
                 answer.value("message", std::string("with a loss")));
    compare(loss_case.at("expected"), answer, "expected", tolerance);
    ++cases;
  }
  EXPECT_GT(cases, 0);
}

std::vector<std::string> reference_files() {
  std::vector<std::string> stems;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(YONDER_SOURCE_DIR) + "/tests/reference")) {
    if (entry.path().extension() == ".jsonl") stems.push_back(entry.path().stem());
  }
  std::sort(stems.begin(), stems.end());
  return stems;
}

INSTANTIATE_TEST_SUITE_P(All, ReferenceFile, testing::ValuesIn(reference_files()),
                         [](const auto& file) { return file.param; });

}  // namespace
}  // namespace yonder::scenarios
