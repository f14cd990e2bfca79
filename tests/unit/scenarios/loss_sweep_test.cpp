#include "scenarios/loss_sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "scenarios/line_chart.h"
#include "scenarios/loss_cases.h"
#include "scenarios/loss_surface.h"
#include "scenarios/scenario_error.h"
#include "tests/temporary_folder.h"

namespace yonder::scenarios {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const std::string kCaseFile = std::string(YONDER_SOURCE_DIR) + "/tests/reference/itu_p1812.jsonl";

SweepRequest request(const std::string& models, const std::string& sweep,
                     std::vector<std::string> settings, const std::string& surface = "flat") {
  return {parse_sweep(sweep), parse_sweep_models(models), std::move(settings), surface, true};
}

const std::vector<std::string> kUsual = {"frequency_mhz=700", "tx.height_agl_m=40",
                                         "rx.height_agl_m=10"};

LossSweep run(const std::string& models, const std::string& sweep,
              const std::vector<std::string>& more = {}, const std::string& surface = "flat") {
  std::vector<std::string> settings = kUsual;
  settings.insert(settings.end(), more.begin(), more.end());
  return run_loss_sweep(request(models, sweep, settings, surface));
}

/// What the user is told; empty when nothing is wrong.
template <typename F>
std::string complaint(F f) {
  try {
    f();
  } catch (const ScenarioErrors& errors) {
    return errors.what();
  }
  return "";
}

TEST(SweepAxis, GoesInEqualRatiosOrStepsToBothEnds) {
  const SweepAxis log = parse_sweep("distance_m=1000:100000:log5");
  EXPECT_EQ(log.name, "distance_m");
  EXPECT_TRUE(log.logarithmic);
  ASSERT_THAT(log.values, SizeIs(5));
  EXPECT_EQ(log.values.front(), 1000.0);
  EXPECT_EQ(log.values.back(), 100000.0);
  EXPECT_EQ(log.values[2], 10000.0);
  EXPECT_THAT(parse_sweep("tx.height_agl_m=10:30:lin3").values, ElementsAre(10.0, 20.0, 30.0));
  EXPECT_EQ(parse_sweep("time_percent=0.1:99.9:lin9").values[4], 50.0) << "no digit above a limit";
}

struct BadText {
  const char* text;
  const char* told;
};
class BadSweep : public testing::TestWithParam<BadText> {};
TEST_P(BadSweep, IsRefusedWithTheReasonAndAnExample) {
  const std::string told = complaint([] { parse_sweep(GetParam().text); });
  EXPECT_THAT(told, AllOf(HasSubstr(GetParam().told), HasSubstr("distance_m=1000:100000:log50")));
}
INSTANTIATE_TEST_SUITE_P(
    All, BadSweep,
    testing::Values(BadText{"distance_m", "NAME=FROM:TO"}, BadText{"=1:2:lin3", "NAME=FROM:TO"},
                    BadText{"distance_m=1:2", "lacks a part"},
                    BadText{"distance_m=a:2:lin3", "'a' is not a number"},
                    BadText{"distance_m=1:nan:lin3", "'nan' is not a number"},
                    BadText{"distance_m=1:2:sqrt3", "'sqrt3'"},
                    BadText{"distance_m=1:2:lin", "'lin'"}, BadText{"distance_m=1:2:li", "'li'"},
                    BadText{"distance_m=1:2:lin1", "2 to 5000"},
                    BadText{"distance_m=1:2:log9999999", "2 to 5000"},
                    BadText{"distance_m=2:1:lin3", "less than TO"},
                    BadText{"distance_m=0:10:log3", "lin3"},
                    BadText{"distance_m=1:1.0000000000000002:lin9", "more points than numbers"}));

TEST(SweepModels, BracketsHoldSettingsOfOneCurve) {
  const auto models = parse_sweep_models("itm,itu_p1812[time_percent=1,n0=340],itu_p1812");
  ASSERT_THAT(models, SizeIs(3));
  EXPECT_EQ(models[0].label(), "itm");
  EXPECT_EQ(models[1].id(), "itu_p1812");
  EXPECT_EQ(models[1].overrides(), "time_percent=1, n0=340");
  EXPECT_EQ(models[2].label(), "itu_p1812");
}

class BadModels : public testing::TestWithParam<BadText> {};
TEST_P(BadModels, AreRefusedWithTheReason) {
  EXPECT_THAT(complaint([] { parse_sweep_models(GetParam().text); }), HasSubstr(GetParam().told));
}
INSTANTIATE_TEST_SUITE_P(
    All, BadModels,
    testing::Values(BadText{"itu_p1821", "--model itu_p1812"}, BadText{"", "no model"},
                    BadText{"itm,", "no model"}, BadText{"itm,itm", "named twice"},
                    BadText{"itm[a=1", "not closed"}, BadText{"itm]a=1[", "do not match"},
                    BadText{"itm[a=[1]]", "do not match"},
                    BadText{"itm[a=1]b", "behind its bracket"}, BadText{"itm[a]", "KEY=VALUE"},
                    BadText{"itm[a=]", "KEY=VALUE"}));

TEST(LossSweep, FreeSpaceRisesBySixDbADoubling) {
  const LossSweep sweep = run("free_space[rx.height_agl_m=40]", "distance_m=1000:4000:log3");
  ASSERT_THAT(sweep.curves, SizeIs(1)) << "free space needs no reference beside it";
  const std::vector<double>& loss = sweep.curves[0].values;
  // P.525-4 eq. (4): 32.4 + 20 log f + 20 log d, rounded there to 0.1 dB.
  EXPECT_NEAR(loss[0], 32.4 + 20.0 * std::log10(700.0), 0.06);
  EXPECT_NEAR(loss[2] - loss[0], 40.0 * std::log10(2.0), 1e-9);
}

TEST(LossSweep, EachPointIsWhatTheSameCaseGives) {
  const LossSweep sweep = run("itu_p1812[time_percent=1]", "distance_m=10000:90000:lin3",
                              {"itu_p1812.n0=340", "polarization=horizontal"}, "sea");
  json distances = json::array(), zeros = json::array(), zones = json::array();
  for (int i = 0; i <= LossSurface::kLevelIntervals; ++i) {
    distances.push_back(50000.0 * i / LossSurface::kLevelIntervals);
    zeros.push_back(0.0);
    zones.push_back("sea");
  }
  const json answer = evaluate_case(
      {{"model", "itu_p1812"},
       {"frequency_mhz", 700},
       {"polarization", "horizontal"},
       {"time_percent", 1},
       {"n0", 340},
       {"tx", {{"height_agl_m", 40}}},
       {"rx", {{"height_agl_m", 10}}},
       {"profile", {{"distance_m", distances}, {"ground_amsl_m", zeros}, {"zone", zones}}}});
  ASSERT_TRUE(answer.contains("loss_db")) << answer;
  EXPECT_EQ(sweep.curves.at(0).values.at(1), answer["loss_db"].get<double>());
}

TEST(LossSweep, TheWholeProfileOfAReferenceCaseGivesItsPublishedLoss) {
  std::ifstream in(kCaseFile);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  const json reference = json::parse(line);
  const double length_m = reference["profile"]["distance_m"].back();
  std::vector<std::string> settings;
  for (const char* key : {"frequency_mhz", "polarization", "time_percent", "location_percent",
                          "cell_width_m", "delta_n_per_km", "n0"}) {
    const json& value = reference[key];
    settings.push_back(std::string(key) + "=" +
                       (value.is_string() ? value.get<std::string>() : value.dump()));
  }
  for (const char* end : {"tx", "rx"}) {
    for (const auto& [key, value] : reference[end].items()) {
      settings.push_back(std::string(end) + "." + key + "=" + value.dump());
    }
  }
  std::ostringstream sweep_text;
  sweep_text.precision(17);
  sweep_text << "distance_m=" << 0.5 * length_m << ":" << length_m << ":lin2";
  const LossSweep sweep =
      run_loss_sweep(request("itu_p1812", sweep_text.str(), settings,
                             kCaseFile + "#" + reference["id"].get<std::string>()));
  const json& expected = reference["expected"];
  EXPECT_NEAR(sweep.curves.at(0).values.back(), expected["loss_db"].get<double>(), 1e-4);
}

TEST(LossSweep, AProfileIsCutAtItsOwnPoints) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write(
      "ridge.csv",
      "# made "
      "up\nzone,distance_m,ground_amsl_m\ninland,0,5\nsea,1000,0\nsea,2000,0\ninland,3500,9\n");
  const LossSurface surface(file);
  ASSERT_TRUE(surface.is_given());
  EXPECT_THAT(surface.description(), HasSubstr("ridge.csv, 3500 m"));
  EXPECT_EQ(surface.nearest_point_m(0.0), 1000.0);
  EXPECT_EQ(surface.nearest_point_m(1499.0), 1000.0);
  EXPECT_EQ(surface.nearest_point_m(1501.0), 2000.0);
  EXPECT_EQ(surface.nearest_point_m(9e9), 3500.0);
  const PathProfile cut = surface.cut(2000.0);
  EXPECT_THAT(cut.distance_m, ElementsAre(0.0, 1000.0, 2000.0));
  EXPECT_THAT(cut.ground_amsl_m, ElementsAre(5.0, 0.0, 0.0));
  EXPECT_THAT(cut.zone, ElementsAre(Zone::inland, Zone::sea, Zone::sea));
  EXPECT_TRUE(cut.clutter_height_m.empty());

