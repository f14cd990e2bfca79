#include "geodata/tile_fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <random>

#include "geodata/raster_output.h"
#include "tests/unit/geodata/http_server.h"
#include "tests/unit/geodata/test_files.h"

namespace yonder::geodata {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kWest = "Copernicus_DSM_COG_10_N38_00_E084_00_DEM";
const std::string kEast = "Copernicus_DSM_COG_10_N38_00_E085_00_DEM";

class FetchGlo30 : public testing::Test {
 protected:
  FetchGlo30() {
    // Retries would only make the failing tests slow.
    ::setenv("GDAL_HTTP_MAX_RETRY", "0", 1);
    server.files["/" + kWest + "/" + kWest + ".tif"] = tile(84.0, 1200);
    server.start();
    request = {84.2, 38.2, 85.5, 38.9, server.url(), folder / "cache"};
  }
  /// A GeoTIFF of noise (does not compress), size^2 pixels, about 4 MB at 1200.
  std::string tile(double west, int size) {
    std::mt19937 random(7);
    std::vector<float> heights(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
    for (float& h : heights) h = static_cast<float>(random() % 8000000) * 1e-3f;
    write_height_geotiff(folder / "tile.tif", {west, 39.0, 1.0 / size, size, size}, heights,
                         {"Height", "m", {}});
    return read_bytes(folder / "tile.tif");
  }
  FetchReport fetch() { return fetch_glo30(request, {}, nullptr); }
  std::vector<std::string> cached() const {
    std::vector<std::string> names;
    if (std::filesystem::exists(folder / "cache"))
      for (const auto& entry : std::filesystem::directory_iterator(folder / "cache"))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  const std::string& west_bytes() const {
    return server.files.at("/" + kWest + "/" + kWest + ".tif");
  }
  TestFolder folder;
  HttpServer server;
  FetchRequest request;
};

TEST(Glo30TileNames, AreTheDegreeCellsOfTheBox) {
  EXPECT_THAT(glo30_tile_names({84.2, 38.2, 85.5, 39.0, "", ""}), ElementsAre(kWest, kEast));
  EXPECT_THAT(glo30_tile_names({-0.5, -0.5, 0.5, 0.5, "", ""}),
              ElementsAre("Copernicus_DSM_COG_10_S01_00_W001_00_DEM",
                          "Copernicus_DSM_COG_10_S01_00_E000_00_DEM",
                          "Copernicus_DSM_COG_10_N00_00_W001_00_DEM",
                          "Copernicus_DSM_COG_10_N00_00_E000_00_DEM"));
  EXPECT_THAT(glo30_tile_names({179.5, 65.1, -179.5, 65.2, "", ""}),
              ElementsAre("Copernicus_DSM_COG_10_N65_00_E179_00_DEM",
                          "Copernicus_DSM_COG_10_N65_00_W180_00_DEM"));
  EXPECT_THAT(problem_of([] {
                glo30_tile_names({84.0, 39.0, 85.0, 38.0, "", ""});
              }),
              HasSubstr("no tiles for this box"));
}

TEST_F(FetchGlo30, DownloadsTilesAndNotesTheAbsentOnes) {
  std::vector<std::size_t> steps;
  const FetchReport report = fetch_glo30(request, {}, [&](std::size_t done, std::size_t total) {
    EXPECT_EQ(total, 2u);
    steps.push_back(done);
  });
  EXPECT_THAT(report.downloaded, ElementsAre(kWest));
  EXPECT_THAT(report.absent_at_source, ElementsAre(kEast));
  ASSERT_THAT(report.tiles, ElementsAre(folder / ("cache/" + kWest + ".tif")));
  EXPECT_EQ(read_bytes(report.tiles[0]), west_bytes());
  EXPECT_THAT(steps, ElementsAre(0, 1, 2));
  EXPECT_THAT(cached(), ElementsAre(kWest + ".tif", kEast + ".absent"));
}

TEST_F(FetchGlo30, ASecondCallNeedsNoNetwork) {
  fetch();
  server.stop();
  const FetchReport report = fetch();
  EXPECT_THAT(report.downloaded, IsEmpty());
  EXPECT_THAT(report.tiles, SizeIs(1));
  EXPECT_THAT(report.absent_at_source, ElementsAre(kEast));
}

TEST_F(FetchGlo30, AsksAnotherSourceAgainForAbsentTiles) {
  fetch();
  request.base_url += "/";  // the same
  const std::size_t before = server.requests().size();
  fetch();
  EXPECT_EQ(server.requests().size(), before);
  request.base_url = server.url() + "/elsewhere";
  fetch();
  EXPECT_GT(server.requests().size(), before);
}

TEST_F(FetchGlo30, AServerWithoutRangesWorksToo) {
  server.ranges = false;
  const FetchReport report = fetch();
  ASSERT_THAT(report.tiles, SizeIs(1));
  EXPECT_EQ(read_bytes(report.tiles[0]), west_bytes());
}

TEST_F(FetchGlo30, SaysThatItIsOffline) {
  server.stop();
  EXPECT_THAT(problem_of([&] { fetch(); }),
              AllOf(HasSubstr("cannot reach http://127.0.0.1:"), HasSubstr("offline?")));
  EXPECT_THAT(cached(), IsEmpty());
}

TEST_F(FetchGlo30, AnInterruptedDownloadLeavesNoTileAndGoesOnLater) {
  server.bytes_until_break = 2500000;
  EXPECT_THAT(problem_of([&] { fetch(); }),
              AllOf(HasSubstr(kWest), HasSubstr("ended after"), HasSubstr("fetch again")));
  ASSERT_THAT(cached(), ElementsAre(kWest + ".part"));
  const auto kept = std::filesystem::file_size(folder / ("cache/" + kWest + ".part"));
  EXPECT_GT(kept, 1000000u);
  server.bytes_until_break = -1;
  const std::size_t before = server.requests().size();
  const FetchReport report = fetch();
  ASSERT_THAT(report.downloaded, ElementsAre(kWest));
  EXPECT_EQ(read_bytes(report.tiles[0]), west_bytes());
  EXPECT_THAT(cached(), ElementsAre(kWest + ".tif", kEast + ".absent"));
  const std::vector<std::string> requests = server.requests();
  for (std::size_t i = before; i < requests.size(); ++i)
    EXPECT_THAT(requests[i], Not(HasSubstr("bytes=0-"))) << "what was there is not fetched again";
}

TEST_F(FetchGlo30, AnInterruptedDownloadWithoutRangesLeavesNoTile) {
  server.ranges = false;
  server.bytes_until_break = 2500000;
  EXPECT_NE(problem_of([&] { fetch(); }), "");
  EXPECT_THAT(cached(), Not(testing::Contains(kWest + ".tif")));
  server.bytes_until_break = -1;
  const FetchReport report = fetch();
  ASSERT_THAT(report.tiles, SizeIs(1));
  EXPECT_EQ(read_bytes(report.tiles[0]), west_bytes());
}

TEST_F(FetchGlo30, AnErrorPageIsNoTile) {
  server.files["/" + kWest + "/" + kWest + ".tif"] = std::string(5000, 'x');
  EXPECT_THAT(problem_of([&] { fetch(); }),
              AllOf(HasSubstr("is not a whole raster"), HasSubstr("GLO-30")));
  EXPECT_THAT(cached(), IsEmpty());
}

TEST_F(FetchGlo30, ABrokenTileInTheCacheIsFetchedAnew) {
  std::filesystem::create_directories(folder / "cache");
  write_text(folder / ("cache/" + kWest + ".tif"), "broken by another program");
  const FetchReport report = fetch();
  EXPECT_THAT(report.downloaded, ElementsAre(kWest));
  EXPECT_EQ(read_bytes(report.tiles[0]), west_bytes());
}

TEST_F(FetchGlo30, ARefusalIsNotAbsence) {
  for (const int status : {403, 500}) {
    server.status = status;
    EXPECT_THAT(problem_of([&] { fetch(); }), HasSubstr(std::to_string(status)));
    EXPECT_THAT(cached(), IsEmpty());
  }
}

TEST_F(FetchGlo30, StopsWhenAskedAndGoesOnLater) {
  std::stop_source stop;
  stop.request_stop();
  const FetchReport report = fetch_glo30(request, stop.get_token(), nullptr);
  EXPECT_THAT(report.tiles, IsEmpty());
  EXPECT_THAT(server.requests(), IsEmpty());

  std::stop_source later;
  const FetchReport partial =
      fetch_glo30(request, later.get_token(), [&](std::size_t done, std::size_t) {
        if (done == 1) later.request_stop();
      });
  EXPECT_THAT(partial.downloaded, ElementsAre(kWest));
  EXPECT_THAT(partial.absent_at_source, IsEmpty());
  EXPECT_THAT(fetch().absent_at_source, ElementsAre(kEast));
}

/// While it lives, files of this process end at `bytes`: longer ones fail as on a full disk.
class FilesEndAt {
 public:
  explicit FilesEndAt(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FilesEndAt() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  FilesEndAt(const FilesEndAt&) = delete;
  FilesEndAt& operator=(const FilesEndAt&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(FetchGlo30, AFullDiskIsToldAndLeavesNoTile) {
  std::string problem;
  {
    // In this process: a fork beside the server's thread may inherit a lock that nobody frees.
    const FilesEndAt limit(1500000);
    problem = problem_of([&] { fetch(); });
  }
  EXPECT_THAT(problem, testing::HasSubstr("cannot write"));
  EXPECT_THAT(cached(), Not(testing::Contains(kWest + ".tif")));
  EXPECT_THAT(fetch().downloaded, ElementsAre(kWest));
}

TEST_F(FetchGlo30, WhatItFetchedIsTerrain) {
  const FetchReport report = fetch();
  TerrainRequest terrain = request_around({84.5, 38.5}, 10000.0, 200.0);
  terrain.sources = {report.tiles};
  EXPECT_EQ(load_terrain(terrain).no_data_pixels, 0u);
}

}  // namespace
}  // namespace yonder::geodata
