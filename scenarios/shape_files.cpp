#include "scenarios/shape_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/shapes/geodesic.h"
#include "geodata/vector_output.h"
#include "scenarios/shape_plots.h"
#include "scenarios/shape_record.h"

namespace yonder::scenarios {
namespace {

/// Text of a CSV field.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

/// A number, or nothing where there is none.
std::string number(double value, int digits) {
  return std::isnan(value) ? "" : fmt::format("{:.{}f}", value, digits);
}

std::string cell_name(const ShapesResult& shapes, int cell) {
  return cell < 0 ? "" : quoted(shapes.cells[static_cast<std::size_t>(cell)]);
}

std::string figures_csv(const Scenario& scenario, const ShapesResult& shapes) {
  std::string text = "shape,terminal,kpi,value,unit\n";
  for (const ShapeFigure& one : shape_figures(shapes_json(scenario, shapes))) {
    text += fmt::format("{},{},{},{:.10g},{}\n", quoted(one.shape), quoted(one.terminal), one.kpi,
                        one.value, one.unit);
  }
  return text;
}

/// A row each place and terminal.
std::string route_csv(const Scenario& scenario, const ShapesResult& shapes,
                      const RouteResult& route) {
  const RouteConfig& config = scenario.shapes.routes[static_cast<std::size_t>(route.route)];
  std::string text =
      "chainage_m,part,lon_deg,lat_deg,section,terminal,rsrp_dbm,sinr_db,downlink_mbps,"
      "loaded_downlink_mbps,uplink_mbps,class,limit,limit_fails,probability,best_cell,distance_m,"
      "serving_forward,serving_backward\n";
  for (const RouteTerminal& terminal : route.terminals) {
    const std::string id = quoted(terminal_id(scenario, terminal.terminal));
    const bool judged = terminal.terminal >= 0;
    for (std::size_t i = 0; i < route.samples.size(); ++i) {
      const shapes::RouteSample& sample = route.samples[i];
      const JudgedPlace& place = terminal.places[i];
      const shapes::PlaceResult& found = place.result;
      const int section = route.section_of[i];
      const char* kind =
          section < 0 ? ""
          : config.sections[static_cast<std::size_t>(section)].kind == SectionKind::tunnel
              ? "tunnel"
              : "bridge";
      text += fmt::format("{:.1f},{},{:.6f},{:.6f},{},{},{},", sample.chainage_m, sample.part,
                          sample.position.lon_deg, sample.position.lat_deg, kind, id,
                          number(found.rsrp_dbm, 2));
      if (judged) {
        text +=
            fmt::format("{},{:.3f},{:.3f},{:.3f},{},", number(found.ss_sinr_db, 2),
                        found.downlink_bps * 1e-6, found.loaded_downlink_bps * 1e-6,
                        found.uplink_bps * 1e-6, nr::service_class_names(found.service_class).id);
      } else {
        text += ",,,,,";
      }
      text += fmt::format("{},{},{},{},{},{},{}\n", nr::service_limit_names(found.limit).id,
                          found.fails ? 1 : 0, judged ? number(found.probability, 4) : "",
                          cell_name(shapes, place.serving_cell),
                          place.serving_cell < 0 ? "" : number(place.distance_m, 1),
                          cell_name(shapes, terminal.forward.serving[i]),
                          cell_name(shapes, terminal.backward.serving[i]));
    }
  }
  return text;
}

/// A row each point and terminal.
std::string points_csv(const Scenario& scenario, const ShapesResult& shapes,
                       const PointsResult& points) {
  std::string text =
      "id,name,name_zh,lon_deg,lat_deg,weight,terminal,rsrp_dbm,sinr_db,downlink_mbps,uplink_mbps,"
      "class,limit,limit_fails,probability,best_cell,distance_m\n";
  for (const PointResult& one : points.places) {
    for (std::size_t t = 0; t < one.terminals.size(); ++t) {
      const int terminal = points.terminals[t].terminal;
      const JudgedPlace& place = one.terminals[t];
      const shapes::PlaceResult& found = place.result;
      text += fmt::format("{},{},{},{:.6f},{:.6f},{:g},{},{},", quoted(one.point.id),
                          quoted(one.point.name.en), quoted(one.point.name.zh),
                          one.point.position.lon_deg, one.point.position.lat_deg, one.point.weight,
                          quoted(terminal_id(scenario, terminal)), number(found.rsrp_dbm, 2));
      if (terminal >= 0) {
        text += fmt::format("{},{:.3f},{:.3f},{},", number(found.ss_sinr_db, 2),
                            found.downlink_bps * 1e-6, found.uplink_bps * 1e-6,
                            nr::service_class_names(found.service_class).id);
      } else {
        text += ",,,,";
      }
      text += fmt::format("{},{},{},{},{}\n", nr::service_limit_names(found.limit).id,
                          found.fails ? 1 : 0, terminal >= 0 ? number(found.probability, 4) : "",
                          cell_name(shapes, place.serving_cell),
                          place.serving_cell < 0 ? "" : number(place.distance_m, 1));
    }
  }
  return text;
}

/// A row each slice of distance from shore and terminal.
std::string zones_csv(const Scenario& scenario, const ZonesResult& zones) {
  std::string text =
      "terminal,from_m,to_m,rsrp_p50_dbm,rsrp_p10_dbm,downlink_mean_mbps,covered_share\n";
  for (const ShoreProfile& profile : zones.profiles) {
    const std::string id = quoted(terminal_id(scenario, profile.terminal));
    for (std::size_t i = 0; i < profile.from_m.size(); ++i) {
      text += fmt::format("{},{:.0f},{:.0f},{},{},{},{}\n", id, profile.from_m[i],
                          profile.from_m[i] + profile.step_m, number(profile.rsrp_p50_dbm[i], 2),
                          number(profile.rsrp_p10_dbm[i], 2),
                          number(profile.downlink_mean_bps[i] * 1e-6, 3),
                          number(profile.covered_share[i], 5));
    }
  }
  return text;
}

/// Layers of shapes.gpkg.
class ShapeLayers {
 public:
  ShapeLayers(const Scenario& scenario, const ShapesResult& shapes)
      : scenario_(scenario), shapes_(shapes) {}