  const LossSweep sweep = run("free_space", "distance_m=900:3500:lin8", {}, file);
  EXPECT_THAT(sweep.axis.values, ElementsAre(1000.0, 2000.0, 3500.0));
  EXPECT_THAT(complaint([&] { run("free_space", "distance_m=900:3600:lin8", {}, file); }),
              AllOf(HasSubstr("3600"), HasSubstr("3500 m long")));
}

TEST(LossSweep, AFixedDistanceOverAProfileIsOneOfItsPoints) {
  const test::TemporaryFolder folder;
  const std::string file =
      folder.write("p.csv", "distance_m,ground_amsl_m\n0,5\n1000,5\n2000,0\n3500,5\n");
  const std::vector<std::string> heights = {"tx.height_agl_m=40", "rx.height_agl_m=10"};
  const auto sweep_with = [&](const std::string& distance) {
    std::vector<std::string> settings = heights;
    if (!distance.empty()) settings.push_back("distance_m=" + distance);
    return run_loss_sweep(request("free_space", "frequency_mhz=100:200:lin2", settings, file));
  };
  EXPECT_THAT(complaint([&] { sweep_with("1900"); }), HasSubstr("Valid: distance_m=2000"));
  EXPECT_NEAR(sweep_with("").curves[0].values[0] - sweep_with("1000").curves[0].values[0],
              20.0 * std::log10(std::hypot(3500.0, 30.0) / std::hypot(1000.0, 30.0)), 1e-9);
}

