#pragma once

#include "scenarios/run.h"
#include "scenarios/shape_results.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// shapes.csv, route-ID.csv, shapes.gpkg and the pictures of a run's shapes; nothing without
/// shapes.
void write_shape_files(const Scenario& scenario, const Plan& plan, const ShapesResult& shapes,
                       const StagedOutput& output);

}  // namespace yonder::scenarios
