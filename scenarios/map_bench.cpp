#include "scenarios/map_bench.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <random>

#include "core/parallel_rows.h"
#include "core/simd_level.h"
#include "core/sweep_field.h"
#include "core/text.h"
#include "geodata/terrain_loader.h"
#include "propagation/models.h"
#include "scenarios/build_info.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

constexpr int kCheckedPixels = 100;
constexpr int kRings = 6;

std::string processor_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double peak_rss_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Ground with an antenna in its middle.
struct Scene {
  Terrain terrain;
  AntennaPosition antenna;
};

Scene generated_scene(const MapBenchOptions& options) {
  const int radius_px = static_cast<int>(std::ceil(options.radius_m / options.pixel_m));
  Scene scene{generated_hills(options.pixel_m, 2 * radius_px + 5), {}};
  const Grid& grid = scene.terrain.grid;
  scene.antenna.position = grid.center({grid.columns / 2, grid.rows / 2});
  scene.antenna.lonlat = scene.terrain.geo.at(scene.antenna.position);
  return scene;
}

Scene real_scene(const MapBenchOptions& options) {
  const geodata::RasterSummary summary = geodata::inspect_raster(*options.terrain);
  const LonLat place = options.antenna.value_or(LonLat{
      0.5 * (summary.west_deg + summary.east_deg), 0.5 * (summary.south_deg + summary.north_deg)});
  const geodata::Projection projection = geodata::Projection::utm_for(place);
  const MapPoint at = projection.to_map(place);
  const MapDistortion distortion = projection.distortion_at(place);
  const int radius_px =
      static_cast<int>(std::ceil(options.radius_m * distortion.scale / options.pixel_m)) + 2;
  const double half_m = (radius_px + 0.5) * options.pixel_m;
  const Grid grid = {
      {at.x_m - half_m, at.y_m + half_m}, options.pixel_m, 2 * radius_px + 1, 2 * radius_px + 1};
  geodata::TerrainRequest request{.projection = projection, .grid = grid};
  request.sources = {{*options.terrain}};
  Scene scene{geodata::load_terrain(request).terrain, {}};
  scene.antenna.position = at;
  scene.antenna.lonlat = place;
  scene.antenna.distortion = distortion;
  return scene;
}

/// The field of the first frequency; those of the others are computed with it.
PathLossField compute(const Scene& scene, const PathLossModel& model, FieldSpec spec,
                      const std::vector<double>& frequencies_hz, Engine engine, int threads) {
  JobProgress job;
  const PixelWindow whole = scene.terrain.grid.whole();
  const RunControl control{.threads = threads};
  if (engine == Engine::exact) {
    std::vector<PathLossField> fields;
    for (const double frequency_hz : frequencies_hz) {
      spec.frequency_hz = frequency_hz;
      fields.push_back(
          compute_path_loss_field(PathEvaluator(scene.terrain, model, spec), whole, control, job));
    }
    return std::move(fields[0]);
  }
  std::vector<SweepTarget> targets;
  for (const double frequency_hz : frequencies_hz) {
    targets.push_back({&model, frequency_hz, spec.polarization, spec.receiver_height_agl_m});
  }
  return std::move(sweep_path_loss_fields(scene.terrain, spec, targets, whole, control, job)[0]);
}

/// Pixels of a field that its model evaluated, drawn at random but always the same.
std::vector<Pixel> drawn_pixels(const PathLossField& field, int count) {
  std::vector<std::size_t> served;
  for (std::size_t i = 0; i < field.status.size(); ++i) {
    if (field.status[i] == pixel_status::kOk) served.push_back(i);
  }
  std::vector<Pixel> pixels;
  if (served.empty()) return pixels;
  std::mt19937_64 random(1);
  const auto columns = static_cast<std::size_t>(field.window.columns);
  for (int i = 0; i < count; ++i) {
    const std::size_t at = served[random() % served.size()];
    pixels.push_back({field.window.column + static_cast<int>(at % columns),
                      field.window.row + static_cast<int>(at / columns)});
  }
  return pixels;
}

