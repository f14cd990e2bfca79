#include "propagation/with_additions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/radial_sweep.h"
#include "propagation/addition_conflicts.h"
#include "propagation/additions.h"
#include "tests/unit/propagation/model_probe.h"

namespace yonder::propagation {
namespace {

using testing::HasSubstr;

AdditionChoice choice(const char* id, ParameterValues parameters = {},
                      AdditionSurface surface = AdditionSurface::everywhere) {
  return {find_addition(id), std::move(parameters), surface};
}

std::unique_ptr<PathLossModel> made(const char* model, const std::vector<AdditionChoice>& choices,
                                    const ParameterValues& parameters = {},
                                    bool has_clutter_heights = false) {
  return make_with_additions(*find_model(model), parameters, choices, has_clutter_heights);
}

std::string refusal(const char* model, const std::vector<AdditionChoice>& choices,
                    const ParameterValues& parameters = {}, bool has_clutter_heights = false) {
  try {
    made(model, choices, parameters, has_clutter_heights);
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "";
}

PathLossInput path(double frequency_mhz = 18000.0, double distance_m = 8000.0) {
  PathLossInput input;
  input.frequency_hz = frequency_mhz * 1e6;
  input.distance_m = distance_m;
  input.tx.height_agl_m = 40.0;
  input.rx.height_agl_m = 1.5;
  return input;
}

double value_of(const Terms& terms, std::string_view key) {
  const Term* term = terms.find(key);
  return term == nullptr ? std::nan("") : std::get<double>(term->value);
}

const std::vector<AdditionChoice> kMany = {
    choice("vehicle_penetration", {{"vehicle", "given"}, {"mean_db", 17.0}}),
    choice("clutter_p2108_statistical"),
    choice("rain_p530", {{"rain_rate_001_mm_per_h", 40.0}}),
    choice("gases_p676"),
};

TEST(WithAdditions, LossIsTheModelsPlusEachTermInTheListsOrder) {
  const auto plain = find_model("free_space")->make({});
  const auto model = made("free_space", kMany);
  Workspace workspace;
  Terms terms;
  const PathLossResult result = model->evaluate(path(), workspace, &terms);
  ASSERT_TRUE(result.ok());
  double sum = plain->evaluate(path(), workspace).loss_db;
  EXPECT_EQ(value_of(terms, kModelLossKey), sum);
  for (const char* key : {"gases_p676_db", "rain_p530_db", "clutter_p2108_statistical_db",
                          "vehicle_penetration_db"}) {
    ASSERT_GT(value_of(terms, key), 0.0) << key;
    sum += value_of(terms, key);
  }
  EXPECT_EQ(result.loss_db, sum);
  EXPECT_EQ(terms.find(kDeviationKey), nullptr);
}

TEST(WithAdditions, OrderOfWritingDoesNotMatter) {
  std::vector<AdditionChoice> reversed(kMany.rbegin(), kMany.rend());
  const auto one = made("free_space", kMany);
  const auto other = made("free_space", reversed);
  Workspace workspace;
  EXPECT_EQ(one->evaluate(path(), workspace).loss_db, other->evaluate(path(), workspace).loss_db);
  EXPECT_EQ(one->info().id, other->info().id);
  EXPECT_EQ(one->info().id,
            "free_space+gases_p676+rain_p530+clutter_p2108_statistical+vehicle_penetration");
}

TEST(WithAdditions, NoneIsThePlainModel) {
  EXPECT_EQ(made("free_space", {})->info().id, "free_space");
}

// Two independent normal distributions: medians add, and so do the squares of the deviations.
TEST(WithAdditions, DeviationsOfStatisticalAdditionsAddAsSquares) {
  const ParameterValues ninety = {{"location_percent", 90.0}};
  ParameterValues car = ninety;
  car["vehicle"] = "car";
  Workspace workspace;
  const PathLossInput input = path(2600.0);
  const auto loss_db = [&](const std::vector<AdditionChoice>& choices) {
    return made("free_space", choices)->evaluate(input, workspace).loss_db;
  };
  const auto with = [&](const ParameterValues& clutter, const ParameterValues& vehicle) {
    return loss_db(
        {choice("clutter_p2108_statistical", clutter), choice("vehicle_penetration", vehicle)});
  };
  const double plain = loss_db({});
  const double medians = with({}, {{"vehicle", "car"}});
  const double clutter_deviation = loss_db({choice("clutter_p2108_statistical", ninety)}) -
                                   loss_db({choice("clutter_p2108_statistical")});
  const double joint = with(ninety, car) - medians;
  EXPECT_NEAR(joint, std::hypot(clutter_deviation, 5.0 * 1.2815515655446004), 1e-9);
  EXPECT_GT(medians, plain + 9.0);

  const ParameterValues ten = {{"location_percent", 10.0}};
  ParameterValues car_ten = ten;
  car_ten["vehicle"] = "car";
  EXPECT_LT(with(ten, car_ten), medians);
}

TEST(WithAdditions, ModelEndsAtTheClutterHeightUnderTheHeightGain) {
  const auto model =
      made("itu_p526", {choice("clutter_p2108_height_gain", {{"clutter_type", "urban"}})});
  const PathProfile flat = profile_of(std::vector<double>(101, 0.0), 300.0);
  PathLossInput input = path(773.0, 30000.0);
  input.profile = flat.view();
  Workspace workspace;
  Terms terms;
  ASSERT_TRUE(model->evaluate(input, workspace, &terms).ok());
  PathLossInput raised = input;
  raised.rx.height_agl_m = 15.0;
  EXPECT_EQ(value_of(terms, kModelLossKey),
            find_model("itu_p526")->make({})->evaluate(raised, workspace).loss_db);
}

TEST(WithAdditions, RefusalNamesTheAdditionsBound) {
  const auto model = made("free_space", {choice("gases_p676")});
  Workspace workspace;
  const PathLossInput input = path(773.0);
  const PathLossResult result = model->evaluate(input, workspace);
  EXPECT_EQ(result.status, LossStatus::below_range);
  EXPECT_THAT(explain(model->info(), result, input), HasSubstr("is below 1000 (P.676-13"));

  const auto open =
      made("free_space", {choice("clutter_p2108_height_gain", {{"clutter_type", "open_rural"}})});
  PathLossInput ground = path(773.0);
  ground.rx.height_agl_m = 0.0;
  EXPECT_THAT(explain(open->info(), open->evaluate(ground, workspace), ground),
              HasSubstr("height gain"));
}

TEST(WithAdditions, RefusalOfTheModelPassesOn) {
  const auto model = made("okumura_hata", {choice("vehicle_penetration", {{"vehicle", "car"}})});
  Workspace workspace;
  const PathLossInput input = path(773.0, 50000.0);
  const PathLossResult result = model->evaluate(input, workspace);
  EXPECT_EQ(result.status, LossStatus::above_range);
  EXPECT_THAT(explain(model->info(), result, input), HasSubstr("distance_m 50000 is above 20000"));
}

TEST(WithAdditions, CountsOnlyOnItsSurface) {
  const std::vector<AdditionChoice> ship = {
      choice("vehicle_penetration", {{"vehicle", "ship_cabin"}}, AdditionSurface::sea)};
  const auto model = made("free_space", ship);
  const auto plain = find_model("free_space")->make({});
  Workspace workspace;
  for (const Zone zone : {Zone::sea, Zone::inland}) {
    const PathProfile flat = profile_of({0.0, 0.0, 0.0}, 4000.0, zone);
    PathLossInput input = path(773.0);
    input.profile = flat.view();
    EXPECT_DOUBLE_EQ(
        model->evaluate(input, workspace).loss_db - plain->evaluate(input, workspace).loss_db,
        zone == Zone::sea ? 15.0 : 0.0);
  }
}

TEST(WithAdditions, ShortRangeCountsWhatIsValidThere) {
  const auto model = made("free_space", {choice("clutter_p2108_statistical"),
                                         choice("vehicle_penetration", {{"vehicle", "car"}})});
  Workspace workspace;
  const PathLossInput near = path(773.0, 100.0);
  EXPECT_EQ(model->evaluate(near, workspace).status, LossStatus::below_range);
  EXPECT_DOUBLE_EQ(model->with_additions(70.0, near, nullptr).loss_db, 79.0);
  EXPECT_DOUBLE_EQ(find_model("free_space")->make({})->with_additions(70.0, near).loss_db, 70.0);
}

TEST(WithAdditions, SweepEqualsEvaluationOfEachReceiver) {
  constexpr std::size_t kSamples = 40;
  std::vector<double> ground;
  for (std::size_t i = 0; i < kSamples; ++i) ground.push_back(20.0 * std::sin(0.7 * double(i)));
  PathProfile samples = profile_of(ground, 200.0);
  RadialInput radial;
  radial.tx = {.height_agl_m = 8.0, .position = {84.0, 41.0}};
  radial.step_m = 200.0;
  radial.samples = samples.view();
  std::vector<double> distance_m, ground_m, clutter_m;
  std::vector<Zone> zone;
  std::vector<LonLat> position;
  std::vector<std::uint32_t> count;
  for (std::uint32_t i = 2; i < kSamples; i += 3) {
    distance_m.push_back(200.0 * i - 60.0);
    ground_m.push_back(double(i));
    clutter_m.push_back(0.0);
    zone.push_back(i % 2 == 0 ? Zone::inland : Zone::sea);
    position.push_back({84.0, 41.0 + 0.001 * i});
    count.push_back(i);
  }
  radial.distance_m = distance_m;
  radial.ground_amsl_m = ground_m;
  radial.clutter_height_m = clutter_m;
  radial.zone = zone;
  radial.position = position;
  radial.sample_count = count;

  const auto with = [](const char* type, const char* terminal) {
    return made("itu_p526", {choice("clutter_p2108_height_gain",
                                    {{"clutter_type", type}, {"terminal", terminal}}),
                             choice("building_entry_p2109", {{"building_type", "traditional"}},
                                    AdditionSurface::land)});
  };
  const auto urban = with("urban", "both");
  const auto suburban = with("suburban", "receiver");
  // More targets than are passed on at once, with different raised transmitter heights among them.
  std::vector<SweepTarget> targets;
  for (int i = 0; i < 19; ++i) {
    targets.push_back({.model = i % 5 == 0 ? suburban.get() : urban.get(),
                       .frequency_hz = 400e6 + 100e6 * i,
                       .rx_height_agl_m = 1.5 + i});
  }
  SweepScratch scratch;
  std::vector<PathLossResult> swept(targets.size() * distance_m.size());
  std::vector<PathLossResult> evaluated(swept.size());
  targets[0].model->sweep(radial, targets, scratch, swept);
  sweep_by_evaluation(radial, targets, scratch, evaluated);
  for (std::size_t i = 0; i < swept.size(); ++i) {
    ASSERT_TRUE(evaluated[i].ok()) << i;
    ASSERT_TRUE(swept[i].ok()) << i;
    EXPECT_NEAR(swept[i].loss_db, evaluated[i].loss_db, 1e-9) << i;
  }
}

TEST(AdditionConflicts, NothingIsCountedTwice) {
  const ParameterValues urban = {{"clutter_type", "urban"}};
  EXPECT_THAT(refusal("itu_p1812", {choice("clutter_p2108_statistical")}), HasSubstr("profile"));
  EXPECT_THAT(refusal("okumura_hata", {choice("clutter_p2108_height_gain", urban)}),
              HasSubstr("environment"));
  EXPECT_THAT(refusal("tr38901_uma", {choice("clutter_p2108_statistical")}),
              HasSubstr("buildings"));
  EXPECT_THAT(refusal("itu_p2001", {choice("gases_p676")}), HasSubstr("contain"));
  EXPECT_THAT(refusal("itu_p2001", {choice("rain_p530", {{"rain_rate_001_mm_per_h", 30.0}})}),
              HasSubstr("contain"));
  EXPECT_THAT(refusal("free_space", {choice("clutter_p2108_statistical"),
                                     choice("clutter_p2108_height_gain", urban)}),
              HasSubstr("cannot go with clutter_p2108_statistical"));
  EXPECT_THAT(
      refusal("free_space", {choice("vehicle_penetration", {{"vehicle", "car"}}),
                             choice("building_entry_p2109", {{"building_type", "traditional"}})}),
      HasSubstr("inside of one thing"));
  EXPECT_THAT(refusal("free_space", {choice("gases_p676"), choice("gases_p676")}),
              HasSubstr("twice"));
}

TEST(AdditionConflicts, TreesCountOnceOverClutterHeights) {
  const std::vector<AdditionChoice> wood = {choice("vegetation_p833", {{"depth_m", 100.0}})};
  EXPECT_EQ(refusal("itu_p1812", wood, {}, false), "");
  EXPECT_THAT(refusal("itu_p1812", wood, {}, true), HasSubstr("terrain.clutter"));
}

TEST(AdditionConflicts, PercentagesAreNotStacked) {
  const ParameterValues ninety = {{"location_percent", 90.0}};
  const ParameterValues ninety_car = {{"location_percent", 90.0}, {"vehicle", "car"}};
  const ParameterValues median_car = {{"vehicle", "car"}};
  EXPECT_EQ(refusal("itu_p1812", {choice("vehicle_penetration", ninety_car)}), "");
  EXPECT_EQ(refusal("itu_p1812", {choice("vehicle_penetration", median_car)}, ninety), "");
  EXPECT_THAT(refusal("itu_p1812", {choice("vehicle_penetration", ninety_car)}, ninety),
              HasSubstr("location_percent is not 50 either"));
  EXPECT_THAT(refusal("free_space", {choice("clutter_p2108_statistical", ninety),
                                     choice("vehicle_penetration", median_car)}),
              HasSubstr("give all additions the same"));
  EXPECT_THAT(refusal("itu_p1812", {choice("rain_p530", {{"rain_rate_001_mm_per_h", 30.0}})},
                      {{"time_percent", 1.0}}),
              HasSubstr("different hours"));
}

TEST(AdditionConflicts, RowsNameWhatExists) {
  for (const ModelExclusion& row : model_exclusions()) {
    EXPECT_NE(find_addition(row.addition), nullptr) << row.addition;
    if (row.model != "itu_p1546") {
      EXPECT_NE(find_model(row.model), nullptr) << row.model;
    }
  }
  for (const PairExclusion& row : pair_exclusions()) {
    EXPECT_NE(find_addition(row.first), nullptr) << row.first;
    EXPECT_NE(find_addition(row.second), nullptr) << row.second;
  }
}

}  // namespace
}  // namespace yonder::propagation
