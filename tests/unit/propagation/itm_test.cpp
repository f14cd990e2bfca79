#include "propagation/models/itm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "propagation/models.h"
#include "propagation/physics/itm_deciles.h"
#include "propagation/physics/itm_line_fit.h"
#include "propagation/physics/itm_warnings.h"

namespace yonder::propagation::itm {
namespace {

struct Path {
  std::vector<double> distance_m;
  std::vector<double> ground_m;
  PathLossInput input;
};

Path path_over(std::vector<double> ground_m, double step_m) {
  Path path;
  path.ground_m = std::move(ground_m);
  for (std::size_t i = 0; i < path.ground_m.size(); ++i) {
    path.distance_m.push_back(step_m * static_cast<double>(i));
  }
  path.input.frequency_hz = 773e6;
  path.input.tx.height_agl_m = 40.0;
  path.input.rx.height_agl_m = 1.5;
  return path;
}

PathLossResult evaluate(Path& path, const ParameterValues& values = {}, Terms* terms = nullptr) {
  path.input.profile = {.distance_m = path.distance_m, .ground_amsl_m = path.ground_m};
  path.input.distance_m = path.distance_m.back();
  Workspace workspace;
  return find_model("itm")->make(values)->evaluate(path.input, workspace, terms);
}

std::vector<double> hills(std::size_t count, double phase) {
  std::vector<double> ground_m;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = static_cast<double>(i);
    ground_m.push_back(900.0 + 60.0 * std::sin(0.05 * x + phase) + 15.0 * std::sin(0.37 * x));
  }
  return ground_m;
}

PathLossInput area_input(double distance_m) {
  PathLossInput input;
  input.frequency_hz = 3500e6;
  input.distance_m = distance_m;
  input.tx.height_agl_m = 15.0;
  input.rx.height_agl_m = 3.0;
  return input;
}

ParameterValues area(double delta_h_m, double mdvar) {
  return {{"mode", "area"}, {"terrain_irregularity_m", delta_h_m}, {"mdvar", mdvar}};
}

TEST(Itm, AreaGeometryAgreesWithTheExampleOfNtia) {
  // NTIA ITM v1.4, cmd_examples/o_areatls.txt.
  Workspace workspace;
  Terms terms;
  const auto model = find_model("itm")->make(area(20.0, 1.0));
  ASSERT_TRUE(model->evaluate(area_input(10e3), workspace, &terms).ok());
  const auto pair = [&](std::string_view key) {
    return std::get<std::array<double, 2>>(terms.find(key)->value);
  };
  EXPECT_NEAR(pair("horizon_angle_rad")[0], -1.811e-3, 0.6e-6);
  EXPECT_NEAR(pair("horizon_angle_rad")[1], -0.567e-3, 0.6e-6);
  EXPECT_NEAR(pair("horizon_distance_m")[0], 14722.0, 0.6);
  EXPECT_NEAR(pair("horizon_distance_m")[1], 6206.0, 0.6);
  EXPECT_NEAR(pair("effective_height_m")[0], 15.0, 1e-9);
  EXPECT_NEAR(std::get<double>(terms.find("reference_attenuation_db")->value), 11.2, 0.06);
}

TEST(Itm, FlatProfileEqualsAreaWithoutIrregularity) {
  Path path = path_over(std::vector<double>(201, 0.0), 50.0);
  Workspace workspace;
  const auto model = find_model("itm")->make(area(0.0, 12.0));
  path.input.distance_m = path.distance_m.back();
  PathLossInput flat = path.input;
  EXPECT_NEAR(evaluate(path).loss_db, model->evaluate(flat, workspace).loss_db, 1e-9);
}

TEST(Itm, IsReciprocal) {
  for (int k = 0; k < 50; ++k) {
    Path path = path_over(hills(157, 0.7 * k), 90.0);
    Path back = path_over({path.ground_m.rbegin(), path.ground_m.rend()}, 90.0);
    std::swap(back.input.tx.height_agl_m, back.input.rx.height_agl_m);
    EXPECT_NEAR(evaluate(path).loss_db, evaluate(back).loss_db, 1e-6) << k;
  }
}

TEST(Itm, LossRisesWithEveryPercentage) {
  for (const char* name : {"variability.time_percent", "variability.location_percent",
                           "variability.situation_percent"}) {
    double before = -1e9;
    for (double percent = 1.0; percent < 100.0; percent += 7.0) {
      Path path = path_over(hills(200, 1.0), 100.0);
      const double loss_db = evaluate(path, {{"mdvar", 3.0}, {name, percent}}).loss_db;
      EXPECT_GT(loss_db, before) << name << " " << percent;
      before = loss_db;
    }
  }
}

TEST(Itm, AreaLossIsContinuousInDistance) {
  Workspace workspace;
  for (const double delta_h_m : {0.0, 30.0, 90.0, 300.0}) {
    const auto model = find_model("itm")->make(area(delta_h_m, 3.0));
    double before = model->evaluate(area_input(1000.0), workspace).loss_db;
    for (double distance_m = 1000.0; distance_m < 400e3; distance_m *= 1.0005) {
      const double loss_db = model->evaluate(area_input(distance_m), workspace).loss_db;
      // The effective distance of the variability has a kink, the loss none over 0.2 dB for 0.05 %
      // of distance.
      EXPECT_NEAR(loss_db, before, 0.2) << delta_h_m << " " << distance_m;
      before = loss_db;
    }
  }
}

TEST(Itm, RefusesUnevenProfilesAndSaysSo) {
  Path path = path_over(hills(100, 0.0), 30.0);
  path.distance_m[50] += 1.0;
  const PathLossResult result = evaluate(path);
  ASSERT_EQ(result.status, LossStatus::not_applicable);
  EXPECT_NE(explain(kModelInfo, result, path.input).find("equidistant"), std::string::npos);
}

TEST(Itm, TakesProfilesWhoseDistancesAreRounded) {
  Path path = path_over(hills(100, 0.0), 30.0);
  const double loss_db = evaluate(path).loss_db;
  for (std::size_t i = 1; i + 1 < path.distance_m.size(); ++i)
    path.distance_m[i] += i % 2 ? 0.01 : -0.01;
  EXPECT_NEAR(evaluate(path).loss_db, loss_db, 1e-9);
}

TEST(Itm, RefusesPointToPointWithoutProfile) {
  Workspace workspace;
  const auto model = find_model("itm")->make({});
  EXPECT_TRUE(model->needs_profile());
  EXPECT_EQ(model->evaluate(area_input(10e3), workspace).status, LossStatus::not_applicable);
}

TEST(Itm, RefusalNamesTheBound) {
  struct Case {
    std::string_view bound;
    LossStatus status;
    std::function<void(Path&)> change;
  };
  for (const Case& c : {Case{"frequency_mhz", LossStatus::below_range,
                             [](Path& p) { p.input.frequency_hz = 19.9e6; }},
                        Case{"frequency_mhz", LossStatus::above_range,
                             [](Path& p) { p.input.frequency_hz = 20.1e9; }},
                        Case{"tx.height_agl_m", LossStatus::below_range,
                             [](Path& p) { p.input.tx.height_agl_m = 0.4; }},
                        Case{"rx.height_agl_m", LossStatus::above_range,
                             [](Path& p) { p.input.rx.height_agl_m = 3001.0; }},
                        Case{"surface_refractivity", LossStatus::below_range, [](Path& p) {
                               for (double& h : p.ground_m) h = 7000.0;
                             }}}) {
    Path path = path_over(hills(100, 0.0), 30.0);
    c.change(path);
    const PathLossResult result = evaluate(path);
    EXPECT_EQ(result.status, c.status) << c.bound;
    EXPECT_EQ(kModelInfo.ranges[result.bound].name, c.bound);
  }
}

TEST(Itm, RefusesGroundThatIsTooConductive) {
  // Below 1 MHz-like conditions: permittivity 1 and a good conductor make the impedance as
  // imaginary as real.
  Path path = path_over(hills(100, 0.0), 30.0);
  path.input.frequency_hz = 20e6;
  path.input.polarization = Polarization::horizontal;
  const PathLossResult result =
      evaluate(path, {{"ground_permittivity", 1.0}, {"ground_conductivity_s_per_m", 100.0}});
  EXPECT_EQ(result.status, LossStatus::not_applicable);
}

TEST(Itm, WarnsOfUnusualHeightsAndShortDistances) {
  Path path = path_over(std::vector<double>(21, 10.0), 30.0);
  path.input.rx.height_agl_m = 0.7;
  Terms terms;
  ASSERT_TRUE(evaluate(path, {}, &terms).ok());
  const auto warnings = static_cast<std::uint32_t>(std::get<double>(terms.find("warnings")->value));
  EXPECT_TRUE(warnings & kRxHeightUnusual);
  EXPECT_TRUE(warnings & kDistanceShort);
  EXPECT_FALSE(warnings & kTxHeightUnusual);
}

TEST(Itm, RefusesParametersWithoutMeaning) {
  const auto refused_parameter = [](const ParameterValues& values) -> std::string {
    try {
      find_model("itm")->make(values);
    } catch (const ParameterError& error) {
      return error.parameter();
    }
    return "none";
  };
  EXPECT_EQ(refused_parameter({{"terrain_irregularity_m", 90.0}}), "terrain_irregularity_m");
  EXPECT_EQ(refused_parameter({{"variability.confidence_percent", 90.0}}),
            "variability.confidence_percent");
  EXPECT_EQ(refused_parameter({{"mdvar", 7.0}}), "mdvar");
  EXPECT_EQ(refused_parameter({{"climate", 1.5}}), "climate");
  EXPECT_EQ(refused_parameter({{"climate", 8.0}}), "climate");
  EXPECT_EQ(refused_parameter({{"variability.time_percent", 100.0}}), "variability.time_percent");
}

TEST(ItmDeciles, EqualWhatSortingGives) {
  std::mt19937 random(7);
  for (int k = 0; k < 300; ++k) {
    std::vector<double> values(2 + random() % 244);
    const bool has_ties = k % 3 == 0;
    for (double& value : values) {
      value = has_ties ? static_cast<double>(random() % 5)
                       : std::normal_distribution<double>(500.0, 100.0)(random);
    }
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t rank = 1 + random() % std::min<std::size_t>(25, values.size());
    EXPECT_EQ(range_between_ranks(values, rank), sorted[sorted.size() - rank] - sorted[rank - 1]);
  }
}

TEST(ItmLineFit, FollowsAStraightLine) {
  std::vector<double> heights;
  for (int i = 0; i < 50; ++i) heights.push_back(300.0 - 2.5 * i);
  const Line line = fit_line(heights, 7.3, 33.2);
  EXPECT_NEAR(line.at_first, heights.front(), 1e-9);
  EXPECT_NEAR(line.at_last, heights.back(), 1e-9);
}

TEST(ItmLineFit, WidensAPartWithoutPoints) {
  const std::vector<double> heights{1.0, 2.0, 3.0, 4.0};
  EXPECT_NEAR(fit_line(heights, 0.0, 0.0).at_last, 4.0, 1e-12);
  EXPECT_NEAR(fit_line(heights, 3.0, 3.0).at_first, 1.0, 1e-12);
}

}  // namespace
}  // namespace yonder::propagation::itm
