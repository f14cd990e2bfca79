#include "scenarios/shape_files.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

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
        text += fmt::format("{},{:.3f},{:.3f},{:.3f},{},", number(found.ss_sinr_db, 2),
                            found.downlink_bps * 1e-6, found.loaded_downlink_bps * 1e-6,
                            found.uplink_bps * 1e-6,
                            nr::service_class_names(found.service_class).id);
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

}  // namespace

void write_shape_files(const Scenario& scenario, const Plan&, const ShapesResult& shapes,
                       const StagedOutput& output) {
  if (scenario.shapes.empty()) return;
  output.write_text("shapes.csv", figures_csv(scenario, shapes));
  for (const RouteResult& route : shapes.routes) {
    const RouteConfig& config = scenario.shapes.routes[static_cast<std::size_t>(route.route)];
    output.write_text("route-" + config.id + ".csv", route_csv(scenario, shapes, route));
  }
}

}  // namespace yonder::scenarios
