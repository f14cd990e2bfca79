#include "scenarios/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <utility>

#include "scenarios/compare_maps.h"
#include "scenarios/csv_table.h"
#include "scenarios/json_text.h"
#include "scenarios/key_units.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// Parts of a record that hold numbers to be compared.
constexpr auto kCompared = std::to_array<std::string_view>(
    {"kpis", "service", "availability", "shapes", "ranges", "optical"});

/// Numbers that say nothing of a run's worth: codes of categories.
bool is_no_kpi(std::string_view key) { return key == "code"; }

std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

bool all_have_ids(const ordered_json& list) {
  return std::ranges::all_of(list, [](const ordered_json& item) {
    return item.is_object() && item.contains("id") && item["id"].is_string();
  });
}

void flatten(const ordered_json& node, const std::string& path, const std::string& name,
             std::string_view key, std::vector<KpiRow>& rows) {
  if (node.is_number() && !is_no_kpi(key)) {
    rows.push_back({path, name, unit_at(path), {node.get<double>()}});
  } else if (node.is_object()) {
    for (const auto& [below, value] : node.items()) {
      flatten(value, path + "/" + escaped(below), name + "/" + escaped(below), below, rows);
    }
  } else if (node.is_array() && all_have_ids(node)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      flatten(node[i], path + "/" + std::to_string(i),
              name + "/" + escaped(node[i]["id"].get<std::string>()), key, rows);
    }
  }
}

Label label_of(const ordered_json& json, const std::string& otherwise) {
  Label label{otherwise, {}};
  if (!json.is_object()) return label;
  label.en = json.value("en", otherwise);
  label.zh = json.value("zh", std::string());
  return label;
}

/// The number at a pointer, where there is one.
std::optional<double> number_at(const ordered_json& record, const std::string& pointer) {
  const ordered_json::json_pointer at(pointer);
  if (!record.contains(at) || !record.at(at).is_number()) return std::nullopt;
  return record.at(at).get<double>();
}

/// Radius of a circle of a site's share of that area.
std::optional<double> radius_m(std::optional<double> km2, std::size_t sites) {
  if (!km2 || sites == 0) return std::nullopt;  // no sites: of an earlier version of the program
  return 1000.0 * std::sqrt(*km2 / static_cast<double>(sites) / std::numbers::pi);
}

class Gains {
 public:
  explicit Gains(const std::vector<RunFolder>& runs) : runs_(runs) {}

  std::vector<Gain> collect() {
    ranges();
    areas();
    routes();
    return std::move(gains_);
  }

 private:
  const ordered_json& first() const { return runs_.front().record; }

  /// A row of values; left out where the first run has none, or nobody else.
  template <typename ValueOf>
  void add(std::string id, std::string what, std::string how, const ValueOf& value_of) {
    Gain gain{std::move(id), std::move(what), std::move(how), {}};
    for (const RunFolder& run : runs_) gain.values_m.push_back(value_of(run.record));
    const auto others =
        std::ranges::count_if(gain.values_m, [](const auto& value) { return value.has_value(); });
    if (gain.values_m.front() && others > 1) gains_.push_back(std::move(gain));
  }

  const ordered_json* at(const std::string& pointer) const {
    const ordered_json::json_pointer path(pointer);
    return first().contains(path) ? &first().at(path) : nullptr;
  }

  void ranges() {
    for (const std::string surface : {"land", "sea"}) {
      const ordered_json* const thresholds = at("/ranges/receiver/" + surface);
      if (thresholds == nullptr) continue;
      for (const auto& [id, threshold] : thresholds->items()) {
        add("range_" + surface + "_" + id,
            fmt::format("range at {:g} dBm over {}", threshold.value("rsrp_dbm", 0.0),
                        surface == "sea" ? "open sea" : "level land"),
            "link budget of the farthest-reaching cell in its boresight, receiver's SS-RSRP, no "
            "terrain",
            [&, key = escaped(id)](const ordered_json& record) {
              return number_at(record, "/ranges/receiver/" + surface + "/" + key + "/range_m");
            });
      }
    }
    const ordered_json* const terminals = at("/ranges/terminals");
    if (terminals == nullptr) return;
    for (const auto& [id, terminal] : terminals->items()) {
      if (!terminal.is_object()) continue;
      add("service_range_" + id,
          fmt::format("range of service, {}, over {}", id,
                      terminal.value("surface", "") == "sea" ? "open sea" : "level land"),
          "link budget of the farthest-reaching cell: the least of all channels' ranges and of the "
          "access range",
          [&, key = escaped(id)](const ordered_json& record) {
            return number_at(record, "/ranges/terminals/" + key + "/service_m");
          });
    }
  }

