#include "scenarios/utf8.h"

#include "scenario_fixture.h"
#include "scenarios/scenario_error.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

using namespace std::string_literals;

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

void expect_refused(const std::string& text, const std::string& where, const std::string& why) {
  try {
    parse_yaml(text, "bad.yaml");
    ADD_FAILURE() << "taken: " << text;
  } catch (const ScenarioErrors& errors) {
    EXPECT_THAT(errors.what(), testing::HasSubstr(where));
    EXPECT_THAT(errors.what(), testing::HasSubstr(why));
  }
}

// Found by fuzzing: null bytes at the start, and the file was read as UTF-32.
TEST(Utf8, IsNotWhatAnEditorSavesAsUtf16) {
  std::string utf16;
  for (const char c : std::string("yonder: 1\n")) {
    utf16 += c;
    utf16 += '\0';
  }
  expect_refused(utf16, "bad.yaml:1", "control character");
  expect_refused(std::string("a: 1\nb: \0\n", 10), "bad.yaml:2", "control character");
  for (const char c : {'\x01', '\x07', '\x0b', '\x1b', '\x7f'}) {
    expect_refused(std::string("a: 1\nb: ") + c, "bad.yaml:2", "control character");
  }
  const YamlNode escaped = parse_yaml("a: \"\\x07\\0\"\r\n", "a.yaml");
  ASSERT_NE(escaped.find("a"), nullptr);
  EXPECT_EQ(escaped.find("a")->value.text, "\a\0"s);
  EXPECT_EQ(parse_yaml(emit_yaml(escaped), "b.yaml").find("a")->value.text, "\a\0"s);
}

TEST(Utf8, HoldsCharactersOnly) {
  // What is emitted would be U+FFFD instead.
  for (const char* bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xB7\x90", "\xEF\xB7\xAF",
                          "\xF0\x9F\xBF\xBE", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(holds_noncharacter(std::string("a") + bad)) << bad;
    expect_refused(std::string("a: 1\nb: [x, ") + bad + "]\n", "bad.yaml:2", "no character");
  }
  expect_refused("a: \"\\uFFFE\"\n", "bad.yaml:1", "no character");
  expect_refused("\"\\uFFFF\": 1\n", "bad.yaml:1", "no character");
  for (const char* good : {"", "轮台", "\xEF\xBF\xBD", "\xEF\xB7\x8F", "\xEF\xB7\xB0",
                           "\xF0\x9F\xBE\xBE", "\xF4\x8F\xBF\xBD", "\xEE\x80\x80"}) {
    EXPECT_FALSE(holds_noncharacter(good)) << good;
  }
}

}  // namespace
}  // namespace yonder::scenarios
