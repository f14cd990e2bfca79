#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "process.h"

// Figures over shapes on a small made coast: flat, land west of 112 E and sea east of it.
namespace yonder::test {
namespace {

using nlohmann::json;

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

/// Polygons tell of the sea within their extent only: the islet is far away.
constexpr const char* kLand = R"({"type": "FeatureCollection", "features": [{"type": "Feature",
  "properties": {}, "geometry": {"type": "Polygon", "coordinates":
  [[[111, 21], [112, 21], [112, 22], [111, 22], [111, 21]]]}}, {"type": "Feature",
  "properties": {}, "geometry": {"type": "Polygon", "coordinates":
  [[[113, 21], [113.01, 21], [113.01, 21.01], [113, 21]]]}}]})";

/// The road in two pieces that meet, the second one written against the way.
constexpr const char* kRoad = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {}, "geometry": {"type": "LineString",
   "coordinates": [[111.95, 21.5], [112.0, 21.505]]}},
  {"type": "Feature", "properties": {}, "geometry": {"type": "LineString",
   "coordinates": [[112.05, 21.5], [112.0, 21.505]]}}]})";

constexpr const char* kScenario = R"(yonder: 1
id: coast
area: {around_sites_km: 8, pixel_m: 400}
calculation: {radius_km: 9, engine: exact}
terrain: {sources: [flat.tif], sea: {land_polygons: land.geojson}}
carriers:
  - {id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 10}
sites:
  - id: S
    lon_deg: 112
    lat_deg: 21.5
    cells:
      - {id: east, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 90, power_w: 40}
      - {id: west, carrier: n28, antenna: panel, height_agl_m: 40, azimuth_deg: 270, power_w: 40}
TERMINALS
service: {layers: [class, rsrp]}
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 48, n0: 365}}
thresholds: [{id: strong, rsrp_dbm: -60}, {id: good, rsrp_dbm: -105}]
outputs: {picture: PICTURE, report: false}
shapes:
  routes:
    - id: road
      name: {en: Coast road, zh: 滨海公路}
      file: road.geojson
      step_m: 250
      speed_kmh: 60
      sections:
        - {from_km: 1, to_km: 2, kind: tunnel, feeder: {carrier: n28, power_per_re_dbm: 10, combiner_loss_db: 5, radial_distance_m: 4}}
        - {from_km: 3, to_km: 3.6, kind: tunnel}
        - {from_km: 9, to_km: 10, kind: bridge, height_agl_m: 30}
  areas:
    - {id: box, polygon: [[111.98, 21.47], [112.04, 21.47], [112.04, 21.53], [111.98, 21.53]]}
  zones:
    - {id: sea, bands_km: [0, 2, 5]}
  points:
    - {id: places, file: places.csv}
)";