  void areas() {
    for (const ordered_json& threshold :
         first().value("/kpis/thresholds"_json_pointer, ordered_json::array())) {
      const std::string id = threshold.value("id", "");
      add("area_radius_" + id,
          fmt::format("covered area at {:g} dBm, as a site's radius",
                      threshold.value("rsrp_dbm", 0.0)),
          "radius of a circle as large as the area of all cells together on this terrain, shared "
          "out among the sites",
          [&](const ordered_json& record) -> std::optional<double> {
            if (sites_of(record) != sites_of(first())) return std::nullopt;
            for (const ordered_json& one :
                 record.value("/kpis/thresholds"_json_pointer, ordered_json::array())) {
              if (one.value("id", "") != id) continue;
              return radius_m(number_at(one, "/all/covered_km2"), sites_of(record));
            }
            return std::nullopt;
          });
    }
    for (const ordered_json& terminal :
         first().value("/service/terminals"_json_pointer, ordered_json::array())) {
      const std::string id = terminal.value("id", "");
      add("service_area_radius_" + id, fmt::format("area with service, {}, as a site's radius", id),
          "radius of a circle as large as the area with at least effective service, shared out "
          "among the sites",
          [&](const ordered_json& record) -> std::optional<double> {
            if (sites_of(record) != sites_of(first())) return std::nullopt;
            return radius_m(served_km2(record, id), sites_of(record));
          });
    }
  }

  /// Of runs with other numbers of sites a site's share says nothing: more of them cover more, and
  /// each of them less.
  static std::size_t sites_of(const ordered_json& record) {
    return record.value("sites", ordered_json::array()).size();
  }

  static std::optional<double> served_km2(const ordered_json& record, const std::string& id) {
    for (const ordered_json& terminal :
         record.value("/service/terminals"_json_pointer, ordered_json::array())) {
      if (terminal.value("id", "") != id) continue;
      double km2 = 0.0;
      for (const ordered_json& one : terminal.value("classes", ordered_json::array())) {
        const std::string name = one.value("id", "");
        if (name == "continuous" || name == "effective") km2 += one.value("km2", 0.0);
      }
      return km2;
    }
    return std::nullopt;
  }

  void routes() {
    const ordered_json* const routes = at("/shapes/routes");
    if (routes == nullptr) return;
    for (const auto& [route, content] : routes->items()) {
      const ordered_json terminals = content.value("terminals", ordered_json::object());
      for (const auto& [terminal, kpis] : terminals.items()) {
        const std::string base =
            "/shapes/routes/" + escaped(route) + "/terminals/" + escaped(terminal);
        const std::string length = "/shapes/routes/" + escaped(route) + "/length_m";
        add("route_longest_" + route + "_" + terminal,
            fmt::format("longest stretch with service on {}, {}", route, terminal),
            "along the route, without a hole", [&](const ordered_json& record) {
              return number_at(record, base + "/longest_covered_m");
            });
        add("route_covered_" + route + "_" + terminal,
            fmt::format("length with service on {}, {}", route, terminal), "along the route",
            [&](const ordered_json& record) -> std::optional<double> {
              const auto share = number_at(record, base + "/covered_share");
              const auto whole = number_at(record, length);
              if (!share || !whole) return std::nullopt;
              return *share * *whole;
            });
      }
    }
  }

  const std::vector<RunFolder>& runs_;
  std::vector<Gain> gains_;
};

ordered_json number_or_null(std::optional<double> value) {
  return value ? ordered_json(*value) : ordered_json();
}

std::optional<double> difference(const std::vector<std::optional<double>>& values,
                                 std::size_t run) {
  if (!values.front() || !values[run]) return std::nullopt;
  return *values[run] - *values.front();
}

