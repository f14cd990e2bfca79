#include "scenarios/route_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/parallel_rows.h"
#include "core/shapes/calls.h"
#include "core/shapes/doppler.h"
#include "geodata/error.h"
#include "geodata/vector_input.h"
#include "scenarios/nr_plan.h"
#include "scenarios/tunnel_radio.h"

namespace yonder::scenarios {
namespace {

/// Ends of a file's lines that are this near are one.
constexpr double kJoinM = 25.0;

std::vector<shapes::GeodesicPath> route_parts(const RouteConfig& route) {
  std::vector<std::vector<LonLat>> lines = {route.waypoints};
  if (!route.file.empty()) {
    try {
      lines = shapes::joined_lines(geodata::read_lines(route.file), kJoinM);
    } catch (const geodata::GeodataError& error) {
      throw ScenarioErrors({{route.mark, "shapes.routes." + route.id + ".file", error.what(), ""}});
    }
  }
  std::vector<shapes::GeodesicPath> parts;
  for (std::vector<LonLat>& line : lines) {
    const bool moves = std::ranges::any_of(line, [&](LonLat v) {
      return v.lon_deg != line.front().lon_deg || v.lat_deg != line.front().lat_deg;
    });
    if (moves) parts.emplace_back(std::move(line));
  }
  if (parts.empty()) {
    throw ScenarioErrors({{route.mark, "shapes.routes." + route.id, "is a line without length",
                           "waypoints: [[84.25, 41.78], [84.20, 41.30]]"}});
  }
  return parts;
}

class RouteRunner {
 public:
  RouteRunner(const Scenario& scenario, const Plan& plan, const PlaceJudge& judge, int route,
              ShapesResult& shapes, const RunControl& control)
      : scenario_(scenario),
        plan_(plan),
        judge_(judge),
        config_(scenario.shapes.routes[static_cast<std::size_t>(route)]),
        shapes_(shapes),
        control_(control) {
    result_.route = route;
  }

  RouteResult run() {
    lay_out();
    judge_places();
    for (RouteTerminal& terminal : result_.terminals) sum_up(terminal);
    return std::move(result_);
  }

 private:
  /// The places inside the analysis area, which have terrain around them.
  void lay_out() {
    const Grid& grid = plan_.terrain().grid;
    std::vector<double> breaks_m;  // no place stands for ground and tunnel at once
    for (const RouteSectionConfig& section : config_.sections) {
      breaks_m.insert(breaks_m.end(), {section.from_m, section.to_m});
    }
    std::vector<shapes::RouteSample> all =
        shapes::route_samples(route_parts(config_), config_.step_m, breaks_m);
    int cuts = 0;  // where the route leaves the area it breaks
    bool was_outside = false;
    for (shapes::RouteSample& sample : all) {
      const MapPoint point = plan_.analysis.projection.to_map(sample.position);
      if (!plan_.analysis.area.contains(grid.pixel_at(point))) {
        result_.outside_m += sample.length_m();
        was_outside = true;
        continue;
      }
      if (was_outside && !result_.samples.empty()) ++cuts;
      was_outside = false;
      sample.part += cuts;
      result_.length_m += sample.length_m();
      result_.samples.push_back(sample);
      points_.push_back(point);
    }
    const std::string key = "shapes.routes." + config_.id;
    if (result_.samples.empty()) {
      throw ScenarioErrors({{config_.mark, key, "lies wholly outside the analysis area",
                             "a route that passes the sites, or a larger area"}});
    }
    if (result_.outside_m > 0.0) {
      shapes_.warnings.push_back(fmt::format(
          "route {}: {:.1f} of {:.1f} km lie outside the analysis area and are not judged",
          config_.id, result_.outside_m / 1000.0, (result_.outside_m + result_.length_m) / 1000.0));
    }
    const double end_m = all.back().to_m;
    for (const RouteSectionConfig& section : config_.sections) {
      if (section.to_m > end_m + 1.0) {
        throw ScenarioErrors({{section.mark, key + ".sections",
                               fmt::format("ends at {:.3f} km, but the route at {:.3f}",
                                           section.to_m / 1000.0, end_m / 1000.0),
                               fmt::format("to_km: {:.3f}", end_m / 1000.0)}});
      }
    }
    for (std::size_t i = 0; i < config_.sections.size(); ++i) {
      const RouteSectionConfig& section = config_.sections[i];
      tunnels_.emplace_back();
      if (section.kind != SectionKind::tunnel) continue;
      tunnels_.back() = std::make_unique<TunnelRadio>(
          scenario_, section, fmt::format("{}:tunnel-{:.1f}km", config_.id, section.from_m / 1e3),
          result_.samples.front().position, shapes_.cells);
    }
    for (const shapes::RouteSample& sample : result_.samples) {
      const double middle_m = 0.5 * (sample.from_m + sample.to_m);
      int found = -1;
      for (std::size_t i = 0; i < config_.sections.size(); ++i) {
        const RouteSectionConfig& section = config_.sections[i];
        if (middle_m > section.from_m && middle_m < section.to_m) found = static_cast<int>(i);
      }
      result_.section_of.push_back(found);
    }
  }

