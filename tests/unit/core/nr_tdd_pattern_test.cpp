#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/nr/tdd_pattern.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

using testing::HasSubstr;

TddPattern made(const std::variant<TddPattern, Refusal>& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << refusal->problem;
    return {};
  }
  return std::get<TddPattern>(result);
}

TddPattern made(const char* slots, SlotSymbols special, double spacing_hz = 30e3) {
  return made(
      make_tdd_pattern({.slots = slots, .special = special, .subcarrier_spacing_hz = spacing_hz}));
}

Refusal refused(const char* slots, SlotSymbols special = {6, 4, 4}, double spacing_hz = 30e3) {
  const auto result =
      make_tdd_pattern({.slots = slots, .special = special, .subcarrier_spacing_hz = spacing_hz});
  if (std::holds_alternative<TddPattern>(result)) {
    ADD_FAILURE() << slots << " is not refused";
    return {};
  }
  return std::get<Refusal>(result);
}

// Domain notes section 6: downlink share 0.743 of China Mobile's 5 ms pattern.
TEST(TddPattern, OfSevenDownlinkSlotsGivesThreeQuartersToTheDownlink) {
  const TddPattern pattern = made("DDDDDDDSUU", {6, 4, 4});
  EXPECT_DOUBLE_EQ(pattern.downlink_share(), 104.0 / 140.0);
  EXPECT_DOUBLE_EQ(pattern.uplink_share(), 32.0 / 140.0);
  EXPECT_NEAR(pattern.period_s(), 5e-3, 1e-12);
  EXPECT_EQ(pattern.guard_symbols(), 4);
}

TEST(TddPattern, SharesAndGuardFillThePeriod) {
  for (int guard = 1; guard <= 12; ++guard) {
    const TddPattern pattern = made("DDDSU", {13 - guard, guard, 1});
    EXPECT_NEAR(pattern.downlink_share() + pattern.uplink_share() + guard / 70.0, 1.0, 1e-12);
  }
}

// Domain notes section 3: r = c/2 (T_GP - 13 us - 13 us) for guard symbols at 30 kHz.
TEST(TddPattern, GuardPeriodGivesTheRadiiOfTheTable) {
  for (const auto& [symbols, radius_km] :
       {std::pair{2, 6.8}, {4, 17.5}, {6, 28.2}, {8, 38.9}, {10, 49.6}, {11, 54.9}}) {
    const TddPattern pattern = made("DDDDDDDSUU", {13 - symbols, symbols, 1});
    EXPECT_NEAR(kSpeedOfLightMPerS / 2.0 * (pattern.guard_s() - 26e-6) / 1000.0, radius_km, 0.05);
  }
}

TEST(TddPattern, MayBeTwoPatternsAfterEachOther) {
  EXPECT_NEAR(made("DDDSUDDSUU", {10, 2, 2}).period_s(), 5e-3, 1e-12);
  EXPECT_NEAR(made("DDDSUUDDDD", {6, 4, 4}).period_s(), 5e-3, 1e-12);
  EXPECT_EQ(made("DDDSUDDSUU", {10, 2, 2}).slots().size(), 10U);
}

TEST(TddPattern, IsRefusedInWords) {
  EXPECT_THAT(refused("DDDSU", {10, 8, 2}).problem, HasSubstr("20 in all; a slot has 14"));
  EXPECT_EQ(refused("DDDSU", {-2, 14, 2}).parameter, "special_slot");
  EXPECT_THAT(refused("DDDSU", {12, 0, 2}).problem, HasSubstr("without guard"));
  EXPECT_THAT(refused("DDDUU").problem, HasSubstr("without a special slot"));
  EXPECT_THAT(refused("DDDXU").problem, HasSubstr("not a row of D, S and U"));
  EXPECT_EQ(refused("").parameter, "slots");
  EXPECT_THAT(refused("DDDS", {10, 4, 0}).problem, HasSubstr("no uplink"));
  EXPECT_THAT(refused("UUUU").problem, HasSubstr("no downlink"));
  EXPECT_THAT(refused("DDDDDSU").problem, HasSubstr("3.5 ms at 30 kHz"));
  EXPECT_EQ(refused("DDSUDDSUDDSUDDSU").parameter, "slots");  // 8 ms
  EXPECT_EQ(refused("DSUDSUDSUU").parameter, "slots");        // three patterns
  EXPECT_THAT(refused("DDDSUU").problem, HasSubstr("3 ms"));  // does not divide 20 ms
  EXPECT_EQ(refused("DDDSU", {6, 4, 4}, 25e3).parameter, "subcarrier_spacing");
}

// TS 36.211 tables 4.2-1 and 4.2-2; 7680 T_s and 24144 T_s are 3 and 11 symbols, and the uplink
// parts 2192 T_s and 4384 T_s one and two.
TEST(LteTddPattern, TwoSevenIsTheUsualOne) {
  const TddPattern pattern = made(make_lte_tdd_pattern(2, 7));
  EXPECT_NEAR(pattern.period_s(), 10e-3, 1e-12);
  EXPECT_DOUBLE_EQ(pattern.downlink_share(), (6 * 14 + 2 * 10) / 140.0);
  EXPECT_DOUBLE_EQ(pattern.uplink_share(), (2 * 14 + 2 * 2) / 140.0);
  EXPECT_EQ(made(make_lte_tdd_pattern(5, 0)).guard_symbols(), 10);
  for (int special = 0; special <= 9; ++special) {
    const SlotSymbols slot = made(make_lte_tdd_pattern(1, special)).slots()[1];
    EXPECT_EQ(slot.downlink + slot.guard + slot.uplink, 14) << special;
  }
  EXPECT_EQ(std::get<Refusal>(make_lte_tdd_pattern(7, 7)).parameter, "configuration");
  EXPECT_EQ(std::get<Refusal>(make_lte_tdd_pattern(2, 10)).parameter, "special");
}

}  // namespace
}  // namespace yonder::nr
