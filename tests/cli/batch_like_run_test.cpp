#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <map>
#include <set>

#include "batch_fixture.h"

/// A batch's mosaics and counts are those of `yonder run` of the same scenario. Grids of tiles
/// begin elsewhere, so positions are interpolated between other nodes: under a metre, and a few
/// hundredths of a dB.
namespace yonder::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << "no '" << from << "' in " << text;
    return text;
  }
  return text.replace(at, from.size(), to);
}

class BatchLikeRun : public Batch {
 protected:
  fs::path whole() const { return folder_.path() / "whole"; }
  /// Makes the template and the plan, and runs both. `plan`: further lines of the plan, which stand
  /// in `map` for the run. `variant`: folder of the run's results.
  void make(std::string map, const std::string& plan = "", const std::string& variant = "") {
    map = replaced(map, "picture: false", "picture: false, report: false");
    folder_.write("map.yaml", map);
    folder_.write("plan.yaml", kPlan + plan);
    folder_.write("whole.yaml",
                  replaced(map, "receiver:",
                           "sites_csv: cells.csv\nsites_csv_columns: {ENB: site_id, CELL: cell_id, "
                           "LON: lon_deg, LAT: lat_deg, H: height_agl_m, AZ: azimuth_deg, VENDOR: "
                           "null}\nreceiver:"));
    const Outcome tiled = batch();
    ASSERT_EQ(tiled.exit_code, 0) << tiled.err;
    const Outcome run =
        yonder({"run", (folder_.path() / "whole.yaml").string(), "-o", whole().string()});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    single_ = variant.empty() ? whole() : whole() / variant;
  }

  /// Every raster of the run is there as a mosaic, with the same values.
  void expect_same_layers() const {
    std::size_t layers = 0;
    for (const std::string& name : names_in(single_)) {
      if (!name.ends_with(".tif")) continue;
      ++layers;
      const std::string mosaic = name.substr(0, name.size() - 4) + ".vrt";
      ASSERT_TRUE(fs::exists(out() / mosaic)) << mosaic;
      const Raster tiled(out() / mosaic);
      const Raster single(single_ / name);
      ASSERT_EQ(tiled.columns, single.columns) << name;
      ASSERT_EQ(tiled.rows, single.rows) << name;
      EXPECT_EQ(tiled.description, single.description);
      std::size_t void_apart = 0, apart = 0;
      double most = 0.0;
      for (std::size_t i = 0; i < tiled.values.size(); ++i) {
        const double a = tiled.values[i], b = single.values[i];
        if (std::isnan(a) != std::isnan(b)) ++void_apart;
        if (std::isnan(a) || std::isnan(b)) continue;
        apart += a != b ? 1U : 0U;
        most = std::max(most, std::abs(a - b));
      }
      // Where no tile lies there is nothing: 0 in a layer of classes, whatever the run has.
      EXPECT_LE(void_apart, tiled.values.size() / 2000) << name;
      if (tiled.type == "Float32") {
        const bool rates =
            name.find("rate") != std::string::npos;  // steps between transport blocks
        if (!rates) {
          EXPECT_LE(most, tolerance_) << name;
        }
      } else {
        EXPECT_LE(apart, tiled.values.size() / 1000) << name;
      }
    }
    EXPECT_GE(layers, 5U);
  }

  /// The same pixels judged, and shares that differ by rounding at limits at most.
  void expect_same_counts() const {
    const json tiled = record(out());
    const json single = record(single_);
    EXPECT_EQ(tiled["kpis"]["judged_pixels"], single["kpis"]["judged_pixels"]);
    compare_numbers(tiled["kpis"], single["kpis"], "kpis");
    compare_numbers(tiled["availability"], single["availability"], "availability");
    compare_numbers(tiled["model"], single["model"], "model");
    compare_numbers(tiled["service"]["terminals"], single["service"]["terminals"], "service");
  }

  double tolerance_ = 0.05;
  fs::path single_;

 private:
  static void compare_numbers(const json& a, const json& b, const std::string& place) {
    ASSERT_EQ(a.type_name(), std::string(b.type_name())) << place;
    if (a.is_object()) {
      for (const auto& [key, value] : a.items()) {
        ASSERT_TRUE(b.contains(key)) << place << "." << key;
        compare_numbers(value, b[key], place + "." + key);
      }
    } else if (a.is_array()) {
      ASSERT_EQ(a.size(), b.size()) << place;
      for (std::size_t i = 0; i < a.size(); ++i) {
        compare_numbers(a[i], b[i], place + "[" + std::to_string(i) + "]");
      }
    } else if (a.is_number()) {
      const auto x = a.get<double>(), y = b.get<double>();
      EXPECT_NEAR(x, y, 3.0 + 0.005 * std::abs(y)) << place;
    } else {
      EXPECT_EQ(a, b) << place;
    }
  }
};

TEST_F(BatchLikeRun, OfAPlainMap) {
  make(map_yaml());
  expect_same_layers();
  expect_same_counts();
  // Counts add up to those of the mosaic itself.
  const Raster rsrp(out() / "rsrp.vrt");
  const Raster status(out() / "status.vrt");
  std::size_t judged = 0, good = 0;
  for (std::size_t i = 0; i < rsrp.values.size(); ++i) {
    judged += status.values[i] != 0.0 ? 1U : 0U;
    good += rsrp.values[i] >= -105.0 ? 1U : 0U;
  }
  const json kpis = record(out())["kpis"];
  EXPECT_GT(judged, 5000U);
  EXPECT_EQ(kpis["judged_pixels"], judged);
  EXPECT_EQ(kpis["thresholds"][0]["all"]["covered_pixels"], good);
}

