#include "scenarios/run_record.h"

#include <chrono>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/text.h"
#include "core/units.h"
#include "geodata/error.h"
#include "geodata/raster_output.h"
#include "scenarios/build_info.h"
#include "scenarios/optical_links.h"
#include "scenarios/ranges.h"
#include "scenarios/run_record_parts.h"
#include "scenarios/service_summary.h"
#include "scenarios/sha256.h"
#include "scenarios/shape_record.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

}  // namespace

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

namespace {

ordered_json label_json(const Label& label) {
  ordered_json json = {{"en", label.en}};
  if (!label.zh.empty()) json["zh"] = label.zh;
  return json;
}

/// A table as the path it came from; its content is among the inputs, with its hash.
ordered_json parameter_json(const ParameterValue& value) {
  if (const auto* tables = std::get_if<std::shared_ptr<const NumberTables>>(&value)) {
    return (*tables)->origin;
  }
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  return std::get<double>(value);
}

ordered_json parameters_json(std::span<const ParameterSpec> specs, const ParameterValues& values) {
  ordered_json parameters = ordered_json::object();
  for (const ParameterSpec& spec : specs) {
    const std::string name(spec.name);
    const auto given = values.find(name);
    if (given != values.end()) {
      parameters[name] = parameter_json(given->second);
    } else if (!spec.required && spec.table == TableForm::none) {
      std::visit([&](const auto& value) { parameters[name] = value; }, spec.default_value);
    }
  }
  return parameters;
}

}  // namespace

ordered_json scenario_json(const Scenario& scenario) {
  ordered_json json = {
      {"file", scenario.file.string()}, {"id", scenario.id}, {"title", label_json(scenario.title)}};
  if (const VariantConfig* variant = scenario.chosen_variant()) {
    json["variant"] = {{"id", variant->id}, {"name", label_json(variant->name)}};
  }
  json["yaml"] = scenario.echo;
  return json;
}

ordered_json model_json(const Scenario& scenario, const RunResult& result, const ModelInfo& info) {
  const PropagationConfig& config = scenario.propagation;
  ordered_json json = {
      {"id", config.model},
      {"source", info.source},
      {"polarization", config.polarization == Polarization::horizontal ? "horizontal" : "vertical"},
      {"parameters", parameters_json(info.parameters, config.parameters)}};
  for (std::size_t i = 0; i < info.members.size(); ++i) {
    json["members"].push_back({{"code", i + 1},
                               {"id", info.members[i].id},
                               {"rule", info.members[i].rule},
                               {"pixels", result.served_pixels[i]}});
  }
  if (config.additions.empty()) return json;
  json["additions"] = ordered_json::array();
  for (const AdditionConfig& one : config.additions) {
    const propagation::AdditionInfo& added = *one.choice.info;
    json["additions"].push_back(
        {{"id", added.id},
         {"source", added.source},
         {"where", propagation::kAdditionSurfaces[static_cast<std::size_t>(one.choice.surface)]},
         {"parameters", parameters_json(added.parameters, one.choice.parameters)}});
  }
  return json;
}

namespace {

ordered_json surface_json(const SurfaceCount& count, double pixel_area_km2) {
  ordered_json json = {{"pixels", count.pixels}, {"covered_pixels", count.covered}};
  json["share"] = count.pixels == 0 ? ordered_json() : ordered_json(count.share());
  json["covered_km2"] = static_cast<double>(count.covered) * pixel_area_km2;
  return json;
}

}  // namespace

ordered_json kpis_json(const Scenario& scenario, const RunResult& result) {
  ordered_json thresholds = ordered_json::array();
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    const Threshold& threshold = scenario.thresholds[i];
    const ThresholdKpi& kpi = result.kpis.thresholds[i];
    thresholds.push_back({{"id", threshold.id},
                          {"name", label_json(threshold.name)},
                          {"rsrp_dbm", threshold.rsrp_dbm},
                          {"all", surface_json(kpi.all, result.pixel_area_km2)},
                          {"land", surface_json(kpi.land, result.pixel_area_km2)},
                          {"sea", surface_json(kpi.sea, result.pixel_area_km2)}});
  }
  const LackCounts& lack = result.kpis.lack;
  return {{"judged_pixels", result.kpis.judged_pixels},
          {"judged_km2", static_cast<double>(result.kpis.judged_pixels) * result.pixel_area_km2},
          {"thresholds", thresholds},
          {"below_weakest",
           {{"pixels", lack.pixels},
            {"obstructed", lack.obstructed},
            {"power", lack.power},
            {"not_evaluated", lack.not_evaluated},
            {"beyond_radius", lack.beyond_radius}}},
          {"radius_rim", {{"pixels", result.rim.pixels}, {"above_weakest", result.rim.above}}}};
}

