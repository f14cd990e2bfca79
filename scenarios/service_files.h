#pragma once

#include <cstdint>

#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// 0xRRGGBB of a class and of a limit, as maps and plots show them.
std::uint32_t service_class_colour(int service_class);
std::uint32_t service_limit_colour(int service_limit);

/// Writes each terminal's service layers and pictures: TERMINAL-class.tif, TERMINAL-class.png and
/// so on. Nothing when service is not judged. Throws geodata::GeodataError or OutputError.
void write_service_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                         const StagedOutput& output);

}  // namespace yonder::scenarios
