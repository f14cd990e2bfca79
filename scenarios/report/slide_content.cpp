#include "scenarios/report/slide_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geodata/raster_input.h"
#include "scenarios/compare.h"
#include "scenarios/csv_table.h"
#include "scenarios/key_units.h"
#include "scenarios/report/records.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

Label label_of(const ordered_json& json, const std::string& otherwise) {
  if (!json.is_object()) return {otherwise, ""};
  return {json.value("en", otherwise), json.value("zh", std::string())};
}

std::string both(const Label& label) {
  if (label.zh.empty() || label.zh == label.en) return label.en;
  return label.en + "  " + label.zh;
}

/// What is not all is never rounded to all, nor something to nothing.
std::string percent(double share) {
  const double value = 100.0 * share;
  if (value > 0.0 && value < 0.05) return "< 0.1 %";
  if (value < 100.0 && value >= 99.95) return "> 99.9 %";
  return fmt::format("{:.1f} %", value);
}

const ordered_json& terminals_of(const ordered_json& run) {
  static const ordered_json kNone = ordered_json::array();
  const auto service = run.find("service");
  if (service == run.end() || !service->is_object()) return kNone;
  const auto terminals = service->find("terminals");
  return terminals == service->end() ? kNone : *terminals;
}

/// "routes", "zones" and so on of run.json; empty where there are none.
ordered_json shape_list(const ordered_json& run, const char* kind) {
  const auto shapes = run.find("shapes");
  if (shapes == run.end() || !shapes->is_object()) return ordered_json::object();
  return shapes->value(kind, ordered_json::object());
}

double share_of_class(const ordered_json& terminal, std::string_view id) {
  for (const ordered_json& one : terminal.value("classes", ordered_json::array())) {
    if (one.value("id", "") == id) return one.value("share", 0.0);
  }
  return 0.0;
}

/// Of the first route where there is one: who asks for a railway does not want the mountains'
/// share.
std::vector<SlideFigure> route_figures(const ordered_json& run) {
  std::vector<SlideFigure> figures;
  const ordered_json routes = shape_list(run, "routes");
  if (routes.empty()) return figures;
  const ordered_json& route = routes.begin().value();
  const std::string name =
      both(label_of(route.value("name", ordered_json()), routes.begin().key()));
  for (const ordered_json& terminal : terminals_of(run)) {
    const ordered_json kpis = route.value("terminals", ordered_json::object())
                                  .value(terminal.value("id", ""), ordered_json::object());
    if (figures.size() == 3 || !kpis.contains("covered_share")) continue;
    figures.push_back({both(label_of(terminal.value("name", ordered_json()), "")),
                       percent(kpis["covered_share"].get<double>()),
                       fmt::format("covered 覆盖率, {}", name)});
  }
  return figures;
}

std::vector<SlideFigure> key_figures(const ordered_json& run) {
  std::vector<SlideFigure> figures = route_figures(run);
  if (!figures.empty()) return figures;
  for (const ordered_json& terminal : terminals_of(run)) {
    if (figures.size() == 3) break;
    const double share =
        share_of_class(terminal, "effective") + share_of_class(terminal, "continuous");
    figures.push_back({both(label_of(terminal.value("name", ordered_json()), "")), percent(share),
                       fmt::format("effective service 有效覆盖; downlink 下行 {:.0f} Mbit/s",
                                   terminal.value("mean_downlink_bps", 0.0) * 1e-6)});
  }
  if (figures.empty()) {
    for (const ordered_json& threshold : run["kpis"]["thresholds"]) {
      if (figures.size() == 3) break;
      figures.push_back(
          {both(label_of(threshold["name"], "")), percent(threshold["all"].value("share", 0.0)),
           fmt::format("of the area at or above {:g} dBm", threshold.value("rsrp_dbm", 0.0))});
    }
  }
  return figures;
}

std::string value_text(const ordered_json& value, const std::string& unit, bool with_sign) {
  if (!value.is_number()) return "–";
  const double v = value.get<double>();
  const auto shown = [&](double scaled, int digits, std::string_view name) {
    return with_sign ? fmt::format("{:+.{}f} {}", scaled, digits, name)
                     : fmt::format("{:.{}f} {}", scaled, digits, name);
  };
  if (unit == "1") return with_sign ? shown(100.0 * v, 1, "pp") : percent(v);
  if (unit == "bit/s") return shown(v * 1e-6, 1, "Mbit/s");
  if (unit == "m") return shown(v * 1e-3, 1, "km");
  if (unit.empty()) return fmt::format("{:.2f}", v);
  return shown(v, 1, unit == "km2" ? "km²" : unit);
}

