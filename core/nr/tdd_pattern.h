#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/nr/refusal.h"

/// Uplink-downlink patterns of TDD (TS 38.213 section 11.1; LTE: TS 36.211 section 4.2).
namespace yonder::nr {

/// How the 14 symbols of a slot are shared: downlink first, then the guard, then uplink.
struct SlotSymbols {
  int downlink = 0;
  int guard = 0;
  int uplink = 0;
};

/// A pattern as planners write it: "DDDDDDDSUU", special slot 6:4:4, 30 kHz.
struct TddPatternRequest {
  std::string slots;  ///< D downlink, S special, U uplink, in time order
  SlotSymbols special{.downlink = 10, .guard = 2, .uplink = 2};
  double subcarrier_spacing_hz = 30e3;
};

class TddPattern {
 public:
  /// What each slot of a period holds.
  const std::vector<SlotSymbols>& slots() const { return slots_; }
  double subcarrier_spacing_hz() const { return subcarrier_spacing_hz_; }
  double period_s() const;
  /// Shares of all symbols, guard included in the whole: 104/140 for DDDDDDDSUU with 6:4:4.
  double downlink_share() const;
  double uplink_share() const;
  /// Symbols and time between downlink and uplink, the shortest of the period's switches.
  int guard_symbols() const;
  double guard_s() const;

 private:
  friend std::variant<TddPattern, Refusal> make_tdd_pattern(const TddPatternRequest& request);
  friend std::variant<TddPattern, Refusal> make_lte_tdd_pattern(int configuration, int special);

  std::vector<SlotSymbols> slots_;
  double subcarrier_spacing_hz_ = 0.0;
};

/// Builds a pattern. Refused: other letters than D, S and U; a special slot whose symbols are not
/// 14 in all, or that has no guard; downlink followed by uplink without a special slot between; no
/// downlink or no uplink; a period that neither is one of TS 38.213's (0.5, 0.625, 1, 1.25, 2, 2.5,
/// 3, 4, 5, 10 ms) nor splits into two of them that repeat within 20 ms.
std::variant<TddPattern, Refusal> make_tdd_pattern(const TddPatternRequest& request);

/// LTE: uplink-downlink configuration 0..6 (TS 36.211 table 4.2-2) and special subframe
/// configuration 0..9 with normal cyclic prefixes (table 4.2-1).
std::variant<TddPattern, Refusal> make_lte_tdd_pattern(int configuration, int special);

}  // namespace yonder::nr