ordered_json availability_json(const Scenario& scenario, const RunResult& result) {
  if (scenario.availability.time_percents.empty()) return {};
  ordered_json terminals = ordered_json::object();
  for (std::size_t t = 0; t < result.availability.size(); ++t) {
    const AvailabilityKpis& kpis = result.availability[t];
    const auto share = [](std::size_t pixels, std::size_t of) {
      return of == 0 ? ordered_json()
                     : ordered_json(static_cast<double>(pixels) / static_cast<double>(of));
    };
    const auto shares = [&](const std::vector<AvailabilityKpis::Served>& list) {
      ordered_json json = ordered_json::object();
      for (const AvailabilityKpis::Served& one : list) {
        json[number_text(one.percent)] = {
            {"share", share(one.pixels.all(), kpis.judged.all())},
            {"land_share", share(one.pixels.land, kpis.judged.land)},
            {"sea_share", share(one.pixels.sea, kpis.judged.sea)},
            {"km2", static_cast<double>(one.pixels.all()) * result.pixel_area_km2}};
      }
      return json;
    };
    terminals[scenario.terminals[t].id] = {
        {"mean_percent", kpis.mean_percent},
        {"served_at_least_percent_of_time", shares(kpis.served)},
        {"served_at_losses_of_percent_of_time", shares(kpis.served_at)}};
  }
  return {{"time_percents", scenario.availability.time_percents}, {"terminals", terminals}};
}

namespace {

ordered_json sites_json(const Scenario& scenario, const Plan& plan) {
  ordered_json sites = ordered_json::array();
  int number = 0;
  for (const SiteConfig& site : scenario.sites) {
    ordered_json cells = ordered_json::array();
    for (const CellConfig& cell : site.cells) {
      const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
      cells.push_back({{"number", ++number},
                       {"id", cell.id},
                       {"carrier", carrier.id},
                       {"frequency_mhz", hz_to_mhz(carrier.frequency_hz)},
                       {"antenna", scenario.antennas[static_cast<std::size_t>(cell.antenna)].id},
                       {"height_agl_m", cell.height_agl_m},
                       {"azimuth_deg", cell.azimuth_deg},
                       {"mechanical_tilt_deg", cell.mechanical_tilt_deg},
                       {"electrical_tilt_deg", cell.electrical_tilt_deg},
                       {"power_dbm", cell.total_power_dbm},
                       {"feeder_loss_db", cell.feeder_loss_db}});
    }
    sites.push_back({{"id", site.id},
                     {"name", label_json(site.name)},
                     {"lon_deg", site.position.lon_deg},
                     {"lat_deg", site.position.lat_deg},
                     {"ground_amsl_m",
                      plan.terrain().ground_at(plan.analysis.projection.to_map(site.position))},
                     {"cells", std::move(cells)}});
  }
  return sites;
}

/// null when no cache was used.
ordered_json cache_json(const RunResult& result) {
  if (!result.cache) return {};
  const FieldCacheReport& cache = *result.cache;
  return {{"directory", result.cache_directory.string()},
          {"loaded", cache.loaded},
          {"stored", cache.stored},
          {"not_stored", cache.unstored},
          {"damaged", cache.damaged},
          {"evicted", cache.evicted}};
}

}  // namespace

ordered_json status_json(const CoverageKpis& kpis, const ModelInfo& model) {
  ordered_json statuses = ordered_json::array();
  for (const auto& [status, pixels] : kpis.status_pixels) {
    statuses.push_back(
        {{"code", status}, {"meaning", status_text(status, model)}, {"pixels", pixels}});
  }
  return statuses;
}

