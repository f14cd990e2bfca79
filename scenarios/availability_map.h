#pragma once

#include <string>
#include <vector>

#include "scenarios/service_map.h"
#include "scenarios/time_plan.h"

namespace yonder::scenarios {

/// The plan that availability is judged with: shares of time are evaluated, so that no margin is
/// held for them over the sea.
nr::ServicePlan without_time_margin(nr::ServicePlan plan);

/// Shares of time that figures are told for: those evaluated, and 50, 90, 95 and 99 % where the
/// evaluated ones reach that far.
std::vector<double> told_percents(const AvailabilityConfig& config);

/// Judges one terminal at every share of time: the layer in % and its figures, into `service`.
/// `signals`: by slice. `plan_without`: of without_time_margin(). The same bits at any thread
/// count.
void judge_availability(const Scenario& scenario, const Plan& plan, const TimePlan& times,
                        const nr::ServicePlan& plan_without, std::size_t terminal,
                        const std::vector<ServiceSignals>& signals, const CoverageMap& map,
                        const RunControl& control, TerminalService& service);

}  // namespace yonder::scenarios
