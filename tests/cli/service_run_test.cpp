#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "map_results.h"
#include "process.h"

// Service through the program: layers, records, and that `yonder link` tells what the map shows.
namespace yonder::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

/// A site of two bands among dunes, far enough out for every class.
std::string two_bands() {
  return R"(yonder: 1
id: bands
area: {around_sites_km: 18, pixel_m: 400}
calculation: {radius_km: 18}
terrain: {sources: [)" +
         kDunes + R"(]}
carriers:
  - {id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}
  - id: n41
    band: n41
    frequency_mhz: 2565
    bandwidth_mhz: 100
    subcarrier_spacing_khz: 30
    tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 2, uplink_symbols: 6}
    anchor_priority: 1
    anchor_rsrp_dbm: -105
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}
sites:
  - id: A
    lon_deg: 83.90
    lat_deg: 39.60
    cells:
      - {id: A-28, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 30, power_w: 240, prach_format: 0}
      - {id: A-41, carrier: n41, antenna: panel, height_agl_m: 40, azimuth_deg: 30, power_w: 240, prach_format: A3}
  - id: B
    lon_deg: 83.99
    lat_deg: 39.66
    cells:
      - {id: B-28, carrier: n28, antenna: panel, height_agl_m: 30, azimuth_deg: 210, power_w: 40, prach_format: 1}
terminals:
  - {id: handset, profile: handset_outdoors}
  - {id: cpe, profile: fixed_cpe}
service:
  layers: [class, binding, rsrp, sinr, pdsch_sinr, dl_rate, ul_rate, access, probability, servers, carrier, margin_vonr, margin_pdcch]
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false}
)";
}

class ServiceRun : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "scenario.yaml"; }
  std::filesystem::path out() const { return folder_.path() / "out"; }
  Outcome run(const std::vector<std::string>& more = {}) const {
    folder_.write("scenario.yaml", two_bands());
    std::vector<std::string> arguments = {"run", file().string(), "-o", out().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments);
  }
  TemporaryFolder folder_;
};

TEST_F(ServiceRun, IsTheSameAtAnyThreadCount) {
  ASSERT_EQ(run({"--threads", "1"}).exit_code, 0);
  std::map<std::string, std::string> before;
  for (const std::string& name : names_in(out())) {
    if (name.ends_with(".tif")) before[name] = read_file(out() / name);
  }
  EXPECT_GE(before.size(), 30u);
  const json first = json::parse(read_file(out() / "run.json"))["service"];
  for (const char* threads : {"2", "7"}) {
    ASSERT_EQ(run({"--threads", threads}).exit_code, 0);
    for (const auto& [name, bytes] : before) {
      EXPECT_TRUE(read_file(out() / name) == bytes) << name << " with " << threads << " threads";
    }
    EXPECT_EQ(json::parse(read_file(out() / "run.json"))["service"], first);
  }
}

