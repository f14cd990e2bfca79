#include <gtest/gtest.h>

#include <cmath>

#include "core/shapes/calls.h"
#include "core/shapes/doppler.h"
#include "core/shapes/handover.h"
#include "core/shapes/voice.h"

namespace yonder::shapes {
namespace {

constexpr double kDegreeM = 6378137.0 * 3.14159265358979 / 180.0;  // of longitude on the equator

std::vector<RouteSample> every_100_m(int places) {
  return route_samples({GeodesicPath({{0.0, 0.0}, {(places - 1) * 100.0 / kDegreeM, 0.0}})}, 100.0);
}

/// Two cells, 0 at the beginning and 1 at the end of 2 km: -80 - i and -100 + i dBm at sample i.
/// They are equal (-90) at 1000 m; the second leads by 3 dB from 1150 m, the first up to 850 m.
std::vector<HeardCells> two_cells() {
  std::vector<HeardCells> heard;
  for (int i = 0; i <= 20; ++i) {
    HeardCells one;
    one.levels = {{0, 0, -80.0 - i}, {1, 0, -100.0 + i}};
    one.camped = i <= 10 ? 0 : 1;
    one.camped_carrier = 0;
    heard.push_back(one);
  }
  return heard;
}

constexpr double kSpeed140 = 140.0 / 3.6;

HandoverRules rules() {
  return {.hysteresis_db = 3.0,
          .usable_dbm = -95.0,
          .speed_mps = kSpeed140,
          .handover_s = 0.7,
          .drop_s = 4.0};
}

TEST(Handover, HappensWhereTheNeighbourLeadsByTheHysteresisAndLaterOnTheWayBack) {
  const auto samples = every_100_m(21);
  const RouteRun out = run_along(samples, two_cells(), rules(), false);
  ASSERT_EQ(out.handovers.size(), 1U);
  EXPECT_NEAR(out.handovers[0].chainage_m, 1200.0, 1e-3);
  EXPECT_EQ(out.handovers[0].from, 0);
  EXPECT_EQ(out.handovers[0].to, 1);
  EXPECT_EQ(out.serving[11], 0);  // the other is stronger, but not by enough
  EXPECT_EQ(out.serving[12], 1);
  const RouteRun back = run_along(samples, two_cells(), rules(), true);
  ASSERT_EQ(back.handovers.size(), 1U);
  EXPECT_NEAR(back.handovers[0].chainage_m, 800.0, 1e-3);
  EXPECT_EQ(back.serving[9], 1);
  EXPECT_EQ(back.serving[8], 0);
}

TEST(Handover, NeedsTwiceTheHysteresisAndTheTimeAtSpeed) {
  // 150 m from equal to 3 dB, and 0.7 s at 140 km/h: 27.2 m one way.
  for (const bool backwards : {false, true}) {
    const RouteRun run = run_along(every_100_m(21), two_cells(), rules(), backwards);
    EXPECT_NEAR(run.handovers[0].needed_overlap_m, 2.0 * (150.0 + 27.222), 0.01);
    EXPECT_NEAR(run.handovers[0].overlap_m, 1100.0, 0.01);  // both at -95 or above: samples 5 to 15
    EXPECT_TRUE(run.handovers[0].has_overlap());
  }
}

TEST(Handover, WithoutOverlapIsSeen) {
  HandoverRules strict = rules();
  strict.usable_dbm = -91.0;  // both at samples 9 to 11 alone
  const RouteRun run = run_along(every_100_m(21), two_cells(), strict, false);
  EXPECT_NEAR(run.handovers[0].overlap_m, 300.0, 0.01);
  EXPECT_FALSE(run.handovers[0].has_overlap());
}

TEST(Handover, TakesItsTimeAtSpeed) {
  HandoverRules slow = rules();
  slow.handover_s = 300.0 / kSpeed140;
  const RouteRun run = run_along(every_100_m(21), two_cells(), slow, false);
  ASSERT_EQ(run.handovers.size(), 1U);
  EXPECT_NEAR(run.handovers[0].chainage_m, 1500.0, 1e-3);
}

TEST(Handover, ASpikeShorterThanItsTimeChangesNothing) {
  auto heard = two_cells();
  heard.resize(11);
  heard[5].levels[1].rsrp_dbm = -70.0;
  HandoverRules slow = rules();
  slow.handover_s = 200.0 / kSpeed140;
  EXPECT_TRUE(run_along(every_100_m(11), heard, slow, false).handovers.empty());
  slow.handover_s = 0.0;  // to the spike and back again
  EXPECT_EQ(run_along(every_100_m(11), heard, slow, false).handovers.size(), 2U);
}

TEST(Handover, AHoleLongerThanTheConnectionLivesDropsIt) {
  auto heard = two_cells();
  for (int i = 10; i <= 14; ++i) heard[static_cast<std::size_t>(i)].camped = -1;  // 500 m
  HandoverRules lives = rules();
  lives.drop_s = 501.0 / kSpeed140;
  const RouteRun kept = run_along(every_100_m(21), heard, lives, false);
  EXPECT_EQ(kept.drops, 0);
  EXPECT_EQ(kept.handovers.size(), 1U);
  EXPECT_EQ(kept.serving[12], -1);
  lives.drop_s = 499.0 / kSpeed140;
  const RouteRun dropped = run_along(every_100_m(21), heard, lives, false);
  EXPECT_EQ(dropped.drops, 1);
  EXPECT_TRUE(dropped.handovers.empty());  // it starts anew on the other cell
  EXPECT_EQ(dropped.serving[15], 1);
}

TEST(Handover, ToAnotherCarrierFollowsTheCampedCell) {
  auto heard = two_cells();
  for (std::size_t i = 0; i < heard.size(); ++i) {
    heard[i].levels[1].carrier = 1;
    heard[i].camped = i < 4 ? 0 : 1;
    heard[i].camped_carrier = heard[i].camped;
  }
  const RouteRun run = run_along(every_100_m(21), heard, rules(), false);
  ASSERT_EQ(run.handovers.size(), 1U);
  EXPECT_TRUE(run.handovers[0].to_other_carrier);
  EXPECT_NEAR(run.handovers[0].chainage_m, 400.0, 1e-3);
  // Levels on two carriers are not compared: 27.2 m either way, and both at -95 from 5 to 15.
  EXPECT_NEAR(run.handovers[0].needed_overlap_m, 2.0 * 27.222, 0.01);
  EXPECT_EQ(run.handovers[0].overlap_m, 0.0);  // at 400 m the new one is at -96 dBm
  EXPECT_EQ(run.handovers[0].lag_db, 0.0);
  EXPECT_FALSE(run.handovers[0].has_overlap());
}

TEST(Handover, ToAnotherCarrierHasTheOverlapOfBothCells) {
  auto heard = two_cells();
  for (std::size_t i = 0; i < heard.size(); ++i) {
    heard[i].levels[1].carrier = 1;
    heard[i].camped = i < 10 ? 0 : 1;
    heard[i].camped_carrier = heard[i].camped;
  }
  const RouteRun run = run_along(every_100_m(21), heard, rules(), false);
  ASSERT_EQ(run.handovers.size(), 1U);
  EXPECT_NEAR(run.handovers[0].overlap_m, 1100.0, 0.01);
  EXPECT_TRUE(run.handovers[0].has_overlap());
}

TEST(Handover, KnowsByHowMuchTheOldCellIsWeaker) {
  const RouteRun run = run_along(every_100_m(21), two_cells(), rules(), false);
  ASSERT_TRUE(run.handovers[0].lag_db);
  EXPECT_NEAR(*run.handovers[0].lag_db, 4.0, 1e-9);  // -88 over -92 at 1200 m
}

TEST(Handover, WhereTheOldCellEndsAtOnceTheConnectionIsReestablished) {
  auto heard = two_cells();  // the first ends where the second begins, as at a tunnel's portal
  for (std::size_t i = 0; i < heard.size(); ++i) {
    heard[i].levels = {heard[i].levels[i < 10 ? 0 : 1]};
    heard[i].camped = i < 10 ? 0 : 1;
  }
  for (const bool backwards : {false, true}) {
    const RouteRun run = run_along(every_100_m(21), heard, rules(), backwards);
    ASSERT_EQ(run.handovers.size(), 1U);
    EXPECT_FALSE(run.handovers[0].lag_db);
    EXPECT_EQ(run.handovers[0].overlap_m, 0.0);
    EXPECT_NEAR(run.handovers[0].needed_overlap_m, 2.0 * 27.222, 0.01);
    EXPECT_EQ(run.drops, 0);
  }
}

// Section 6 of the field's notes: 140 km/h at 2.6 GHz 337 Hz, 350 km/h 843 Hz; twice in the uplink.
TEST(Doppler, OfFastTrainsAtTwoPointSixGigahertz) {
  EXPECT_NEAR(downlink_doppler_hz(140.0 / 3.6, 2.6e9), 337.0, 0.5);
  EXPECT_NEAR(downlink_doppler_hz(350.0 / 3.6, 2.6e9), 843.0, 0.5);
  EXPECT_NEAR(uplink_doppler_hz(350.0 / 3.6, 2.6e9), 1686.0, 1.0);
}

TEST(Doppler, ThatAPreambleStandsGrowsWithItsSpacingAndSet) {
  nr::PrachConfig prach;
  EXPECT_DOUBLE_EQ(prach_doppler_limit_hz(prach), 625.0);
  prach.restricted_set = nr::RestrictedSet::type_a;
  EXPECT_DOUBLE_EQ(prach_doppler_limit_hz(prach), 1250.0);
  prach.restricted_set = nr::RestrictedSet::type_b;
  EXPECT_DOUBLE_EQ(prach_doppler_limit_hz(prach), 2500.0);
  prach = {.format = nr::PrachFormat::b4, .subcarrier_spacing_hz = 30e3};
  EXPECT_DOUBLE_EQ(prach_doppler_limit_hz(prach), 15e3);
}

// Worked from P = 1 - e^-x sum x^k / k! apart from the code.
TEST(Voice, LossFallsByTheNumberOfBranchesPerDecade) {
  EXPECT_NEAR(loss_probability(0.0, 1, 0.1), 0.1, 1e-12);
  EXPECT_NEAR(loss_probability(10.0, 1, 0.1), 0.010480741793785553, 1e-12);
  EXPECT_NEAR(loss_probability(0.0, 4, 0.1), 0.1, 1e-9);
  EXPECT_NEAR(loss_probability(3.0, 2, 0.1), 0.029797663912820793, 1e-9);
  EXPECT_NEAR(loss_probability(10.0, 4, 0.1), 3.359693079463266e-05, 1e-11);
  EXPECT_NEAR(loss_probability(-5.0, 4, 0.1), 0.8002699808813243, 1e-9);
}

// With 50 digits: far below what one less a sum of doubles can tell.
TEST(Voice, LossesAreTrueWhereTheyAreSmall) {
  EXPECT_NEAR(loss_probability(40.0, 4, 0.1) / 3.860827915942e-17, 1.0, 1e-6);
}

VoicePlace fair_place() {
  return {.nr = {.reachable = true,
                 .prach_db = 0.0,
                 .msg3_db = 0.0,
                 .pdcch_db = 40.0,
                 .voice_db = 40.0,
                 .uplink_branches = 4,
                 .downlink_branches = 2},
          .lte = {},
          .sigma_db = 0.0};
}

TEST(Voice, IsTheProductOfItsStepsWithoutSlowFading) {
  const VoiceSteps steps = voice_steps(fair_place(), {});
  EXPECT_NEAR(steps.prach, 1.0, 1e-12);                   // 1 % ten times
  EXPECT_NEAR(steps.msg3, 1.0 - 1e-4, 1e-9);              // 10 % four times
  EXPECT_NEAR(steps.rrc, std::pow(1.0 - 1e-4, 3), 1e-9);  // three exchanges
  EXPECT_NEAR(steps.qos_flow, 1.0 - 1e-4, 1e-9);
  EXPECT_NEAR(steps.connected, std::pow(1.0 - 1e-4, 5), 1e-9);
}

TEST(Voice, WithSlowFadingIsBetterThanTheProductOfTheMeans) {
  VoicePlace place = fair_place();
  place.sigma_db = 6.0;
  const VoiceSteps steps = voice_steps(place, {});
  EXPECT_LT(steps.connected, std::min({steps.prach, steps.msg3, steps.rrc, steps.qos_flow}));
  EXPECT_GT(steps.connected, steps.prach * steps.msg3 * steps.rrc * steps.qos_flow);
}

TEST(Voice, OutOfReachIsNeverConnected) {
  VoicePlace place = fair_place();
  place.nr.reachable = false;
  EXPECT_EQ(voice_steps(place, {}).connected, 0.0);
  EXPECT_EQ(handover_success(place, 3.0, {}), 0.0);
}

TEST(Voice, GoesOnWhileControlAndVoiceFindWhatTheyNeed) {
  VoicePlace place = fair_place();
  place.nr.voice_db = 5.0;
  place.sigma_db = 6.0;
  EXPECT_TRUE(carries_voice(place, -0.8));
  EXPECT_FALSE(carries_voice(place, -0.9));
  place.nr.reachable = false;
  EXPECT_FALSE(carries_voice(place, 3.0));
}

TEST(Voice, FallsBackToLteWhereNrFails) {
  VoicePlace place = fair_place();
  place.lte = place.nr;
  place.nr.reachable = false;
  EXPECT_NEAR(voice_steps(place, {}).connected, std::pow(1.0 - 1e-4, 5), 1e-9);
  EXPECT_TRUE(carries_voice(place, 0.0));
  place.nr = fair_place().nr;  // both: lost only when both are
  const double one = std::pow(1.0 - 1e-4, 5);
  EXPECT_NEAR(voice_steps(place, {}).connected, 1.0 - (1.0 - one) * (1.0 - one), 1e-12);
}

TEST(Voice, DeviationsAreThoseOfTheNormalDistribution) {
  double sum = 0.0, squares = 0.0;
  for (const double deviation : fading_deviations()) {
    sum += deviation;
    squares += deviation * deviation;
  }
  EXPECT_NEAR(sum, 0.0, 1e-9);
  // Medians of 20 slices leave the tails' ends out: 0.97 instead of 1.
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(fading_deviations().size())), 0.97, 0.005);
}

