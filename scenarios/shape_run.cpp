#include "scenarios/shape_run.h"

#include <fmt/format.h>

#include "core/parallel_rows.h"
#include "geodata/error.h"
#include "geodata/vector_input.h"
#include "scenarios/route_run.h"
#include "scenarios/shape_pixels.h"

namespace yonder::scenarios {
namespace {

std::vector<ShapePoint> points_of(const PointsConfig& config) {
  if (!config.points.empty()) return config.points;
  std::vector<ShapePoint> points;
  try {
    for (const geodata::VectorPoint& read : geodata::read_points(config.file)) {
      ShapePoint point;
      point.id = read.id.empty() ? std::to_string(points.size() + 1) : read.id;
      point.name = {read.name.empty() ? point.id : read.name, read.name_zh};
      point.position = read.position;
      point.weight = read.weight.value_or(1.0);
      point.height_agl_m = read.height_agl_m;
      if (point.weight < 0.0 || point.height_agl_m.value_or(1.5) <= 0.0) {
        throw geodata::GeodataError("point " + point.id + " of " + config.file.string() +
                                    " has a negative weight or no height");
      }
      points.push_back(std::move(point));
    }
  } catch (const geodata::GeodataError& error) {
    throw ScenarioErrors({{config.mark, "shapes.points." + config.id + ".file", error.what(), ""}});
  }
  return points;
}

PointsResult judge_points(const Scenario& scenario, const Plan& plan, const PlaceJudge& judge,
                          int index, std::vector<std::string>& warnings,
                          const RunControl& control) {
  const PointsConfig& config = scenario.shapes.points[static_cast<std::size_t>(index)];
  PointsResult result;
  result.points = index;
  std::vector<int> terminals = config.terminals;
  if (scenario.terminals.empty()) terminals = {-1};
  for (ShapePoint& point : points_of(config)) result.places.push_back({std::move(point), true, {}});
  std::vector<PlaceScratch> scratch(static_cast<std::size_t>(thread_count(control)));
  RunControl quiet = control;
  quiet.progress = nullptr;
  std::vector<MapPoint> positions;  // before the threads: a projection is one thread's
  std::size_t outside = 0;
  for (PointResult& one : result.places) {
    positions.push_back(plan.analysis.projection.to_map(one.point.position));
    one.inside = plan.analysis.area.contains(plan.terrain().grid.pixel_at(positions.back()));
    outside += one.inside ? 0U : 1U;
  }
  parallel_rows(static_cast<int>(result.places.size()), quiet, 0, 0, [&](int i, int thread) {
    PointResult& one = result.places[static_cast<std::size_t>(i)];
    if (!one.inside) return;
    const std::vector<JudgedPlace> judged =
        judge.judge(positions[static_cast<std::size_t>(i)], 0.0, one.point.height_agl_m,
                    scratch[static_cast<std::size_t>(thread)]);
    for (const int terminal : terminals) {
      one.terminals.push_back(judged[static_cast<std::size_t>(std::max(0, terminal))]);
      one.terminals.back().result.weight = one.point.weight;
    }
  });
  if (outside == result.places.size()) {
    throw ScenarioErrors(
        {{config.mark, "shapes.points." + config.id, "none of its points lies in the analysis area",
          "points near the sites, or a larger area"}});
  }
  if (outside > 0) {
    warnings.push_back(
        fmt::format("points {}: {} of {} lie outside the analysis area and are not judged",
                    config.id, outside, result.places.size()));
  }
  std::vector<double> thresholds;
  for (const Threshold& threshold : scenario.thresholds) thresholds.push_back(threshold.rsrp_dbm);
  for (std::size_t t = 0; t < terminals.size(); ++t) {
    std::vector<shapes::PlaceResult> places;
    for (const PointResult& one : result.places) {
      if (one.inside) places.push_back(one.terminals[t].result);
    }
    result.terminals.push_back(
        {terminals[t], shapes::place_kpis(places, thresholds, terminals[t] >= 0)});
  }
  return result;
}

}  // namespace

ShapesResult compute_shapes(const Scenario& scenario, const Plan& plan,
                            const nr::ServicePlan& service, const Coverage& coverage,
                            const RunControl& control) {
  ShapesResult result;
  if (scenario.shapes.empty()) return result;
  const ShapesConfig& shapes = scenario.shapes;
  result.judged = !scenario.terminals.empty();
  for (const CellRef& ref : all_cells(scenario)) result.cells.push_back(ref.cell->id);
  const PlaceJudge judge(scenario, plan, service);
  for (int i = 0; i < static_cast<int>(shapes.routes.size()); ++i) {
    result.routes.push_back(run_route(scenario, plan, judge, i, result, control));
  }
  for (int i = 0; i < static_cast<int>(shapes.areas.size()); ++i) {
    result.areas.push_back(judge_area(scenario, plan, coverage, i, result.warnings));
  }
  for (int i = 0; i < static_cast<int>(shapes.zones.size()); ++i) {
    result.zones.push_back(judge_zones(scenario, plan, coverage, i, result.warnings, control));
  }
  for (int i = 0; i < static_cast<int>(shapes.points.size()); ++i) {
    result.points.push_back(judge_points(scenario, plan, judge, i, result.warnings, control));
  }
  return result;
}

}  // namespace yonder::scenarios
