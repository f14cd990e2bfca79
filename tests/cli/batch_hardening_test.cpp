#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "geodata/error.h"
#include "process.h"
#include "scenarios/batch/batch_run.h"
#include "scenarios/staged_output.h"

// A batch's names, inputs and folders as strangers, other processes and the system may have them.
namespace yonder::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const fs::path kTerrain =
    fs::path(YONDER_SOURCE_DIR) / "scenarios/cases/desert-highway/terrain-synthetic.tif";

class BatchHardening : public testing::Test {
 protected:
  BatchHardening() {
    fs::copy_file(kTerrain, folder_.path() / "terrain.tif");
    folder_.write("map.yaml", R"(yonder: 1
id: dunes
area: {around_sites_km: 6, pixel_m: 250}
calculation: {radius_km: 6}
terrain: {sources: [terrain.tif]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas: [{id: whip, type: omni, gain_dbi: 8}]
cell_defaults: {carrier: n28, antenna: whip, height_agl_m: 40, power_w: 40}
sites_csv: cells.csv
receiver: {height_agl_m: 1.5}
propagation: {model: free_space}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false}
)");
    folder_.write("cells.csv",
                  "site_id,lon_deg,lat_deg,cell_id\nA,83.90,39.60,A-1\nB,83.95,39.65,B-1\n");
    folder_.write("plan.yaml", "yonder_batch: 1\nscenario: map.yaml\ntile_px: 32\noutput: out\n");
  }
  fs::path plan() const { return folder_.path() / "plan.yaml"; }
  fs::path out() const { return folder_.path() / "out"; }
  Outcome batch(const std::vector<std::string>& more = {},
                const ProcessSettings& settings = {}) const {
    std::vector<std::string> arguments = {"batch", plan().string(), "--log", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments, settings);
  }
  /// Every path below the test's folder, relative to it.
  std::set<std::string> all_paths() const {
    std::set<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
      paths.insert(fs::relative(entry.path(), folder_.path()).string());
    }
    return paths;
  }

  TemporaryFolder folder_;
};

