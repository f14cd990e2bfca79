#include "scenarios/budget.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "core/nr/numerology.h"
#include "core/nr/slow_fading.h"
#include "core/nr/terminal.h"
#include "core/text.h"
#include "core/units.h"
#include "scenarios/nr_plan.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

const CarrierConfig& carrier_of(const Scenario& scenario, const CellConfig& cell) {
  return scenario.carriers[static_cast<std::size_t>(cell.carrier)];
}

[[noreturn]] void refuse(const SourceMark& mark, const std::string& key, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{mark, key, problem, valid}});
}

/// Everything of a cell that its budget depends on.
auto kind_of(const CellConfig& cell, const nr::AccessRange& access) {
  return std::tuple(cell.carrier, cell.antenna, cell.height_agl_m, cell.total_power_dbm,
                    cell.feeder_loss_db, radio_kind(cell.radio), access.radius_m);
}

/// For the rate of an allocation in the carrier's uplink.
nr::DataLimits uplink_limits(const CarrierConfig& carrier, double bler_target) {
  return {.slots_per_second = uplink_slots_per_second(carrier), .bler = bler_target};
}

std::vector<BudgetCells> kinds_of_cells(const Scenario& scenario) {
  std::vector<BudgetCells> kinds;
  for (const CellRef& ref : all_cells(scenario)) {
    const CellConfig& cell = *ref.cell;
    const nr::AccessRange access = nr::access_range(access_config(scenario, cell));
    const auto same = std::ranges::find_if(kinds, [&](const BudgetCells& known) {
      return kind_of(*known.cell, known.access) == kind_of(cell, access);
    });
    if (same != kinds.end()) {
      same->ids.push_back(cell.id);
      continue;
    }
    kinds.push_back({.cell = &cell,
                     .ids = {cell.id},
                     .role = carrier_role(carrier_of(scenario, cell)),
                     .radio = cell_radio(scenario, cell),
                     .antenna_gain_dbi = antenna_gain_dbi(
                         scenario.antennas[static_cast<std::size_t>(cell.antenna)]),
                     .position = ref.site->position,
                     .access = access});
  }
  return kinds;
}

void check_terminals(const Scenario& scenario) {
  if (scenario.terminals.empty()) {
    refuse({scenario.file.string()}, "terminals", "are missing: a budget needs the other end",
           "terminals: [{id: phone, profile: handset_outdoors}]");
  }
}

class Maker {
 public:
  Maker(const Scenario& scenario, const BudgetOptions& options)
      : scenario_(scenario), model_(make_model(scenario)) {
    budget_.options = options;
  }

  Budget make() {
    check_terminals(scenario_);
    budget_.cells = kinds_of_cells(scenario_);
    for (std::size_t i = 0; i < budget_.cells.size(); ++i) {
      for (const TerminalConfig& terminal : scenario_.terminals) {
        try {
          budget_.entries.push_back(entry(i, terminal));
        } catch (const std::invalid_argument& error) {
          refuse(terminal.mark, "terminals." + terminal.id, error.what(), "");
        }
      }
    }
    return std::move(budget_);
  }

 private:
  nr::LinkMargins margins(const CellConfig& cell, double penetration_sigma_db,
                          nr::Surface surface) const {
    nr::LinkMargins margins;
    margins.uplink_interference_db = cell.radio.uplink_interference_db;
    // Over land the signal varies from place to place, over open sea with time.
    if (surface == nr::Surface::sea) {
      margins.time_db = scenario_.service.fading.sea_margin_db;
    } else {
      margins.slow_fading_db =
          slow_fading(scenario_.service.fading, surface, penetration_sigma_db).margin_db;
    }
    return margins;
  }

