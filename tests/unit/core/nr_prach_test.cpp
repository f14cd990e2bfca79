#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/nr/prach.h"
#include "core/nr/prach_roots.h"
#include "core/path_loss_model.h"

namespace yonder::nr {
namespace {

using testing::HasSubstr;

PrachConfig long_format(PrachFormat format, int row = 0,
                        RestrictedSet set = RestrictedSet::unrestricted) {
  return {.format = format,
          .subcarrier_spacing_hz = *own_subcarrier_spacing_hz(format),
          .restricted_set = set,
          .zero_correlation_zone_config = row};
}

PrachConfig with_n_cs(PrachFormat format, int n_cs) {
  return long_format(format,
                     zero_correlation_zone_config_of(format, RestrictedSet::unrestricted, n_cs));
}

PrachConfig short_format(PrachFormat format, double scs_hz, int row = 0) {
  return {.format = format, .subcarrier_spacing_hz = scs_hz, .zero_correlation_zone_config = row};
}

std::string refusal(const PrachConfig& config) {
  try {
    check_prach(config);
  } catch (const ParameterError& error) {
    return error.parameter() + ": " + error.what();
  }
  return "accepted";
}

// A planning handbook's table, rounded to 0.1 km: limits at no delay spread.
TEST(Prach, FormatsEndWherePlannersSay) {
  struct Row {
    PrachFormat format;
    double cyclic_prefix_km, guard_km;
  };
  for (const Row& row : {Row{PrachFormat::f0, 15.5, 14.5}, Row{PrachFormat::f1, 102.6, 107.3},
                         Row{PrachFormat::f2, 22.9, 22.1}, Row{PrachFormat::f3, 15.5, 14.5}}) {
    const PrachRange range = prach_range(long_format(row.format), 0.0);
    EXPECT_NEAR(range.cyclic_prefix_limit_m / 1e3, row.cyclic_prefix_km, 0.05);
    EXPECT_NEAR(*range.guard_time_limit_m / 1e3, row.guard_km, 0.05);
  }
  struct ShortRow {
    PrachFormat format;
    double scs_hz, cyclic_prefix_km, guard_km;
  };
  for (const ShortRow& row :
       {ShortRow{PrachFormat::b4, 15e3, 4.6, 3.9}, ShortRow{PrachFormat::b4, 30e3, 2.3, 1.9},
        ShortRow{PrachFormat::c2, 15e3, 10.0, 14.2}, ShortRow{PrachFormat::c2, 30e3, 5.0, 7.1}}) {
    const PrachRange range = prach_range(short_format(row.format, row.scs_hz), 0.0);
    EXPECT_NEAR(range.cyclic_prefix_limit_m / 1e3, row.cyclic_prefix_km, 0.05);
    EXPECT_NEAR(*range.guard_time_limit_m / 1e3, row.guard_km, 0.05);
  }
}

TEST(Prach, LargestNcsEndsFormatC2) {
  EXPECT_NEAR(*prach_range(short_format(PrachFormat::c2, 15e3, 15)).n_cs_limit_m, 4140.0, 5.0);
  EXPECT_NEAR(*prach_range(short_format(PrachFormat::c2, 30e3, 15)).n_cs_limit_m, 1690.0, 5.0);
  EXPECT_FALSE(prach_range(short_format(PrachFormat::c2, 15e3, 0)).n_cs_limit_m.has_value());
}

// The same handbook's N_CS table.
TEST(Prach, NcsEndsWherePlannersSay) {
  struct Row {
    int n_cs;
    double km;
    int roots;
  };
  for (const Row& row : {Row{76, 9.97, 6}, Row{93, 12.4, 8}, Row{119, 16.1, 10},
                         Row{167, 22.98, 13}, Row{279, 38.99, 22}, Row{419, 59.00, 32}}) {
    const PrachConfig config = with_n_cs(PrachFormat::f1, row.n_cs);
    const PrachRange range = prach_range(config);
    EXPECT_NEAR(*range.n_cs_limit_m / 1e3, row.km, 0.05) << row.n_cs;
    EXPECT_EQ(range.binding, PrachLimit::n_cs);
    EXPECT_EQ(roots_for_64_preambles(config), row.roots);
  }
  const PrachRange whole = prach_range(with_n_cs(PrachFormat::f1, 0));
  EXPECT_EQ(whole.binding, PrachLimit::cyclic_prefix);
  EXPECT_NEAR(whole.max_radius_m, 101.8e3, 50.0);
  EXPECT_EQ(roots_for_64_preambles(with_n_cs(PrachFormat::f1, 0)), 64);
}

// -106 dBm at 10.2 km and yet no access: N_CS index 10 stops before.
TEST(Prach, KnownFieldCaseIsShortOfItsTerminal) {
  const PrachRange range = prach_range(long_format(PrachFormat::f0, 10));
  EXPECT_EQ(range.n_cs, 76);
  EXPECT_LT(range.max_radius_m, 10.2e3);
  EXPECT_GT(range.max_radius_m, 9.8e3);
}

TEST(Prach, ThirtyKilometresNeedFormatOneAndNcs279) {
  for (const PrachFormat format : {PrachFormat::f0, PrachFormat::f2, PrachFormat::f3}) {
    EXPECT_FALSE(smallest_n_cs_reaching(long_format(format), 30e3).has_value());
  }
  const auto found = smallest_n_cs_reaching(long_format(PrachFormat::f1), 30e3);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(prach_range(*found).n_cs, 279);
  EXPECT_EQ(prach_range(*smallest_n_cs_reaching(long_format(PrachFormat::f1), 50e3)).n_cs, 419);
  // Beyond 59 km only the whole sequence does.
  EXPECT_EQ(prach_range(*smallest_n_cs_reaching(long_format(PrachFormat::f1), 60e3)).n_cs, 0);
}

// N_dur of TS 38.211 tables 6.3.3.2-2 to -4 leaves what the preamble does not fill.
TEST(Prach, ShortOccasionsAreWholeSymbols) {
  const double symbol_s = 2192.0 / 30.72e6;
  for (const auto& [format, symbols, guard_kappa] : {std::tuple{PrachFormat::a1, 2, 0},
                                                     {PrachFormat::a2, 4, 0},
                                                     {PrachFormat::a3, 6, 0},
                                                     {PrachFormat::b1, 2, 72},
                                                     {PrachFormat::b2, 4, 216},
                                                     {PrachFormat::b3, 6, 360},
                                                     {PrachFormat::b4, 12, 792},
                                                     {PrachFormat::c0, 2, 1096},
                                                     {PrachFormat::c2, 6, 2912}}) {
    const PrachTiming timing = prach_timing(short_format(format, 15e3));
    EXPECT_NEAR(timing.occasion_s, symbols * symbol_s, 1e-12) << prach_format_name(format);
    EXPECT_NEAR(timing.guard_time_s, guard_kappa / 30.72e6, 1e-12) << prach_format_name(format);
    EXPECT_NEAR(
        timing.cyclic_prefix_s + timing.repetitions * timing.sequence_s + timing.guard_time_s,
        timing.occasion_s, 1e-12);
    // Everything shrinks with the spacing.
    EXPECT_NEAR(prach_timing(short_format(format, 60e3)).cyclic_prefix_s,
                timing.cyclic_prefix_s / 4.0, 1e-15);
  }
}

TEST(Prach, FormatsWithoutGuardTimeHaveNoGuardLimit) {
  EXPECT_FALSE(prach_range(short_format(PrachFormat::a3, 15e3)).guard_time_limit_m.has_value());
  EXPECT_EQ(prach_range(short_format(PrachFormat::a3, 15e3)).binding, PrachLimit::cyclic_prefix);
}

// TS 36.211 table 5.7.1-1 and the subframes of section 5.7.1; cell radii of the usual planning
// tables: 77, 29 and 100 km.
TEST(Prach, LteHasFormatsOfItsOwn) {
  const auto range_km = [](PrachFormat format) {
    return prach_range(long_format(format), 0.0).max_radius_m / 1e3;
  };
  EXPECT_NEAR(range_km(PrachFormat::lte1), 77.3, 0.05);
  EXPECT_NEAR(range_km(PrachFormat::lte2), 29.5, 0.05);
  EXPECT_NEAR(range_km(PrachFormat::lte3), 102.6, 0.05);
  EXPECT_TRUE(is_format_of(PrachFormat::f0, true));
  EXPECT_FALSE(is_format_of(PrachFormat::f1, true));
  EXPECT_FALSE(is_format_of(PrachFormat::lte1, false));
}

TEST(Prach, FormatsHaveTheirNames) {
  for (int i = 0; i < kPrachFormats; ++i) {
    const auto format = static_cast<PrachFormat>(i);
    EXPECT_EQ(prach_format_of(prach_format_name(format)), format);
  }
  EXPECT_EQ(prach_format_of("b4"), PrachFormat::b4);
  EXPECT_FALSE(prach_format_of("A4").has_value());
  EXPECT_FALSE(prach_format_of("").has_value());
}

TEST(Prach, RefusesWhatTheStandardLacks) {
  PrachConfig config = long_format(PrachFormat::f1);
  config.subcarrier_spacing_hz = 15e3;
  EXPECT_EQ(refusal(config),
            "subcarrier_spacing_hz: PRACH format 1 has a subcarrier spacing of 1.25 kHz, not 15 "
            "kHz");
  EXPECT_THAT(refusal(short_format(PrachFormat::b4, 1250.0)),
              HasSubstr("takes a subcarrier spacing of 15, 30, 60 or 120 kHz, not 1.25 kHz"));
  config = short_format(PrachFormat::c2, 30e3);
  config.restricted_set = RestrictedSet::type_a;
  EXPECT_THAT(refusal(config), HasSubstr("restricted_set: PRACH format C2 has no restricted set"));
  EXPECT_THAT(refusal(long_format(PrachFormat::f0, 15, RestrictedSet::type_a)),
              HasSubstr("15 is reserved for PRACH format 0, set type_a; valid: 0 to 14"));
  EXPECT_THAT(refusal(long_format(PrachFormat::f3, 14, RestrictedSet::type_b)),
              HasSubstr("valid: 0 to 13"));
  EXPECT_THAT(refusal(long_format(PrachFormat::f0, 16)), HasSubstr("valid: 0 to 15"));
  EXPECT_THAT(refusal(long_format(PrachFormat::f0, -1)), HasSubstr("valid: 0 to 15"));
  EXPECT_EQ(refusal(long_format(PrachFormat::f3, 15, RestrictedSet::type_a)), "accepted");
}

TEST(Prach, AnNcsOutsideTheTableIsToldTheTable) {
  try {
    zero_correlation_zone_config_of(PrachFormat::f0, RestrictedSet::unrestricted, 280);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "n_cs");
    EXPECT_THAT(error.what(), HasSubstr("N_CS 280 is not in the table of PRACH format 0"));
    EXPECT_THAT(error.what(), HasSubstr("119, 167, 279, 419"));
  }
}

// One slot of uplink in each 2.5 ms at 30 kHz (DDDSU) is too short for format 0's millisecond.
TEST(Prach, LongPreamblesDoNotFitIntoAShortUplink) {
  EXPECT_EQ(prach_does_not_fit(long_format(PrachFormat::f0), 0.5e-3),
            "PRACH format 0 lasts 1 ms; the longest unbroken uplink of the TDD pattern is 0.5 ms");
  EXPECT_FALSE(prach_does_not_fit(long_format(PrachFormat::f0), 1e-3).has_value());
  EXPECT_TRUE(prach_does_not_fit(long_format(PrachFormat::f1), 1e-3).has_value());
  EXPECT_FALSE(prach_does_not_fit(short_format(PrachFormat::b4, 30e3), 0.5e-3).has_value());
}

TEST(Prach, FibreTakesItsDelayFromEveryLimit) {
  const PrachConfig config = with_n_cs(PrachFormat::f1, 279);
  const PrachRange bare = prach_range(config);
  const PrachRange fed = prach_range(config, kUsualDelaySpreadS, 100e-6);
  const double cost_m = 299792458.0 / 2.0 * 100e-6;
  EXPECT_NEAR(bare.cyclic_prefix_limit_m - fed.cyclic_prefix_limit_m, cost_m, 1e-6);
  EXPECT_NEAR(*bare.guard_time_limit_m - *fed.guard_time_limit_m, cost_m, 1e-6);
  EXPECT_NEAR(*bare.n_cs_limit_m - *fed.n_cs_limit_m, cost_m, 1e-6);
  EXPECT_THROW(prach_range(config, -1e-6), ParameterError);
  EXPECT_THROW(prach_range(config, 0.0, -1e-6), ParameterError);
}

}  // namespace
}  // namespace yonder::nr