/// "/shapes/routes/s165/terminals/car/covered_share" as "s165, car: covered 覆盖率"; empty for what
/// a slide has no room for.
std::string kpi_name(const std::string& path) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    words.push_back(path.substr(at + 1, end - at - 1));
    at = end;
  }
  // shapes / KIND / ID / terminals / TERMINAL / KPI
  if (words.size() == 6 && words[0] == "shapes" && words[3] == "terminals") {
    const char* what = words[5] == "covered_share"    ? "covered 覆盖率"
                       : words[5] == "longest_hole_m" ? "longest hole 最长空洞"
                                                      : nullptr;
    return what == nullptr ? "" : fmt::format("{}, {}: {}", words[2], words[4], what);
  }
  // service / terminals / TERMINAL / classes / CLASS / share
  if (words.size() == 6 && words[0] == "service" && words[4] == "continuous" &&
      words[5] == "share") {
    return fmt::format("{}: area with continuous service 连续覆盖", words[2]);
  }
  return "";
}

SlideTable claim_table(const ordered_json& claims, std::size_t most) {
  SlideTable table;
  table.head = {"Claim 论断", "Figure 指标", "Computed 计算值"};
  table.text_columns = 2;
  for (const ordered_json& claim : claims) {
    if (!claim["claim"].is_string() || table.rows.size() >= most) continue;
    const bool ratio = claim.value("ratio", false);
    table.rows.push_back({both({claim["claim"].get<std::string>(), claim.value("claim_zh", "")}),
                          both({claim.value("what", ""), claim.value("what_zh", "")}),
                          ratio && claim["value"].is_number()
                              ? fmt::format("× {:.2f}", claim["value"].get<double>())
                              : value_text(claim["value"], unit_at(claim.value("at", "")), false)});
  }
  return table;
}

/// Gains in reach, then shares that variants differ in.
SlideTable comparison_table(const ordered_json& compare, std::size_t most) {
  SlideTable table;
  std::vector<std::string> ids;
  for (const ordered_json& id : compare["variants"]) ids.push_back(id.get<std::string>());
  table.head = {"Figure 指标"};
  const ordered_json names = compare.value("names", ordered_json::object());
  for (const std::string& id : ids) {
    table.head.push_back(both(label_of(names.value(id, ordered_json()), id)));
  }
  table.head.emplace_back("Change 变化");
  const auto add = [&](const std::string& name, const ordered_json& values,
                       const std::string& unit) {
    if (table.rows.size() >= most || ids.size() < 2) return;
    const ordered_json& first = values.value(ids.front(), ordered_json());
    const ordered_json& last = values.value(ids.back(), ordered_json());
    if (!first.is_number() || !last.is_number()) return;
    std::vector<std::string> row = {name};
    for (const std::string& id : ids) {
      row.push_back(value_text(values.value(id, ordered_json()), unit, false));
    }
    const double gained = last.get<double>() - first.get<double>();
    row.push_back(value_text(gained, unit, true) +
                  (unit == "m" && first.get<double>() > 0.0
                       ? fmt::format(" ({:+.0f} %)", 100.0 * gained / first.get<double>())
                       : ""));
    table.rows.push_back(std::move(row));
  };
  // What service reaches says more than what a level does.
  std::size_t gains = 0;
  const ordered_json all_gains = compare.value("gains", ordered_json::array());
  for (const std::string_view kind : {"service_range_", "route_longest_", "range_"}) {
    for (const ordered_json& gain : all_gains) {
      if (!gain.value("id", "").starts_with(kind) || ++gains > most / 2) continue;
      add(gain.value("what", ""), gain.value("values", ordered_json::object()), "m");
    }
  }
  for (const ordered_json& row : compare.value("kpis", ordered_json::array())) {
    const std::string name = kpi_name(row.value("name", ""));
    if (name.empty()) continue;
    add(name, row.value("values", ordered_json::object()), row.value("unit", ""));
  }
  return table;
}

