#include "scenarios/cli/command.h"

namespace yonder::cli {

void ScenarioArguments::add_to(CLI::App& command) {
  command.add_option("SCENARIO", file, "scenario file (YAML)")->required();
  command
      .add_option("--set", set,
                  "override a value, e.g. --set area.pixel_m=100 --set terrain.sources=[a.tif]")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

scenarios::Scenario ScenarioArguments::load(const scenarios::LoadOptions& options) const {
  std::vector<scenarios::Override> overrides;
  std::vector<scenarios::ScenarioError> errors;
  for (const std::string& text : set) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      errors.push_back({{}, "--set " + text, "is not KEY=VALUE", "--set area.pixel_m=100"});
      continue;
    }
    overrides.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  if (!errors.empty()) throw scenarios::ScenarioErrors(std::move(errors));
  return scenarios::load_scenario(file, overrides, options);
}

}  // namespace yonder::cli
