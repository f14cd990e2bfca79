#include "scenarios/batch/batch_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "geodata/error.h"
#include "geodata/mosaic.h"
#include "geodata/raster_input.h"
#include "propagation/models.h"
#include "scenarios/batch/batch_tables.h"
#include "scenarios/exports.h"
#include "scenarios/json_text.h"
#include "scenarios/map_files.h"
#include "scenarios/nr_plan.h"
#include "scenarios/run_record.h"
#include "scenarios/run_record_parts.h"
#include "scenarios/service_summary.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// Layers whose values are numbers of cells.
bool holds_cell_numbers(const std::string& name) {
  return name == "best_server.tif" || name == "second_server.tif";
}

/// A picture of a province needs no pixel of its own for each of the map's.
constexpr int kPicturePx = 2400;
/// More names than this would cover the map.
constexpr std::size_t kNamedSites = 40;

using Records = std::vector<std::optional<TileRecord>>;

/// Access ranges of all cells; in parts, as one plan can number no more than 65535 cells.
nr::ServicePlan whole_service_plan(const BatchPlan& plan, const TileGrid& grid) {
  nr::ServicePlan whole;
  if (plan.scenario.terminals.empty()) return whole;
  constexpr std::size_t kCellsAtOnce = 60000;
  const AnalysisGrid analysis{grid.projection, grid.area, grid.area.whole(), grid.whole_window};
  Scenario part = plan.scenario;
  part.sites.clear();
  std::size_t cells = 0;
  for (std::size_t i = 0; i < plan.scenario.sites.size(); ++i) {
    part.sites.push_back(plan.scenario.sites[i]);
    cells += part.sites.back().cells.size();
    const bool last = i + 1 == plan.scenario.sites.size();
    if (!last && cells + plan.scenario.sites[i + 1].cells.size() <= kCellsAtOnce) continue;
    nr::ServicePlan service = make_service_plan(part, group_cells(part, analysis));
    whole.rules = service.rules;
    std::ranges::move(service.cells, std::back_inserter(whole.cells));
    part.sites.clear();
    cells = 0;
  }
  return whole;
}

/// Counts of nothing, in the scenario's form: for a batch of which no tile is there.
TileKpis no_counts(const Scenario& scenario, const ModelInfo& model) {
  TileKpis kpis;
  for (const Threshold& one : scenario.thresholds) {
    kpis.coverage.thresholds.push_back({one.rsrp_dbm, {}, {}, {}});
  }
  kpis.served_pixels.assign(model.members.size(), 0);
  kpis.services.resize(scenario.terminals.size());
  if (!scenario.availability.time_percents.empty()) {
    kpis.availability.resize(scenario.terminals.size());
  }
  return kpis;
}

/// The counts of one tile as those of a map, for what is said in km².
RunResult counts_of(const TileRecord& record) {
  RunResult result;
  result.kpis = record.kpis.coverage;
  result.rim = record.kpis.rim;
  result.services = record.kpis.services;
  result.availability = record.kpis.availability;
  result.pixel_area_km2 = record.pixel_area_km2;
  return result;
}

/// Whether some tile found sea within reach of each site.
std::vector<bool> by_the_sea(const TileGrid& grid, const Records& records, std::size_t sites) {
  std::vector<bool> sea(sites, false);
  for (std::size_t t = 0; t < records.size(); ++t) {
    if (!records[t] || records[t]->sites_by_the_sea.empty()) continue;
    for (std::size_t i = 0; i < grid.tiles[t].sites.size(); ++i) {
      if (records[t]->sites_by_the_sea.at(i)) sea[grid.tiles[t].sites[i]] = true;
    }
  }
  return sea;
}

bool is_area(const std::string& name) { return name == "km2" || name.ends_with("_km2"); }

/// Adds the areas of one tile to those of a map, which has the same form.
void add_areas(ordered_json& total, const ordered_json& part) {
  if (total.is_array()) {
    for (std::size_t i = 0; i < total.size(); ++i) add_areas(total[i], part.at(i));
  }
  if (!total.is_object()) return;
  for (auto& [name, value] : total.items()) {
    if (is_area(name)) {
      value = value.get<double>() + part.at(name).get<double>();
    } else {
      add_areas(value, part.at(name));
    }
  }
}

