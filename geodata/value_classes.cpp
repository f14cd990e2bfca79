#include "geodata/value_classes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace yonder::geodata {

ValueClasses::ValueClasses(std::vector<ValueClass> classes)
    : classes_(std::move(classes)), index_(classes_.size()) {
  std::iota(index_.begin(), index_.end(), 0);
  const auto at = [&](int i) -> const ValueClass& { return classes_[static_cast<std::size_t>(i)]; };
  std::ranges::stable_sort(index_, {}, [&](int i) { return at(i).from; });
  for (std::size_t i = 0; i < index_.size(); ++i) {
    const ValueClass& one = at(index_[i]);
    if (!(one.from < one.below)) throw std::invalid_argument("a class of values is empty");
    if (i > 0 && at(index_[i - 1]).below > one.from)
      throw std::invalid_argument("two classes of values overlap");
    from_.push_back(one.from);
  }
}

int ValueClasses::of(float value) const {
  const auto number = static_cast<double>(value);
  if (std::isnan(number)) return -1;
  const auto next = std::ranges::upper_bound(from_, number);
  if (next == from_.begin()) return -1;
  const int index = index_[static_cast<std::size_t>(next - from_.begin()) - 1];
  return number < classes_[static_cast<std::size_t>(index)].below ? index : -1;
}

}  // namespace yonder::geodata
