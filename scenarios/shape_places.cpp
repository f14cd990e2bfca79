#include "scenarios/shape_places.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/coverage.h"
#include "scenarios/nr_plan.h"
#include "scenarios/service_map.h"

namespace yonder::scenarios {

namespace {

constexpr int kHeardCells = 32;  ///< of a carrier, for handovers

const nr::TerminalLink& link_of(const nr::ServiceTerminal& terminal, int cell) {
  return terminal
      .links[static_cast<std::size_t>(terminal.link_of_cell[static_cast<std::size_t>(cell)])];
}

shapes::VoiceLink voice_link(const nr::ServicePlan& plan, const nr::ServiceTerminal& terminal,
                             const nr::CellService& down, const nr::CellService& up,
                             const nr::SlowFading& fading, bool reachable) {
  using nr::PhysicalChannel;
  const nr::Radio& radio = plan.cells[static_cast<std::size_t>(up.cell)].radio;
  const auto median_db = [&](const nr::CellService& cell, PhysicalChannel channel) {
    const double margin_db = nr::median_margin_db(cell, channel, fading);
    // A channel that is not there (voice without uplink slots) carries nothing.
    return std::isnan(margin_db) ? -std::numeric_limits<double>::infinity() : margin_db;
  };
  return {.reachable = reachable,
          .prach_db = median_db(up, PhysicalChannel::prach),
          .msg3_db = median_db(up, PhysicalChannel::msg3),
          .pdcch_db = median_db(down, PhysicalChannel::pdcch),
          .voice_db = median_db(up, PhysicalChannel::vonr),
          .uplink_branches = radio.combining_branches(),
          .downlink_branches = link_of(terminal, down.cell).terminal.rx_antennas};
}

}  // namespace

std::size_t judged_terminals(const Scenario& scenario) {
  return std::max<std::size_t>(1, scenario.terminals.size());
}

JudgedPlace judged_place(const nr::ServicePlan& plan, const nr::ServiceTerminal& terminal,
                         const std::vector<nr::CarrierSignals>& heard,
                         const nr::PixelService& service, nr::Surface surface, PixelStatus status,
                         const std::vector<int>& cells) {
  JudgedPlace judged;
  judged.status = status;
  shapes::PlaceResult& result = judged.result;
  const auto known_as = [&](int cell) {
    return cells.empty() ? cell : cells[static_cast<std::size_t>(cell)];
  };
  for (std::size_t c = 0; c < heard.size(); ++c) {
    for (const nr::CellSignal& signal : heard[c].strongest) {
      const int cell = signal.cell - 1;
      const double rsrp_dbm =
          static_cast<double>(signal.rsrp_dbm) + link_of(terminal, cell).receive_gain_db();
      if (rsrp_dbm < plan.rules.weak_rsrp_dbm) continue;  // not measured any more
      judged.heard.levels.push_back({known_as(cell), static_cast<int>(c), rsrp_dbm});
    }
  }
  const nr::SlowFading& fading = nr::fading_of(plan.rules, terminal, surface);
  judged.voice.sigma_db = fading.sigma_db;
  if (service.fallback.cell >= 0) {
    judged.voice.lte = voice_link(plan, terminal, service.fallback, service.fallback, fading, true);
  }
  if (service.serving.cell < 0) {
    result.limit = limit_of_status(status);
    return judged;
  }
  const nr::CellService& down = service.serving;
  const nr::CellService& up = service.uplink;
  result.rsrp_dbm = down.rsrp_dbm;
  result.ss_sinr_db = down.ss_sinr_db;
  result.downlink_bps = service.downlink_bps;
  result.loaded_downlink_bps = service.loaded_downlink_bps;
  result.uplink_bps = service.uplink_bps;
  result.probability = service.probability;
  result.service_class = service.service_class;
  result.limit = service.binding.limit;
  result.fails = service.binding.amount < 0.0;
  judged.serving_cell = known_as(down.cell);
  judged.distance_m = down.distance_m;
  if (result.connected()) {
    judged.heard.camped = judged.serving_cell;
    judged.heard.camped_carrier = plan.cells[static_cast<std::size_t>(down.cell)].carrier;
  }
  judged.voice.nr = voice_link(plan, terminal, down, up, fading,
                               service.access && service.service_class > nr::ServiceClass::none);
  return judged;
}

PlaceJudge::PlaceJudge(const Scenario& scenario, const Plan& plan, const nr::ServicePlan& service)
    : scenario_(scenario), plan_(plan), service_(service), heights_(terminal_heights(scenario)) {
  const auto evaluator = [&](const FieldSpec& spec) {
    return PathEvaluator(plan.terrain(), *plan.model, spec);
  };
  for (const CellGroup& group : plan.groups) {
    for (const WantedField& wanted : wanted_fields(group, heights_)) {
      // The receiver's own field counts only where no terminal is judged.
      if ((wanted.height < 0) != heights_.empty()) continue;
      if (wanted.uplink) {
        paths_.back().uplink.emplace(evaluator(wanted.spec));
      } else {
        paths_.push_back({&group, wanted.height, evaluator(wanted.spec), std::nullopt});
      }
    }
  }
}

std::vector<JudgedPlace> PlaceJudge::judge(MapPoint point, double lift_m,
                                           std::optional<double> height_agl_m,
                                           PlaceScratch& scratch) const {
  const auto place_at = [&](double own_height_m) {
    return receiver_at_point(plan_.terrain(), point, height_agl_m.value_or(lift_m + own_height_m));
  };
  if (heights_.empty()) {
    return {judge_receiver(place_at(scenario_.receiver.height_agl_m), scratch)};
  }
  const Pixel pixel = plan_.terrain().grid.pixel_at(point);
  const bool sea = plan_.terrain().zone[plan_.terrain().grid.index(pixel)] == Zone::sea;
  const PixelWindow window{pixel.column, pixel.row, 1, 1};
  ServiceSignals signals(scenario_, service_, window);
  // A terminal keeps a cell that is no longer among the few strongest.
  ServiceSignals heard(scenario_, service_, window, kHeardCells);
  for (const Paths& paths : paths_) {
    const ReceiverPlace place = place_at(heights_[static_cast<std::size_t>(paths.height)]);
    const PathLossSample down = paths.downlink.evaluate(place, scratch.path);
    if (down.status == pixel_status::kBeyondRadius) continue;
    const PathLossSample up =
        paths.uplink ? paths.uplink->evaluate(place, scratch.path) : PathLossSample(down);
    for (ServiceSignals* one : {&signals, &heard}) {
      one->add(paths.height, *paths.group, place, down, up);
    }
  }
  std::vector<JudgedPlace> judged;
  for (std::size_t t = 0; t < scenario_.terminals.size(); ++t) {
    const int height = height_index(scenario_, t);
    const ReceiverPlace place = place_at(heights_[static_cast<std::size_t>(height)]);
    signals.at(height, pixel, scratch.signals);
    heard.at(height, pixel, scratch.heard);
    const nr::PixelService service =
        nr::place_service(service_, service_.terminals[t], scratch.signals, plan_.terrain(), place);
    judged.push_back(judged_place(service_, service_.terminals[t], scratch.heard, service,
                                  sea ? nr::Surface::sea : nr::Surface::land,
                                  signals.status(height, pixel)));
  }
  return judged;
}

JudgedPlace PlaceJudge::judge_receiver(const ReceiverPlace& place, PlaceScratch& scratch) const {
  JudgedPlace judged;
  const std::vector<CellRef> refs = all_cells(scenario_);
  for (const Paths& paths : paths_) {
    const PathLossSample sample = paths.downlink.evaluate(place, scratch.path);
    if (sample.status == pixel_status::kBeyondRadius) continue;
    if (!pixel_status::has_value(judged.status)) judged.status = sample.status;
    if (!pixel_status::has_value(sample.status)) continue;
    judged.status = pixel_status::kOk;
    const PixelRay ray = ray_to(paths.group->spec.antenna, place);
    for (std::size_t c = 0; c < paths.group->cells.cells.size(); ++c) {
      const int cell = paths.group->cells.numbers[c] - 1;
      const auto rsrp_dbm = static_cast<double>(
          pixel_rsrp_dbm(paths.group->cells.cells[c], ray, scenario_.receiver, sample.loss_db));
      const int carrier = refs[static_cast<std::size_t>(cell)].cell->carrier;
      judged.heard.levels.push_back({cell, carrier, rsrp_dbm});
      if (judged.serving_cell < 0 || rsrp_dbm > judged.result.rsrp_dbm) {
        judged.serving_cell = cell;
        judged.result.rsrp_dbm = rsrp_dbm;
        judged.distance_m = ray.slant_m;
        judged.heard.camped_carrier = carrier;
      }
    }
  }
  if (judged.result.rsrp_dbm >= scenario_.thresholds.back().rsrp_dbm) {
    judged.heard.camped = judged.serving_cell;
  }
  judged.result.limit =
      judged.serving_cell < 0 ? limit_of_status(judged.status) : nr::ServiceLimit::rsrp;
  judged.result.fails = judged.heard.camped < 0;
  return judged;
}

}  // namespace yonder::scenarios
