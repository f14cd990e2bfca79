#include "scenarios/service_signals.h"

#include <algorithm>
#include <cmath>

#include "core/parallel_rows.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

/// What is known of a pixel after a further field: a value beats none.
PixelStatus merged(PixelStatus before, PixelStatus added) {
  using namespace pixel_status;
  if (added == kBeyondRadius) return before;
  if (before == kBeyondRadius) return added;
  if (has_value(before) || has_value(added)) return has_value(before) ? before : added;
  return std::min(before, added);
}

}  // namespace

std::vector<WantedField> wanted_fields(const CellGroup& group, const std::vector<double>& heights) {
  std::vector<WantedField> wanted;
  if (group.mapped) wanted.push_back({group.spec, -1, false});
  for (std::size_t h = 0; h < heights.size(); ++h) {
    FieldSpec spec = group.spec;
    spec.receiver_height_agl_m = heights[h];
    wanted.push_back({spec, static_cast<int>(h), false});
    if (group.uplink_frequency_hz == spec.frequency_hz) continue;
    spec.frequency_hz = group.uplink_frequency_hz;
    wanted.push_back({spec, static_cast<int>(h), true});
  }
  return wanted;
}

ServiceSignals::ServiceSignals(const Scenario& scenario, const nr::ServicePlan& service,
                               PixelWindow window, int depth)
    : service_(service),
      window_(window),
      carriers_(scenario.carriers.size()),
      heights_(terminal_heights(scenario)) {
  std::vector<double> loads;
  for (const nr::ServiceCell& cell : service.cells) loads.push_back(cell.load);
  for (std::size_t i = 0; i < heights_.size() * carriers_; ++i) {
    stacks_.emplace_back(window, depth > 0 ? depth : scenario.service.servers, loads);
  }
  statuses_.assign(heights_.size(),
                   std::vector<PixelStatus>(window.size(), pixel_status::kBeyondRadius));
}

void ServiceSignals::add(int height, const CellGroup& group, const Terrain& terrain, Pixel pixel,
                         PathLossSample downlink, PathLossSample uplink) {
  add(height, group, receiver_at_pixel(terrain, pixel, heights_[static_cast<std::size_t>(height)]),
      downlink, uplink);
}

void ServiceSignals::add(int height, const CellGroup& group, const ReceiverPlace& place,
                         PathLossSample downlink, PathLossSample uplink) {
  const std::size_t i = window_.index(place.pixel);
  const bool both =
      pixel_status::has_value(downlink.status) && pixel_status::has_value(uplink.status);
  // Without NR's signals nothing is judged, whatever else is heard.
  const nr::ServiceCell& any = service_.cells[group.cells.numbers.front() - 1U];
  if (service_.carriers[static_cast<std::size_t>(any.carrier)].role == nr::CarrierRole::nr) {
    PixelStatus& known = statuses_[static_cast<std::size_t>(height)][i];
    known = merged(
        known, both || !pixel_status::has_value(downlink.status) ? downlink.status : uplink.status);
  }
  if (!both) return;
  const PixelRay ray = ray_to(group.spec.antenna, place);
  for (std::size_t c = 0; c < group.cells.cells.size(); ++c) {
    const std::uint16_t number = group.cells.numbers[c];
    const nr::ServiceCell& cell = service_.cells[number - 1U];
    const std::size_t stack =
        static_cast<std::size_t>(height) * carriers_ + static_cast<std::size_t>(cell.carrier);
    stacks_[stack].add(i, nr::cell_signal(cell, group.cells.cells[c].epre_dbm, number, ray,
                                          downlink.loss_db, uplink.loss_db));
  }
}

void ServiceSignals::add(int height, const CellGroup& group, const Terrain& terrain,
                         const PathLossField& downlink, const PathLossField* uplink,
                         const RunControl& control) {
  const PixelWindow& window = downlink.window;
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(window.rows, quiet, 0, 0, [&](int row, int) {
    for (int column = 0; column < window.columns; ++column) {
      const Pixel pixel{window.column + column, window.row + row};
      const std::size_t i = window.index(pixel);
      const PathLossSample down{downlink.loss_db[i], downlink.status[i], {}};
      const PathLossSample up =
          uplink == nullptr ? down : PathLossSample{uplink->loss_db[i], uplink->status[i], {}};
      add(height, group, terrain, pixel, down, up);
    }
  });
}

void ServiceSignals::at(int height, Pixel pixel, std::vector<nr::CarrierSignals>& signals) const {
  const std::size_t i = window_.index(pixel);
  signals.resize(carriers_);
  for (std::size_t c = 0; c < carriers_; ++c) {
    const nr::SignalStack& one = stack(height, c);
    signals[c] = {one.at(i), one.rest_mw(i), one.loaded_rest_mw(i)};
  }
}

PixelStatus ServiceSignals::status(int height, Pixel pixel) const {
  return statuses_[static_cast<std::size_t>(height)][window_.index(pixel)];
}

std::size_t ServiceSignals::bytes_per_pixel(const Scenario& scenario) {
  const std::size_t heights = terminal_heights(scenario).size();
  return heights * (1 + scenario.carriers.size() *
                            nr::SignalStack::bytes_per_pixel(scenario.service.servers));
}

}  // namespace yonder::scenarios
