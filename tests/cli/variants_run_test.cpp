#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "map_results.h"
#include "process.h"

// Variants, comparisons and availability through the program, on a small map of dunes.
namespace yonder::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string scenario(const std::string& more) {
  return R"(yonder: 1
id: pair
area: {around_sites_km: 12, pixel_m: 600}
calculation: {radius_km: 12}
terrain: {sources: [)" +
         kDunes + R"(]}
carriers:
  - {id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}
sites:
  - id: A
    lon_deg: 83.90
    lat_deg: 39.60
    cells: [{id: A-1, azimuth_deg: 30}, {id: A-2, azimuth_deg: 210}]
cell_defaults: {carrier: n28, antenna: panel, height_agl_m: 30, power_w: 60, prach_format: 1}
terminals: [{id: handset, profile: handset_outdoors}]
service: {layers: [class, rsrp]}
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false, report: false}
)" + more;
}

const std::string kVariants = R"(variants:
  - id: baseline
  - id: taller
    name: {en: Taller masts, zh: 加高}
    set:
      cell_defaults.height_agl_m: 60
      cell_defaults.power_w: 240
)";

json read_json(const fs::path& file) { return json::parse(read_file(file)); }

class VariantRun : public testing::Test {
 protected:
  Outcome run(const std::string& more, const std::vector<std::string>& arguments = {}) {
    std::vector<std::string> all = {"run", folder_.write("pair.yaml", scenario(more)).string(),
                                    "-o", out().string(), "--quiet"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return yonder(all);
  }
  fs::path out() const { return folder_.path() / "out"; }

  TemporaryFolder folder_;
};

TEST_F(VariantRun, WritesAWholeRunForEachAndComparesThem) {
  const Outcome outcome = run(kVariants);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Taller masts"), HasSubstr("against baseline"),
                                 HasSubstr("range at -105 dBm over level land")));
  for (const std::string id : {"baseline", "taller"}) {
    const json record = read_json(out() / id / "run.json");
    EXPECT_EQ(record["scenario"]["variant"]["id"], id);
    for (const json& file : record["files"]) {
      EXPECT_TRUE(fs::exists(out() / id / file.get<std::string>())) << file;
    }
  }
  const json compare = read_json(out() / "compare.json");
  EXPECT_EQ(compare["variants"], json({"baseline", "taller"}));
  for (const json& file : compare["files"]) {
    EXPECT_TRUE(fs::exists(out() / file.get<std::string>())) << file;
  }

  // The map of differences is the difference of the maps.
  const std::vector<double> before = Raster(out() / "baseline/handset-rsrp.tif").values;
  const std::vector<double> after = Raster(out() / "taller/handset-rsrp.tif").values;
  const std::vector<double> change = Raster(out() / "difference-taller-handset-rsrp.tif").values;
  ASSERT_EQ(before.size(), change.size());
  std::size_t known = 0;
  for (std::size_t i = 0; i < change.size(); ++i) {
    if (std::isnan(change[i])) continue;
    ++known;
    ASSERT_EQ(change[i], static_cast<float>(after[i]) - static_cast<float>(before[i])) << i;
  }
  EXPECT_GT(known, change.size() / 2);

  // 60 to 240 W alone is 6.02 dB; the mast gives more on average over dunes.
  for (const json& map : compare["maps"]) {
    if (map["layer"] == "rsrp") {
      EXPECT_GT(map["mean_db"].get<double>(), 6.0);
    } else if (map["layer"] == "class") {
      EXPECT_GT(map["gained_km2"].get<double>(), 0.0);
    }
  }
  bool found = false;
  for (const json& gain : compare["gains"]) {
    if (gain["id"] != "range_land_good") continue;
    found = true;
    EXPECT_NEAR(gain["gain_m"]["taller"].get<double>(),
                gain["values"]["taller"].get<double>() - gain["values"]["baseline"].get<double>(),
                1e-6);
    EXPECT_GT(gain["gain_percent"]["taller"].get<double>(), 20.0);
  }
  EXPECT_TRUE(found);
  // Every figure is what the runs' records hold at its path.
  const json record = read_json(out() / "taller/run.json");
  for (const json& kpi : compare["kpis"]) {
    const json::json_pointer path(kpi["path"].get<std::string>());
    ASSERT_TRUE(record.contains(path)) << path;
    EXPECT_EQ(record.at(path), kpi["values"]["taller"]) << path;
  }
}

