#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/radial_sweep.h"
#include "geodata/terrain_loader.h"
#include "propagation/models.h"
#include "tests/unit/geodata/test_files.h"

namespace yonder {
namespace {

/// Azimuths over real relief: what random terrain lacks, whole-metre heights, terraces of old
/// maps, voids filled flat, the sea beside a volcano.
class RealRadials {
 public:
  RealRadials(const std::filesystem::path& tile, double step_m, double reach_m) : step_m_(step_m) {
    const geodata::RasterSummary box = geodata::inspect_raster(tile);
    place_ = {0.5 * (box.west_deg + box.east_deg), 0.5 * (box.south_deg + box.north_deg)};
    geodata::TerrainRequest request =
        geodata::request_around(place_, reach_m + 2.0 * step_m, step_m);
    request.sources = {{tile}};
    terrain_ = geodata::load_terrain(request).terrain;
    samples_ = static_cast<std::size_t>(reach_m / step_m);
  }

  /// False where ground is unknown. Zones: sea where the tile says exactly 0.
  bool make(double azimuth_rad) {
    const Grid& grid = terrain_.grid;
    const MapPoint middle = {grid.top_left.x_m + 0.5 * grid.columns * grid.pixel_size_m,
                             grid.top_left.y_m - 0.5 * grid.rows * grid.pixel_size_m};
    const auto ground_at = [&](double distance_m) {
      return terrain_.ground_at({middle.x_m + distance_m * std::sin(azimuth_rad),
                                 middle.y_m + distance_m * std::cos(azimuth_rad)});
    };
    const auto zone_of = [](double ground_m) { return ground_m == 0.0 ? Zone::sea : Zone::inland; };
    line_.resize(samples_);
    line_.clutter_height_m.clear();
    receivers_ = {};
    positions_.clear();
    counts_.clear();
    for (std::size_t i = 0; i < samples_; ++i) {
      line_.distance_m[i] = static_cast<double>(i) * step_m_;
      line_.ground_amsl_m[i] = ground_at(line_.distance_m[i]);
      line_.zone[i] = zone_of(line_.ground_amsl_m[i]);
      if (!std::isfinite(line_.ground_amsl_m[i])) return false;
      if (i < 2) continue;
      const double distance_m = line_.distance_m[i] + 0.45 * step_m_ * std::cos(0.7 * double(i));
      const double ground_m = ground_at(distance_m);
      if (!std::isfinite(ground_m)) return false;
      receivers_.distance_m.push_back(distance_m);
      receivers_.ground_amsl_m.push_back(ground_m);
      receivers_.zone.push_back(zone_of(ground_m));
      counts_.push_back(static_cast<std::uint32_t>(i));
      positions_.push_back({place_.lon_deg, place_.lat_deg + distance_m / 111e3});
    }
    return true;
  }

  RadialInput input(double mast_m) const {
    return {.tx = {mast_m, place_, std::nullopt},
            .step_m = step_m_,
            .samples = line_.view(),
            .distance_m = receivers_.distance_m,
            .ground_amsl_m = receivers_.ground_amsl_m,
            .clutter_height_m = {},
            .zone = receivers_.zone,
            .position = positions_,
            .sample_count = counts_};
  }

 private:
  double step_m_;
  LonLat place_;
  Terrain terrain_;
  std::size_t samples_ = 0;
  PathProfile line_;
  PathProfile receivers_;
  std::vector<LonLat> positions_;
  std::vector<std::uint32_t> counts_;
};

struct Tile {
  const char* name;
  double step_m;
  double reach_m;
};

class RealTiles : public testing::TestWithParam<Tile> {};

TEST_P(RealTiles, SweepsEqualTheirModelsAtEveryReceiver) {
  YONDER_NEEDS_TEST_DATA();
  RealRadials radials(geodata::test_data() / GetParam().name, GetParam().step_m,
                      GetParam().reach_m);
  SweepScratch scratch;
  int compared = 0;
  for (int k = 0; k < 12; ++k) {
    if (!radials.make(0.1 + 0.523 * k)) continue;
    const RadialInput radial = radials.input(k % 2 == 0 ? 30.0 : 100.0);
    const std::size_t n = radial.receiver_count();
    for (const char* id : {"itu_p1812", "itm", "itu_p2001", "itu_p526", "auto"}) {
      const ModelInfo& info = *propagation::find_model(id);
      ParameterValues values;
      if (info.id == "itu_p1812" && k % 3 == 1) values["time_percent"] = 10.0;
      const auto model = info.make(values);
      const SweepTarget target{model.get(), 773e6, Polarization::vertical, 1.5};
      std::vector<PathLossResult> swept(n);
      std::vector<PathLossResult> single(n);
      model->sweep(radial, {&target, 1}, scratch, swept);
      // Every receiver of the cheap models, a share of those of the dear one.
      const std::size_t every = info.id == "itu_p2001" ? 7 : 1;
      PathProfile profile;
      Workspace workspace;
      for (std::size_t r = 0; r < n; r += every) {
        const PathLossResult one =
            model->evaluate(receiver_input(radial, r, target, profile), workspace);
        ASSERT_EQ(swept[r].status, one.status) << id << " at " << radial.distance_m[r] << " m";
        if (!one.ok()) continue;
        ASSERT_NEAR(swept[r].loss_db, one.loss_db, 1e-6)
            << id << " azimuth " << k << " at " << radial.distance_m[r] << " m";
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 1000);
}

INSTANTIATE_TEST_SUITE_P(All, RealTiles,
                         testing::Values(Tile{"dem_world/srtm3_N44W072.tif", 90.0, 30e3},
                                         Tile{"dem_world/srtm3_mt_fuji_90m.tif", 90.0, 25e3},
                                         Tile{"dem_world/srtm3vf_hawaii_n19_w156.tif", 90.0, 30e3},
                                         Tile{"dem_world/srtm1_bigtujunga_utm11.tif", 30.0, 5e3},
                                         Tile{"dem/copdem30_yarlung_gorge_1s.tif", 30.0, 4e3},
                                         Tile{"dem/vfp15_xinjiang.tif", 460.0, 100e3},
                                         Tile{"dem/vfp15_guangdong.tif", 460.0, 100e3}));

}  // namespace
}  // namespace yonder
