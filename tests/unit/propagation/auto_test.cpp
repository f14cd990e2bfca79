#include "propagation/models/auto.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model_probe.h"

namespace yonder::propagation {
namespace {

/// Rolling inland ground with its receiver `distance_m` away.
Probe over_hills(double distance_m, double frequency_mhz = 773.0) {
  std::vector<double> ground;
  const int points = 101;
  for (int i = 0; i < points; ++i) ground.push_back(200.0 + 25.0 * std::sin(0.4 * i));
  return {.frequency_mhz = frequency_mhz,
          .tx_m = 40.0,
          .rx_m = 1.5,
          .profile = profile_of(ground, distance_m / (points - 1))};
}

/// Open sea between a mast on a platform and a ship.
Probe over_sea(double distance_m, double tx_m = 100.0, double rx_m = 10.0) {
  const int points = 201;
  return {.frequency_mhz = 773.0,
          .tx_m = tx_m,
          .rx_m = rx_m,
          .profile =
              profile_of(std::vector<double>(points, 0.0), distance_m / (points - 1), Zone::sea)};
}

std::string server_of(const Probe& probe, const ParameterValues& parameters = {}) {
  const PathLossResult result = run("auto", probe, parameters);
  EXPECT_TRUE(result.ok()) << explain(automatic_choice::kModelInfo, result, {});
  return result.served_by == 0
             ? ""
             : std::string(automatic_choice::kModelInfo.members[result.served_by - 1U].id);
}

std::string refusal_of(const Probe& probe, const ParameterValues& parameters = {}) {
  const PathLossResult result = run("auto", probe, parameters);
  EXPECT_EQ(result.status, LossStatus::not_applicable);
  return result.ok() ? "" : explain(automatic_choice::kModelInfo, result, {});
}

/// Away from the intervals of handing over, the answer is the member's to the last bit.
void expect_same_as(const std::string& member, const Probe& probe,
                    const ParameterValues& parameters = {}, const ParameterValues& of_member = {}) {
  EXPECT_EQ(server_of(probe, parameters), member);
  EXPECT_EQ(loss_of("auto", probe, parameters), loss_of(member, probe, of_member));
}

TEST(AutoRules, PathsTo250MetresAreFreeSpace) {
  for (const double distance_m : {20.0, 100.0, 250.0}) {
    expect_same_as("free_space", over_hills(distance_m));
  }
}

TEST(AutoRules, TerrainFrom500MetresOnIsP1812To5GHzAnd1To50PercentOfTime) {
  expect_same_as("itu_p1812", over_hills(500.0));
  expect_same_as("itu_p1812", over_hills(30000.0, 30.0));
  expect_same_as("itu_p1812", over_hills(30000.0, 5000.0));
  for (const double percent : {1.0, 10.0, 50.0}) {
    const ParameterValues time = {{"time_percent", percent}};
    expect_same_as("itu_p1812", over_hills(30000.0), time, time);
  }
}

TEST(AutoRules, P1812TakesItsParametersFromTheSharedOnes) {
  const ParameterValues parameters = {{"time_percent", 10.0},
                                      {"location_percent", 90.0},
                                      {"cell_width_m", 100.0},
                                      {"delta_n_per_km", 31.0},
                                      {"n0", 310.0}};
  expect_same_as("itu_p1812", over_hills(40000.0), parameters, parameters);
}

TEST(AutoRules, From6GHzOrOutsideP1812sTimesItIsP2001) {
  expect_same_as("itu_p2001", over_hills(30000.0, 6000.0));
  expect_same_as("itu_p2001", over_hills(30000.0, 50000.0));
  for (const double percent : {0.001, 0.5, 60.0, 99.9}) {
    const ParameterValues time = {{"time_percent", percent}};
    expect_same_as("itu_p2001", over_hills(30000.0), time, time);
  }
  expect_same_as("itu_p2001", over_hills(30000.0),
                 {{"time_percent", 95.0},
                  {"delta_n_per_km", 48.0},
                  {"itu_p2001.climate.mid.dn_sub_slope_n_per_km", 12.0},
                  {"itu_p2001.climate.common_volume.troposcatter_zone", 2.0}},
                 {{"time_percent", 95.0},
                  {"climate.mid.dn_median_n_per_km", 48.0},
                  {"climate.mid.dn_sub_slope_n_per_km", 12.0},
                  {"climate.common_volume.troposcatter_zone", 2.0}});
}

TEST(AutoRules, AnAntennaAbove3000MetresIsP528sAtAnyDistance) {
  Probe probe = over_hills(200.0);
  for (const double distance_m : {200.0, 50000.0, 600000.0}) {
    probe = over_hills(distance_m);
    probe.rx_m = 3000.0;
    expect_same_as("itu_p528", probe);
    probe.rx_m = 12000.0;
    expect_same_as("itu_p528", probe, {{"time_percent", 99.0}}, {{"time_percent", 99.0}});
  }
}

TEST(AutoRules, AClearSeaPathWithFewLobesIsTwoRays) {
  // 100 m and 10 m at 773 MHz: detour 2 h1 h2 / d = 1.03 wavelengths at 5 km.
  const ParameterValues member = {{"sea_state", "slight"},
                                  {"effective_earth_radius_factor", 157.0 / 112.0}};
  expect_same_as("two_ray_sea", over_sea(5000.0), {}, member);
  expect_same_as("two_ray_sea", over_sea(9000.0), {}, member);
}

TEST(AutoRules, NearerWhereLobesCrowdAndFartherWhereTheBulgeComesNearItIsP1812) {
  expect_same_as("itu_p1812", over_sea(1500.0));   // detour 3.4 wavelengths
  expect_same_as("itu_p1812", over_sea(30000.0));  // less than 0.6 of the Fresnel radius clear
  expect_same_as("itu_p1812", over_sea(5000.0), {{"time_percent", 10.0}}, {{"time_percent", 10.0}});
}

TEST(AutoRules, LandAtTheReflectionOrInTheWayMakesItP1812s) {
  Probe land = over_sea(9000.0);
  land.profile.zone.assign(land.profile.zone.size(), Zone::inland);
  expect_same_as("itu_p1812", land);

  // The ray is reflected around 8.2 km; an island there, or a rock between that reaches the ray.
  Probe island = over_sea(9000.0);
  for (std::size_t i = 20; i < 200; ++i) island.profile.zone[i] = Zone::coastal;
  expect_same_as("itu_p1812", island);
  Probe rock = over_sea(9000.0);
  rock.profile.zone[20] = Zone::coastal;
  EXPECT_EQ(server_of(rock), "two_ray_sea");
  rock.profile.ground_amsl_m[20] = 90.0;
  expect_same_as("itu_p1812", rock);
}

TEST(AutoRules, OutsideEveryMemberItRefusesAndNamesWhatIsMissing) {
  Probe probe = over_hills(50000.0, 20000.0);
  EXPECT_EQ(run("auto", over_hills(50000.0, 29.0)).status, LossStatus::below_range);
  EXPECT_EQ(run("auto", over_hills(50000.0, 50001.0)).status, LossStatus::above_range);
  probe.rx_m = 0.9;
  EXPECT_EQ(run("auto", probe).status, LossStatus::below_range);

  probe = over_hills(50000.0, 60.0);
  probe.rx_m = 2000.0;
  EXPECT_NE(refusal_of(probe).find("frequency_mhz from 100 to 30000"), std::string::npos);
  probe = over_hills(50000.0);
  probe.rx_m = 2000.0;
  EXPECT_NE(refusal_of(probe, {{"time_percent", 99.9}}).find("time_percent from 1 to 99"),
            std::string::npos);
  probe.tx_m = 1.2;
  EXPECT_NE(refusal_of(probe).find("1.5 m"), std::string::npos);
  probe = over_hills(2000e3);
  probe.rx_m = 12000.0;
  EXPECT_NE(refusal_of(probe).find("1800 km"), std::string::npos);

  Probe without_profile;
  without_profile.distance_m = 5000.0;
  EXPECT_NE(refusal_of(without_profile).find("profile"), std::string::npos);
  Probe same_point{.tx_m = 30.0, .rx_m = 30.0};
  same_point.distance_m = 0.0;
  EXPECT_NE(refusal_of(same_point).find("same point"), std::string::npos);
  EXPECT_NE(
      refusal_of(over_hills(9000.0, 5500.0), {{"location_percent", 90.0}, {"cell_width_m", 100.0}})
          .find("location_percent"),
      std::string::npos);
  Probe summit = over_hills(9000.0, 7000.0);
  for (double& ground : summit.profile.ground_amsl_m) ground += 7950.0;
  EXPECT_NE(refusal_of(summit).find("8000 m above sea level"), std::string::npos);
}

TEST(AutoRules, LocationsBeyondP1812sTimesAreRefusedWhenTheModelIsMade) {
  EXPECT_THROW(automatic_choice::kModelInfo.make(
                   {{"time_percent", 90.0}, {"location_percent", 90.0}, {"cell_width_m", 50.0}}),
               ParameterError);
  EXPECT_NO_THROW(
      automatic_choice::kModelInfo.make({{"time_percent", 90.0}, {"location_percent", 90.0}}));
}

TEST(AutoRules, TermsTellTheSharesAndTheReason) {
  Terms terms;
  const Probe probe = over_hills(300.0);
  const PathLossResult result = run("auto", probe, {}, &terms);
  const double share = std::get<double>(terms.find("share_free_space")->value);
  EXPECT_NEAR(share, 1.0 - std::log(1.2) / std::log(2.0), 1e-12);
  EXPECT_NEAR(std::get<double>(terms.find("share_itu_p1812")->value), 1.0 - share, 1e-12);
  EXPECT_EQ(std::get<std::string_view>(terms.find("served_by")->value), "free_space");
  EXPECT_NE(terms.find("served_by")->meaning.find("250 m"), std::string_view::npos);
  EXPECT_NEAR(result.loss_db,
              share * loss_of("free_space", probe) + (1.0 - share) * loss_of("itu_p1812", probe),
              1e-9);
}

TEST(AutoRules, EveryMemberIsAModelOfTheListAndSaysWhenAndWhy) {
  ASSERT_EQ(automatic_choice::kModelInfo.members.size(), 5U);
  for (const ModelMember& member : automatic_choice::kModelInfo.members) {
    EXPECT_NE(find_model(member.id), nullptr) << member.id;
    EXPECT_FALSE(member.rule.empty());
    EXPECT_FALSE(member.why.empty());
  }
  EXPECT_EQ(find_model("auto"), &automatic_choice::kModelInfo);
}

}  // namespace
}  // namespace yonder::propagation
