#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <map>
#include <nlohmann/json.hpp>

#include "process.h"

namespace yonder::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

/// Two sites among the shipped case's dunes; a handset is judged, too.
std::string scenario_text(const std::string& outputs) {
  const std::string terrain =
      std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/desert-highway/terrain-synthetic.tif";
  return R"(yonder: 1
id: small
title: {en: Small & <short>, zh: 小}
area: {around_sites_km: 6, pixel_m: 200}
calculation: {radius_km: 6}
terrain: {sources: [)" +
         terrain + R"(]}
carriers: [{id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15, resource_blocks: 160}]
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
    name: {en: "B, the second", zh: 二}
    lon_deg: 83.95
    lat_deg: 39.66
    cells:
      - {id: B-1, carrier: n28, antenna: panel, height_agl_m: 30, azimuth_deg: 120, power_w: 40}
receiver: {height_agl_m: 1.5, gain_dbi: -3, body_loss_db: 1, penetration_loss_db: 9}
terminals: [{id: handset, profile: handset_outdoors}]
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, name: {en: Good, zh: 良好}, rsrp_dbm: -105}, {id: edge, name: {en: Edge}, rsrp_dbm: -115}]
outputs: {picture: false, report: false)" +
         outputs + "}\n";
}

const std::string kAll =
    ", exports: [png, kmz, contours, footprints, pixels_csv], vector_formats: [gpkg, flatgeobuf]";

class Exports : public testing::Test {
 protected:
  Outcome run(const std::string& outputs, const std::string& folder = "out",
              const std::vector<std::string>& more = {}, const ProcessSettings& settings = {}) {
    const std::filesystem::path file = folder_.write("scenario.yaml", scenario_text(outputs));
    std::vector<std::string> arguments = {"run", file.string(), "-o",
                                          (folder_.path() / folder).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return yonder(arguments, settings);
  }
  std::filesystem::path out() const { return folder_.path() / "out"; }
  TemporaryFolder folder_;
};

using Dataset = std::unique_ptr<GDALDataset>;

Dataset open_dataset(const std::filesystem::path& file) {
  GDALAllRegister();
  Dataset dataset(GDALDataset::Open(file.c_str()));
  EXPECT_TRUE(dataset) << file;
  return dataset;
}

std::vector<float> values_of(const std::filesystem::path& file) {
  const Dataset raster = open_dataset(file);
  const int columns = raster->GetRasterXSize();
  const int rows = raster->GetRasterYSize();
  std::vector<float> values(static_cast<std::size_t>(columns * rows));
  EXPECT_EQ(raster->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, values.data(), columns,
                                               rows, GDT_Float32, 0, 0),
            CE_None);
  return values;
}

/// Sums of a field of a layer's features, by another field.
std::map<std::string, double> sums(const std::filesystem::path& file, const char* field,
                                   const char* by) {
  std::map<std::string, double> result;
  const Dataset vectors = open_dataset(file);
  for (const auto& feature : *vectors->GetLayer(0))
    result[feature->GetFieldAsString(by)] += feature->GetFieldAsDouble(field);
  return result;
}

TEST_F(Exports, AreListedInTheRecordAndOnlyMadeWhenAskedFor) {
  ASSERT_EQ(run("").exit_code, 0);
  EXPECT_THAT(names_in(out()),
              Not(Contains(testing::AnyOf("coverage.kmz", "contours.gpkg", "footprints.gpkg",
                                          "pixels.csv", "rsrp-map.png"))));
  EXPECT_THAT(names_in(out()), Contains("rsrp.qml"));
  const Outcome outcome = run(kAll);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::vector<std::string> expected = {"best_server-map.pgw",
                                             "best_server-map.png",
                                             "best_server-map.png.aux.xml",
                                             "contours.fgb",
                                             "contours.gpkg",
                                             "coverage.kmz",
                                             "footprints.fgb",
                                             "footprints.gpkg",
                                             "handset-class-map.pgw",
                                             "handset-class-map.png",
                                             "handset-class-map.png.aux.xml",
                                             "pixels.csv",
                                             "rsrp-map.pgw",
                                             "rsrp-map.png",
                                             "rsrp-map.png.aux.xml",
                                             "rsrp.qml"};
  EXPECT_THAT(names_in(out()), IsSupersetOf(expected));
  const json record = json::parse(read_file(out() / "run.json"));
  const auto files = record["files"].get<std::vector<std::string>>();
  EXPECT_THAT(files, IsSupersetOf(expected));
  EXPECT_EQ(files.size(), names_in(out()).size());
  // Without them again, those of the run before do not pass for this one's.
  ASSERT_EQ(run("").exit_code, 0);
  EXPECT_THAT(names_in(out()), Not(Contains("contours.gpkg")));
}

