#include "scenarios/report/records.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <string>

#include "scenarios/csv_table.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{{file.string()}, "", problem, valid}});
}

/// The number that the whole field is.
std::optional<double> number_of(const std::string& field) {
  if (field.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(field.c_str(), &end);
  if (end != field.c_str() + field.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

ordered_json field_json(const std::string& field, bool is_text) {
  if (is_text) return field;
  if (const auto value = number_of(field)) return *value;
  return field.empty() ? ordered_json() : ordered_json(field);
}

}  // namespace

ordered_json read_run_record(const fs::path& folder) {
  std::ifstream in(folder / "run.json");
  ordered_json record = ordered_json::parse(in, nullptr, false);
  if (!record.is_object() || record.value("format", "") != "yonder-run-1") {
    refuse(folder / "run.json", "is no record of a finished run",
           "the folder that `yonder run SCENARIO` has written, such as out/desert-highway");
  }
  return record;
}

ordered_json read_comparison(const fs::path& file) {
  std::ifstream in(file);
  ordered_json comparison = ordered_json::parse(in, nullptr, false);
  if (!comparison.is_object() || !comparison.contains("variants")) {
    refuse(file, "is no comparison of variants",
           "the folder that `yonder run` has written for a scenario with variants");
  }
  return comparison;
}

ordered_json read_json_if_there(const fs::path& file) {
  std::ifstream in(file);
  if (!in) return {};
  ordered_json value = ordered_json::parse(in, nullptr, false);
  return value.is_discarded() ? ordered_json() : value;
}

ordered_json read_columns(const fs::path& file) {
  static const std::set<std::string> kLeftOut = {
      "part",       "loaded_downlink_mbps", "limit_fails",
      "distance_m", "serving_forward",      "serving_backward",
      "best_cell"};
  static const std::set<std::string> kText = {"terminal", "class", "limit", "section"};
  const CsvTable table = read_csv(file);
  ordered_json columns = ordered_json::object();
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const std::string& name = table.header[c];
    if (kLeftOut.contains(name)) continue;
    ordered_json values = ordered_json::array();
    for (const CsvRow& row : table.rows) {
      values.push_back(field_json(row.fields[c], kText.contains(name)));
    }
    columns[name] = std::move(values);
  }
  return columns;
}

std::vector<MapPoint> route_line(const fs::path& file, const geodata::Projection& projection) {
  const CsvTable table = read_csv(file);
  std::vector<MapPoint> line;
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(table.header, name) - table.header.begin());
  };
  const std::size_t lon = column("lon_deg");
  const std::size_t lat = column("lat_deg");
  const std::size_t terminal = column("terminal");
  if (std::max({lon, lat, terminal}) >= table.header.size()) return line;
  for (const CsvRow& row : table.rows) {
    // A row each place and terminal: those of the first hold all places.
    if (row.fields[terminal] != table.rows.front().fields[terminal]) continue;
    const auto x = number_of(row.fields[lon]);
    const auto y = number_of(row.fields[lat]);
    if (x && y) line.push_back(projection.to_map({*x, *y}));
  }
  return line;
}

}  // namespace yonder::scenarios