  void judge_places() {
    const std::size_t all = judged_terminals(scenario_);
    std::vector<std::vector<JudgedPlace>> places(result_.samples.size());
    RunControl quiet = control_;
    quiet.progress = nullptr;
    std::vector<PlaceScratch> scratch(static_cast<std::size_t>(thread_count(control_)));
    parallel_rows(static_cast<int>(places.size()), quiet, 0, 0, [&](int i, int thread) {
      const auto sample = static_cast<std::size_t>(i);
      places[sample] = judge_place(sample, scratch[static_cast<std::size_t>(thread)]);
    });
    std::vector<int> wanted = config_.terminals;
    if (scenario_.terminals.empty()) wanted = {-1};
    for (const int terminal : wanted) {
      RouteTerminal one;
      one.terminal = terminal;
      const std::size_t column = static_cast<std::size_t>(std::max(0, terminal));
      YONDER_EXPECTS(column < all);
      for (std::size_t i = 0; i < places.size(); ++i) {
        one.places.push_back(places[i][column]);
        one.places.back().result.weight = result_.samples[i].length_m();
      }
      result_.terminals.push_back(std::move(one));
    }
  }

  std::vector<JudgedPlace> judge_place(std::size_t sample, PlaceScratch& scratch) const {
    const int index = result_.section_of[sample];
    double lift_m = 0.0;
    if (index >= 0) {
      const RouteSectionConfig& section = config_.sections[static_cast<std::size_t>(index)];
      if (section.kind == SectionKind::tunnel) {
        return tunnels_[static_cast<std::size_t>(index)]->judge(scenario_,
                                                                result_.samples[sample].chainage_m);
      }
      if (section.kind == SectionKind::bridge) {
        lift_m = section.height_agl_m.value_or(0.0);
        if (section.height_amsl_m) {
          lift_m = *section.height_amsl_m - plan_.terrain().ground_at(points_[sample]);
        }
      }
    }
    return judge_.judge(points_[sample], lift_m, std::nullopt, scratch);
  }

  void sum_up(RouteTerminal& terminal) {
    const bool judged = terminal.terminal >= 0;
    std::vector<double> thresholds;
    for (const Threshold& threshold : scenario_.thresholds) {
      thresholds.push_back(threshold.rsrp_dbm);
    }
    std::vector<shapes::PlaceResult> results;
    std::vector<shapes::HeardCells> heard;
    for (const JudgedPlace& place : terminal.places) {
      results.push_back(place.result);
      heard.push_back(place.heard);
    }
    terminal.kpis = shapes::place_kpis(results, thresholds, judged);
    for (const shapes::PlaceResult& place : results) {
      terminal.covered.push_back(shapes::is_covered(place, judged, thresholds.back()));
    }
    const std::span<const shapes::RouteSample> samples = result_.samples;
    terminal.holes =
        shapes::hole_kpis(shapes::find_holes(samples, terminal.covered), config_.hole_m);
    for (const double threshold_dbm : thresholds) {
      std::vector<bool> reached;
      for (const shapes::PlaceResult& place : results) {
        reached.push_back(place.rsrp_dbm >= threshold_dbm);
      }
      terminal.threshold_holes_m.push_back(
          shapes::hole_kpis(shapes::find_holes(samples, reached), 0.0).longest_m);
    }
    const shapes::HandoverRules rules{
        .hysteresis_db = config_.hysteresis_db,
        .usable_dbm = judged ? scenario_.service.classes.effective_rsrp_dbm : thresholds.back(),
        .speed_mps = config_.speed_mps.value_or(0.0),
        .handover_s = config_.handover_s,
        .drop_s = config_.drop_s};
    terminal.forward = shapes::run_along(samples, heard, rules, false);
    terminal.backward = shapes::run_along(samples, heard, rules, true);
    std::set<int> servers(terminal.forward.serving.begin(), terminal.forward.serving.end());
    servers.insert(terminal.backward.serving.begin(), terminal.backward.serving.end());
    servers.erase(-1);
    terminal.servers = static_cast<int>(servers.size());
    if (!judged) return;
    if (config_.speed_mps) sum_up_doppler(terminal, servers);
    sum_up_voice(terminal);
  }

