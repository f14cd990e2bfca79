#include "scenarios/estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/parallel_rows.h"
#include "core/sweep_field.h"
#include "core/units.h"
#include "scenarios/nr_plan.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

/// Rolling ground without an end in sight.
Terrain rolling_ground(double pixel_m, int columns, int rows, bool with_clutter) {
  Terrain terrain;
  terrain.grid = {{0.0, rows * pixel_m}, pixel_m, columns, rows};
  terrain.ground_amsl_m.resize(terrain.grid.size());
  for (std::size_t i = 0; i < terrain.ground_amsl_m.size(); ++i) {
    const auto column = static_cast<double>(i % static_cast<std::size_t>(columns));
    const auto row = static_cast<double>(i / static_cast<std::size_t>(columns));
    terrain.ground_amsl_m[i] = static_cast<float>(100.0 + 40.0 * std::sin(0.07 * (column + row)) +
                                                  15.0 * std::sin(0.9 * column - 0.4 * row));
  }
  if (with_clutter) terrain.clutter_height_m.assign(terrain.grid.size(), 5.0F);
  terrain.zone.assign(terrain.grid.size(), Zone::inland);
  terrain.geo = {terrain.grid, std::max(columns, rows) + 1, 2, {{}, {}, {}, {}}};
  return terrain;
}

/// Processor time for a receiver of a swept field that reaches `radius_px` pixels.
double sweep_seconds_per_path(const Scenario& scenario, const FieldSpec& spec, int radius_px) {
  const double pixel_m = scenario.area.pixel_m;
  const int side = 2 * radius_px + 3;
  const Terrain terrain = rolling_ground(pixel_m, side, side, scenario.terrain.clutter.has_value());
  FieldSpec patch = spec;
  patch.antenna.position = terrain.grid.center({radius_px + 1, radius_px + 1});
  patch.antenna.ground_amsl_m = terrain.ground_at(patch.antenna.position);
  patch.radius_m = radius_px * pixel_m;
  const std::unique_ptr<PathLossModel> model = make_model(scenario);
  const SweepTarget target = {model.get(), patch.frequency_hz, patch.polarization,
                              patch.receiver_height_agl_m};
  double least_s = std::numeric_limits<double>::infinity();
  for (int batch = 0; batch < 3; ++batch) {
    JobProgress job;
    const auto start = std::chrono::steady_clock::now();
    sweep_path_loss_fields(terrain, patch, {&target, 1}, terrain.grid.whole(), {.threads = 1}, job);
    least_s = std::min(
        least_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return least_s / (kPi * radius_px * radius_px);
}

/// As measured on small patches, continued in a straight line: constant for models with a sweep of
/// their own, growing with distance for the others.
double sweep_seconds_per_path(const Scenario& scenario, const FieldSpec& spec) {
  const double radius_px = spec.radius_m / scenario.area.pixel_m;
  constexpr int kNear = 40;
  constexpr int kFar = 80;
  if (radius_px <= kFar) {
    return sweep_seconds_per_path(scenario, spec, std::max(12, static_cast<int>(radius_px)));
  }
  const double near_s = sweep_seconds_per_path(scenario, spec, kNear);
  const double far_s = sweep_seconds_per_path(scenario, spec, kFar);
  return far_s + std::max(0.0, far_s - near_s) / (kFar - kNear) * (radius_px - kFar);
}

double exact_seconds_per_path(const Scenario& scenario, const FieldSpec& spec) {
  const double pixel_m = scenario.area.pixel_m;
  const int length_px = std::max(2, static_cast<int>(spec.radius_m * 2.0 / 3.0 / pixel_m));
  const Terrain terrain =
      rolling_ground(pixel_m, length_px + 4, 3, scenario.terrain.clutter.has_value());
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

Estimate estimate_run(const Scenario& scenario, const AnalysisGrid& analysis, int threads,
                      std::optional<double> seconds_per_path) {
  const std::vector<CellGroup> groups = group_cells(scenario, analysis);
  Estimate estimate;
  estimate.memory_bytes = estimated_memory_bytes(scenario, analysis);
  estimate.threads = thread_count({.threads = threads});
  for (const CellGroup& group : groups) {
    const double disc = kPi * std::pow(group.spec.radius_m / scenario.area.pixel_m, 2);
    const PixelWindow window = field_window(analysis.grid, analysis.area, group.spec);
    const bool paired = group.uplink_frequency_hz != group.spec.frequency_hz;
    // The receiver's field is also that of terminals at its height.
    const std::vector<double> heights = terminal_heights(scenario);
    const bool shared = std::ranges::find(heights, scenario.receiver.height_agl_m) != heights.end();
    const double fields = (shared || !group.mapped ? 0.0 : 1.0) +
                          static_cast<double>(heights.size()) * (paired ? 2.0 : 1.0);
    estimate.paths += fields * std::min(disc, static_cast<double>(window.size()));
  }
  if (!groups.empty() && seconds_per_path) {
    estimate.seconds_per_path = *seconds_per_path;
  } else if (!groups.empty()) {
    const FieldSpec& spec = groups.front().spec;
    estimate.seconds_per_path = scenario.calculation.engine == Engine::exact
                                    ? exact_seconds_per_path(scenario, spec)
                                    : sweep_seconds_per_path(scenario, spec);
  }
  estimate.seconds = estimate.paths * estimate.seconds_per_path / estimate.threads;
  return estimate;
}

}  // namespace yonder::scenarios
