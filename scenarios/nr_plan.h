#pragma once

#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "core/nr/access_range.h"
#include "core/nr/band.h"
#include "core/nr/pixel_service.h"
#include "core/nr/root_plan.h"
#include "scenarios/plan.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"

/// From what a scenario says of NR to what core/nr computes with. A scenario that was loaded has
/// been checked by the same functions: they throw nothing for it.
namespace yonder::scenarios {

nr::CarrierRole carrier_role(const CarrierConfig& carrier);

/// Whether a carrier's cells belong on the map of SS-RSRP and best server: NR's do; LTE's, which
/// are there for voice, where there are no others.
bool is_mapped(const Scenario& scenario, const CarrierConfig& carrier);

/// Fills in what follows from band and bandwidth (resource blocks, duplex, uplink) and notes what
/// cannot be. `service`: whether service is judged, which needs to know the uplink.
void resolve_carrier(const SectionReader& section, CarrierConfig& carrier, bool service);

/// Notes carriers with cells whose downlink channels overlap: interference is counted within a
/// carrier alone.
void check_carriers_apart(const Scenario& scenario, Problems& problems);

/// Notes radios that cannot be stacked and random access that does not exist.
void check_cell_radio(const SectionReader& section, const Scenario& scenario,
                      const CellConfig& cell);

/// The pattern of a TDD carrier; nullopt for others. Throws std::invalid_argument.
std::optional<nr::TddPattern> tdd_pattern(const CarrierConfig& carrier);

double antenna_gain_dbi(const AntennaConfig& antenna);

/// A cell's radio, of one unit or of two. Throws std::invalid_argument.
nr::Radio cell_radio(const Scenario& scenario, const CellConfig& cell);

/// Everything of a radio that its link budgets depend on: radios of equal kind share them.
using RadioKind = std::tuple<int, int, int, DualStack, double, double, double, double, std::string,
                             std::optional<double>>;
RadioKind radio_kind(const CellRadioConfig& radio);

/// A cell's random access: N_CS, when it is not given, is the smallest that reaches the calculation
/// radius, else the farthest-reaching. Throws ParameterError.
nr::PrachConfig prach_config(const Scenario& scenario, const CellConfig& cell);
nr::AccessConfig access_config(const Scenario& scenario, const CellConfig& cell);

Label terminal_name(const TerminalConfig& terminal);
double terminal_height_agl_m(const TerminalConfig& terminal);
/// Its profile at a frequency, with what the scenario says otherwise. Throws std::invalid_argument
/// where the profile has no values.
nr::TerminalRadio terminal_radio(const TerminalConfig& terminal, double frequency_hz);

/// Margin and spread of slow fading over a surface. A way into vehicles that differs between them
/// adds its spread on land: the root of the sum of both squares (they are independent).
nr::SlowFading slow_fading(const FadingConfig& fading, nr::Surface surface,
                           double penetration_sigma_db = 0.0);

/// Slots a second that carry uplink data.
double uplink_slots_per_second(const CarrierConfig& carrier);

/// What each channel is asked for over a surface.
nr::ChannelPlan channel_plan(const Scenario& scenario, const CellConfig& cell, nr::Surface surface);

/// The two ends of a cell's links with a terminal, without margins of fading and of downlink
/// interference.
nr::LinkEnds link_ends(const Scenario& scenario, const CellConfig& cell,
                       const TerminalConfig& terminal, bool uplink);

/// Terminals' heights, each once, in order of first mention.
std::vector<double> terminal_heights(const Scenario& scenario);

/// All of the service's plan but signals. Throws ScenarioErrors.
nr::ServicePlan make_service_plan(const Scenario& scenario, const Plan& plan);
/// The same of cells that stand elsewhere than on a plan's terrain. `groups`: all cells.
nr::ServicePlan make_service_plan(const Scenario& scenario, std::span<const CellGroup> groups);

/// The cells as the check of root sequences takes them.
std::vector<nr::RootCell> root_cells(const Scenario& scenario,
                                     const geodata::Projection& projection);

}  // namespace yonder::scenarios
