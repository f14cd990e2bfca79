#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "core/radial_sweep.h"

namespace yonder::test {

/// Radials whose shapes provoke trouble: flat, all sea, cliffs, plateaus, combs, single spikes,
/// equal heights, random walks, white noise; with and without clutter and zones.
class RandomRadial {
 public:
  explicit RandomRadial(std::uint64_t seed) : random_(seed) {}

  double unit() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }
  double log_between(double low, double high) { return low * std::pow(high / low, unit()); }
  bool chance(double p) { return unit() < p; }
  int below(int n) { return static_cast<int>(unit() * n); }

  /// `samples` points and about `receivers` receivers, some of them between the same samples.
  void make(std::size_t samples, std::size_t receivers) {
    step_m_ = log_between(5.0, 1000.0);
    terrain_.resize(samples);
    const int shape = below(10);
    const double relief_m = log_between(0.1, 3000.0);
    const double base_m = shape == 1 ? 0.0 : -100.0 + 3000.0 * unit();
    double walk_m = 0.0;
    const std::size_t period = 2 + static_cast<std::size_t>(below(40));
    const std::size_t spike = 1 + static_cast<std::size_t>(unit() * static_cast<double>(samples));
    Zone zone = static_cast<Zone>(below(3));
    const double change = chance(0.5) ? 0.0 : 0.03;
    for (std::size_t i = 0; i < samples; ++i) {
      terrain_.distance_m[i] = static_cast<double>(i) * step_m_;
      double h = 0.0;
      switch (shape) {
        case 0:  // flat
        case 1:
          break;  // the sea
        case 2:
          h = i > spike ? relief_m : 0.0;
          break;  // cliff
        case 3:
          h = i % 400 > 200 ? relief_m : 0.0;
          break;  // plateaus
        case 4:
          h = i % period == 0 ? relief_m : 0.0;
          break;  // comb
        case 5:
          h = i == spike ? relief_m : 0.0;
          break;  // spike
        case 6:
          h = std::round(0.002 * relief_m * unit()) * 100.0;
          break;  // equal heights
        case 7:
          h = relief_m * unit();
          break;  // noise
        case 8:
          h = relief_m * static_cast<double>(i) / static_cast<double>(samples);
          break;  // ramp
        default:
          h = walk_m += 0.02 * relief_m * (unit() - 0.5);  // hills
      }
      terrain_.ground_amsl_m[i] = base_m + h;
      terrain_.clutter_height_m[i] = chance(0.6) ? 0.0 : 30.0 * unit();
      if (chance(change)) zone = static_cast<Zone>(below(3));
      terrain_.zone[i] = shape == 1 ? Zone::sea : zone;
    }
    const bool clutter = chance(0.4);
    const bool zones = chance(0.7);
    if (!clutter) terrain_.clutter_height_m.clear();
    if (!zones) terrain_.zone.clear();

    ends_ = {};
    positions_.clear();
    counts_.clear();
    const double reach_m = terrain_.distance_m.back() + 1.2 * step_m_;
    std::vector<double> distances(receivers);
    for (double& d : distances) d = step_m_ * 1.5 + (reach_m - step_m_ * 1.5) * unit();
    std::ranges::sort(distances);
    const LonLat tx{360.0 * unit() - 180.0, 160.0 * unit() - 80.0};
    const double toward = 6.28 * unit();
    for (const double d : distances) {
      const auto count = static_cast<std::size_t>(d / step_m_ - 0.4) + 1;
      if (count < 2 || count > samples) continue;
      counts_.push_back(static_cast<std::uint32_t>(count));
      ends_.distance_m.push_back(d);
      const double last_m = terrain_.ground_amsl_m[count - 1];
      ends_.ground_amsl_m.push_back(chance(0.5) ? last_m
                                                : last_m + 0.01 * relief_m * (unit() - 0.5));
      if (clutter) ends_.clutter_height_m.push_back(chance(0.5) ? 0.0 : 20.0 * unit());
      if (zones)
        ends_.zone.push_back(chance(0.9) ? terrain_.zone[count - 1] : static_cast<Zone>(below(3)));
      const double degrees = d / 111000.0;
      positions_.push_back({tx.lon_deg + degrees * std::sin(toward),
                            std::clamp(tx.lat_deg + degrees * std::cos(toward), -90.0, 90.0)});
    }
    tx_.position = tx;
    tx_.height_agl_m = log_between(1.0, 400.0);
    tx_.distance_to_coast_m = std::nullopt;
    if (chance(0.1)) tx_.distance_to_coast_m = 1e5 * unit();
  }

  RadialInput input() const {
    return {.tx = tx_,
            .step_m = step_m_,
            .samples = terrain_.view(),
            .distance_m = ends_.distance_m,
            .ground_amsl_m = ends_.ground_amsl_m,
            .clutter_height_m = ends_.clutter_height_m,
            .zone = ends_.zone,
            .position = positions_,
            .sample_count = counts_};
  }

 private:
  std::mt19937_64 random_;
  double step_m_ = 0.0;
  Terminal tx_;
  PathProfile terrain_;
  PathProfile ends_;  // one entry a receiver
  std::vector<LonLat> positions_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace yonder::test
