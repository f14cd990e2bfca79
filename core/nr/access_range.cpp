#include "core/nr/access_range.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "core/nr/numerology.h"
#include "core/nr/prach_roots.h"
#include "core/path_loss_model.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

constexpr double kHalfLightMPerS = kSpeedOfLightMPerS / 2.0;
constexpr int kLargestTimingAdvance =
    3846;  // of the random-access response [TS 38.213 section 4.2]
constexpr int kLargestLteTimingAdvance = 1282;  // TS 36.213 section 4.2.3

/// 2^mu of a subcarrier spacing.
double numerology_factor(const char* parameter, double subcarrier_spacing_hz) {
  if (const std::optional<int> mu = numerology(subcarrier_spacing_hz)) return 1 << *mu;
  throw ParameterError(parameter, "a subcarrier spacing of " +
                                      number_text(subcarrier_spacing_hz / 1e3) +
                                      " kHz is none of NR's 15, 30, 60 and 120 kHz");
}

/// c/2 (time - round trip); what is used up ends at the antenna.
double left_m(double time_s, double round_trip_s) {
  return std::max(0.0, kHalfLightMPerS * (time_s - round_trip_s));
}

double guard_left_s(const TddGuard& guard) {
  return guard_period_s(guard.guard_symbols, guard.subcarrier_spacing_hz) - guard.timing_offset_s -
         guard.switching_s;
}

double timing_advance_s(double uplink_subcarrier_spacing_hz) {
  const double factor =
      numerology_factor("uplink_subcarrier_spacing_hz", uplink_subcarrier_spacing_hz);
  return kLargestTimingAdvance * 16.0 * 64.0 / factor * kTcS;
}

void refuse_fibre(double fibre_length_m) {
  if (fibre_length_m >= 0.0) return;
  throw ParameterError("fibre_length_m", "a fibre of " + number_text(fibre_length_m) +
                                             " m is not possible; give 0 for none");
}

double round_trip_s(const AccessConfig& config) {
  return config.fibre_compensated ? 0.0 : 2.0 * config.fibre_length_m * kFibreDelaySPerM;
}

AccessLimit access_limit_of(PrachLimit limit) {
  switch (limit) {
    case PrachLimit::cyclic_prefix:
      return AccessLimit::prach_cyclic_prefix;
    case PrachLimit::guard_time:
      return AccessLimit::prach_guard_time;
    case PrachLimit::n_cs:
      break;
  }
  return AccessLimit::prach_n_cs;
}

bool fits(const AccessConfig& config, const PrachConfig& prach) {
  return !config.longest_uplink_s || !prach_does_not_fit(prach, *config.longest_uplink_s);
}

/// The least demanding PRACH with which `config` reaches `path_m`.
std::optional<PrachConfig> prach_reaching(const AccessConfig& config, double path_m) {
  const double round_trip = round_trip_s(config);
  const auto reaching = [&](const PrachConfig& like) {
    return smallest_n_cs_reaching(like, path_m, config.delay_spread_s, round_trip);
  };
  if (const auto same_format = reaching(config.prach)) return same_format;
  std::optional<PrachConfig> best;
  std::tuple<int, double> best_cost;
  for (int i = 0; i < kPrachFormats; ++i) {
    PrachConfig like = config.prach;
    like.format = static_cast<PrachFormat>(i);
    if (!is_format_of(like.format, config.lte)) continue;
    if (const auto own = own_subcarrier_spacing_hz(like.format)) {
      like.subcarrier_spacing_hz = *own;
    } else if (!is_short_format(config.prach.format) ||
               like.restricted_set != RestrictedSet::unrestricted) {
      continue;  // no short format reaches beyond a long one
    }
    like.zero_correlation_zone_config = 0;
    const std::optional<PrachConfig> candidate = reaching(like);
    if (!candidate || !fits(config, *candidate)) continue;
    const std::optional<int> roots = roots_for_64_preambles(*candidate);
    if (!roots) continue;
    const std::tuple<int, double> cost{*roots, prach_timing(*candidate).occasion_s};
    if (!best || cost < best_cost) {
      best = candidate;
      best_cost = cost;
    }
  }
  return best;
}

}  // namespace

const AccessLimitNames& access_limit_names(AccessLimit limit) {
  static constexpr std::array<AccessLimitNames, kAccessLimits> kNames{{
      {"prach_cyclic_prefix", "PRACH cyclic prefix", "PRACH 循环前缀"},
      {"prach_guard_time", "PRACH guard time", "PRACH 保护时间"},
      {"prach_n_cs", "PRACH cyclic shift N_CS", "PRACH 循环移位 N_CS"},
      {"timing_advance", "timing advance", "定时提前"},
      {"tdd_guard_period", "TDD guard period", "TDD 保护间隔"},
  }};
  return kNames[static_cast<std::size_t>(limit)];
}

