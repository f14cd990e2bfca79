#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/cli/command.h"
#include "scenarios/link.h"

namespace yonder::cli {
namespace {

struct Arguments {
  ScenarioArguments scenario;
  std::string cell;
  std::string at;
  bool json = false;
};

LonLat parse_position(const std::string& text) {
  LonLat position;
  int used = 0;
  if (std::sscanf(text.c_str(), " %lf , %lf %n", &position.lon_deg, &position.lat_deg, &used) !=
          2 ||
      static_cast<std::size_t>(used) != text.size()) {
    throw scenarios::ScenarioErrors(
        {{{}, "--at " + text, "is not LON,LAT in degrees", "--at 84.25,41.78"}});
  }
  return position;
}

int link(const Arguments& arguments) {
  const LonLat at = parse_position(arguments.at);
  const scenarios::Scenario scenario = arguments.scenario.load();
  const scenarios::Plan plan = scenarios::make_plan(scenario);
  const scenarios::LinkReport report = scenarios::explain_link(scenario, plan, arguments.cell, at);
  if (arguments.json) {
    fmt::print("{}\n", scenarios::link_json(scenario, plan, report).dump(2));
  } else {
    fmt::print("{}", scenarios::link_text(scenario, plan, report));
  }
  return 0;
}

}  // namespace

void add_link(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("link", "explain one pixel: profile, losses, gains, RSRP");
  arguments->scenario.add_to(*command);
  command->add_option("--cell", arguments->cell, "cell id")->required();
  command->add_option("--at", arguments->at, "position LON,LAT in degrees")->required();
  command->add_flag("--json", arguments->json, "machine-readable, with every term");
  command->callback([arguments, &exit_code] { exit_code = link(*arguments); });
}

}  // namespace yonder::cli
