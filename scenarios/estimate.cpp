#include "scenarios/estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/parallel_rows.h"
#include "core/units.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

/// Rolling ground along one row, long enough for a path of `length_px` pixels.
Terrain rolling_strip(double pixel_m, int length_px) {
  Terrain terrain;
  terrain.grid = {{0.0, 3.0 * pixel_m}, pixel_m, length_px + 4, 3};
  terrain.ground_amsl_m.resize(terrain.grid.size());
  for (std::size_t i = 0; i < terrain.ground_amsl_m.size(); ++i) {
    const auto column = static_cast<double>(i % static_cast<std::size_t>(terrain.grid.columns));
    terrain.ground_amsl_m[i] =
        static_cast<float>(100.0 + 40.0 * std::sin(0.07 * column) + 15.0 * std::sin(0.9 * column));
  }
  terrain.zone.assign(terrain.grid.size(), Zone::inland);
  terrain.geo = {terrain.grid, terrain.grid.columns + 1, 2, {{}, {}, {}, {}}};
  return terrain;
}

double measured_seconds_per_path(const Scenario& scenario, const FieldSpec& spec) {
  const double pixel_m = scenario.area.pixel_m;
  const int length_px = std::max(2, static_cast<int>(spec.radius_m * 2.0 / 3.0 / pixel_m));
  const Terrain terrain = rolling_strip(pixel_m, length_px);
  FieldSpec strip_spec = spec;
  strip_spec.antenna.position = terrain.grid.center({1, 1});
  strip_spec.antenna.ground_amsl_m = terrain.ground_at(strip_spec.antenna.position);
  const std::unique_ptr<PathLossModel> model = make_model(scenario);
  const PathEvaluator evaluator(terrain, *model, strip_spec);
  PathScratch scratch;
  const Pixel far{1 + length_px, 1};
  evaluator.evaluate(far, scratch);  // grows the buffers
  const auto start = std::chrono::steady_clock::now();
  int paths = 0;
  double elapsed_s = 0.0;
  while (elapsed_s < 0.05) {
    for (int i = 0; i < 16; ++i) evaluator.evaluate(far, scratch);
    paths += 16;
    elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  return elapsed_s / paths;
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
