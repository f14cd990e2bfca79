#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "map_results.h"
#include "process.h"

namespace yonder::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Hills around 39.6 N, 83.9 E as a text raster; `bump_m` is added to one of its pixels.
std::string hills(double bump_m = 0.0) {
  constexpr int kSize = 100;
  std::string text =
      "ncols 100\nnrows 100\nxllcorner 83.80\nyllcorner 39.50\ncellsize 0.002\nNODATA_value "
      "-9999\n";
  for (int r = 0; r < kSize; ++r) {
    for (int c = 0; c < kSize; ++c) {
      const double bump = r == 48 && c == 55 ? bump_m : 0.0;
      text += std::to_string(1000.0 + 30.0 * std::sin(0.5 * r) * std::cos(0.3 * c) + bump) + " ";
    }
    text += "\n";
  }
  return text;
}

constexpr const char* kScenario = R"(yonder: 1
id: kept
area: {around_sites_km: 4, pixel_m: 200}
calculation: {radius_km: 4}
terrain: {sources: [hills.asc]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, vertical_beamwidth_deg: 7}
sites:
  - id: A
    lon_deg: 83.90
    lat_deg: 39.60
    cells:
      - {id: A-1, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 30, power_w: 40}
      - {id: A-2, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 210, power_w: 40}
  - id: B
    lon_deg: 83.93
    lat_deg: 39.62
    cells:
      - {id: B-1, carrier: n28, antenna: panel, height_agl_m: 30, azimuth_deg: 120, power_w: 40}
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false}
)";

class FieldCacheRun : public testing::Test {
 protected:
  FieldCacheRun() {
    folder_.write("hills.asc", hills());
    folder_.write("hills.prj",
                  R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],)"
                  R"(PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])");
    folder_.write("scenario.yaml", kScenario);
  }
  void change(const std::string& from, const std::string& to) const {
    std::string text = read_file(folder_.path() / "scenario.yaml");
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    folder_.write("scenario.yaml", text.replace(at, from.size(), to));
  }
  std::filesystem::path cache() const { return folder_.path() / "cache"; }
  std::filesystem::path out(const std::string& name = "out") const { return folder_.path() / name; }
  Outcome run(const std::string& cache, const std::string& out_name = "out",
              const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"run",     (folder_.path() / "scenario.yaml").string(),
                                          "-o",      out(out_name).string(),
                                          "--cache", cache};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments);
  }
  json record(const std::string& out_name = "out") const {
    return json::parse(read_file(out(out_name) / "run.json"));
  }
  /// That the last run's maps are those of a run without a cache.
  void expect_as_without_cache() const {
    ASSERT_EQ(run("off", "plain").exit_code, 0);
    EXPECT_TRUE(record("plain")["field_cache"].is_null());
    for (const char* map : {"rsrp.tif", "best_server.tif", "status.tif"}) {
      EXPECT_TRUE(read_file(out() / map) == read_file(out("plain") / map)) << map;
    }
  }
  TemporaryFolder folder_;
};

TEST_F(FieldCacheRun, NeedsNoPropagationWhenOnlyAntennasTiltsAndPowersChange) {
  const Outcome first = run(cache().string());
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("0 of 2 fields from the cache"));
  EXPECT_GT(record()["paths"], 1000);
  EXPECT_EQ(record()["field_cache"]["stored"], 2);
  EXPECT_EQ(names_in(cache()).size(), 2U);

  change("azimuth_deg: 30, power_w: 40", "azimuth_deg: 50, mechanical_tilt_deg: 3, power_w: 80");
  change("gain_dbi: 15", "gain_dbi: 17");
  const Outcome second = run(cache().string());
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("2 of 2 fields from the cache: no propagation was computed"));
  EXPECT_EQ(record()["paths"], 0);
  EXPECT_EQ(record()["fields"], 2);
  EXPECT_EQ(record()["field_cache"]["loaded"], 2);
  expect_as_without_cache();
}

TEST_F(FieldCacheRun, ComputesAnewWhatAHeightOrAPixelOfTerrainConcerns) {
  ASSERT_EQ(run(cache().string()).exit_code, 0);
  change("height_agl_m: 30", "height_agl_m: 31");
  const Outcome higher = run(cache().string());
  EXPECT_THAT(higher.out, AllOf(HasSubstr("1 of 2 fields from the cache"),
                                Not(HasSubstr("no propagation was computed"))));
  expect_as_without_cache();

  folder_.write("hills.asc", hills(0.5));
  const Outcome bumped = run(cache().string());
  EXPECT_THAT(bumped.out, HasSubstr("0 of 2 fields from the cache"));
  expect_as_without_cache();
}