struct BadProfile {
  const char* text;
  const char* told;
};
class BadProfileFile : public testing::TestWithParam<BadProfile> {};
TEST_P(BadProfileFile, IsRefusedWithItsLine) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("p.csv", GetParam().text);
  EXPECT_THAT(complaint([&] { LossSurface{file}; }), HasSubstr(file + GetParam().told));
}
INSTANTIATE_TEST_SUITE_P(
    All, BadProfileFile,
    testing::Values(
        BadProfile{"distance_m,height\n0,1\n", ":1: lacks the column ground_amsl_m"},
        BadProfile{"distance_m,ground_amsl_m,clutter_heigth_m\n0,1,1\n5,1,1\n",
                   ":1: clutter_heigth_m: is no column of a profile. Valid: clutter_height_m"},
        BadProfile{"distance_m,ground_amsl_m\n0,1\n5,x\n",
                   ":3: ground_amsl_m: 'x' is not a number"},
        BadProfile{"distance_m,ground_amsl_m\n0,1\n5,1\n5,1\n", ":4: distance_m: '5' is not more"},
        BadProfile{"distance_m,ground_amsl_m\n10,1\n20,1\n", ":2: distance_m: '10'"},
        BadProfile{"distance_m,ground_amsl_m,clutter_height_m\n0,1,-1\n5,1,0\n", ":2: clutter"},
        BadProfile{"distance_m,ground_amsl_m,zone\n0,1,lake\n5,1,sea\n", ":2: zone: 'lake'"},
        BadProfile{"distance_m,ground_amsl_m\n0,1\n", ": has fewer than two points"}));