TEST_F(Exports, AgreeWithTheRunsOwnFigures) {
  ASSERT_EQ(run(kAll).exit_code, 0);
  const json record = json::parse(read_file(out() / "run.json"));
  const json& thresholds = record["kpis"]["thresholds"];
  const double good = thresholds[0]["all"]["covered_pixels"];
  const double edge = thresholds[1]["all"]["covered_pixels"];
  ASSERT_GT(good, 0);
  ASSERT_GT(edge, good);
  std::map<std::string, double> cell_pixels;
  const std::vector<float> servers = values_of(out() / "best_server.tif");
  const std::vector<float> levels = values_of(out() / "rsrp.tif");
  const std::vector<std::string> cells = {"", "A-1", "A-2", "B-1"};
  std::map<std::string, double> good_pixels;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (servers[i] == 0.0F) continue;
    const std::string& cell = cells[static_cast<std::size_t>(servers[i])];
    ++cell_pixels[cell];
    good_pixels[cell] += levels[i] >= -105.0F ? 1.0 : 0.0;
  }
  const double pixel_km2 = record["grid"]["pixel_area_km2"];
  for (const char* format : {"gpkg", "fgb"}) {
    const std::filesystem::path contours = out() / (std::string("contours.") + format);
    const auto pixels = sums(contours, "pixels", "class");
    EXPECT_EQ(pixels.at("good"), good);
    EXPECT_EQ(pixels.at("edge"), edge - good) << "below the class before";
    EXPECT_NEAR(sums(contours, "area_km2", "class").at("good"), thresholds[0]["all"]["covered_km2"],
                1e-9);
    const std::filesystem::path footprints = out() / (std::string("footprints.") + format);
    EXPECT_EQ(sums(footprints, "pixels", "cell_id"), cell_pixels);
    for (const auto& [cell, km2] : sums(footprints, "km2_good", "cell_id"))
      EXPECT_NEAR(km2, good_pixels[cell] * pixel_km2, 1e-9);
    const Dataset vectors = open_dataset(footprints);
    for (const auto& feature : *vectors->GetLayer(0)) {
      EXPECT_STREQ(feature->GetFieldAsString("synthetic_terrain"), "yes");
      EXPECT_EQ(cells[static_cast<std::size_t>(feature->GetFieldAsInteger("best_server"))],
                feature->GetFieldAsString("cell_id"));
      EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
    }
  }
  const std::string table = read_file(out() / "pixels.csv");
  EXPECT_TRUE(
      table.starts_with("lon_deg,lat_deg,rsrp_dbm,rsrp_class,best_server,cell_id,handset-class\n"))
      << table.substr(0, 200);
  double total = 0;
  for (const auto& [cell, pixels] : cell_pixels) total += pixels;
  EXPECT_EQ(static_cast<double>(std::count(table.begin(), table.end(), '\n')), total + 1);
  EXPECT_THAT(table, AllOf(HasSubstr(",good,1,A-1,"), HasSubstr(",edge,3,B-1,")));
}

TEST_F(Exports, HoldTheSitesAndAMapOfEachKindForGoogleEarth) {
  ASSERT_EQ(run(kAll).exit_code, 0);
  GByte* bytes = nullptr;
  vsi_l_offset size = 0;
  ASSERT_TRUE(VSIIngestFile(nullptr,
                            ("/vsizip/" + (out() / "coverage.kmz").string() + "/doc.kml").c_str(),
                            &bytes, &size, -1));
  const std::string kml(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  VSIFree(bytes);
  EXPECT_THAT(kml, AllOf(HasSubstr("<name>Small &amp; &lt;short&gt; 小</name>"),
                         HasSubstr("<name>SS-RSRP</name>"), HasSubstr("layer1/legend.png"),
                         HasSubstr("Best server"), HasSubstr("layer3/r0_c0.png"),
                         HasSubstr("<name>B, the second 二</name>"), HasSubstr("合成地形")));
}

TEST_F(Exports, HaveTheSameBytesWhateverTheThreads) {
  ASSERT_EQ(run(kAll, "out", {"--threads", "1"}).exit_code, 0);
  ASSERT_EQ(run(kAll, "again", {"--threads", "3"}).exit_code, 0);
  for (const std::string& name : names_in(out())) {
    if (name == "run.json") continue;  // bears the time
    EXPECT_TRUE(read_file(out() / name) == read_file(folder_.path() / "again" / name)) << name;
  }
}

TEST_F(Exports, LeaveNothingHalfWrittenOnAFullDisk) {
  ASSERT_EQ(run("").exit_code, 0);
  const std::vector<std::string> names = names_in(out());
  // The layers fit, a table of pixels or a GeoPackage does not.
  for (const char* one : {"pixels_csv", "contours"}) {
    const Outcome full = run(std::string(", layers: [rsrp], sites: false, exports: [") + one + "]",
                             "out", {}, {.file_size_limit = 80000});
    EXPECT_EQ(full.exit_code, 1) << full.err;
    EXPECT_THAT(full.err,
                HasSubstr(one == std::string("contours") ? "contours.gpkg" : "pixels.csv"));
    EXPECT_EQ(names_in(out()), names) << one;
  }
}

TEST_F(Exports, NeedTheLayersThatTheyAreMadeOf) {
  const Outcome outcome = run(", layers: [status], exports: [contours, footprints]");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("outputs.exports[0]"),
                    HasSubstr("export 'contours' is made of layer rsrp, which outputs.layers"),
                    HasSubstr("export 'footprints' is made of layer best_server"),
                    HasSubstr("layers: [rsrp, best_server]")));
  const Outcome unknown = run(", exports: [contour], vector_formats: [gpk]");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err,
              AllOf(HasSubstr("there is no export 'contour'; did you mean 'contours'?"),
                    HasSubstr("outputs.vector_formats[0]"),
                    HasSubstr("there is no vector format 'gpk'; did you mean 'gpkg'?")));
}

}  // namespace
}  // namespace yonder::test
