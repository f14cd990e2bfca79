// Time of ITM's radial sweep per receiver, over radials of several lengths. Nothing is timed before
// the sweep agrees with evaluation receiver by receiver.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "core/radial_sweep.h"
#include "propagation/models/itm.h"

namespace {

constexpr double kStepM = 30.0;

/// A radial of a map: mountains, and as many receivers as it has on a grid of its step: an azimuth
/// serves ever more pixels outwards, one an interval at the rim.
struct Radial {
  std::vector<double> sample_distance_m;
  std::vector<double> ground_m;
  std::vector<double> distance_m;
  std::vector<double> end_ground_m;
  std::vector<std::uint32_t> count;
  std::vector<yonder::LonLat> position;
  yonder::RadialInput input;

  Radial(double radius_m, double roughness_m) {
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
};

void sweep(benchmark::State& state, double roughness_m, int targets_wanted) {
  const Radial radial(1000.0 * static_cast<double>(state.range(0)), roughness_m);
  const auto model = yonder::propagation::itm::kModelInfo.make({});
  std::vector<yonder::SweepTarget> targets;
  for (int t = 0; t < targets_wanted; ++t) {
    targets.push_back({model.get(), 773e6 + 100e6 * t, yonder::Polarization::vertical, 1.5});
  }
  const std::size_t receivers = radial.input.receiver_count();
  std::vector<yonder::PathLossResult> results(receivers * targets.size());
  std::vector<yonder::PathLossResult> evaluated(results.size());
  yonder::SweepScratch scratch;
  model->sweep(radial.input, targets, scratch, results);
  sweep_by_evaluation(radial.input, targets, scratch, evaluated);
  for (std::size_t r = 0; r < results.size(); ++r) {
    if (results[r].status == evaluated[r].status &&
        !(std::abs(results[r].loss_db - evaluated[r].loss_db) > 1e-6)) {
      continue;
    }
    state.SkipWithError("the sweep differs from evaluation: not timed");
    return;
  }
  for (auto _ : state) {
    model->sweep(radial.input, targets, scratch, results);
    benchmark::DoNotOptimize(results.data());
  }
  state.counters["s_per_receiver"] = benchmark::Counter(
      static_cast<double>(receivers * targets.size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// The same results without a sweep, for comparison.
void evaluation(benchmark::State& state) {
  const Radial radial(1000.0 * static_cast<double>(state.range(0)), 3.0);
  const auto model = yonder::propagation::itm::kModelInfo.make({});
  const yonder::SweepTarget target{model.get(), 773e6, yonder::Polarization::vertical, 1.5};
  std::vector<yonder::PathLossResult> results(radial.input.receiver_count());
  yonder::SweepScratch scratch;
  for (auto _ : state) {
    sweep_by_evaluation(radial.input, {&target, 1}, scratch, results);
    benchmark::DoNotOptimize(results.data());
  }
  state.counters["s_per_receiver"] = benchmark::Counter(
      static_cast<double>(results.size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK(evaluation)->Arg(10)->Arg(30)->Arg(50)->Arg(100);
BENCHMARK_CAPTURE(sweep, mountains, 3.0, 1)->Arg(10)->Arg(30)->Arg(50)->Arg(100);
BENCHMARK_CAPTURE(sweep, plain, 0.02, 1)->Arg(10)->Arg(30)->Arg(50)->Arg(100);
BENCHMARK_CAPTURE(sweep, four_frequencies, 3.0, 4)->Arg(30);

}  // namespace

BENCHMARK_MAIN();