TEST_F(BatchLikeRun, WithAvailabilityAndAVariantAndWithoutOverviews) {
  const std::string map =
      replaced(map_yaml(), "outputs:",
               "availability: {time_percents: [10, 90]}\nvariants:\n  - id: plain\n"
               "  - {id: taller, name: Taller, set: {cell_defaults.power_w: 80}}\noutputs:");
  make(replaced(map, "pixel_m: 200", "pixel_m: 400"), "variant: taller\noverviews: false\n",
       "taller");
  tolerance_ = 0.1;  // shares of time in %
  expect_same_layers();
  expect_same_counts();
  EXPECT_EQ(record(out())["scenario"]["variant"]["id"], "taller");
  EXPECT_TRUE(fs::exists(out() / "availability-handset.vrt"));
  EXPECT_THAT(read_file(out() / "kpis.csv"), HasSubstr("time_percent,handset,50,all,"));
  EXPECT_THAT(names_in(out()), Not(Contains(HasSubstr(".ovr"))));
  EXPECT_EQ(Raster(out() / "rsrp.vrt").overviews, 0);
}

TEST_F(BatchLikeRun, WithTheModelChosenBySituationInABoxThatNoCellFills) {
  std::string map = replaced(map_yaml(), "{around_sites_km: 6, pixel_m: 200}",
                             "{bounding_box: {west_deg: 83.86, south_deg: 39.5, east_deg: 84.5, "
                             "north_deg: 39.62}, pixel_m: 300}");
  map = replaced(map, "model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}",
                 "model: auto, parameters: {time_percent: 50, delta_n_per_km: 31}");
  make(map);
  expect_same_layers();
  expect_same_counts();
  EXPECT_TRUE(fs::exists(out() / "served_by_model.vrt"));
  // A tile that no cell reaches is judged all the same: the box was asked for.
  std::size_t alone = 0;
  const json run = record(out());
  for (const json& tile : run["tiles"]["finished"]) {
    if (tile["cells"] != 0) continue;
    ++alone;
    EXPECT_EQ(tile["judged_pixels"],
              tile["columns"].get<std::size_t>() * tile["rows"].get<std::size_t>());
  }
  EXPECT_GE(alone, 1U);
}

TEST_F(BatchLikeRun, WithACoast) {
  // Land in the west of 84 E: nearly all of it within 50 km of the sea, other tiles' sea too.
  folder_.write(
      "land.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
      R"("geometry":{"type":"Polygon","coordinates":[[[83,39],[84,39],[84,40.2],[83,40.2],)"
      R"([83,39]]]}},{"type":"Feature","properties":{},"geometry":{"type":"Polygon",)"
      R"("coordinates":[[[85,39],[85.1,39],[85.1,40.2],[85,40.2],[85,39]]]}}]})");
  std::string map = map_yaml();
  map = replaced(map, kDunes + "]", kDunes + "], sea: {land_polygons: land.geojson}");
  make(replaced(map, "pixel_m: 200", "pixel_m: 400"));
  expect_same_layers();
  expect_same_counts();
  const json kpis = record(out())["kpis"]["thresholds"][0];
  EXPECT_GT(kpis["sea"]["pixels"].get<int>(), 500);
  EXPECT_GT(kpis["land"]["pixels"].get<int>(), 500);
}

/// Pixels of a vector layer's features, by an attribute.
std::map<std::string, double> pixels_by(const fs::path& file, const char* attribute) {
  GDALAllRegister();
  const GDALDatasetUniquePtr vectors(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
  std::map<std::string, double> pixels;
  if (vectors == nullptr) {
    ADD_FAILURE() << "cannot read " << file;
    return pixels;
  }
  for (const auto& feature : *vectors->GetLayer(0)) {
    pixels[feature->GetFieldAsString(attribute)] += feature->GetFieldAsDouble("pixels");
  }
  return pixels;
}

TEST_F(BatchLikeRun, WithAllExports) {
  make(replaced(map_yaml(), "picture: false",
                "picture: false, exports: [png, kmz, contours, footprints, pixels_csv]"));
  expect_same_layers();
  for (const std::string& name : names_in(single_)) {
    if (name.ends_with(".kmz") || name.ends_with(".png") || name.ends_with(".gpkg") ||
        name.ends_with(".csv")) {
      EXPECT_TRUE(fs::exists(out() / name)) << name;
    }
  }
  const json kpis = record(out())["kpis"]["thresholds"];
  const auto classes = pixels_by(out() / "contours.gpkg", "class");
  EXPECT_EQ(classes.at("good"), kpis[0]["all"]["covered_pixels"].get<double>());
  EXPECT_EQ(classes.at("good") + classes.at("edge"),
            kpis[1]["all"]["covered_pixels"].get<double>());
  const auto tiled = pixels_by(out() / "footprints.gpkg", "cell_id");
  const auto single = pixels_by(single_ / "footprints.gpkg", "cell_id");
  ASSERT_EQ(tiled.size(), single.size());
  for (const auto& [cell, pixels] : single) EXPECT_NEAR(tiled.at(cell), pixels, 5.0) << cell;
  // A row for each pixel with a level.
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  EXPECT_EQ(lines(read_file(out() / "pixels.csv")), lines(read_file(single_ / "pixels.csv")));
}

}  // namespace
}  // namespace yonder::test
