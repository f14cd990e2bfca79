#pragma once

#include <optional>
#include <vector>

#include "core/nr/prach.h"

/// Root sequences: how many preambles each gives and how many a cell needs for its 64.
namespace yonder::nr {

inline constexpr int kPreamblesPerCell = 64;

/// Number of logical root sequences: 838 for formats 0 to 3, 138 for the short ones.
int root_count(PrachFormat format);

/// Sequence number u of a logical root index (TS 38.211 tables 6.3.3.1-3 and -4). Throws
/// ParameterError("root_sequence_index") outside 0 to root_count - 1.
int sequence_number(PrachFormat format, int logical_index);

/// The cyclic shifts C_v that one root offers (TS 38.211 section 6.3.3.1), ascending in v. In a
/// restricted set their number depends on the root and may be none. Throws as check_prach and
/// sequence_number.
std::vector<int> cyclic_shifts(const PrachConfig& config, int logical_index);

/// Preambles that a cell takes of each root in the unrestricted set, 64 at most; nothing in the
/// restricted ones, where it depends on the root. Throws as check_prach.
std::optional<int> preambles_per_root(const PrachConfig& config);

/// How many consecutive logical roots from `first_index` on, counting cyclically, a cell needs for
/// 64 preambles. Nothing when all roots together have fewer: some rows of the restricted sets
/// cannot serve a cell... Throws as cyclic_shifts.
std::optional<int> roots_for_64_preambles(const PrachConfig& config, int first_index = 0);

}  // namespace yonder::nr