void clear_areas(ordered_json& json) {
  if (json.is_array()) {
    for (ordered_json& one : json) clear_areas(one);
  }
  if (!json.is_object()) return;
  for (auto& [name, value] : json.items()) {
    if (is_area(name)) {
      value = 0.0;
    } else {
      clear_areas(value);
    }
  }
}

/// Figures of all tiles together. Areas are sums over tiles, each with the size of its own pixels;
/// `figures` makes the record of one map's.
template <typename Figures>
ordered_json with_summed_areas(const Records& records, const RunResult& whole,
                               const Figures& figures) {
  ordered_json total = figures(whole);
  clear_areas(total);
  for (const auto& record : records) {
    if (record) add_areas(total, figures(counts_of(*record)));
  }
  return total;
}

RunResult add_up(const BatchPlan& plan, const TileGrid& grid, const Records& records) {
  RunResult result;
  result.directory = plan.directory;
  TileKpis kpis;
  GroundCount ground;
  double judged_km2 = 0.0;
  for (const auto& record : records) {
    if (!record) continue;
    kpis.add(record->kpis);
    judged_km2 += record->pixel_area_km2 * static_cast<double>(record->kpis.coverage.judged_pixels);
    ground.synthetic = ground.synthetic || record->synthetic_terrain;
    ground.grid_pixels += record->grid_pixels;
    ground.assumed_sea_pixels += record->assumed_sea_pixels;
    result.paths += record->paths;
  }
  const ModelInfo& model = *propagation::find_model(plan.scenario.propagation.model);
  if (kpis.coverage.thresholds.empty()) kpis = no_counts(plan.scenario, model);
  result.kpis = std::move(kpis.coverage);
  result.rim = kpis.rim;
  result.served_pixels = std::move(kpis.served_pixels);
  result.services = std::move(kpis.services);
  result.availability = std::move(kpis.availability);
  result.synthetic_terrain = ground.synthetic;
  // Pixels of tiles farther from the plane's middle are a little smaller or larger.
  result.pixel_area_km2 = result.kpis.judged_pixels == 0
                              ? 0.0
                              : judged_km2 / static_cast<double>(result.kpis.judged_pixels);
  result.service_plan = whole_service_plan(plan, grid);
  result.warnings = coverage_warnings(plan.scenario, model, result.kpis, result.rim, ground);
  // Cells of different tiles clash like those of one.
  for (std::string& warning : plan_warnings(
           plan.scenario, grid.projection, by_the_sea(grid, records, plan.scenario.sites.size()))) {
    result.warnings.push_back(std::move(warning));
  }
  return result;
}

/// Ground under each site as some tile found it.
std::vector<double> ground_under_sites(const TileGrid& grid, const Records& records,
                                       std::size_t sites) {
  std::vector<double> ground(sites, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t t = 0; t < records.size(); ++t) {
    if (!records[t]) continue;
    for (std::size_t i = 0; i < grid.tiles[t].sites.size(); ++i) {
      ground[grid.tiles[t].sites[i]] = records[t]->site_ground_amsl_m.at(i);
    }
  }
  return ground;
}

/// Mosaics of all layers that the tiles have.
void write_mosaics(const BatchPlan& plan, const TileGrid& grid, const Records& records,
                   const StagedOutput& output, const RunControl& control) {
  std::map<std::string, std::uint32_t> numbers;
  for (const CellRef& ref : all_cells(plan.scenario)) {
    numbers.emplace(ref.cell->id, static_cast<std::uint32_t>(numbers.size() + 1));
  }
  std::map<std::string, std::vector<geodata::MosaicTile>> layers;
  for (std::size_t t = 0; t < records.size(); ++t) {
    if (!records[t]) continue;
    const fs::path folder = fs::path(kTilesFolder) / records[t]->id;
    for (const TileFile& file : records[t]->files) {
      if (!file.name.ends_with(".tif")) continue;
      geodata::MosaicTile tile{folder / file.name, grid.tiles[t].window, {}};
      if (holds_cell_numbers(file.name)) {
        tile.numbers.push_back(0);
        for (const std::string& cell : records[t]->cells) {
          tile.numbers.push_back(numbers.at(cell));
        }
      }
      layers[file.name].push_back(std::move(tile));
    }
  }
  for (auto& [name, tiles] : layers) {
    if (control.stop.stop_requested()) throw Stopped();
    geodata::MosaicSpec mosaic{grid.area, grid.projection, std::move(tiles), {}};
    if (holds_cell_numbers(name)) mosaic.categories = cell_categories(plan.scenario);
    const std::string file = fs::path(name).stem().string() + ".vrt";
    geodata::write_mosaic(output.path(file), mosaic, plan.overviews);
  }
}

