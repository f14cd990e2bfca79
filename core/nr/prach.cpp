#include "core/nr/prach.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/path_loss_model.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

constexpr double kHalfLightMPerS = kSpeedOfLightMPerS / 2.0;
/// kappa * T_c: the sampling time of 15 kHz with 2048 points [TS 38.211 section 4.1].
constexpr double kKappaTcS = 1.0 / (15e3 * 2048.0);
/// An OFDM symbol with its normal cyclic prefix, in kappa * 2^-mu [section 5.3.1].
constexpr int kSymbolKappa = 2048 + 144;

/// Tables 6.3.3.1-1 and -2, in kappa (short formats: kappa * 2^-mu).
struct FormatRow {
  int repetitions;
  int cyclic_prefix_kappa;
  int occasion_symbols;  ///< N_dur of tables 6.3.3.2-2 to -4; 0: occasion_s counts
  double occasion_s;
};
constexpr std::array<FormatRow, kPrachFormats> kFormats{{
    {1, 3168, 0, 1e-3},    // 0
    {2, 21024, 0, 3e-3},   // 1
    {4, 4688, 0, 3.5e-3},  // 2
    {4, 3168, 0, 1e-3},    // 3
    {2, 288, 2, 0.0},      // A1
    {4, 576, 4, 0.0},      // A2
    {6, 864, 6, 0.0},      // A3
    {2, 216, 2, 0.0},      // B1
    {4, 360, 4, 0.0},      // B2
    {6, 504, 6, 0.0},      // B3
    {12, 936, 12, 0.0},    // B4
    {1, 1240, 2, 0.0},     // C0
    {4, 2048, 6, 0.0},     // C2
    {1, 21024, 0, 2e-3},   // LTE 1 [TS 36.211 table 5.7.1-1, in T_s = kappa T_c]
    {2, 6240, 0, 2e-3},    // LTE 2
    {2, 21024, 0, 3e-3},   // LTE 3
}};

// Table 6.3.3.1-5, 1.25 kHz.
constexpr auto kNcs1250 =
    std::to_array<int>({0, 13, 15, 18, 22, 26, 32, 38, 46, 59, 76, 93, 119, 167, 279, 419});
constexpr auto kNcs1250A =
    std::to_array<int>({15, 18, 22, 26, 32, 38, 46, 55, 68, 82, 100, 128, 158, 202, 237});
constexpr auto kNcs1250B =
    std::to_array<int>({15, 18, 22, 26, 32, 38, 46, 55, 68, 82, 100, 118, 137});
// Table 6.3.3.1-6, 5 kHz.
constexpr auto kNcs5000 =
    std::to_array<int>({0, 13, 26, 33, 38, 41, 49, 55, 64, 76, 93, 119, 139, 209, 279, 419});
constexpr auto kNcs5000A =
    std::to_array<int>({36, 57, 72, 81, 89, 94, 103, 112, 121, 132, 137, 152, 173, 195, 216, 237});
constexpr auto kNcs5000B =
    std::to_array<int>({36, 57, 60, 63, 65, 68, 71, 77, 81, 85, 97, 109, 122, 137});
// Table 6.3.3.1-7, 15 kHz * 2^mu.
constexpr auto kNcsShort =
    std::to_array<int>({0, 2, 4, 6, 8, 10, 12, 13, 15, 17, 19, 23, 27, 34, 46, 69});

const FormatRow& row_of(PrachFormat format) { return kFormats[static_cast<std::size_t>(format)]; }

bool is_short_spacing(double hz) { return hz == 15e3 || hz == 30e3 || hz == 60e3 || hz == 120e3; }

std::string described(PrachFormat format) {
  return "PRACH format " + std::string(prach_format_name(format));
}

std::string set_name(RestrictedSet set) {
  return std::string(kRestrictedSetNames[static_cast<std::size_t>(set)]);
}

void check_spacing(const PrachConfig& config) {
  const std::optional<double> own = own_subcarrier_spacing_hz(config.format);
  const std::string given = number_text(config.subcarrier_spacing_hz / 1e3) + " kHz";
  if (own && config.subcarrier_spacing_hz != *own) {
    throw ParameterError("subcarrier_spacing_hz",
                         described(config.format) + " has a subcarrier spacing of " +
                             number_text(*own / 1e3) + " kHz, not " + given);
  }
  if (!own && !is_short_spacing(config.subcarrier_spacing_hz)) {
    throw ParameterError("subcarrier_spacing_hz",
                         described(config.format) +
                             " takes a subcarrier spacing of 15, 30, 60 or 120 kHz, not " + given);
  }
}