/// {VARIANT: value} of all runs, or of all but the first.
template <typename ValueOf>
ordered_json by_run(const Comparison& comparison, std::size_t from, const ValueOf& value_of) {
  ordered_json json = ordered_json::object();
  for (std::size_t i = from; i < comparison.runs.size(); ++i) {
    json[comparison.runs[i].id] = number_or_null(value_of(i));
  }
  return json;
}

ordered_json map_json(const Comparison& comparison, const MapDifference& map) {
  ordered_json json = {
      {"variant", comparison.runs[map.run].id},
      {"against", comparison.runs.front().id},
      {"terminal", map.terminal.empty() ? ordered_json() : ordered_json(map.terminal)},
      {"layer", map.layer},
      {"file", map.file},
      {"picture", map.picture.empty() ? ordered_json() : ordered_json(map.picture)},
      {"pixels", map.pixels}};
  if (map.mean_db) {
    json["mean_db"] = *map.mean_db;
    json["p10_db"] = number_or_null(map.p10_db);
    json["p50_db"] = number_or_null(map.p50_db);
    json["p90_db"] = number_or_null(map.p90_db);
  } else {
    json["gained_km2"] = map.gained_km2;
    json["lost_km2"] = map.lost_km2;
  }
  return json;
}

std::string csv_text(const Comparison& comparison) {
  std::string text = "name,path,unit";
  for (const RunFolder& run : comparison.runs) text += "," + csv_field(run.id);
  for (std::size_t i = 1; i < comparison.runs.size(); ++i) {
    text += "," + csv_field(comparison.runs[i].id + " difference");
  }
  text += "\n";
  const auto number = [](std::optional<double> value) {
    return value ? fmt::format(",{}", *value) : std::string(",");
  };
  for (const KpiRow& row : comparison.kpis) {
    text += csv_field(row.name) + "," + csv_field(row.path) + "," + row.unit;
    for (const auto& value : row.values) text += number(value);
    for (std::size_t i = 1; i < row.values.size(); ++i) text += number(difference(row.values, i));
    text += "\n";
  }
  return text;
}

/// What planners look at first; the rest is in compare.csv.
bool is_shown(const KpiRow& row) {
  const std::string_view name = row.name;
  if (name.starts_with("/kpis/thresholds/")) return name.ends_with("/all/share");
  if (name.starts_with("/service/terminals/")) {
    return name.ends_with("/continuous/share") || name.ends_with("/effective/share") ||
           name.ends_with("/mean_downlink_bps") || name.ends_with("/mean_uplink_bps");
  }
  if (name.starts_with("/availability/")) {
    return name.ends_with("/mean_percent") || name.ends_with("/90/share");
  }
  if (name.starts_with("/shapes/")) {
    return name.ends_with("/covered_share") || name.ends_with("/longest_hole_m") ||
           name.ends_with("/served_at_least_percent_of_time/90/share");
  }
  return name.starts_with("/optical/") && name.ends_with("/spare_db");
}

std::string value_text(std::optional<double> value, std::string_view unit, bool with_sign) {
  if (!value) return "-";
  const double v = *value;
  const auto format = [&](double scaled, int digits, std::string_view shown) {
    return with_sign ? fmt::format("{:+.{}f} {}", scaled, digits, shown)
                     : fmt::format("{:.{}f} {}", scaled, digits, shown);
  };
  if (unit == "1") return format(100.0 * v, 1, with_sign ? "pp" : "%");
  if (unit == "bit/s") return format(v * 1e-6, 1, "Mbit/s");
  if (unit == "m") return format(v * 1e-3, 2, "km");
  if (unit.empty()) return format(v, 2, "");
  return format(v, 1, unit);
}

std::string run_name(const RunFolder& run) {
  const Label& name = run.name;
  const std::string text =
      name.zh.empty() || name.zh == name.en ? name.en : name.en + " " + name.zh;
  return text == run.id ? text : run.id + " (" + text + ")";
}

}  // namespace

std::optional<double> Gain::gain_m(std::size_t run) const { return difference(values_m, run); }

