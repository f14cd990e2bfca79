#include "scenarios/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/parallel_rows.h"
#include "geodata/error.h"
#include "scenarios/availability_map.h"
#include "scenarios/exports.h"
#include "scenarios/field_source.h"
#include "scenarios/file_name.h"
#include "scenarios/input_hashes.h"
#include "scenarios/json_text.h"
#include "scenarios/map_files.h"
#include "scenarios/nr_plan.h"
#include "scenarios/peak_memory.h"
#include "scenarios/report/report.h"
#include "scenarios/report/report_inputs.h"
#include "scenarios/run_record.h"
#include "scenarios/service_summary.h"
#include "scenarios/shape_files.h"
#include "scenarios/shape_run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

bool same_field(const FieldSpec& a, const FieldSpec& b) {
  return a.frequency_hz == b.frequency_hz && a.receiver_height_agl_m == b.receiver_height_agl_m;
}

/// The fields a group needs, each once, and which of them each wish is.
struct GroupFields {
  std::vector<WantedField> wanted;
  std::vector<FieldSpec> specs;
  std::vector<std::size_t> spec_of;  ///< index into `specs` by `wanted`

  GroupFields(const CellGroup& group, const std::vector<double>& heights)
      : wanted(wanted_fields(group, heights)) {
    for (const WantedField& one : wanted) {
      const auto known =
          std::ranges::find_if(specs, [&](const FieldSpec& s) { return same_field(s, one.spec); });
      spec_of.push_back(static_cast<std::size_t>(known - specs.begin()));
      if (known == specs.end()) specs.push_back(one.spec);
    }
  }

  /// The fields of the scenario's own model, in the order of `specs`, then those of other shares of
  /// time that terminals need, each once.
  std::vector<FieldWish> wishes(const TimePlan& times) const {
    std::vector<FieldWish> all;
    for (const FieldSpec& spec : specs) all.push_back({0, spec});
    for (std::size_t model = 1; model < times.models.size(); ++model) {
      for (const FieldSpec& spec : specs) {
        if (is_of_terminal(spec)) all.push_back({model, spec});
      }
    }
    return all;
  }

  /// Adds the group's signals at one share of time.
  void add_slice(const TimeSlice& slice, const CellGroup& group, const Terrain& terrain,
                 const std::vector<FieldWish>& wishes, const std::vector<PathLossField>& fields,
                 ServiceSignals& signals, const RunControl& control) const {
    const auto field_of = [&](std::size_t model, const FieldSpec& spec) -> const PathLossField& {
      std::size_t i = 0;
      while (wishes[i].model != model || !same_field(wishes[i].spec, spec)) ++i;
      return fields[i];
    };
    const auto loss = [&](const FieldSpec& spec) {
      const PathLossField& field = field_of(slice.loss, spec);
      if (!slice.excess) return field;
      return with_excess(field, field_of(slice.excess->at, spec),
                         field_of(slice.excess->from, spec));
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].height < 0 || wanted[i].uplink) continue;
      const bool paired = i + 1 < wanted.size() && wanted[i + 1].uplink;
      const PathLossField down = loss(wanted[i].spec);
      std::optional<PathLossField> up;
      if (paired) up = loss(wanted[i + 1].spec);
      signals.add(wanted[i].height, group, terrain, down, up ? &*up : nullptr, control);
    }
  }

 private:
  bool is_of_terminal(const FieldSpec& spec) const {
    return std::ranges::any_of(wanted, [&](const WantedField& one) {
      return one.height >= 0 && same_field(one.spec, spec);
    });
  }
};

std::vector<std::string> cache_warnings(const FieldCacheReport& report) {
  std::vector<std::string> warnings;
  if (report.damaged > 0) {
    warnings.push_back(fmt::format("{} field{} of the cache {} damaged and computed anew: {}",
                                   report.damaged, report.damaged == 1 ? "" : "s",
                                   report.damaged == 1 ? "was" : "were", report.first_damage));
  }
  if (report.unstored > 0) {
    warnings.push_back(fmt::format("{} field{} not kept in the cache: {}", report.unstored,
                                   report.unstored == 1 ? " was" : "s were", report.why_unstored));
  }
  return warnings;
}

}  // namespace

std::vector<std::string> coverage_warnings(const Scenario& scenario, const ModelInfo& model,
                                           const CoverageKpis& kpis, const RimCount& rim,
                                           const GroundCount& ground) {
  std::vector<std::string> warnings;
  if (ground.synthetic) {
    warnings.emplace_back("terrain is synthetic (合成地形): shapes are plausible, not real");
  }
  if (const double share = percent(rim.above, rim.pixels); share > 0.5) {
    warnings.push_back(fmt::format(
        "the radius of {:g} km cuts the map: {:.0f} % of its rim is still at or above "
        "{:g} dBm; a larger calculation.radius_km shows more",
        scenario.calculation.radius_m / 1000.0, share, scenario.thresholds.back().rsrp_dbm));
  }
  for (const auto& [status, pixels] : kpis.status_pixels) {
    if (pixel_status::has_value(status) && status != pixel_status::kIncomplete) continue;
    if (status == pixel_status::kBeyondRadius) continue;
    warnings.push_back(fmt::format("{} pixels ({:.1f} %): {}", pixels,
                                   percent(pixels, kpis.judged_pixels),
                                   status_text(status, model)));
  }
  if (ground.assumed_sea_pixels > 0) {
    warnings.push_back(
        fmt::format("{:.1f} % of the grid has no terrain data and is taken as sea "
                    "(terrain.sea.assume_sea_level)",
                    percent(ground.assumed_sea_pixels, ground.grid_pixels)));
  }
  return warnings;
}