TEST(LossSurface, ACaseFileNeedsTheIdOfOneOfItsCases) {
  EXPECT_THAT(complaint([] { LossSurface{kCaseFile}; }),
              AllOf(HasSubstr("120 cases"), HasSubstr("#p1812-001")));
  EXPECT_THAT(complaint([] { LossSurface{kCaseFile + "#p1812-00x"}; }),
              HasSubstr("no case 'p1812-00x'. Valid: --surface "));
  EXPECT_THAT(complaint([] { LossSurface{"flatt"}; }), HasSubstr("neither flat nor sea"));
  const test::TemporaryFolder folder;
  const std::string bad =
      folder.write("bad.jsonl", "\n{\"id\":1,\"profile\":{\"step_m\":5,\"ground_amsl_m\":[1]}}\n");
  EXPECT_THAT(complaint([&] { LossSurface{bad}; }), HasSubstr(bad + ":2: profile.distance_m"));
}

TEST(LossSweep, RefusedPointsAreGapsWithTheModelsBound) {
  const LossSweep sweep = run("itu_p1812,okumura_hata", "distance_m=100:25000:lin250");
  const SweepCurve& hata = sweep.curves.at(1);
  ASSERT_THAT(hata.gaps, SizeIs(2));
  EXPECT_EQ(hata.gaps[0].first, 0U);
  EXPECT_EQ(sweep.axis.values[hata.gaps[0].last], 900.0);
  EXPECT_THAT(hata.gaps[0].reason, HasSubstr("distance_m is below 1000 m (Hata"));
  EXPECT_EQ(sweep.axis.values[hata.gaps[1].first], 20100.0);
  for (std::size_t i = 0; i < hata.values.size(); ++i) {
    EXPECT_EQ(std::isnan(hata.values[i]), hata.gap_at(i) != nullptr) << i;
  }
}

TEST(LossSweep, AParameterIsSweptAlsoByTheEndOfItsName) {
  const LossSweep sweep =
      run("itm,itu_p1812,free_space", "time_percent=1:90:lin90", {"distance_m=60000"});
  for (const std::size_t curve : {0U, 1U}) {
    const std::vector<double>& loss = sweep.curves.at(curve).values;
    for (std::size_t i = 1; i < loss.size(); ++i) {
      if (std::isnan(loss[i])) continue;
      EXPECT_GE(loss[i], loss[i - 1]) << curve << " " << i;
    }
    EXPECT_GT(loss[49], loss[0]) << "50 % and 1 % of time";
  }
  ASSERT_THAT(sweep.curves[1].gaps, SizeIs(1)) << "P.1812 ends at 50 %";
  EXPECT_EQ(sweep.axis.values[sweep.curves[1].gaps[0].first], 51.0);
  EXPECT_THAT(sweep.curves[1].gaps[0].reason, HasSubstr("time_percent is above 50 %"));
  EXPECT_EQ(sweep.curves[2].values.front(), sweep.curves[2].values.back());
}

TEST(LossSweep, TheNarrowerSettingWins) {
  const LossSweep sweep =
      run("itu_p1812,itu_p1812[time_percent=50],itu_p2001", "distance_m=50000:90000:lin2",
          {"time_percent=5", "itu_p1812.time_percent=10"});
  EXPECT_THAT(sweep.curves.at(0).fixed, ElementsAre("time_percent=10"));
  EXPECT_THAT(sweep.curves.at(1).fixed, ElementsAre("time_percent=50"));
  EXPECT_THAT(sweep.curves.at(2).fixed, ElementsAre("time_percent=5"));
  EXPECT_LT(sweep.curves[0].values[1], sweep.curves[1].values[1]);
}

