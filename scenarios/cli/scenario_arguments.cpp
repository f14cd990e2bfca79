#include "scenarios/cli/command.h"

namespace yonder::cli {

void ScenarioArguments::add_to(CLI::App& command) {
  command.add_option("SCENARIO", file, "scenario file (YAML)")->required();
  command
      .add_option("--set", set,
                  "override a value, e.g. --set area.pixel_m=100 --set terrain.sources=[a.tif]")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--variant", variant,
                  "the scenario's variant of that id (default: all in run and check, else the "
                  "first)")
      ->type_name("ID");
}

std::vector<scenarios::Override> overrides_of(const std::vector<std::string>& settings) {
  std::vector<scenarios::Override> overrides;
  std::vector<scenarios::ScenarioError> errors;
  for (const std::string& text : settings) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      errors.push_back({{}, "--set " + text, "is not KEY=VALUE", "--set area.pixel_m=100"});
      continue;
    }
    overrides.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  if (!errors.empty()) throw scenarios::ScenarioErrors(std::move(errors));
  return overrides;
}

scenarios::Scenario ScenarioArguments::load(const scenarios::LoadOptions& options) const {
  std::vector<scenarios::Scenario> all = load_all(options);
  return std::move(all.front());
}

std::vector<scenarios::Scenario> ScenarioArguments::load_all(
    const scenarios::LoadOptions& options) const {
  scenarios::LoadOptions asked = options;
  if (!variant.empty()) asked.variant = variant;
  return scenarios::load_variants(file, overrides_of(set), asked);
}

}  // namespace yonder::cli
