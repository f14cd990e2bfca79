#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/run_control.h"
#include "geodata/tile_fetch.h"
#include "scenarios/analysis_grid.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress_line.h"
#include "scenarios/terrain_sketch.h"

namespace yonder::cli {
namespace {

struct FetchArguments {
  ScenarioArguments scenario;
  std::string source = geodata::kGlo30BaseUrl;
  std::string cache;
};

std::filesystem::path default_cache() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME")) {
    return std::filesystem::path(cache) / "yonder" / "glo30";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".cache" / "yonder" / "glo30";
}

/// The analysis grid's bounds in longitude and latitude, margin included.
geodata::FetchRequest request_for(const scenarios::AnalysisGrid& analysis) {
  geodata::FetchRequest request{180.0, 90.0, -180.0, -90.0, {}, {}};
  const Grid& grid = analysis.grid;
  constexpr int kSteps = 16;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      const LonLat at = analysis.projection.to_lonlat(
          {grid.top_left.x_m + grid.columns * grid.pixel_size_m * i / kSteps,
           grid.top_left.y_m - grid.rows * grid.pixel_size_m * j / kSteps});
      request.west_deg = std::min(request.west_deg, at.lon_deg);
      request.east_deg = std::max(request.east_deg, at.lon_deg);
      request.south_deg = std::min(request.south_deg, at.lat_deg);
      request.north_deg = std::max(request.north_deg, at.lat_deg);
    }
  }
  return request;
}

int fetch(const FetchArguments& arguments) {
  const std::stop_token stop = stop_on_interrupt();
  const scenarios::Scenario scenario = arguments.scenario.load({.terrain_must_exist = false});
  geodata::FetchRequest request = request_for(scenarios::make_analysis_grid(scenario));
  request.base_url = arguments.source;
  request.cache_directory =
      arguments.cache.empty() ? default_cache() : std::filesystem::path(arguments.cache);
  ProgressLine progress(true);
  progress.begin("Fetching Copernicus GLO-30");
  const geodata::FetchReport report = geodata::fetch_glo30(
      request, stop, [&](std::size_t done, std::size_t total) { progress.update(done, total); });
  progress.end();
  if (stop.stop_requested()) throw Stopped();
  fmt::print("{} tiles in {} ({} fetched now; the source has none for {} more, mostly open sea)\n",
             report.tiles.size(), request.cache_directory.string(), report.downloaded.size(),
             report.absent_at_source.size());
  std::string sources;
  for (const std::filesystem::path& tile : report.tiles) {
    sources += (sources.empty() ? "" : ", ") + tile.string();
  }
  fmt::print("Use them with --set 'terrain.sources=[{}]'\n", sources);
  fmt::print(
      "Licence: Copernicus GLO-30, (c) DLR e.V. and Airbus, provided under COPERNICUS by the "
      "European Union and ESA\n");
  return 0;
}

struct SketchArguments {
  std::string recipe;
  std::string output;
};

int sketch(const SketchArguments& arguments) {
  const scenarios::TerrainRecipe recipe = scenarios::load_terrain_recipe(arguments.recipe);
  const scenarios::TerrainSketch sketch = scenarios::sketch_terrain(recipe);
  scenarios::write_terrain_sketch(sketch, recipe, arguments.output);
  const auto [low, high] =
      std::minmax_element(sketch.height_amsl_m.begin(), sketch.height_amsl_m.end());
  fmt::print(
      "{}: synthetic terrain \"{}\", {} x {} heights every {:g} arc seconds, {:g} to {:g} m\n",
      arguments.output, recipe.name, sketch.grid.columns, sketch.grid.rows, recipe.step_arcsec,
      *low, *high);
  return 0;
}

}  // namespace

void add_terrain(CLI::App& app, int& exit_code) {
  CLI::App* terrain = app.add_subcommand("terrain", "make or fetch terrain");
  terrain->require_subcommand(1);

  auto fetch_arguments = std::make_shared<FetchArguments>();
  CLI::App* fetch_command = terrain->add_subcommand(
      "fetch", "download Copernicus GLO-30 tiles for a scenario's area into a cache");
  fetch_arguments->scenario.add_to(*fetch_command);
  fetch_command->add_option("--source", fetch_arguments->source, "base address of the tiles")
      ->capture_default_str();
  fetch_command->add_option("--cache", fetch_arguments->cache,
                            "folder for the tiles (default: ~/.cache/yonder/glo30)");
  fetch_command->callback([fetch_arguments, &exit_code] { exit_code = fetch(*fetch_arguments); });

  auto sketch_arguments = std::make_shared<SketchArguments>();
  CLI::App* sketch_command = terrain->add_subcommand(
      "sketch", "make synthetic terrain from a recipe (docs/terrain-sketch.md)");
  sketch_command->add_option("RECIPE", sketch_arguments->recipe, "recipe file (YAML)")->required();
  sketch_command->add_option("-o,--output", sketch_arguments->output, "GeoTIFF to write")
      ->required();
  sketch_command->callback(
      [sketch_arguments, &exit_code] { exit_code = sketch(*sketch_arguments); });
}

}  // namespace yonder::cli
