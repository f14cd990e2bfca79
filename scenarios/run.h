#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kpi.h"
#include "core/run_control.h"
#include "scenarios/field_cache.h"
#include "scenarios/plan.h"
#include "scenarios/scenario.h"
#include "scenarios/service_map.h"
#include "scenarios/shape_results.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Seconds spent in each part of a run.
struct RunTimings {
  double terrain_s = 0.0;
  double propagation_s = 0.0;
  double shapes_s = 0.0;
  double output_s = 0.0;
  double total_s = 0.0;
};

/// What a run computed, before it is written.
struct Coverage {
  CoverageMap map;
  CoverageKpis kpis;
  RimCount rim;            ///< of all cells together
  std::size_t paths = 0;   ///< evaluated, not taken from the cache
  std::size_t fields = 0;  ///< cells at one position and carrier share a field
  /// Pixels whose best server each member of the model serves; empty when it has none.
  std::vector<std::size_t> served_pixels;
  std::vector<TerminalService> services;  ///< by terminal; empty: service is not judged
};

struct RunResult {
  CoverageKpis kpis;
  RimCount rim;
  std::size_t paths = 0;                  ///< evaluated, not taken from the cache
  std::size_t fields = 0;                 ///< cells at one position and carrier share a field
  std::optional<FieldCacheReport> cache;  ///< nullopt: no cache was used
  std::filesystem::path cache_directory;
  std::vector<std::size_t> served_pixels;      ///< as Coverage::served_pixels
  std::vector<ServiceKpis> services;           ///< by terminal
  std::vector<AvailabilityKpis> availability;  ///< by terminal
  nr::ServicePlan service_plan;                ///< empty when service is not judged
  ShapesResult shapes;
  double pixel_area_km2 = 0.0;  ///< true area of a pixel at the centre of the area
  RunTimings timings;
  double estimated_mib = 0.0;  ///< of memory
  double peak_rss_mib = 0.0;   ///< of the process
  int threads = 0;
  bool synthetic_terrain = false;
  std::vector<std::string> warnings;
  std::filesystem::path directory;
  std::vector<std::string> files;  ///< names in `directory`
};

struct RunOptions {
  RunControl control;
  /// Folder for path-loss fields, or "off"; goes before the environment and the scenario.
  std::optional<std::string> field_cache;
  /// Called when a part of the run begins: "terrain", "propagation", "shapes",
  /// "output".
  std::function<void(std::string_view)> stage;
  /// Whether the run writes its own report.html where the scenario asks for a report; variants have
  /// one together.
  bool report_page = true;
};

/// The expensive part: fields, best server, service, KPIs. `cache` may be nullptr; `service` is
/// empty unless service is judged.
Coverage compute_coverage(const Scenario& scenario, const Plan& plan,
                          const nr::ServicePlan& service, FieldCache* cache,
                          const RunControl& control);

/// What the ground of a map is made of.
struct GroundCount {
  bool synthetic = false;
  std::size_t grid_pixels = 0;
  std::size_t assumed_sea_pixels = 0;
};

/// What a planner should know before believing a map, in sentences.
std::vector<std::string> coverage_warnings(const Scenario& scenario, const ModelInfo& model,
                                           const CoverageKpis& kpis, const RimCount& rim,
                                           const GroundCount& ground);

/// The run into a staging folder, without the last step that puts its files in place. `terrain`
/// may be nullptr.
RunResult run_into(const StagedOutput& output, const Scenario& scenario, const RunOptions& options,
                   TerrainReuse* terrain);

/// Puts the files of run_into() in place and removes those of an earlier run that it has not.
void commit_run(StagedOutput& output, const RunResult& result);

/// Removes an earlier run's files from a folder, as its run.json lists them, and the folder when
/// nothing else is in it.
void remove_recorded_run(const std::filesystem::path& directory);

/// Runs a scenario and writes its outputs: all under their final names, or none. Throws
/// ScenarioErrors, geodata::GeodataError, OutputError, Stopped.
RunResult run_scenario(const Scenario& scenario, const RunOptions& options);

/// What a map shows, as a planner reads it in the terminal.
std::string map_summary_text(const Scenario& scenario, const RunResult& result);
/// The same with the files of a run.
std::string summary_text(const Scenario& scenario, const RunResult& result);

}  // namespace yonder::scenarios
