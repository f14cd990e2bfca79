#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "geodata/error.h"
#include "geodata/terrain_loader.h"
#include "scenarios/cli/command.h"
#include "scenarios/estimate.h"
#include "scenarios/plan.h"
#include "scenarios/scenario_variants.h"
#include "scenarios/staged_output.h"

namespace yonder::cli {
namespace {

struct Arguments {
  ScenarioArguments scenario;
  int threads = 0;
};

/// Opens every file the scenario names; complaints are collected, to be shown together.
std::vector<scenarios::ScenarioError> open_files(const scenarios::Scenario& scenario) {
  std::vector<scenarios::ScenarioError> errors;
  const auto try_open = [&](const scenarios::SourceMark& mark, const std::string& key, auto open) {
    try {
      open();
    } catch (const geodata::GeodataError& error) {
      errors.push_back({mark, key, error.what(), ""});
    }
  };
  const scenarios::TerrainConfig& terrain = scenario.terrain;
  std::vector<geodata::RasterSummary> rasters;
  for (const scenarios::TerrainSource& source : terrain.sources) {
    for (const auto& file : source.files) {
      try_open(source.mark, "terrain.sources", [&] {
        const geodata::RasterSummary raster = geodata::inspect_raster(file);
        rasters.push_back(raster);
        fmt::print(
            "  terrain   {}: {} x {} pixels of about {:.0f} m, {:.2f}..{:.2f} E, "
            "{:.2f}..{:.2f} N{}\n",
            file.string(), raster.columns, raster.rows, raster.pixel_m, raster.west_deg,
            raster.east_deg, raster.south_deg, raster.north_deg,
            raster.synthetic ? ", synthetic" : "");
      });
    }
  }
  if (terrain.land_polygons) {
    try_open(terrain.sea_mark, "terrain.sea.land_polygons",
             [&] { geodata::inspect_polygons(*terrain.land_polygons); });
  }
  if (terrain.land_mask) {
    try_open(terrain.sea_mark, "terrain.sea.land_mask",
             [&] { geodata::inspect_raster(*terrain.land_mask); });
  }
  if (terrain.clutter) {
    try_open(terrain.clutter->mark, "terrain.clutter.path",
             [&] { geodata::inspect_raster(terrain.clutter->file); });
  }
  for (const scenarios::SiteConfig& site : scenario.sites) {
    const auto holds = [&](const geodata::RasterSummary& raster) {
      return site.position.lon_deg >= raster.west_deg && site.position.lon_deg <= raster.east_deg &&
             site.position.lat_deg >= raster.south_deg && site.position.lat_deg <= raster.north_deg;
    };
    if (!errors.empty() || terrain.assume_sea_level || terrain.land_polygons || terrain.land_mask ||
        std::any_of(rasters.begin(), rasters.end(), holds)) {
      continue;
    }
    errors.push_back({site.mark, "sites." + site.id, "lies outside every terrain source",
                      "a position on terrain, or a further source under terrain.sources"});
  }
  return errors;
}

/// Throws OutputError where a run could not write its results.
void check_output_folder(const std::filesystem::path& directory) {
  std::filesystem::path existing = directory;
  while (!existing.empty() && !std::filesystem::exists(existing)) {
    existing = existing.parent_path();
  }
  if (!std::filesystem::is_directory(existing) || access(existing.c_str(), W_OK) != 0) {
    throw scenarios::OutputError("cannot write into output folder " + directory.string() + ": " +
                                 existing.string() + " is not a folder that can be written");
  }
}

void check_one(const scenarios::Scenario& scenario, const Arguments& arguments) {
  const scenarios::VariantConfig* variant = scenario.chosen_variant();
  if (variant != nullptr) {
    fmt::print("\nVariant {}: {}\n", variant->id, scenarios::variant_text(*variant));
  }
  std::vector<scenarios::ScenarioError> errors = open_files(scenario);
  if (!errors.empty()) throw scenarios::ScenarioErrors(std::move(errors));

  check_output_folder(scenario.outputs.directory);
  const scenarios::AnalysisGrid analysis = scenarios::make_analysis_grid(scenario);
  const scenarios::Estimate estimate =
      scenarios::estimate_run(scenario, analysis, arguments.threads);
  fmt::print("  grid      {} x {} pixels of {:g} m, {}\n", analysis.area.columns,
             analysis.area.rows, scenario.area.pixel_m, analysis.projection.name());
  fmt::print("  work      {} sites, {} cells; about {:.3g} paths, {:.1f} us each on one thread\n",
             scenario.sites.size(), scenarios::all_cells(scenario).size(), estimate.paths,
             estimate.seconds_per_path * 1e6);
  fmt::print("  estimate  {:.0f} MiB of memory, {:.1f} s on {} thread{}\n",
             static_cast<double>(estimate.memory_bytes) / (1 << 20), estimate.seconds,
             estimate.threads, estimate.threads == 1 ? "" : "s");
}

int check(const Arguments& arguments) {
  const std::vector<scenarios::Scenario> all = arguments.scenario.load_all();
  fmt::print("{}\n", all.front().file.string());
  for (const scenarios::Scenario& scenario : all) check_one(scenario, arguments);
  fmt::print("The scenario is valid.\n");
  return 0;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "check", "validate a scenario, open its files, estimate memory and time; run nothing");
  arguments->scenario.add_to(*command);
  command->add_option("--threads", arguments->threads, "threads to estimate for")
      ->check(CLI::Range(1, 1024));
  command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

}  // namespace yonder::cli