ordered_json record_head(const std::string& format) {
  return {{"format", format},
          {"yonder", kVersion},
          {"commit", kCommit},
          {"compiler", kCompiler},
          {"build_type", kBuildType},
          {"gdal", geodata::gdal_version()},
          {"proj", geodata::proj_version()},
          {"created_utc", utc_now()}};
}

ordered_json input_json(const std::filesystem::path& file, const FileDigest& digest) {
  return {{"file", file.string()}, {"bytes", digest.bytes}, {"sha256", digest.sha256}};
}

ordered_json grid_json(const geodata::Projection& projection, const Grid& grid,
                       double pixel_area_km2) {
  return {{"crs", projection.name()},        {"left_m", grid.top_left.x_m},
          {"top_m", grid.top_left.y_m},      {"pixel_m", grid.pixel_size_m},
          {"columns", grid.columns},         {"rows", grid.rows},
          {"pixel_area_km2", pixel_area_km2}};
}

ordered_json inputs_record(const Scenario& scenario, InputHashes& hashes) {
  ordered_json inputs = ordered_json::array();
  const std::set<std::filesystem::path> files(scenario.input_files.begin(),
                                              scenario.input_files.end());
  for (const std::filesystem::path& file : files) {
    try {
      inputs.push_back(input_json(file, hashes.of(file)));
    } catch (const std::runtime_error& error) {
      throw geodata::GeodataError(std::string(error.what()) +
                                  "; it was there when the scenario was loaded");
    }
  }
  return inputs;
}

std::vector<std::string> recorded_files(const std::filesystem::path& record) {
  std::ifstream in(record);
  const ordered_json earlier = ordered_json::parse(in, nullptr, false);
  if (!earlier.is_object() || !earlier.contains("files") || !earlier["files"].is_array()) return {};
  std::vector<std::string> names;
  for (const ordered_json& name : earlier["files"]) {
    if (name.is_string()) names.push_back(name.get<std::string>());
  }
  return names;
}

ordered_json run_record(const Scenario& scenario, const Plan& plan, const RunResult& result,
                        const ordered_json& inputs) {
  const ModelInfo& model = plan.model->info();
  const Grid grid = plan.terrain().grid.crop(plan.analysis.area);
  ordered_json terrain_sources = ordered_json::array();
  for (const geodata::TerrainSourceReport& source : plan.loaded.sources) {
    ordered_json files = ordered_json::array();
    for (const auto& file : source.files) files.push_back(file.string());
    terrain_sources.push_back(
        {{"files", files}, {"pixels", source.pixels}, {"synthetic", source.synthetic}});
  }
  ordered_json record = record_head("yonder-run-1");
  record.update(
      ordered_json{{"scenario", scenario_json(scenario)},
                   {"model", model_json(scenario, result, model)},
                   {"inputs", inputs},
                   {"grid", grid_json(plan.analysis.projection, grid, result.pixel_area_km2)},
                   {"sites", sites_json(scenario, plan)},
                   {"terrain",
                    {{"synthetic", plan.loaded.synthetic},
                     {"sources", terrain_sources},
                     {"no_data_pixels", plan.loaded.no_data_pixels},
                     {"sea_pixels", plan.loaded.sea_pixels},
                     {"assumed_sea_pixels", plan.loaded.assumed_sea_pixels}}},
                   {"status", status_json(result.kpis, model)},
                   {"kpis", kpis_json(scenario, result)},
                   {"service", service_json(scenario, plan, result)},
                   {"availability", availability_json(scenario, result)},
                   {"ranges", ranges_json(scenario)},
                   {"optical", optical_json(scenario)},
                   {"shapes", shapes_json(scenario, result.shapes)},
                   {"warnings", result.warnings},
                   {"files", result.files},
                   {"timings_s",
                    {{"terrain", result.timings.terrain_s},
                     {"propagation", result.timings.propagation_s},
                     {"shapes", result.timings.shapes_s},
                     {"output", result.timings.output_s},
                     {"total", result.timings.total_s}}},
                   {"paths", result.paths},
                   {"fields", result.fields},
                   {"field_cache", cache_json(result)},
                   {"estimated_mib", result.estimated_mib},
                   {"peak_rss_mib", result.peak_rss_mib},
                   {"threads", result.threads}});
  return record;
}

}  // namespace yonder::scenarios