TEST_F(FieldCacheRun, ComputesADamagedFieldAnewAndSaysSo) {
  ASSERT_EQ(run(cache().string()).exit_code, 0);
  const std::filesystem::path file = cache() / names_in(cache()).front();
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(5000).put('\x55');
  const Outcome after = run(cache().string());
  ASSERT_EQ(after.exit_code, 0) << after.err;
  EXPECT_THAT(after.out, AllOf(HasSubstr("1 of 2 fields from the cache"),
                               HasSubstr("1 field of the cache was damaged"),
                               HasSubstr(file.filename().string())));
  expect_as_without_cache();
  EXPECT_THAT(run(cache().string()).out, HasSubstr("2 of 2 fields from the cache"));
}

TEST_F(FieldCacheRun, ServesTwoProcessesAtOnce) {
  Outcome outcomes[2];
  std::thread other([&] { outcomes[1] = run(cache().string(), "other"); });
  outcomes[0] = run(cache().string());
  other.join();
  for (const Outcome& outcome : outcomes) {
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, Not(HasSubstr("damaged")));
  }
  EXPECT_TRUE(read_file(out() / "rsrp.tif") == read_file(out("other") / "rsrp.tif"));
  EXPECT_EQ(names_in(cache()).size(), 2U);
  EXPECT_THAT(run(cache().string()).out, HasSubstr("2 of 2 fields from the cache"));
  expect_as_without_cache();
}

TEST_F(FieldCacheRun, DoesItsWorkWhereNoCacheCanBe) {
  const std::string in_the_way = folder_.write("file", "").string();
  const Outcome outcome = run(in_the_way + "/cache");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Mind:"), HasSubstr("2 fields were not kept"),
                                 HasSubstr(in_the_way)));
  expect_as_without_cache();
}

TEST_F(FieldCacheRun, CanBeTurnedOffOrLimitedInTheScenario) {
  change("{radius_km: 4}", "{radius_km: 4, cache_directory: cache, cache_limit_gib: 0.00001}");
  const std::string file = (folder_.path() / "scenario.yaml").string();
  const ProcessSettings as_said{.environment = {{"YONDER_FIELD_CACHE", ""}}};
  const Outcome limited = yonder({"run", file, "-o", out().string()}, as_said);
  EXPECT_EQ(limited.exit_code, 0) << limited.err;
  EXPECT_THAT(limited.out, HasSubstr("calculation.cache_limit_gib"));
  EXPECT_EQ(names_in(cache()).size(), 1U);

  std::filesystem::remove_all(cache());
  change("cache_limit_gib: 0.00001", "cache: off");
  const Outcome off = yonder({"run", file, "-o", out().string()}, as_said);
  EXPECT_EQ(off.exit_code, 0) << off.err;
  EXPECT_THAT(off.out, Not(HasSubstr("cache")));
  EXPECT_FALSE(std::filesystem::exists(cache()));
}

TEST_F(FieldCacheRun, MapsTheSecondServerAndItsDistance) {
  change("{radius_km: 4}", "{radius_km: 4, servers: 2}");
  const Outcome outcome = run(cache().string());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::vector<double> best = Raster(out() / "best_server.tif").values;
  const std::vector<double> second = Raster(out() / "second_server.tif").values;
  const std::vector<double> margin = Raster(out() / "server_margin.tif").values;
  const std::vector<double> rsrp = Raster(out() / "rsrp.tif").values;
  // Without the best server of a pixel, its second takes over, weaker by the margin.
  ASSERT_EQ(run(cache().string(), "less", {"--set", "calculation.servers=1"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(out("less") / "second_server.tif"));
  change(
      "      - {id: A-1, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 30, "
      "power_w: 40}\n",
      "");
  ASSERT_EQ(run(cache().string(), "less").exit_code, 0);
  const std::vector<double> rsrp_less = Raster(out("less") / "rsrp.tif").values;
  int compared = 0;
  for (std::size_t i = 0; i < best.size(); ++i) {
    EXPECT_NE(best[i] == 0 ? -1 : best[i], second[i]);
    if (best[i] != 1 || second[i] == 0) continue;
    ++compared;
    EXPECT_NEAR(rsrp[i] - margin[i], rsrp_less[i], 1e-4);
  }
  EXPECT_GT(compared, 100);
}

TEST_F(FieldCacheRun, TellsTheMemoryBeforeAndAfter) {
  const Outcome outcome = run("off");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("MiB of memory for 53 x"));
  EXPECT_THAT(outcome.out, HasSubstr("MiB of memory at the peak ("));
  EXPECT_GT(record()["peak_rss_mib"], 10.0);
  EXPECT_GT(record()["estimated_mib"], 10.0);
}

TEST_F(FieldCacheRun, RefusesALayerOfServersThatAreNotKept) {
  change("{picture: false}", "{picture: false, layers: [rsrp, server_margin]}");
  const Outcome outcome = run("off");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("outputs.layers[1]"), HasSubstr("servers: 2")));
}

}  // namespace
}  // namespace yonder::test
