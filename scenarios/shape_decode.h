#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"

namespace yonder::scenarios {

/// The file that a key names; empty, and the problem noted, when there is none.
using FileOfKey = std::function<std::filesystem::path(const SectionReader&, std::string_view)>;

/// Reads section "shapes" of a scenario whose carriers, cells, terminals and terrain are known.
/// What is wrong is noted. Geometries of files are read with the terrain, points of CSV here.
ShapesConfig decode_shapes(const SectionReader& section, const Scenario& scenario,
                           const FileOfKey& existing_file);

}  // namespace yonder::scenarios
