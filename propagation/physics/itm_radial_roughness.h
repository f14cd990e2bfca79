#pragma once

#include <cstddef>
#include <span>

namespace yonder::propagation::itm {

/// profile_delta_h_m() for one profile after another along a radial. The number of heights it looks
/// at is bounded by the method (245), whatever the length. What is kept from one receiver to the
/// next is only where its deciles were: neighbours' lie near, so that a few counts find them
/// instead of a selection. The result does not depend on what was asked before.
class RadialRoughness {
 public:
  /// As profile_delta_h_m(). From point `level_from` on, all heights are equal.
  double delta_h_m(std::span<const double> heights_m, std::size_t level_from, double step_m,
                   double from_m, double to_m);

 private:
  double low_ = 0.0;   ///< a threshold with one tenth of the last receiver's values below
  double high_ = 0.0;  ///< ... and above
  double gap_ = 0.0;   ///< typical distance between neighbouring values there
};

}  // namespace yonder::propagation::itm