  std::vector<geodata::ShapeLayer> layers() {
    for (const RouteResult& route : shapes_.routes) add_route(route);
    for (const AreaResult& area : shapes_.areas) add_area(area);
    for (const PointsResult& points : shapes_.points) add_points(points);
    std::vector<geodata::ShapeLayer> all;
    for (geodata::ShapeLayer* layer :
         {&stretches_, &holes_, &handovers_, &places_, &areas_, &points_}) {
      if (!layer->features.empty()) all.push_back(std::move(*layer));
    }
    return all;
  }

 private:
  std::string class_id(const shapes::PlaceResult& place, bool judged) const {
    if (judged) return std::string(nr::service_class_names(place.service_class).id);
    return place.rsrp_dbm >= scenario_.thresholds.back().rsrp_dbm ? "covered" : "none";
  }

  void add_route(const RouteResult& route) {
    const std::string& id = scenario_.shapes.routes[static_cast<std::size_t>(route.route)].id;
    for (const RouteTerminal& terminal : route.terminals) {
      const std::string who = terminal_id(scenario_, terminal.terminal);
      add_stretches(route, terminal, id, who);
      for (const shapes::Stretch& hole : terminal.holes.long_ones) {
        holes_.features.push_back({{line(route, hole.first, hole.last)},
                                   {{"route", id},
                                    {"terminal", who},
                                    {"from_m", hole.from_m},
                                    {"to_m", hole.to_m},
                                    {"length_m", hole.length_m()}}});
      }
      for (const shapes::RouteRun* run : {&terminal.forward, &terminal.backward}) {
        for (const shapes::Handover& handover : run->handovers) {
          handovers_.features.push_back(
              {{{route.samples[handover.sample].position}},
               {{"route", id},
                {"terminal", who},
                {"direction", std::string(run == &terminal.forward ? "forward" : "backward")},
                {"chainage_m", handover.chainage_m},
                {"from_cell", name(handover.from)},
                {"to_cell", name(handover.to)},
                {"overlap_m", handover.overlap_m},
                {"needed_overlap_m", handover.needed_overlap_m}}});
        }
      }
    }
  }

  void add_stretches(const RouteResult& route, const RouteTerminal& terminal, const std::string& id,
                     const std::string& who) {
    const bool judged = terminal.terminal >= 0;
    for (std::size_t i = 0; i < route.samples.size();) {
      const std::string found = class_id(terminal.places[i].result, judged);
      std::size_t j = i;
      while (j + 1 < route.samples.size() && route.samples[j + 1].part == route.samples[i].part &&
             class_id(terminal.places[j + 1].result, judged) == found) {
        ++j;
      }
      stretches_.features.push_back({{line(route, i, j)},
                                     {{"route", id},
                                      {"terminal", who},
                                      {"class", found},
                                      {"from_m", route.samples[i].from_m},
                                      {"to_m", route.samples[j].to_m}}});
      i = j + 1;
    }
    for (std::size_t i = 0; i < route.samples.size(); ++i) {
      const JudgedPlace& place = terminal.places[i];
      const shapes::PlaceResult& result = place.result;
      places_.features.push_back(
          {{{route.samples[i].position}},
           {{"route", id},
            {"terminal", who},
            {"chainage_m", route.samples[i].chainage_m},
            {"rsrp_dbm", result.rsrp_dbm},
            {"sinr_db", result.ss_sinr_db},
            {"downlink_mbps", result.connected() ? result.downlink_bps * 1e-6 : 0.0},
            {"uplink_mbps", result.connected() ? result.uplink_bps * 1e-6 : 0.0},
            {"class", class_id(result, judged)},
            {"limit", std::string(nr::service_limit_names(result.limit).id)},
            {"best_cell", name(place.serving_cell)}}});
    }
  }

