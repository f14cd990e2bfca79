#include "scenarios/report/report_data.h"

#include <fmt/format.h>

#include <cmath>

#include "scenarios/file_name.h"
#include "scenarios/report/claims.h"
#include "scenarios/report/map_layers.h"
#include "scenarios/report/records.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

struct Gathered {
  ordered_json run;
  ordered_json json;
};

Gathered gather_run(const fs::path& directory, const std::string& id) {
  Gathered one;
  one.run = read_run_record(directory);
  one.json = {
      {"id", id}, {"run", one.run}, {"budget", read_json_if_there(directory / "budget.json")}};
  ordered_json routes = ordered_json::object();
  ordered_json zones = ordered_json::object();
  for (const ordered_json& name : one.run.value("files", ordered_json::array())) {
    const fs::path file = name.is_string() ? name.get<std::string>() : "";
    if (file.extension() != ".csv" || file.has_parent_path()) continue;
    const std::string stem = file.stem().string();
    if (stem.starts_with("route-")) routes[stem.substr(6)] = read_columns(directory / file);
    if (stem.starts_with("zones-")) zones[stem.substr(6)] = read_columns(directory / file);
  }
  one.json["routes"] = std::move(routes);
  one.json["zones"] = std::move(zones);
  return one;
}

/// Longitudes and latitudes at the nodes of a coarse grid over the map, between which the page
/// interpolates: in a UTM zone within a metre for nodes 20 km apart.
ordered_json lonlat_grid(const geodata::Projection& projection, const ordered_json& layers) {
  double left = 1e300, right = -1e300, bottom = 1e300, top = -1e300;
  for (const ordered_json& layer : layers) {
    const double side = layer["pixel_m"].get<double>() * layer["each"].get<int>();
    left = std::min(left, layer["left_m"].get<double>());
    top = std::max(top, layer["top_m"].get<double>());
    right = std::max(right, layer["left_m"].get<double>() + side * layer["columns"].get<int>());
    bottom = std::min(bottom, layer["top_m"].get<double>() - side * layer["rows"].get<int>());
  }
  const double step = std::max(right - left, top - bottom) / 48.0;
  const int columns = static_cast<int>(std::ceil((right - left) / step)) + 1;
  const int rows = static_cast<int>(std::ceil((top - bottom) / step)) + 1;
  ordered_json lon = ordered_json::array();
  ordered_json lat = ordered_json::array();
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const LonLat at = projection.to_lonlat({left + column * step, top - row * step});
      lon.push_back(std::round(at.lon_deg * 1e7) * 1e-7);
      lat.push_back(std::round(at.lat_deg * 1e7) * 1e-7);
    }
  }
  return {{"left_m", left}, {"top_m", top},   {"step_m", step}, {"columns", columns},
          {"rows", rows},   {"lon_deg", lon}, {"lat_deg", lat}};
}

/// Puts plane coordinates beside longitudes and latitudes.
void place(const geodata::Projection& projection, ordered_json& thing) {
  if (!thing.contains("lon_deg") || !thing.contains("lat_deg")) return;
  const MapPoint at =
      projection.to_map({thing["lon_deg"].get<double>(), thing["lat_deg"].get<double>()});
  thing["x_m"] = at.x_m;
  thing["y_m"] = at.y_m;
}

/// The points of shapes, whose position is [longitude, latitude].
void place_points(const geodata::Projection& projection, ordered_json& run) {
  if (!run.contains("shapes") || !run["shapes"].is_object()) return;
  for (ordered_json& list : run["shapes"]["points"]) {
    if (!list.contains("places")) continue;
    for (ordered_json& point : list["places"]) {
      const ordered_json at = point.value("position", ordered_json::array());
      if (at.size() != 2) continue;
      const MapPoint on_map = projection.to_map({at[0].get<double>(), at[1].get<double>()});
      point["x_m"] = on_map.x_m;
      point["y_m"] = on_map.y_m;
    }
  }
}

