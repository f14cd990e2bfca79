// The pieces that a map is made of: terrain samples, profiles, and closing formulas over many
// receivers at once beside the same one by one. Nothing is timed before both agree.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>

#include "bench/radial.h"
#include "core/profile_cut.h"
#include "core/simd_level.h"
#include "propagation/physics/lane_math.h"
#include "propagation/physics/p1812_closing.h"
#include "propagation/physics/p1812_columns.h"
#include "propagation/physics/p1812_radial.h"
#include "scenarios/map_bench.h"

namespace {

using namespace yonder;

const Terrain& hills() {
  static const Terrain terrain = scenarios::generated_hills(30.0, 2005);
  return terrain;
}

void per_item(benchmark::State& state, std::size_t items) {
  state.counters["s_per_item"] =
      benchmark::Counter(static_cast<double>(items), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

/// Bilinear heights along azimuths from the middle, a sample a pixel.
void terrain_ground_at(benchmark::State& state) {
  const Terrain& terrain = hills();
  const Grid& grid = terrain.grid;
  const MapPoint middle = grid.center({grid.columns / 2, grid.rows / 2});
  double angle = 0.1;
  for (auto _ : state) {
    angle += 5e-4;  // the next azimuth of a map
    const MapPoint step{std::cos(angle) * grid.pixel_size_m, std::sin(angle) * grid.pixel_size_m};
    double sum = 0.0;
    for (int i = 0; i < 1000; ++i) {
      sum += terrain.ground_at({middle.x_m + i * step.x_m, middle.y_m + i * step.y_m});
    }
    if (!(sum > 0.0)) state.SkipWithError("heights are missing");
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, 1000);
}

/// A profile of a path of 1,000 pixels, as the exact engine cuts one for each pixel.
void terrain_cut_profile(benchmark::State& state) {
  const Terrain& terrain = hills();
  const Grid& grid = terrain.grid;
  AntennaPosition antenna;
  antenna.position = grid.center({grid.columns / 2, grid.rows / 2});
  antenna.position.x_m += 1.0;
  PathProfile profile;
  int row = 500;
  for (auto _ : state) {
    row = row == 1500 ? 500 : row + 1;
    if (!cut_profile(terrain, antenna, {2, row}, profile)) state.SkipWithError("no profile");
    benchmark::DoNotOptimize(profile.ground_amsl_m.data());
  }
  per_item(state, profile.ground_amsl_m.size());
}

struct ClosingWork {
  explicit ClosingWork(double time_percent)
      : constants({.time_percent = time_percent}, 773e6, Polarization::vertical),
        radial(30e3),
        columns(workspace, radial.input.receiver_count()) {
    propagation::p1812::RadialScan scan(radial.input, 1000.0 * constants.median_radius_km, true,
                                        workspace);
    propagation::p1812::RadialScan::Hints hints;
    for (std::size_t r = 0; r < radial.input.receiver_count(); ++r) {
      scan.advance(radial.input.sample_count[r]);
      geometries.push_back(scan.geometry(r, 1.5, hints));
      columns.push(geometries.back(), {});
    }
    columns.finish({});
    loss_db.resize(columns.padded_size());
    propagation::p1812::basic_loss_db(columns, constants, loss_db);
    for (std::size_t r = 0; r < geometries.size(); ++r) {
      const double alone_db = propagation::p1812::basic_loss_db(geometries[r], constants);
      worst_db = std::max(worst_db, std::abs(alone_db - loss_db[r]));
    }
  }

  Workspace workspace;
  propagation::p1812::Constants constants;
  bench::Radial radial;
  propagation::p1812::GeometryColumns columns;
  std::vector<propagation::p1812::PathGeometry> geometries;
  std::vector<double> loss_db;
  double worst_db = 0.0;
};

void closing_lanes(benchmark::State& state, double time_percent) {
  ClosingWork work(time_percent);
  if (!(work.worst_db <= 1e-6)) state.SkipWithError("lanes differ from single paths: not timed");
  for (auto _ : state) {
    propagation::p1812::basic_loss_db(work.columns, work.constants, work.loss_db);
    benchmark::DoNotOptimize(work.loss_db.data());
  }
  per_item(state, work.geometries.size());
}

void closing_one_by_one(benchmark::State& state, double time_percent) {
  ClosingWork work(time_percent);
  for (auto _ : state) {
    for (std::size_t r = 0; r < work.geometries.size(); ++r) {
      work.loss_db[r] = propagation::p1812::basic_loss_db(work.geometries[r], work.constants);
    }
    benchmark::DoNotOptimize(work.loss_db.data());
  }
  per_item(state, work.geometries.size());
}

/// What the machine could do: reading doubles of a size that no cache holds.
void machine_read(benchmark::State& state) {
  const std::vector<double> values(std::size_t{1} << 25, 1.0);
  for (auto _ : state) {
    double sums[8] = {};
    for (std::size_t i = 0; i < values.size(); i += 8) {
      for (std::size_t k = 0; k < 8; ++k) sums[k] += values[i + k];
    }
    benchmark::DoNotOptimize(sums);
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(values.size() * sizeof(double)));
}

template <typename Function>
YONDER_LANE void over_lanes(const std::vector<double>& x, std::vector<double>& y, Function f) {
  const double* const from = x.data();
  double* const to = y.data();
#pragma omp simd
  for (std::size_t i = 0; i < x.size(); ++i) to[i] = f(from[i]);
}

/// A function over lanes as the closing formulas use it, with this processor's widest vectors.
template <typename Function>
void machine_lanes(benchmark::State& state, Function function) {
  std::vector<double> x(1024);
  std::vector<double> y(1024);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.5 + static_cast<double>(i) * 0.01;
  for (auto _ : state) {
    function(x, y);
    benchmark::DoNotOptimize(y.data());
  }
  per_item(state, x.size());
}

#if YONDER_X86_LEVELS
using Numbers = std::vector<double>;
YONDER_X86_V4 void lanes_log(const Numbers& x, Numbers& y) {
  over_lanes(x, y, [](double v) { return propagation::lane::log(v); });
}
YONDER_X86_V4 void lanes_exp(const Numbers& x, Numbers& y) {
  over_lanes(x, y, [](double v) { return propagation::lane::exp(v); });
}
YONDER_X86_V4 void lanes_divide(const Numbers& x, Numbers& y) {
  over_lanes(x, y, [](double v) { return 1.0 / v; });
}
YONDER_X86_V4 void lanes_root(const Numbers& x, Numbers& y) {
  over_lanes(x, y, [](double v) { return std::sqrt(v); });
}
#endif

template <typename Function>
void machine_function(benchmark::State& state, Function function) {
  std::vector<double> x(1024);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.5 + static_cast<double>(i) * 0.01;
  for (auto _ : state) {
    double sum = 0.0;
    for (const double value : x) sum += function(value);
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, x.size());
}

BENCHMARK(terrain_ground_at);
BENCHMARK(terrain_cut_profile);
BENCHMARK_CAPTURE(closing_lanes, itu_p1812_median, 50.0);
BENCHMARK_CAPTURE(closing_lanes, itu_p1812_10_percent, 10.0);
BENCHMARK_CAPTURE(closing_one_by_one, itu_p1812_median, 50.0);
BENCHMARK(machine_read);
BENCHMARK_CAPTURE(machine_function, libm_log, [](double x) { return std::log(x); });
BENCHMARK_CAPTURE(machine_function, libm_exp, [](double x) { return std::exp(x); });
BENCHMARK_CAPTURE(machine_function, own_log_one_by_one,
                  [](double x) { return propagation::lane::log(x); });

}  // namespace

int main(int argc, char** argv) {
#if YONDER_X86_LEVELS
  if (simd_level() == SimdLevel::v4) {
    const auto add = [](const char* name, void (*function)(const Numbers&, Numbers&)) {
      benchmark::RegisterBenchmark(
          name, [function](benchmark::State& state) { machine_lanes(state, function); });
    };
    add("machine_lanes/log", lanes_log);
    add("machine_lanes/exp", lanes_exp);
    add("machine_lanes/division", lanes_divide);
    add("machine_lanes/square_root", lanes_root);
  }
#endif
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
