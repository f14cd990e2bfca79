#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/cli/command.h"
#include "scenarios/json_text.h"
#include "scenarios/link.h"
#include "scenarios/link_service.h"
#include "scenarios/nr_plan.h"
#include "scenarios/scenario_variants.h"

namespace yonder::cli {
namespace {

struct Arguments {
  ScenarioArguments scenario;
  std::string cell;
  std::string at;
  std::string channel;
  std::string picture;
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

/// The cell that serves the first terminal that any cell serves: what is told of when no cell is
/// named.
std::string serving_cell(const scenarios::Scenario& scenario,
                         const std::vector<scenarios::TerminalStory>& stories) {
  for (const scenarios::TerminalStory& story : stories) {
    if (!story.serving_cell.empty()) return story.serving_cell;
  }
  throw scenarios::ScenarioErrors(
      {{{},
        "--cell",
        stories.empty()
            ? "is needed where the scenario does not judge service (terminals)"
            : "is needed here, for no cell's signal was calculated: " + stories.front().status,
        "--cell " + scenario.sites.front().cells.front().id}});
}

int link(const Arguments& arguments) {
  const LonLat at = parse_position(arguments.at);
  const scenarios::Scenario scenario = arguments.scenario.load();
  const scenarios::Plan plan = scenarios::make_plan(scenario);
  const Pixel pixel = scenarios::pixel_asked_for(scenario, plan, at);
  nr::ServicePlan service;
  std::vector<scenarios::TerminalStory> stories;
  if (!scenario.terminals.empty()) {
    service = scenarios::make_service_plan(scenario, plan);
    stories = scenarios::pixel_stories(scenario, plan, service, pixel);
  }
  const std::string cell =
      arguments.cell.empty() ? serving_cell(scenario, stories) : arguments.cell;
  const scenarios::LinkReport report = scenarios::explain_link(scenario, plan, cell, at);
  if (arguments.json) {
    nlohmann::ordered_json json = scenarios::link_json(scenario, plan, report);
    if (!stories.empty()) json["service"] = scenarios::stories_json(stories, service);
    fmt::print("{}\n", scenarios::json_text(json, 2));
  } else {
    if (const scenarios::VariantConfig* variant = scenario.chosen_variant()) {
      fmt::print("Variant {}: {}\n\n", variant->id, scenarios::variant_text(*variant));
    }
    fmt::print("{}{}", scenarios::link_text(scenario, plan, report),
               scenarios::stories_text(stories, service, arguments.channel));
  }
  if (!arguments.picture.empty()) {
    if (report.profile.distance_m.size() < 2) {
      throw std::runtime_error("there is no profile to draw: " + report.status);
    }
    scenarios::write_profile_picture(scenarios::profile_picture(plan, report), arguments.picture);
  }
  return 0;
}

}  // namespace

void add_link(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("link", "explain one pixel: profile, losses, gains, RSRP, service");
  arguments->scenario.add_to(*command);
  command->add_option("--cell", arguments->cell, "cell id (default: the cell that serves there)");
  command->add_option("--at", arguments->at, "position LON,LAT in degrees")->required();
  command
      ->add_option("--channel", arguments->channel,
                   "channel whose whole link budget is shown, or 'all'")
      ->check(CLI::IsMember([] {
        std::vector<std::string> names = {"all"};
        for (const std::string_view id : scenarios::channel_ids()) names.emplace_back(id);
        return names;
      }()));
  command->add_option("--picture", arguments->picture, "draw the profile as PNG")
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "machine-readable, with every term");
  command->callback([arguments, &exit_code] { exit_code = link(*arguments); });
}

}  // namespace yonder::cli