class ShapesRun : public testing::Test {
 protected:
  ShapesRun() {
    write_flat_terrain(folder_.path() / "flat.tif");
    folder_.write("land.geojson", kLand);
    folder_.write("road.geojson", kRoad);
    folder_.write("places.csv",
                  "id,name,name_zh,lon,lat,weight,height_agl_m\n"
                  "A,On shore,岸上,111.97,21.5,300,\n"
                  "B,\"Turbine, north\",,112.03,21.52,100,20\n"
                  "C,Elsewhere,,113.5,21.5,1,\n");
    folder_.write("coast.yaml", scenario(true, false));
  }
  static std::string scenario(bool terminals, bool picture) {
    std::string text = kScenario;
    const auto put = [&](const std::string& from, const std::string& to) {
      text.replace(text.find(from), from.size(), to);
    };
    put("TERMINALS\nservice: {layers: [class, rsrp]}",
        terminals ? "terminals:\n  - {id: phone, profile: handset_outdoors}\n"
                    "  - {id: cabin, profile: ship_cabin}\nservice: {layers: [class, rsrp]}"
                  : "receiver: {height_agl_m: 3}");
    put("PICTURE", picture ? "true" : "false");
    return text;
  }
  /// Runs the scenario; its record.
  json run(const std::string& out = "out", const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"run", file().string(), "-o", at(out).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = yonder(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    text_ = outcome.out;
    return json::parse(read_file(at(out) / "run.json"));
  }
  std::filesystem::path file() const { return at("coast.yaml"); }
  std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

  /// Rows of a CSV file without quotes, by the names of its columns.
  std::vector<std::map<std::string, std::string>> rows(const std::string& name) const {
    std::istringstream in(read_file(at(name)));
    std::vector<std::string> header;
    std::vector<std::map<std::string, std::string>> list;
    for (std::string line; std::getline(in, line);) {
      std::vector<std::string> fields;
      std::istringstream parts(line + ",");
      for (std::string field; std::getline(parts, field, ',');) fields.push_back(field);
      if (header.empty()) {
        header = fields;
        continue;
      }
      std::map<std::string, std::string> row;
      for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = fields.at(i);
      list.push_back(row);
    }
    return list;
  }

  TemporaryFolder folder_;
  mutable std::string text_;
};

TEST_F(ShapesRun, IsTheSameAtAnyThreadCount) {
  const json one = run("one", {"--threads", "1"});
  for (const char* threads : {"2", "7"}) {
    const json more = run(threads, {"--threads", threads});
    EXPECT_EQ(one["shapes"], more["shapes"]);
    for (const char* name : {"shapes.csv", "route-road.csv", "points-places.csv"}) {
      EXPECT_EQ(read_file(at("one") / name), read_file(at(threads) / name)) << name;
    }
  }
}

TEST_F(ShapesRun, APointAtAPixelsCentreHasTheFiguresOfTheLink) {
  for (const char* place : {"112.03,21.49", "111.97,21.52"}) {
    const Outcome outcome = yonder({"link", file().string(), "--at", place, "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const json link = json::parse(outcome.out);
    const double lon = link["pixel"]["lon_deg"], lat = link["pixel"]["lat_deg"];
    std::ostringstream table;
    table.precision(12);
    table << "id,lon,lat\nP," << lon << "," << lat << "\n";
    folder_.write("places.csv", table.str());
    const json record = run();
    for (const json& story : link["service"]) {
      const json& found =
          record["shapes"]["points"]["places"]["places"]["P"]["terminals"][story["id"]];
      EXPECT_NEAR(found["rsrp_dbm"].get<double>(), story["rsrp_dbm"].get<double>(), 0.01);
      EXPECT_EQ(found["class"], story["class"]);
      EXPECT_EQ(found["limit"], story["binding_limit"]);
      EXPECT_DOUBLE_EQ(found["downlink_bps"].get<double>(), story["downlink_bps"].get<double>());
      EXPECT_NEAR(found["probability"].get<double>(), story["probability"].get<double>(), 1e-3);
    }
  }
}

TEST_F(ShapesRun, ARouteIsAsLongAsItsLinesAndItsSharesAddUp) {
  const json record = run();
  const json& road = record["shapes"]["routes"]["road"];
  // 0.1 degrees of longitude at 21.5 N are 10.37 km (radius of the parallel 5938.4 km); the bend in
  // the middle adds 2 x (hypot(5.18, 0.55) - 5.18) = 0.06 km.
  EXPECT_NEAR(road["length_m"].get<double>(), 10370 + 59, 10.0);
  for (const auto& [id, terminal] : road["terminals"].items()) {
    double sum = 0.0;
    for (const auto& [name, share] : terminal["classes"].items()) sum += share.get<double>();
    EXPECT_NEAR(sum, 1.0, 1e-9) << id;
    EXPECT_NEAR(terminal["covered_share"].get<double>(),
                terminal["classes"]["continuous"].get<double>() +
                    terminal["classes"]["effective"].get<double>(),
                1e-9);
    EXPECT_NEAR(terminal["hole_total_m"].get<double>(),
                (1.0 - terminal["covered_share"].get<double>()) * road["length_m"].get<double>(),
                1e-3);
    EXPECT_NEAR(terminal["without_service_s"].get<double>(),
                terminal["hole_total_m"].get<double>() / (60.0 / 3.6), 1e-6);
  }
}

TEST_F(ShapesRun, ATunnelHasItsCablesSignalAndADarkOneNone) {
  run();
  int lit = 0, dark = 0;
  for (const auto& row : rows("out/route-road.csv")) {
    if (row.at("section") != "tunnel") continue;
    const double km = std::stod(row.at("chainage_m")) / 1000.0;
    if (km > 2.5) {
      EXPECT_EQ(row.at("class"), "none");
      EXPECT_EQ(row.at("rsrp_dbm"), "");
      ++dark;
      continue;
    }
    ++lit;
    // 773 MHz on the typical cable: 1.9 (4.8 / 1.9)^t dB per 100 m, 70 - 4 t dB at 2 m with
    // t = ln(773 / 700) / ln(2600 / 700); 4 m away, from the nearer end.
    const double t = std::log(773.0 / 700.0) / std::log(2600.0 / 700.0);
    const double along_m = 1000.0 * std::min(km - 1.0, 2.0 - km);
    const double loss_db =
        1.9 * std::pow(4.8 / 1.9, t) * along_m / 100.0 + 70.0 - 4.0 * t + 20.0 * std::log10(2.0);
    // handset -3 dBi; ship's cabin: what terminals of profile ship_cabin lose is in its own rsrp.
    if (row.at("terminal") != "phone") continue;
    EXPECT_NEAR(std::stod(row.at("rsrp_dbm")), 10.0 - 5.0 - loss_db - 3.0, 0.02) << km;
  }
  EXPECT_EQ(lit, 2 * 5);   // 1, 1.25 ... 2 km
  EXPECT_EQ(dark, 2 * 4);  // 3, 3.25, 3.5, 3.6 km
}

TEST_F(ShapesRun, ATunnelIsAsLongAsItsEndsSay) {
  const json record = run();
  const json& road = record["shapes"]["routes"]["road"];
  // The dark tunnel of 600 m is the phone's only hole: steps of 250 m do not fit into it.
  const json& phone = road["terminals"]["phone"];
  ASSERT_EQ(phone["hole_count"], 1);
  EXPECT_NEAR(phone["hole_total_m"].get<double>(), 600.0, 0.1);
  EXPECT_NEAR(phone["holes"][0]["from_m"].get<double>(), 3000.0, 0.1);
  EXPECT_NEAR(phone["holes"][0]["to_m"].get<double>(), 3600.0, 0.1);
}

TEST_F(ShapesRun, ABridgeLiftsTheTerminal) {
  const json high = run("high");
  std::string low = scenario(true, false);
  low.replace(low.find("height_agl_m: 30}"), 17, "height_agl_m: 0}");
  folder_.write("coast.yaml", low);
  run("low");
  const auto above = rows("high/route-road.csv"), below = rows("low/route-road.csv");
  ASSERT_EQ(above.size(), below.size());
  int bridged = 0;
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (above[i].at("section") != "bridge") {
      EXPECT_EQ(above[i], below[i]);
    } else if (above[i].at("terminal") == "phone") {
      ++bridged;
      EXPECT_GT(std::stod(above[i].at("rsrp_dbm")), std::stod(below[i].at("rsrp_dbm")) + 3.0);
    }
  }
  EXPECT_EQ(bridged, 5);
}

/// Values of a layer's pixels whose centres lie in the box of the scenario's area.
std::vector<float> values_in_box(const std::filesystem::path& file) {
  GDALAllRegister();
  const GDALDatasetUniquePtr layer(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  if (layer == nullptr) throw std::runtime_error("cannot read " + file.string());
  std::array<double, 6> transform{};
  layer->GetGeoTransform(transform.data());
  OGRSpatialReference wgs84;
  wgs84.SetFromUserInput("EPSG:4326");
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRSpatialReference plane(*layer->GetSpatialRef());
  plane.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const std::unique_ptr<OGRCoordinateTransformation> to_wgs84(
      OGRCreateCoordinateTransformation(&plane, &wgs84));
  std::vector<float> values;
  for (int row = 0; row < layer->GetRasterYSize(); ++row) {
    for (int column = 0; column < layer->GetRasterXSize(); ++column) {
      double x = transform[0] + (column + 0.5) * transform[1];
      double y = transform[3] + (row + 0.5) * transform[5];
      if (!to_wgs84->Transform(1, &x, &y)) throw std::runtime_error("no place of a pixel");
      if (x < 111.98 || x > 112.04 || y < 21.47 || y > 21.53) continue;
      float value = 0.0F;
      EXPECT_EQ(layer->GetRasterBand(1)->RasterIO(GF_Read, column, row, 1, 1, &value, 1, 1,
                                                  GDT_Float32, 0, 0),
                CE_None);
      values.push_back(value);
    }
  }
  return values;
}

TEST_F(ShapesRun, AnAreasSharesAreThoseOfItsPixels) {
  const json record = run();
  const json& box = record["shapes"]["areas"]["box"];
  // 0.06 degrees each way at 21.5 N: 6.22 km by 6.64 km; pixels of 0.16 km2 at the edges.
  EXPECT_NEAR(box["area_km2"].get<double>(), 41.34, 1.5);
  const std::vector<float> classes = values_in_box(at("out") / "phone-class.tif");
  const auto all = static_cast<double>(classes.size());
  const auto share = [&](float code) {
    return static_cast<double>(std::ranges::count(classes, code)) / all;
  };
  EXPECT_EQ(box["terminals"]["phone"]["places"], classes.size());
  // The scale changes by less than a ten thousandth over the box: shares of area are shares of
  // pixels.
  EXPECT_NEAR(box["terminals"]["phone"]["classes"]["continuous"].get<double>(), share(5.0F), 1e-4);
  EXPECT_NEAR(box["terminals"]["phone"]["covered_share"].get<double>(), share(4.0F) + share(5.0F),
              1e-4);
}

TEST_F(ShapesRun, AnAreasShareOfTimeIsThatOfItsPixels) {
  // Little power, so that some places of the box are served for a part of the time.
  std::string text = scenario(true, false);
  for (std::size_t i = 0; (i = text.find("power_w: 40", i)) != std::string::npos;) {
    text.replace(i, 11, "power_w: 0.1");
  }
  folder_.write("coast.yaml", text + "availability: {time_percents: [10, 50, 90]}\n");
  const json record = run();
  const std::vector<float> percents = values_in_box(at("out") / "availability-cabin.tif");
  const auto all = static_cast<double>(percents.size());
  const json& told = record["shapes"]["areas"]["box"]["terminals"]["cabin"]["availability"];
  double sum = 0.0;
  for (const float percent : percents) sum += std::isnan(percent) ? 0.0 : double{percent};
  EXPECT_NEAR(told["mean_percent"].get<double>(), sum / all, 0.02);
  EXPECT_GT(sum / all, 1.0);
  double before = 1.0;
  for (const char* level : {"10", "50", "90"}) {
    const auto served = std::ranges::count_if(
        percents, [&](float percent) { return percent >= std::stof(level) - 1e-3F; });
    const double share = told["served_at_least_percent_of_time"][level]["share"].get<double>();
    EXPECT_NEAR(share, static_cast<double>(served) / all, 1e-4) << level;
    EXPECT_LE(share, before) << level;
    EXPECT_GT(share, 0.05) << level;
    EXPECT_LT(share, 0.95) << level;
    before = share;
  }
  const json& bands = record["shapes"]["zones"]["sea"]["bands"];
  const auto at_half = [&](const char* band) {
    return bands[band]["terminals"]["cabin"]["availability"]["served_at_least_percent_of_time"]
                ["50"]["share"]
                    .get<double>();
  };
  EXPECT_GT(at_half("0-2"), at_half("2-5"));
}

TEST_F(ShapesRun, BandsOfTheSeaAreAsWideAsTheyAreNamed) {
  const json record = run();
  const json& bands = record["shapes"]["zones"]["sea"]["bands"];
  const double near_km2 = bands["0-2"]["area_km2"], far_km2 = bands["2-5"]["area_km2"];
  // A straight coast through the centre of a circle of 9 km: 2 km times its chord, cut by the
  // area's edges at 8 km north and south (16 km); then 3 km more. Pixels are 0.4 km wide.
  EXPECT_NEAR(near_km2, 2.0 * 16.0, 0.2 * 32.0);
  EXPECT_NEAR(far_km2, 3.0 * 15.5, 0.15 * 46.5);
  // A pixel of 400 m has 0.16 km2, less what the plane's scale (1.0 here, 75 km off the meridian of
  // zone 49, 0.9997) makes of it.
  const int pixels = bands["0-2"]["terminals"]["phone"]["places"];
  EXPECT_NEAR(near_km2, 0.16 * pixels / (0.9997 * 0.9997), 0.0002 * near_km2);
  // By kilometre the same sea: both bands' places, and their shares weighted.
  double covered_km2 = 0.0;
  for (const char* band : {"0-2", "2-5"}) {
    covered_km2 += bands[band]["area_km2"].get<double>() *
                   bands[band]["terminals"]["phone"]["covered_share"].get<double>();
  }
  EXPECT_GT(covered_km2, 0.0);
  EXPECT_LE(covered_km2, near_km2 + far_km2);
  const auto slices = rows("out/zones-sea.csv");
  ASSERT_EQ(slices.size(), 2U * 5U);
  EXPECT_EQ(slices[4].at("from_m"), "4000");
  EXPECT_EQ(slices[4].at("to_m"), "5000");
}

TEST_F(ShapesRun, SeaBeyondEveryCellsRadiusIsNamed) {
  // Corners of the area of 8 km about the site lie up to 11.3 km from it, the radius is 9 km.
  EXPECT_THAT(run()["warnings"].dump(),
              testing::ContainsRegex("zones sea: [0-9]+ % of the map's sea 2 to 5 km from shore "
                                     "lie beyond every cell's radius"));
}

TEST_F(ShapesRun, PointsOutsideAreNamedAndLeftOut) {
  const json record = run();
  const json& places = record["shapes"]["points"]["places"];
  EXPECT_EQ(places["points"], 3);
  EXPECT_EQ(places["points_inside"], 2);
  EXPECT_DOUBLE_EQ(places["weight"].get<double>(), 400.0);
  EXPECT_EQ(places["places"]["C"]["inside"], false);
  EXPECT_EQ(places["terminals"]["phone"]["places"], 2);
  EXPECT_THAT(record["warnings"].dump(), testing::HasSubstr("1 of 3 lie outside"));
}

TEST_F(ShapesRun, FiguresOfTheTableAreThoseOfTheRecord) {
  const json record = run();
  int compared = 0;
  for (const auto& row : rows("out/shapes.csv")) {
    if (row.at("shape") != "routes/road" || row.at("terminal") != "phone") continue;
    const json::json_pointer pointer("/shapes/routes/road/terminals/phone/" + row.at("kpi"));
    EXPECT_NEAR(record.at(pointer).get<double>(), std::stod(row.at("value")),
                1e-8 * std::abs(std::stod(row.at("value"))) + 1e-12);
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST_F(ShapesRun, TheGeopackageHasItsLayers) {
  run();
  GDALAllRegister();
  const GDALDatasetUniquePtr gpkg(
      GDALDataset::Open((at("out") / "shapes.gpkg").c_str(), GDAL_OF_VECTOR));
  ASSERT_NE(gpkg, nullptr);
  for (const char* name : {"route_stretches", "route_places", "areas", "points"}) {
    OGRLayer* layer = gpkg->GetLayerByName(name);
    ASSERT_NE(layer, nullptr) << name;
    EXPECT_GT(layer->GetFeatureCount(), 0) << name;
  }
}

TEST_F(ShapesRun, StretchesOfARouteMeetAndAreAsLongAsTheySay) {
  const json record = run();
  GDALAllRegister();
  const GDALDatasetUniquePtr gpkg(
      GDALDataset::Open((at("out") / "shapes.gpkg").c_str(), GDAL_OF_VECTOR));
  ASSERT_NE(gpkg, nullptr);
  OGRLayer* layer = gpkg->GetLayerByName("route_stretches");
  ASSERT_NE(layer, nullptr);
  layer->SetAttributeFilter("route = 'road' AND terminal = 'phone'");
  const GeographicLib::Geodesic& earth = GeographicLib::Geodesic::WGS84();
  const auto apart_m = [&](const OGRPoint& a, const OGRPoint& b) {
    double distance_m = 0.0;
    earth.Inverse(a.getY(), a.getX(), b.getY(), b.getX(), distance_m);
    return distance_m;
  };
  OGRPoint end;
  double all_m = 0.0;
  int count = 0;
  for (const OGRFeatureUniquePtr& feature : *layer) {
    const OGRLineString* line = feature->GetGeometryRef()->toLineString();
    double length_m = 0.0;
    for (int i = 0; i < line->getNumPoints(); ++i) {
      OGRPoint point;
      line->getPoint(i, &point);
      if (i > 0) length_m += apart_m(end, point);
      if (i == 0 && count > 0) {
        EXPECT_LT(apart_m(end, point), 0.01);
      }
      end = point;
    }
    // The route's own bend may lie between two places.
    EXPECT_NEAR(length_m, feature->GetFieldAsDouble("to_m") - feature->GetFieldAsDouble("from_m"),
                2.0);
    all_m += length_m;
    ++count;
  }
  EXPECT_GT(count, 1);
  EXPECT_NEAR(all_m, record["shapes"]["routes"]["road"]["length_m"].get<double>(), 4.0);
}

TEST_F(ShapesRun, WithoutTerminalsTheReceiverIsJudgedByLevelAlone) {
  folder_.write("coast.yaml", scenario(false, false));
  const json record = run();
  const json& receiver = record["shapes"]["routes"]["road"]["terminals"]["receiver"];
  EXPECT_GT(receiver["covered_share"].get<double>(), 0.5);
  EXPECT_GT(receiver["thresholds"]["strong"]["longest_hole_m"].get<double>(), 0.0);
  EXPECT_FALSE(receiver.contains("classes"));
  EXPECT_FALSE(receiver.contains("voice"));
  EXPECT_TRUE(record["shapes"]["zones"]["sea"]["bands"]["0-2"]["terminals"].contains("receiver"));
}

TEST_F(ShapesRun, PlotsAreDrawnAndTheTerminalTellsOfThem) {
  folder_.write("coast.yaml", scenario(true, true));
  run();
  for (const char* name : {"route-road.png", "zones-sea.png"}) {
    EXPECT_GT(std::filesystem::file_size(at("out") / name), 10000U) << name;
  }
  EXPECT_THAT(text_, testing::HasSubstr("Coast road 滨海公路 [road], 10.4 km at 60 km/h"));
  EXPECT_THAT(text_, testing::HasSubstr("Distance from shore 离岸距离 sea [sea], 0–2 km"));
}

TEST_F(ShapesRun, ARouteWithoutLinesIsRefused) {
  folder_.write("road.geojson", kLand);
  const Outcome outcome = yonder({"run", file().string(), "-o", at("out").string()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, testing::HasSubstr("holds no lines"));
  EXPECT_THAT(outcome.err, testing::HasSubstr("shapes.routes.road.file"));
}

}  // namespace
}  // namespace yonder::test
