#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "process.h"

namespace yonder::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kCaseFolder = std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/desert-highway";

/// Two sites among the shipped case's dunes, small enough to run in a blink.
std::string small_scenario(const std::string& area = "{around_sites_km: 6, pixel_m: 200}") {
  return R"(yonder: 1
id: small
title: {en: Small, zh: 小}
area: )" +
         area + R"(
calculation: {radius_km: 6}
terrain: {sources: [)" +
         kCaseFolder + R"(/terrain-synthetic.tif]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}
sites:
  - id: A
    lon_deg: 83.90
    lat_deg: 39.60
    cells:
      - {id: A-1, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 30, mechanical_tilt_deg: 2, power_w: 40, feeder_loss_db: 0.5}
      - {id: A-2, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 210, power_w: 40, feeder_loss_db: 0.5}
  - id: B
    lon_deg: 83.95
    lat_deg: 39.66
    cells:
      - {id: B-1, carrier: n28, antenna: panel, height_agl_m: 30, azimuth_deg: 120, power_w: 40}
receiver: {height_agl_m: 1.5, gain_dbi: -3, body_loss_db: 1, penetration_loss_db: 9}
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, name: {en: Good, zh: 良好}, rsrp_dbm: -105}, {id: edge, name: {en: Edge}, rsrp_dbm: -115}]
)";
}

/// A pixel of a one-band raster, and nodata as NaN.
double raster_value(const std::filesystem::path& file, int column, int row) {
  GDALAllRegister();
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  double value = NAN;
  if (dataset == nullptr ||
      dataset->GetRasterBand(1)->RasterIO(GF_Read, column, row, 1, 1, &value, 1, 1, GDT_Float64, 0,
                                          0) != CE_None) {
    ADD_FAILURE() << "cannot read " << file;
  }
  return value;
}

class Run : public testing::Test {
 protected:
  std::filesystem::path scenario(const std::string& text = small_scenario()) const {
    return folder_.write("scenario.yaml", text);
  }
  std::filesystem::path out() const { return folder_.path() / "out"; }
  Outcome run(const std::vector<std::string>& more = {},
              const ProcessSettings& settings = {}) const {
    std::vector<std::string> arguments = {"run", (folder_.path() / "scenario.yaml").string(), "-o",
                                          out().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments, settings);
  }
  /// Whether a run has made the folder for what it is about to write.
  std::function<bool()> has_begun() const {
    return [folder = out()] {
      return std::filesystem::exists(folder) &&
             testing::Matches(Contains(StartsWith(".yonder-partial")))(names_in(folder));
    };
  }
  TemporaryFolder folder_;
};

TEST_F(Run, WritesEveryFileAndSumsUp) {
  scenario();
  const Outcome outcome = run();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("2 sites, 3 cells"), HasSubstr("良好"), HasSubstr("synthetic")));
  EXPECT_THAT(names_in(out()),
              testing::IsSupersetOf({"best_server.csv", "best_server.tif", "coverage.png",
                                     "rsrp.tif", "run.json", "sites.gpkg", "status.tif"}));
  EXPECT_THAT(names_in(out()), Not(Contains(StartsWith(".yonder-partial"))));
  EXPECT_THAT(read_file(out() / "coverage.png"), StartsWith("\x89PNG"));
}

TEST_F(Run, RecordsWhatMadeIt) {
  const std::filesystem::path file = scenario();
  ASSERT_EQ(run().exit_code, 0);
  const json record = json::parse(read_file(out() / "run.json"));
  EXPECT_EQ(record["model"]["id"], "itu_p1812");
  EXPECT_EQ(record["model"]["parameters"]["time_percent"], 50);
  EXPECT_TRUE(record["terrain"]["synthetic"]);
  EXPECT_EQ(record["inputs"].size(), 2U);
  for (const json& input : record["inputs"])
    EXPECT_EQ(input["sha256"].get<std::string>().size(), 64U);
  std::size_t pixels = 0;
  for (const json& status : record["status"]) pixels += status["pixels"].get<std::size_t>();
  EXPECT_EQ(pixels, record["grid"]["columns"].get<std::size_t>() *
                        record["grid"]["rows"].get<std::size_t>());
  const json& all = record["kpis"]["thresholds"][0]["all"];
  EXPECT_GT(all["covered_pixels"], 0);
  EXPECT_LT(all["covered_pixels"], all["pixels"]);
}

