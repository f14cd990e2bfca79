#pragma once

#include <array>
#include <cstddef>

#include "core/contracts.h"
#include "core/radial_sweep.h"

namespace yonder::propagation {

/// The few samples of a radial that decide a receiver's result. Where a model only takes maxima
/// over a profile, its own code run over these points gives the same as over all: points too many
/// do no harm.
class KeyPoints {
 public:
  void add(std::size_t sample) {
    std::size_t at = size_;
    while (at > 0 && points_[at - 1] > sample) --at;
    if (at > 0 && points_[at - 1] == sample) return;
    YONDER_EXPECTS(size_ < points_.size());
    for (std::size_t i = size_; i > at; --i) points_[i] = points_[i - 1];
    points_[at] = sample;
    ++size_;
  }

  /// The receiver's path with only these points between the terminals. `profile` is filled and must
  /// outlive the input.
  PathLossInput input(const RadialInput& radial, std::size_t receiver, const SweepTarget& target,
                      PathProfile& profile) const;

 private:
  std::array<std::size_t, 16> points_{0};  // the transmitter's foot always
  std::size_t size_ = 1;
};

}  // namespace yonder::propagation