TEST_F(BatchHardening, NamesOfSitesAndCellsThatArePathsLeadNowhere) {
  ASSERT_EQ(batch().exit_code, 0);
  const std::set<std::string> harmless = all_paths();
  fs::remove_all(out());
  folder_.write("cells.csv",
                "site_id,site_name,lon_deg,lat_deg,cell_id\n"
                "../../evil,../site,83.90,39.60,../../../evil.tif\n"
                "/tmp/yonder-evil,</Category>,83.95,39.65,\"/etc/passwd\"\n");
  const Outcome outcome = batch({"--set", "outputs.exports=[kmz, footprints, png, pixels_csv]",
                                 "--set", "outputs.vector_formats=[gpkg]"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::set<std::string> paths = all_paths();
  for (const std::string& path : paths) {
    EXPECT_THAT(path, Not(HasSubstr("evil"))) << path;
    EXPECT_TRUE(path.starts_with("out") || harmless.contains(path)) << path;
  }
  EXPECT_FALSE(fs::exists("/tmp/yonder-evil"));
  EXPECT_THAT(read_file(out() / "best_server.csv"), HasSubstr("../../../evil.tif"));
  EXPECT_THAT(read_file(out() / "best_server.vrt"),
              AllOf(HasSubstr("../../../evil.tif"), Not(HasSubstr("</Category></"))));
}

TEST_F(BatchHardening, AnIdThatIsAPathIsRefusedFromThePlanToo) {
  for (const char* id : {"../up", "/etc/x", "a/b", "..", ".hidden"}) {
    const Outcome outcome = batch({"--set", std::string("id=") + id});
    EXPECT_EQ(outcome.exit_code, 2) << id;
    folder_.write("plan.yaml", "yonder_batch: 1\nscenario: map.yaml\noutput: out\nset: {id: '" +
                                   std::string(id) + "'}\n");
    const Outcome planned = batch();
    EXPECT_EQ(planned.exit_code, 2) << id;
    EXPECT_THAT(planned.err, HasSubstr("plan.yaml:4")) << id;
    EXPECT_FALSE(fs::exists(out())) << id;
  }
}

TEST_F(BatchHardening, AFolderThatSlurmsScriptsCannotHoldIsRefused) {
  // Written into the script it would be a line of its own, which the job would carry out.
  for (const char* name : {"a\ntouch evil\n#", "a\"b", "a%b", "a\\b"}) {
    const fs::path folder = folder_.path() / name;
    const Outcome outcome = batch({"--slurm", "--dry-run", "-o", folder.string()});
    EXPECT_EQ(outcome.exit_code, 1) << name;
    EXPECT_THAT(outcome.err, HasSubstr("job script")) << name;
    EXPECT_FALSE(fs::exists(folder)) << name;
  }
  const Outcome plain = batch({"--slurm", "--dry-run", "-o", (folder_.path() / "a b 图").string()});
  EXPECT_EQ(plain.exit_code, 0) << plain.err;
}

TEST_F(BatchHardening, AnInputThatVanishesDuringABatchIsNamedAndNothingOfItIsKept) {
  scenarios::BatchPlan batch_plan = scenarios::load_batch_plan(plan(), {});
  scenarios::BatchOptions options;
  std::vector<std::string> events;
  options.log = [&](const std::string& event, const auto&, const std::string&) {
    events.push_back(event);
    if (event == "tile-finished") fs::remove(folder_.path() / "terrain.tif");
  };
  const scenarios::BatchResult result = scenarios::run_batch(batch_plan, options);
  ASSERT_THAT(result.missing, SizeIs(Gt(0U)));
  EXPECT_THAT(result.missing[0].reason, HasSubstr("terrain.tif"));
  EXPECT_EQ(std::ranges::count(events, "tile-finished"), 1);
  EXPECT_GE(std::ranges::count(events, "tile-failed"), 2);
  int kept = 0;
  for (const std::string& tile : names_in(out() / "tiles")) {
    kept += fs::exists(out() / "tiles" / tile / "tile.json") ? 1 : 0;
  }
  EXPECT_EQ(kept, 1);
  EXPECT_FALSE(nlohmann::json::parse(read_file(out() / "run.json"))["complete"]);
  // Its return is all that the next run needs.
  fs::copy_file(kTerrain, folder_.path() / "terrain.tif");
  const Outcome again = batch();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_TRUE(nlohmann::json::parse(read_file(out() / "run.json"))["complete"]);
}

TEST_F(BatchHardening, AnInputThatChangesWhileATileIsComputedFailsThatTile) {
  scenarios::BatchPlan batch_plan = scenarios::load_batch_plan(plan(), {});
  scenarios::BatchOptions options;
  int started = 0;
  options.log = [&](const std::string& event, const auto&, const std::string&) {
    if (event != "tile-started" || ++started != 2) return;
    std::fstream file(folder_.path() / "terrain.tif",
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-1, std::ios::end);
    file.put('\0');
  };
  const scenarios::BatchResult result = scenarios::run_batch(batch_plan, options);
  ASSERT_THAT(result.missing, SizeIs(Gt(0U)));
  EXPECT_THAT(result.missing[0].reason, HasSubstr("changed while the batch ran"));
}

TEST_F(BatchHardening, AnOutputFolderThatVanishesDuringTheBatchIsNamed) {
  scenarios::BatchPlan batch_plan = scenarios::load_batch_plan(plan(), {});
  scenarios::BatchOptions options;
  options.log = [&](const std::string& event, const auto&, const std::string&) {
    if (event == "merge") fs::remove_all(out() / "tiles");
  };
  try {
    const scenarios::BatchResult result = scenarios::run_batch(batch_plan, options);
    ADD_FAILURE() << "merged what is gone: " << result.missing.size() << " missing";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr(out().string()));
  }
  EXPECT_FALSE(fs::exists(out() / "run.json"));
}

TEST_F(BatchHardening, WhatMayNotBeReadOrWrittenIsNamed) {
  const ProcessSettings nobody{.as_nobody = true};
  fs::permissions(folder_.path(), fs::perms{0755});
  if (yonder({"--version"}, nobody).exit_code != 0) GTEST_SKIP() << "the program is out of reach";
  const auto expect = [&](int exit_code, const std::string& name) {
    const Outcome outcome = batch({}, nobody);
    EXPECT_EQ(outcome.exit_code, exit_code) << name << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(name));
  };
  fs::create_directory(out());
  fs::permissions(out(), fs::perms{0777});
  for (const char* name : {"plan.yaml", "map.yaml", "cells.csv"}) {
    fs::permissions(folder_.path() / name, fs::perms::none);
    expect(2, name);
    fs::permissions(folder_.path() / name, fs::perms{0644});
  }
  fs::permissions(folder_.path() / "terrain.tif", fs::perms::none);
  const Outcome unread = batch({}, nobody);
  EXPECT_THAT(unread.exit_code, testing::AnyOf(1, 2)) << unread.err;
  EXPECT_THAT(unread.err, HasSubstr("terrain.tif"));
  fs::permissions(folder_.path() / "terrain.tif", fs::perms{0644});

  fs::remove_all(out());
  fs::create_directory(out());
  fs::permissions(out(), fs::perms{0555});
  expect(1, out().string());
  EXPECT_THAT(names_in(out()), ElementsAre());
  // A lock of before, but no right to make the tiles' folder.
  fs::permissions(out(), fs::perms{0755});
  folder_.write("out/.yonder-batch.lock", "");
  fs::permissions(out() / ".yonder-batch.lock", fs::perms{0666});
  fs::permissions(out(), fs::perms{0555});
  expect(1, (out() / "tiles").string());
  fs::permissions(out(), fs::perms{0777});
  EXPECT_EQ(batch({}, nobody).exit_code, 0);
}

TEST_F(BatchHardening, ASecondBatchIsRefusedWhileTheFirstIsAtWork) {
  Outcome second;
  bool asked = false;
  const auto at_work = [&] {
    std::error_code none;
    if (!fs::exists(out() / "tiles", none)) return false;
    if (!asked) second = batch({"--shard", "1/2"});
    asked = true;
    return true;
  };
  const Outcome first =
      batch({"--threads", "1", "--set", "area.pixel_m=100"}, {.signal = 0, .signal_when = at_work});
  ASSERT_TRUE(asked);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(second.exit_code, 1) << second.out;
  EXPECT_THAT(second.err, AllOf(HasSubstr("at work in " + out().string()), HasSubstr("process")));
}

}  // namespace
}  // namespace yonder::test
