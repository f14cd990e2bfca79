// Time of one path-loss evaluation: each model over profiles of several lengths. Nothing is timed
// before the model's reference cases hold.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/model_setting.h"
#include "core/units.h"
#include "propagation/models.h"
#include "scenarios/loss_cases.h"

namespace {

using nlohmann::json;

/// Whether every loss of tests/reference/<id>.jsonl is met; says which case is not.
bool agrees_with_reference(const yonder::ModelInfo& info) {
  const std::filesystem::path folder = std::filesystem::path(YONDER_SOURCE_DIR) / "tests/reference";
  const std::string stem(info.id.starts_with("tr38901_") ? "tr38901" : info.id);
  std::ifstream tolerances(folder / "tolerances.json");
  const double tolerance_db = json::parse(tolerances).at(stem).at("loss_db");
  std::ifstream in(folder / (stem + ".jsonl"));
  int losses = 0;
  for (std::string line; std::getline(in, line);) {
    const json loss_case = json::parse(line);
    const json& expected = loss_case.at("expected");
    if (loss_case.at("model") != info.id || !expected.contains("loss_db")) continue;
    const json answer = yonder::scenarios::evaluate_case(loss_case);
    const double got = answer.value("loss_db", std::nan(""));
    if (!(std::abs(got - expected.at("loss_db").get<double>()) <= tolerance_db)) {
      std::fprintf(stderr, "%s case %s: expected %s, got %s\n", stem.c_str(),
                   loss_case.at("id").dump().c_str(), expected.at("loss_db").dump().c_str(),
                   answer.dump().c_str());
      return false;
    }
    ++losses;
  }
  return losses > 0;
}

/// Rolling ground of some tens of metres with a ridge, land throughout; `points` over `length_m`.
yonder::PathProfile rolling_profile(std::size_t points, double length_m) {
  yonder::PathProfile profile;
  profile.resize(points);
  for (std::size_t i = 0; i < points; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(points - 1);
    const double ridge = 120.0 * std::exp(-std::pow((t - 0.6) / 0.03, 2));
    profile.distance_m[i] = t * length_m;
    profile.ground_amsl_m[i] =
        1000.0 + 25.0 * std::sin(40.0 * t) + 9.0 * std::sin(271.0 * t) + ridge;
    profile.clutter_height_m[i] = 0.0;
    profile.zone[i] = yonder::Zone::inland;
  }
  return profile;
}

void evaluate(benchmark::State& state, const yonder::ModelInfo* info) {
  const auto points = info->uses_profile ? static_cast<std::size_t>(state.range(0)) : 0;
  const yonder::bench::Setting at = yonder::bench::setting(info->id);
  yonder::PathLossInput input{.frequency_hz = yonder::mhz_to_hz(at.frequency_mhz),
                              .distance_m = at.distance_m};
  input.tx = {.height_agl_m = at.tx_m, .position = {83.66, 39.0}, .distance_to_coast_m = {}};
  input.rx = {.height_agl_m = at.rx_m, .position = {83.66, 39.162}, .distance_to_coast_m = {}};
  yonder::PathProfile profile;
  if (info->uses_profile) {
    profile = rolling_profile(points, at.distance_m);
    input.profile = profile.view();
  }
  const auto model = info->make(yonder::bench::plain_parameters(*info));
  yonder::Workspace workspace;
  const yonder::PathLossResult first = model->evaluate(input, workspace);
  if (!first.ok()) {
    state.SkipWithError(yonder::explain(*info, first, input).c_str());
    return;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(model->evaluate(input, workspace));
  }
  if (info->uses_profile) {
    state.counters["s_per_point"] = benchmark::Counter(
        static_cast<double>(points),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("compiler", YONDER_COMPILER);
  benchmark::AddCustomContext("commit when configured", YONDER_CONFIGURED_COMMIT);
  for (const yonder::ModelInfo* info : yonder::propagation::all_models()) {
    if (yonder::bench::needs_a_file(*info)) continue;
    if (!agrees_with_reference(*info)) {
      std::fprintf(stderr, "%s does not meet its reference cases: not timed\n",
                   std::string(info->id).c_str());
      return 1;
    }
    auto* registered = benchmark::RegisterBenchmark(std::string(info->id).c_str(), evaluate, info);
    if (info->uses_profile) {
      registered->ArgName("points")->Arg(100)->Arg(300)->Arg(1000);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