TEST(Voice, AHandoverCommandFromTheWeakerCellIsLostMoreOften) {
  VoicePlace place = fair_place();
  place.nr.pdcch_db = 3.0;
  EXPECT_GT(handover_success(place, 0.0, {}), handover_success(place, 6.0, {}));
  // A command that hardly ever arrives leaves the re-establishment, as none does.
  EXPECT_NEAR(handover_success(place, 60.0, {}), handover_success(place, std::nullopt, {}), 1e-9);
}

TEST(Voice, AReestablishmentTakesItsRequestAndTwoExchanges) {
  // Up 1 - 1e-4 each message, down and preambles sure: the request and two answers.
  EXPECT_NEAR(handover_success(fair_place(), std::nullopt, {}), std::pow(1.0 - 1e-4, 3), 1e-9);
  EXPECT_NEAR(handover_success(fair_place(), 0.0, {}), 1.0 - 1e-4, 1e-9);
}

TEST(Voice, EveryBranchCounts) {
  VoicePlace place = fair_place();
  place.nr.msg3_db = -1.0;
  for (const int branches : {16, 32, 128}) {
    place.nr.uplink_branches = branches;
    const double lost = loss_probability(-1.0, branches, 0.1);
    EXPECT_NEAR(voice_steps(place, {}).msg3, 1.0 - std::pow(lost, 4), 1e-12) << branches;
  }
  // More branches, steeper: below the need more is lost.
  EXPECT_GT(loss_probability(-1.0, 128, 0.1), 1.5 * loss_probability(-1.0, 16, 0.1));
}

