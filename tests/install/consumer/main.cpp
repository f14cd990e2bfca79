// Asks an installed Yonder for one free-space loss, alone and as receivers along a radial, and
// leaves with 0 when all are right.
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/models.h"

namespace {

// 20 log10(4 pi * 1000 m * 1e9 Hz / c), computed apart.
constexpr double kLossAt1KmDb = 92.44778322;

bool is_right(const yonder::PathLossResult& result, double loss_db) {
  std::printf("%.4f dB\n", result.loss_db);
  return result.ok() && std::abs(result.loss_db - loss_db) < 1e-8;
}

/// Receivers 1 and 2 km away over flat ground, a sample each 100 m.
bool sweep_is_right(const yonder::PathLossModel& model) {
  std::vector<double> distance_m;
  for (int i = 0; i <= 20; ++i) distance_m.push_back(100.0 * i);
  const std::vector<double> ground_m(distance_m.size(), 0.0);
  const std::array<double, 2> receiver_m = {1000.0, 2000.0};
  const std::array<double, 2> receiver_ground_m = {0.0, 0.0};
  const std::array<yonder::LonLat, 2> position = {};
  const std::array<std::uint32_t, 2> samples_before = {10, 20};
  const yonder::RadialInput radial = {.tx = {.height_agl_m = 10.0},
                                      .step_m = 100.0,
                                      .samples = {distance_m, ground_m, {}, {}},
                                      .distance_m = receiver_m,
                                      .ground_amsl_m = receiver_ground_m,
                                      .position = position,
                                      .sample_count = samples_before};
  const std::array<yonder::SweepTarget, 1> targets = {
      {{.model = &model, .frequency_hz = yonder::mhz_to_hz(1000.0), .rx_height_agl_m = 10.0}}};
  std::array<yonder::PathLossResult, 2> results;
  yonder::SweepScratch scratch;
  model.sweep(radial, targets, scratch, results);
  return is_right(results[0], kLossAt1KmDb) &&
         is_right(results[1], kLossAt1KmDb + 20.0 * std::log10(2.0));
}

}  // namespace

int main() {
  for (const yonder::ModelInfo* info : yonder::propagation::all_models()) {
    std::printf("%.*s\n", static_cast<int>(info->id.size()), info->id.data());
  }
  const yonder::ModelInfo* info = yonder::propagation::find_model("free_space");
  if (info == nullptr) return 1;
  const auto model = info->make({});
  yonder::Workspace workspace;
  const yonder::PathLossInput path = {.frequency_hz = yonder::mhz_to_hz(1000.0),
                                      .distance_m = 1000.0};
  return is_right(model->evaluate(path, workspace), kLossAt1KmDb) && sweep_is_right(*model) ? 0 : 1;
}