void check_set(PrachFormat format, RestrictedSet set) {
  if (set != RestrictedSet::unrestricted && is_short_format(format)) {
    throw ParameterError("restricted_set", described(format) + " has no restricted set (" +
                                               set_name(set) + "); only formats 0 to 3 have them");
  }
}

/// Metres of path for a round trip of `time_s`; a limit that is used up ends at the antenna.
double reach_m(double time_s) { return std::max(0.0, kHalfLightMPerS * time_s); }

/// The cyclic shift outlasts the round trip and the delay spread.
double n_cs_limit_m(const PrachTiming& timing, int n_cs, double delay_s) {
  return reach_m((n_cs - 1) * timing.sequence_s / timing.sequence_length - delay_s);
}

void refuse_negative(const char* name, double value_s) {
  if (value_s >= 0.0) return;
  throw ParameterError(name, "'" + std::string(name) + "' is " + number_text(value_s * 1e6) +
                                 " us; it cannot be below 0");
}

}  // namespace

std::string_view prach_format_name(PrachFormat format) {
  return kPrachFormatNames[static_cast<std::size_t>(format)];
}

std::optional<PrachFormat> prach_format_of(std::string_view name) {
  const auto same = [name](std::string_view known) {
    return std::equal(known.begin(), known.end(), name.begin(), name.end(), [](char a, char b) {
      return a == static_cast<char>(std::toupper(static_cast<unsigned char>(b)));
    });
  };
  const auto it = std::find_if(kPrachFormatNames.begin(), kPrachFormatNames.end(), same);
  if (it == kPrachFormatNames.end()) return std::nullopt;
  return static_cast<PrachFormat>(it - kPrachFormatNames.begin());
}

bool is_format_of(PrachFormat format, bool lte) {
  if (format == PrachFormat::f0) return true;
  return lte == (format >= PrachFormat::lte1);
}

bool is_short_format(PrachFormat format) { return row_of(format).occasion_symbols > 0; }

std::optional<double> own_subcarrier_spacing_hz(PrachFormat format) {
  if (is_short_format(format)) return std::nullopt;
  return format == PrachFormat::f3 ? 5000.0 : 1250.0;
}

std::span<const int> n_cs_table(PrachFormat format, RestrictedSet set) {
  if (is_short_format(format)) {
    if (set != RestrictedSet::unrestricted) return {};
    return kNcsShort;
  }
  const bool wide = format == PrachFormat::f3;
  switch (set) {
    case RestrictedSet::type_a:
      if (wide) return kNcs5000A;
      return kNcs1250A;
    case RestrictedSet::type_b:
      if (wide) return kNcs5000B;
      return kNcs1250B;
    case RestrictedSet::unrestricted:
      break;
  }
  if (wide) return kNcs5000;
  return kNcs1250;
}

int zero_correlation_zone_config_of(PrachFormat format, RestrictedSet set, int n_cs) {
  check_set(format, set);
  const std::span<const int> table = n_cs_table(format, set);
  const auto it = std::find(table.begin(), table.end(), n_cs);
  if (it != table.end()) return static_cast<int>(it - table.begin());
  std::string listed;
  for (const int one : table) listed += (listed.empty() ? "" : ", ") + std::to_string(one);
  throw ParameterError("n_cs", "N_CS " + std::to_string(n_cs) + " is not in the table of " +
                                   described(format) + ", set " + set_name(set) +
                                   "; it has: " + listed);
}

void check_prach(const PrachConfig& config) {
  check_spacing(config);
  check_set(config.format, config.restricted_set);
  const int rows = static_cast<int>(n_cs_table(config.format, config.restricted_set).size());
  const int row = config.zero_correlation_zone_config;
  if (row >= 0 && row < rows) return;
  const std::string problem = row >= rows && row <= 15
                                  ? " is reserved for " + described(config.format) + ", set " +
                                        set_name(config.restricted_set)
                                  : " is not in the table of " + described(config.format);
  throw ParameterError("zero_correlation_zone_config",
                       "zeroCorrelationZoneConfig " + std::to_string(row) + problem +
                           "; valid: 0 to " + std::to_string(rows - 1));
}