TEST(Voice, AHundredCallsProveNinetySevenPerCent) {
  EXPECT_DOUBLE_EQ(proven_by_all_connected(100), 0.97);
  EXPECT_DOUBLE_EQ(proven_by_all_connected(2), 0.0);
}

TEST(Calls, EndAtAHandoverThatFailsAndInALongDeadStretch) {
  const auto samples = every_100_m(21);
  CallRun run{.samples = samples,
              .setup = std::vector<double>(21, 0.9),
              .handovers = {{.chainage_m = 500.0}},
              .handover_success = {0.8},
              .dead = {{1500.0, 1800.0, 15, 17}},
              .call_m = 300.0,
              .drop_m = 150.0,
              .backwards = false};
  const std::vector<double> out = held_calls(run);
  EXPECT_DOUBLE_EQ(out[1], 0.9);        // 100 to 400 m
  EXPECT_DOUBLE_EQ(out[2], 0.9 * 0.8);  // 200 to 500 m
  EXPECT_DOUBLE_EQ(out[5], 0.9);        // begun at the handover's place
  EXPECT_DOUBLE_EQ(out[13], 0.9);       // 100 m of the dead stretch
  EXPECT_DOUBLE_EQ(out[14], 0.0);       // 200 m
  EXPECT_DOUBLE_EQ(out[18], 0.9);
  run.backwards = true;
  const std::vector<double> back = held_calls(run);
  EXPECT_DOUBLE_EQ(back[8], 0.9 * 0.8);  // 800 to 500 m
  EXPECT_DOUBLE_EQ(back[9], 0.9);
  EXPECT_DOUBLE_EQ(back[19], 0.0);  // 1900 to 1600 m
}

}  // namespace
}  // namespace yonder::shapes