Coverage compute_coverage(const Scenario& scenario, const Plan& plan,
                          const nr::ServicePlan& service, FieldCache* cache,
                          const RunControl& control) {
  const PixelWindow area = plan.analysis.area;
  Coverage coverage{CoverageMap(area, scenario.calculation.servers), {}, {}, 0, 0, {}, {}};
  const std::vector<double> heights = terminal_heights(scenario);
  const TimePlan times = make_time_plan(scenario, *plan.model);
  JobProgress job;
  for (const CellGroup& group : plan.groups) {
    const auto rows =
        static_cast<std::size_t>(field_window(plan.terrain().grid, area, group.spec).rows);
    const std::size_t wishes = GroupFields(group, heights).wishes(times).size();
    job.total += rows * wishes;
    coverage.fields += wishes;
  }
  FieldSource source(scenario, plan, times, cache, control, job);
  std::optional<ServiceSignals> signals;
  if (!heights.empty()) signals.emplace(scenario, service, area);
  const nr::ServicePlan timeless = without_time_margin(service);
  std::vector<ServiceSignals> timed_signals;
  for (std::size_t s = 0; s < times.slices.size(); ++s) {
    timed_signals.emplace_back(scenario, timeless, area);
  }
  std::vector<AntennaPosition> sites;
  for (const CellGroup& group : plan.groups) {
    const GroupFields needed(group, heights);
    const std::vector<FieldWish> wishes = needed.wishes(times);
    const std::vector<PathLossField> fields = source.get(wishes);
    for (std::size_t i = 0; i < needed.wanted.size(); ++i) {
      const WantedField& wanted = needed.wanted[i];
      const PathLossField& field = fields[needed.spec_of[i]];
      if (wanted.height < 0) {
        add_to_coverage(coverage.map, field, group.cells, plan.terrain(), group.spec,
                        scenario.receiver, control);
      } else if (!wanted.uplink) {
        const bool paired = i + 1 < needed.wanted.size() && needed.wanted[i + 1].uplink;
        signals->add(wanted.height, group, plan.terrain(), field,
                     paired ? &fields[needed.spec_of[i + 1]] : nullptr, control);
      }
    }
    for (std::size_t s = 0; s < times.slices.size(); ++s) {
      needed.add_slice(times.slices[s], group, plan.terrain(), wishes, fields, timed_signals[s],
                       control);
    }
    const LonLat at = group.spec.antenna.lonlat;
    const bool same_site = !sites.empty() && sites.back().lonlat.lon_deg == at.lon_deg &&
                           sites.back().lonlat.lat_deg == at.lat_deg;
    if (!same_site) sites.push_back(group.spec.antenna);
  }
  for (std::size_t t = 0; t < service.terminals.size(); ++t) {
    coverage.services.push_back(
        judge_service(scenario, plan, service, t, *signals, coverage.map, control));
    if (times.slices.empty()) continue;
    judge_availability(scenario, plan, times, timeless, t, timed_signals, coverage.map, control,
                       coverage.services.back());
  }
  coverage.paths = source.paths();
  coverage.served_pixels.assign(plan.model->info().members.size(), 0);
  for (const std::uint8_t served_by : coverage.map.served_by) {
    if (served_by > 0) ++coverage.served_pixels[served_by - 1U];
  }
  coverage.rim = count_rim(coverage.map, plan.terrain(), sites, scenario.calculation.radius_m,
                           scenario.thresholds.back().rsrp_dbm);
  std::vector<double> thresholds;
  for (const Threshold& threshold : scenario.thresholds) thresholds.push_back(threshold.rsrp_dbm);
  coverage.kpis =
      judge_coverage(coverage.map, plan.terrain(), thresholds, plan.analysis.whole_window);
  return coverage;
}

