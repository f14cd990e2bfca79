#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// Classes of a raster's values, for what shows or outlines them instead of the numbers.
namespace yonder::geodata {

/// Values from `from` on and below `below`; a category is [value, value + 1).
struct ValueClass {
  double from = 0.0;
  double below = std::numeric_limits<double>::infinity();
  std::array<std::uint8_t, 4> rgba{};
};

/// Classes that do not overlap. What lies in none of them (NaN among it) is not shown.
class ValueClasses {
 public:
  ValueClasses() = default;
  /// In any order, which of() refers to. Throws std::invalid_argument when two overlap or one is
  /// empty.
  explicit ValueClasses(std::vector<ValueClass> classes);

  /// Index of the value's class, or -1.
  int of(float value) const;
  const std::vector<ValueClass>& all() const { return classes_; }
  std::size_t size() const { return classes_.size(); }

 private:
  std::vector<ValueClass> classes_;
  std::vector<double> from_;  ///< rising
  std::vector<int> index_;    ///< by `from_`
};

}  // namespace yonder::geodata
