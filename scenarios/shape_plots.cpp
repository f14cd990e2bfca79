#include "scenarios/shape_plots.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "scenarios/nr_plan.h"
#include "scenarios/panel_chart.h"
#include "scenarios/service_files.h"
#include "scenarios/shape_record.h"

namespace yonder::scenarios {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string both(std::string_view en, std::string_view zh) {
  return zh.empty() || en == zh ? std::string(en) : fmt::format("{} {}", en, zh);
}

std::string terminal_text(const Scenario& scenario, int terminal) {
  if (terminal < 0) return "Receiver 接收机";
  const Label name = terminal_name(scenario.terminals[static_cast<std::size_t>(terminal)]);
  return both(name.en, name.zh);
}

Rgb rgb(std::uint32_t colour) {
  return {(colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0};
}

std::vector<StripColour> class_colours_of() {
  std::vector<StripColour> colours;
  for (int i = 0; i < nr::kServiceClasses; ++i) {
    const nr::ServiceNames& names = nr::service_class_names(static_cast<nr::ServiceClass>(i));
    colours.push_back({both(names.en, names.zh), rgb(service_class_colour(i))});
  }
  return colours;
}

std::vector<StripColour> limit_colours_of() {
  std::vector<StripColour> colours;
  for (int i = 0; i < nr::kServiceLimits; ++i) {
    const nr::ServiceNames& names = nr::service_limit_names(static_cast<nr::ServiceLimit>(i));
    colours.push_back({both(names.en, names.zh), rgb(service_limit_colour(i))});
  }
  return colours;
}

/// Assumptions that the figures are not to be quoted without.
std::string subtitle(const Scenario& scenario) {
  std::string text;
  for (const Carrier& carrier : scenario.carriers) {
    text += fmt::format("{}{} {:g} MHz", text.empty() ? "" : ", ", carrier.id,
                        carrier.frequency_hz * 1e-6);
  }
  return text + ", " + scenario.propagation.model;
}

std::vector<std::string> notes(const Scenario& scenario, bool synthetic) {
  std::vector<std::string> list;
  if (!scenario.terminals.empty()) {
    list.push_back(fmt::format(
        "Dashed: SS-RSRP and SS-SINR that effective service asks for, {:g} dBm and {:g} dB.",
        scenario.service.classes.effective_rsrp_dbm, scenario.service.classes.effective_sinr_db));
  }
  if (synthetic) list.emplace_back("Terrain is synthetic 合成地形.");
  return list;
}

/// The values of each place, with a gap between parts of the route.
template <typename Value>
std::vector<double> series(const RouteResult& route, const RouteTerminal& terminal,
                           const Value& value) {
  std::vector<double> values;
  for (std::size_t i = 0; i < terminal.places.size(); ++i) {
    const bool begins = i > 0 && route.samples[i].part != route.samples[i - 1].part;
    values.push_back(begins ? kNone : value(terminal.places[i].result));
  }
  return values;
}

}  // namespace

void write_route_plot(const Scenario& scenario, const RouteResult& route, bool synthetic_terrain,
                      const std::filesystem::path& file) {
  if (route.samples.size() < 2) return;
  const RouteConfig& config = scenario.shapes.routes[static_cast<std::size_t>(route.route)];
  PanelChart chart;
  chart.title = both(config.name.en, config.name.zh);
  chart.subtitle =
      fmt::format("{:.1f} km, a place every {:g} m", route.length_m / 1000.0, config.step_m);
  if (config.speed_mps) chart.subtitle += fmt::format(", {:.0f} km/h", *config.speed_mps * 3.6);
  chart.subtitle += "; " + subtitle(scenario);
  chart.x_title = "chainage 里程, km";
  for (const shapes::RouteSample& sample : route.samples) {
    chart.x.push_back(sample.chainage_m / 1000.0);
  }
  for (const RouteSectionConfig& section : config.sections) {
    const bool tunnel = section.kind == SectionKind::tunnel;
    const bool dark = tunnel && section.feeders.empty();
    chart.shades.push_back({section.from_m / 1000.0, section.to_m / 1000.0,
                            dark     ? "tunnel without a cable 无漏缆隧道"
                            : tunnel ? "tunnel 隧道"
                                     : "bridge 桥梁"});
  }
  const bool judged = !scenario.terminals.empty();
  Panel rsrp{"SS-RSRP, dBm", {}, {}}, sinr{"SS-SINR, dB", {}, {}},
      rate{"downlink rate 下行速率, Mbit/s", {}, {}};
  rsrp.references = {judged ? scenario.service.classes.effective_rsrp_dbm
                            : scenario.thresholds.back().rsrp_dbm};
  if (judged) sinr.references = {scenario.service.classes.effective_sinr_db};
  for (const RouteTerminal& terminal : route.terminals) {
    const std::string name = terminal_text(scenario, terminal.terminal);
    const auto line = [&](Panel& panel, const auto& value) {
      panel.lines.push_back({name, series(route, terminal, value)});
    };
    line(rsrp, [](const shapes::PlaceResult& place) { return place.rsrp_dbm; });
    if (!judged) continue;
    line(sinr, [](const shapes::PlaceResult& place) { return place.ss_sinr_db; });
    line(rate, [](const shapes::PlaceResult& place) {
      return place.connected() ? place.downlink_bps * 1e-6 : 0.0;
    });
    Strip classes{"service class 业务等级: " + name, {}, class_colours_of()};
    Strip limits{"what fails first 首先不满足 (white: nothing): " + name, {}, limit_colours_of()};
    for (const JudgedPlace& place : terminal.places) {
      classes.codes.push_back(static_cast<int>(place.result.service_class));
      limits.codes.push_back(place.result.fails ? static_cast<int>(place.result.limit) : -1);
    }
    chart.strips.push_back(std::move(classes));
    chart.strips.push_back(std::move(limits));
  }
  chart.panels.push_back(std::move(rsrp));
  if (judged) {
    chart.panels.push_back(std::move(sinr));
    chart.panels.push_back(std::move(rate));
  }
  chart.notes = notes(scenario, synthetic_terrain);
  write_panel_chart(chart, file);
}

void write_zones_plot(const Scenario& scenario, const ZonesResult& zones, bool synthetic_terrain,
                      const std::filesystem::path& file) {
  if (zones.profiles.empty() || zones.profiles.front().from_m.size() < 2) return;
  const ZonesConfig& config = scenario.shapes.zones[static_cast<std::size_t>(zones.zones)];
  PanelChart chart;
  chart.title = both(config.name.en, config.name.zh);
  chart.subtitle = subtitle(scenario);
  chart.x_title = "distance from shore 离岸距离, km";
  const std::vector<double>& from_m = zones.profiles.front().from_m;
  const double half_m = 0.5 * zones.profiles.front().step_m;
  for (const double from : from_m) chart.x.push_back((from + half_m) / 1000.0);
  const bool judged = !scenario.terminals.empty();
  Panel rsrp{"SS-RSRP exceeded in 50 % of the sea, dBm", {}, {}},
      weak{"SS-RSRP exceeded in 90 % of the sea, dBm", {}, {}},
      rate{"downlink rate, mean 平均下行速率, Mbit/s", {}, {}},
      covered{"covered 覆盖率, %", {}, {0.0, 100.0}};
  const double level_dbm =
      judged ? scenario.service.classes.effective_rsrp_dbm : scenario.thresholds.back().rsrp_dbm;
  rsrp.references = weak.references = {level_dbm};
  for (const ShoreProfile& profile : zones.profiles) {
    const std::string name = terminal_text(scenario, profile.terminal);
    const auto scaled = [](std::vector<double> values, double factor) {
      for (double& value : values) value *= factor;
      return values;
    };
    rsrp.lines.push_back({name, profile.rsrp_p50_dbm});
    weak.lines.push_back({name, profile.rsrp_p10_dbm});
    rate.lines.push_back({name, scaled(profile.downlink_mean_bps, 1e-6)});
    covered.lines.push_back({name, scaled(profile.covered_share, 100.0)});
  }
  chart.panels = {rsrp, weak};
  if (judged) chart.panels.push_back(rate);
  chart.panels.push_back(covered);
  for (std::size_t i = 0; i < zones.bands.size(); i += 2) {
    chart.shades.push_back({zones.bands[i].from_m / 1000.0, zones.bands[i].to_m / 1000.0,
                            "every other band 间隔海区", true});
  }
  chart.notes = notes(scenario, synthetic_terrain);
  write_panel_chart(chart, file);
}

}  // namespace yonder::scenarios
