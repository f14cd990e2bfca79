#include "scenario_fixture.h"
#include "scenarios/batch/ledger.h"
#include "scenarios/sha256.h"

// A tile's record comes from a disk that others write to: what it names is not believed.
namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class BatchLedger : public ScenarioTest {
 protected:
  TileRecord record_of(const std::vector<fs::path>& files) {
    TileRecord record;
    record.id = "x0001_y0002";
    record.key = "key";
    record.key_text = "a 1\n";
    for (const fs::path& file : files) {
      const fs::path on_disk = file.is_absolute() ? file : folder_of_tile() / file;
      record.files.push_back({file.string(), fs::file_size(on_disk), sha256_of_file(on_disk)});
    }
    return record;
  }
  fs::path folder_of_tile() { return write("tiles/x0001_y0002/rsrp.tif", "rsrp").parent_path(); }
  TileCheck check() { return check_tile(folder_of_tile(), "x0001_y0002", "key", "a 1\n"); }
  void write_record(const TileRecord& record) {
    write("tiles/x0001_y0002/tile.json", tile_record_text(record));
  }
};

TEST_F(BatchLedger, ARecordWhoseFilesAreAsItSaysIsATile) {
  write_record(record_of({"rsrp.tif"}));
  EXPECT_EQ(check().state, TileState::finished) << check().reason;
}

TEST_F(BatchLedger, ARecordThatNamesFilesElsewhereIsNoTile) {
  const fs::path victim = write("victim.txt", "mine");
  for (const fs::path& name : {fs::path("../../victim.txt"), victim, fs::path("./rsrp.tif"),
                               fs::path("../x0001_y0002/rsrp.tif")}) {
    write_record(record_of({"rsrp.tif", name}));
    EXPECT_EQ(check().state, TileState::damaged) << name;
    EXPECT_THAT(check().reason, HasSubstr("outside")) << name;
  }
}

TEST_F(BatchLedger, RemovingATileRemovesNothingElsewhere) {
  const fs::path victim = write("victim.txt", "mine");
  const fs::path beside = write("tiles/x0001_y0002/notes.txt", "mine");
  write_record(record_of({"rsrp.tif", "../../victim.txt", victim}));
  remove_tile(folder_of_tile());
  EXPECT_TRUE(fs::exists(victim));
  EXPECT_TRUE(fs::exists(beside));
  EXPECT_FALSE(fs::exists(beside.parent_path() / "tile.json"));
  EXPECT_FALSE(fs::exists(beside.parent_path() / "rsrp.tif"));
}

TEST_F(BatchLedger, WhatIsNotKnownToBeATileIsNotRemoved) {
  for (const char* text :
       {"", "{}", "not json", "{\"format\": \"yonder-tile-1\", \"files\": []}"}) {
    const fs::path folder = folder_of_tile();
    write("tiles/x0001_y0002/tile.json", text);
    remove_tile(folder);
    EXPECT_TRUE(fs::exists(folder / "rsrp.tif")) << text;
    EXPECT_EQ(check().state, TileState::damaged) << text;
  }
}

TEST_F(BatchLedger, ACharacterOfARecordThatChangesIsNoticed) {
  TileRecord record = record_of({"rsrp.tif"});
  record.paths = 12345;
  record.kpis.coverage.judged_pixels = 678;
  const std::string text = tile_record_text(record);
  for (std::size_t i = 0; i < text.size(); i += 7) {
    std::string changed = text;
    changed[i] = changed[i] == '1' ? '2' : '1';
    write("tiles/x0001_y0002/tile.json", changed);
    const TileState state = check().state;
    // White space between values says nothing.
    const bool blank = text[i] == ' ' || text[i] == '\n';
    if (!blank) {
      EXPECT_NE(state, TileState::finished) << i << ": " << text.substr(i, 20);
    }
  }
}

}  // namespace
}  // namespace yonder::scenarios
