#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {

/// Dotted keys that another file than the scenario's own gives, such as a batch plan.
struct ScenarioSettings {
  YamlNode values;         ///< a mapping of dotted keys; relative file names are taken from `base`
  std::string shown_path;  ///< of the mapping in messages
  std::filesystem::path base;
};

/// load_scenario() of the file with the settings put in before anything else.
Scenario load_scenario_with(const std::filesystem::path& file, const ScenarioSettings& settings,
                            const std::vector<Override>& overrides, const LoadOptions& options);

}  // namespace yonder::scenarios
