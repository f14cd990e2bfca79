#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "geodata/error.h"
#include "process.h"
#include "scenarios/run.h"
#include "scenarios/scenario.h"
#include "scenarios/sha256.h"

// Disks that fill, files that are cut short or vanish, folders without permission, names that lead
// elsewhere: each ends with a message and an exit code, and earlier results stay whole.
namespace yonder::test {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace fs = std::filesystem;

const fs::path kTerrain =
    fs::path(YONDER_SOURCE_DIR) / "scenarios/cases/desert-highway/terrain-synthetic.tif";

class Hardening : public testing::Test {
 protected:
  Hardening() {
    fs::copy_file(kTerrain, folder_.path() / "terrain.tif");
    folder_.write("sites.csv",
                  "site_id,lon_deg,lat_deg,cell_id,azimuth_deg\nA,83.90,39.60,A-1,30\n");
    folder_.write("scenario.yaml", R"(yonder: 1
id: small
area: {around_sites_km: 5, pixel_m: 500}
calculation: {radius_km: 5}
terrain: {sources: [terrain.tif]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas: [{id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}]
cell_defaults: {carrier: n28, antenna: panel, height_agl_m: 40, power_w: 40}
sites_csv: sites.csv
receiver: {height_agl_m: 1.5}
propagation: {model: free_space}
thresholds: [{id: good, rsrp_dbm: -105}]
)");
  }

  std::string scenario() const { return (folder_.path() / "scenario.yaml").string(); }
  fs::path out() const { return folder_.path() / "out"; }
  Outcome run(const ProcessSettings& settings = {}) const {
    return yonder({"run", scenario(), "-o", out().string(), "--quiet"}, settings);
  }
  /// Every file of the output folder with its content.
  std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> all;
    for (const std::string& name : names_in(out())) all[name] = read_file(out() / name);
    return all;
  }
  TemporaryFolder folder_;
};

TEST_F(Hardening, ADiskThatFillsAtAnyFileLeavesTheEarlierResultWhole) {
  ASSERT_EQ(run().exit_code, 0);
  const std::map<std::string, std::string> before = contents();
  std::size_t largest = 0;
  for (const auto& [name, content] : before) largest = std::max(largest, content.size());
  for (const long long bytes : {0LL, 1LL, 600LL, 3000LL, 20000LL, 80000LL}) {
    if (static_cast<std::size_t>(bytes) >= largest) continue;
    const Outcome full = run({.file_size_limit = bytes});
    EXPECT_EQ(full.exit_code, 1) << bytes << full.err;
    // A message, unless standard error could not be written either.
    if (bytes > 600) {
      EXPECT_THAT(full.err, HasSubstr("out/")) << bytes;
    }
    EXPECT_TRUE(contents() == before) << bytes;
  }
}

TEST_F(Hardening, ADiskThatFillsIsNoticedWithoutTheGeoPackageToo) {
  // SQLite notices by itself, and its file is among the largest: without it, rasters and texts have
  // to.
  std::ofstream(scenario(), std::ios::app)
      << "outputs: {sites: false, picture: false, report: false}\n";
  ASSERT_EQ(run().exit_code, 0);
  const std::map<std::string, std::string> before = contents();
  for (const auto& [name, content] : before) {
    const Outcome full = run({.file_size_limit = static_cast<long long>(content.size()) - 1});
    EXPECT_EQ(full.exit_code, 1) << name << full.err;
    EXPECT_TRUE(contents() == before) << name;
  }
}

/// Runs `command` with a disk of so many KiB mounted at $DISK, for itself alone.
int on_a_small_disk(const fs::path& disk, int kib, const std::string& command) {
  const std::string mounted =
      "unshare --mount --propagation private sh -c 'mount -t tmpfs -o size=" + std::to_string(kib) +
      "k none \"$DISK\" && { " + command + "; }' >/dev/null 2>&1";
  setenv("DISK", disk.c_str(), 1);
  const int status = std::system(mounted.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Hardening, ARealDiskThatIsFullIsNoticedAndNothingIsLeftOnIt) {
  fs::create_directory(out());
  if (geteuid() != 0 || on_a_small_disk(out(), 64, "exit 42") != 42) {
    GTEST_SKIP() << "no file system may be mounted here";
  }
  const std::string yonder_run = std::string("YONDER_FIELD_CACHE=off ") + YONDER_EXECUTABLE +
                                 " run " + scenario() + " --quiet -o $DISK";
  const std::string nothing_left = "[ \"$(ls -A $DISK)\" = mine ]";
  for (const int kib : {4, 32, 100}) {
    EXPECT_EQ(
        on_a_small_disk(out(), kib,
                        "touch $DISK/mine; " + yonder_run + "; [ $? = 1 ] && " + nothing_left),
        0)
        << kib;
  }
  EXPECT_EQ(on_a_small_disk(out(), 50000, yonder_run), 0);
}

TEST_F(Hardening, WhatCannotBePrintedIsAFailure) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"models"},
                                                    {"--version"},
                                                    {"run", "--help"},
                                                    {"completion", "bash"},
                                                    {"manual"},
                                                    {"check", scenario()}}) {
    const Outcome outcome = yonder(arguments, {.out_file = "/dev/full"});
    EXPECT_EQ(outcome.exit_code, 1) << arguments.front();
    EXPECT_THAT(outcome.err, Not(Eq(""))) << arguments.front();
  }
}

