#include <nlohmann/json.hpp>

#include "scenarios/loss_cases.h"
#include "scenarios/plan.h"
#include "tests/unit/scenarios/scenario_fixture.h"

// propagation.additions of a scenario, and "additions" of a case.
namespace yonder::scenarios {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

const std::string kModelLine = "  model: free_space\n";

std::string with(const std::string& additions) {
  return kModelLine + "  additions:\n    - " + additions + "\n";
}

TEST_F(ScenarioTest, AdditionsAreReadAndMakeAModel) {
  const Scenario s = load(good_but(
      kModelLine, kModelLine +
                      "  additions:\n"
                      "    - {id: vehicle_penetration, where: land, parameters: {vehicle: car, "
                      "location_percent: 90}}\n"
                      "    - id: vegetation_p833\n"
                      "      parameters: {depth_m: 40}\n"));
  ASSERT_EQ(s.propagation.additions.size(), 2u);
  EXPECT_EQ(s.propagation.additions[0].choice.surface, propagation::AdditionSurface::land);
  EXPECT_EQ(s.propagation.additions[0].mark.line > 0, true);
  EXPECT_EQ(make_model(s)->info().id, "free_space+vegetation_p833+vehicle_penetration");
}

TEST_F(ScenarioTest, AdditionThatDoesNotExistNamesTheNearest) {
  expect_error(kModelLine, with("{id: vehicle_penetraton}"), "vehicle_penetraton",
               "propagation.additions[0].id", HasSubstr("did you mean 'vehicle_penetration'?"));
}

TEST_F(ScenarioTest, ParameterOfAnAdditionIsCheckedWhereItStands) {
  expect_error(kModelLine,
               with("{id: vehicle_penetration, parameters: {vehicle: car, location_percent: 100}}"),
               "location_percent: 100", "propagation.additions[0].parameters.location_percent",
               HasSubstr("'location_percent' 100 is above 100"));
  expect_error(kModelLine, with("{id: rain_p530}"), "rain_p530",
               "propagation.additions[0].parameters.rain_rate_001_mm_per_h",
               HasSubstr("addition rain_p530 needs parameter 'rain_rate_001_mm_per_h'"));
}

TEST_F(ScenarioTest, WhereIsOneOfThreeWords) {
  expect_error(kModelLine, with("{id: gases_p676, where: forest}"), "where: forest",
               "propagation.additions[0].where", HasSubstr("everywhere"));
}

TEST_F(ScenarioTest, AdditionThatTheModelContainsIsRefused) {
  expect_error(
      kModelLine, "  model: itu_p1812\n  additions:\n    - {id: clutter_p2108_statistical}\n",
      "clutter_p2108_statistical", "propagation.additions",
      AllOf(HasSubstr("cannot be added to model itu_p1812"), HasSubstr("terrain.clutter")));
}

TEST_F(ScenarioTest, WayIntoAVehicleIsCountedOnce) {
  const std::string text = replaced(
      good_but(kModelLine, with("{id: vehicle_penetration, parameters: {vehicle: car}}")),
      "receiver: {height_agl_m: 1.5}", "receiver: {height_agl_m: 1.5, penetration_loss_db: 9}");
  expect_error_in(text, "id: vehicle_penetration", "propagation.additions",
                  HasSubstr("receiver.penetration_loss_db"));
}

json car_case() {
  return {{"id", "car"},
          {"model", "free_space"},
          {"frequency_mhz", 773},
          {"distance_m", 5000},
          {"additions",
           json::array({{{"id", "vehicle_penetration"}, {"parameters", {{"vehicle", "car"}}}}})}};
}

TEST(LossCaseAdditions, AddToTheLossAndShowAsTerms) {
  json plain = car_case();
  plain.erase("additions");
  const auto answer = evaluate_case(car_case());
  const double without = evaluate_case(plain)["loss_db"].get<double>();
  EXPECT_DOUBLE_EQ(answer["loss_db"].get<double>(), without + 9.0);
  EXPECT_EQ(answer["terms"]["model_loss_db"], without);
  EXPECT_EQ(answer["terms"]["vehicle_penetration_db"], 9.0);
}

TEST(LossCaseAdditions, BadOnesAreNamed) {
  json loss_case = car_case();
  loss_case["additions"][0]["id"] = "vehicle";
  EXPECT_EQ(evaluate_case(loss_case)["error"], "unknown_model");
  loss_case = car_case();
  loss_case["additions"][0]["colour"] = 1;
  EXPECT_EQ(evaluate_case(loss_case)["parameter"], "additions.colour");
  loss_case = car_case();
  loss_case["model"] = "leaky_feeder";
  loss_case["additions"][0] = {{"id", "gases_p676"}};
  EXPECT_THAT(evaluate_case(loss_case)["message"].get<std::string>(), HasSubstr("tunnel"));
  loss_case = car_case();
  loss_case["frequency_mhz"] = 300;
  const auto refused = evaluate_case(loss_case);
  EXPECT_EQ(refused["error"], "out_of_range");
  EXPECT_EQ(refused["limit"], 600.0);
}

}  // namespace
}  // namespace yonder::scenarios
