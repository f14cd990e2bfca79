#include <fcntl.h>
#include <gdal_priv.h>
#include <gdal_utils.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "batch_fixture.h"

namespace yonder::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

TEST_F(Batch, WritesTilesMosaicsAndTables) {
  const Outcome outcome = batch({"--set", "outputs.picture=true"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(names_in(out()),
              IsSupersetOf({"best_server.csv", "best_server.vrt", "coverage.png",
                            "handset-binding.vrt", "handset-class.vrt", "kpis.csv", "rsrp.vrt",
                            "run.json", "sites.gpkg", "status.vrt", "tiles.csv"}));
  EXPECT_THAT(names_in(out()), Not(Contains(HasSubstr("partial"))));
  EXPECT_THAT(read_file(out() / "coverage.png"), testing::StartsWith("\x89PNG"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("2 sites, 3 cells"), HasSubstr("0 missing")));
  const json run = record(out());
  EXPECT_TRUE(run["complete"]);
  EXPECT_EQ(run["tiles"]["finished"].size(), run["tiles"]["count"].get<std::size_t>());
  EXPECT_THAT(run["tiles"]["missing"], IsEmpty());
  for (const std::string& tile : names_in(out() / "tiles")) {
    EXPECT_THAT(names_in(out() / "tiles" / tile), IsSupersetOf({"rsrp.tif", "tile.json"}));
  }

  // best_server counts within each tile; the mosaic through the whole plan.
  const Raster server(out() / "best_server.vrt");
  EXPECT_EQ(server.type, "UInt16");
  EXPECT_THAT(server.categories, ElementsAre("none", "A-1", "A-2", "B-1"));
  const std::set<double> numbers(server.values.begin(), server.values.end());
  EXPECT_EQ(numbers, (std::set<double>{0, 1, 2, 3}));
  const Raster rsrp(out() / "rsrp.vrt");
  EXPECT_EQ(rsrp.description, "SS-RSRP of the best server");
  EXPECT_EQ(rsrp.columns, run["grid"]["columns"]);
}

TEST_F(Batch, SameBytesInWhateverOrderAndOnHoweverManyThreads) {
  ASSERT_EQ(batch({"--threads", "3"}).exit_code, 0);
  const fs::path shards = folder_.path() / "shards";
  for (const char* shard : {"3/3", "1/3", "2/3"}) {
    const Outcome one = batch_into(shards, {"--shard", shard, "--threads", "1"});
    ASSERT_EQ(one.exit_code, 0) << one.err;
  }
  EXPECT_FALSE(fs::exists(shards / "run.json"));
  const Outcome merge = batch_into(shards, {"--merge"});
  ASSERT_EQ(merge.exit_code, 0) << merge.err;
  EXPECT_THAT(tiles_of(merge, "tile-finished"), IsEmpty());
  expect_same(out(), shards);
  EXPECT_EQ(record(out())["kpis"], record(shards)["kpis"]);
  EXPECT_EQ(record(out())["service"], record(shards)["service"]);
}

TEST_F(Batch, FinishedTilesAreNotComputedAgain) {
  ASSERT_EQ(batch().exit_code, 0);
  const Outcome again = batch();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(tiles_of(again, "tile-started"), IsEmpty());
}

TEST_F(Batch, TrustsNoFileThatIsNotWhole) {
  ASSERT_EQ(batch().exit_code, 0);
  const fs::path whole = folder_.path() / "before";
  fs::copy(out(), whole, fs::copy_options::recursive);
  const std::vector<std::string> tiles = names_in(out() / "tiles");
  ASSERT_GE(tiles.size(), 4U);
  const auto in_tile = [&](std::size_t i, const char* name) {
    return out() / "tiles" / tiles[i] / name;
  };
  fs::resize_file(in_tile(0, "rsrp.tif"), fs::file_size(in_tile(0, "rsrp.tif")) / 2);
  std::string counts = read_file(in_tile(1, "tile.json"));
  const std::size_t count = counts.find("\"judged_pixels\": ") + 17;
  counts[count] = counts[count] == '9' ? '8' : '9';
  std::ofstream(in_tile(1, "tile.json")) << counts;
  fs::remove(in_tile(2, "status.tif"));
  {
    std::fstream layer(in_tile(3, "best_server.tif"),
                       std::ios::in | std::ios::out | std::ios::binary);
    layer.seekp(300);
    layer.put('\x7f');
  }
  const Outcome again = batch();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(tiles_of(again, "tile-started"),
            (std::set<std::string>{tiles[0], tiles[1], tiles[2], tiles[3]}));
  expect_same(whole, out());
}

TEST_F(Batch, AChangedCellConcernsOnlyTheTilesItReaches) {
  ASSERT_EQ(batch().exit_code, 0);
  std::string cells = kCells;
  cells.replace(cells.find("30,120,x"), 8, "30,125,x");
  folder_.write("cells.csv", cells);
  const Outcome again = batch();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  std::set<std::string> of_b;
  for (const std::string& name : names_in(out() / "tiles")) {
    const json tile = json::parse(read_file(out() / "tiles" / name / "tile.json"));
    const std::vector<std::string> names = tile["cells"];
    if (std::ranges::find(names, "B-1") != names.end()) of_b.insert(name);
  }
  EXPECT_EQ(tiles_of(again, "tile-started"), of_b);
  EXPECT_LT(of_b.size(), all_tiles().size());
  EXPECT_THAT(again.err, HasSubstr("cell B-1 changed"));

  // A row more renumbers the cells after it in the mosaic, not in tiles that it does not reach.
  folder_.write("cells.csv", "ENB,CELL,LON,LAT,H,AZ,VENDOR\nC,C-1,83.90,39.60,20,0,x\n" +
                                 cells.substr(cells.find('\n') + 1));
  const Outcome more = batch();
  ASSERT_EQ(more.exit_code, 0) << more.err;
  EXPECT_LT(tiles_of(more, "tile-started").size(), all_tiles().size());
  EXPECT_THAT(Raster(out() / "best_server.vrt").categories,
              ElementsAre("none", "C-1", "A-1", "A-2", "B-1"));
  const Raster server(out() / "best_server.vrt");
  EXPECT_EQ(*std::ranges::max_element(server.values), 4.0);
}

TEST_F(Batch, TilesThatThePlanNoLongerHasAreRemoved) {
  ASSERT_EQ(batch().exit_code, 0);
  const std::set<std::string> before = all_tiles();
  folder_.write("cells.csv", kCells.substr(0, kCells.find("B,B-1")));
  ASSERT_EQ(batch().exit_code, 0);
  EXPECT_LT(all_tiles().size(), before.size());
  EXPECT_EQ(record(out())["tiles"]["count"], all_tiles().size());
}

TEST_F(Batch, ATitleConcernsNoTileAndAnAntennaOnlyThoseThatHaveIt) {
  ASSERT_EQ(batch().exit_code, 0);
  std::string map = map_yaml();
  map.replace(map.find("id: dunes"), 9, "id: dunes\ntitle: Dunes");
  folder_.write("map.yaml", map);
  EXPECT_THAT(tiles_of(batch(), "tile-started"), IsEmpty());
  map.replace(map.find("gain_dbi: 8"), 11, "gain_dbi: 9");  // of the whip, which no cell has
  folder_.write("map.yaml", map);
  EXPECT_THAT(tiles_of(batch(), "tile-started"), IsEmpty());
  map.replace(map.find("gain_dbi: 15"), 12, "gain_dbi: 16");
  folder_.write("map.yaml", map);
  const Outcome turned = batch();
  EXPECT_EQ(tiles_of(turned, "tile-started"), all_tiles());
  EXPECT_THAT(turned.err, HasSubstr("antenna panel changed"));
}

/// A part of the terrain as a file of its own.
void cut_terrain(const fs::path& file, double west, double east) {
  GDALAllRegister();
  const GDALDatasetUniquePtr source(GDALDataset::Open(kDunes.c_str(), GDAL_OF_RASTER));
  const std::string west_text = std::to_string(west), east_text = std::to_string(east);
  std::vector<std::string> words = {"-projwin", west_text, "39.9", east_text, "39.3"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  GDALTranslateOptions* options = GDALTranslateOptionsNew(arguments.data(), nullptr);
  const GDALDatasetUniquePtr cut(GDALDataset::FromHandle(
      GDALTranslate(file.c_str(), GDALDataset::ToHandle(source.get()), options, nullptr)));
  GDALTranslateOptionsFree(options);
  ASSERT_NE(cut, nullptr);
}

TEST_F(Batch, AFailedTileIsToldAndTheOthersGoOn) {
  cut_terrain(folder_.path() / "west.tif", 83.7, 84.05);
  cut_terrain(folder_.path() / "east.tif", 84.05, 84.4);
  folder_.write("map.yaml", map_yaml("west.tif, east.tif"));
  // Its first and last pixels can be read; in between is nothing.
  const fs::path east = folder_.path() / "east.tif";
  const std::string good = read_file(east);
  {
    GDALAllRegister();
    const GDALDatasetUniquePtr source(GDALDataset::Open(east.c_str(), GDAL_OF_RASTER));
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const char* const compressed[] = {"COMPRESS=DEFLATE", "BLOCKYSIZE=1", nullptr};
    const fs::path other = folder_.path() / "east2.tif";
    GDALClose(driver->CreateCopy(other.c_str(), source.get(), 0, const_cast<char**>(compressed),
                                 nullptr, nullptr));
    fs::rename(other, east);
    std::fstream file(east, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<long>(fs::file_size(east));
    file.seekp(size / 2);
    for (int i = 0; i < 2000; ++i) file.put('\xff');
  }
  const Outcome outcome = batch();
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  const std::set<std::string> failed = tiles_of(outcome, "tile-failed");
  const std::set<std::string> finished = tiles_of(outcome, "tile-finished");
  EXPECT_GE(failed.size(), 1U);
  EXPECT_GE(finished.size(), 1U);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("east.tif"), HasSubstr("missing")));
  const json run = record(out());
  EXPECT_FALSE(run["complete"]);
  EXPECT_EQ(run["tiles"]["missing"].size(), failed.size());

  std::ofstream(east, std::ios::binary) << good;
  const Outcome again = batch();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(tiles_of(again, "tile-started"), IsSupersetOf(failed));
  EXPECT_TRUE(record(out())["complete"]);
}

TEST_F(Batch, ACorrectedRasterConcernsTheTilesOverItEvenWithinAMosaic) {
  cut_terrain(folder_.path() / "west.tif", 83.7, 84.05);
  cut_terrain(folder_.path() / "east.tif", 84.05, 84.4);
  // The east by way of a VRT, whose own text does not change.
  {
    GDALAllRegister();
    const GDALDatasetUniquePtr east(
        GDALDataset::Open((folder_.path() / "east.tif").c_str(), GDAL_OF_RASTER));
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("VRT");
    GDALClose(driver->CreateCopy((folder_.path() / "east.vrt").c_str(), east.get(), 0, nullptr,
                                 nullptr, nullptr));
  }
  folder_.write("map.yaml", map_yaml("west.tif, east.vrt"));
  ASSERT_EQ(batch().exit_code, 0);
  {
    const GDALDatasetUniquePtr east(
        GDALDataset::Open((folder_.path() / "east.tif").c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
    float height = 1234.0F;
    ASSERT_EQ(
        east->GetRasterBand(1)->RasterIO(GF_Write, 3, 3, 1, 1, &height, 1, 1, GDT_Float32, 0, 0),
        CE_None);
  }
  const Outcome again = batch();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  const std::set<std::string> computed = tiles_of(again, "tile-started");
  EXPECT_GE(computed.size(), 1U);
  EXPECT_LT(computed.size(), all_tiles().size());
  EXPECT_THAT(again.err, HasSubstr("terrain 1 changed"));
}

TEST_F(Batch, WhileTilesAreReplacedTheRecordSaysSo) {
  ASSERT_EQ(batch().exit_code, 0);
  EXPECT_TRUE(record(out())["complete"]);
  std::string cells = kCells;
  cells.replace(cells.find("30,120,x"), 8, "30,125,x");
  folder_.write("cells.csv", cells);
  for (const char* shard : {"1/2", "2/2"}) ASSERT_EQ(batch({"--shard", shard}).exit_code, 0);
  EXPECT_FALSE(record(out())["complete"]);
  ASSERT_EQ(batch({"--merge"}).exit_code, 0);
  EXPECT_TRUE(record(out())["complete"]);
  EXPECT_FALSE(record(out()).contains("superseded"));
}

TEST_F(Batch, WhenNoTileCanBeComputedEachReasonIsTold) {
  std::string cells = kCells;
  for (std::size_t at = 0; (at = cells.find(",8", at)) != std::string::npos;) {
    cells.replace(at, 2, ",6");  // 63.9 E: far from the terrain
  }
  folder_.write("cells.csv", cells);
  const Outcome outcome = batch();
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("tile-failed"));
  const json run = record(out());
  EXPECT_FALSE(run["complete"]);
  EXPECT_THAT(run["tiles"]["finished"], IsEmpty());
  EXPECT_EQ(run["kpis"]["judged_pixels"], 0);
}

TEST_F(Batch, TwoIntoOneFolderRefuseEachOther) {
  fs::create_directories(out());
  const int lock = ::open((out() / ".yonder-batch.lock").c_str(), O_RDWR | O_CREAT, 0666);
  ASSERT_GE(lock, 0);
  struct flock request {};
  request.l_type = F_WRLCK;
  request.l_whence = SEEK_SET;
  ASSERT_EQ(::fcntl(lock, F_OFD_SETLK, &request), 0);
  const Outcome whole = batch();
  EXPECT_EQ(whole.exit_code, 1);
  EXPECT_THAT(whole.err, HasSubstr("another batch is at work in " + out().string()));
  const Outcome shard = batch({"--shard", "1/2"});
  EXPECT_EQ(shard.exit_code, 1);
  EXPECT_THAT(shard.err, HasSubstr("is at work"));
  EXPECT_FALSE(fs::exists(out() / "tiles"));

  // Shards share the folder with shards of the same batch, and with no others.
  request.l_type = F_RDLCK;
  ASSERT_EQ(::fcntl(lock, F_OFD_SETLK, &request), 0);
  ASSERT_EQ(::ftruncate(lock, 0), 0);
  ASSERT_EQ(::pwrite(lock, "another\nhost\n", 13, 0), 13);
  EXPECT_THAT(batch({"--shard", "1/2"}).err, HasSubstr("shards of another plan are at work"));
  // A lock that does not say whose it is, is nobody's plan.
  ASSERT_EQ(::ftruncate(lock, 0), 0);
  EXPECT_THAT(batch({"--shard", "1/2"}).err,
              AllOf(HasSubstr("does not say which plan's"), Not(HasSubstr("another plan"))));
  ::close(lock);
  EXPECT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
}

TEST_F(Batch, ShardsOfAnotherTableAreShardsOfAnotherPlan) {
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  const auto identity = [&] {
    const std::string text = read_file(out() / ".yonder-batch.lock");
    return text.substr(0, text.find('\n'));
  };
  const std::string before = identity();
  std::string cells = kCells;
  cells.replace(cells.find(",x\n"), 2, ",y");  // of a column that is not read
  folder_.write("cells.csv", cells);
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  EXPECT_EQ(identity(), before);
  cells.replace(cells.find("30,120,y") == std::string::npos ? cells.find("30,120,") : 0, 7,
                "30,125,");
  folder_.write("cells.csv", cells);
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  EXPECT_NE(identity(), before);
}

TEST_F(Batch, AMergeTakesNoTileOfATableThatHasChanged) {
  for (const char* shard : {"1/2", "2/2"}) ASSERT_EQ(batch({"--shard", shard}).exit_code, 0);
  const std::set<std::string> tiles = all_tiles();
  std::set<std::string> of_b;
  for (const std::string& name : tiles) {
    const json tile = json::parse(read_file(out() / "tiles" / name / "tile.json"));
    const std::vector<std::string> names = tile["cells"];
    if (std::ranges::find(names, "B-1") != names.end()) of_b.insert(name);
  }
  // One cell is turned, and one site is not there any more.
  std::string cells = kCells;
  cells.replace(cells.find("30,120,x"), 8, "30,125,x");
  folder_.write("cells.csv", cells);
  const Outcome merge = batch({"--merge"});
  EXPECT_EQ(merge.exit_code, 1);
  EXPECT_THAT(merge.out, HasSubstr("cell B-1 changed"));
  const json run = record(out());
  EXPECT_FALSE(run["complete"]);
  std::set<std::string> missing;
  for (const json& one : run["tiles"]["missing"]) missing.insert(one["id"]);
  EXPECT_EQ(missing, of_b);
  folder_.write("cells.csv",
                cells.substr(0, cells.find("A,A-1")) + cells.substr(cells.find("B,B-1")));
  EXPECT_EQ(batch({"--merge"}).exit_code, 1);
  // Whatever the merge thinks of them, the tiles can be wanted back.
  EXPECT_EQ(all_tiles(), tiles);
  folder_.write("cells.csv", kCells);
  EXPECT_EQ(batch({"--merge"}).exit_code, 0);
  EXPECT_TRUE(record(out())["complete"]);
}

TEST_F(Batch, TheRecordTellsWhatWasReadNotWhatLiesThereLater) {
  // The table and the template are replaced when the first tile has begun.
  const auto begun = [&] {
    if (!fs::exists(out() / "tiles")) return false;
    folder_.write("cells.csv", "nothing of use");
    folder_.write("map.yaml", "nothing of use");
    folder_.write("plan.yaml", "nothing of use");
    return true;
  };
  const Outcome outcome = batch({"--threads", "1"}, {.signal = 0, .signal_when = begun});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::map<std::string, std::uint64_t> bytes;
  const json run = record(out());
  for (const json& input : run["inputs"]) {
    bytes[fs::path(input["file"].get<std::string>()).filename().string()] = input["bytes"];
  }
  EXPECT_EQ(bytes.at("cells.csv"), kCells.size());
  EXPECT_EQ(bytes.at("map.yaml"), map_yaml().size());
  EXPECT_EQ(bytes.at("plan.yaml"), kPlan.size());
}

TEST_F(Batch, AViewersStatisticsChangeNoTile) {
  ASSERT_EQ(batch().exit_code, 0);
  GDALAllRegister();
  for (const std::string& tile : names_in(out() / "tiles")) {
    for (const char* layer : {"rsrp.tif", "handset-class.tif", "status.tif"}) {
      const GDALDatasetUniquePtr raster(
          GDALDataset::Open((out() / "tiles" / tile / layer).c_str(), GDAL_OF_RASTER));
      // As QGIS does when it shows a layer: GDAL keeps both in FILE.aux.xml.
      double range[2], mean = 0.0, deviation = 0.0;
      GDALRasterBand& band = *raster->GetRasterBand(1);
      band.ComputeStatistics(0, &range[0], &range[1], &mean, &deviation, nullptr, nullptr);
      int buckets = 0;
      GUIntBig* counts = nullptr;
      double low = 0.0, high = 0.0;
      band.GetDefaultHistogram(&low, &high, &buckets, &counts, 1, nullptr, nullptr);
      VSIFree(counts);
    }
  }
  const fs::path tile = out() / "tiles" / names_in(out() / "tiles").front();
  ASSERT_THAT(read_file(tile / "status.tif.aux.xml"), HasSubstr("Histograms"));
  ASSERT_TRUE(fs::exists(tile / "rsrp.tif.aux.xml"));
  const Outcome again = batch();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(tiles_of(again, "tile-started"), IsEmpty());
  EXPECT_THAT(Raster(out() / "status.vrt").categories, Contains("beyond the calculation radius"));

  // Names that are gone make the tile a damaged one, and statistics of before go with it.
  std::string sidecar = read_file(tile / "status.tif.aux.xml");
  sidecar.replace(sidecar.find("<Category>"), 11, "<Category>X");
  std::ofstream(tile / "status.tif.aux.xml") << sidecar;
  const Outcome mended = batch();
  EXPECT_EQ(tiles_of(mended, "tile-started"), (std::set<std::string>{tile.filename().string()}));
  EXPECT_FALSE(fs::exists(tile / "rsrp.tif.aux.xml"));
}

TEST_F(Batch, RootSequencesAreCheckedOverAllTiles) {
  // Two sites of tiles apart, with the same root, within hearing of each other.
  folder_.write(
      "cells.csv",
      "ENB,CELL,LON,LAT,H,AZ,ROOT\nA,A-1,83.90,39.60,40,30,7\nB,B-1,84.00,39.60,30,120,7\n");
  std::string plan = kPlan;
  plan.replace(plan.find("\"*\": null"), 9, "ROOT: root_sequence_index");
  folder_.write("plan.yaml", plan);
  const Outcome outcome = batch();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("A-1 and B-1 share"));
  EXPECT_THAT(record(out())["warnings"].dump(), HasSubstr("A-1 and B-1 share"));
}

TEST_F(Batch, AreasAreSumsOverTiles) {
  ASSERT_EQ(batch().exit_code, 0);
  const json run = record(out());
  double judged_km2 = 0.0, good_km2 = 0.0;
  for (const std::string& name : names_in(out() / "tiles")) {
    const json tile = json::parse(read_file(out() / "tiles" / name / "tile.json"));
    const double pixel_km2 = tile["pixel_area_km2"];
    EXPECT_NEAR(pixel_km2, 0.04, 0.04 * 0.002);  // 200 m, the scale of UTM
    const json& counts = tile["kpis"]["coverage"];
    judged_km2 += counts["judged_pixels"].get<double>() * pixel_km2;
    good_km2 += counts["thresholds"][0]["all"][1].get<double>() * pixel_km2;
  }
  EXPECT_NEAR(run["kpis"]["judged_km2"].get<double>(), judged_km2, 1e-9 * judged_km2);
  const json& good = run["kpis"]["thresholds"][0]["all"];
  EXPECT_NEAR(good["covered_km2"].get<double>(), good_km2, 1e-9 * good_km2);
  EXPECT_THAT(
      read_file(out() / "kpis.csv"),
      HasSubstr("rsrp,,good,all," + std::to_string(good["covered_pixels"].get<int>()) + ","));
  std::ostringstream km2;
  km2 << std::fixed << std::setprecision(3) << good_km2;
  EXPECT_THAT(read_file(out() / "kpis.csv"), HasSubstr("," + km2.str() + "\n"));
}

TEST_F(Batch, StagingFoldersOfOtherHostsGoWhenNobodyElseIsThere) {
  const auto left_over = [&](const std::string& at, const std::string& file) {
    folder_.write("out/" + at + "/.yonder-partial-elsewhere-77/" + file, "half");
    return out() / at / ".yonder-partial-elsewhere-77";
  };
  const fs::path of_tile = left_over("tiles/x0001_y0002", "rsrp.tif");
  const fs::path of_merge = left_over("", "rsrp.vrt");
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(of_tile));  // of a shard that may still be at work
  EXPECT_TRUE(fs::exists(of_merge));
  ASSERT_EQ(batch().exit_code, 0);
  EXPECT_FALSE(fs::exists(of_tile));
  EXPECT_FALSE(fs::exists(of_merge));
  // A `yonder run` into the same folder has no lock: what it stages is left to it.
  const fs::path of_run = left_over("", "rsrp.tif");
  ASSERT_EQ(batch().exit_code, 0);
  EXPECT_TRUE(fs::exists(of_run));
}

TEST_F(Batch, DryRunListsTheWorkAndWritesNothing) {
  const Outcome dry = batch({"--dry-run"});
  ASSERT_EQ(dry.exit_code, 0) << dry.err;
  EXPECT_THAT(dry.out, AllOf(HasSubstr("to compute"), HasSubstr("paths"), HasSubstr("MiB")));
  EXPECT_FALSE(fs::exists(out()));
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  EXPECT_THAT(batch({"--dry-run"}).out, HasSubstr("finished"));
}

TEST_F(Batch, AMergeTellsWhatIsNotThere) {
  ASSERT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
  const Outcome merge = batch({"--merge"});
  EXPECT_EQ(merge.exit_code, 1);
  EXPECT_THAT(merge.out, HasSubstr("not computed"));
  EXPECT_FALSE(record(out())["complete"]);
  EXPECT_THAT(read_file(out() / "tiles.csv"), HasSubstr(",missing,"));
}

TEST_F(Batch, BadPlansAreRefusedInWords) {
  const auto expect = [&](const std::string& plan, const std::string& words) {
    folder_.write("plan.yaml", plan);
    const Outcome outcome = batch();
    EXPECT_EQ(outcome.exit_code, 2) << plan;
    EXPECT_THAT(outcome.err, HasSubstr(words)) << plan;
    EXPECT_FALSE(fs::exists(out())) << plan;
  };
  expect("yonder_batch: 2\nscenario: map.yaml\nsites_csv: cells.csv\n",
         "plan.yaml:1: yonder_batch: must be a whole number from 1 to 1");
  expect("yonder_batch: 1\nsites_csv: cells.csv\n", "scenario: is missing");
  expect(kPlan + "tile_size: 3\n", "tile_size: is not a key of a batch plan");
  expect("yonder_batch: 1\nscenario: absent.yaml\nsites_csv: cells.csv\n", "absent.yaml");
  expect(kPlan + "set: {calculation.radius_kn: 5}\n", "radius_km");
  expect("yonder_batch: 1\nscenario: map.yaml\nsites_csv: cells.csv\ncolumns: {LON: lon_deg}\n",
         "cells.csv:1: row 1, column ENB");
  folder_.write("points.csv", "id,lon,lat\nP,83.9,39.6\n");
  expect(kPlan + "set: {shapes: {points: [{id: p, file: points.csv}]}}\n",
         "are judged over a whole map");
  expect(kPlan +
             "area: {bounding_box: {west_deg: 83, south_deg: 39, east_deg: 87, north_deg: 43}, "
             "pixel_m: 2}\n",
         "tile_px: of 64 cuts the area of");
  expect(kPlan.substr(0, kPlan.find("tile_px")) +
             "tile_px: 16384\narea: {bounding_box: {west_deg: 83, south_deg: 39, east_deg: 88, "
             "north_deg: 40}, pixel_m: 200, crs: EPSG:32640}\n",
         "over tile");
  expect("just text", "is a mapping of keys");
  folder_.write("plan.yaml", kPlan);
  EXPECT_EQ(yonder({"batch", (folder_.path() / "plan.yaml").string(), "--shard", "3/2"}).exit_code,
            2);
}

TEST_F(Batch, SlurmJobsSayWhatTheyDo) {
  const Outcome dry = batch({"--slurm", "--dry-run", "--shards", "5", "--threads", "2",
                             "--sbatch=--partition=long", "--set", "title=it's ours"});
  ASSERT_EQ(dry.exit_code, 0) << dry.err;
  const std::string tiles = read_file(out() / "slurm" / "tiles.sbatch");
  EXPECT_THAT(tiles,
              AllOf(HasSubstr("#SBATCH --array=1-5\n"), HasSubstr("#SBATCH --partition=long\n"),
                    HasSubstr("#SBATCH --cpus-per-task=2\n"), HasSubstr("--requeue"),
                    HasSubstr("export YONDER_SIMD="), HasSubstr("'title=it'\\''s ours'"),
                    HasSubstr("--shard \"${SLURM_ARRAY_TASK_ID}/5\"")));
  EXPECT_THAT(read_file(out() / "slurm" / "merge.sbatch"), HasSubstr(" --merge\n"));
}

}  // namespace
}  // namespace yonder::test