PrachTiming prach_timing(const PrachConfig& config) {
  check_prach(config);
  const FormatRow& row = row_of(config.format);
  PrachTiming timing;
  timing.repetitions = row.repetitions;
  timing.sequence_s = 1.0 / config.subcarrier_spacing_hz;
  if (is_short_format(config.format)) {
    const double kappa_s = kKappaTcS * 15e3 / config.subcarrier_spacing_hz;  // kappa T_c 2^-mu
    timing.sequence_length = 139;
    timing.cyclic_prefix_s = row.cyclic_prefix_kappa * kappa_s;
    timing.occasion_s = row.occasion_symbols * kSymbolKappa * kappa_s;
    // In whole kappa, so that A1 to A3 leave exactly nothing.
    const int guard_kappa =
        row.occasion_symbols * kSymbolKappa - row.cyclic_prefix_kappa - row.repetitions * 2048;
    timing.guard_time_s = guard_kappa * kappa_s;
  } else {
    timing.sequence_length = 839;
    timing.cyclic_prefix_s = row.cyclic_prefix_kappa * kKappaTcS;
    timing.occasion_s = row.occasion_s;
    timing.guard_time_s =
        row.occasion_s - timing.cyclic_prefix_s - row.repetitions * timing.sequence_s;
  }
  return timing;
}

std::string_view prach_limit_id(PrachLimit limit) {
  switch (limit) {
    case PrachLimit::cyclic_prefix:
      return "cyclic_prefix";
    case PrachLimit::guard_time:
      return "guard_time";
    case PrachLimit::n_cs:
      break;
  }
  return "n_cs";
}

PrachRange prach_range(const PrachConfig& config, double delay_spread_s, double round_trip_s) {
  refuse_negative("delay_spread_s", delay_spread_s);
  refuse_negative("round_trip_s", round_trip_s);
  PrachRange range;
  range.timing = prach_timing(config);
  range.n_cs = n_cs_table(
      config.format,
      config.restricted_set)[static_cast<std::size_t>(config.zero_correlation_zone_config)];
  const double delay_s = delay_spread_s + round_trip_s;
  range.cyclic_prefix_limit_m = reach_m(range.timing.cyclic_prefix_s - delay_s);
  range.max_radius_m = range.cyclic_prefix_limit_m;
  const auto bound = [&range](PrachLimit limit, double radius_m) {
    if (radius_m < range.max_radius_m) {
      range.max_radius_m = radius_m;
      range.binding = limit;
    }
    return radius_m;
  };
  if (range.timing.guard_time_s > 0.0) {
    range.guard_time_limit_m =
        bound(PrachLimit::guard_time, reach_m(range.timing.guard_time_s - round_trip_s));
  }
  if (range.n_cs != 0) {
    range.n_cs_limit_m = bound(PrachLimit::n_cs, n_cs_limit_m(range.timing, range.n_cs, delay_s));
  }
  return range;
}

std::optional<PrachConfig> smallest_n_cs_reaching(const PrachConfig& like, double radius_m,
                                                  double delay_spread_s, double round_trip_s) {
  std::optional<PrachConfig> best;
  double best_n_cs = 0.0;
  const std::span<const int> table = n_cs_table(like.format, like.restricted_set);
  for (int row = 0; row < static_cast<int>(table.size()); ++row) {
    PrachConfig candidate = like;
    candidate.zero_correlation_zone_config = row;
    const PrachRange range = prach_range(candidate, delay_spread_s, round_trip_s);
    if (range.max_radius_m < radius_m) continue;
    const double n_cs = range.n_cs == 0 ? range.timing.sequence_length : range.n_cs;
    if (!best || n_cs < best_n_cs) {
      best = candidate;
      best_n_cs = n_cs;
    }
  }
  return best;
}

std::optional<std::string> prach_does_not_fit(const PrachConfig& config, double longest_uplink_s) {
  const PrachTiming timing = prach_timing(config);
  // A millionth of a symbol: uplinks are sums of symbols.
  if (timing.occasion_s <= longest_uplink_s * (1.0 + 1e-9)) return std::nullopt;
  const auto ms = [](double s) { return number_text(std::round(s * 1e6) / 1e3) + " ms"; };
  return described(config.format) + " lasts " + ms(timing.occasion_s) +
         "; the longest unbroken uplink of the TDD pattern is " + ms(longest_uplink_s);
}

}  // namespace yonder::nr
