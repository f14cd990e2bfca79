#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "../cli/process.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/yaml_tree.h"

// Each folder of scenarios/cases that has an expect.yaml is run as it ships, and its results are
// held within the bands there. The format of expect.yaml: docs/cases.md.
namespace yonder::test {
namespace {

using nlohmann::json;

const std::filesystem::path kCases =
    std::filesystem::path(YONDER_SOURCE_DIR) / "scenarios" / "cases";

struct Expectation {
  std::string where;  ///< expect.yaml:line
  std::string what;
  std::vector<std::string> pointers;  ///< one, or two whose ratio counts
  double low = 0.0;
  double high = 0.0;
};

std::string text_at(const scenarios::YamlNode& node, const char* key) {
  const scenarios::YamlEntry* entry = node.find(key);
  return entry == nullptr ? std::string() : entry->value.text;
}

double number(const scenarios::YamlNode& node) {
  std::string problem;
  const std::optional<double> value = scenarios::parse_number(node, problem);
  if (!value) throw std::runtime_error("line " + std::to_string(node.mark.line) + ": " + problem);
  return *value;
}

std::vector<Expectation> read_expectations(const std::filesystem::path& file) {
  static const std::set<std::string> keys = {"what", "what_zh", "claim", "claim_zh",
                                             "at",   "ratio",   "band",  "source"};
  const scenarios::YamlNode root = scenarios::parse_yaml(read_file(file), file.string());
  if (root.kind != scenarios::YamlNode::Kind::list) throw std::runtime_error("is no list");
  std::vector<Expectation> all;
  for (const scenarios::YamlNode& item : root.items) {
    const std::string where = "expect.yaml:" + std::to_string(item.mark.line);
    for (const scenarios::YamlEntry& entry : item.entries) {
      if (!keys.contains(entry.key)) throw std::runtime_error(where + ": unknown " + entry.key);
    }
    const scenarios::YamlEntry* at = item.find("at");
    const scenarios::YamlEntry* band = item.find("band");
    if (at == nullptr || band == nullptr || band->value.items.size() != 2 ||
        text_at(item, "what").empty() || text_at(item, "source").empty() ||
        item.find("claim") == nullptr) {
      throw std::runtime_error(where + ": needs what, claim, at, band: [low, high] and source");
    }
    const bool claims = item.find("claim")->value.kind == scenarios::YamlNode::Kind::scalar;
    if (text_at(item, "what_zh").empty() || claims != (item.find("claim_zh") != nullptr)) {
      throw std::runtime_error(where + ": needs what_zh, and claim_zh beside a claim");
    }
    Expectation expectation{.where = where, .what = text_at(item, "what"), .pointers = {}};
    if (at->value.kind == scenarios::YamlNode::Kind::list) {
      for (const scenarios::YamlNode& pointer : at->value.items) {
        expectation.pointers.push_back(pointer.text);
      }
    } else {
      expectation.pointers.push_back(at->value.text);
    }
    if (expectation.pointers.size() != (text_at(item, "ratio") == "true" ? 2U : 1U)) {
      throw std::runtime_error(where + ": two pointers go with ratio: true, one without");
    }
    expectation.low = number(band->value.items[0]);
    expectation.high = number(band->value.items[1]);
    all.push_back(std::move(expectation));
  }
  return all;
}

/// run.json; of a scenario with variants {"variants": {ID: its run.json}, "compare": compare.json}.
json results_in(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "compare.json")) {
    return json::parse(read_file(folder / "run.json"));
  }
  json root;
  root["compare"] = json::parse(read_file(folder / "compare.json"));
  for (const auto& id : root["compare"].at("variants")) {
    const auto name = id.is_string() ? id.get<std::string>() : id.at("id").get<std::string>();
    root["variants"][name] = json::parse(read_file(folder / name / "run.json"));
  }
  return root;
}

double value_at(const json& root, const std::string& pointer) {
  const json::json_pointer at(pointer);
  if (!root.contains(at)) throw std::runtime_error("there is nothing at " + pointer);
  const json& value = root.at(at);
  if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
  if (!value.is_number()) throw std::runtime_error("no number at " + pointer + ": " + value.dump());
  return value.get<double>();
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (!std::filesystem::exists(entry.path() / "expect.yaml")) continue;
#ifdef YONDER_SANITIZE
    // The sanitizers are for the code, which one case runs through as well as seven.
    if (entry.path().filename() != "island-zhoushan") continue;
#endif
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Case : public ::testing::TestWithParam<std::string> {};

TEST_P(Case, ComesOutWithinItsBands) {
  const std::filesystem::path folder = kCases / GetParam();
  const std::vector<Expectation> expectations = read_expectations(folder / "expect.yaml");
  ASSERT_FALSE(expectations.empty());
  const TemporaryFolder out;
  // As it ships, but for pictures and page. Variants share fields through a cache of this test's
  // own.
  const Outcome run = yonder(
      {"run", (folder / "scenario.yaml").string(), "--quiet", "-o", (out.path() / "out").string()},
      {.environment = {{"YONDER_FIELD_CACHE", out.path() / "cache"}}});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json results = results_in(out.path() / "out");
  for (const Expectation& expected : expectations) {
    SCOPED_TRACE(GetParam() + "/" + expected.where + ": " + expected.what);
    try {
      double value = value_at(results, expected.pointers[0]);
      if (expected.pointers.size() == 2) value /= value_at(results, expected.pointers[1]);
      EXPECT_GE(value, expected.low) << expected.pointers[0];
      EXPECT_LE(value, expected.high) << expected.pointers[0];
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Case, ::testing::ValuesIn(case_names()), test_name);

TEST(Cases, AreSeven) {
  std::size_t folders = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (!std::filesystem::exists(entry.path() / "scenario.yaml")) continue;
    ++folders;
    EXPECT_TRUE(std::filesystem::exists(entry.path() / "expect.yaml")) << entry.path();
    EXPECT_TRUE(std::filesystem::exists(entry.path() / "README.md")) << entry.path();
  }
  EXPECT_GE(folders, 7U);
}

}  // namespace
}  // namespace yonder::test
