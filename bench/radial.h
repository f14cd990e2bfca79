#pragma once

#include <random>
#include <vector>

#include "core/radial_sweep.h"

namespace yonder::bench {

/// A radial as maps have it: mountains sampled every 30 m, and receivers as a grid of that step has
/// them, an azimuth serving ever more pixels outwards, one an interval at the rim.
struct Radial {
  static constexpr double kStepM = 30.0;

  explicit Radial(double radius_m, double roughness_m = 3.0) {
    const auto samples = static_cast<std::size_t>(radius_m / kStepM);
    std::mt19937 engine(42);
    std::normal_distribution<double> normal;
    double slope = 0.0;
    double height_m = 800.0;
    for (std::size_t i = 0; i < samples; ++i) {
      sample_distance_m.push_back(kStepM * static_cast<double>(i));
      slope = 0.97 * slope + roughness_m * normal(engine) - 1e-4 * (height_m - 800.0);
      ground_m.push_back(height_m += slope);
    }
    double due = 0.0;
    for (std::size_t i = 10; i < samples; ++i) {
      due += static_cast<double>(i) / static_cast<double>(samples);
      if (due < 1.0) continue;
      due -= 1.0;
      distance_m.push_back(kStepM * (static_cast<double>(i) - 0.3 + due));
      end_ground_m.push_back(ground_m[i] + normal(engine));
      count.push_back(static_cast<std::uint32_t>(i));
    }
    position.resize(distance_m.size());
    input.tx.height_agl_m = 40.0;
    input.step_m = kStepM;
    input.samples.distance_m = sample_distance_m;
    input.samples.ground_amsl_m = ground_m;
    input.distance_m = distance_m;
    input.ground_amsl_m = end_ground_m;
    input.position = position;
    input.sample_count = count;
  }
  Radial(const Radial&) = delete;
  Radial& operator=(const Radial&) = delete;

  std::vector<double> sample_distance_m;
  std::vector<double> ground_m;
  std::vector<double> distance_m;
  std::vector<double> end_ground_m;
  std::vector<std::uint32_t> count;
  std::vector<LonLat> position;
  RadialInput input;
};

}  // namespace yonder::bench