TEST(LossSweep, FreeSpaceIsTheReferenceOfOnePathOnly) {
  const LossSweep one = run("itu_p1812", "distance_m=1000:5000:lin5");
  ASSERT_THAT(one.curves, SizeIs(2));
  EXPECT_TRUE(one.curves[1].is_reference);
  EXPECT_EQ(one.curves[1].model.id(), "free_space");
  EXPECT_THAT(run("itu_p528[rx.height_agl_m=100],itu_p528", "distance_m=1000:5000:lin5").curves,
              SizeIs(2));
  SweepRequest without = request("itu_p1812", "distance_m=1000:5000:lin5", kUsual);
  without.reference = false;
  EXPECT_THAT(run_loss_sweep(without).curves, SizeIs(1));
}

struct BadRequest {
  const char* models;
  const char* sweep;
  std::vector<std::string> more;
  const char* told;
};
class RefusedSweep : public testing::TestWithParam<BadRequest> {};
TEST_P(RefusedSweep, SaysWhy) {
  const BadRequest& bad = GetParam();
  EXPECT_THAT(complaint([&] { run(bad.models, bad.sweep, bad.more); }), HasSubstr(bad.told));
}
const char* const kDistance = "distance_m=1000:5000:lin5";
INSTANTIATE_TEST_SUITE_P(
    All, RefusedSweep,
    testing::Values(
        BadRequest{"itm", kDistance, {"time_persent=1"}, "--set time_percent="},
        BadRequest{"itm", kDistance, {"itm.climat=1"}, "Valid: climate"},
        BadRequest{"itm[climat=1]", kDistance, {}, "Valid: climate"},
        BadRequest{"itm", kDistance, {"climate=9"}, "above 7"},
        BadRequest{"itm", kDistance, {"climate=wet"}, "takes a number"},
        BadRequest{"itm", kDistance, {"distance_m=5"}, "fixes what --sweep varies"},
        BadRequest{"itm[distance_m=5]", kDistance, {}, "fixes what --sweep varies"},
        BadRequest{"itm", kDistance, {"frequency_mhz=900"}, "a second time"},
        BadRequest{"itm", kDistance, {"tx.lat_deg=91"}, "between -90 and 90"},
        BadRequest{"itm", kDistance, {"polarization=circular"}, "polarization=horizontal"},
        BadRequest{"itm", "distance_m=-5:5:lin3", {}, "starts below 0"},
        BadRequest{"itm", "climate=1:7:lin7", {}, "distance_m is missing"},
        BadRequest{"itm,itu_p1812",
                   "climate=1:7:lin7",
                   {"distance_m=5000"},
                   "nor a parameter of itu_p1812"},
        BadRequest{"itm", "mode=1:7:lin7", {}, "takes a word"},
        BadRequest{"itm[variability.time_percent=5]",
                   "time_percent=1:7:lin7",
                   {"distance_m=5000"},
                   "fixes what --sweep varies"},
        BadRequest{"itm", kDistance, {"show=A_ref"}, "is no number in the answers of itm"},
        BadRequest{"itm,itu_p838", kDistance, {}, "a piece of a method"},
        BadRequest{"okumura_hata", "distance_m=30000:90000:lin5", {}, "no model has a value"},
        BadRequest{"okumura_hata", "distance_m=30000:90000:lin5", {}, "is above 20000 m"}));

TEST(LossSweep, WhatAModelLooksAtMustBeGiven) {
  const auto missing = [](std::vector<std::string> settings) {
    return complaint([&] { run_loss_sweep(request("itm", kDistance, std::move(settings))); });
  };
  EXPECT_THAT(missing({}), HasSubstr("frequency_mhz is missing"));
  EXPECT_THAT(missing({"frequency_mhz=700"}), HasSubstr("tx.height_agl_m is missing"));
  EXPECT_THAT(missing({"frequency_mhz=700", "tx.height_agl_m=40"}),
              HasSubstr("rx.height_agl_m is missing"));
  EXPECT_EQ(missing(kUsual), "");
  EXPECT_NO_THROW(
      run_loss_sweep(request("leaky_feeder", "distance_m=0:500:lin5", {"frequency_mhz=700"})))
      << "a cable has no heights";
}

