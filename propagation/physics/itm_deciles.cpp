#include "propagation/physics/itm_deciles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/contracts.h"

namespace yonder::propagation::itm {
namespace {

// Selection by counting: values fall into equal buckets, ordered among each other; only the bucket
// that holds the rank is searched. Its branches are predictable, which makes it several times
// faster than std::nth_element at these sizes.
constexpr std::size_t kMostValues = 256;
constexpr std::size_t kBuckets = 64;

struct Buckets {
  std::array<std::uint8_t, kMostValues> of{};
  std::array<std::uint16_t, kBuckets> count{};
};

/// The rank-th lowest of the values in one bucket (rank from 0).
double select_in(std::span<const double> values, const Buckets& buckets, std::size_t bucket,
                 std::size_t rank) {
  std::array<double, kMostValues + 1> found;
  std::size_t n = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    found[n] = values[i];  // overwritten by the next unless it belongs here
    n += buckets.of[i] == bucket ? 1 : 0;
  }
  std::nth_element(found.begin(), found.begin() + rank, found.begin() + n);
  return found[rank];
}

}  // namespace

double range_between_ranks(std::span<const double> values, std::size_t rank) {
  YONDER_EXPECTS(values.size() >= 2 && values.size() <= kMostValues);
  YONDER_EXPECTS(rank >= 1 && rank <= values.size());
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  const double base = *lowest;
  const double extent = *highest - base;

  Buckets buckets;
  const double scale = (static_cast<double>(kBuckets) - 0.5) / extent;
  if (!std::isfinite(scale)) return 0.0;  // all equal
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto bucket = static_cast<std::size_t>(static_cast<int>((values[i] - base) * scale));
    buckets.of[i] = static_cast<std::uint8_t>(bucket);
    ++buckets.count[bucket];
  }
  std::size_t low = 0;
  std::size_t below = rank - 1;
  while (below >= buckets.count[low]) below -= buckets.count[low++];
  std::size_t high = kBuckets - 1;
  std::size_t above = rank - 1;
  while (above >= buckets.count[high]) above -= buckets.count[high--];
  return select_in(values, buckets, high, buckets.count[high] - 1 - above) -
         select_in(values, buckets, low, below);
}

}  // namespace yonder::propagation::itm
