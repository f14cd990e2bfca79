#include "scenarios/utf8.h"

#include "scenario_fixture.h"
#include "scenarios/scenario_error.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

TEST(Utf8, IsWhatRfc3629Allows) {
  for (const char* good :
       {"", "plain\n", "轮台 Léim ∑", "\xF0\x9F\x93\xA1", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80", "\xF0\x90\x80\x80"}) {
    EXPECT_EQ(first_line_not_utf8(good), 0) << good;
  }
  for (const char* bad :
       {"\x80", "\xFF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE8\xBD", "\xC3", "caf\xE9 "}) {
    EXPECT_EQ(first_line_not_utf8(bad), 1) << bad;
    EXPECT_EQ(first_line_not_utf8("轮\n" + std::string(bad) + "\n"), 2) << bad;
  }
}

// A scenario saved as GBK by an editor was computed whole, and then its record could not be
// written.
TEST(Utf8, IsWhatAScenarioMustBe) {
  const std::string gbk = "yonder: 1\ntitle: {zh: \"\xC2\xD6\xCC\xA8\"}\n";
  try {
    parse_yaml(gbk, "gbk.yaml");
    ADD_FAILURE() << "taken";
  } catch (const ScenarioErrors& errors) {
    EXPECT_THAT(errors.what(), testing::HasSubstr("gbk.yaml:2"));
    EXPECT_THAT(errors.what(), testing::HasSubstr("UTF-8"));
  }
}

}  // namespace
}  // namespace yonder::scenarios
