#include "scenarios/estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/parallel_rows.h"
#include "core/units.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

/// Rolling ground along one row, long enough for a path of `length_px` pixels.
Terrain rolling_strip(double pixel_m, int length_px, bool with_clutter) {
  Terrain terrain;
  terrain.grid = {{0.0, 3.0 * pixel_m}, pixel_m, length_px + 4, 3};
  terrain.ground_amsl_m.resize(terrain.grid.size());
  for (std::size_t i = 0; i < terrain.ground_amsl_m.size(); ++i) {
    const auto column = static_cast<double>(i % static_cast<std::size_t>(terrain.grid.columns));
    terrain.ground_amsl_m[i] =
        static_cast<float>(100.0 + 40.0 * std::sin(0.07 * column) + 15.0 * std::sin(0.9 * column));
  }
  if (with_clutter) terrain.clutter_height_m.assign(terrain.grid.size(), 5.0F);
  terrain.zone.assign(terrain.grid.size(), Zone::inland);
  terrain.geo = {terrain.grid, terrain.grid.columns + 1, 2, {{}, {}, {}, {}}};
  return terrain;
}

double measured_seconds_per_path(const Scenario& scenario, const FieldSpec& spec) {
  const double pixel_m = scenario.area.pixel_m;
  const int length_px = std::max(2, static_cast<int>(spec.radius_m * 2.0 / 3.0 / pixel_m));
  const Terrain terrain = rolling_strip(pixel_m, length_px, scenario.terrain.clutter.has_value());
  FieldSpec strip_spec = spec;
  strip_spec.antenna.position = terrain.grid.center({1, 1});
  strip_spec.antenna.ground_amsl_m = terrain.ground_at(strip_spec.antenna.position);
  const std::unique_ptr<PathLossModel> model = make_model(scenario);
  const PathEvaluator evaluator(terrain, *model, strip_spec);
  PathScratch scratch;
  // A refusal costs nothing and would flatter: shorten the probe until the model takes it.
  Pixel far{1 + length_px, 1};
  while (!evaluator.evaluate(far, scratch).result.ok() && far.column > 2) {
    far.column = 1 + (far.column - 1) / 2;
  }
  // The least of several batches: other work on the machine only ever adds.
  double least_s = std::numeric_limits<double>::infinity();
  double measured_s = 0.0;
  for (int batch = 0; batch < 5 || measured_s < 0.05; ++batch) {
    constexpr int kPaths = 16;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kPaths; ++i) evaluator.evaluate(far, scratch);
    const double elapsed_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    measured_s += elapsed_s;
    least_s = std::min(least_s, elapsed_s / kPaths);
  }
  return least_s;
}

}  // namespace

Estimate estimate_run(const Scenario& scenario, const AnalysisGrid& analysis, int threads) {
  const std::vector<CellGroup> groups = group_cells(scenario, analysis);
  Estimate estimate;
  estimate.memory_bytes = estimated_memory_bytes(scenario, analysis);
  estimate.threads = thread_count({.threads = threads});
  for (const CellGroup& group : groups) {
    const double disc = kPi * std::pow(group.spec.radius_m / scenario.area.pixel_m, 2);
    const PixelWindow window = field_window(analysis.grid, analysis.area, group.spec);
    estimate.paths += std::min(disc, static_cast<double>(window.size()));
  }
  if (!groups.empty()) {
    estimate.seconds_per_path = measured_seconds_per_path(scenario, groups.front().spec);
  }
  estimate.seconds = estimate.paths * estimate.seconds_per_path / estimate.threads;
  return estimate;
}

}  // namespace yonder::scenarios
