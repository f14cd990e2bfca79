#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"

/// Fibre links of a scenario (`optical`): read, worked out and told.
namespace yonder::scenarios {

OpticalLinkConfig decode_optical_link(const SectionReader& section);

/// Tables for reading; empty when the scenario has no fibre links.
std::string optical_text(const Scenario& scenario);

/// By id: {ID: {verdict, loss_db, …}}; null when there are none.
nlohmann::ordered_json optical_json(const Scenario& scenario);

}  // namespace yonder::scenarios
