#include <gmock/gmock.h>

#include "scenarios/scenario_variants.h"
#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Variants : public ScenarioTest {
 protected:
  std::vector<Scenario> load_all(const std::string& variants,
                                 const std::vector<Override>& overrides = {}) const {
    return load_variants(write("demo.yaml", kGoodScenario + variants), overrides);
  }

  std::vector<std::string> complaints(const std::string& variants,
                                      const std::vector<Override>& overrides = {}) const {
    std::vector<std::string> texts;
    try {
      load_all(variants, overrides);
    } catch (const ScenarioErrors& errors) {
      for (const ScenarioError& error : errors.list()) texts.push_back(error.text());
    }
    return texts;
  }
};

const std::string kTwo = R"(variants:
  - id: baseline
    name: {en: Baseline, zh: 基线}
  - id: taller
    set:
      sites[S01].cells[S01-1].height_agl_m: 80
      receiver: {height_agl_m: 3}
      sites[0].cells[1]: null
)";

TEST_F(Variants, OverrideKeysAsSetDoes) {
  const std::vector<Scenario> all = load_all(kTwo);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].sites[0].cells[0].height_agl_m, 40.0);
  EXPECT_EQ(all[0].sites[0].cells.size(), 2u);
  EXPECT_EQ(all[1].sites[0].cells[0].height_agl_m, 80.0);
  EXPECT_EQ(all[1].receiver.height_agl_m, 3.0);
  EXPECT_EQ(all[1].sites[0].cells.size(), 1u);
  ASSERT_NE(all[1].chosen_variant(), nullptr);
  EXPECT_EQ(all[1].chosen_variant()->id, "taller");
  EXPECT_EQ(all[1].chosen_variant()->name.en, "taller");
  EXPECT_EQ(all[1].variants.size(), 2u);
  EXPECT_EQ(full_title(all[0]).en, "Desert highway · Baseline");
  EXPECT_EQ(full_title(all[0]).zh, "沙漠公路 · 基线");
}

TEST_F(Variants, OneIsReadByItsIdAndTheFirstWithout) {
  const auto file = write("demo.yaml", kGoodScenario + kTwo);
  EXPECT_EQ(load_scenario(file, {}).chosen_variant()->id, "baseline");
  EXPECT_EQ(load_scenario(file, {}, {.variant = "taller"}).sites[0].cells[0].height_agl_m, 80.0);
  try {
    load_scenario(file, {}, {.variant = "tallr"});
    FAIL() << "takes an unknown variant";
  } catch (const ScenarioErrors& errors) {
    EXPECT_THAT(errors.what(),
                AllOf(HasSubstr("--variant"), HasSubstr("'taller'"), HasSubstr("baseline")));
  }
  try {
    load_scenario(write("plain.yaml", kGoodScenario), {}, {.variant = "taller"});
    FAIL() << "takes a variant of none";
  } catch (const ScenarioErrors& errors) {
    EXPECT_THAT(errors.what(), HasSubstr("has no variants"));
  }
}

TEST_F(Variants, SetOnTheCommandLineComesBeforeThem) {
  const std::vector<Scenario> all =
      load_all(kTwo, {{"sites[0].cells[0].height_agl_m", "55"}, {"area.pixel_m", "400"}});
  EXPECT_EQ(all[0].sites[0].cells[0].height_agl_m, 55.0);
  EXPECT_EQ(all[1].sites[0].cells[0].height_agl_m, 80.0);
  EXPECT_EQ(all[1].area.pixel_m, 400.0);
}

TEST_F(Variants, EchoIsTheVariantAlone) {
  const std::vector<Scenario> all = load_all(kTwo);
  EXPECT_THAT(all[1].echo, Not(HasSubstr("variants")));
  const Scenario again = load_scenario(write("echo.yaml", all[1].echo), {});
  EXPECT_EQ(again.sites[0].cells[0].height_agl_m, 80.0);
  EXPECT_EQ(again.chosen_variant(), nullptr);
}

TEST_F(Variants, FilesAreRelativeToTheScenario) {
  write("other/real.tif", "");
  const std::vector<Scenario> all =
      load_all("variants:\n  - {id: real, set: {terrain.sources: [other/real.tif]}}\n");
  EXPECT_THAT(all[0].terrain.sources[0].files, ElementsAre(folder_ / "other/real.tif"));
}

TEST_F(Variants, ProblemsNameTheLineOfTheVariant) {
  // kGoodScenario has 37 lines: "set" of the first stands in line 40.
  const int lines = static_cast<int>(std::ranges::count(kGoodScenario, '\n'));
  const auto at = [&](int line) { return "demo.yaml:" + std::to_string(lines + line) + ":"; };
  EXPECT_THAT(complaints("variants:\n"
                         "  - id: one\n"
                         "    set:\n"
                         "      sites[0].cells[0].power_w: -3\n"),
              ElementsAre(AllOf(HasSubstr(at(4)), HasSubstr("is negative"))));
  EXPECT_THAT(complaints("variants:\n"
                         "  - id: one\n"
                         "  - id: two\n"
                         "    set:\n"
                         "      sites[S02].cells[0].power_w: 3\n"),
              ElementsAre(AllOf(HasSubstr(at(5)), HasSubstr("variants[1].set"),
                                HasSubstr("no item 'S02'"), HasSubstr("sites[S01]"))));
  EXPECT_THAT(complaints("variants:\n"
                         "  - id: one\n"
                         "    set: {area.pixel: 100}\n"),
              ElementsAre(AllOf(HasSubstr(at(3)), HasSubstr("pixel_m"))));
}

TEST_F(Variants, WhatIsWrongInOneAloneSaysWhich) {
  EXPECT_THAT(
      complaints("variants:\n"
                 "  - id: one\n"
                 "  - id: two\n"
                 "    set: {\"antennas[panel]\": null}\n"),
      Contains(AllOf(HasSubstr("there is no antenna 'panel'"), HasSubstr("(variant two)"))));
}

TEST_F(Variants, RefuseWhatCannotBeAFolderOrIsTwice) {
  EXPECT_THAT(complaints("variants: [{id: a/b}, {id: ok}, {id: ok}]\n"),
              ElementsAre(AllOf(HasSubstr("variants[0].id"), HasSubstr("folder")),
                          AllOf(HasSubstr("variants[2].id"), HasSubstr("defined twice"))));
  EXPECT_THAT(complaints("variants: [taller]\n"), ElementsAre(HasSubstr("mapping of keys")));
  EXPECT_THAT(complaints("variants: taller\n"), ElementsAre(HasSubstr("must be a list")));
  EXPECT_THAT(complaints("variants: [{id: a, sett: {area.pixel_m: 3}}]\n"),
              ElementsAre(HasSubstr("did you mean set?")));
  EXPECT_THAT(complaints("variants: [{id: a, set: {variants: []}}]\n"),
              Contains(HasSubstr("no variants of its own")));
}

TEST_F(Variants, MarkedErrorsOfTheScenarioAreToldOnce) {
  EXPECT_EQ(complaints(kTwo, {{"area.pixel_m", "-1"}}).size(), 1u);
}

}  // namespace
}  // namespace yonder::scenarios