TEST_F(Run, ALinkExplainsExactlyTheMapsPixel) {
  const std::filesystem::path file = scenario();
  ASSERT_EQ(run().exit_code, 0);
  int compared = 0;
  for (const char* at :
       {"83.91,39.62", "83.88,39.58", "83.93,39.64", "83.90,39.5701", "83.97,39.65"}) {
    double best = -INFINITY;
    int column = -1;
    int row = -1;
    for (const char* cell : {"A-1", "A-2", "B-1"}) {
      const Outcome link = yonder({"link", file.string(), "--cell", cell, "--at", at, "--json"});
      if (link.exit_code != 0) continue;  // beyond this cell's radius
      const json report = json::parse(link.out);
      best = std::max(best, report["rsrp_dbm"].get<double>());
      column = report["pixel"]["column"];
      row = report["pixel"]["row"];
    }
    ASSERT_GE(column, 0) << at;
    EXPECT_EQ(raster_value(out() / "rsrp.tif", column, row), best) << at;
    ++compared;
  }
  EXPECT_EQ(compared, 5);
}

TEST_F(Run, GivesTheSameBytesAtAnyThreadCount) {
  scenario();
  ASSERT_EQ(run({"--threads", "1"}).exit_code, 0);
  const std::string rsrp = read_file(out() / "rsrp.tif");
  const std::string best = read_file(out() / "best_server.tif");
  const std::string status = read_file(out() / "status.tif");
  for (const char* threads : {"2", "7"}) {
    ASSERT_EQ(run({"--threads", threads}).exit_code, 0);
    EXPECT_TRUE(read_file(out() / "rsrp.tif") == rsrp) << threads;
    EXPECT_TRUE(read_file(out() / "best_server.tif") == best) << threads;
    EXPECT_TRUE(read_file(out() / "status.tif") == status) << threads;
  }
}

TEST_F(Run, LeavesNoFileOfAnEarlierRunBesideItsOwn) {
  scenario();
  ASSERT_EQ(run().exit_code, 0);
  folder_.write("out/notes.txt", "mine");
  ASSERT_EQ(run({"--set", "outputs.layers=[rsrp]", "--set", "outputs.picture=false", "--set",
                 "outputs.report=false"})
                .exit_code,
            0);
  EXPECT_THAT(names_in(out()),
              testing::ElementsAre("notes.txt", "rsrp.qml", "rsrp.tif", "run.json", "sites.gpkg"));
}

// Three degrees off the central meridian the plane is turned by two degrees and scaled by 1.0007:
// neither may show.
TEST_F(Run, MeasuresOnTheEllipsoidWhereverThePlaneLies) {
  const std::string text = small_scenario("{around_sites_km: 6, pixel_m: 200, crs: 'EPSG:32644'}");
  const Outcome link =
      yonder({"link", scenario(text).string(), "--cell", "A-1", "--at", "83.93,39.63", "--json"});
  ASSERT_EQ(link.exit_code, 0) << link.err;
  const json report = json::parse(link.out);
  double distance_m = 0.0;
  double azimuth_deg = 0.0;
  double unused = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(39.60, 83.90, report["pixel"]["lat_deg"],
                                           report["pixel"]["lon_deg"], distance_m, azimuth_deg,
                                           unused);
  // The pixel's position is interpolated, to under a metre; the scale alone would be 2.9 m.
  EXPECT_NEAR(report["distance_m"].get<double>(), distance_m, 0.5);
  EXPECT_NEAR(report["azimuth_deg"].get<double>(), azimuth_deg, 0.02);
}

