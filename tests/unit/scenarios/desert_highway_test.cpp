#include <gtest/gtest.h>

#include <filesystem>

#include "scenarios/scenario.h"

namespace yonder::scenarios {
namespace {

const std::filesystem::path kCase =
    std::filesystem::path(YONDER_SOURCE_DIR) / "scenarios/cases/desert-highway";

TEST(DesertHighway, HasTwentySitesOfTwoSectors) {
  const Scenario scenario = load_scenario(kCase / "scenario.yaml", {});
  ASSERT_EQ(scenario.sites.size(), 20U);
  for (const SiteConfig& site : scenario.sites) {
    EXPECT_EQ(site.cells.size(), 2U) << site.id;
    EXPECT_FALSE(site.name.zh.empty()) << site.id;
  }
}

}  // namespace
}  // namespace yonder::scenarios
