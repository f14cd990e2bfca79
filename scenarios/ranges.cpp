#include "scenarios/ranges.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "core/link_budget.h"
#include "core/nr/level_range.h"
#include "scenarios/budget.h"
#include "scenarios/nr_plan.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

constexpr double kSearchToM = 150e3;

std::string_view surface_name(nr::Surface surface) {
  return surface == nr::Surface::sea ? "sea" : "land";
}

std::string_view end_name(nr::RangeEnd end) {
  switch (end) {
    case nr::RangeEnd::loss:
      return "loss";
    case nr::RangeEnd::searched:
      return "end of the search";
    case nr::RangeEnd::model:
      return "range of the model";
    case nr::RangeEnd::none:
      return "not even at the shortest path";
    case nr::RangeEnd::refused:
      return "the model takes no such path";
  }
  return "";
}

/// A cell's SS-RSRP over a path without loss, in the antenna's boresight.
struct Source {
  const CellRef* ref = nullptr;
  double rsrp_dbm = 0.0;
};

/// Cells that differ in what a range over a level surface depends on, each kind once.
std::vector<Source> kinds_of_sources(const Scenario& scenario, const std::vector<CellRef>& cells) {
  std::vector<Source> kinds;
  std::set<std::tuple<int, double, double>> seen;
  for (const CellRef& ref : cells) {
    const CellConfig& cell = *ref.cell;
    const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
    if (!is_mapped(scenario, carrier)) continue;  // has no part in the map of SS-RSRP
    const double rsrp_dbm =
        epre_dbm(cell_radio(scenario, cell).total_power_dbm(), carrier.resource_blocks) +
        cell.radio.ssb_offset_db - cell.feeder_loss_db +
        antenna_gain_dbi(scenario.antennas[static_cast<std::size_t>(cell.antenna)]) +
        scenario.receiver.gain_dbi - scenario.receiver.body_loss_db -
        scenario.receiver.penetration_loss_db;
    if (seen.emplace(cell.carrier, cell.height_agl_m, rsrp_dbm).second) {
      kinds.push_back({&ref, rsrp_dbm});
    }
  }
  return kinds;
}

ordered_json receiver_ranges(const Scenario& scenario, nr::Surface surface) {
  const std::unique_ptr<PathLossModel> model = make_model(scenario);
  const std::vector<CellRef> cells = all_cells(scenario);
  PathProfile profile;
  Workspace workspace;
  ordered_json json = ordered_json::object();
  for (const Threshold& threshold : scenario.thresholds) {
    nr::LevelRange farthest;
    std::string cell_id;
    for (const Source& source : kinds_of_sources(scenario, cells)) {
      const CellConfig& cell = *source.ref->cell;
      const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
      const nr::LevelPath path{.frequency_hz = carrier.frequency_hz,
                               .polarization = scenario.propagation.polarization,
                               .tx_height_agl_m = cell.height_agl_m,
                               .rx_height_agl_m = scenario.receiver.height_agl_m,
                               .surface = surface,
                               .position = source.ref->site->position};
      const nr::LevelRange range = nr::level_range(
          *model, path, source.rsrp_dbm - threshold.rsrp_dbm, kSearchToM, profile, workspace);
      if (!cell_id.empty() && range.distance_m <= farthest.distance_m) continue;
      farthest = range;
      cell_id = cell.id;
    }
    json[threshold.id] = {{"rsrp_dbm", threshold.rsrp_dbm},
                          {"range_m", farthest.distance_m},
                          {"ends_by", end_name(farthest.end)},
                          {"cell", cell_id}};
  }
  return json;
}

ordered_json terminal_ranges(const Scenario& scenario) {
  ordered_json json = ordered_json::object();
  Budget budget;
  try {
    budget =
        make_budget(scenario, {.surface = std::nullopt, .search_to_m = kSearchToM, .at_m = {}});
  } catch (const ScenarioErrors& errors) {
    return {{"refused", errors.list().front().problem}};
  }
  for (const BudgetEntry& entry : budget.entries) {
    // Service is NR's: LTE and a supplementary uplink only help it.
    if (budget.cells[entry.cells].role != nr::CarrierRole::nr) continue;
    ordered_json& known = json[entry.terminal->id];
    if (!known.is_null() && known["service_m"].get<double>() >= entry.service_m) continue;
    ordered_json channels = ordered_json::object();
    for (const BudgetChannel& channel : entry.channels) {
      channels[std::string(nr::channel_name(channel.table.channel))] = channel.range.distance_m;
    }
    known = {{"surface", surface_name(entry.surface)},
             {"service_m", entry.service_m},
             {"binding", entry.binding},
             {"cell", budget.cells[entry.cells].cell->id},
             {"channels_m", channels}};
  }
  return json;
}

}  // namespace

ordered_json ranges_json(const Scenario& scenario) {
  const TerrainConfig& terrain = scenario.terrain;
  const bool sea = terrain.land_polygons || terrain.land_mask || terrain.assume_sea_level;
  ordered_json json = {{"searched_to_m", kSearchToM}};
  json["receiver"]["land"] = receiver_ranges(scenario, nr::Surface::land);
  if (sea) json["receiver"]["sea"] = receiver_ranges(scenario, nr::Surface::sea);
  if (!scenario.terminals.empty()) json["terminals"] = terminal_ranges(scenario);
  return json;
}

}  // namespace yonder::scenarios
