#include "tests/unit/scenarios/scenario_fixture.h"

// Section shapes: what it takes and what it refuses, in words.
namespace yonder::scenarios {
namespace {

using testing::HasSubstr;

std::string with_shapes(const std::string& shapes) { return kGoodScenario + "shapes:\n" + shapes; }

const std::string kRoute =
    "  routes:\n"
    "    - {id: road, waypoints: [[84.25, 41.78], [84.2, 41.3]]}\n";

class ShapesScenario : public ScenarioTest {
 protected:
  void expect_problem(const std::string& shapes, const std::string& key_path,
                      const std::string& problem) const {
    const std::vector<ScenarioError> found = errors(with_shapes(shapes));
    std::string all;
    for (const ScenarioError& error : found) all += error.text() + "\n";
    ASSERT_EQ(found.size(), 1U) << all;
    EXPECT_EQ(found[0].key_path, key_path) << all;
    EXPECT_THAT(found[0].problem, HasSubstr(problem));
    EXPECT_GT(found[0].mark.line, 0);
  }
};

TEST_F(ShapesScenario, ARouteHasItsDefaults) {
  const Scenario scenario = load(with_shapes(kRoute));
  ASSERT_EQ(scenario.shapes.routes.size(), 1U);
  const RouteConfig& route = scenario.shapes.routes[0];
  EXPECT_EQ(route.waypoints.size(), 2U);
  EXPECT_EQ(route.step_m, 100.0);
  EXPECT_FALSE(route.speed_mps);
  EXPECT_EQ(route.handover_s, 0.7);
  EXPECT_TRUE(route.terminals.empty());
}

TEST_F(ShapesScenario, TerminalsAreAllUnlessNamed) {
  const std::string good = replaced(
      replaced(kGoodScenario, "resource_blocks: 160", "band: n28, bandwidth_mhz: 30"),
      "receiver: {height_agl_m: 1.5}", "terminals: [{id: phone}, {id: car, profile: car}]");
  const Scenario all = load(good + "shapes:\n" + kRoute);
  EXPECT_EQ(all.shapes.routes[0].terminals, (std::vector<int>{0, 1}));
  const Scenario one = load(good +
                            "shapes:\n  routes:\n    - {id: road, waypoints: [[84.25, 41.78], "
                            "[84.2, 41.3]], terminals: [car]}\n");
  EXPECT_EQ(one.shapes.routes[0].terminals, (std::vector<int>{1}));
}

TEST_F(ShapesScenario, AFeederMayStandAloneOrInAList) {
  const std::string route =
      "  routes:\n    - id: rail\n      waypoints: [[84.25, 41.78], [84.2, 41.3]]\n"
      "      sections:\n        - {from_km: 1, to_km: 2, kind: tunnel, feeder: FEEDER}\n";
  const std::string one = "{carrier: n28, power_per_re_dbm: 10}";
  EXPECT_EQ(
      load(with_shapes(replaced(route, "FEEDER", one))).shapes.routes[0].sections[0].feeders.size(),
      1U);
  EXPECT_EQ(load(with_shapes(replaced(route, "FEEDER", "[" + one + "]")))
                .shapes.routes[0]
                .sections[0]
                .feeders[0]
                .carrier,
            0);
}

TEST_F(ShapesScenario, PointsComeFromATable) {
  write("villages.csv", "id,name,lon,lat,weight\nV1,\"A, B\",84.2,41.7,1200\nV2,,84.3,41.8,\n");
  const Scenario scenario = load(with_shapes("  points: [{id: v, file: villages.csv}]\n"));
  const std::vector<ShapePoint>& points = scenario.shapes.points.at(0).points;
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].name.en, "A, B");
  EXPECT_EQ(points[0].weight, 1200.0);
  EXPECT_EQ(points[1].weight, 1.0);
  EXPECT_EQ(points[1].name.en, "V2");
  EXPECT_THAT(scenario.input_files, testing::Contains(folder_ / "villages.csv"));
}

TEST_F(ShapesScenario, WhatIsWrongIsToldInWords) {
  const std::string r = "shapes.routes[0]";
  const auto route = [](const std::string& keys) { return "  routes: [{id: road" + keys + "}]\n"; };
  const std::string way = ", waypoints: [[84.25, 41.78], [84.2, 41.3]]";
  expect_problem(route(""), r, "needs file or waypoints");
  expect_problem(route(", waypoints: [[84.25, 41.78]]"), r + ".waypoints", "needs 2 places");
  expect_problem(route(", waypoints: [[41.78, 84.25], [84.2, 41.3]]"), r + ".waypoints[0]",
                 "longitude -180 to 180 first");
  expect_problem(route(", waypoints: [84.25, [84.2, 41.3], [84.2, 41.2]]"), r + ".waypoints[0]",
                 "must be [longitude, latitude]");
  expect_problem(route(way + ", speed: 100"), r + ".speed", "speed_kmh");
  expect_problem(route(way + ", terminals: [car]"), r + ".terminals[0]", "has no terminals");
  const auto section = [&](const std::string& keys) {
    return route(way + ", sections: [{from_km: 1, to_km: 2, " + keys + "}]");
  };
  const std::string s = r + ".sections[0]";
  expect_problem(section("kind: bridge"), s, "needs the height of its deck");
  expect_problem(section("kind: tunnel, height_agl_m: 3"), s + ".height_agl_m", "is of bridges");
  expect_problem(section("kind: viaduct"), s + ".kind", "one of bridge, tunnel");
  expect_problem(section("kind: tunnel, feeder: {carrier: n29, power_per_re_dbm: 10}"),
                 s + ".feeder.carrier", "did you mean 'n28'?");
  expect_problem(
      section("kind: tunnel, feeder: {carrier: n28, power_per_re_dbm: 10, coupling_loss_db: 70}"),
      s + ".feeder.coupling_loss_db", "goes with 'cable: given'");
  expect_problem(route(way + ", sections: [{from_km: 2, to_km: 1, kind: tunnel}]"), s + ".to_km",
                 "is not beyond from_km");
  expect_problem(
      route(way + ", sections: [{from_km: 1, to_km: 3, kind: tunnel}, {from_km: 2, to_km: 4, kind: "
                  "tunnel}]"),
      r + ".sections[1].from_km", "begins before the one above it ends");
  expect_problem("  zones: [{id: sea, bands_km: [0, 20]}]\n", "shapes.zones[0].coast",
                 "has no land_polygons");
  expect_problem("  areas: [{id: a, polygon: [[84, 41], [85, 41]]}]\n", "shapes.areas[0].polygon",
                 "needs 3 places");
  expect_problem("  routes: [{id: a/b" + way + "}]\n", "shapes.routes[0].id", "names of files");
}

TEST_F(ShapesScenario, TheSameIdTwiceIsRefused) {
  const std::string way = "waypoints: [[84.25, 41.78], [84.2, 41.3]]";
  expect_problem("  routes: [{id: a, " + way + "}, {id: a, " + way + "}]\n", "shapes.routes[1].id",
                 "the id of two routes");
}

TEST_F(ShapesScenario, ABadTableOfPointsNamesItsLine) {
  write("villages.csv", "id,lon,lat,weight\nV1,84.2,41.7,1\nV1,184,41.7,-3\n");
  const auto found = errors(with_shapes("  points: [{id: v, file: villages.csv}]\n"));
  ASSERT_EQ(found.size(), 3U);
  for (const ScenarioError& error : found) EXPECT_EQ(error.mark.line, 3);
}

}  // namespace
}  // namespace yonder::scenarios
