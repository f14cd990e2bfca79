#pragma once

#include <cstdint>
#include <vector>

#include "geodata/raster_output.h"
#include "scenarios/output_tasks.h"
#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// 0xRRGGBB of a class and of a limit, as maps and plots show them.
std::uint32_t service_class_colour(int service_class);
std::uint32_t service_limit_colour(int service_limit);

/// Values, names (English and Chinese) and colours of TERMINAL-class.tif.
std::vector<geodata::Category> service_class_categories();

/// Adds the writing of each terminal's service layers and pictures: TERMINAL-class.tif,
/// TERMINAL-class.png and so on. Nothing when service is not judged. What it refers to must outlive
/// the tasks.
void add_service_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                       const StagedOutput& output, OutputTasks& tasks);

}  // namespace yonder::scenarios
