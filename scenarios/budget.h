#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/nr/access_range.h"
#include "core/nr/level_range.h"
#include "core/nr/link_table.h"
#include "scenarios/scenario.h"

/// The link budget of a scenario without its terrain: what each channel bears and how far that
/// reaches over level ground or open sea, for each kind of cell and terminal.
namespace yonder::scenarios {

struct BudgetOptions {
  std::optional<nr::Surface> surface;  ///< nullopt: sea for terminals that belong there, else land
  double search_to_m = 150e3;          ///< ranges beyond are told as such
  std::optional<double> at_m;          ///< a distance to tell losses and margins at
};

/// Cells that differ in nothing a budget knows of.
struct BudgetCells {
  const CellConfig* cell = nullptr;  ///< the first of them
  std::vector<std::string> ids;
  nr::CarrierRole role = nr::CarrierRole::nr;
  nr::Radio radio;
  double antenna_gain_dbi = 0.0;
  LonLat position;  ///< of the first: models may look up a climate there
  nr::AccessRange access;
};

/// One channel's budget and what comes of it.
struct BudgetChannel {
  nr::LinkTable table;
  double frequency_hz = 0.0;
  nr::LevelRange range;
  std::string refusal;  ///< why the model has no loss just beyond, where that ends the range
  std::optional<double> loss_at_db;  ///< at BudgetOptions::at_m, where the model has one
};

/// One kind of cell and one terminal.
struct BudgetEntry {
  std::size_t cells = 0;  ///< index into Budget::cells
  const TerminalConfig* terminal = nullptr;
  nr::Surface surface = nr::Surface::land;
  double terminal_height_agl_m = 0.0;
  nr::LinkMargins margins;
  std::optional<double> uplink_rate_bps;  ///< of the allocation of PUSCH
  std::vector<BudgetChannel> channels;    ///< in the order of nr::PhysicalChannel

  double service_m = 0.0;  ///< the smallest of the channels' ranges and the access range
  std::string binding;     ///< whose it is: a channel's or an access limit's name
};

struct Budget {
  std::vector<BudgetCells> cells;
  std::vector<BudgetEntry> entries;
  BudgetOptions options;
};

/// Works the budget out. Gains are the antennas' peaks. Throws ScenarioErrors: no terminals, a
/// terminal without values at a carrier's frequency, a rate that no allocation carries.
Budget make_budget(const Scenario& scenario, const BudgetOptions& options);

/// Tables and ranges for reading; `tables` false: the ranges alone.
std::string budget_text(const Scenario& scenario, const Budget& budget, bool tables);
nlohmann::ordered_json budget_json(const Scenario& scenario, const Budget& budget);

}  // namespace yonder::scenarios