TEST_F(Run, KeepsEarlierResultsWhenInterrupted) {
  scenario();
  ASSERT_EQ(run().exit_code, 0);
  const std::string record = read_file(out() / "run.json");
  const std::vector<std::string> names = names_in(out());
  const Outcome stopped =
      run({"--set", "area.pixel_m=10"}, {.signal = SIGINT, .signal_when = has_begun()});
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_THAT(stopped.err, HasSubstr("stopped"));
  EXPECT_EQ(names_in(out()), names);
  EXPECT_EQ(read_file(out() / "run.json"), record);
}

TEST_F(Run, SweepsUpAfterAKilledRun) {
  scenario();
  const Outcome killed =
      run({"--set", "area.pixel_m=10"}, {.signal = SIGKILL, .signal_when = has_begun()});
  EXPECT_EQ(killed.exit_code, -1);
  EXPECT_THAT(names_in(out()), testing::ElementsAre(StartsWith(".yonder-partial")));
  ASSERT_EQ(run().exit_code, 0);
  EXPECT_THAT(names_in(out()), Not(Contains(StartsWith(".yonder-partial"))));
}

TEST_F(Run, LeavesNothingHalfWrittenOnAFullDisk) {
  scenario();
  ASSERT_EQ(run().exit_code, 0);
  const std::string record = read_file(out() / "run.json");
  const std::vector<std::string> names = names_in(out());
  const Outcome full = run({}, {.file_size_limit = 2000});
  EXPECT_EQ(full.exit_code, 1) << full.err;
  EXPECT_THAT(full.err, HasSubstr("out/"));
  EXPECT_EQ(names_in(out()), names);
  EXPECT_EQ(read_file(out() / "run.json"), record);
}

TEST_F(Run, RefusesAnOutputFolderThatCannotBe) {
  const std::filesystem::path file = scenario();
  const std::filesystem::path in_the_way = folder_.write("file", "");
  const Outcome outcome = yonder({"run", file.string(), "-o", (in_the_way / "out").string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr((in_the_way / "out").string()));
}

/// Each scenario broken in one way must give exit code 2 and a message with these words, and no
/// output folder.
struct BadInput {
  const char* name;
  std::function<std::string()> text;
  std::vector<std::string> words;
};

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = small_scenario();
  const std::size_t at = text.find(from);
  if (at == std::string::npos) ADD_FAILURE() << "no '" << from << "' in the scenario";
  return text.replace(at, from.size(), to);
}

void PrintTo(const BadInput& one, std::ostream* out) { *out << one.name; }