/// Largest difference between a field and the point model over the profile of each drawn pixel.
double check_against_point_model(const Scene& scene, const PathLossModel& model,
                                 const FieldSpec& spec, Engine engine, const PathLossField& field) {
  const PathEvaluator evaluator(scene.terrain, model, spec);
  PathScratch scratch;
  double worst_db = 0.0;
  for (const Pixel pixel : drawn_pixels(field, kCheckedPixels)) {
    if (engine == Engine::sweep) {
      sweep_pixel(scene.terrain, spec, model, pixel, scratch.profile);
    } else {
      evaluator.evaluate(pixel, scratch);
    }
    const PathLossResult point =
        model.evaluate(evaluator.input_for(pixel, scratch.profile), scratch.workspace);
    const double swept_db = static_cast<double>(field.loss_db[field.window.index(pixel)]);
    const double difference_db = std::abs(point.loss_db - swept_db);
    if (!(difference_db <= worst_db)) worst_db = difference_db;  // also where it is NaN
    if (std::isnan(worst_db)) break;
  }
  if (!(worst_db <= 1e-4)) {
    throw std::runtime_error(
        fmt::format("the field differs from the point model by {:g} dB", worst_db));
  }
  return worst_db;
}

/// Differences of the swept field to the exact engine.
ordered_json compare_engines(const Scene& scene, const PathLossModel& model, const FieldSpec& spec,
                             const PathLossField& swept, int pixels) {
  const PathEvaluator evaluator(scene.terrain, model, spec);
  PathScratch scratch;
  std::vector<std::vector<double>> rings(kRings + 1);  // the last one: all
  for (const Pixel pixel : drawn_pixels(swept, pixels)) {
    const PathLossSample exact = evaluator.evaluate(pixel, scratch);
    if (exact.status != pixel_status::kOk) continue;
    const double difference_db =
        static_cast<double>(swept.loss_db[swept.window.index(pixel)]) - exact.result.loss_db;
    const double share = scratch.profile.distance_m.back() / spec.radius_m;
    const auto ring = static_cast<std::size_t>(std::min(kRings - 1.0, share * kRings));
    rings[ring].push_back(difference_db);
    rings[kRings].push_back(difference_db);
  }
  ordered_json table = ordered_json::array();
  for (std::size_t r = 0; r < rings.size(); ++r) {
    std::vector<double>& d = rings[r];
    if (d.empty()) continue;
    double sum = 0.0;
    double squares = 0.0;
    for (const double x : d) {
      sum += x;
      squares += x * x;
    }
    std::ranges::sort(d, {}, [](double x) { return std::abs(x); });
    const auto n = static_cast<double>(d.size());
    ordered_json row;
    if (r < kRings) {
      row["from_m"] = spec.radius_m * static_cast<double>(r) / kRings;
      row["to_m"] = spec.radius_m * static_cast<double>(r + 1) / kRings;
    } else {
      row["all"] = true;
    }
    row["pixels"] = d.size();
    row["bias_db"] = sum / n;
    row["rms_db"] = std::sqrt(squares / n);
    row["median_abs_db"] = std::abs(d[d.size() / 2]);
    row["p95_abs_db"] = std::abs(d[static_cast<std::size_t>(0.95 * n)]);
    table.push_back(row);
  }
  return table;
}

}  // namespace

Terrain generated_hills(double pixel_m, int side_pixels) {
  struct Wave {
    double x_per_m;
    double y_per_m;
    double phase;
    double height_m;
  };
  std::vector<Wave> waves;
  std::mt19937_64 random(7);
  const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  constexpr int kWaves = 28;
  for (int i = 0; i < kWaves; ++i) {
    const double length_m = 200.0 * std::pow(100.0, static_cast<double>(i) / (kWaves - 1));
    const double azimuth = 2.0 * std::numbers::pi * unit();
    const double per_m = 2.0 * std::numbers::pi / length_m;
    waves.push_back({per_m * std::cos(azimuth), per_m * std::sin(azimuth),
                     2.0 * std::numbers::pi * unit(), 0.008 * length_m});
  }
  Terrain terrain;
  terrain.grid = {{0.0, side_pixels * pixel_m}, pixel_m, side_pixels, side_pixels};
  terrain.ground_amsl_m.resize(terrain.grid.size());
  parallel_rows(side_pixels, {}, 0, 0, [&](int row, int) {
    for (int column = 0; column < side_pixels; ++column) {
      const MapPoint at = terrain.grid.center({column, row});
      double height_m = 800.0;
      for (const Wave& w : waves) {
        height_m += w.height_m * std::sin(w.x_per_m * at.x_m + w.y_per_m * at.y_m + w.phase);
      }
      terrain.ground_amsl_m[terrain.grid.index({column, row})] = static_cast<float>(height_m);
    }
  });
  terrain.zone.assign(terrain.grid.size(), Zone::inland);
  const double side_deg = side_pixels * pixel_m / 111195.0;
  terrain.geo = {terrain.grid, side_pixels, 2, {}};
  terrain.geo.nodes = {{100.0, 27.0},
                       {100.0 + side_deg, 27.0},
                       {100.0, 27.0 - side_deg},
                       {100.0 + side_deg, 27.0 - side_deg}};
  return terrain;
}

