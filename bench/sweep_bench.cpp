// Time per receiver of every model that looks at terrain: its radial sweep, and beside it the same
// receivers evaluated one by one. Nothing is timed before both agree.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>

#include "bench/model_setting.h"
#include "bench/radial.h"
#include "core/units.h"
#include "propagation/models.h"

namespace {

using namespace yonder;

struct Work {
  Work(const ModelInfo& info, double radius_m, double roughness_m, int frequencies,
       ParameterValues parameters)
      : radial(radius_m, roughness_m), model(info.make(parameters)) {
    const bench::Setting at = bench::setting(info.id);
    radial.input.tx.height_agl_m = at.tx_m;
    for (int t = 0; t < frequencies; ++t) {
      targets.push_back(
          {model.get(), mhz_to_hz(at.frequency_mhz + 100.0 * t), Polarization::vertical, at.rx_m});
    }
    results.resize(radial.input.receiver_count() * targets.size());
  }

  /// A model of which few receivers of this radial are in range says little; so it counts.
  bool sweep_equals_evaluation() {
    std::vector<PathLossResult> evaluated(results.size());
    model->sweep(radial.input, targets, scratch, results);
    sweep_by_evaluation(radial.input, targets, scratch, evaluated);
    for (std::size_t r = 0; r < results.size(); ++r) {
      if (results[r].status != evaluated[r].status) return false;
      if (std::abs(results[r].loss_db - evaluated[r].loss_db) > 1e-6) return false;
      answered += results[r].ok() ? 1 : 0;
    }
    return true;
  }

  void report(benchmark::State& state) const {
    state.counters["s_per_receiver"] = benchmark::Counter(
        static_cast<double>(results.size()),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["answered"] = answered / static_cast<double>(results.size());
  }

  bench::Radial radial;
  std::unique_ptr<PathLossModel> model;
  std::vector<SweepTarget> targets;
  std::vector<PathLossResult> results;
  SweepScratch scratch;
  double answered = 0.0;
};

void sweep(benchmark::State& state, const ModelInfo* info, double roughness_m, int frequencies,
           ParameterValues parameters) {
  Work work(*info, 1000.0 * static_cast<double>(state.range(0)), roughness_m, frequencies,
            std::move(parameters));
  if (!work.sweep_equals_evaluation()) {
    state.SkipWithError("the sweep differs from evaluation: not timed");
    return;
  }
  for (auto _ : state) {
    work.model->sweep(work.radial.input, work.targets, work.scratch, work.results);
    benchmark::DoNotOptimize(work.results.data());
  }
  work.report(state);
}

void one_by_one(benchmark::State& state, const ModelInfo* info, ParameterValues parameters) {
  Work work(*info, 1000.0 * static_cast<double>(state.range(0)), 3.0, 1, std::move(parameters));
  for (auto _ : state) {
    sweep_by_evaluation(work.radial.input, work.targets, work.scratch, work.results);
    benchmark::DoNotOptimize(work.results.data());
  }
  work.report(state);
}

void add(const ModelInfo* info, const std::string& variant, const ParameterValues& parameters) {
  const std::string id(info->id);
  const auto named = [&](const char* what) { return what + ("/" + id) + variant; };
  benchmark::RegisterBenchmark(named("sweep").c_str(), sweep, info, 3.0, 1, parameters)
      ->ArgName("km")
      ->Arg(10)
      ->Arg(30)
      ->Arg(50)
      ->Arg(100);
  benchmark::RegisterBenchmark(named("sweep_of_a_plain").c_str(), sweep, info, 0.02, 1, parameters)
      ->ArgName("km")
      ->Arg(30);
  benchmark::RegisterBenchmark(named("sweep_of_4_frequencies").c_str(), sweep, info, 3.0, 4,
                               parameters)
      ->ArgName("km")
      ->Arg(30);
  benchmark::RegisterBenchmark(named("one_by_one").c_str(), one_by_one, info, parameters)
      ->ArgName("km")
      ->Arg(30);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const ModelInfo* info : propagation::all_models()) {
    if (!info->uses_profile || bench::needs_a_file(*info)) continue;
    const ParameterValues plain = bench::plain_parameters(*info);
    add(info, "", plain);
    if (info->id == "itu_p1812") {
      ParameterValues rare = plain;
      rare["time_percent"] = 10.0;
      add(info, "[time_percent=10]", rare);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