class BadInputs : public testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, AreRefusedInWords) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write("scenario.yaml", GetParam().text());
  const std::filesystem::path out = folder.path() / "out";
  const Outcome outcome = yonder({"run", file.string(), "-o", out.string()});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  for (const std::string& word : GetParam().words) EXPECT_THAT(outcome.err, HasSubstr(word));
  EXPECT_FALSE(std::filesystem::exists(out));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadInputs,
    testing::Values(
        BadInput{"MissingRaster",
                 [] { return replaced("terrain-synthetic.tif", "none.tif"); },
                 {"scenario.yaml:6", "terrain.sources", "none.tif"}},
        BadInput{"UnreadableRaster",
                 [] { return replaced("terrain-synthetic.tif", "sites.csv"); },
                 {"sites.csv"}},
        BadInput{"SiteOffTheTerrain",
                 [] {
                   return replaced("lon_deg: 83.90\n    lat_deg: 39.60",
                                   "lon_deg: 81.0\n    lat_deg: 39.60");
                 },
                 {"terrain"}},
        BadInput{"NoSites",
                 [] {
                   std::string text = small_scenario();
                   const auto from = text.find("sites:\n");
                   return text.replace(from, text.find("receiver:") - from, "sites: []\n");
                 },
                 {"scenario.yaml:10", "sites"}},
        BadInput{"DuplicateCell",
                 [] { return replaced("id: A-2", "id: A-1"); },
                 {"scenario.yaml:16", "A-1"}},
        BadInput{"NegativePower",
                 [] { return replaced("power_w: 40", "power_w: -3"); },
                 {"scenario.yaml:15", "power_w", "-3"}},
        BadInput{"FrequencyOutOfRange",
                 [] { return replaced("frequency_mhz: 773", "frequency_mhz: 26000"); },
                 {"scenario.yaml:7", "frequency_mhz", "6000"}},
        BadInput{"ReceiverTooLow",
                 [] { return replaced("{height_agl_m: 1.5", "{height_agl_m: 0.5"); },
                 {"receiver.height_agl_m"}},
        BadInput{"Swapped",
                 [] {
                   return replaced("lon_deg: 83.90\n    lat_deg: 39.60",
                                   "lon_deg: 39.60\n    lat_deg: 103.90");
                 },
                 {"latitude", "swapped"}},
        BadInput{"UnknownKey",
                 [] { return replaced("azimuth_deg: 30", "azimut_deg: 30"); },
                 {"scenario.yaml:15", "azimut_deg", "azimuth_deg"}},
        BadInput{"BeyondEighty",
                 [] {
                   return replaced("{around_sites_km: 6, pixel_m: 200}",
                                   "{bounding_box: {west_deg: 83, south_deg: 80.5, "
                                   "east_deg: 84, north_deg: 81}, pixel_m: 200}");
                 },
                 {"80"}},
        BadInput{"Antimeridian",
                 [] {
                   return replaced("{around_sites_km: 6, pixel_m: 200}",
                                   "{bounding_box: {west_deg: 179, south_deg: 39, "
                                   "east_deg: -179, north_deg: 40}, pixel_m: 200}");
                 },
                 {"antimeridian"}},
        BadInput{"NonConformalPlane",
                 [] { return replaced("pixel_m: 200}", "pixel_m: 200, crs: 'EPSG:4087'}"); },
                 {"EPSG:4087", "distorts angles"}},
        BadInput{"TooWideForOnePlane",
                 [] {
                   return replaced("{around_sites_km: 6, pixel_m: 200}",
                                   "{bounding_box: {west_deg: 70, south_deg: 37, east_deg: 98, "
                                   "north_deg: 41}, pixel_m: 500}");
                 },
                 {"too wide", "EPSG:32645"}},
        BadInput{"TooFineAPixel",
                 [] { return replaced("pixel_m: 200", "pixel_m: 0.05"); },
                 {"pixel_m"}}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Check, OpensFilesAndEstimates) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.write("scenario.yaml", small_scenario());
  const Outcome outcome = yonder({"check", file.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("terrain-synthetic.tif"), HasSubstr("MiB of memory"),
                                 HasSubstr("valid")));
}

TEST(TerrainFetch, SaysThatTheSourceCannotBeReachedAndNeedsNoTerrainYet) {
  const TemporaryFolder folder;
  const std::filesystem::path file =
      folder.write("scenario.yaml", replaced("terrain-synthetic.tif", "to-be-fetched.tif"));
  // Port 9 of this machine: nobody listens there.
  const Outcome outcome =
      yonder({"terrain", "fetch", file.string(), "--source", "http://127.0.0.1:9", "--cache",
              (folder.path() / "cache").string()});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr("127.0.0.1:9"));
  if (std::filesystem::exists(folder.path() / "cache")) {
    for (const std::string& name : names_in(folder.path() / "cache"))
      EXPECT_FALSE(name.ends_with(".tif"));
  }
}

