#pragma once

#include "core/run_control.h"
#include "scenarios/shape_results.h"

namespace yonder::scenarios {

/// Judges one route. Adds tunnels' cells and warnings to `shapes`. Throws ScenarioErrors, Stopped.
RouteResult run_route(const Scenario& scenario, const Plan& plan, const PlaceJudge& judge,
                      int route, ShapesResult& shapes, const RunControl& control);

}  // namespace yonder::scenarios