  BudgetEntry entry(std::size_t cells, const TerminalConfig& terminal) {
    const CellConfig& cell = *budget_.cells[cells].cell;
    const CarrierConfig& carrier = carrier_of(scenario_, cell);
    BudgetEntry entry;
    entry.cells = cells;
    entry.terminal = &terminal;
    const bool at_sea = nr::find_terminal_profile(terminal.profile)->at_sea;
    entry.surface = budget_.options.surface.value_or(at_sea ? nr::Surface::sea : nr::Surface::land);
    entry.terminal_height_agl_m = terminal_height_agl_m(terminal);
    entry.margins = margins(
        cell, terminal_radio(terminal, carrier.frequency_hz).penetration_sigma_db, entry.surface);

    const nr::ChannelPlan plan = channel_plan(scenario_, cell, entry.surface);
    const bool has_data = nr::has_channel(plan.role, nr::PhysicalChannel::pusch);
    if (has_data && !plan.pusch) {
      throw std::invalid_argument("carrier '" + carrier.id + "' cannot carry " +
                                  number_text(scenario_.service.uplink_rate_bps * 1e-3) +
                                  " kbit/s in the uplink: lower service.uplink_rate_kbps");
    }
    if (has_data) {
      entry.uplink_rate_bps =
          nr::carried_rate_bps(*plan.pusch, uplink_limits(carrier, scenario_.service.bler_target));
    }
    nr::LinkEnds down = link_ends(scenario_, cell, terminal, false);
    nr::LinkEnds up = link_ends(scenario_, cell, terminal, true);
    down.margins = up.margins = entry.margins;
    for (const nr::ChannelDemand& demand :
         nr::channel_demands(plan, carrier.subcarrier_spacing_hz, down.terminal.rx_antennas,
                             up.radio.combining_branches())) {
      const bool uplink = nr::is_uplink(demand.channel);
      BudgetChannel channel;
      channel.table = nr::make_link_table(uplink ? up : down, demand);
      channel.frequency_hz = uplink ? carrier.uplink_frequency_hz : carrier.frequency_hz;
      find_range(entry, channel);
      entry.channels.push_back(std::move(channel));
    }
    bind(entry);
    return entry;
  }

  void find_range(const BudgetEntry& entry, BudgetChannel& channel) {
    const BudgetCells& cells = budget_.cells[entry.cells];
    const nr::LevelPath path{.frequency_hz = channel.frequency_hz,
                             .polarization = scenario_.propagation.polarization,
                             .tx_height_agl_m = cells.cell->height_agl_m,
                             .rx_height_agl_m = entry.terminal_height_agl_m,
                             .surface = entry.surface,
                             .position = cells.position};
    channel.range = nr::level_range(*model_, path, channel.table.mpl_db,
                                    budget_.options.search_to_m, profile_, workspace_);
    if (budget_.options.at_m) {
      const PathLossResult at =
          nr::level_loss(*model_, path, *budget_.options.at_m, profile_, workspace_);
      if (at.ok()) channel.loss_at_db = at.loss_db;
    }
    if (channel.range.end != nr::RangeEnd::model && channel.range.end != nr::RangeEnd::refused) {
      return;
    }
    const double beyond_m = channel.range.distance_m + 500.0;
    PathLossInput input{.frequency_hz = path.frequency_hz, .distance_m = beyond_m};
    input.tx.height_agl_m = path.tx_height_agl_m;
    input.rx.height_agl_m = path.rx_height_agl_m;
    channel.refusal = explain(model_->info(),
                              nr::level_loss(*model_, path, beyond_m, profile_, workspace_), input);
  }

  void bind(BudgetEntry& entry) const {
    const nr::AccessRange& access = budget_.cells[entry.cells].access;
    entry.service_m = access.radius_m;
    entry.binding = nr::access_limit_names(access.binding).en;
    for (const BudgetChannel& channel : entry.channels) {
      if (channel.range.distance_m >= entry.service_m) continue;
      entry.service_m = channel.range.distance_m;
      entry.binding = nr::channel_name(channel.table.channel, budget_.cells[entry.cells].role);
    }
  }

  const Scenario& scenario_;
  std::unique_ptr<PathLossModel> model_;
  Budget budget_;
  PathProfile profile_;
  Workspace workspace_;
};

}  // namespace

Budget make_budget(const Scenario& scenario, const BudgetOptions& options) {
  return Maker(scenario, options).make();
}

}  // namespace yonder::scenarios