RunResult run_into(const StagedOutput& output, const Scenario& scenario, const RunOptions& options,
                   TerrainReuse* terrain) {
  const auto start = std::chrono::steady_clock::now();
  const auto stage = [&](std::string_view name) {
    if (options.control.stop.stop_requested()) throw Stopped();
    if (options.stage) options.stage(name);
  };
  RunResult result;
  result.directory = output.directory();
  result.threads = thread_count(options.control);

  stage("terrain");
  Plan plan = make_plan(scenario, terrain);
  result.timings.terrain_s = seconds_since(start);
  result.synthetic_terrain = plan.loaded.synthetic;
  result.estimated_mib =
      static_cast<double>(estimated_memory_bytes(scenario, plan.analysis)) / (1 << 20);
  result.pixel_area_km2 = true_pixel_area_km2(plan.analysis);

  // Before the long part, so that what is recorded is what was read.
  InputHashes hashes(scenario.read_files);
  const nlohmann::ordered_json inputs = inputs_record(scenario, hashes);

  stage("propagation");
  const auto propagation_start = std::chrono::steady_clock::now();
  std::optional<FieldCache> cache;
  if (const auto settings = field_cache_settings(scenario.calculation, options.field_cache)) {
    cache.emplace(*settings);
  }
  if (!scenario.terminals.empty()) result.service_plan = make_service_plan(scenario, plan);
  const Coverage coverage = compute_coverage(scenario, plan, result.service_plan,
                                             cache ? &*cache : nullptr, options.control);
  result.timings.propagation_s = seconds_since(propagation_start);
  result.kpis = coverage.kpis;
  result.rim = coverage.rim;
  result.paths = coverage.paths;
  result.served_pixels = coverage.served_pixels;
  for (const TerminalService& one : coverage.services) result.services.push_back(one.kpis);
  result.fields = coverage.fields;
  for (const TerminalService& one : coverage.services) {
    result.availability.push_back(one.availability);
  }
  if (cache) {
    result.cache = cache->report();
    result.cache_directory = cache->directory();
  }
  if (!scenario.shapes.empty()) {
    stage("shapes");
    const auto shapes_start = std::chrono::steady_clock::now();
    result.shapes = compute_shapes(scenario, plan, result.service_plan, coverage, options.control);
    result.timings.shapes_s = seconds_since(shapes_start);
  }
  result.warnings = coverage_warnings(
      scenario, plan.model->info(), result.kpis, result.rim,
      {plan.loaded.synthetic, plan.terrain().grid.size(), plan.loaded.assumed_sea_pixels});
  if (cache) {
    for (std::string& warning : cache_warnings(cache->report())) {
      result.warnings.push_back(std::move(warning));
    }
  }

  for (std::string& warning :
       plan_warnings(scenario, plan.analysis.projection, sites_by_the_sea(scenario, plan))) {
    result.warnings.push_back(std::move(warning));
  }

  for (const std::string& warning : result.shapes.warnings) result.warnings.push_back(warning);

  stage("output");
  const auto output_start = std::chrono::steady_clock::now();
  try {
    write_map_files(scenario, plan, coverage, output, options.control);
    write_layer_styles(scenario, output);
    write_exports(scenario,
                  {.folder = output.path(""),
                   .synthetic_terrain = plan.loaded.synthetic,
                   .model = std::string(plan.model->info().source)},
                  output, options.control);
    write_shape_files(scenario, plan, result.shapes, output);
    if (scenario.outputs.report) {
      for (std::string& warning : write_report_inputs(scenario, plan, output)) {
        result.warnings.push_back(std::move(warning));
      }
    }
  } catch (const geodata::GeodataError& error) {
    throw OutputError(error.what());  // not the input's fault
  }
  result.timings.output_s = seconds_since(output_start);
  result.timings.total_s = seconds_since(start);
  result.peak_rss_mib = peak_rss_mib();
  result.files = output.staged_names();
  result.files.emplace_back("run.json");
  if (scenario.outputs.report && options.report_page) result.files.emplace_back(kReportFile);
  output.write_text("run.json", json_text(run_record(scenario, plan, result, inputs), 2) + "\n");
  if (scenario.outputs.report && options.report_page) {
    stage("report");
    output.write_text(kReportFile, make_report({.runs = {{"", output.path("")}},
                                                .comparison = {},
                                                .claims = claims_beside(scenario.file)}));
  }
  if (terrain != nullptr) terrain->loaded = std::move(plan.loaded);
  return result;
}

void commit_run(StagedOutput& output, const RunResult& result) {
  const std::vector<std::string> earlier = recorded_files(output.directory() / "run.json");
  output.commit("run.json");
  output.remove_superseded(earlier, result.files);
}

void remove_recorded_run(const std::filesystem::path& directory) {
  std::vector<std::string> names = recorded_files(directory / "run.json");
  if (names.empty()) return;
  std::error_code ignored;
  for (const std::string& name : names) {
    if (is_plain_file_name(name)) std::filesystem::remove(directory / name, ignored);
  }
  std::filesystem::remove(directory / "run.json", ignored);
  std::filesystem::remove(directory, ignored);  // goes only while empty
}

RunResult run_scenario(const Scenario& scenario, const RunOptions& options) {
  // First, so that an output folder that cannot be written costs nobody a calculation.
  StagedOutput output(scenario.outputs.directory);
  RunResult result = run_into(output, scenario, options, nullptr);
  if (options.control.stop.stop_requested()) throw Stopped();
  commit_run(output, result);
  return result;
}

}  // namespace yonder::scenarios
