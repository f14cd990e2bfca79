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

/// By site, whether there is sea within the calculation radius, as far as the plan's area goes.
/// Empty where nothing depends on it.
std::vector<bool> sites_by_the_sea(const Scenario& scenario, const Plan& plan);

/// What is wrong with random access and guard periods over all cells, in sentences. `by_the_sea`:
/// sites_by_the_sea(). Nothing where service is not judged.
std::vector<std::string> plan_warnings(const Scenario& scenario,
                                       const geodata::Projection& projection,
                                       const std::vector<bool>& by_the_sea);

}  // namespace yonder::scenarios