TEST_F(ServiceRun, ALinkTellsWhatTheMapShows) {
  const Outcome outcome = run();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("有效覆盖"));
  int compared = 0;
  for (const char* at : {"83.91,39.62", "83.93,39.68", "83.99,39.72", "83.88,39.58"}) {
    const Outcome link = yonder({"link", file().string(), "--at", at, "--json"});
    ASSERT_EQ(link.exit_code, 0) << link.err;
    const json report = json::parse(link.out);
    const int column = report["pixel"]["column"], row = report["pixel"]["row"];
    for (const json& story : report["service"]) {
      const std::string id = story["id"];
      const auto shown = [&](const std::string& layer) {
        return raster_value(out() / (id + "-" + layer + ".tif"), column, row);
      };
      const auto told = [&](const char* key) {
        return static_cast<double>(static_cast<float>(story[key].get<double>()));
      };
      EXPECT_EQ(shown("rsrp"), told("rsrp_dbm")) << at;
      EXPECT_EQ(shown("sinr"), told("ss_sinr_db")) << at;
      EXPECT_EQ(shown("pdsch_sinr"), told("pdsch_sinr_db")) << at;
      EXPECT_EQ(shown("probability"), told("probability")) << at;
      EXPECT_EQ(shown("servers"), told("servers")) << at;
      EXPECT_FLOAT_EQ(static_cast<float>(shown("dl_rate")),
                      static_cast<float>(story["downlink_bps"].get<double>() * 1e-6));
      for (const json& channel : story["channels"]) {
        const std::string name = channel["id"];
        if (name != "vonr" && name != "pdcch") continue;
        // The table of the link ends where the map's margin is.
        EXPECT_NEAR(shown("margin_" + name), channel["margin_db"].get<double>(), 1e-4) << at;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 16);
}

TEST_F(ServiceRun, AFormat0CellEndsAt14KmWhateverItsPower) {
  // The other two cells are heard by nobody.
  ASSERT_EQ(run({"--set", "sites[A].cells[A-28].power_w=100000", "--set",
                 "sites[A].cells[A-41].power_w=0.000001", "--set",
                 "sites[B].cells[B-28].power_w=0.000001"})
                .exit_code,
            0);
  const json service = json::parse(read_file(out() / "run.json"))["service"];
  EXPECT_NEAR(service["cells"][0]["access_range_m"].get<double>(), 14.52e3, 10.0);
  EXPECT_EQ(service["cells"][0]["access_limit"], "prach_guard_time");
  // Two guard symbols of 30 kHz.
  EXPECT_NEAR(service["cells"][1]["access_limits_m"]["tdd_guard_period"].get<double>(), 6.8e3,
              50.0);
  EXPECT_GT(service["terminals"][0]["signal_beyond_access_range_pixels"], 0);
  const json mast =
      json::parse(yonder({"link", file().string(), "--at", "83.90,39.60", "--json"}).out)["pixel"];
  const Raster classes(out() / "cpe-class.tif");
  int beyond = 0, served = 0;
  for (int i = 0; i < static_cast<int>(classes.values.size()); ++i) {
    const double km = 0.4 * std::hypot(i % classes.columns - mast["column"].get<int>(),
                                       i / classes.columns - mast["row"].get<int>());
    const double one = classes.values[static_cast<std::size_t>(i)];
    if (km > 14.52 + 0.6) {  // a pixel's diagonal
      ++beyond;
      EXPECT_LT(one, 3.0) << "class at " << km << " km";  // weak is 3
    } else if (km > 10.0 && one >= 4.0) {
      ++served;
    }
  }
  EXPECT_GT(beyond, 500);
  EXPECT_GT(served, 100);
}

// The corner of the area is 24 km from the nearer mast.
TEST_F(ServiceRun, WithoutASignalTheRadiusOrTheModelIsTheLimit) {
  ASSERT_EQ(run().exit_code, 0);
  const json pixel = json::parse(yonder({"link", file().string(), "--at", "83.70,39.45", "--cell",
                                         "A-28", "--json", "--set", "calculation.radius_km=40"})
                                     .out)["pixel"];
  const auto limit = [&] {
    return raster_value(out() / "cpe-binding.tif", pixel["column"], pixel["row"]);
  };
  EXPECT_EQ(limit(), 1.0);  // calculation_radius
  // TR 38.901's rural macro cells end at 10 km.
  ASSERT_EQ(run({"--set", "calculation.radius_km=40", "--set", "propagation.model=tr38901_rma",
                 "--set", "propagation.parameters=null"})
                .exit_code,
            0);
  EXPECT_EQ(limit(), 2.0);  // model_range
}

TEST_F(ServiceRun, ALimitFailsWhereLessThanNothingIsLeftOfIt) {
  // A rate in the uplink that effective service need not reach.
  ASSERT_EQ(run({"--set", "service.uplink_rate_kbps=2000"}).exit_code, 0);
  const json record = json::parse(read_file(out() / "run.json"));
  for (const json& terminal : record["service"]["terminals"]) {
    const std::string id = terminal["id"];
    const Raster left(out() / (id + "-binding_amount.tif")), classes(out() / (id + "-class.tif"));
    std::ptrdiff_t failing = 0, effective = 0;
    for (std::size_t i = 0; i < left.values.size(); ++i) {
      if (!(left.values[i] < 0.0)) continue;
      ++failing;
      if (classes.values[i] >= 4.0) ++effective;
    }
    std::ptrdiff_t counted = 0;
    for (const json& limit : terminal["limits"]) {
      if (limit["code"] >= 4) counted += limit["fails_first_pixels"].get<std::ptrdiff_t>();
    }
    EXPECT_EQ(counted, failing) << id;
    EXPECT_GT(effective, 0) << id;
  }
}

TEST_F(ServiceRun, ClassesAndLimitsAddUpToTheJudgedArea) {
  ASSERT_EQ(run().exit_code, 0);
  const json record = json::parse(read_file(out() / "run.json"));
  for (const json& terminal : record["service"]["terminals"]) {
    std::size_t classes = 0, limits = 0;
    for (const json& one : terminal["classes"]) classes += one["pixels"].get<std::size_t>();
    for (const json& one : terminal["limits"]) {
      limits +=
          one["fails_first_pixels"].get<std::size_t>() + one["nearest_pixels"].get<std::size_t>();
    }
    EXPECT_EQ(classes, terminal["judged_pixels"].get<std::size_t>());
    EXPECT_EQ(limits, classes);
    EXPECT_EQ(classes, record["kpis"]["judged_pixels"].get<std::size_t>());
  }
  const json& handset = record["service"]["terminals"][0]["classes"];
  const json& cpe = record["service"]["terminals"][1]["classes"];
  EXPECT_GT(cpe[5]["pixels"], handset[5]["pixels"]);  // an antenna outdoors on a roof hears more
}

TEST_F(ServiceRun, AStackedPairWithBroadcastOnOnePanelGivesThreeDbMoreRsrp) {
  ASSERT_EQ(run().exit_code, 0);
  const Outcome link =
      yonder({"link", file().string(), "--at", "83.91,39.62", "--cell", "A-28", "--json"});
  const Outcome stacked = yonder({"link", file().string(), "--at", "83.91,39.62", "--cell", "A-28",
                                  "--json", "--set", "sites[A].cells[A-28].dual_stack=stacked"});
  ASSERT_EQ(stacked.exit_code, 0) << stacked.err;
  EXPECT_NEAR(json::parse(stacked.out)["rsrp_dbm"].get<double>() -
                  json::parse(link.out)["rsrp_dbm"].get<double>(),
              3.01, 0.005);
}

TEST_F(ServiceRun, APictureOfTheProfileIsDrawn) {
  folder_.write("scenario.yaml", two_bands());
  const std::filesystem::path picture = folder_.path() / "profile.png";
  const Outcome link = yonder({"link", file().string(), "--at", "83.99,39.72", "--picture",
                               picture.string(), "--channel", "vonr"});
  ASSERT_EQ(link.exit_code, 0) << link.err;
  EXPECT_THAT(read_file(picture), StartsWith("\x89PNG"));
  EXPECT_THAT(link.out, HasSubstr("10 log10(2^SE - 1)"));
  EXPECT_THAT(link.out, HasSubstr("Limits in the order a terminal meets them"));
}

/// The bands' scenario with an uplink at 718 MHz beside n41, and LTE for calls, instead of n28.
std::string with_uplink_and_lte() {
  std::string text = two_bands();
  const auto swap = [&text](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  swap("{id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30,",
       "{id: sul, band: n83, frequency_mhz: 718, bandwidth_mhz: 20,");
  swap("antennas:",
       "  - {id: lte, band: B8, frequency_mhz: 942.5, bandwidth_mhz: 10, subcarrier_spacing_khz: "
       "15}\nantennas:");
  swap("{id: A-28, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 30, power_w: 240,",
       "{id: A-sul, carrier: sul, antenna: panel, height_agl_m: 40, azimuth_deg: 30,");
  swap("{id: B-28, carrier: n28,", "{id: B-lte, carrier: lte,");
  swap("carrier, margin_vonr", "carrier, voice, margin_vonr");
  return text;
}

TEST_F(ServiceRun, AnUplinkBesideTheDownlinkAndLteForCallsServeWhatNrAloneDoesNot) {
  folder_.write("scenario.yaml", with_uplink_and_lte());
  const Outcome outcome = yonder({"run", file().string(), "-o", out().string()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("LTE fallback"));
  const Raster best(out() / "best_server.tif"), voice(out() / "handset-voice.tif"),
      kind(out() / "handset-class.tif");
  std::map<int, int> cells, voices;
  for (const double value : best.values) ++cells[static_cast<int>(value)];
  for (const double value : voice.values) ++voices[static_cast<int>(value)];
  // Only A-41 (number 2) sends SS-RSRP.
  for (const auto& [cell, pixels] : cells)
    EXPECT_TRUE(cell == 2 || cell == 0 || cell == 65535) << cell;
  EXPECT_GT(voices[1], 0);
  EXPECT_GT(voices[2], 0);
  const json terminal = json::parse(read_file(out() / "run.json"))["service"]["terminals"][0];
  // The record counts the judged area alone, which ends with n41's cells.
  EXPECT_GT(terminal["voice_pixels"]["lte"], 0);
  EXPECT_LE(terminal["voice_pixels"]["lte"], voices[2]);
  // Without the uplink, fewer pixels have service.
  const auto effective = [&] {
    int pixels = 0;
    const Raster classes(out() / "handset-class.tif");
    for (const double value : classes.values) pixels += value >= 4.0 ? 1 : 0;
    return pixels;
  };
  const int with = effective();
  ASSERT_EQ(yonder({"run", file().string(), "-o", out().string(), "--set",
                    "sites[0].cells[0].prach_format=0", "--set", "sites[0].cells[0].n_cs=13"})
                .exit_code,
            0);  // a range of under 2 km: as if it were not there
  EXPECT_LT(effective(), with);

  const Outcome link = yonder({"link", file().string(), "--at", "83.92,39.66", "--json"});
  ASSERT_EQ(link.exit_code, 0) << link.err;
  const Outcome refused =
      yonder({"link", file().string(), "--at", "83.92,39.66", "--cell", "A-sul"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("supplementary uplink"));

  const Outcome budget = yonder({"budget", file().string()});
  ASSERT_EQ(budget.exit_code, 0) << budget.err;
  EXPECT_THAT(budget.out, HasSubstr("VoLTE"));
  EXPECT_THAT(budget.out, HasSubstr("supplementary uplink, 718 MHz"));
}

}  // namespace
}  // namespace yonder::test
