#pragma once

#include "core/run_control.h"
#include "scenarios/run.h"
#include "scenarios/shape_results.h"

namespace yonder::scenarios {

/// Judges the scenario's shapes: routes and points at their own places, areas and zones from the
/// map's pixels. The same bits at any thread count. Throws ScenarioErrors (a file that holds no
/// such shape, a route wholly outside the analysis area) and Stopped.
ShapesResult compute_shapes(const Scenario& scenario, const Plan& plan,
                            const nr::ServicePlan& service, const Coverage& coverage,
                            const RunControl& control);

}  // namespace yonder::scenarios
