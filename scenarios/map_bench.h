#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/path_loss_field.h"

namespace yonder::scenarios {

/// One whole field, as `yonder bench map` computes and times it.
struct MapBenchOptions {
  std::string model = "itu_p1812";
  double radius_m = 30000.0;
  double pixel_m = 30.0;
  int threads = 0;  ///< 0: all
  Engine engine = Engine::sweep;
  /// Terrain raster, its centre the antenna's place; otherwise generated hills.
  std::optional<std::filesystem::path> terrain;
  std::optional<LonLat> antenna;  ///< instead of the raster's centre
  /// One field each, of one sweep; the first one is checked.
  std::vector<double> frequencies_hz = {773e6};
  double antenna_agl_m = 30.0;
  double receiver_agl_m = 1.5;
  int repetitions = 3;     ///< the fastest counts
  int compare_pixels = 0;  ///< pixels at which sweep and exact engine are compared, ring by ring
};

/// Hills from 200 m to 20 km across in all directions, with slopes of up to about 20 degrees; the
/// same at any time and place.
Terrain generated_hills(double pixel_m, int side_pixels);

/// Checks a sample of pixels against the point model (a difference above 1e-4 dB is a
/// std::runtime_error), then times the field. Throws ScenarioErrors for an unknown model or a
/// terrain that does not reach, and geodata::GeodataError.
nlohmann::ordered_json bench_map(const MapBenchOptions& options);

}  // namespace yonder::scenarios
