#pragma once

#include <string>
#include <vector>

#include "scenarios/plan.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Writes what a report shows and no other output has: ground.tif, zone.tif (sea, coast, inland)
/// and, where service is judged, budget.json. Returns warnings: why there is no budget. Throws
/// geodata::GeodataError or OutputError.
std::vector<std::string> write_report_inputs(const Scenario& scenario, const Plan& plan,
                                             const StagedOutput& output);

}  // namespace yonder::scenarios
