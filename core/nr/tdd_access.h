#pragma once

#include "core/nr/access_range.h"
#include "core/nr/tdd_pattern.h"

/// What a TDD pattern means for access.
namespace yonder::nr {

/// Longest unbroken uplink of the pattern, s: uplink symbols at the end of a special slot and whole
/// uplink slots after it. What a PRACH occasion must fit into.
double longest_uplink_s(const TddPattern& pattern);

/// The guard of the pattern's shortest switch to uplink. `beside_lte`: N_TA,offset of a cell that
/// shares its frequencies with LTE TDD, or is LTE TDD (624 T_s = 39936 T_c).
TddGuard tdd_guard_of(const TddPattern& pattern, bool beside_lte = false);

}  // namespace yonder::nr
