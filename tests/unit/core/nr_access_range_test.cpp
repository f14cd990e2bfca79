#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/nr/access_range.h"
#include "core/path_loss_model.h"

namespace yonder::nr {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

AccessConfig cell(PrachFormat format, int n_cs, std::optional<TddGuard> tdd = {}) {
  AccessConfig config;
  config.prach = {.format = format,
                  .subcarrier_spacing_hz = own_subcarrier_spacing_hz(format).value_or(30e3),
                  .zero_correlation_zone_config =
                      zero_correlation_zone_config_of(format, RestrictedSet::unrestricted, n_cs)};
  config.uplink_subcarrier_spacing_hz = tdd ? 30e3 : 15e3;
  config.tdd = tdd;
  return config;
}

TddGuard guard(int symbols) { return {.guard_symbols = symbols}; }

// A planning handbook's table, 30 kHz.
TEST(TddGuard, ReachesWherePlannersSay) {
  for (const auto& [symbols, km] :
       {std::pair{2, 6.8}, {4, 17.5}, {6, 28.2}, {8, 38.9}, {10, 49.6}, {11, 54.9}}) {
    EXPECT_NEAR(tdd_guard_limit_m(guard(symbols)) / 1e3, km, 0.05) << symbols;
    EXPECT_EQ(guard_symbols_reaching(guard(0), km * 1e3 - 100.0), symbols);
  }
  EXPECT_LT(tdd_guard_limit_m(guard(0)), 0.0);
  EXPECT_FALSE(guard_symbols_reaching(guard(0), 75e3).has_value());
}

TEST(TddGuard, LteBesideCostsItsLongerOffset) {
  TddGuard beside = guard(4);
  beside.timing_offset_s = kTimingOffsetBesideLteS;
  EXPECT_NEAR(kTimingOffsetS * 1e6, 13.02, 0.005);
  EXPECT_NEAR(kTimingOffsetBesideLteS * 1e6, 20.31, 0.005);
  EXPECT_NEAR(tdd_guard_limit_m(guard(4)) - tdd_guard_limit_m(beside), 1093.0, 1.0);
}

TEST(TddGuard, RefusesMoreSymbolsThanASlotHas) {
  try {
    guard_period_s(15, 30e3);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "guard_symbols");
    EXPECT_THAT(error.what(), HasSubstr("a slot has 14"));
  }
  EXPECT_THROW(guard_period_s(-1, 30e3), ParameterError);
  EXPECT_THROW(guard_period_s(4, 45e3), ParameterError);
}

// TS 38.213 section 4.2 and the handbook: 300, 150, 75, 37.5 km in steps of 78.1 m at 15 kHz.
TEST(TimingAdvance, HalvesWithTheSpacing) {
  EXPECT_NEAR(timing_advance_limit_m(15e3) / 1e3, 300.0, 0.5);
  EXPECT_NEAR(timing_advance_step_m(15e3), 78.1, 0.05);
  for (const double scs_hz : {15e3, 30e3, 60e3}) {
    EXPECT_NEAR(timing_advance_limit_m(2.0 * scs_hz) * 2.0, timing_advance_limit_m(scs_hz), 1e-6);
  }
  EXPECT_THROW(timing_advance_limit_m(20e3), ParameterError);
}

TEST(AccessRange, TheLeastLimitBinds) {
  const AccessRange desert = access_range(cell(PrachFormat::f0, 0));
  EXPECT_EQ(desert.binding, AccessLimit::prach_guard_time);
  EXPECT_NEAR(desert.radius_m, 14.5e3, 50.0);

  const AccessRange far = access_range(cell(PrachFormat::f1, 279));
  EXPECT_EQ(far.binding, AccessLimit::prach_n_cs);
  EXPECT_TRUE(far.allows(30e3));
  EXPECT_FALSE(far.limit_m(AccessLimit::tdd_guard_period).has_value());

  const AccessRange tdd = access_range(cell(PrachFormat::f1, 279, guard(4)));
  EXPECT_EQ(tdd.binding, AccessLimit::tdd_guard_period);
  EXPECT_NEAR(tdd.radius_m, 17.5e3, 50.0);

  AccessConfig sea = cell(PrachFormat::f1, 0);
  sea.uplink_subcarrier_spacing_hz = 60e3;  // not in FR1's coverage bands: only to see it bind
  EXPECT_EQ(access_range(sea).binding, AccessLimit::timing_advance);

  EXPECT_EQ(access_range(cell(PrachFormat::a3, 0)).binding, AccessLimit::prach_cyclic_prefix);
}

// However much power: the cell left on format 0 ends at 14.5 km.
TEST(AccessRange, FormatZeroNeverReachesFifteenKilometres) {
  for (const int n_cs : n_cs_table(PrachFormat::f0, RestrictedSet::unrestricted)) {
    EXPECT_LT(access_range(cell(PrachFormat::f0, n_cs)).radius_m, 14.6e3);
    EXPECT_LT(access_range(cell(PrachFormat::f0, n_cs, guard(14))).radius_m, 14.6e3);
  }
}

