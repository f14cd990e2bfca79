#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "process.h"

namespace yonder::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string kCaseFolder = std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/desert-highway";

std::string scenario_with(const std::string& model, const std::string& more = "") {
  return R"(yonder: 1
id: picked
area: {around_sites_km: 4, pixel_m: 100}
calculation: {radius_km: 4}
terrain: {sources: [)" +
         kCaseFolder + R"(/terrain-synthetic.tif]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas: [{id: rod, type: omni, gain_dbi: 8}]
sites:
  - {id: A, lon_deg: 83.90, lat_deg: 39.60, cells: [{id: A-1, carrier: n28, antenna: rod, height_agl_m: 40, power_w: 40}]}
propagation: {model: )" +
         model + R"(, parameters: {time_percent: 50, delta_n_per_km: 31}}
thresholds: [{id: good, rsrp_dbm: -105}]
)" + more;
}

/// Pixels by value of a one-band raster, and its category names.
struct Categories {
  std::map<int, std::size_t> pixels;
  std::vector<std::string> names;
};

Categories categories_of(const std::filesystem::path& file) {
  GDALAllRegister();
  Categories found;
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  if (dataset == nullptr) {
    ADD_FAILURE() << "cannot read " << file;
    return found;
  }
  GDALRasterBand* band = dataset->GetRasterBand(1);
  double transform[6];
  dataset->GetGeoTransform(transform);  // GDAL 3.6 reads the sidecar only when asked for such
  std::vector<unsigned char> values(static_cast<std::size_t>(band->GetXSize()) *
                                    static_cast<std::size_t>(band->GetYSize()));
  EXPECT_EQ(band->RasterIO(GF_Read, 0, 0, band->GetXSize(), band->GetYSize(), values.data(),
                           band->GetXSize(), band->GetYSize(), GDT_Byte, 0, 0),
            CE_None);
  for (const unsigned char value : values) ++found.pixels[value];
  for (char** name = band->GetCategoryNames(); name != nullptr && *name != nullptr; ++name) {
    found.names.emplace_back(*name);
  }
  return found;
}

class AutoModel : public testing::Test {
 protected:
  Outcome run(const std::string& scenario) const {
    const std::filesystem::path file = folder_.write("scenario.yaml", scenario);
    return yonder({"run", file.string(), "-o", out().string(), "--quiet"});
  }
  std::filesystem::path out() const { return folder_.path() / "out"; }
  TemporaryFolder folder_;
};

TEST_F(AutoModel, WritesALayerOfWhichModelServed) {
  const Outcome outcome = run(scenario_with("auto"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Which model served"), HasSubstr("itu_p1812: from 500")));
  const Categories layer = categories_of(out() / "served_by_model.tif");
  EXPECT_EQ(layer.names, (std::vector<std::string>{"none", "free_space", "two_ray_sea", "itu_p1812",
                                                   "itu_p2001", "itu_p528"}));
  const json record = json::parse(read_file(out() / "run.json"));
  for (const json& member : record["model"]["members"]) {
    const auto counted = layer.pixels.find(member["code"].get<int>());
    EXPECT_EQ(member["pixels"].get<std::size_t>(),
              counted == layer.pixels.end() ? 0U : counted->second)
        << member;
  }
  // A disc of 354 m radius, half way between 250 and 500 m, in pixels of 100 m; and the rest.
  EXPECT_NEAR(static_cast<double>(layer.pixels.at(1)), 39.0, 8.0);
  EXPECT_GT(layer.pixels.at(3), 4000U);
  EXPECT_EQ(layer.pixels.size(), 3U);
}

TEST_F(AutoModel, ALinkTellsTheRuleAndTheReason) {
  const std::filesystem::path file = folder_.write("scenario.yaml", scenario_with("auto"));
  const auto link = [&](const std::string& at) {
    const Outcome outcome = yonder({"link", file.string(), "--cell", "A-1", "--at", at});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  };
  EXPECT_THAT(link("83.90,39.6305"), AllOf(HasSubstr("Served by itu_p1812"), HasSubstr("why:"),
                                           HasSubstr("100.0 % itu_p1812"), HasSubstr("Lbfs_db")));
  EXPECT_THAT(link("83.90,39.6032"),
              AllOf(HasSubstr("% free_space ("), HasSubstr("% itu_p1812 (")));
}

TEST_F(AutoModel, OtherModelsHaveNoSuchLayer) {
  ASSERT_EQ(run(scenario_with("itu_p1812")).exit_code, 0);
  EXPECT_THAT(names_in(out()), Not(Contains("served_by_model.tif")));
  const Outcome asked =
      run(scenario_with("itu_p1812", "outputs: {layers: [rsrp, served_by_model]}\n"));
  EXPECT_EQ(asked.exit_code, 2);
  EXPECT_THAT(asked.err, AllOf(HasSubstr("outputs.layers[1]"), HasSubstr("model auto")));
}

TEST_F(AutoModel, IsDescribedWithItsRules) {
  const Outcome outcome = yonder({"models", "auto"});
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Models it picks from"), HasSubstr("two_ray_sea"),
                                 HasSubstr("paths to 250 m"), HasSubstr("time_percent")));
}

}  // namespace
}  // namespace yonder::test
