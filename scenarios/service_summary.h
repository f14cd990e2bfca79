#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scenarios/run.h"

namespace yonder::scenarios {

/// What the terminal shows of service, in English and Chinese; empty when it is not judged.
std::string service_summary(const Scenario& scenario, const RunResult& result);

/// "service" of run.json; null when it is not judged. Without a plan it does not tell of the cells.
nlohmann::ordered_json service_json(const Scenario& scenario, const Plan& plan,
                                    const RunResult& result);
nlohmann::ordered_json service_json(const Scenario& scenario, const RunResult& result);

/// What is wrong with random access and guard periods over the plan, in sentences.
std::vector<std::string> plan_warnings(const Scenario& scenario, const Plan& plan,
                                       const RunResult& result);

}  // namespace yonder::scenarios
