#include <gtest/gtest.h>

#include "core/nr/tdd_access.h"

namespace yonder::nr {
namespace {

TddPattern pattern(const char* slots, SlotSymbols special) {
  return std::get<TddPattern>(make_tdd_pattern({.slots = slots, .special = special}));
}

// The pattern that operators share at 2.6 GHz: two whole slots and 4 symbols of uplink.
TEST(TddAccess, FormatZeroFitsTheCommonPattern) {
  const TddPattern common = pattern("DDDDDDDSUU", {6, 4, 4});
  EXPECT_NEAR(longest_uplink_s(common), 1e-3 + 4.0 * 2192.0 / 61.44e6, 1e-12);
  EXPECT_FALSE(prach_does_not_fit({}, longest_uplink_s(common)).has_value());
  EXPECT_TRUE(
      prach_does_not_fit({.format = PrachFormat::f1}, longest_uplink_s(common)).has_value());
}

TEST(TddAccess, FormatZeroDoesNotFitASingleUplinkSlot) {
  const TddPattern dddsu = pattern("DDDSU", {10, 2, 2});
  EXPECT_NEAR(longest_uplink_s(dddsu), 0.5e-3 + 2.0 * 2192.0 / 61.44e6, 1e-12);
  EXPECT_TRUE(prach_does_not_fit({}, longest_uplink_s(dddsu)).has_value());
}

TEST(TddAccess, TheLongerUplinkOfTwoPatternsCounts) {
  EXPECT_NEAR(longest_uplink_s(pattern("DDDSUDDSUU", {10, 2, 2})), 1e-3 + 2.0 * 2192.0 / 61.44e6,
              1e-12);
}

// The guard's range does not depend on which of the two ways it is come by.
TEST(TddAccess, FourGuardSymbolsCapAtSeventeenAndAHalfKilometres) {
  const TddPattern common = pattern("DDDDDDDSUU", {6, 4, 4});
  EXPECT_NEAR(tdd_guard_limit_m(tdd_guard_of(common)), 17.5e3, 50.0);
  EXPECT_NEAR(guard_period_s(4, 30e3), common.guard_s(), 1e-15);
  EXPECT_LT(tdd_guard_limit_m(tdd_guard_of(common, true)), tdd_guard_limit_m(tdd_guard_of(common)));
}

// LTE TDD, special subframe configurations 7 (10:2:2) and 5 (3:9:2): 2 symbols of 15 kHz less
// 33.3 us, and the far-reaching 9 symbols that end beyond 90 km.
TEST(TddAccess, LteSpecialSubframesHaveTheirRange) {
  const auto lte = [](int special) {
    return tdd_guard_limit_m(
        tdd_guard_of(std::get<TddPattern>(make_lte_tdd_pattern(2, special)), true));
  };
  EXPECT_NEAR(lte(7), 299792458.0 / 2.0 * (2.0 * 2192.0 / 30.72e6 - 33.333e-6), 1.0);
  EXPECT_GT(lte(5), 90e3);
  EXPECT_LT(lte(5), 92e3);
}

}  // namespace
}  // namespace yonder::nr
