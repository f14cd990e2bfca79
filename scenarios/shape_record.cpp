#include "scenarios/shape_record.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "scenarios/key_units.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

ordered_json number_or_null(std::optional<double> value) {
  return value ? ordered_json(*value) : ordered_json();
}

ordered_json label_json(const Label& label) {
  ordered_json json = {{"en", label.en}};
  if (!label.zh.empty()) json["zh"] = label.zh;
  return json;
}

/// "rsrp_dbm" with its mean and percentiles as keys of their own.
void add_spread(ordered_json& json, std::string_view name, std::string_view unit,
                const shapes::Spread& spread) {
  json[fmt::format("{}_mean_{}", name, unit)] = number_or_null(spread.mean);
  json[fmt::format("{}_p10_{}", name, unit)] = number_or_null(spread.p10);
  json[fmt::format("{}_p50_{}", name, unit)] = number_or_null(spread.p50);
  json[fmt::format("{}_p90_{}", name, unit)] = number_or_null(spread.p90);
}

std::string_view limit_id(nr::ServiceLimit limit) { return nr::service_limit_names(limit).id; }

ordered_json limits_json(const std::vector<shapes::LimitShare>& limits) {
  ordered_json json = ordered_json::object();
  for (const shapes::LimitShare& one : limits) json[std::string(limit_id(one.limit))] = one.share;
  return json;
}

/// What every shape tells of a terminal.
ordered_json kpis_json(const Scenario& scenario, const shapes::PlaceKpis& kpis) {
  ordered_json json = {{"places", kpis.places},
                       {"covered_places", kpis.covered_places},
                       {"covered_share", kpis.covered_share}};
  add_spread(json, "rsrp", "dbm", kpis.rsrp_dbm);
  ordered_json thresholds = ordered_json::object();
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    thresholds[scenario.thresholds[i].id] = {{"rsrp_dbm", scenario.thresholds[i].rsrp_dbm},
                                             {"share", kpis.threshold_shares[i]}};
  }
  json["thresholds"] = thresholds;
  if (!kpis.judged) return json;
  ordered_json classes = ordered_json::object();
  for (int i = 0; i < nr::kServiceClasses; ++i) {
    const auto one = static_cast<nr::ServiceClass>(i);
    classes[std::string(nr::service_class_names(one).id)] =
        kpis.class_shares[static_cast<std::size_t>(i)];
  }
  json["classes"] = classes;
  add_spread(json, "sinr", "db", kpis.ss_sinr_db);
  add_spread(json, "downlink", "bps", kpis.downlink_bps);
  add_spread(json, "loaded_downlink", "bps", kpis.loaded_downlink_bps);
  add_spread(json, "uplink", "bps", kpis.uplink_bps);
  json["effective_downlink_mean_bps"] = number_or_null(kpis.effective_downlink_mean_bps);
  json["probability_mean"] = kpis.probability_mean;
  json["fails_first"] = limits_json(kpis.failing);
  json["nearest_to_failing"] = limits_json(kpis.nearest);
  json["dominant_limit"] =
      kpis.dominant_limit ? ordered_json(limit_id(*kpis.dominant_limit)) : ordered_json();
  return json;
}

ordered_json position_json(LonLat at) { return ordered_json::array({at.lon_deg, at.lat_deg}); }

