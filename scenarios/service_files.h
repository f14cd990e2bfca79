#pragma once

#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Writes each terminal's service layers and pictures: TERMINAL-class.tif, TERMINAL-class.png and
/// so on. Nothing when service is not judged. Throws geodata::GeodataError or OutputError.
void write_service_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                         const StagedOutput& output);

}  // namespace yonder::scenarios
