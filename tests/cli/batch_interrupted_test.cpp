#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "batch_fixture.h"

/// Batches that are killed, or run out of disk: what is finished stays, what is half is not
/// believed, and the next run's bytes are those of a run that nothing interrupted.
namespace yonder::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

/// kill -9 just before the n-th file whose name ends in `text` gets its final name.
ProcessSettings killed_at(int n, const std::string& text) {
  ProcessSettings settings;
  settings.environment["LD_PRELOAD"] = YONDER_KILL_AT_RENAME;
  settings.environment["YONDER_TEST_KILL_AT"] = std::to_string(n) + " " + text;
  const char* asan = std::getenv("ASAN_OPTIONS");
  settings.environment["ASAN_OPTIONS"] =
      (asan != nullptr ? asan + std::string(":") : std::string()) + "verify_asan_link_order=0";
  return settings;
}

class BatchInterrupted : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    ASSERT_EQ(batch_into(whole_).exit_code, 0);
  }
  std::set<std::string> finished() const {
    std::set<std::string> tiles;
    if (!fs::exists(out() / "tiles")) return tiles;
    for (const std::string& name : names_in(out() / "tiles")) {
      if (fs::exists(out() / "tiles" / name / "tile.json")) tiles.insert(name);
    }
    return tiles;
  }
  /// Interrupted as `settings` say, and continued: finished tiles are not computed again.
  void expect_goes_on_after(const ProcessSettings& settings, std::size_t finished_by_then,
                            int exit_code) {
    const Outcome ended = batch({"--threads", "1"}, settings);
    ASSERT_EQ(ended.exit_code, exit_code) << ended.err;
    const std::set<std::string> kept = finished();
    EXPECT_EQ(kept.size(), finished_by_then);
    const Outcome next = batch();
    ASSERT_EQ(next.exit_code, 0) << next.err;
    for (const std::string& tile : tiles_of(next, "tile-started")) {
      EXPECT_FALSE(kept.contains(tile)) << tile << " was finished";
    }
    EXPECT_EQ(tiles_of(next, "tile-started").size() + kept.size(), all_tiles().size());
    expect_same(whole_, out());
    EXPECT_TRUE(record(out())["complete"]);
    fs::remove_all(out());
  }
  const fs::path whole_ = folder_.path() / "uninterrupted";
};

TEST_F(BatchInterrupted, KilledBetweenAnyTwoFilesOfATileItGoesOn) {
  expect_goes_on_after(killed_at(1, "/rsrp.tif"), 0, -1);
  expect_goes_on_after(killed_at(3, "/tile.json"), 2, -1);
}

TEST_F(BatchInterrupted, KilledDuringTheMergeItGoesOnWithoutComputing) {
  const std::size_t all = names_in(whole_ / "tiles").size();
  expect_goes_on_after(killed_at(1, "/best_server.vrt"), all, -1);  // the first mosaic
  expect_goes_on_after(killed_at(1, "/run.json"), all, -1);
}

TEST_F(BatchInterrupted, KilledWhileATileIsReplacedNothingHalfIsBelieved) {
  ASSERT_EQ(batch().exit_code, 0);
  // All tiles are of another radius now; the second is half way in place when the end comes.
  const Outcome killed =
      batch({"--threads", "1", "--set", "calculation.radius_km=5.9"}, killed_at(2, "/status.tif"));
  ASSERT_EQ(killed.exit_code, -1) << killed.err;
  EXPECT_FALSE(record(out())["complete"]);
  const Outcome back = batch();
  ASSERT_EQ(back.exit_code, 0) << back.err;
  EXPECT_EQ(tiles_of(back, "tile-started").size(), 2U);
  expect_same(whole_, out());
}

TEST_F(BatchInterrupted, AFullDiskLeavesFinishedTilesAndGoesOn) {
  // A limit that the first tile's files keep and a later one's do not.
  const auto largest = [&](const std::string& tile) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(whole_ / "tiles" / tile)) {
      bytes = std::max(bytes, entry.file_size());
    }
    return bytes;
  };
  std::string first;
  std::uintmax_t most = 0;
  const json run = record(whole_);
  for (const json& one : run["tiles"]["finished"]) {
    if (first.empty()) first = one["id"];
    most = std::max(most, largest(one["id"]));
  }
  const std::uintmax_t limit = largest(first) + (most - largest(first)) / 2;
  ASSERT_GT(most, limit);
  const Outcome full =
      batch({"--threads", "1"}, {.file_size_limit = static_cast<long long>(limit)});
  EXPECT_EQ(full.exit_code, 1) << full.out;
  EXPECT_THAT(full.err, HasSubstr("cannot write"));
  EXPECT_FALSE(fs::exists(out() / "run.json"));
  const std::set<std::string> kept = finished();
  EXPECT_TRUE(kept.contains(first));
  EXPECT_LT(kept.size(), names_in(whole_ / "tiles").size());
  std::map<std::string, std::string> timings;
  for (const std::string& tile : kept) {
    timings[tile] = read_file(out() / "tiles" / tile / "timings.json");
  }
  const Outcome next = batch();
  ASSERT_EQ(next.exit_code, 0) << next.err;
  for (const std::string& tile : kept) {
    EXPECT_FALSE(tiles_of(next, "tile-started").contains(tile)) << tile;
    EXPECT_EQ(read_file(out() / "tiles" / tile / "timings.json"), timings[tile]) << tile;
  }
  expect_same(whole_, out());
}

}  // namespace
}  // namespace yonder::test
