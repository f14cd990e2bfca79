#pragma once

#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Writes a run's layers, sites and picture into the staging folder, as the scenario's outputs ask.
/// Throws geodata::GeodataError or OutputError.
void write_map_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                     const StagedOutput& output);

}  // namespace yonder::scenarios