/// Figures along routes where there are some, else shares of classes.
SlideTable run_table(const ordered_json& run, std::size_t most) {
  SlideTable table;
  table.head = {"Figure 指标"};
  std::vector<std::string> ids;
  for (const ordered_json& terminal : terminals_of(run)) {
    if (ids.size() == 3) break;
    ids.push_back(terminal.value("id", ""));
    table.head.push_back(both(label_of(terminal.value("name", ordered_json()), ids.back())));
  }
  const ordered_json routes = shape_list(run, "routes");
  const auto add = [&](const std::string& name, const auto& text_of) {
    if (table.rows.size() >= most) return;
    std::vector<std::string> row = {name};
    for (const std::string& id : ids) row.push_back(text_of(id));
    table.rows.push_back(std::move(row));
  };
  for (const auto& [id, route] : routes.items()) {
    const std::string name = both(label_of(route.value("name", ordered_json()), id));
    const ordered_json terminals = route.value("terminals", ordered_json::object());
    const auto kpi = [&](const std::string& key, const std::string& unit) {
      return [&, key, unit](const std::string& terminal) {
        return value_text(
            terminals.value(terminal, ordered_json::object()).value(key, ordered_json()), unit,
            false);
      };
    };
    add(name + ": covered 覆盖率", kpi("covered_share", "1"));
    add("   longest hole 最长空洞", kpi("longest_hole_m", "m"));
    add("   mean downlink 下行均值", kpi("downlink_mean_bps", "bit/s"));
    add("   10th percentile downlink 下行第 10 百分位", kpi("downlink_p10_bps", "bit/s"));
    add("   handovers per km 每公里切换", kpi("handovers_per_km", ""));
    add("   call set up and held 呼叫接通并保持", [&](const std::string& terminal) {
      return value_text(terminals.value(terminal, ordered_json::object())
                            .value("voice", ordered_json::object())
                            .value("connected_mean", ordered_json()),
                        "1", false);
    });
  }
  const ordered_json zones = shape_list(run, "zones");
  for (const ordered_json& zone : zones) {
    const ordered_json bands = zone.value("bands", ordered_json::object());
    for (const auto& [band, content] : bands.items()) {
      const ordered_json terminals = content.value("terminals", ordered_json::object());
      add(fmt::format("{} km from shore 离岸: covered 覆盖率", band), [&](const std::string& id) {
        return value_text(
            terminals.value(id, ordered_json::object()).value("covered_share", ordered_json()), "1",
            false);
      });
    }
  }
  if (ids.empty()) {
    table.head = {"SS-RSRP", "km²", "of the area 占比"};
    for (const ordered_json& threshold : run["kpis"]["thresholds"]) {
      if (table.rows.size() >= most) break;
      table.rows.push_back({fmt::format("≥ {:g} dBm  {}", threshold.value("rsrp_dbm", 0.0),
                                        both(label_of(threshold["name"], ""))),
                            fmt::format("{:.0f}", threshold["all"].value("covered_km2", 0.0)),
                            percent(threshold["all"].value("share", 0.0))});
    }
    return table;
  }
  for (const auto& [id, en, zh] :
       {std::tuple{"continuous", "continuous", "连续覆盖"},
        std::tuple{"effective", "effective", "有效覆盖"}, std::tuple{"weak", "weak", "弱覆盖"},
        std::tuple{"without_access", "signal, but no access", "有信号无法接入"}}) {
    add(fmt::format("Area, {}  {}", en, zh), [&, class_id = id](const std::string& terminal) {
      for (const ordered_json& one : terminals_of(run)) {
        if (one.value("id", "") == terminal) return percent(share_of_class(one, class_id));
      }
      return std::string("–");
    });
  }
  return table;
}