ordered_json points_json(const Scenario& scenario, const PointsConfig& config,
                         const PointsResult& points) {
  std::vector<int> terminals;
  for (const ShapeTerminal& one : points.terminals) terminals.push_back(one.terminal);
  std::size_t inside = 0;
  double weight = 0.0;
  ordered_json places = ordered_json::object();
  for (const PointResult& one : points.places) {
    ordered_json place = {{"name", label_json(one.point.name)},
                          {"position", position_json(one.point.position)},
                          {"weight", one.point.weight},
                          {"inside", one.inside}};
    if (one.inside) {
      ++inside;
      weight += one.point.weight;
    }
    for (std::size_t t = 0; t < one.terminals.size(); ++t) {
      const shapes::PlaceResult& found = one.terminals[t].result;
      ordered_json json = {
          {"rsrp_dbm", std::isnan(found.rsrp_dbm) ? ordered_json() : ordered_json(found.rsrp_dbm)}};
      if (terminals[t] >= 0) {
        json["class"] = nr::service_class_names(found.service_class).id;
        json["limit"] = limit_id(found.limit);
        json["downlink_bps"] = found.connected() ? found.downlink_bps : 0.0;
        json["uplink_bps"] = found.connected() ? found.uplink_bps : 0.0;
        json["probability"] = found.probability;
      }
      place["terminals"][terminal_id(scenario, terminals[t])] = json;
    }
    places[one.point.id] = place;
  }
  return {{"name", label_json(config.name)},
          {"points", points.places.size()},
          {"points_inside", inside},
          {"weight", weight},
          {"places", places}};
}

/// "20-40", in km.
std::string band_id(const BandResult& band) {
  return fmt::format("{:g}-{:g}", band.from_m / 1000.0, band.to_m / 1000.0);
}

class RouteRecord {
 public:
  RouteRecord(const Scenario& scenario, const ShapesResult& shapes, const RouteResult& route)
      : scenario_(scenario),
        shapes_(shapes),
        route_(route),
        config_(scenario.shapes.routes[static_cast<std::size_t>(route.route)]) {}

  ordered_json json() const {
    ordered_json sections = ordered_json::array();
    for (const RouteSectionConfig& section : config_.sections) {
      sections.push_back({{"kind", section.kind == SectionKind::tunnel ? "tunnel" : "bridge"},
                          {"from_m", section.from_m},
                          {"to_m", section.to_m}});
    }
    ordered_json terminals = ordered_json::object();
    for (const RouteTerminal& terminal : route_.terminals) {
      terminals[terminal_id(scenario_, terminal.terminal)] = terminal_json(terminal);
    }
    return {{"name", label_json(config_.name)},
            {"length_m", route_.length_m},
            {"outside_m", route_.outside_m},
            {"step_m", config_.step_m},
            {"speed_mps", number_or_null(config_.speed_mps)},
            {"hole_limit_m", config_.hole_m},
            {"sections", sections},
            {"terminals", terminals}};
  }

 private:
  ordered_json terminal_json(const RouteTerminal& terminal) const {
    ordered_json json = kpis_json(scenario_, terminal.kpis);
    for (std::size_t i = 0; i < scenario_.thresholds.size(); ++i) {
      json["thresholds"][scenario_.thresholds[i].id]["longest_hole_m"] =
          terminal.threshold_holes_m[i];
    }
    const shapes::HoleKpis& holes = terminal.holes;
    json["covered_m"] = terminal.kpis.covered_share * route_.length_m;
    json["longest_covered_m"] = shapes::longest_covered_m(route_.samples, terminal.covered);
    json["longest_hole_m"] = holes.longest_m;
    json["hole_count"] = holes.count;
    json["hole_total_m"] = holes.total_m;
    json["long_hole_count"] = holes.long_ones.size();
    if (config_.speed_mps) {
      json["longest_hole_s"] = holes.longest_m / *config_.speed_mps;
      json["without_service_s"] = holes.total_m / *config_.speed_mps;
      json["run_s"] = route_.length_m / *config_.speed_mps;
    }
    const double km = route_.length_m / 1000.0;
    const auto handovers = [](const shapes::RouteRun& run) {
      return static_cast<double>(run.handovers.size());
    };
    json["servers"] = terminal.servers;
    json["servers_per_km"] = terminal.servers / km;
    json["handovers_forward"] = terminal.forward.handovers.size();
    json["handovers_backward"] = terminal.backward.handovers.size();
    json["handovers_per_km"] =
        0.5 * (handovers(terminal.forward) + handovers(terminal.backward)) / km;
    add_overlaps(json, terminal);
    if (terminal.terminal >= 0) {
      add_doppler(json, terminal);
      add_voice(json, terminal.voice);
    }
    json["holes"] = holes_json(holes);
    return json;
  }

