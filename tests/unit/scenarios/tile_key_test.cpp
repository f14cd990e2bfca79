#include "scenarios/batch/tile_key.h"

#include <cmath>
#include <functional>
#include <map>

#include "core/text.h"
#include "geodata/projection.h"
#include "geodata/raster_output.h"
#include "tests/unit/propagation/p1546_table.h"
#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string curves_csv(double level) {
  const NumberTable table =
      propagation::made_up_curves([=](const std::string&, double, double, double km, double) {
        return level - 20 * std::log10(km);
      });
  std::string text = "surface";
  for (const std::string& column : table.columns) text += "," + column;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += "\n" + table.labels[row];
    for (std::size_t i = 0; i < table.width; ++i) text += "," + number_text(table.at(row, i));
  }
  return text + "\n";
}

/// A raster over the site of 2 by 2 pixels.
std::string grid_asc(const std::string& values) {
  return "ncols 2\nnrows 2\nxllcorner 84\nyllcorner 41.5\ncellsize 0.3\n" + values;
}
const std::string kWgs84 =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
    "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
const std::string kNad27 =
    "GEOGCS[\"NAD27\",DATUM[\"North_American_Datum_1927\",SPHEROID[\"Clarke 1866\",6378206.4,"
    "294.9786982]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";

std::string land(double east_deg) {
  const std::string east = number_text(east_deg);
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)"
         R"({"type":"Polygon","coordinates":[[[83,41],[)" +
         east + ",41],[" + east + R"(,43],[83,43],[83,41]]]}}]})";
}

std::string pattern(const std::string& gain) {
  std::string text = "NAME rod\nFREQUENCY 773\nGAIN " + gain + " dBi\nHORIZONTAL 360\n";
  for (int angle = 0; angle < 360; ++angle) text += std::to_string(angle) + " 0\n";
  text += "VERTICAL 360\n";
  for (int angle = 0; angle < 360; ++angle) text += std::to_string(angle) + " 1\n";
  return text;
}

/// Everything that a tile can depend on, in files of one folder.
struct Files {
  std::string folder = "a";
  std::string ground = "ground", cover = "cover", shore = "shore.geojson", curves = "curves.csv",
              rod = "rod.msi", cells = "cells.csv";
  std::string heights = "100 200\n300 400\n", classes = "10 10\n20 20\n", projection = kWgs84;
  double shore_east_deg = 86;
  double level = 40;
  std::string gain = "8";
  std::string azimuth = "120";
  std::string title = "Demo";
  std::string class_height = "15";
  std::string panel_gain = "15";
  std::string whip_gain = "6";
  std::string radius_km = "10";
  std::string directory = "out";
  std::string sidecar;
};