  /// On each carrier that serves: the preamble that stands least.
  void sum_up_doppler(RouteTerminal& terminal, const std::set<int>& servers) const {
    const std::vector<CellRef> refs = all_cells(scenario_);
    for (const int server : servers) {
      if (server >= static_cast<int>(refs.size())) continue;  // a tunnel's own
      const CellConfig& cell = *refs[static_cast<std::size_t>(server)].cell;
      const CarrierConfig& carrier = scenario_.carriers[static_cast<std::size_t>(cell.carrier)];
      const nr::PrachConfig prach = prach_config(scenario_, cell);
      DopplerKpi kpi{
          .carrier = cell.carrier,
          .downlink_hz = shapes::downlink_doppler_hz(*config_.speed_mps, carrier.frequency_hz),
          .uplink_hz = shapes::uplink_doppler_hz(*config_.speed_mps, carrier.uplink_frequency_hz),
          .prach_limit_hz = shapes::prach_doppler_limit_hz(prach),
          .prach_format = std::string(nr::prach_format_name(prach.format))};
      const auto known = std::ranges::find(terminal.doppler, cell.carrier, &DopplerKpi::carrier);
      if (known == terminal.doppler.end()) {
        terminal.doppler.push_back(kpi);
      } else if (kpi.prach_limit_hz < known->prach_limit_hz) {
        *known = kpi;
      }
    }
  }

  void sum_up_voice(RouteTerminal& terminal) const {
    const shapes::VoiceRules rules;
    VoiceKpis& voice = terminal.voice;
    voice.setup_least = 1.0;
    for (std::size_t i = 0; i < terminal.places.size(); ++i) {
      const shapes::VoiceSteps steps = shapes::voice_steps(terminal.places[i].voice, rules);
      const double share = share_of(i);
      voice.steps.prach += share * steps.prach;
      voice.steps.msg3 += share * steps.msg3;
      voice.steps.rrc += share * steps.rrc;
      voice.steps.qos_flow += share * steps.qos_flow;
      voice.setup_mean += share * steps.connected;
      voice.setup_least = std::min(voice.setup_least, steps.connected);
    }
    voice.connected_mean = voice.setup_mean;
    if (config_.speed_mps) {
      voice.connected_mean = 0.0;
      voice.whole_run = 1.0;
      double successes = 0.0;
      for (const shapes::RouteRun* way : {&terminal.forward, &terminal.backward}) {
        const auto [held, whole, handovers] =
            travel_with_calls(terminal, *way, way == &terminal.backward, rules);
        voice.connected_mean += 0.5 * held;
        voice.whole_run = std::min(voice.whole_run, whole);
        successes += handovers;
      }
      const std::size_t count =
          terminal.forward.handovers.size() + terminal.backward.handovers.size();
      if (count > 0) voice.handover_mean = successes / static_cast<double>(count);
    }
    voice.all_calls = std::pow(voice.connected_mean, config_.calls);
  }

  double share_of(std::size_t sample) const {
    return result_.samples[sample].length_m() / result_.length_m;
  }

  /// Calls of one direction: mean over begins and slow fading, which is one for a whole call.
  struct HeldCalls {
    double connected = 0.0;
    double whole_run = 0.0;
    double handovers = 0.0;  ///< sum of their success
  };
  HeldCalls travel_with_calls(const RouteTerminal& terminal, const shapes::RouteRun& way,
                              bool backwards, const shapes::VoiceRules& rules) const {
    HeldCalls sums;
    const std::span<const double> deviations = shapes::fading_deviations();
    const double slice = 1.0 / static_cast<double>(deviations.size());
    for (const double deviation : deviations) {
      shapes::CallRun run{.samples = result_.samples,
                          .setup = {},
                          .handovers = way.handovers,
                          .handover_success = {},
                          .dead = {},
                          .call_m = *config_.speed_mps * config_.call_s,
                          .drop_m = *config_.speed_mps * config_.drop_s,
                          .backwards = backwards};
      std::vector<bool> alive;
      for (const JudgedPlace& place : terminal.places) {
        run.setup.push_back(shapes::voice_steps_at(place.voice, deviation, rules).connected);
        alive.push_back(shapes::carries_voice(place.voice, deviation));
      }
      run.dead = shapes::find_holes(result_.samples, alive);
      double whole = 1.0;
      for (const shapes::Stretch& dead : run.dead) {
        if (dead.length_m() > run.drop_m) whole = 0.0;
      }
      for (const shapes::Handover& handover : way.handovers) {
        run.handover_success.push_back(shapes::handover_success_at(
            terminal.places[handover.sample].voice, handover.lag_db, deviation, rules));
        whole *= run.handover_success.back();
        sums.handovers += slice * run.handover_success.back();
      }
      sums.whole_run += slice * whole;
      const std::vector<double> held = shapes::held_calls(run);
      for (std::size_t i = 0; i < held.size(); ++i) {
        sums.connected += slice * held[i] * share_of(i);
      }
    }
    return sums;
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const PlaceJudge& judge_;
  const RouteConfig& config_;
  ShapesResult& shapes_;
  const RunControl& control_;
  RouteResult result_;
  std::vector<MapPoint> points_;                       ///< by sample
  std::vector<std::unique_ptr<TunnelRadio>> tunnels_;  ///< by section; null for others
};

}  // namespace

RouteResult run_route(const Scenario& scenario, const Plan& plan, const PlaceJudge& judge,
                      int route, ShapesResult& shapes, const RunControl& control) {
  return RouteRunner(scenario, plan, judge, route, shapes, control).run();
}

}  // namespace yonder::scenarios
