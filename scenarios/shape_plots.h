#pragma once

#include <filesystem>

#include "scenarios/scenario.h"
#include "scenarios/shape_results.h"

/// Pictures of shapes.
namespace yonder::scenarios {

/// Level, quality, rate, class and limit along the chainage, bridges and tunnels marked. Throws
/// std::runtime_error when the file cannot be written.
void write_route_plot(const Scenario& scenario, const RouteResult& route, bool synthetic_terrain,
                      const std::filesystem::path& file);

/// Level, rate and coverage against distance from shore.
void write_zones_plot(const Scenario& scenario, const ZonesResult& zones, bool synthetic_terrain,
                      const std::filesystem::path& file);

}  // namespace yonder::scenarios
