#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "map_results.h"
#include "process.h"

namespace yonder::test {

/// A template of a map. `sites`: further lines.
inline std::string map_yaml(const std::string& terrain = kDunes, const std::string& sites = "") {
  return R"(yonder: 1
id: dunes
area: {around_sites_km: 6, pixel_m: 200}
calculation: {radius_km: 6}
terrain: {sources: [)" +
         terrain + R"(]}
carriers: [{id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}]
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}
  - {id: whip, type: omni, gain_dbi: 8}
cell_defaults: {carrier: n28, antenna: panel, power_w: 40, prach_format: 1}
)" + sites +
         R"(receiver: {height_agl_m: 1.5}
terminals: [{id: handset, profile: handset_outdoors}]
service: {layers: [class, binding, dl_rate]}
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, rsrp_dbm: -105}, {id: edge, rsrp_dbm: -115}]
outputs: {picture: false}
)";
}

/// Two sites 26 km apart, so that most tiles know one of them only.
inline const std::string kCells =
    "ENB,CELL,LON,LAT,H,AZ,VENDOR\n"
    "A,A-1,83.90,39.60,40,30,x\n"
    "A,A-2,83.90,39.60,40,210,x\n"
    "B,B-1,84.20,39.60,30,120,x\n";
inline const std::string kPlan = R"(yonder_batch: 1
scenario: map.yaml
sites_csv: cells.csv
columns: {ENB: site_id, CELL: cell_id, LON: lon_deg, LAT: lat_deg, H: height_agl_m,
          AZ: "sites[].cells[].azimuth_deg", "*": null}
tile_px: 64
)";

/// A batch of two sites in some eight tiles, and what it leaves behind.
class Batch : public testing::Test {
 protected:
  using json = nlohmann::json;

  void SetUp() override {
    folder_.write("map.yaml", map_yaml());
    folder_.write("cells.csv", kCells);
    folder_.write("plan.yaml", kPlan);
  }
  std::filesystem::path out() const { return folder_.path() / "out"; }
  Outcome batch(const std::vector<std::string>& more = {},
                const ProcessSettings& settings = {}) const {
    return batch_into(out(), more, settings);
  }
  Outcome batch_into(const std::filesystem::path& directory,
                     const std::vector<std::string>& more = {},
                     const ProcessSettings& settings = {}) const {
    std::vector<std::string> arguments = {"batch", (folder_.path() / "plan.yaml").string(),
                                          "-o",    directory.string(),
                                          "--log", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments, settings);
  }
  static json record(const std::filesystem::path& directory) {
    return json::parse(read_file(directory / "run.json"));
  }
  /// Every file that has to be the same whoever computed it, by its path.
  static std::map<std::string, std::string> contents(const std::filesystem::path& directory) {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      const std::string name = entry.path().filename().string();
      // run.json tells of this run; timings and the lock are of a process.
      if (!entry.is_regular_file() || name == "timings.json" || name == ".yonder-batch.lock" ||
          name == "run.json") {
        continue;
      }
      all[std::filesystem::relative(entry.path(), directory).string()] = read_file(entry.path());
    }
    return all;
  }
  static void expect_same(const std::filesystem::path& a, const std::filesystem::path& b) {
    const auto left = contents(a);
    const auto right = contents(b);
    std::set<std::string> names_left, names_right;
    for (const auto& [name, text] : left) names_left.insert(name);
    for (const auto& [name, text] : right) names_right.insert(name);
    ASSERT_EQ(names_left, names_right);
    for (const auto& [name, text] : left) EXPECT_TRUE(text == right.at(name)) << name;
  }
  /// Events of a kind in the log, by tile.
  static std::set<std::string> tiles_of(const Outcome& outcome, const std::string& event) {
    std::set<std::string> tiles;
    std::istringstream lines(outcome.err);
    for (std::string line; std::getline(lines, line);) {
      const json entry = json::parse(line, nullptr, false);
      if (entry.is_object() && entry["event"] == event) tiles.insert(entry["tile"]);
    }
    return tiles;
  }
  std::set<std::string> all_tiles() const {
    std::set<std::string> tiles;
    for (const std::string& name : names_in(out() / "tiles")) tiles.insert(name);
    return tiles;
  }

  TemporaryFolder folder_;
};

}  // namespace yonder::test
