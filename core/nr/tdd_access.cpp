#include "core/nr/tdd_access.h"

#include <algorithm>

#include "core/nr/numerology.h"

namespace yonder::nr {

double longest_uplink_s(const TddPattern& pattern) {
  const double slot_s = slot_duration_s(pattern.subcarrier_spacing_hz());
  const double symbol_s = symbol_duration_s(pattern.subcarrier_spacing_hz());
  double longest_s = 0.0;
  double run_s = 0.0;
  // Twice round, for an uplink that runs over the end of the period.
  for (int round = 0; round < 2; ++round) {
    for (const SlotSymbols& slot : pattern.slots()) {
      const bool whole = slot.downlink == 0 && slot.guard == 0;
      // A slot's length counts the longer symbols at each half millisecond.
      run_s = whole ? run_s + slot_s : slot.uplink * symbol_s;
      longest_s = std::max(longest_s, run_s);
    }
  }
  return longest_s;
}

TddGuard tdd_guard_of(const TddPattern& pattern, bool beside_lte) {
  return {.guard_symbols = pattern.guard_symbols(),
          .subcarrier_spacing_hz = pattern.subcarrier_spacing_hz(),
          .timing_offset_s = beside_lte ? kTimingOffsetBesideLteS : kTimingOffsetS};
}

}  // namespace yonder::nr