TEST_F(Hardening, ATerrainSketchNeverTakesTheNameOfWhatIsNoFile) {
  const fs::path recipe = kTerrain.parent_path() / "terrain.yaml";
  fs::create_directory(folder_.path() / "a-folder");
  const fs::path pipe = folder_.path() / "a-pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const char* name : {"a-folder", "a-pipe"}) {
    const Outcome outcome =
        yonder({"terrain", "sketch", recipe.string(), "-o", (folder_.path() / name).string()});
    EXPECT_NE(outcome.exit_code, 0) << name;
    EXPECT_THAT(outcome.err, HasSubstr("not a file")) << name;
  }
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_THAT(names_in(folder_.path()), Not(Contains(HasSubstr(".part"))));
}

TEST_F(Hardening, ARasterCutShortIsNamedAndNothingIsWritten) {
  const std::uintmax_t whole = fs::file_size(kTerrain);
  for (const std::uintmax_t bytes : {whole - 1, whole / 2, whole / 20, std::uintmax_t{300},
                                     std::uintmax_t{8}, std::uintmax_t{0}}) {
    fs::resize_file(folder_.path() / "terrain.tif", std::min(whole, bytes));
    const Outcome outcome = run();
    if (outcome.exit_code == 0) {
      // The cut lies in what this area does not read; then nothing is missing.
      EXPECT_GT(bytes, whole / 20);
      fs::remove_all(out());
    } else {
      EXPECT_EQ(outcome.exit_code, 2) << bytes << outcome.err;
      EXPECT_THAT(outcome.err, HasSubstr("terrain.tif")) << bytes;
      EXPECT_FALSE(fs::exists(out())) << bytes;
    }
    fs::copy_file(kTerrain, folder_.path() / "terrain.tif", fs::copy_options::overwrite_existing);
  }
}

TEST_F(Hardening, AnInputThatVanishesAfterLoadingIsNamed) {
  scenarios::Scenario scenario = scenarios::load_scenario(this->scenario(), {});
  scenario.outputs.directory = out();
  fs::remove(folder_.path() / "terrain.tif");
  try {
    scenarios::run_scenario(scenario, {.field_cache = "off"});
    ADD_FAILURE() << "ran without terrain.tif";
  } catch (const geodata::GeodataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("terrain.tif"));
  }
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Hardening, ATableThatVanishesAfterItWasReadIsRecordedAsItWas) {
  const fs::path table = folder_.path() / "sites.csv";
  const std::string content = read_file(table);
  scenarios::Scenario scenario = scenarios::load_scenario(this->scenario(), {});
  scenario.outputs.directory = out();
  fs::remove(table);
  scenarios::run_scenario(scenario, {.field_cache = "off"});
  folder_.write("sites.csv", content);
  EXPECT_THAT(read_file(out() / "run.json"), HasSubstr(scenarios::sha256_of_file(table)));
}

TEST_F(Hardening, AnOutputFolderThatVanishesDuringTheRunIsNamed) {
  fs::create_directory(out());
  scenarios::Scenario scenario = scenarios::load_scenario(this->scenario(), {});
  scenario.outputs.directory = out();
  scenarios::RunOptions options;
  options.field_cache = "off";
  options.stage = [&](std::string_view stage) {
    if (stage == "propagation") fs::remove_all(out());
  };
  try {
    scenarios::run_scenario(scenario, options);
    ADD_FAILURE() << "ran into a folder that is gone";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr(out().string()));
  }
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Hardening, WhatMayNotBeReadOrWrittenIsNamed) {
  // Root may all: another takes its place. Whoever cannot reach the program proves nothing.
  const ProcessSettings nobody{.as_nobody = true};
  fs::permissions(folder_.path(), fs::perms{0755});
  if (yonder({"--version"}, nobody).exit_code != 0) GTEST_SKIP() << "the program is out of reach";
  const auto expect = [&](int exit_code, const std::string& name) {
    const Outcome outcome = run(nobody);
    EXPECT_EQ(outcome.exit_code, exit_code) << name << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(name));
  };
  fs::create_directory(out());
  fs::permissions(out(), fs::perms{0777});
  for (const char* name : {"scenario.yaml", "sites.csv", "terrain.tif"}) {
    fs::permissions(folder_.path() / name, fs::perms::none);
    expect(2, name);
    fs::permissions(folder_.path() / name, fs::perms{0644});
  }
  fs::remove_all(out());
  if (geteuid() == 0) {
    expect(1, out().string());  // the folder above belongs to root
    EXPECT_FALSE(fs::exists(out()));
  }
  fs::create_directory(out());
  fs::permissions(out(), fs::perms{0555});
  expect(1, out().string());
  fs::permissions(out(), fs::perms{0777});
  EXPECT_EQ(run(nobody).exit_code, 0);
}

