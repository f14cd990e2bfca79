#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/budget.h"
#include "scenarios/cli/command.h"
#include "scenarios/json_text.h"
#include "scenarios/optical_links.h"
#include "scenarios/scenario_variants.h"

namespace yonder::cli {
namespace {

struct Arguments {
  ScenarioArguments scenario;
  std::string surface = "auto";
  double search_km = 150.0;
  double at_km = 0.0;
  bool brief = false;
  bool json = false;
};

int budget(const Arguments& arguments) {
  const scenarios::Scenario scenario = arguments.scenario.load({.terrain_must_exist = false});
  scenarios::BudgetOptions options{.search_to_m = arguments.search_km * 1e3};
  if (arguments.surface == "land") options.surface = nr::Surface::land;
  if (arguments.surface == "sea") options.surface = nr::Surface::sea;
  if (arguments.at_km > 0.0) options.at_m = arguments.at_km * 1e3;
  const scenarios::Budget made = scenarios::make_budget(scenario, options);
  if (arguments.json) {
    nlohmann::ordered_json json = scenarios::budget_json(scenario, made);
    if (!scenario.optical.empty()) json["optical"] = scenarios::optical_json(scenario);
    fmt::print("{}\n", scenarios::json_text(json, 2));
  } else {
    if (const scenarios::VariantConfig* variant = scenario.chosen_variant()) {
      fmt::print("Variant {}: {}\n\n", variant->id, scenarios::variant_text(*variant));
    }
    fmt::print("{}", scenarios::budget_text(scenario, made, !arguments.brief));
    if (!scenario.optical.empty()) fmt::print("\n{}", scenarios::optical_text(scenario));
  }
  return 0;
}

}  // namespace

void add_budget(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "budget", "link budget of each channel and the range it gives, without terrain");
  arguments->scenario.add_to(*command);
  command
      ->add_option("--surface", arguments->surface,
                   "what lies below; auto: the sea for terminals on ships")
      ->check(CLI::IsMember({"auto", "land", "sea"}))
      ->capture_default_str();
  command->add_option("--search-km", arguments->search_km, "farthest range looked for")
      ->check(CLI::Range(1.0, 1000.0))
      ->capture_default_str();
  command->add_option("--at-km", arguments->at_km, "also tell losses and margins at this distance")
      ->check(CLI::Range(0.1, 1000.0));
  command->add_flag("--brief", arguments->brief, "the ranges alone");
  command->add_flag("--json", arguments->json, "machine-readable, with every row");
  command->callback([arguments, &exit_code] { exit_code = budget(*arguments); });
}

}  // namespace yonder::cli
