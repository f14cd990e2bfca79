#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/scenario_reader.h"
#include "scenarios/shape_config.h"

namespace yonder::scenarios {

/// Reads points from a table with columns id, name, name_zh, lon, lat, weight and height_agl_m, of
/// which id, lon and lat are needed. What is wrong is noted with file and line.
std::vector<ShapePoint> read_points_csv(const std::filesystem::path& file, Problems& problems);

}  // namespace yonder::scenarios