TEST(Loss, AnswersTheP1812CasesAndFailsWhenOneErrs) {
  const std::string cases = std::string(YONDER_SOURCE_DIR) + "/tests/reference/itu_p1812.jsonl";
  const TemporaryFolder folder;
  const std::filesystem::path answers = folder.path() / "answers.jsonl";
  const Outcome outcome = yonder({"loss", "--cases", cases, "-o", answers.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string text = read_file(answers);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 120);

  const std::filesystem::path bad = folder.write(
      "bad.jsonl", R"({"id":"x","model":"free_space","frequency_mhz":-1,"distance_m":10})"
                   "\nnot json\n");
  const Outcome erred = yonder({"loss", "--cases", bad.string()});
  EXPECT_EQ(erred.exit_code, 1);
  EXPECT_THAT(erred.out, AllOf(HasSubstr(R"("parameter":"frequency_mhz")"), HasSubstr("line 2")));
}

TEST(Models, ListsAndDescribes) {
  EXPECT_THAT(yonder({"models"}).out, AllOf(HasSubstr("free_space"), HasSubstr("itu_p1812")));
  EXPECT_THAT(yonder({"models", "itu_p1812"}).out,
              AllOf(HasSubstr("time_percent"), HasSubstr("[250, ")));
  const Outcome unknown = yonder({"models", "itu_p1821"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("itu_p1812"));
}

TEST(Models, ListsAndDescribesAdditions) {
  EXPECT_THAT(yonder({"models"}).out, AllOf(HasSubstr("Additions"), HasSubstr("rain_p530")));
  EXPECT_THAT(yonder({"models", "rain_p530"}).out,
              AllOf(HasSubstr("rain_rate_001_mm_per_h"), HasSubstr("model itu_p2001")));
}

/// A car as an addition instead of the receiver's own 9 dB.
std::string with_car() {
  std::string text = small_scenario();
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace(", penetration_loss_db: 9", "");
  replace("model: itu_p1812,",
          "model: itu_p1812, additions: [{id: vehicle_penetration, parameters: {vehicle: car}}],");
  return text;
}

TEST(Additions, ShowInALinkAndCountLikeTheReceiversOwnLossAlsoBesideTheMast) {
  const TemporaryFolder folder;
  const std::string plain = folder.write("plain.yaml", small_scenario()).string();
  const std::string car = folder.write("car.yaml", with_car()).string();
  for (const char* at : {"83.91,39.62", "83.90,39.6015"}) {  // the second nearer than 250 m
    const auto rsrp_dbm = [&](const std::string& file) {
      const Outcome link = yonder({"link", file, "--cell", "A-1", "--at", at, "--json"});
      EXPECT_EQ(link.exit_code, 0) << link.err;
      return json::parse(link.out)["rsrp_dbm"].get<double>();
    };
    EXPECT_NEAR(rsrp_dbm(car), rsrp_dbm(plain), 1e-4) << at;
    const Outcome text = yonder({"link", car, "--cell", "A-1", "--at", at});
    EXPECT_THAT(text.out, testing::ContainsRegex("- vehicle penetration +-9.00 dB"));
  }
}

TEST(Additions, AreRecordedWithARun) {
  const TemporaryFolder folder;
  const std::string file = folder.write("car.yaml", with_car()).string();
  const std::filesystem::path out = folder.path() / "out";
  const Outcome outcome = yonder({"run", file, "-o", out.string()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json model = json::parse(read_file(out / "run.json"))["model"];
  EXPECT_EQ(model["id"], "itu_p1812");
  ASSERT_EQ(model["additions"].size(), 1U);
  EXPECT_EQ(model["additions"][0]["id"], "vehicle_penetration");
  EXPECT_EQ(model["additions"][0]["parameters"]["location_percent"], 50.0);
}

TEST(Additions, CountedTwiceAreRefusedBeforeAnythingRuns) {
  const TemporaryFolder folder;
  std::string text = with_car();
  const std::string receiver = "body_loss_db: 1";
  text.replace(text.find(receiver), receiver.size(), receiver + ", penetration_loss_db: 9");
  const Outcome outcome = yonder({"run", folder.write("car.yaml", text).string()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("receiver.penetration_loss_db"));
}

TEST(Link, NamesTheNearestCellAndSwappedCoordinates) {
  const TemporaryFolder folder;
  const std::string file = folder.write("scenario.yaml", small_scenario()).string();
  const Outcome cell = yonder({"link", file, "--cell", "A1", "--at", "83.91,39.61"});
  EXPECT_EQ(cell.exit_code, 2);
  EXPECT_THAT(cell.err, HasSubstr("--cell A-1"));
  const Outcome outside = yonder({"link", file, "--cell", "A-1", "--at", "39.61,83.91"});
  EXPECT_EQ(outside.exit_code, 2);
  EXPECT_THAT(outside.err, HasSubstr("outside the analysis area"));
}

}  // namespace
}  // namespace yonder::test
