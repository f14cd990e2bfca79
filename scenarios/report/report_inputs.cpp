#include "scenarios/report/report_inputs.h"

#include <nlohmann/json.hpp>

#include "geodata/raster_output.h"
#include "scenarios/budget.h"
#include "scenarios/json_text.h"
#include "scenarios/map_files.h"

namespace yonder::scenarios {
namespace {

const std::vector<geodata::Category>& zone_categories() {
  // Values as of yonder::Zone.
  static const std::vector<geodata::Category> categories = {
      {static_cast<int>(Zone::sea), "sea 海洋", {211, 229, 242, 255}},
      {static_cast<int>(Zone::coastal), "coastal land 沿海陆地", {226, 223, 196, 255}},
      {static_cast<int>(Zone::inland), "inland 内陆", {244, 241, 233, 255}}};
  return categories;
}

}  // namespace

std::vector<std::string> write_report_inputs(const Scenario& scenario, const Plan& plan,
                                             const StagedOutput& output) {
  const Terrain& terrain = plan.terrain();
  const PixelWindow& area = plan.analysis.area;
  std::vector<float> ground(area.size());
  std::vector<std::uint8_t> zone(area.size());
  for (int row = area.row; row < area.row + area.rows; ++row) {
    for (int column = area.column; column < area.column + area.columns; ++column) {
      const std::size_t from = terrain.grid.index({column, row});
      const std::size_t to = area.index({column, row});
      ground[to] = terrain.ground_amsl_m[from];
      zone[to] = static_cast<std::uint8_t>(terrain.zone[from]);
    }
  }
  const Grid grid = terrain.grid.crop(area);
  const geodata::Projection& projection = plan.analysis.projection;
  geodata::write_cog(output.path("ground.tif"), grid, projection, ground,
                     layer_info(scenario, plan, "ground above sea level", "m"));
  geodata::write_cog(output.path("zone.tif"), grid, projection, zone,
                     layer_info(scenario, plan, "sea, coast and inland", ""), zone_categories(),
                     -1);
  if (scenario.terminals.empty()) return {};
  try {
    const Budget budget = make_budget(scenario, {});
    output.write_text("budget.json", json_text(budget_json(scenario, budget), 1) + "\n");
  } catch (const ScenarioErrors& errors) {
    std::string why = "there is no link budget:";
    for (const ScenarioError& error : errors.list())
      why += " " + error.key_path + " " + error.problem;
    return {why};
  }
  return {};
}

}  // namespace yonder::scenarios
