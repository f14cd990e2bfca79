#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "tests/temporary_folder.h"

namespace yonder::scenarios {

/// A scenario with every section, three lines of which tests replace to make one thing wrong.
inline const std::string kGoodScenario = R"(yonder: 1
id: demo
title: {en: Desert highway, zh: 沙漠公路}
area:
  around_sites_km: 30
  pixel_m: 200
calculation: {radius_km: 30}
terrain:
  sources: [dem.tif]
carriers:
  - {id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, vertical_beamwidth_deg: 7}
  - {id: whip, type: omni, gain_dbd: 6}
sites:
  - id: S01
    name: {en: Luntai, zh: 轮台}
    lon_deg: 84.25
    lat_deg: 41.78
    cells:
      - id: S01-1
        carrier: n28
        antenna: panel
        height_agl_m: 40
        azimuth_deg: 120
        electrical_tilt_deg: 2
        power_w: 240
        feeder_loss_db: 0.5
      - {id: S01-2, carrier: n28, antenna: whip, height_agl_m: 41, power_dbm: 46}
receiver: {height_agl_m: 1.5}
propagation:
  model: free_space
thresholds:
  - {id: fair, rsrp_dbm: -115}
  - {id: good, name: {en: Good, zh: 良好}, rsrp_dbm: -105}
)";

/// A temporary folder with files, removed at the end of the test.
class ScenarioTest : public ::testing::Test {
 protected:
  ScenarioTest() { write("dem.tif", ""); }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    return own_.write(name, text);
  }

  Scenario load(const std::string& text, const std::vector<Override>& overrides = {}) const {
    return load_scenario(write("demo.yaml", text), overrides);
  }

  /// What is wrong with a scenario; empty when nothing is.
  std::vector<ScenarioError> errors(const std::string& text,
                                    const std::vector<Override>& overrides = {}) const {
    try {
      load(text, overrides);
    } catch (const ScenarioErrors& found) {
      return found.list();
    }
    return {};
  }

  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("no '" + from + "' in the test's scenario");
    return text.replace(at, from.size(), to);
  }
  static std::string good_but(const std::string& from, const std::string& to) {
    return replaced(kGoodScenario, from, to);
  }
  /// Line of the first occurrence of `part` in a text.
  static int line_of(const std::string& text, const std::string& part) {
    const std::size_t at = text.find(part);
    if (at == std::string::npos) throw std::logic_error("no '" + part + "' in the test's scenario");
    return 1 + static_cast<int>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }

  /// Replaces `from` by `to` in the good scenario and expects exactly one error: at the line of
  /// `at_text`, with that key path, its problem matching.
  void expect_error(const std::string& from, const std::string& to, const std::string& at_text,
                    const std::string& key_path,
                    const ::testing::Matcher<const std::string&>& problem) const {
    expect_error_in(good_but(from, to), at_text, key_path, problem);
  }
  void expect_error_in(const std::string& text, const std::string& at_text,
                       const std::string& key_path,
                       const ::testing::Matcher<const std::string&>& problem) const {
    const std::vector<ScenarioError> found = errors(text);
    std::string all;
    for (const ScenarioError& error : found) all += error.text() + "\n";
    ASSERT_EQ(found.size(), 1u) << all;
    EXPECT_EQ(found[0].mark.file, (folder_ / "demo.yaml").string());
    EXPECT_EQ(found[0].mark.line, line_of(text, at_text)) << all;
    EXPECT_EQ(found[0].key_path, key_path);
    EXPECT_THAT(found[0].problem, problem) << all;
  }

  const test::TemporaryFolder own_;
  const std::filesystem::path folder_ = own_.path();
};

}  // namespace yonder::scenarios