TEST_F(VariantRun, AVariantIsTheScenarioWithItsKeysSet) {
  ASSERT_EQ(run(kVariants).exit_code, 0);
  const fs::path alone = folder_.path() / "alone";
  const Outcome outcome = yonder(
      {"run", folder_.write("plain.yaml", scenario("")).string(), "-o", alone.string(), "--quiet",
       "--set", "cell_defaults.height_agl_m=60", "--set", "cell_defaults.power_w=240"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(read_json(alone / "run.json")["kpis"], read_json(out() / "taller/run.json")["kpis"]);
  EXPECT_EQ(read_json(alone / "run.json")["service"],
            read_json(out() / "taller/run.json")["service"]);
}

TEST_F(VariantRun, NothingHalfWrittenReplacesAGoodResult) {
  ASSERT_EQ(run(kVariants).exit_code, 0);
  const std::string before = read_file(out() / "baseline/run.json");
  const std::string compare = read_file(out() / "compare.json");
  // The second variant fails only when it runs: its site stands where there is no terrain.
  const Outcome outcome =
      run("variants:\n"
          "  - {id: baseline, set: {cell_defaults.power_w: 1}}\n"
          "  - {id: taller, set: {\"sites[A].lon_deg\": 70}}\n");
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_EQ(read_file(out() / "baseline/run.json"), before);
  EXPECT_EQ(read_file(out() / "compare.json"), compare);
  EXPECT_THAT(names_in(out() / "baseline"), Not(Contains(testing::StartsWith("."))));
  EXPECT_THAT(names_in(out()), Not(Contains(testing::StartsWith("."))));
}

TEST_F(VariantRun, OneAloneIsComparedWithWhatTheOthersLeft) {
  ASSERT_EQ(run(kVariants).exit_code, 0);
  const std::string first = read_file(out() / "baseline/run.json");
  const double gained = read_json(out() / "compare.json")["maps"][0]["mean_db"].get<double>();
  std::string stronger = kVariants;
  stronger.replace(stronger.find("power_w: 240"), 12, "power_w: 480");
  ASSERT_EQ(run(stronger, {"--variant", "taller"}).exit_code, 0);
  EXPECT_EQ(read_file(out() / "baseline/run.json"), first);
  EXPECT_NEAR(read_json(out() / "compare.json")["maps"][0]["mean_db"].get<double>(), gained + 3.01,
              0.01);
}

TEST_F(VariantRun, WhatAnEarlierRunLeftOfADroppedVariantGoes) {
  ASSERT_EQ(run(kVariants).exit_code, 0);
  ASSERT_EQ(run("variants: [{id: baseline}, {id: other}]\n").exit_code, 0);
  EXPECT_FALSE(fs::exists(out() / "taller"));
  EXPECT_FALSE(fs::exists(out() / "difference-taller-handset-rsrp.tif"));
  EXPECT_TRUE(fs::exists(out() / "other/run.json"));
}

TEST_F(VariantRun, CompareTakesAnyTwoRuns) {
  ASSERT_EQ(run(kVariants).exit_code, 0);
  const fs::path to = folder_.path() / "side";
  const Outcome outcome = yonder(
      {"compare", (out() / "baseline").string(), (out() / "taller").string(), "-o", to.string()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(read_json(to / "compare.json")["kpis"], read_json(out() / "compare.json")["kpis"]);
  EXPECT_TRUE(fs::exists(to / "difference-taller-handset-class.png"));
  EXPECT_THAT(read_file(to / "compare.csv"),
              HasSubstr("/kpis/thresholds/good/all/share,/kpis/thresholds/0/all/share,1,"));
  EXPECT_EQ(yonder({"compare", (out() / "baseline").string()}).exit_code, 2);
  EXPECT_THAT(yonder({"compare", folder_.path().string()}).err, HasSubstr("no finished run"));
}

TEST_F(VariantRun, OtherCommandsTakeOneVariant) {
  const std::string file = folder_.write("pair.yaml", scenario(kVariants)).string();
  EXPECT_THAT(yonder({"budget", file, "--variant", "taller", "--brief"}).out,
              HasSubstr("Taller masts"));
  EXPECT_THAT(yonder({"link", file, "--at", "83.92,39.63"}).out, HasSubstr("Variant baseline"));
  EXPECT_THAT(yonder({"check", file}).out,
              AllOf(HasSubstr("Variant baseline"), HasSubstr("Variant taller")));
  const Outcome outcome = yonder({"run", file, "--variant", "tall"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("did you mean 'taller'?"));
}

TEST_F(VariantRun, AvailabilityFallsWithTheShareOfTime) {
  const Outcome outcome = run("availability: {time_percents: [1, 10, 50, 90, 99]}\n",
                              {"--set", "outputs.picture=true"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json record = read_json(out() / "run.json");
  const json& served =
      record["availability"]["terminals"]["handset"]["served_at_least_percent_of_time"];
  double before = 1.0;
  for (const char* percent : {"1", "10", "50", "90", "95", "99"}) {
    const double share = served[percent]["share"].get<double>();
    EXPECT_LE(share, before) << percent;
    before = share;
  }
  EXPECT_GT(served["1"]["share"].get<double>(), served["99"]["share"].get<double>());
  // At the scenario's own 50 %, over land where no margin is dropped, it is the service map's.
  double effective = 0.0;
  for (const json& one : record["service"]["terminals"][0]["classes"]) {
    if (one["id"] == "effective" || one["id"] == "continuous") {
      effective += one["share"].get<double>();
    }
  }
  const json& at =
      record["availability"]["terminals"]["handset"]["served_at_losses_of_percent_of_time"];
  EXPECT_NEAR(at["50"]["share"].get<double>(), effective, 1e-9);
  for (const double percent : Raster(out() / "availability-handset.tif").values) {
    if (std::isnan(percent)) continue;
    ASSERT_GE(percent, 0.0F);
    ASSERT_LE(percent, 99.0F);
  }
  EXPECT_TRUE(fs::exists(out() / "availability-handset.png"));
}

TEST_F(VariantRun, FilesAreTheSameBytesAtAnyThreadCount) {
  const std::string availability = "availability: {time_percents: [10, 90]}\n";
  const std::string picture = "outputs.picture=true";
  ASSERT_EQ(run(availability, {"--threads", "1", "--set", picture}).exit_code, 0);
  std::map<std::string, std::string> files;
  const json record = read_json(out() / "run.json");
  for (const json& file : record["files"]) {
    const std::string name = file.get<std::string>();
    if (name.ends_with(".tif") || name.ends_with(".png") || name.ends_with(".xml")) {
      files[name] = read_file(out() / name);
    }
  }
  EXPECT_GT(files.size(), 5u);
  ASSERT_EQ(run(availability, {"--threads", "5", "--set", picture}).exit_code, 0);
  for (const auto& [name, bytes] : files) EXPECT_EQ(read_file(out() / name), bytes) << name;
}

TEST_F(VariantRun, OpticalBudgetsAreToldAndRecorded) {
  const std::string optical =
      "optical: [{id: island, kind: pon, class: B+, length_km: 10, splitters: [32], connectors: 4, "
      "splices: 4}]\n";
  const std::string file = folder_.write("pair.yaml", scenario(optical)).string();
  EXPECT_THAT(yonder({"budget", file, "--brief"}).out,
              AllOf(HasSubstr("class B+"), HasSubstr("works")));
  ASSERT_EQ(run(optical).exit_code, 0);
  EXPECT_NEAR(read_json(out() / "run.json")["optical"]["island"]["spare_db"].get<double>(), 2.0,
              1e-9);
}

}  // namespace
}  // namespace yonder::test
