#include "propagation/physics/itm_radial_hull.h"

#include <cmath>
#include <limits>

namespace yonder::propagation::itm {
namespace {

// Values nearer to each other than this part of their size may be the same but for rounding.
constexpr double kSame = 1e-13;

}  // namespace

TxHorizonEnvelope::TxHorizonEnvelope(std::span<double> index, std::span<double> slope,
                                     std::span<double> wins_below, double low_curvature,
                                     double high_curvature)
    : index_(index),
      slope_(slope),
      wins_below_(wins_below),
      low_(low_curvature),
      high_(high_curvature) {}

void TxHorizonEnvelope::push(double index, double slope) {
  const double tolerance = kSame * std::abs(slope);
  // Its line falls fastest: if it is not the highest at the low end, it is so nowhere.
  if (size_ > 0 && slope - index * low_ < value(size_ - 1, low_) - tolerance) return;
  while (size_ > 0 && slope - index * high_ > value(size_ - 1, high_) + tolerance) --size_;
  double wins_below = std::numeric_limits<double>::infinity();
  while (size_ > 0) {
    wins_below = (slope - slope_[size_ - 1]) / (index - index_[size_ - 1]);
    if (size_ == 1 || wins_below <= wins_below_[size_ - 1]) break;
    --size_;
  }
  if (size_ == 0) wins_below = std::numeric_limits<double>::infinity();
  index_[size_] = index;
  slope_[size_] = slope;
  wins_below_[size_] = wins_below;
  ++size_;
}

TxHorizonEnvelope::Found TxHorizonEnvelope::highest(double curvature) const {
  if (size_ == 0) return {};
  // wins_below_ falls along the stack; the winner is the last line whose bound lies above.
  std::size_t low = 0;
  std::size_t high = size_ - 1;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (wins_below_[middle] > curvature) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const double best = value(low, curvature);
  const double tolerance = kSame * (std::abs(slope_[low]) + index_[low] * curvature);
  std::size_t first = low;
  while (first > 0 && value(first - 1, curvature) >= best - tolerance) --first;
  std::size_t last = low;
  while (last + 1 < size_ && value(last + 1, curvature) >= best - tolerance) ++last;
  return {first, last - first + 1};
}

RxHorizonHull::RxHorizonHull(std::span<double> index, std::span<double> height,
                             std::span<double> bulged, std::span<double> slope, double curvature)
    : index_(index), height_(height), bulged_(bulged), slope_(slope), curvature_(curvature) {}

void RxHorizonHull::push(double index, double height) {
  const double bulged = height - curvature_ * index * index;
  double slope = std::numeric_limits<double>::infinity();
  while (size_ > 0) {
    slope = (bulged - bulged_[size_ - 1]) / (index - index_[size_ - 1]);
    if (size_ == 1 || slope <= slope_[size_ - 1]) break;
    --size_;
  }
  index_[size_] = index;
  height_[size_] = height;
  bulged_[size_] = bulged;
  slope_[size_] = slope;
  ++size_;
}

void RxHorizonHull::lower_curvature(double curvature) {
  curvature_ = curvature;
  const std::size_t count = size_;
  size_ = 0;
  for (std::size_t k = 0; k < count; ++k) push(index_[k], height_[k]);
}

RxHorizonHull::Found RxHorizonHull::steepest(double index, double height, double curvature) const {
  if (size_ == 0) return {};
  const double bulged = height - curvature_ * index * index;
  // Position 0 counts as left of the tangent point; gallop from the receiver, where it mostly is.
  std::size_t high = size_ - 1;
  std::size_t low = high;
  for (std::size_t stride = 1; low > 0 && !turns_left_of(low, index, bulged); stride *= 2) {
    high = low - 1;
    low = low > stride ? low - stride : 0;
  }
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (turns_left_of(middle, index, bulged)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }

  // On the earth asked for, flatter by `flatter`, farther points rise by their distance times it.
  const double flatter = curvature_ - curvature;
  const auto seen_at_hull = [&](std::size_t k) {
    return (bulged_[k] - bulged) / (index - index_[k]);
  };
  const auto seen = [&](std::size_t k) { return seen_at_hull(k) + (index - index_[k]) * flatter; };
  const double tolerance =
      kSame * (std::abs(bulged) + std::abs(bulged_[low]) + 1.0) / (index - index_[low]);
  std::size_t best = low;
  double best_seen = seen(low);
  for (std::size_t k = low; k > 0; --k) {
    const double at_hull = seen_at_hull(k - 1);
    if (at_hull + index * flatter < best_seen - tolerance) break;
    const double here = at_hull + (index - index_[k - 1]) * flatter;
    if (here > best_seen) {
      best_seen = here;
      best = k - 1;
    }
  }
  Found found{best, best, true};
  while (found.first > 0 && seen(found.first - 1) >= best_seen - tolerance) --found.first;
  while (found.last + 1 < size_ && seen(found.last + 1) >= best_seen - tolerance) ++found.last;
  return found;
}

}  // namespace yonder::propagation::itm