  void add_doppler(ordered_json& json, const RouteTerminal& terminal) const {
    if (!config_.speed_mps) return;
    ordered_json doppler = ordered_json::object();
    for (const DopplerKpi& kpi : terminal.doppler) {
      doppler[scenario_.carriers[static_cast<std::size_t>(kpi.carrier)].id] = {
          {"downlink_hz", kpi.downlink_hz},
          {"uplink_hz", kpi.uplink_hz},
          {"prach_format", kpi.prach_format},
          {"prach_limit_hz", kpi.prach_limit_hz},
          {"stands", kpi.stands()}};
    }
    json["doppler"] = doppler;
  }

  void add_voice(ordered_json& json, const VoiceKpis& voice) const {
    ordered_json one = {{"setup_mean", voice.setup_mean},  {"setup_least", voice.setup_least},
                        {"prach_mean", voice.steps.prach}, {"msg3_mean", voice.steps.msg3},
                        {"rrc_mean", voice.steps.rrc},     {"qos_flow_mean", voice.steps.qos_flow}};
    if (config_.speed_mps) {
      one["handover_mean"] = voice.handover_mean;
      one["whole_run_probability"] = voice.whole_run;
    }
    one["connected_mean"] = voice.connected_mean;
    one["calls"] = config_.calls;
    one["all_calls_probability"] = voice.all_calls;
    one["all_connected_proves"] = shapes::proven_by_all_connected(config_.calls);
    json["voice"] = one;
  }

  ordered_json holes_json(const shapes::HoleKpis& holes) const {
    ordered_json list = ordered_json::array();
    for (const shapes::Stretch& hole : holes.long_ones) {
      const std::size_t middle = (hole.first + hole.last) / 2;
      list.push_back({{"from_m", hole.from_m},
                      {"to_m", hole.to_m},
                      {"length_m", hole.length_m()},
                      {"middle", position_json(route_.samples[middle].position)}});
    }
    return list;
  }

  /// Overlap of the handovers of both directions against what they need.
  void add_overlaps(ordered_json& json, const RouteTerminal& terminal) const {
    std::optional<double> least_m, needed_m;
    std::size_t without = 0, reestablished = 0;
    for (const shapes::RouteRun* run : {&terminal.forward, &terminal.backward}) {
      for (const shapes::Handover& handover : run->handovers) {
        least_m = std::min(least_m.value_or(handover.overlap_m), handover.overlap_m);
        needed_m = std::max(needed_m.value_or(0.0), handover.needed_overlap_m);
        without += handover.has_overlap() ? 0U : 1U;
        reestablished += handover.lag_db ? 0U : 1U;
      }
    }
    json["overlap_least_m"] = number_or_null(least_m);
    if (!config_.speed_mps) return;
    json["overlap_needed_m"] = number_or_null(needed_m);
    json["handovers_without_overlap"] = without;
    json["handovers_reestablished"] = reestablished;
    json["drops_forward"] = terminal.forward.drops;
    json["drops_backward"] = terminal.backward.drops;
  }

  const Scenario& scenario_;
  const ShapesResult& shapes_;
  const RouteResult& route_;
  const RouteConfig& config_;
};

void add_figures(const ordered_json& json, const std::string& shape, const std::string& terminal,
                 const std::string& path, std::vector<ShapeFigure>& figures) {
  for (const auto& [key, value] : json.items()) {
    const std::string name = path.empty() ? key : path + "/" + key;
    if (value.is_object()) {
      add_figures(value, shape, terminal, name, figures);
    } else if (value.is_number()) {
      const std::string unit = unit_of_key(key);  // what has none is counted
      figures.push_back({shape, terminal, name, value.get<double>(), unit.empty() ? "1" : unit});
    }
  }
}

