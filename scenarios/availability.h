#pragma once

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"

/// The share of time with service (`availability`): which losses are evaluated for it.
/// docs/methods/availability.md has the rules.
namespace yonder::scenarios {

/// Reads the section; the scenario's model and terminals are there already. What is wrong is noted:
/// percentages that the model cannot do among it.
AvailabilityConfig decode_availability(const SectionReader& section, const Scenario& scenario);

/// Shares of time that one run can evaluate.
inline constexpr std::size_t kMostTimes = 32;

/// Name of the model's parameter for the share of time; empty when it knows none.
std::string_view time_parameter(const ModelInfo& model);

}  // namespace yonder::scenarios