  /// Over the stretches that the samples stand for, half-way to their neighbours at both ends;
  /// where the route leaves the area it ends at the last sample.
  static std::vector<LonLat> line(const RouteResult& route, std::size_t first, std::size_t last) {
    const std::vector<shapes::RouteSample>& samples = route.samples;
    std::vector<LonLat> vertices;
    const auto same_part = [&](std::size_t i) {
      return i < samples.size() && samples[i].part == samples[first].part;
    };
    if (first > 0 && same_part(first - 1) && samples[first].from_m < samples[first].chainage_m) {
      vertices.push_back(between(samples[first - 1], samples[first], samples[first].from_m));
    }
    for (std::size_t i = first; i <= last; ++i) vertices.push_back(samples[i].position);
    if (same_part(last + 1) && samples[last].to_m > samples[last].chainage_m) {
      vertices.push_back(between(samples[last], samples[last + 1], samples[last].to_m));
    }
    if (vertices.size() == 1) vertices.push_back(vertices.front());
    return vertices;
  }

  static LonLat between(const shapes::RouteSample& from, const shapes::RouteSample& to,
                        double chainage_m) {
    shapes::GeodesicStep step = shapes::geodesic_between(from.position, to.position);
    step.distance_m *= (chainage_m - from.chainage_m) / (to.chainage_m - from.chainage_m);
    return shapes::geodesic_destination(from.position, step);
  }

  void add_area(const AreaResult& area) {
    const AreaShapeConfig& config = scenario_.shapes.areas[static_cast<std::size_t>(area.area)];
    for (const ShapeTerminal& terminal : area.terminals) {
      for (const geodata::PolygonRings& polygon : area.polygons) {
        areas_.features.push_back({polygon.rings,
                                   {{"area", config.id},
                                    {"terminal", terminal_id(scenario_, terminal.terminal)},
                                    {"area_km2", area.area_km2},
                                    {"covered_share", terminal.kpis.covered_share}}});
      }
    }
  }

  void add_points(const PointsResult& points) {
    const PointsConfig& config = scenario_.shapes.points[static_cast<std::size_t>(points.points)];
    for (const PointResult& one : points.places) {
      for (std::size_t t = 0; t < one.terminals.size(); ++t) {
        const int terminal = points.terminals[t].terminal;
        const shapes::PlaceResult& result = one.terminals[t].result;
        points_.features.push_back(
            {{{one.point.position}},
             {{"points", config.id},
              {"id", one.point.id},
              {"name", one.point.name.en},
              {"name_zh", one.point.name.zh},
              {"weight", one.point.weight},
              {"terminal", terminal_id(scenario_, terminal)},
              {"rsrp_dbm", result.rsrp_dbm},
              {"downlink_mbps", result.connected() ? result.downlink_bps * 1e-6 : 0.0},
              {"class", class_id(result, terminal >= 0)},
              {"limit", std::string(nr::service_limit_names(result.limit).id)}}});
      }
    }
  }

  std::string name(int cell) const {
    return cell < 0 ? "" : shapes_.cells[static_cast<std::size_t>(cell)];
  }

  const Scenario& scenario_;
  const ShapesResult& shapes_;
  geodata::ShapeLayer stretches_{"route_stretches", geodata::GeometryKind::line, {}};
  geodata::ShapeLayer holes_{"route_holes", geodata::GeometryKind::line, {}};
  geodata::ShapeLayer handovers_{"route_handovers", geodata::GeometryKind::point, {}};
  geodata::ShapeLayer places_{"route_places", geodata::GeometryKind::point, {}};
  geodata::ShapeLayer areas_{"areas", geodata::GeometryKind::polygon, {}};
  geodata::ShapeLayer points_{"points", geodata::GeometryKind::point, {}};
};

}  // namespace

void write_shape_files(const Scenario& scenario, const Plan& plan, const ShapesResult& shapes,
                       const StagedOutput& output) {
  if (scenario.shapes.empty()) return;
  output.write_text("shapes.csv", figures_csv(scenario, shapes));
  for (const RouteResult& route : shapes.routes) {
    const RouteConfig& config = scenario.shapes.routes[static_cast<std::size_t>(route.route)];
    output.write_text("route-" + config.id + ".csv", route_csv(scenario, shapes, route));
    if (!scenario.outputs.picture) continue;
    write_route_plot(scenario, route, plan.loaded.synthetic,
                     output.path("route-" + config.id + ".png"));
  }
  for (const ZonesResult& zones : shapes.zones) {
    const ZonesConfig& config = scenario.shapes.zones[static_cast<std::size_t>(zones.zones)];
    output.write_text("zones-" + config.id + ".csv", zones_csv(scenario, zones));
    if (!scenario.outputs.picture) continue;
    write_zones_plot(scenario, zones, plan.loaded.synthetic,
                     output.path("zones-" + config.id + ".png"));
  }
  for (const PointsResult& points : shapes.points) {
    const PointsConfig& config = scenario.shapes.points[static_cast<std::size_t>(points.points)];
    output.write_text("points-" + config.id + ".csv", points_csv(scenario, shapes, points));
  }
  const std::vector<geodata::ShapeLayer> layers = ShapeLayers(scenario, shapes).layers();
  if (!layers.empty()) geodata::write_gpkg(output.path("shapes.gpkg"), layers);
}

}  // namespace yonder::scenarios