/// A shape's own numbers, then those of each terminal.
void add_shape(const ordered_json& json, const std::string& shape,
               std::vector<ShapeFigure>& figures) {
  ordered_json own = json;
  own.erase("terminals");
  own.erase("name");
  own.erase("places");  // those of points have their own table
  add_figures(own, shape, "", "", figures);
  for (const auto& [terminal, kpis] : json.at("terminals").items()) {
    add_figures(kpis, shape, terminal, "", figures);
  }
}

}  // namespace

std::string terminal_id(const Scenario& scenario, int terminal) {
  return terminal < 0 ? "receiver" : scenario.terminals[static_cast<std::size_t>(terminal)].id;
}

ordered_json shapes_json(const Scenario& scenario, const ShapesResult& shapes) {
  if (scenario.shapes.empty()) return {};
  ordered_json routes = ordered_json::object();
  for (const RouteResult& route : shapes.routes) {
    routes[scenario.shapes.routes[static_cast<std::size_t>(route.route)].id] =
        RouteRecord(scenario, shapes, route).json();
  }
  const auto terminals_of = [&](const std::vector<ShapeTerminal>& terminals) {
    ordered_json json = ordered_json::object();
    for (const ShapeTerminal& one : terminals) {
      ordered_json& of_terminal = json[terminal_id(scenario, one.terminal)];
      of_terminal = kpis_json(scenario, one.kpis);
      if (!one.availability) continue;
      ordered_json at_least = ordered_json::object();
      for (const auto& [percent, share] : one.availability->at_least) {
        at_least[number_text(percent)] = {{"share", share}};
      }
      of_terminal["availability"] = {{"mean_percent", one.availability->mean_percent},
                                     {"served_at_least_percent_of_time", at_least}};
    }
    return json;
  };
  ordered_json areas = ordered_json::object(), zones = areas, points = areas;
  for (const AreaResult& area : shapes.areas) {
    const AreaShapeConfig& config = scenario.shapes.areas[static_cast<std::size_t>(area.area)];
    areas[config.id] = {{"name", label_json(config.name)},
                        {"area_km2", area.area_km2},
                        {"outside_share", area.outside_share},
                        {"terminals", terminals_of(area.terminals)}};
  }
  for (const ZonesResult& one : shapes.zones) {
    const ZonesConfig& config = scenario.shapes.zones[static_cast<std::size_t>(one.zones)];
    ordered_json bands = ordered_json::object();
    for (const BandResult& band : one.bands) {
      bands[band_id(band)] = {{"from_m", band.from_m},
                              {"to_m", band.to_m},
                              {"area_km2", band.area_km2},
                              {"terminals", terminals_of(band.terminals)}};
    }
    zones[config.id] = {{"name", label_json(config.name)}, {"bands", bands}};
  }
  for (const PointsResult& one : shapes.points) {
    const PointsConfig& config = scenario.shapes.points[static_cast<std::size_t>(one.points)];
    points[config.id] = points_json(scenario, config, one);
    points[config.id]["terminals"] = terminals_of(one.terminals);
  }
  return {{"routes", routes}, {"areas", areas}, {"zones", zones}, {"points", points}};
}

std::vector<ShapeFigure> shape_figures(const ordered_json& shapes) {
  std::vector<ShapeFigure> figures;
  if (!shapes.is_object()) return figures;
  for (const auto& [kind, list] : shapes.items()) {
    for (const auto& [id, shape] : list.items()) {
      if (!shape.contains("bands")) {
        add_shape(shape, kind + "/" + id, figures);
        continue;
      }
      for (const auto& [band, content] : shape.at("bands").items()) {
        add_shape(content, kind + "/" + id + "/" + band, figures);
      }
    }
  }
  return figures;
}

}  // namespace yonder::scenarios