/// The layer that the map shows: the class of service of the first terminal, else SS-RSRP.
void add_map(const ReportRun& source, const ordered_json& run, SlideContent& content) {
  std::vector<std::string> files;
  for (const ordered_json& name : run.value("files", ordered_json::array())) {
    if (name.is_string()) files.push_back(name.get<std::string>());
  }
  const auto has = [&](const std::string& name) {
    return std::ranges::find(files, name) != files.end();
  };
  CoveragePicture& picture = content.picture;
  std::optional<geodata::RasterLayer> layer;
  for (const ordered_json& terminal : terminals_of(run)) {
    const std::string file = terminal.value("id", "") + "-class.tif";
    if (!has(file)) continue;
    layer = geodata::read_layer(source.folder / file);
    content.map_title =
        "Service 业务等级: " + both(label_of(terminal.value("name", ordered_json()), ""));
    for (auto category = layer->categories.rbegin(); category != layer->categories.rend();
         ++category) {
      if (category->rgba[3] == 0) continue;
      PictureClass one;
      one.caption = category->name;
      one.threshold_dbm = category->value;  // the painter takes the first that is reached
      one.rgb = static_cast<std::uint32_t>(category->rgba[0] << 16 | category->rgba[1] << 8 |
                                           category->rgba[2]);
      for (const ordered_json& kind : terminal.value("classes", ordered_json::array())) {
        if (kind.value("code", -1) == category->value) one.share = kind.value("share", 0.0);
      }
      picture.classes.push_back(std::move(one));
    }
    break;
  }
  if (!layer && has("rsrp.tif")) {
    layer = geodata::read_layer(source.folder / "rsrp.tif");
    content.map_title = "SS-RSRP";
    for (const ordered_json& threshold : run["kpis"]["thresholds"]) {
      PictureClass one;
      one.threshold_dbm = threshold.value("rsrp_dbm", 0.0);
      one.caption =
          fmt::format("≥ {:g} dBm {}", one.threshold_dbm, both(label_of(threshold["name"], "")));
      one.share = threshold["all"].value("share", 0.0);
      picture.classes.push_back(std::move(one));
    }
  }
  if (!layer) return;
  picture.grid = layer->grid;
  content.levels = std::move(layer->values);
  picture.rsrp_dbm = content.levels;
  content.ground_amsl_m.assign(content.levels.size(), 0.0F);
  if (has("ground.tif")) {
    geodata::RasterLayer ground = geodata::read_layer(source.folder / "ground.tif");
    if (ground.values.size() == content.levels.size()) {
      content.ground_amsl_m = std::move(ground.values);
    }
  }
  picture.ground_amsl_m = content.ground_amsl_m;
  if (has("zone.tif")) {
    const geodata::RasterLayer zone = geodata::read_layer(source.folder / "zone.tif");
    if (zone.values.size() == content.levels.size()) {
      for (const float value : zone.values) {
        content.zone.push_back(static_cast<Zone>(std::lround(value)));
      }
      picture.zone = content.zone;
    }
  }
  for (const ordered_json& site : run.value("sites", ordered_json::array())) {
    picture.sites.push_back(
        {layer->projection.to_map({site["lon_deg"].get<double>(), site["lat_deg"].get<double>()}),
         both(label_of(site.value("name", ordered_json()), "")), site.value("id", "")});
  }
  for (const std::string& file : files) {
    if (!file.starts_with("route-") || !file.ends_with(".csv")) continue;
    content.routes.push_back(route_line(source.folder / file, layer->projection));
  }
}

}  // namespace

SlideContent slide_content(const ReportSources& sources, const std::string& variant) {
  constexpr std::size_t kRows = 10;
  SlideContent content;
  const ordered_json claimed = gather_claims(sources);
  const auto wanted = std::ranges::find(sources.runs, variant, &ReportRun::id);
  if (!variant.empty() && wanted == sources.runs.end()) {
    std::string known;
    for (const ReportRun& run : sources.runs) known += (known.empty() ? "" : ", ") + run.id;
    throw ScenarioErrors({{{}, "--variant", "'" + variant + "' is no variant of this run", known}});
  }
  const ReportRun& shown = variant.empty() ? first_shown(sources, claimed) : *wanted;
  const ordered_json run = read_run_record(shown.folder);
  const ordered_json& scenario = run["scenario"];
  content.title =
      label_of(scenario.value("title", ordered_json()), scenario.value("id", std::string()));
  content.figures = key_figures(run);
  if (sources.runs.size() > 1) {
    // A map of one variant among several must say of which.
    const ordered_json chosen = scenario.value("variant", ordered_json::object());
    content.variant = both(label_of(chosen.value("name", ordered_json()), shown.id));
  }
  const SlideTable claims = claim_table(claimed, kRows);
  if (!claims.rows.empty()) {
    content.table_title = "Claims and results 论断与计算结果";
    content.table = claims;
  } else if (sources.comparison) {
    const ordered_json compare = read_comparison(*sources.comparison);
    content.table_title = "Variants 方案对比";
    content.table = comparison_table(compare, kRows);
  }
  if (content.table.rows.empty()) {
    content.table_title = "Results 结果";
    content.table = run_table(run, kRows);
  }
  for (const ordered_json& warning : run.value("warnings", ordered_json::array())) {
    if (warning.is_string()) content.warnings.push_back(warning.get<std::string>());
  }
  content.picture.synthetic_terrain = run["terrain"].value("synthetic", false);
  add_map(shown, run, content);
  content.footer = fmt::format(
      "{} · {} · pixel {:g} m · yonder {} ({}) · {}", run["model"].value("source", std::string()),
      run["grid"].value("crs", std::string()), run["grid"].value("pixel_m", 0.0),
      run.value("yonder", std::string()), run.value("commit", std::string()),
      run.value("created_utc", std::string()).substr(0, 10));
  return content;
}

}  // namespace yonder::scenarios