double guard_period_s(int guard_symbols, double subcarrier_spacing_hz) {
  if (guard_symbols < 0 || guard_symbols > kSymbolsPerSlot) {
    throw ParameterError("guard_symbols", std::to_string(guard_symbols) +
                                              " guard symbols are not possible; a slot has 14");
  }
  numerology_factor("subcarrier_spacing_hz", subcarrier_spacing_hz);  // refuses what NR lacks
  return guard_symbols * symbol_duration_s(subcarrier_spacing_hz);
}

double tdd_guard_limit_m(const TddGuard& guard) { return kHalfLightMPerS * guard_left_s(guard); }

std::optional<int> guard_symbols_reaching(const TddGuard& like, double radius_m,
                                          double round_trip_s) {
  TddGuard guard = like;
  for (guard.guard_symbols = 0; guard.guard_symbols <= kSymbolsPerSlot; ++guard.guard_symbols) {
    if (kHalfLightMPerS * (guard_left_s(guard) - round_trip_s) >= radius_m) {
      return guard.guard_symbols;
    }
  }
  return std::nullopt;
}

double timing_advance_limit_m(double uplink_subcarrier_spacing_hz) {
  return kHalfLightMPerS * timing_advance_s(uplink_subcarrier_spacing_hz);
}

double lte_timing_advance_limit_m() {
  constexpr double kStepS = 16.0 * 64.0 * kTcS;  // 16 T_s
  return kHalfLightMPerS * kLargestLteTimingAdvance * kStepS;
}

double timing_advance_step_m(double uplink_subcarrier_spacing_hz) {
  return timing_advance_limit_m(uplink_subcarrier_spacing_hz) / kLargestTimingAdvance;
}

std::optional<double> AccessRange::limit_m(AccessLimit limit) const {
  for (const AccessTerm& term : terms) {
    if (term.limit == limit) return term.radius_m;
  }
  return std::nullopt;
}

AccessRange access_range(const AccessConfig& config) {
  refuse_fibre(config.fibre_length_m);
  if (config.longest_uplink_s) {
    if (const auto problem = prach_does_not_fit(config.prach, *config.longest_uplink_s)) {
      throw ParameterError("format", *problem);
    }
  }
  const double round_trip = round_trip_s(config);
  AccessRange range;
  range.fibre_cost_m = kHalfLightMPerS * round_trip;
  range.prach = prach_range(config.prach, config.delay_spread_s, round_trip);
  range.terms.push_back({AccessLimit::prach_cyclic_prefix, range.prach.cyclic_prefix_limit_m});
  if (range.prach.guard_time_limit_m) {
    range.terms.push_back({AccessLimit::prach_guard_time, *range.prach.guard_time_limit_m});
  }
  if (range.prach.n_cs_limit_m) {
    range.terms.push_back({AccessLimit::prach_n_cs, *range.prach.n_cs_limit_m});
  }
  range.terms.push_back(
      {AccessLimit::timing_advance,
       config.lte ? std::max(0.0, lte_timing_advance_limit_m() - range.fibre_cost_m)
                  : left_m(timing_advance_s(config.uplink_subcarrier_spacing_hz), round_trip)});
  if (config.tdd) {
    range.terms.push_back(
        {AccessLimit::tdd_guard_period, left_m(guard_left_s(*config.tdd), round_trip)});
  }
  const auto least = std::min_element(
      range.terms.begin(), range.terms.end(),
      [](const AccessTerm& a, const AccessTerm& b) { return a.radius_m < b.radius_m; });
  range.binding = least->limit;
  range.radius_m = least->radius_m;
  return range;
}

AccessRemedy access_remedy(const AccessConfig& config, double path_m) {
  AccessRemedy remedy;
  const AccessRange range = access_range(config);
  if (range.allows(path_m)) return remedy;
  if (range.fibre_cost_m > 0.0) {
    AccessConfig compensated = config;
    compensated.fibre_compensated = true;
    remedy.compensate_fibre = access_range(compensated).allows(path_m);
  }
  if (range.prach.max_radius_m < path_m) {
    remedy.prach = prach_reaching(config, path_m);
    if (!remedy.prach) remedy.beyond.push_back(access_limit_of(range.prach.binding));
  }
  if (*range.limit_m(AccessLimit::timing_advance) < path_m) {
    remedy.beyond.push_back(AccessLimit::timing_advance);
  }
  if (config.tdd && *range.limit_m(AccessLimit::tdd_guard_period) < path_m) {
    remedy.guard_symbols = guard_symbols_reaching(*config.tdd, path_m, round_trip_s(config));
    if (!remedy.guard_symbols) remedy.beyond.push_back(AccessLimit::tdd_guard_period);
  }
  return remedy;
}

}  // namespace yonder::nr