ordered_json bench_map(const MapBenchOptions& options) {
  const ModelInfo* info = propagation::find_model(options.model);
  if (info == nullptr) {
    std::vector<std::string_view> ids;
    for (const ModelInfo* model : propagation::all_models()) ids.push_back(model->id);
    const std::string_view near = nearest_word(options.model, ids);
    throw ScenarioErrors({{{},
                           "--model",
                           "there is no model '" + options.model + "'",
                           std::string(near.empty() ? ids[0] : near)}});
  }
  const std::unique_ptr<PathLossModel> model = info->make({});
  Scene scene = options.terrain ? real_scene(options) : generated_scene(options);
  FieldSpec spec;
  spec.antenna = scene.antenna;
  spec.antenna.height_agl_m = options.antenna_agl_m;
  spec.antenna.ground_amsl_m = scene.terrain.ground_at(scene.antenna.position);
  spec.frequency_hz = options.frequencies_hz.front();
  spec.receiver_height_agl_m = options.receiver_agl_m;
  spec.radius_m = options.radius_m;

  const int threads = thread_count({.threads = options.threads});
  PathLossField field =
      compute(scene, *model, spec, options.frequencies_hz, options.engine, threads);
  const auto receivers = static_cast<std::size_t>(std::ranges::count_if(
      field.status, [](PixelStatus s) { return s != pixel_status::kBeyondRadius; }));
  const auto evaluated =
      static_cast<std::size_t>(std::ranges::count(field.status, pixel_status::kOk));
  if (evaluated == 0) {
    throw ScenarioErrors({{{},
                           "bench map",
                           "the model evaluated no pixel; the first one says: " +
                               status_text(field.status[field.status.size() / 2], *info),
                           "another --terrain, --radius_m or --frequency_mhz"}});
  }
  const double worst_db = check_against_point_model(scene, *model, spec, options.engine, field);

  double wall_s = std::numeric_limits<double>::infinity();
  double cpu_s = wall_s;
  for (int i = 0; i < options.repetitions; ++i) {
    const double cpu_start_s = cpu_seconds();
    const auto start = std::chrono::steady_clock::now();
    field = compute(scene, *model, spec, options.frequencies_hz, options.engine, threads);
    wall_s = std::min(
        wall_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    cpu_s = std::min(cpu_s, cpu_seconds() - cpu_start_s);
  }
  std::vector<double> frequencies_mhz;
  for (const double hz : options.frequencies_hz) frequencies_mhz.push_back(hz * 1e-6);
  ordered_json out = {{"model", options.model},
                      {"engine", options.engine == Engine::exact ? "exact" : "sweep"},
                      {"radius_m", options.radius_m},
                      {"pixel_m", options.pixel_m},
                      {"frequencies_mhz", frequencies_mhz},
                      {"terrain", options.terrain ? options.terrain->string() : "generated hills"},
                      {"receivers", receivers},
                      {"evaluated", evaluated},
                      {"wall_s", wall_s},
                      {"cpu_s", cpu_s},
                      {"ns_per_receiver_cpu", 1e9 * cpu_s / static_cast<double>(receivers)},
                      {"repetitions", options.repetitions},
                      {"threads", threads},
                      {"peak_rss_mib", peak_rss_mib()},
                      {"max_abs_diff_db", worst_db},
                      {"checked_pixels", kCheckedPixels},
                      {"machine", processor_name()},
                      {"instructions", simd_level_name(simd_level())},
                      {"compiler", kCompiler},
                      {"build_type", kBuildType},
                      {"commit", kCommit}};
  if (options.compare_pixels > 0 && options.engine == Engine::sweep) {
    out["sweep_minus_exact"] = compare_engines(scene, *model, spec, field, options.compare_pixels);
  }
  return out;
}

}  // namespace yonder::scenarios