class TileKeyOf : public ScenarioTest {
 protected:
  Scenario scenario(const Files& files) const {
    const std::string at = files.folder + "/";
    write(at + files.ground + ".asc", grid_asc(files.heights));
    write(at + files.ground + ".prj", files.projection);
    if (!files.sidecar.empty()) write(at + files.ground + ".asc.aux.xml", files.sidecar);
    write(at + files.cover + ".asc", grid_asc(files.classes));
    write(at + files.cover + ".prj", kWgs84);
    write(at + files.shore, land(files.shore_east_deg));
    write(at + files.curves, curves_csv(files.level));
    write(at + files.rod, pattern(files.gain));
    write(at + files.cells,
          "site_id,lon_deg,lat_deg,cell_id,antenna,azimuth_deg\nS01,84.25,41.78,S01-1,panel," +
              files.azimuth + "\nS01,84.25,41.78,S01-2,rod,0\n");
    return load_scenario(write(at + "map.yaml", R"(yonder: 1
id: demo
title: )" + files.title + R"(
area: {around_sites_km: 10, pixel_m: 200}
calculation: {radius_km: )" + files.radius_km +
                                                    R"(}
terrain:
  sources: [)" + files.ground + R"(.asc]
  sea: {land_polygons: )" + files.shore +
                                                    R"(}
  clutter: {path: )" + files.cover + R"(.asc, classes: {10: {name: a, height_m: )" +
                                                    files.class_height +
                                                    R"(}, 20: {name: b, height_m: 5}}}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: )" + files.panel_gain +
                                                    R"(, vertical_beamwidth_deg: 7}
  - {id: rod, type: pattern_file, file: )" + files.rod +
                                                    R"(}
  - {id: whip, type: omni, gain_dbd: )" + files.whip_gain +
                                                    R"(}
sites_csv: )" + files.cells + R"(
cell_defaults: {carrier: n28, height_agl_m: 40, power_w: 40}
receiver: {height_agl_m: 1.5}
propagation: {model: itu_p1546, parameters: {curves: )" +
                                                    files.curves + R"(, time_percent: 10}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {directory: )" + files.directory + "}\n"),
                         {});
  }
  TileKey key(const Files& files) const {
    const Scenario whole = scenario(files);
    const TileGrid grid = make_tile_grid(whole, 64);
    TileKeys keys(whole);
    const Tile& tile = grid.tiles.at(grid.tiles.size() / 2);
    Scenario siteless = whole;
    siteless.sites.clear();
    Scenario part = tile_scenario(siteless, whole.sites, tile);
    const AnalysisGrid analysis = tile_analysis(part, grid, tile);
    keys.keep_rasters_under(analysis, part);
    return keys.key(part, grid, tile, analysis);
  }
};

TEST_F(TileKeyOf, TheSameDataElsewhereAndCalledOtherwiseIsTheSame) {
  const TileKey here = key({});
  Files moved;
  moved.folder = "somewhere/else";
  moved.ground = "dem";
  moved.cover = "landuse";
  moved.shore = "coast.json";
  moved.curves = "p1546.txt";
  moved.rod = "antenna.pln";
  moved.cells = "export.csv";
  moved.directory = "results";
  moved.title = "Another";
  moved.whip_gain = "7";  // no cell has it
  EXPECT_EQ(key(moved).text, here.text);
  EXPECT_EQ(key(moved).sha256, here.sha256);
}

TEST_F(TileKeyOf, WhateverDecidesTheResultIsInIt) {
  const TileKey before = key({});
  EXPECT_THAT(before.text, HasSubstr("gdal " + geodata::gdal_version()));
  EXPECT_THAT(before.text, HasSubstr("proj " + geodata::proj_version()));
  const std::map<std::string, std::function<void(Files&)>> changes = {
      {"terrain 0", [](Files& f) { f.heights = "100 200\n300 401\n"; }},
      {"terrain 0 head", [](Files& f) { f.projection = kNad27; }},
      {"clutter raster", [](Files& f) { f.classes = "10 10\n20 10\n"; }},
      {"scenario demo", [](Files& f) { f.class_height = "16"; }},
      {"land polygons", [](Files& f) { f.shore_east_deg = 85; }},
      {"table curves", [](Files& f) { f.level = 41; }},
      {"antenna panel", [](Files& f) { f.panel_gain = "16"; }},
      {"pattern rod", [](Files& f) { f.gain = "9"; }},
      {"cell S01-1", [](Files& f) { f.azimuth = "121"; }},
      {"scenario demo variant", [](Files& f) { f.radius_km = "11"; }}};
  int number = 0;
  for (const auto& [name, change] : changes) {
    Files files;
    files.folder = "changed-" + std::to_string(++number);
    change(files);
    const TileKey after = key(files);
    EXPECT_NE(after.sha256, before.sha256) << name;
    const std::string told = first_difference(after.text, before.text);
    EXPECT_EQ(told, name.substr(0, told.size())) << name;
  }
}

TEST_F(TileKeyOf, WhatViewersWriteBesideARasterDoesNotCount) {
  const TileKey before = key({});
  Files viewed;
  viewed.folder = "viewed";
  viewed.sidecar =
      "<PAMDataset><PAMRasterBand band=\"1\"><Metadata><MDI key=\"STATISTICS_MEAN\">250</MDI>"
      "</Metadata></PAMRasterBand></PAMDataset>";
  EXPECT_EQ(key(viewed).text, before.text);
}

TEST_F(TileKeyOf, WhatWasReadIsHashedWhateverTheFileHoldsNow) {
  const Scenario whole = scenario({});
  const std::string cells = cells_sha256(whole);
  TileKeys keys(whole);
  write("a/cells.csv", "other");
  write("a/rod.msi", "other");
  write("a/curves.csv", "other");
  EXPECT_EQ(cells_sha256(whole), cells);
  EXPECT_EQ(keys.hashes().of(folder_ / "a/rod.msi"), digest_of(pattern("8")));
  EXPECT_EQ(keys.hashes().of(folder_ / "a/curves.csv"), digest_of(curves_csv(40)));
  EXPECT_TRUE(keys.hashes().unchanged(folder_ / "a/rod.msi"));
  const auto csv = keys.hashes().of(folder_ / "a/cells.csv");
  EXPECT_NE(csv, digest_of("other"));
  EXPECT_GT(csv.bytes, 5U);
}

TEST_F(TileKeyOf, CellsOfAPlanAreToldApartByEveryValueAndByWhatPatternsHold) {
  const std::string before = cells_sha256(scenario({}));
  Files files;
  files.folder = "b";
  EXPECT_EQ(cells_sha256(scenario(files)), before);
  files.azimuth = "121";
  EXPECT_NE(cells_sha256(scenario(files)), before);
  files = {.folder = "c"};
  files.gain = "9";
  EXPECT_NE(cells_sha256(scenario(files)), before);
}

}  // namespace
}  // namespace yonder::scenarios