std::optional<double> Gain::gain_percent(std::size_t run) const {
  const std::optional<double> gained = gain_m(run);
  if (!gained || !(*values_m.front() > 0.0)) return std::nullopt;
  return 100.0 * *gained / *values_m.front();
}

std::vector<KpiRow> flatten_record(const ordered_json& record) {
  std::vector<KpiRow> rows;
  for (const std::string_view part : kCompared) {
    const std::string key(part);
    if (!record.contains(key)) continue;
    flatten(record[key], "/" + key, "/" + key, part, rows);
  }
  return rows;
}

RunFolder read_run_folder(const fs::path& folder, const std::string& id, const Label& name) {
  const fs::path file = folder / "run.json";
  std::ifstream in(file);
  RunFolder run{id, name, folder, ordered_json::parse(in, nullptr, false)};
  if (!run.record.is_object() || run.record.value("format", "") != "yonder-run-1") {
    throw ScenarioErrors({{{},
                           folder.string(),
                           in.is_open() ? "holds a run.json that is not a run's"
                                        : "is no folder of a finished run: there is no run.json",
                           "yonder compare out/plan-a out/plan-b"}});
  }
  return run;
}

std::vector<RunFolder> find_runs(const fs::path& folder) {
  const auto named = [](const fs::path& at, const std::string& id) {
    RunFolder run = read_run_folder(at, id, {id, {}});
    const ordered_json& scenario = run.record["scenario"];
    if (scenario.contains("variant")) run.name = label_of(scenario["variant"]["name"], id);
    return run;
  };
  std::string own_name = fs::absolute(folder).lexically_normal().filename().string();
  if (own_name.empty()) own_name = fs::absolute(folder).lexically_normal().parent_path().filename();
  if (fs::exists(folder / "run.json")) return {named(folder, own_name)};
  std::vector<std::string> ids;
  std::ifstream in(folder / kComparisonFile);
  const ordered_json earlier = ordered_json::parse(in, nullptr, false);
  if (earlier.is_object() && earlier.contains("variants")) {
    for (const auto& id : earlier["variants"]) ids.push_back(id.get<std::string>());
  } else {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
      const std::string id = entry.path().filename().string();
      if (!id.starts_with('.') && fs::exists(entry.path() / "run.json")) ids.push_back(id);
    }
    std::ranges::sort(ids);
  }
  if (ids.empty()) {
    throw ScenarioErrors({{{},
                           folder.string(),
                           "holds no finished run: neither run.json nor folders with one",
                           "yonder compare out/plan-a out/plan-b"}});
  }
  std::vector<RunFolder> runs;
  for (const std::string& id : ids) runs.push_back(named(folder / id, id));
  return runs;
}

Comparison compare_runs(std::vector<RunFolder> runs, const StagedOutput& output, bool pictures) {
  Comparison comparison;
  comparison.runs = std::move(runs);
  std::map<std::string, std::size_t> row_of;
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    for (KpiRow& found : flatten_record(comparison.runs[i].record)) {
      const auto [it, is_new] = row_of.emplace(found.name, comparison.kpis.size());
      const std::optional<double> value = found.values.front();
      if (is_new) {
        found.values.assign(comparison.runs.size(), std::nullopt);
        comparison.kpis.push_back(std::move(found));
      }
      comparison.kpis[it->second].values[i] = value;
    }
  }
  comparison.gains = Gains(comparison.runs).collect();
  for (std::size_t i = 1; i < comparison.runs.size(); ++i) {
    const auto build = [&](std::size_t run) {
      return comparison.runs[run].record.value("commit", std::string());
    };
    if (build(i) != build(0)) {
      comparison.warnings.push_back(
          fmt::format("{} was run by another build of yonder ({}) than {} ({})",
                      comparison.runs[i].id, build(i), comparison.runs[0].id, build(0)));
    }
  }
  compare_maps(comparison, output, pictures);
  return comparison;
}

