#pragma once

#include "core/run_control.h"
#include "scenarios/run.h"
#include "scenarios/shape_results.h"

/// Areas and distances from shore, judged from the map's pixels.
namespace yonder::scenarios {

/// Pixels whose centres lie inside the polygons, all of them: those beyond every cell's radius have
/// no service. Throws ScenarioErrors: no polygons, none of a pixel inside the analysis area.
AreaResult judge_area(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                      int area, std::vector<std::string>& warnings);

/// Pixels at sea by their distance from the nearest coast; as on the map, those within some cell's
/// radius, all of them in a bounding box. The same bits at any thread count. Throws ScenarioErrors,
/// Stopped.
ZonesResult judge_zones(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                        int zones, std::vector<std::string>& warnings, const RunControl& control);

}  // namespace yonder::scenarios
