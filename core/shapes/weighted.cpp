#include "core/shapes/weighted.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"

namespace yonder::shapes {

void WeightedValues::add(double value, double weight) {
  YONDER_EXPECTS(weight >= 0.0);
  weight_ += weight;
  if (std::isnan(value)) return;
  known_weight_ += weight;
  sum_ += value * weight;
  values_.emplace_back(value, weight);
}

std::optional<double> WeightedValues::mean() const {
  if (!(known_weight_ > 0.0)) return std::nullopt;
  return sum_ / known_weight_;
}

std::optional<double> WeightedValues::percentile(double share) const {
  if (!(known_weight_ > 0.0)) return std::nullopt;
  std::vector<std::pair<double, double>> sorted = values_;
  std::ranges::sort(sorted);
  double below = weight_ - known_weight_;
  const double wanted = share * weight_ * (1.0 - 1e-12);  // against rounding of the sums
  if (below > 0.0 && below >= wanted) return std::nullopt;
  for (const auto& [value, weight] : sorted) {
    below += weight;
    if (weight > 0.0 && below >= wanted) return value;
  }
  return sorted.back().first;
}

double WeightedValues::share_at_least(double threshold) const {
  if (!(weight_ > 0.0)) return 0.0;
  double above = 0.0;
  for (const auto& [value, weight] : values_) {
    if (value >= threshold) above += weight;
  }
  return above / weight_;
}

}  // namespace yonder::shapes
