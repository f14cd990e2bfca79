#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/geo.h"
#include "geodata/projection.h"

/// Reading the records of finished runs.
namespace yonder::scenarios {

/// run.json of a folder. Throws ScenarioErrors where it is no record of a finished run.
nlohmann::ordered_json read_run_record(const std::filesystem::path& folder);

/// compare.json. Throws ScenarioErrors where it is none.
nlohmann::ordered_json read_comparison(const std::filesystem::path& file);

/// A JSON file; null where there is none or it cannot be read as such.
nlohmann::ordered_json read_json_if_there(const std::filesystem::path& file);

/// A table by columns, numbers as numbers; columns that the page has no use for are left out.
nlohmann::ordered_json read_columns(const std::filesystem::path& file);

/// The line of a route's table, on the plane.
std::vector<MapPoint> route_line(const std::filesystem::path& file,
                                 const geodata::Projection& projection);

}  // namespace yonder::scenarios