// 10 km of fibre: 50 us one way, both ways 100 us, c/2 of which is 15 km.
TEST(AccessRange, FibreShortensEveryLimitByOneAndAHalfTimesItsLength) {
  AccessConfig config = cell(PrachFormat::f1, 279, guard(10));
  const AccessRange bare = access_range(config);
  config.fibre_length_m = 10e3;
  const AccessRange fed = access_range(config);
  EXPECT_NEAR(fed.fibre_cost_m, 14990.0, 0.5);
  ASSERT_EQ(bare.terms.size(), fed.terms.size());
  for (std::size_t i = 0; i < bare.terms.size(); ++i) {
    EXPECT_NEAR(bare.terms[i].radius_m - fed.terms[i].radius_m, fed.fibre_cost_m, 1e-6);
  }
  config.fibre_compensated = true;
  EXPECT_DOUBLE_EQ(access_range(config).radius_m, bare.radius_m);
  config.fibre_length_m = -1.0;
  EXPECT_THROW(access_range(config), ParameterError);
}

TEST(AccessRange, FibreCannotTakeMoreThanThereIs) {
  AccessConfig config = cell(PrachFormat::f0, 0);
  config.fibre_length_m = 20e3;
  const AccessRange range = access_range(config);
  EXPECT_EQ(range.radius_m, 0.0);
  EXPECT_FALSE(range.allows(1.0));
}

TEST(AccessRange, RefusesAPreambleLongerThanTheUplink) {
  AccessConfig config = cell(PrachFormat::f1, 279, guard(4));
  config.longest_uplink_s = 1e-3;
  try {
    access_range(config);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "format");
    EXPECT_THAT(error.what(), HasSubstr("PRACH format 1 lasts 3 ms"));
  }
}

TEST(AccessRange, EveryLimitHasItsNames) {
  std::set<std::string_view> ids;
  for (int i = 0; i < kAccessLimits; ++i) {
    const AccessLimitNames& names = access_limit_names(static_cast<AccessLimit>(i));
    ids.insert(names.id);
    EXPECT_FALSE(names.en.empty());
    EXPECT_FALSE(names.zh.empty());
  }
  EXPECT_EQ(static_cast<int>(ids.size()), kAccessLimits);
}

TEST(AccessRemedy, OffersALargerNcsBeforeAnotherFormat) {
  const AccessRemedy wider = access_remedy(cell(PrachFormat::f0, 76), 12e3);
  ASSERT_TRUE(wider.prach.has_value());
  EXPECT_EQ(wider.prach->format, PrachFormat::f0);
  EXPECT_EQ(prach_range(*wider.prach).n_cs, 93);

  const AccessRemedy other = access_remedy(cell(PrachFormat::f0, 0), 30e3);
  ASSERT_TRUE(other.prach.has_value());
  EXPECT_EQ(other.prach->format, PrachFormat::f1);
  EXPECT_EQ(prach_range(*other.prach).n_cs, 279);
  EXPECT_FALSE(access_remedy(cell(PrachFormat::f0, 0), 14e3).needed());
}

// What it proposes lets the terminal in.
TEST(AccessRemedy, Works) {
  for (const double path_m : {5e3, 12e3, 16e3, 20e3, 35e3, 55e3}) {
    for (const AccessConfig& config :
         {cell(PrachFormat::f0, 26), cell(PrachFormat::f2, 119, guard(2)),
          cell(PrachFormat::b4, 0, guard(1)), cell(PrachFormat::f1, 0, guard(4))}) {
      const AccessRemedy remedy = access_remedy(config, path_m);
      AccessConfig changed = config;
      if (remedy.prach) changed.prach = *remedy.prach;
      if (remedy.guard_symbols) changed.tdd->guard_symbols = *remedy.guard_symbols;
      EXPECT_EQ(access_range(changed).allows(path_m), remedy.beyond.empty()) << path_m;
      EXPECT_EQ(access_range(config).allows(path_m), !remedy.needed()) << path_m;
    }
  }
}

TEST(AccessRemedy, ProposesNothingThatDoesNotFitTheUplink) {
  AccessConfig config = cell(PrachFormat::f0, 0, guard(8));
  config.longest_uplink_s = 1e-3;
  const AccessRemedy remedy = access_remedy(config, 30e3);
  EXPECT_FALSE(remedy.prach.has_value());
  EXPECT_THAT(remedy.beyond, ElementsAre(AccessLimit::prach_guard_time));
}

TEST(AccessRemedy, SaysWhenCompensatingTheFibreIsEnough) {
  AccessConfig config = cell(PrachFormat::f1, 279);
  config.fibre_length_m = 10e3;
  EXPECT_TRUE(access_remedy(config, 30e3).compensate_fibre);
  EXPECT_FALSE(access_remedy(config, 45e3).compensate_fibre);
}

TEST(AccessRemedy, KnowsWhatNothingLifts) {
  EXPECT_THAT(access_remedy(cell(PrachFormat::f1, 0), 120e3).beyond,
              ElementsAre(AccessLimit::prach_cyclic_prefix));
  EXPECT_THAT(access_remedy(cell(PrachFormat::f1, 0, guard(4)), 90e3).beyond,
              ElementsAre(AccessLimit::tdd_guard_period));
}

}  // namespace
}  // namespace yonder::nr
