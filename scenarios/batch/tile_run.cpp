#include "scenarios/batch/tile_run.h"

#include <chrono>

#include "core/parallel_rows.h"
#include "geodata/error.h"
#include "scenarios/map_files.h"
#include "scenarios/nr_plan.h"
#include "scenarios/run.h"
#include "scenarios/service_summary.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

class Stopwatch {
 public:
  /// Seconds since the last call, or since the beginning.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

TileRecord make_record(const Scenario& part, const Plan& plan, const Coverage& coverage,
                       const Tile& tile, const TileKey& key) {
  TileRecord record;
  record.id = tile.id;
  record.key = key.sha256;
  record.key_text = key.text;
  for (const CellRef& ref : all_cells(part)) record.cells.push_back(ref.cell->id);
  const Terrain& terrain = plan.terrain();
  for (const SiteConfig& site : part.sites) {
    record.site_ground_amsl_m.push_back(
        terrain.ground_at(plan.analysis.projection.to_map(site.position)));
  }
  record.sites_by_the_sea = sites_by_the_sea(part, plan);
  record.kpis.coverage = coverage.kpis;
  record.kpis.rim = coverage.rim;
  record.kpis.served_pixels = coverage.served_pixels;
  for (const TerminalService& service : coverage.services) {
    record.kpis.services.push_back(service.kpis);
    if (!part.availability.time_percents.empty()) {
      record.kpis.availability.push_back(service.availability);
    }
  }
  record.pixel_area_km2 = true_pixel_area_km2(plan.analysis);
  record.synthetic_terrain = plan.loaded.synthetic;
  record.grid_pixels = terrain.grid.size();
  record.assumed_sea_pixels = plan.loaded.assumed_sea_pixels;
  record.paths = coverage.paths;
  return record;
}

void check_inputs(const TileKey& key, const InputHashes& hashes) {
  for (const fs::path& file : key.inputs) {
    if (!hashes.unchanged(file)) {
      throw std::runtime_error(file.string() +
                               " changed while the batch ran; run it again when it is whole");
    }
  }
}

}  // namespace

TileTimings run_tile(const Scenario& part, AnalysisGrid analysis, const Tile& tile,
                     const TileKey& key, const InputHashes& hashes, const fs::path& folder,
                     const RunControl& control) {
  StagedOutput output(folder);
  Stopwatch watch;
  TileTimings timings;
  timings.threads = thread_count(control);
  const Plan plan = make_plan(part, std::move(analysis));
  timings.terrain_s = watch.lap();
  const nr::ServicePlan service =
      part.terminals.empty() ? nr::ServicePlan() : make_service_plan(part, plan);
  const Coverage coverage = compute_coverage(part, plan, service, nullptr, control);
  timings.propagation_s = watch.lap();
  try {
    // The mosaic names the cells: their numbers are the tile's own.
    write_map_files(part, plan, coverage, output, control, CellNames::beside);
  } catch (const geodata::GeodataError& error) {
    throw OutputError(error.what());  // not the input's fault
  }
  TileRecord record = make_record(part, plan, coverage, tile, key);
  for (const std::string& name : output.staged_names()) {
    record.files.push_back(describe_file(output.path(name)));
  }
  check_inputs(key, hashes);
  timings.output_s = watch.lap();
  output.write_text(kTileTimings, tile_timings_text(timings));
  output.write_text(kTileRecord, tile_record_text(record));
  if (control.stop.stop_requested()) throw Stopped();

  const TileCheck earlier = check_tile(folder, tile.id, "", "");
  std::error_code ignored;
  fs::remove(folder / kTileRecord, ignored);  // from here on the earlier result is no tile
  output.commit(kTileRecord);
  if (earlier.record) {
    std::vector<std::string> before, now;
    for (const TileFile& file : earlier.record->files) before.push_back(file.name);
    for (const TileFile& file : record.files) now.push_back(file.name);
    output.remove_superseded(before, now);
  }
  return timings;
}

}  // namespace yonder::scenarios