void place_route(const geodata::Projection& projection, ordered_json& route) {
  if (!route.contains("lon_deg") || !route.contains("lat_deg")) return;
  ordered_json x = ordered_json::array();
  ordered_json y = ordered_json::array();
  for (std::size_t i = 0; i < route["lon_deg"].size(); ++i) {
    const ordered_json& lon = route["lon_deg"][i];
    const ordered_json& lat = route["lat_deg"][i];
    if (!lon.is_number() || !lat.is_number()) {
      x.push_back(nullptr);
      y.push_back(nullptr);
      continue;
    }
    const MapPoint at = projection.to_map({lon.get<double>(), lat.get<double>()});
    x.push_back(std::round(at.x_m));
    y.push_back(std::round(at.y_m));
  }
  route["x_m"] = std::move(x);
  route["y_m"] = std::move(y);
}

}  // namespace

std::optional<fs::path> claims_beside(const fs::path& scenario_file) {
  std::error_code ignored;
  fs::path file = scenario_file.parent_path() / "expect.yaml";
  if (scenario_file.empty() || !fs::exists(file, ignored)) return std::nullopt;
  return file;
}

ordered_json gather_claims(const ReportSources& sources) {
  if (!sources.claims) return {};
  ordered_json records;
  if (sources.comparison) {
    for (const ReportRun& run : sources.runs)
      records["variants"][run.id] = read_run_record(run.folder);
    records["compare"] = read_comparison(*sources.comparison);
  } else {
    records = read_run_record(sources.runs.front().folder);
  }
  return read_claims(*sources.claims, records);
}

const ReportRun& first_shown(const ReportSources& sources, const ordered_json& claims) {
  for (const ordered_json& claim : claims) {
    if (!claim["claim"].is_string()) continue;
    for (const ReportRun& run : sources.runs) {
      if (claim.value("at", "").starts_with("/variants/" + run.id + "/")) return run;
    }
  }
  return sources.runs.size() > 1 ? sources.runs[1] : sources.runs.front();
}

ReportSources find_report_sources(const fs::path& directory) {
  ReportSources sources;
  const fs::path comparison = directory / "compare.json";
  if (fs::exists(comparison)) {
    sources.comparison = comparison;
    for (const ordered_json& variant :
         read_comparison(comparison).value("variants", ordered_json::array())) {
      if (!variant.is_string() || !is_plain_file_name(variant.get<std::string>())) continue;
      sources.runs.push_back({variant.get<std::string>(), directory / variant.get<std::string>()});
    }
  } else {
    if (!fs::exists(directory / "run.json")) {
      throw ScenarioErrors(
          {{{directory.string()},
            "",
            "holds no run.json",
            "the folder that `yonder run SCENARIO` has written, such as out/desert-highway"}});
    }
    sources.runs.push_back({"", directory});
  }
  if (!sources.runs.empty()) {
    const ordered_json run = read_run_record(sources.runs.front().folder);
    sources.claims =
        claims_beside(run.value("scenario", ordered_json::object()).value("file", std::string()));
  }
  return sources;
}

ReportData gather_report(const ReportSources& sources, const ReportLimits& limits) {
  ReportData data;
  std::vector<Gathered> runs;
  std::vector<LayerFile> files;
  ordered_json compare;
  if (sources.comparison) compare = read_comparison(*sources.comparison);
  for (const ReportRun& run : sources.runs) {
    runs.push_back(gather_run(run.folder, run.id));
    const auto more = find_layers(run.folder, runs.back().run, run.id);
    files.insert(files.end(), more.begin(), more.end());
  }
  LayerPacker packer(std::move(files), limits);
  ordered_json layers = packer.descriptions(data.blobs);
  ordered_json all = ordered_json::array();
  for (Gathered& one : runs) {
    if (packer.projection()) {
      if (one.json["run"].contains("sites")) {
        for (ordered_json& site : one.json["run"]["sites"]) place(*packer.projection(), site);
      }
      for (ordered_json& route : one.json["routes"]) place_route(*packer.projection(), route);
      place_points(*packer.projection(), one.json["run"]);
    }
    all.push_back(std::move(one.json));
  }
  ordered_json claims = gather_claims(sources);
  data.page = {{"format", "yonder-report-1"}, {"shown", first_shown(sources, claims).id},
               {"runs", std::move(all)},      {"compare", std::move(compare)},
               {"claims", std::move(claims)}, {"left_out", packer.left_out()}};
  if (packer.projection() && !layers.empty()) {
    data.page["crs"] = packer.projection()->name();
    data.page["lonlat"] = lonlat_grid(*packer.projection(), layers);
  }
  data.page["layers"] = std::move(layers);
  return data;
}

}  // namespace yonder::scenarios
