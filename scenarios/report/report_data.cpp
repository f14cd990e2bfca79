#include "scenarios/report/report_data.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <set>

#include "scenarios/csv_table.h"
#include "scenarios/report/map_layers.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{{file.string()}, "", problem, valid}});
}

ordered_json read_record(const fs::path& file, std::string_view format) {
  std::ifstream in(file);
  ordered_json record = ordered_json::parse(in, nullptr, false);
  if (!record.is_object() || !record.value("format", "").starts_with(format)) {
    refuse(file, "is no record of a finished run",
           "the folder that `yonder run SCENARIO` has written, such as out/desert-highway");
  }
  return record;
}

ordered_json read_if_there(const fs::path& file) {
  std::ifstream in(file);
  if (!in) return {};
  ordered_json value = ordered_json::parse(in, nullptr, false);
  return value.is_discarded() ? ordered_json() : value;
}

/// A number where the whole field is one, else the text.
ordered_json field_json(const std::string& field) {
  if (field.empty()) return {};
  char* end = nullptr;
  const double value = std::strtod(field.c_str(), &end);
  if (end == field.c_str() + field.size() && std::isfinite(value)) return value;
  return field;
}

/// A table by columns, which plots want.
ordered_json columns_json(const fs::path& file) {
  // What the page has no use for; a long route has many rows.
  static const std::set<std::string> kLeftOut = {
      "part",       "loaded_downlink_mbps", "limit_fails",
      "distance_m", "serving_forward",      "serving_backward",
      "best_cell"};
  const CsvTable table = read_csv(file);
  ordered_json columns = ordered_json::object();
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    if (kLeftOut.contains(table.header[c])) continue;
    ordered_json values = ordered_json::array();
    for (const CsvRow& row : table.rows) values.push_back(field_json(row.fields[c]));
    columns[table.header[c]] = std::move(values);
  }
  return columns;
}

struct Gathered {
  ordered_json run;
  ordered_json json;
};

Gathered gather_run(const fs::path& directory, const std::string& id) {
  Gathered one;
  one.run = read_record(directory / "run.json", "yonder-run-1");
  one.json = {{"id", id}, {"run", one.run}, {"budget", read_if_there(directory / "budget.json")}};
  ordered_json routes = ordered_json::object();
  ordered_json zones = ordered_json::object();
  for (const ordered_json& name : one.run.value("files", ordered_json::array())) {
    const fs::path file = name.is_string() ? name.get<std::string>() : "";
    if (file.extension() != ".csv" || file.has_parent_path()) continue;
    const std::string stem = file.stem().string();
    if (stem.starts_with("route-")) routes[stem.substr(6)] = columns_json(directory / file);
    if (stem.starts_with("zones-")) zones[stem.substr(6)] = columns_json(directory / file);
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

ReportData gather_report(const fs::path& directory, const ReportLimits& limits) {
  ReportData data;
  std::vector<Gathered> runs;
  std::vector<LayerFile> files;
  ordered_json compare;
  if (fs::exists(directory / "compare.json")) {
    compare = read_if_there(directory / "compare.json");
    if (!compare.is_object() || !compare.contains("variants")) {
      refuse(directory / "compare.json", "is no comparison of variants",
             "the folder that `yonder run` has written for a scenario with variants");
    }
    for (const ordered_json& variant : compare["variants"]) {
      const std::string id =
          variant.is_string() ? variant.get<std::string>() : variant.value("id", "");
      runs.push_back(gather_run(directory / id, id));
      const auto more = find_layers(directory / id, runs.back().run, id);
      files.insert(files.end(), more.begin(), more.end());
    }
  } else {
    if (!fs::exists(directory / "run.json")) {
      refuse(directory, "holds no run.json",
             "the folder that `yonder run SCENARIO` has written, such as out/desert-highway");
    }
    runs.push_back(gather_run(directory, ""));
    files = find_layers(directory, runs.back().run, "");
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
  data.page = {{"format", "yonder-report-1"},
               {"runs", std::move(all)},
               {"compare", std::move(compare)},
               {"left_out", packer.left_out()}};
  if (packer.projection() && !layers.empty()) {
    data.page["crs"] = packer.projection()->name();
    data.page["lonlat"] = lonlat_grid(*packer.projection(), layers);
  }
  data.page["layers"] = std::move(layers);
  return data;
}

}  // namespace yonder::scenarios