void write_comparison(const Comparison& comparison, const StagedOutput& output,
                      const std::vector<std::string>& to_come) {
  ordered_json variants = ordered_json::array();
  ordered_json names = ordered_json::object();
  for (const RunFolder& run : comparison.runs) {
    variants.push_back(run.id);
    names[run.id] = {{"en", run.name.en}};
    if (!run.name.zh.empty()) names[run.id]["zh"] = run.name.zh;
  }
  ordered_json gains = ordered_json::array();
  for (const Gain& gain : comparison.gains) {
    gains.push_back(
        {{"id", gain.id},
         {"what", gain.what},
         {"how", gain.how},
         {"unit", "m"},
         {"values", by_run(comparison, 0, [&](std::size_t i) { return gain.values_m[i]; })},
         {"gain_m", by_run(comparison, 1, [&](std::size_t i) { return gain.gain_m(i); })},
         {"gain_percent",
          by_run(comparison, 1, [&](std::size_t i) { return gain.gain_percent(i); })}});
  }
  ordered_json kpis = ordered_json::array();
  for (const KpiRow& row : comparison.kpis) {
    kpis.push_back({{"path", row.path},
                    {"name", row.name},
                    {"unit", row.unit},
                    {"values", by_run(comparison, 0, [&](std::size_t i) { return row.values[i]; })},
                    {"difference", by_run(comparison, 1, [&](std::size_t i) {
                       return difference(row.values, i);
                     })}});
  }
  ordered_json maps = ordered_json::array();
  for (const MapDifference& map : comparison.maps) maps.push_back(map_json(comparison, map));
  output.write_text("compare.csv", csv_text(comparison));
  std::vector<std::string> files = output.staged_names();
  files.emplace_back(kComparisonFile);
  files.insert(files.end(), to_come.begin(), to_come.end());
  const ordered_json json = {{"format", "yonder-compare-1"},
                             {"variants", variants},
                             {"names", names},
                             {"against", comparison.runs.front().id},
                             {"gains", gains},
                             {"maps", maps},
                             {"kpis", kpis},
                             {"warnings", comparison.warnings},
                             {"files", files}};
  output.write_text(std::string(kComparisonFile), json_text(json, 2) + "\n");
}

std::string comparison_text(const Comparison& comparison) {
  std::string text;
  const RunFolder& first = comparison.runs.front();
  for (std::size_t i = 1; i < comparison.runs.size(); ++i) {
    text += fmt::format("{} against {}\n", run_name(comparison.runs[i]), run_name(first));
    text += "\n  Gain 增益\n";
    for (const Gain& gain : comparison.gains) {
      const auto gained = gain.gain_m(i);
      if (!gained) continue;
      const auto percent = gain.gain_percent(i);
      text += fmt::format("    {:<52} {:>8.2f} km {:>8.2f} km {:>+8.2f} km {:>9}\n", gain.what,
                          *gain.values_m[0] * 1e-3, *gain.values_m[i] * 1e-3, *gained * 1e-3,
                          percent ? fmt::format("{:+.1f} %", *percent) : "");
    }
    for (const MapDifference& map : comparison.maps) {
      if (map.run != i) continue;
      const std::string of = map.terminal.empty() ? "receiver" : map.terminal;
      if (map.mean_db) {
        text += fmt::format(
            "    SS-RSRP, {}: {:+.1f} dB on average, {:+.1f} to {:+.1f} dB on 80 % "
            "of {} pixels ({})\n",
            of, *map.mean_db, map.p10_db.value_or(0.0), map.p90_db.value_or(0.0), map.pixels,
            map.file);
      } else {
        text += fmt::format("    service, {}: {:.1f} km2 gained, {:.1f} km2 lost ({})\n", of,
                            map.gained_km2, map.lost_km2, map.file);
      }
    }
    text += "\n  Figures 指标\n";
    std::size_t shown = 0;
    for (const KpiRow& row : comparison.kpis) {
      if (!is_shown(row)) continue;
      ++shown;
      text += fmt::format("    {:<60} {:>14} {:>14} {:>14}\n", row.name,
                          value_text(row.values[0], row.unit, false),
                          value_text(row.values[i], row.unit, false),
                          value_text(difference(row.values, i), row.unit, true));
    }
    text += fmt::format("    … {} more in compare.csv\n\n", comparison.kpis.size() - shown);
  }
  for (const std::string& warning : comparison.warnings) {
    text += fmt::format("  warning: {}\n", warning);
  }
  return text;
}

}  // namespace yonder::scenarios
