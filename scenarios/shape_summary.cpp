#include <fmt/format.h>

#include "scenarios/nr_plan.h"
#include "scenarios/shape_record.h"

namespace yonder::scenarios {
namespace {

std::string both(const Label& label) {
  return label.zh.empty() || label.zh == label.en ? label.en : label.en + " " + label.zh;
}

std::string limit_text(nr::ServiceLimit limit) {
  const nr::ServiceNames& names = nr::service_limit_names(limit);
  return names.en == names.zh ? std::string(names.en) : fmt::format("{} {}", names.en, names.zh);
}

std::string value_text(std::optional<double> value, double scale, int digits) {
  return value ? fmt::format("{:.{}f}", *value * scale, digits) : "-";
}

Label name_of(const Scenario& scenario, int terminal) {
  if (terminal < 0) return {"Receiver", "接收机"};
  return terminal_name(scenario.terminals[static_cast<std::size_t>(terminal)]);
}

/// What all shapes say of a terminal, on a line or two.
std::string kpis_text(const Scenario& scenario, int terminal, const shapes::PlaceKpis& kpis) {
  std::string text =
      fmt::format("    {} [{}]: {:.1f} % covered 覆盖率", both(name_of(scenario, terminal)),
                  terminal_id(scenario, terminal), 100.0 * kpis.covered_share);
  if (kpis.judged) {
    text += fmt::format(
        " ({:.1f} % continuous 连续)",
        100.0 * kpis.class_shares[static_cast<std::size_t>(nr::ServiceClass::continuous)]);
  }
  text += fmt::format("; RSRP p10 {} / p50 {} dBm", value_text(kpis.rsrp_dbm.p10, 1.0, 1),
                      value_text(kpis.rsrp_dbm.p50, 1.0, 1));
  if (kpis.judged) {
    text += fmt::format("; downlink 下行 {} Mbit/s mean, {} p10",
                        value_text(kpis.downlink_bps.mean, 1e-6, 0),
                        value_text(kpis.downlink_bps.p10, 1e-6, 0));
  }
  if (kpis.dominant_limit) {
    text += fmt::format("; {}: {}",
                        kpis.failing.empty() ? "least margin 最小余量" : "fails first 首先不满足",
                        limit_text(*kpis.dominant_limit));
  }
  return text + "\n";
}

std::string route_text(const Scenario& scenario, const RouteResult& route) {
  const RouteConfig& config = scenario.shapes.routes[static_cast<std::size_t>(route.route)];
  std::string text = fmt::format("\n  Route 线路 {} [{}], {:.1f} km", both(config.name), config.id,
                                 route.length_m / 1000.0);
  if (config.speed_mps) text += fmt::format(" at {:.0f} km/h", *config.speed_mps * 3.6);
  text += "\n";
  for (const RouteTerminal& terminal : route.terminals) {
    text += kpis_text(scenario, terminal.terminal, terminal.kpis);
    const shapes::HoleKpis& holes = terminal.holes;
    text += fmt::format("      holes 覆盖空洞: {} in all, {:.1f} km together, longest {:.2f} km",
                        holes.count, holes.total_m / 1000.0, holes.longest_m / 1000.0);
    if (config.speed_mps) text += fmt::format(" ({:.0f} s)", holes.longest_m / *config.speed_mps);
    text += fmt::format("; {} longer than {:g} m\n", holes.long_ones.size(), config.hole_m);
    text += fmt::format("      {} servers 服务小区, {} / {} handovers 切换 there / back",
                        terminal.servers, terminal.forward.handovers.size(),
                        terminal.backward.handovers.size());
    if (terminal.terminal >= 0) {
      text += fmt::format("; voice connected 语音接通率 {:.2f} %",
                          100.0 * terminal.voice.connected_mean);
    }
    text += "\n";
    for (const DopplerKpi& doppler : terminal.doppler) {
      if (doppler.stands()) continue;
      text += fmt::format(
          "      Doppler 多普勒: {:.0f} Hz on {}, more than PRACH format {} stands ({:.0f} Hz)\n",
          doppler.uplink_hz, scenario.carriers[static_cast<std::size_t>(doppler.carrier)].id,
          doppler.prach_format, doppler.prach_limit_hz);
    }
  }
  return text;
}

}  // namespace

std::string shapes_summary(const Scenario& scenario, const ShapesResult& shapes) {
  std::string text;
  for (const RouteResult& route : shapes.routes) text += route_text(scenario, route);
  const auto all = [&](const std::vector<ShapeTerminal>& terminals) {
    for (const ShapeTerminal& one : terminals) text += kpis_text(scenario, one.terminal, one.kpis);
  };
  for (const AreaResult& area : shapes.areas) {
    const AreaShapeConfig& config = scenario.shapes.areas[static_cast<std::size_t>(area.area)];
    text += fmt::format("\n  Area 区域 {} [{}], {:.0f} km2\n", both(config.name), config.id,
                        area.area_km2);
    all(area.terminals);
  }
  for (const ZonesResult& zones : shapes.zones) {
    const ZonesConfig& config = scenario.shapes.zones[static_cast<std::size_t>(zones.zones)];
    for (const BandResult& band : zones.bands) {
      text += fmt::format("\n  Distance from shore 离岸距离 {} [{}], {:g}–{:g} km: {:.0f} km2\n",
                          both(config.name), config.id, band.from_m / 1000.0, band.to_m / 1000.0,
                          band.area_km2);
      all(band.terminals);
    }
  }
  for (const PointsResult& points : shapes.points) {
    const PointsConfig& config = scenario.shapes.points[static_cast<std::size_t>(points.points)];
    text += fmt::format("\n  Points 点位 {} [{}], {} of them\n", both(config.name), config.id,
                        points.places.size());
    all(points.terminals);
  }
  return text;
}

}  // namespace yonder::scenarios
