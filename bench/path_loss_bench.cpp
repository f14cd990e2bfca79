// Time of one path-loss evaluation: each model over profiles of several lengths. Nothing is timed
// before the model's reference cases hold.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

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

/// Whether the model can do nothing without a file of the user's.
bool needs_a_file(const yonder::ModelInfo& info) {
  for (const yonder::ParameterSpec& parameter : info.parameters) {
    if (parameter.required && parameter.table != yonder::TableForm::none) return true;
  }
  return false;
}

/// Defaults, and for required parameters their example.
yonder::ParameterValues plain_parameters(const yonder::ModelInfo& info) {
  yonder::ParameterValues values;
  for (const yonder::ParameterSpec& parameter : info.parameters) {
    if (!parameter.required) continue;
    if (const double* number = std::get_if<double>(&parameter.default_value)) {
      values[std::string(parameter.name)] = *number;
    } else {
      values[std::string(parameter.name)] =
          std::string(std::get<std::string_view>(parameter.default_value));
    }
  }
  return values;
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

/// A path of the model's everyday use; the profile models share one, so that they compare.
struct Setting {
  double frequency_mhz = 773.0;
  double distance_m = 30000.0;
  double tx_m = 40.0;
  double rx_m = 1.5;
};

Setting setting(std::string_view model) {
  if (model == "okumura_hata") return {.distance_m = 10000.0};
  if (model == "cost231_hata") return {.frequency_mhz = 1800.0, .distance_m = 10000.0};
  if (model == "extended_hata") return {.frequency_mhz = 1800.0};
  if (model == "tr38901_rma") return {.distance_m = 3000.0};
  if (model == "tr38901_uma") return {.frequency_mhz = 2600.0, .distance_m = 500.0, .tx_m = 25.0};
  if (model == "tr38901_umi") return {.frequency_mhz = 2600.0, .distance_m = 200.0, .tx_m = 10.0};
  if (model == "tr36777_rma_av") return {.distance_m = 5000.0, .rx_m = 100.0};
  if (model == "two_ray_sea") return {.distance_m = 3000.0, .tx_m = 100.0, .rx_m = 20.0};
  if (model == "leaky_feeder") return {.distance_m = 500.0};
  if (model == "itu_p528") return {.distance_m = 100e3, .tx_m = 1000.0};
  return {};
}

void evaluate(benchmark::State& state, const yonder::ModelInfo* info) {
  const auto points = info->uses_profile ? static_cast<std::size_t>(state.range(0)) : 0;
  const Setting at = setting(info->id);
  yonder::PathLossInput input{.frequency_hz = yonder::mhz_to_hz(at.frequency_mhz),
                              .distance_m = at.distance_m};
  input.tx = {.height_agl_m = at.tx_m, .position = {83.66, 39.0}, .distance_to_coast_m = {}};
  input.rx = {.height_agl_m = at.rx_m, .position = {83.66, 39.162}, .distance_to_coast_m = {}};
  yonder::PathProfile profile;
  if (info->uses_profile) {
    profile = rolling_profile(points, at.distance_m);
    input.profile = profile.view();
  }
  const auto model = info->make(plain_parameters(*info));
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
    if (needs_a_file(*info)) continue;
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