TEST_F(Hardening, ACacheThatMayNotBeWrittenCostsNoResult) {
  const fs::path cache = folder_.path() / "cache";
  fs::create_directory(cache);
  fs::permissions(folder_.path(), fs::perms{0777});
  ProcessSettings settings{.as_nobody = true,
                           .environment = {{"YONDER_FIELD_CACHE", cache.string()}}};
  if (yonder({"--version"}, settings).exit_code != 0) GTEST_SKIP() << "the program is out of reach";
  fs::permissions(cache, fs::perms{0555});
  const Outcome outcome = run(settings);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(names_in(out()), Contains("run.json"));
  EXPECT_THAT(names_in(cache), ElementsAre());
}

TEST_F(Hardening, AResultReplacesALinkAndNotWhatItPointsAt) {
  const fs::path victim = folder_.write("victim.txt", "mine");
  fs::create_directory(out());
  for (const char* name : {"rsrp.tif", "run.json", "sites.gpkg", "report.html"}) {
    fs::create_symlink(victim, out() / name);
  }
  ASSERT_EQ(run().exit_code, 0);
  EXPECT_EQ(read_file(victim), "mine");
  for (const char* name : {"rsrp.tif", "run.json", "sites.gpkg"}) {
    EXPECT_FALSE(fs::is_symlink(out() / name)) << name;
  }
}

TEST_F(Hardening, AnOutputFolderThatIsALinkToNowhereIsRefused) {
  fs::create_symlink(folder_.path() / "nowhere", out());
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(out().string()));
  EXPECT_FALSE(fs::exists(folder_.path() / "nowhere"));
}

TEST_F(Hardening, WhatAnEarlierRecordNamesElsewhereIsNotRemoved) {
  const fs::path victim = folder_.write("victim.txt", "mine");
  folder_.write("other/run.json", R"({"files": ["precious.tif"]})");
  const fs::path precious = folder_.write("other/precious.tif", "mine");
  const std::string files =
      R"({"files": ["../victim.txt", ")" + victim.string() + R"(", "old.tif", "../other", ".."]})";
  folder_.write("out/run.json", files);
  folder_.write("out/old.tif", "");
  ASSERT_EQ(run().exit_code, 0);
  EXPECT_TRUE(fs::exists(victim));
  EXPECT_FALSE(fs::exists(out() / "old.tif"));

  fs::remove_all(out());
  folder_.write("out/compare.json", R"({"variants": ["../other", "..", ")" +
                                        (folder_.path() / "other").string() +
                                        R"("], "files": []})");
  std::ofstream(scenario(), std::ios::app)
      << "variants: [{id: one}, {id: two, set: {cell_defaults.power_w: 20}}]\n";
  const Outcome outcome = run();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(precious));
  EXPECT_TRUE(fs::exists(folder_.path() / "other/run.json"));
}

TEST_F(Hardening, AFolderWhoseNameIsNotUtf8CostsNoResult) {
  const fs::path folder = folder_.path() / "caf\xE9";
  fs::create_directory(folder);
  for (const char* name : {"scenario.yaml", "sites.csv", "terrain.tif"}) {
    fs::rename(folder_.path() / name, folder / name);
  }
  const Outcome outcome =
      yonder({"run", (folder / "scenario.yaml").string(), "-o", out().string(), "--quiet"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(read_file(out() / "run.json"), HasSubstr("caf\xEF\xBF\xBD/sites.csv"));
}

TEST_F(Hardening, ARunWritesNothingBesideItsOutputFolder) {
  const std::vector<std::string> before = names_in(folder_.path());
  ASSERT_EQ(run().exit_code, 0);
  std::vector<std::string> after = names_in(folder_.path());
  std::erase(after, "out");
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace yonder::test
