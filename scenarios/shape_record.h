#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/shape_results.h"

namespace yonder::scenarios {

/// "shapes" of run.json; null when the scenario has none. Objects by id, so that paths are stable.
nlohmann::ordered_json shapes_json(const Scenario& scenario, const ShapesResult& shapes);

/// A number of the record: what shapes.csv lists.
struct ShapeFigure {
  std::string shape;     ///< "routes/s165", "zones/sea/0-20"
  std::string terminal;  ///< empty: of the shape itself
  std::string kpi;       ///< "rsrp_p10_dbm", "classes/continuous"
  double value = 0.0;
  std::string unit;  ///< from the name: "dBm"
};
/// Every number of shapes_json(), in its order. Places of holes and handovers are left out.
std::vector<ShapeFigure> shape_figures(const nlohmann::ordered_json& shapes);

/// Name of a terminal by its index; the receiver's for -1.
std::string terminal_id(const Scenario& scenario, int terminal);

/// What the terminal shows of shapes, in English and Chinese; empty when there are none.
std::string shapes_summary(const Scenario& scenario, const ShapesResult& shapes);

}  // namespace yonder::scenarios
