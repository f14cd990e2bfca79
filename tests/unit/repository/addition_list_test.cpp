#include <gtest/gtest.h>

#include <array>
#include <set>

#include "propagation/addition_conflicts.h"
#include "propagation/additions.h"
#include "tests/unit/repository/source_text.h"

/// What every line of propagation/addition_list.h owes: a file, a row on the page of additions, and
/// tables that explain themselves.
namespace yonder::repository {
namespace {

using propagation::AdditionInfo;

std::string page() { return read_text(root() / "docs/additions.md"); }

TEST(AdditionList, NamesEveryFileOfTheFolderAndEachOnce) {
  std::set<std::string> listed;
  for (const AdditionInfo* info : propagation::all_additions()) {
    EXPECT_TRUE(listed.insert(std::string(info->id)).second) << info->id;
    EXPECT_EQ(propagation::find_addition(info->id), info);
    EXPECT_EQ(std::string(info->term_key), std::string(info->id) + "_db");
  }
  std::set<std::string> files;
  for (const std::string& path : sources_in("propagation/additions")) {
    files.insert(std::filesystem::path(path).stem().string());
  }
  EXPECT_EQ(files, listed);
}

TEST(AdditionList, GoesFromTheAirToTheSurroundingsToTheShell) {
  auto last = propagation::AdditionKind::medium;
  for (const AdditionInfo* info : propagation::all_additions()) {
    EXPECT_GE(info->kind, last) << info->id;
    last = info->kind;
  }
}

TEST(AdditionList, PageNamesIdsInOrderWithRangesAndParameters) {
  const std::string text = page();
  std::size_t at = 0;
  for (const AdditionInfo* info : propagation::all_additions()) {
    const std::size_t row = text.find("| [`" + std::string(info->id) + "`]");
    ASSERT_NE(row, std::string::npos) << info->id;
    EXPECT_GT(row, at) << info->id << " stands out of order";
    at = row;
    for (const ParameterSpec& parameter : info->parameters) {
      EXPECT_NE(text.find(parameter.name), std::string::npos) << parameter.name;
    }
    for (const RangeSpec& range : info->ranges) {
      EXPECT_NE(text.find(range.name), std::string::npos) << range.name;
      EXPECT_FALSE(range.source.empty()) << info->id;
      EXPECT_LT(range.min, range.max) << info->id;
    }
  }
}

TEST(AdditionList, PageNamesEveryModelThatExcludesOne) {
  const std::string text = page();
  const std::string table = text.substr(text.find("## What does not go together"));
  for (const propagation::ModelExclusion& row : propagation::model_exclusions()) {
    EXPECT_NE(table.find("`" + std::string(row.model) + "`"), std::string::npos) << row.model;
  }
}

TEST(AdditionList, ParametersHaveValidDefaultsAndMeanings) {
  for (const AdditionInfo* info : propagation::all_additions()) {
    EXPECT_FALSE(info->source.empty());
    EXPECT_FALSE(info->title.empty());
    for (const ParameterSpec& parameter : info->parameters) {
      SCOPED_TRACE(std::string(info->id) + "." + std::string(parameter.name));
      EXPECT_FALSE(parameter.meaning.empty());
      if (parameter.choices.empty()) {
        EXPECT_TRUE(parameter.range.holds(std::get<double>(parameter.default_value)));
      } else {
        const std::set<std::string_view> choices(parameter.choices.begin(),
                                                 parameter.choices.end());
        EXPECT_TRUE(choices.contains(std::get<std::string_view>(parameter.default_value)));
      }
    }
  }
}

}  // namespace
}  // namespace yonder::repository
