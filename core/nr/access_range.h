#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/nr/prach.h"

/// Access range: how far from its antenna a cell can take a terminal in, whatever the signal.
namespace yonder::nr {

/// What ends the access range, in the order in which ties are broken.
enum class AccessLimit {
  prach_cyclic_prefix,
  prach_guard_time,
  prach_n_cs,
  timing_advance,
  tdd_guard_period,
};

inline constexpr int kAccessLimits = 5;

/// A limit's names: for files, and for people in two languages.
struct AccessLimitNames {
  std::string_view id;  ///< "prach_n_cs"
  std::string_view en;  ///< "PRACH cyclic shift N_CS"
  std::string_view zh;
};
const AccessLimitNames& access_limit_names(AccessLimit limit);

/// Unit of time T_c of NR, s: 1 / (480 kHz * 4096) [TS 38.211 section 4.1].
inline constexpr double kTcS = 1.0 / (480e3 * 4096.0);
/// N_TA,offset of FR1 without LTE beside it: 25600 T_c, 13.0 us [TS 38.133 table 7.1.2-2].
inline constexpr double kTimingOffsetS = 25600.0 * kTcS;
/// N_TA,offset of FR1 TDD beside LTE TDD: 39936 T_c, 20.3 us.
inline constexpr double kTimingOffsetBesideLteS = 39936.0 * kTcS;
/// Switching between receiving and sending in FR1: 25600 T_c [TS 38.211 table 4.3.2-3].
inline constexpr double kSwitchingS = 25600.0 * kTcS;

/// The guard period of a TDD cell.
struct TddGuard {
  int guard_symbols = 0;
  double subcarrier_spacing_hz = 30e3;
  double timing_offset_s = kTimingOffsetS;
  double switching_s = kSwitchingS;
};

/// T_GP, s: symbols of (2048 + 144) kappa * 2^-mu each; the 16 kappa that the first symbol of each
/// half millisecond has more are not counted. Throws ParameterError: guard_symbols outside 0 to 14,
/// subcarrier_spacing_hz other than 15, 30, 60, 120 kHz.
double guard_period_s(int guard_symbols, double subcarrier_spacing_hz);

/// c/2 (T_GP - offset - switching), m; negative when the guard does not even cover the switching.
double tdd_guard_limit_m(const TddGuard& guard);

/// Fewest guard symbols that reach `radius_m`; nothing when 14 do not.
std::optional<int> guard_symbols_reaching(const TddGuard& like, double radius_m,
                                          double round_trip_s = 0.0);

/// Largest timing advance of the random-access response, m: T_A = 3846 steps of 16 * 64 T_c 2^-mu
/// [TS 38.213 section 4.2]; 300, 150, 75, 37.5 km at 15, 30, 60, 120 kHz. Throws
/// ParameterError("uplink_subcarrier_spacing_hz") for others.
double timing_advance_limit_m(double uplink_subcarrier_spacing_hz);
/// One step of the timing advance, m: 78.1 at 15 kHz.
double timing_advance_step_m(double uplink_subcarrier_spacing_hz);

/// Largest timing advance of LTE, m: T_A = 1282 steps of 16 T_s [TS 36.213 section 4.2.3].
double lte_timing_advance_limit_m();

/// Delay of optical fibre, s/m one way: 5 us/km.
inline constexpr double kFibreDelaySPerM = 5e-9;

/// What of a cell decides its access range.
struct AccessConfig {
  bool lte = false;  ///< timing advance and formats of the preamble are LTE's
  PrachConfig prach;
  double delay_spread_s = kUsualDelaySpreadS;
  double uplink_subcarrier_spacing_hz = 15e3;  ///< of Msg3: the timing advance counts in it
  std::optional<TddGuard> tdd;                 ///< absent in FDD and on a supplementary uplink
  /// Fibre between baseband unit and radio. Its delay, both ways, comes off every limit unless the
  /// baseband unit advances its frame and delays its receive window by it.
  double fibre_length_m = 0.0;
  bool fibre_compensated = false;
  /// TDD: longest unbroken uplink of the pattern; the PRACH occasion must fit in it. Absent: not
  /// checked.
  std::optional<double> longest_uplink_s;
};

/// One limit and how far it lets a terminal be, m of path between the antennas; 0 when the fibre or
/// the switching has eaten all of it.
struct AccessTerm {
  AccessLimit limit = AccessLimit::prach_cyclic_prefix;
  double radius_m = 0.0;
};

struct AccessRange {
  std::vector<AccessTerm> terms;  ///< those that apply, in the enum's order
  AccessLimit binding = AccessLimit::prach_cyclic_prefix;
  double radius_m = 0.0;      ///< the least of the terms
  double fibre_cost_m = 0.0;  ///< by how much the fibre shortens every term
  PrachRange prach;           ///< with the fibre's delay taken off

  /// A term's radius, or nothing when it does not apply to the cell.
  std::optional<double> limit_m(AccessLimit limit) const;
  bool allows(double path_m) const { return path_m <= radius_m; }
};

/// Throws ParameterError as check_prach, guard_period_s and timing_advance_limit_m do, for a
/// negative fibre length or delay spread, and ("format") for a preamble longer than the uplink.
AccessRange access_range(const AccessConfig& config);

/// What would have to change for a terminal at `path_m` to be let in. Nothing set: nothing need
/// change.
struct AccessRemedy {
  /// The PRACH to set instead: the same format with a larger N_CS, else the format that fits into
  /// the uplink and needs the fewest roots, then the shortest.
  std::optional<PrachConfig> prach;
  std::optional<int> guard_symbols;
  bool compensate_fibre = false;  ///< would be enough without the other two
  /// Limits that no setting lifts: timing advance, a guard beyond a slot, no format that reaches.
  std::vector<AccessLimit> beyond;
  bool needed() const { return prach || guard_symbols || compensate_fibre || !beyond.empty(); }
};
/// Throws as access_range.
AccessRemedy access_remedy(const AccessConfig& config, double path_m);

}  // namespace yonder::nr