TEST(LossSweep, ATermCanBeShownInPlaceOfTheLoss) {
  const LossSweep sweep = run("two_ray_sea", kDistance, {"show=clearance_over_f1"}, "sea");
  ASSERT_THAT(sweep.curves, SizeIs(1)) << "free space has no such term";
  EXPECT_EQ(sweep.shown, "clearance_over_f1");
  EXPECT_GT(sweep.curves[0].values.front(), sweep.curves[0].values.back());
}

TEST(LossSweep, PiecesAreSweptOverTheirOwnKeys) {
  const std::vector<std::string> rain = {"rain_rate_mm_per_h=50", "path_elevation_deg=0",
                                         "polarization=horizontal"};
  const LossSweep sweep = run_loss_sweep(request("itu_p838", "frequency_ghz=10:100:log3", rain));
  EXPECT_EQ(sweep.shown, "specific_attenuation_db_per_km");
  EXPECT_EQ(unit_in_name(sweep.shown), "dB/km");
  // P.838-3 table 5 at 10 GHz: k_H = 0.01217, alpha_H = 1.2571.
  EXPECT_NEAR(sweep.curves.at(0).values.front(), 0.01217 * std::pow(50.0, 1.2571), 2e-3);
  EXPECT_THAT(complaint([&] {
                run_loss_sweep(request("itu_p838", "frequency_ghz=10:100:log3", rain, "sea"));
              }),
              HasSubstr("no --surface"));
  EXPECT_THAT(
      complaint([&] { run_loss_sweep(request("itu_p838", "frequency_ghz=10:100:log3", {})); }),
      HasSubstr("is missing"));
}

TEST(LossSweep, TableCsvAndJsonTellTheSame) {
  const LossSweep sweep =
      run("itu_p1812[time_percent=1,n0=340],okumura_hata", "distance_m=500:1500:lin3");
  const std::string csv = sweep_csv(sweep);
  std::istringstream lines(csv);
  std::string head, first;
  std::getline(lines, head);
  std::getline(lines, first);
  EXPECT_EQ(head,
            "distance_m,\"itu_p1812[time_percent=1, n0=340]\",okumura_hata,free_space,"
            "no_value_because");
  EXPECT_THAT(first, AllOf(testing::StartsWith("500,"), HasSubstr(",,"),
                           HasSubstr("okumura_hata: distance_m is below 1000 m")));
  const json answer = sweep_json(sweep);
  EXPECT_TRUE(answer["curves"][1]["values"][0].is_null());
  EXPECT_EQ(answer["curves"][1]["gaps"][0]["last"], 0);
  EXPECT_EQ(answer["curves"][2]["is_reference"], true);
  EXPECT_EQ(answer["curves"][0]["values"][2].get<double>(), sweep.curves[0].values[2]);
  EXPECT_EQ(answer["sweep"]["unit"], "m");
  EXPECT_EQ(answer["surface"], "flat ground, inland, at 0 m");
  const std::string table = sweep_table(sweep);
  EXPECT_THAT(table, AllOf(HasSubstr("- a"), HasSubstr("  a  distance_m is below 1000 m"),
                           HasSubstr("time_percent=1"), HasSubstr("frequency_mhz=700"),
                           Not(HasSubstr("nan"))));
}

TEST(LossSweep, TellsWhereALatitudeWasNotGiven) {
  EXPECT_THAT(sweep_table(run("itu_p1812", kDistance)), HasSubstr("at the equator"));
  EXPECT_THAT(run("itu_p1812", kDistance, {"tx.lat_deg=30", "rx.lat_deg=30"}).remarks, SizeIs(0));
}

TEST(LineChart, TicksAreRoundNumbersWithinTheAxis) {
  EXPECT_THAT(linear_ticks(-0.5, 10.2, 6), ElementsAre(0.0, 2.0, 4.0, 6.0, 8.0, 10.0));
  EXPECT_THAT(logarithmic_ticks(1.0, 100.0), ElementsAre(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0));
  EXPECT_THAT(logarithmic_ticks(1.0, 1e9), SizeIs(10));
  EXPECT_THAT(logarithmic_ticks(900.0, 1100.0), SizeIs(testing::Ge(3U)));
}

}  // namespace
}  // namespace yonder::scenarios