/// coverage.png of the whole area, in as many pixels as a screen shows.
void write_picture(const BatchPlan& plan, const TileGrid& grid, const RunResult& result,
                   const StagedOutput& output) {
  const fs::path mosaic = output.path("rsrp.vrt");
  if (!plan.scenario.outputs.picture || !fs::exists(mosaic)) return;
  const geodata::RasterLayer layer = geodata::read_reduced(mosaic, kPicturePx);
  Scenario scene = plan.scenario;
  scene.sites.clear();
  scene.calculation.radius_m = 0.0;
  const Plan ground = make_plan(
      scene, AnalysisGrid{grid.projection, layer.grid, layer.grid.whole(), grid.whole_window});
  scene.sites = plan.scenario.sites;
  if (scene.sites.size() > kNamedSites) {
    for (SiteConfig& site : scene.sites) {
      site.name = {};
      site.id.clear();
    }
  }
  const geodata::Projection projection(grid.projection);
  PictureBase base = picture_base(scene, ground, projection);
  CoveragePicture& picture = base.picture;
  picture.subtitle = "SS-RSRP" + picture.subtitle +
                     fmt::format(", receiver {:g} m above ground", scene.receiver.height_agl_m);
  picture.rsrp_dbm = layer.values;
  for (std::size_t i = 0; i < scene.thresholds.size(); ++i) {
    picture.classes.push_back({scene.thresholds[i].name, scene.thresholds[i].rsrp_dbm,
                               result.kpis.thresholds[i].all.share()});
  }
  write_coverage_picture(picture, output.path("coverage.png"));
}

/// The tiles' folder, seen from the staging folder as it will be seen from the folder above it, so
/// that mosaics can be read before they are in place.
class TilesInView {
 public:
  explicit TilesInView(const StagedOutput& output) : link_(output.path(kTilesFolder)) {
    std::error_code error;
    fs::create_directory_symlink(fs::path("..") / kTilesFolder, link_, error);
    if (error) throw OutputError("cannot write " + link_.string() + ": " + error.message());
  }
  ~TilesInView() {
    std::error_code ignored;
    fs::remove(link_, ignored);  // the link
  }
  TilesInView(const TilesInView&) = delete;
  TilesInView& operator=(const TilesInView&) = delete;

 private:
  fs::path link_;
};

ordered_json tiles_json(const TileGrid& grid, const Records& records,
                        const std::vector<MissingTile>& missing) {
  ordered_json finished = ordered_json::array();
  for (std::size_t t = 0; t < records.size(); ++t) {
    if (!records[t]) continue;
    const PixelWindow& w = grid.tiles[t].window;
    finished.push_back({{"id", records[t]->id},
                        {"key", records[t]->key},
                        {"column", w.column},
                        {"row", w.row},
                        {"columns", w.columns},
                        {"rows", w.rows},
                        {"cells", records[t]->cells.size()},
                        {"judged_pixels", records[t]->kpis.coverage.judged_pixels}});
  }
  ordered_json absent = ordered_json::array();
  for (const MissingTile& one : missing) {
    absent.push_back({{"id", one.id}, {"reason", one.reason}});
  }
  return {{"count", records.size()}, {"finished", finished}, {"missing", absent}};
}

ordered_json record_json(const BatchPlan& plan, const TileGrid& grid, const Records& records,
                         const std::vector<MissingTile>& missing, const RunResult& result,
                         InputHashes& hashes) {
  const Scenario& scenario = plan.scenario;
  const ModelInfo& model = *propagation::find_model(scenario.propagation.model);
  ordered_json inputs = inputs_record(scenario, hashes);
  inputs.insert(inputs.begin(), input_json(plan.file, plan.digest));
  ordered_json grid_record = grid_json(grid.projection, grid.area, result.pixel_area_km2);
  grid_record["tile_px"] = grid.tile_px;
  const auto summed = [&](const auto& figures) {
    return with_summed_areas(records, result, figures);
  };
  ordered_json record = record_head("yonder-batch-1");
  record.update(ordered_json{
      {"complete", missing.empty()},
      {"scenario", scenario_json(scenario)},
      {"model", model_json(scenario, result, model)},
      {"inputs", std::move(inputs)},
      {"grid", std::move(grid_record)},
      {"tiles", tiles_json(grid, records, missing)},
      {"status", status_json(result.kpis, model)},
      {"kpis", summed([&](const RunResult& one) { return kpis_json(scenario, one); })},
      {"service", summed([&](const RunResult& one) { return service_json(scenario, one); })},
      {"availability",
       summed([&](const RunResult& one) { return availability_json(scenario, one); })},
      {"synthetic_terrain", result.synthetic_terrain},
      {"warnings", result.warnings},
      {"paths", result.paths},
      {"files", result.files}});
  return record;
}

}  // namespace

