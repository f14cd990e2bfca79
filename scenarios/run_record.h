#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/run.h"

namespace yonder::scenarios {

/// The manifest run.json: versions, commit, scenario as given, SHA-256 of each input, grid,
/// statuses, KPIs, timings.
nlohmann::ordered_json run_record(const Scenario& scenario, const Plan& plan,
                                  const RunResult& result);

}  // namespace yonder::scenarios
