#include "scenarios/tunnel_radio.h"

#include <algorithm>
#include <cmath>

#include "core/coverage.h"
#include "core/link_budget.h"
#include "core/nr/numerology.h"
#include "core/units.h"
#include "propagation/models/leaky_feeder.h"
#include "scenarios/nr_plan.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

/// What the model gets as parameters.
ParameterValues cable_parameters(const FeederConfig& feeder) {
  ParameterValues values;
  values["radial_distance_m"] = feeder.radial_distance_m;
  if (feeder.typical_cable) return values;
  values["cable"] = std::string("given");
  values["attenuation_db_per_100m"] = feeder.attenuation_db_per_100m;
  values["coupling_loss_db"] = feeder.coupling_loss_db;
  return values;
}

/// The cell whose antenna is the cable: 0 dBi all around, for the cable's losses are the path's.
CellConfig cable_cell(const Scenario& scenario, const FeederConfig& feeder, int antenna,
                      const std::string& id) {
  CellConfig cell;
  if (feeder.cell >= 0) cell = *all_cells(scenario)[static_cast<std::size_t>(feeder.cell)].cell;
  cell.id = id;
  cell.carrier = feeder.carrier;
  cell.antenna = antenna;
  cell.height_agl_m = 1.5;
  cell.azimuth_deg = cell.mechanical_tilt_deg = cell.electrical_tilt_deg = 0.0;
  const Carrier& carrier = scenario.carriers[static_cast<std::size_t>(feeder.carrier)];
  cell.total_power_dbm =
      feeder.power_per_re_dbm +
      10.0 * std::log10(nr::kSubcarriersPerBlock * static_cast<double>(carrier.resource_blocks));
  cell.feeder_loss_db = feeder.combiner_loss_db;
  cell.radio.dual_stack = DualStack::none;
  cell.radio.ssb_offset_db = 0.0;
  cell.radio.branches_in_gain = 1;
  // A cable carries one branch each way.
  cell.radio.tx_ports = cell.radio.rx_ports = feeder.cables;
  return cell;
}

}  // namespace

double TunnelRadio::fed_from_m(const RouteSectionConfig& section, const FeederConfig& feeder,
                               double chainage_m) {
  if (feeder.feed_every_m > 0.0) {
    // The last radio may stand before the tunnel's end.
    const double last = std::floor((section.to_m - section.from_m) / feeder.feed_every_m + 1e-9);
    const double nearest = std::round((chainage_m - section.from_m) / feeder.feed_every_m);
    return std::abs(chainage_m - section.from_m -
                    std::clamp(nearest, 0.0, last) * feeder.feed_every_m);
  }
  return std::max(0.0, std::min(chainage_m - section.from_m, section.to_m - chainage_m));
}

TunnelRadio::TunnelRadio(const Scenario& scenario, const RouteSectionConfig& section,
                         const std::string& name, LonLat at, std::vector<std::string>& cells)
    : section_(section) {
  place_.grid = {{-0.5, 0.5}, 1.0, 1, 1};
  place_.ground_amsl_m = {0.0F};
  place_.zone = {Zone::inland};
  if (section.feeders.empty()) return;
  Scenario own = scenario;
  own.antennas.push_back({"cable", OmniConfig{}, {}});
  const int antenna = static_cast<int>(own.antennas.size()) - 1;
  own.sites = {{name, {name, ""}, at, {}, section.mark}};
  for (const FeederConfig& feeder : section.feeders) {
    const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(feeder.carrier)];
    own.sites[0].cells.push_back(cable_cell(scenario, feeder, antenna, name + "/" + carrier.id));
    Cable cable;
    cable.model = propagation::leaky_feeder::kModelInfo.make(cable_parameters(feeder));
    cable.config = feeder;
    cable.downlink_hz = carrier.frequency_hz;
    cable.uplink_hz =
        carrier.uplink_frequency_hz > 0.0 ? carrier.uplink_frequency_hz : carrier.frequency_hz;
    cable.known_as = feeder.cell;
    if (feeder.cell < 0) {
      cable.known_as = static_cast<int>(cells.size());
      cells.push_back(name + "/" + carrier.id);
    }
    known_as_.push_back(cable.known_as);
    for (const double frequency_hz : {cable.downlink_hz, cable.uplink_hz}) {
      const PathLossResult result = loss(cable, frequency_hz, 0.0);
      if (result.ok()) continue;
      throw ScenarioErrors(
          {{feeder.mark, "shapes.routes.sections.feeder",
            explain(cable.model->info(), result, {.frequency_hz = frequency_hz, .distance_m = 0.0}),
            "cable: given, with attenuation_db_per_100m and coupling_loss_db"}});
    }
    cables_.push_back(std::move(cable));
  }
  std::vector<CellGroup> groups;
  for (std::size_t i = 0; i < cables_.size(); ++i) {
    const CellConfig& config = own.sites[0].cells[i];
    const Carrier& carrier = own.carriers[static_cast<std::size_t>(config.carrier)];
    cables_[i].cell = Cell{.id = config.id,
                           .antenna = MountedAntenna(make_omni({.gain_dbi = 0.0}), 0.0, 0.0),
                           .epre_dbm = epre_dbm(config.total_power_dbm, carrier.resource_blocks),
                           .feeder_loss_db = config.feeder_loss_db,
                           .broadcast_offset_db = 0.0};
    CellGroup group;
    group.spec.antenna.height_agl_m = config.height_agl_m;
    group.spec.frequency_hz = carrier.frequency_hz;
    group.cells.cells = {*cables_[i].cell};
    group.cells.numbers = {static_cast<std::uint16_t>(i + 1)};
    groups.push_back(std::move(group));
  }
  if (!scenario.terminals.empty()) service_ = make_service_plan(own, groups);
}

