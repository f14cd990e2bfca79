#include <gtest/gtest.h>

#include <array>
#include <set>

#include "propagation/models.h"
#include "tests/unit/repository/source_text.h"

/// What every line of propagation/model_list.h owes: a reference file, a page, and tables that
/// explain themselves.
namespace yonder::repository {
namespace {

#define YONDER_MODEL(id) #id,
constexpr auto kListed = std::to_array<std::string_view>({
#include "propagation/model_list.h"
});
#undef YONDER_MODEL

/// The three scenarios of TR 38.901 share one file of cases.
std::string reference_stem(std::string_view id) {
  return std::string(id.starts_with("tr38901_") ? "tr38901" : id);
}

class ListedModel : public testing::TestWithParam<std::string_view> {
 protected:
  const ModelInfo& info() const { return *propagation::find_model(GetParam()); }
  std::string page() const {
    return read_text(root() / "docs/models" / (std::string(GetParam()) + ".md"));
  }
};

TEST_P(ListedModel, IsFoundUnderItsId) {
  ASSERT_NE(propagation::find_model(GetParam()), nullptr);
  EXPECT_EQ(info().id, GetParam());
}

TEST_P(ListedModel, HasReferenceCasesOfItsOwn) {
  const std::filesystem::path stem = root() / "tests/reference" / reference_stem(GetParam());
  const std::filesystem::path jsonl = stem.string() + ".jsonl";
  const std::filesystem::path csv = stem.string() + ".csv";
  ASSERT_TRUE(std::filesystem::exists(jsonl) || std::filesystem::exists(csv))
      << stem << ".jsonl or .csv is missing";
  const std::string cases = read_text(std::filesystem::exists(jsonl) ? jsonl : csv);
  EXPECT_TRUE(has_word(cases, GetParam())) << "no case names the model " << GetParam();
}

TEST_P(ListedModel, HasAPageThatNamesItsRangesAndParameters) {
  ASSERT_NO_THROW(page()) << "docs/models/" << GetParam() << ".md is missing";
  const std::string text = page();
  for (const RangeSpec& range : info().ranges) {
    EXPECT_NE(text.find(range.name), std::string::npos) << "the page lacks " << range.name;
  }
  for (const ParameterSpec& parameter : info().parameters) {
    EXPECT_NE(text.find(parameter.name), std::string::npos) << "the page lacks " << parameter.name;
  }
}

TEST_P(ListedModel, StatesItsSourceAndItsMeaning) {
  EXPECT_FALSE(info().source.empty());
  EXPECT_FALSE(info().title.empty());
  EXPECT_NE(info().make, nullptr);
  for (const RangeSpec& range : info().ranges) {
    EXPECT_LT(range.min, range.max) << range.name;
    EXPECT_FALSE(range.source.empty()) << range.name;
  }
  for (const ParameterSpec& parameter : info().parameters) {
    EXPECT_FALSE(parameter.meaning.empty()) << parameter.name;
    EXPECT_EQ(parameter.table == TableForm::folder, !parameter.files.empty()) << parameter.name;
    if (parameter.table != TableForm::none) {
      ASSERT_TRUE(std::holds_alternative<std::string_view>(parameter.default_value))
          << parameter.name;
      EXPECT_TRUE(parameter.choices.empty()) << parameter.name;
    } else if (parameter.choices.empty()) {
      ASSERT_TRUE(std::holds_alternative<double>(parameter.default_value)) << parameter.name;
      EXPECT_TRUE(parameter.range.holds(std::get<double>(parameter.default_value)))
          << parameter.name;
    } else {
      const std::set<std::string_view> choices(parameter.choices.begin(), parameter.choices.end());
      ASSERT_TRUE(std::holds_alternative<std::string_view>(parameter.default_value))
          << parameter.name;
      EXPECT_TRUE(choices.contains(std::get<std::string_view>(parameter.default_value)))
          << parameter.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ListedModel, testing::ValuesIn(kListed),
                         [](const auto& model) { return std::string(model.param); });

TEST(ModelList, HoldsEachIdOnce) {
  const std::set<std::string_view> ids(kListed.begin(), kListed.end());
  EXPECT_EQ(ids.size(), kListed.size());
}

TEST(ModelList, NamesEveryFileOfTheModelsFolder) {
  const std::set<std::string_view> ids(kListed.begin(), kListed.end());
  for (const std::string& path : sources_in("propagation/models")) {
    const std::string stem = std::filesystem::path(path).stem();
    EXPECT_TRUE(ids.contains(stem)) << path << " is not compiled: model_list.h lacks " << stem;
  }
}

}  // namespace
}  // namespace yonder::repository
