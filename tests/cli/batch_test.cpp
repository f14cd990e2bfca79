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
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "process.h"

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

const std::string kTerrain =
    std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/desert-highway/terrain-synthetic.tif";

std::string map_yaml(const std::string& terrain = kTerrain, const std::string& sites = "") {
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
const std::string kCells =
    "ENB,CELL,LON,LAT,H,AZ,VENDOR\n"
    "A,A-1,83.90,39.60,40,30,x\n"
    "A,A-2,83.90,39.60,40,210,x\n"
    "B,B-1,84.20,39.60,30,120,x\n";
const std::string kPlan = R"(yonder_batch: 1
scenario: map.yaml
sites_csv: cells.csv
columns: {ENB: site_id, CELL: cell_id, LON: lon_deg, LAT: lat_deg, H: height_agl_m,
          AZ: "sites[].cells[].azimuth_deg", "*": null}
tile_px: 64
)";

/// All values of a raster of one band; nodata as NaN.
struct Raster {
  explicit Raster(const fs::path& file) {
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
    if (dataset == nullptr) {
      ADD_FAILURE() << "cannot read " << file;
      return;
    }
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    columns = band.GetXSize();
    rows = band.GetYSize();
    overviews = band.GetOverviewCount();
    type = GDALGetDataTypeName(band.GetRasterDataType());
    description = band.GetDescription();
    for (char** name = band.GetCategoryNames(); name != nullptr && *name != nullptr; ++name) {
      categories.emplace_back(*name);
    }
    values.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    EXPECT_EQ(band.RasterIO(GF_Read, 0, 0, columns, rows, values.data(), columns, rows, GDT_Float64,
                            0, 0),
              CE_None)
        << file;
  }
  double at(int column, int row) const {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
  }
  int columns = 0, rows = 0, overviews = 0;
  std::string type, description;
  std::vector<std::string> categories;
  std::vector<double> values;
};

class Batch : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("map.yaml", map_yaml());
    folder_.write("cells.csv", kCells);
    folder_.write("plan.yaml", kPlan);
  }
  fs::path out() const { return folder_.path() / "out"; }
  Outcome batch(const std::vector<std::string>& more = {},
                const ProcessSettings& settings = {}) const {
    return batch_into(out(), more, settings);
  }
  Outcome batch_into(const fs::path& directory, const std::vector<std::string>& more = {},
                     const ProcessSettings& settings = {}) const {
    std::vector<std::string> arguments = {"batch", (folder_.path() / "plan.yaml").string(),
                                          "-o",    directory.string(),
                                          "--log", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments, settings);
  }
  static json record(const fs::path& directory) {
    return json::parse(read_file(directory / "run.json"));
  }
  /// Every file that has to be the same whoever computed it, by its path.
  static std::map<std::string, std::string> contents(const fs::path& directory) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
      const std::string name = entry.path().filename().string();
      // run.json tells of this run; timings and the lock are of a process.
      if (!entry.is_regular_file() || name == "timings.json" || name == ".yonder-batch.lock" ||
          name == "run.json") {
        continue;
      }
      all[fs::relative(entry.path(), directory).string()] = read_file(entry.path());
    }
    return all;
  }
  static void expect_same(const fs::path& a, const fs::path& b) {
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

TEST_F(Batch, TilesAreThePartsOfOneMap) {
  ASSERT_EQ(batch().exit_code, 0);
  folder_.write("whole.yaml", map_yaml(kTerrain,
                                       "sites_csv: cells.csv\n"
                                       "sites_csv_columns: {ENB: site_id, CELL: cell_id, LON: "
                                       "lon_deg, LAT: lat_deg, H: height_agl_m, AZ: azimuth_deg, "
                                       "VENDOR: null}\n"));
  const fs::path whole = folder_.path() / "whole";
  const Outcome run =
      yonder({"run", (folder_.path() / "whole.yaml").string(), "-o", whole.string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Raster tiled(out() / "rsrp.vrt");
  const Raster single(whole / "rsrp.tif");
  ASSERT_EQ(tiled.columns, single.columns);
  ASSERT_EQ(tiled.rows, single.rows);
  int compared = 0;
  for (std::size_t i = 0; i < tiled.values.size(); ++i) {
    ASSERT_EQ(std::isnan(tiled.values[i]), std::isnan(single.values[i])) << i;
    if (std::isnan(tiled.values[i])) continue;
    ++compared;
    // Grids that begin elsewhere interpolate positions between other nodes: under a metre.
    ASSERT_NEAR(tiled.values[i], single.values[i], 0.05) << i;
  }
  EXPECT_GT(compared, 5000);
  const Raster tiled_class(out() / "handset-class.vrt");
  const Raster single_class(whole / "handset-class.tif");
  std::size_t different = 0;
  for (std::size_t i = 0; i < tiled_class.values.size(); ++i) {
    different += tiled_class.values[i] != single_class.values[i] ? 1U : 0U;
  }
  EXPECT_LE(different, tiled_class.values.size() / 2000);

  // Counts add up to those of the mosaic itself.
  const json kpis = record(out())["kpis"];
  std::size_t judged = 0, good = 0;
  const Raster status(out() / "status.vrt");
  for (std::size_t i = 0; i < tiled.values.size(); ++i) {
    judged += status.values[i] != 0.0 ? 1U : 0U;
    good += tiled.values[i] >= -105.0 ? 1U : 0U;
  }
  EXPECT_EQ(kpis["judged_pixels"], judged);
  EXPECT_EQ(kpis["thresholds"][0]["all"]["covered_pixels"], good);
  const json run_kpis = json::parse(read_file(whole / "run.json"))["kpis"];
  EXPECT_EQ(kpis["judged_pixels"], run_kpis["judged_pixels"]);
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

TEST_F(Batch, KilledAtAnyMomentItGoesOn) {
  const fs::path whole = folder_.path() / "uninterrupted";
  ASSERT_EQ(batch_into(whole).exit_code, 0);
  for (const std::size_t finished : {0U, 1U, 3U}) {
    const auto tiles_finished = [&] {
      std::size_t count = 0;
      std::error_code none;
      for (const auto& entry : fs::directory_iterator(out() / "tiles", none)) {
        count += fs::exists(entry.path() / "tile.json") ? 1U : 0U;
      }
      return fs::exists(out() / "tiles") && count >= finished;
    };
    const Outcome killed =
        batch({"--threads", "1"}, {.signal = SIGKILL, .signal_when = tiles_finished});
    if (killed.exit_code == 0) GTEST_SKIP() << "was done before it could be killed";
    const Outcome next = batch();
    ASSERT_EQ(next.exit_code, 0) << next.err;
    EXPECT_LE(tiles_of(next, "tile-finished").size() + finished, all_tiles().size());
    expect_same(whole, out());
    fs::remove_all(out());
  }
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
  const GDALDatasetUniquePtr source(GDALDataset::Open(kTerrain.c_str(), GDAL_OF_RASTER));
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

TEST_F(Batch, AFullDiskLeavesFinishedTilesAndGoesOn) {
  const fs::path whole = folder_.path() / "uninterrupted";
  ASSERT_EQ(batch_into(whole).exit_code, 0);
  const Outcome full = batch({}, {.file_size_limit = 6000});
  EXPECT_EQ(full.exit_code, 1) << full.out;
  EXPECT_THAT(full.err, HasSubstr("cannot write"));
  EXPECT_FALSE(fs::exists(out() / "run.json"));
  ASSERT_EQ(batch().exit_code, 0);
  expect_same(whole, out());
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
  ::close(lock);
  EXPECT_EQ(batch({"--shard", "1/2"}).exit_code, 0);
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
