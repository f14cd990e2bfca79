#pragma once

#include <cstddef>
#include <span>

namespace yonder::propagation::itm {

/// The `rank`-th highest less the `rank`-th lowest of some values (rank 1: the full range). Leaves
/// the values unsorted and allocates nothing. 1 <= rank <= number of values, 2 <= number of values
/// <= 256; values finite.
double range_between_ranks(std::span<const double> values, std::size_t rank);

}  // namespace yonder::propagation::itm
