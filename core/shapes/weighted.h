#pragma once

#include <optional>
#include <utility>
#include <vector>

/// Statistics of values that stand for stretches, areas or people of different size.
namespace yonder::shapes {

/// Weighted values; a value of NaN stands for "below every number" (no signal at all).
class WeightedValues {
 public:
  /// Precondition: weight >= 0.
  void add(double value, double weight);

  double weight() const { return weight_; }
  /// Weight of the values that are numbers.
  double known_weight() const { return known_weight_; }
  /// Of the numbers alone; nullopt when there are none.
  std::optional<double> mean() const;
  /// The least value that at least a share `share` (0 to 1) of the whole weight does not exceed: of
  /// all values, so that nullopt where places without any take that share. nullopt when empty.
  std::optional<double> percentile(double share) const;
  /// Share of the whole weight with values at or above a threshold; 0 when empty.
  double share_at_least(double threshold) const;

 private:
  std::vector<std::pair<double, double>> values_;  ///< numbers with their weights
  double weight_ = 0.0;
  double known_weight_ = 0.0;
  double sum_ = 0.0;
};

}  // namespace yonder::shapes
