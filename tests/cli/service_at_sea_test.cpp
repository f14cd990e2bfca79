#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "map_results.h"
#include "process.h"

// Service on a coast: what a map shows, what `yonder link` tells in its limits and in its tables.
// Stacked radios, an array whose broadcast beam is weaker, land and sea.
namespace yonder::test {
namespace {

using nlohmann::json;

/// Half a degree around 112 E 21.5 N at 0 m.
void write_flat_terrain(const std::filesystem::path& file) {
  GDALAllRegister();
  constexpr int kSize = 240;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const GDALDatasetUniquePtr dataset(
      driver->Create(file.c_str(), kSize, kSize, 1, GDT_Float32, nullptr));
  ASSERT_NE(dataset, nullptr);
  std::array<double, 6> transform = {111.75, 0.5 / kSize, 0.0, 21.75, 0.0, -0.5 / kSize};
  dataset->SetGeoTransform(transform.data());
  OGRSpatialReference reference;
  reference.SetFromUserInput("EPSG:4326");
  dataset->SetSpatialRef(&reference);
  ASSERT_EQ(dataset->GetRasterBand(1)->Fill(0.0), CE_None);
}

/// Land to the west of 112 E, and an islet: polygons tell of the sea within their extent only.
constexpr const char* kLand = R"({"type": "FeatureCollection", "features": [{"type": "Feature",
  "properties": {}, "geometry": {"type": "Polygon", "coordinates":
  [[[111, 21], [112, 21], [112, 22], [111, 22], [111, 21]]]}}, {"type": "Feature",
  "properties": {}, "geometry": {"type": "Polygon", "coordinates":
  [[[113, 21], [113.01, 21], [113.01, 21.01], [113, 21]]]}}]})";

constexpr const char* kCoast = R"(yonder: 1
id: coast
area: {around_sites_km: 8, pixel_m: 400}
calculation: {radius_km: 9}
terrain: {sources: [flat.tif], sea: {land_polygons: land.geojson}}
carriers:
  - {id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}
  - id: n41
    band: n41
    frequency_mhz: 2565
    bandwidth_mhz: 100
    subcarrier_spacing_khz: 30
    tdd: {slots: DDDDDDDSUU, downlink_symbols: 6, guard_symbols: 4, uplink_symbols: 4}
    anchor_priority: 1
    anchor_rsrp_dbm: -90
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 10}
  - {id: array, type: sector_3gpp, gain_dbi: 24, horizontal_beamwidth_deg: 90, vertical_beamwidth_deg: 10}
sites:
  - id: S
    lon_deg: 112
    lat_deg: 21.5
    cells:
      - {id: low, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 90, power_w: 240, feeder_loss_db: 0.5, dual_stack: side_by_side}
      - {id: mid, carrier: n41, antenna: array, height_agl_m: 40, azimuth_deg: 0, power_w: 240, tx_ports: 64, rx_ports: 64, branches_in_gain: 32, ssb_offset_db: -3, dual_stack: stacked, prach_format: 0}
  - id: T
    lon_deg: 112.05
    lat_deg: 21.55
    cells:
      - {id: low-2, carrier: n28, antenna: panel, height_agl_m: 30, azimuth_deg: 200, power_w: 20, load_percent: 40}
terminals:
  - {id: phone, profile: handset_outdoors}
  - {id: deck, profile: deck}
service:
  layers: [class, rsrp, sinr, pdsch_sinr, ul_rate, dl_rate, margin_ssb, margin_pdcch, margin_pdsch, margin_prach, margin_msg3, margin_pucch, margin_pusch, margin_vonr]
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 48, n0: 365}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false}
)";

const json& find(const json& list, const std::string& key, const std::string& value) {
  for (const json& one : list) {
    if (one[key] == value) return one;
  }
  static const json kNothing;
  ADD_FAILURE() << "no " << key << " " << value;
  return kNothing;
}

class ServiceAtSea : public testing::Test {
 protected:
  ServiceAtSea() {
    write_flat_terrain(folder_.path() / "flat.tif");
    folder_.write("land.geojson", kLand);
    folder_.write("coast.yaml", kCoast);
  }
  std::filesystem::path file() const { return folder_.path() / "coast.yaml"; }
  json link(const std::string& at) const {
    const Outcome outcome = yonder({"link", file().string(), "--at", at, "--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out);
  }
  TemporaryFolder folder_;
};

const std::array<const char*, 3> kAtSea = {"112.04,21.49", "112.03,21.53", "112.065,21.45"};
const std::array<const char*, 2> kOnLand = {"111.97,21.52", "111.985,21.46"};

TEST_F(ServiceAtSea, EveryMarginOfTheMapIsThatOfItsTable) {
  const std::filesystem::path out = folder_.path() / "out";
  const Outcome run = yonder({"run", file().string(), "-o", out.string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  int compared = 0, on_mid = 0;
  for (const char* at : {kAtSea[0], kAtSea[1], kAtSea[2], kOnLand[0], kOnLand[1]}) {
    const json report = link(at);
    const int column = report["pixel"]["column"], row = report["pixel"]["row"];
    for (const json& story : report["service"]) {
      const std::string id = story["id"];
      on_mid += story["serving_cell"] == "mid" ? 1 : 0;
      for (const json& channel : story["channels"]) {
        const std::string name = channel["id"];
        if (name == "ss_rsrp") continue;
        EXPECT_NEAR(raster_value(out / (id + "-margin_" + name + ".tif"), column, row),
                    channel["margin_db"].get<double>(), 1e-4)
            << at << " " << id << " " << name;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 5 * 2 * 8);
  EXPECT_GT(on_mid, 0);
  EXPECT_LT(on_mid, 10);
}

TEST_F(ServiceAtSea, LimitsAndTablesHaveTheSameMargins) {
  for (const char* at : {kAtSea[0], kAtSea[1], kAtSea[2], kOnLand[0], kOnLand[1]}) {
    const json report = link(at);
    for (const json& story : report["service"]) {
      for (const auto& [limit, channel] :
           {std::pair("rsrp", "ss_rsrp"), std::pair("pdcch", "pdcch"),
            std::pair("prach_link", "prach"), std::pair("msg3", "msg3"), std::pair("vonr", "vonr"),
            std::pair("pusch", "pusch")}) {
        EXPECT_NEAR(find(story["limits"], "id", limit)["amount"].get<double>(),
                    find(story["channels"], "id", channel)["margin_db"].get<double>(), 1e-4)
            << at << " " << limit;
      }
    }
  }
}

TEST_F(ServiceAtSea, TheMarginIsOneOfTimeAtSeaAndOfPlacesOnLand) {
  const auto rows = [&](const char* at, const char* channel) {
    const json story = link(at)["service"][0];
    const json& all = find(story["channels"], "id", channel)["rows"];
    const double time_db = find(all, "key", "time_margin_db")["value"];
    const double places_db = channel == std::string("ss_rsrp")
                                 ? 0.0
                                 : find(all, "key", "slow_fading_db")["value"].get<double>();
    return std::pair(time_db, places_db);
  };
  EXPECT_EQ(rows(kAtSea[0], "ss_rsrp").first, -3.0);
  EXPECT_EQ(rows(kAtSea[0], "vonr"), std::pair(-3.0, 0.0));
  EXPECT_EQ(rows(kOnLand[0], "ss_rsrp").first, 0.0);
  EXPECT_EQ(rows(kOnLand[0], "prach").first, 0.0);
  EXPECT_NEAR(rows(kOnLand[0], "prach").second, -7.69, 0.005);
}

}  // namespace
}  // namespace yonder::test
