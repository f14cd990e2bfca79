#include "scenarios/shape_run.h"

#include "core/parallel_rows.h"
#include "geodata/error.h"
#include "geodata/vector_input.h"
#include "scenarios/route_run.h"

namespace yonder::scenarios {

ShapesResult compute_shapes(const Scenario& scenario, const Plan& plan,
                            const nr::ServicePlan& service, const Coverage&,
                            const RunControl& control) {
  ShapesResult result;
  if (scenario.shapes.empty()) return result;
  result.judged = !scenario.terminals.empty();
  for (const CellRef& ref : all_cells(scenario)) result.cells.push_back(ref.cell->id);
  const PlaceJudge judge(scenario, plan, service);
  for (std::size_t i = 0; i < scenario.shapes.routes.size(); ++i) {
    result.routes.push_back(
        run_route(scenario, plan, judge, static_cast<int>(i), result, control));
  }
  return result;
}

}  // namespace yonder::scenarios