PathLossResult TunnelRadio::loss(const Cable& cable, double frequency_hz, double along_m) const {
  Workspace workspace;
  return cable.model->evaluate({.frequency_hz = frequency_hz, .distance_m = along_m}, workspace);
}

std::vector<JudgedPlace> TunnelRadio::judge(const Scenario& scenario, double chainage_m) const {
  JudgedPlace dark;
  dark.status = pixel_status::kOk;
  dark.result.service_class =
      scenario.terminals.empty() ? nr::ServiceClass::unknown : nr::ServiceClass::none;
  dark.result.limit = nr::ServiceLimit::rsrp;
  std::vector<JudgedPlace> judged(judged_terminals(scenario), dark);

  ReceiverPlace place{{0.0, 0.0}, {0, 0}, 0.0, 1.5};
  std::vector<std::vector<nr::CellSignal>> signals(scenario.carriers.size());
  for (std::size_t i = 0; i < cables_.size(); ++i) {
    const Cable& cable = cables_[i];
    const double along_m = fed_from_m(section_, cable.config, chainage_m);
    const PathLossResult down = loss(cable, cable.downlink_hz, along_m);
    const PathLossResult up = loss(cable, cable.uplink_hz, along_m);
    if (!down.ok() || !up.ok()) continue;  // longer than a cable is
    place.position.x_m = std::max(place.position.x_m, along_m);
    const PixelRay ray{along_m, along_m, {}};
    if (scenario.terminals.empty()) {
      JudgedPlace& one = judged.front();
      const auto rsrp_dbm = static_cast<double>(
          pixel_rsrp_dbm(*cable.cell, ray, scenario.receiver, static_cast<float>(down.loss_db)));
      one.heard.levels.push_back({cable.known_as, cable.config.carrier, rsrp_dbm});
      if (one.serving_cell >= 0 && rsrp_dbm <= one.result.rsrp_dbm) continue;
      one.serving_cell = cable.known_as;
      one.heard.camped_carrier = cable.config.carrier;
      one.distance_m = along_m;
      one.result.rsrp_dbm = rsrp_dbm;
      const bool reached = rsrp_dbm >= scenario.thresholds.back().rsrp_dbm;
      one.heard.camped = reached ? cable.known_as : -1;
      one.result.fails = !reached;
      continue;
    }
    signals[static_cast<std::size_t>(cable.config.carrier)].push_back(
        nr::cell_signal(service_.cells[i], cable.cell->epre_dbm, static_cast<std::uint16_t>(i + 1),
                        ray, static_cast<float>(down.loss_db), static_cast<float>(up.loss_db)));
  }
  if (service_.terminals.empty()) return judged;
  std::vector<nr::CarrierSignals> by_carrier;
  for (auto& one : signals) {
    std::ranges::stable_sort(one, std::ranges::greater{}, &nr::CellSignal::rsrp_dbm);
    by_carrier.push_back({one, 0.0, 0.0});
  }
  for (std::size_t t = 0; t < service_.terminals.size(); ++t) {
    const nr::PixelService service =
        nr::place_service(service_, service_.terminals[t], by_carrier, place_, place);
    if (service.serving.cell < 0) continue;
    judged[t] = judged_place(service_, service_.terminals[t], by_carrier, service,
                             nr::Surface::land, pixel_status::kOk, known_as_);
  }
  return judged;
}

}  // namespace yonder::scenarios