std::size_t merge_memory_bytes(const BatchPlan& plan, const TileGrid& grid) {
  const auto pixels = static_cast<double>(grid.area.size());
  // Blocks of the mosaic that overviews are made of, as far as geodata keeps them.
  double bytes = std::min(128.0 * (1 << 20), 8.0 * pixels);
  if (plan.scenario.outputs.picture) {
    // Levels, ground, zones, and images of each pixel that is shown.
    const double longest = std::max(grid.area.columns, grid.area.rows);
    const double factor = std::max(1.0, std::ceil(longest / kPicturePx));
    bytes += 48.0 * pixels / (factor * factor);
  }
  if (plan.scenario.outputs.exports.any()) {
    // Contours of a piece: class, area, outlines of each pixel.
    constexpr double kPiece = 4096.0 * 4096.0;
    bytes += 24.0 * std::min(pixels, kPiece);
  }
  return static_cast<std::size_t>(bytes);
}

BatchMap merge_tiles(const BatchPlan& plan, const TileGrid& grid, const Records& records,
                     const std::vector<MissingTile>& missing, InputHashes& hashes,
                     const RunControl& control) {
  StagedOutput output(plan.directory);
  BatchMap map{add_up(plan, grid, records), {}};
  RunResult& result = map.result;
  if (!missing.empty()) {
    result.warnings.insert(
        result.warnings.begin(),
        fmt::format("{} of {} tiles are missing: the map has holes, and counts are without them",
                    missing.size(), records.size()));
  }
  const bool any =
      std::ranges::any_of(records, [](const auto& record) { return record.has_value(); });
  try {
    if (any) {
      const TilesInView tiles(output);
      write_mosaics(plan, grid, records, output, control);
      write_layer_styles(plan.scenario, output);
      write_exports(
          plan.scenario,
          {.folder = output.path(""),
           .extension = ".vrt",
           .synthetic_terrain = result.synthetic_terrain,
           .model = std::string(propagation::find_model(plan.scenario.propagation.model)->source)},
          output, control);
      try {
        write_picture(plan, grid, result, output);
      } catch (const geodata::GeodataError& error) {
        // It shows the ground too, and a tile that failed may have failed for the ground.
        result.warnings.push_back(std::string("there is no picture: ") + error.what());
      }
      std::vector<RunResult> parts;
      for (const auto& record : records) {
        if (record) parts.push_back(counts_of(*record));
      }
      output.write_text("kpis.csv", kpi_table(plan.scenario, result, parts));
    }
    output.write_text("tiles.csv", tile_table(grid, records, missing));
    if (plan.scenario.outputs.best_server || plan.scenario.outputs.second_server) {
      output.write_text("best_server.csv", cell_table(plan.scenario, result.synthetic_terrain));
    }
    if (plan.scenario.outputs.sites) {
      write_sites(plan.scenario, ground_under_sites(grid, records, plan.scenario.sites.size()),
                  result.synthetic_terrain, output);
    }
  } catch (const geodata::GeodataError& error) {
    throw OutputError(error.what());  // not the input's fault
  }
  if (control.stop.stop_requested()) throw Stopped();
  result.files = output.staged_names();
  result.files.emplace_back("run.json");
  map.files = result.files;
  output.write_text("run.json",
                    json_text(record_json(plan, grid, records, missing, result, hashes), 2) + "\n");
  const std::vector<std::string> earlier = recorded_files(plan.directory / "run.json");
  output.commit("run.json");
  output.remove_superseded(earlier, result.files);
  return map;
}

}  // namespace yonder::scenarios
