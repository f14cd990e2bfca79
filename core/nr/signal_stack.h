#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/grid.h"

namespace yonder::nr {

/// One cell's signal at a pixel, between isotropic terminals outdoors.
struct CellSignal {
  float rsrp_dbm = std::numeric_limits<float>::quiet_NaN();
  /// Loss on the uplink's frequency less that on the downlink's; NaN: the uplink was not computed.
  float uplink_excess_db = 0.0F;
  std::uint16_t cell = 0;  ///< 1 + index in the whole plan; 0: none
};

/// At each pixel the strongest cells of one carrier, and the power of all others: in full, and as
/// far as their load fills it. As ServerStack (core/server_stack.h), the content depends neither on
/// the order in which cells are added nor on threads: of equal signals the lower cell number ranks
/// first, and the rest is summed in whole units of 2^-56 mW.
class SignalStack {
 public:
  /// Precondition: depth >= 1. `loads` holds each cell's load, by cell number less one.
  SignalStack(PixelWindow window, int depth, std::vector<double> loads);

  int depth() const { return depth_; }

  /// Adds a cell's signal; threads may add to different pixels at once. Preconditions: the signal
  /// has a cell of `loads` and is no NaN; no cell is added twice at a pixel.
  void add(std::size_t pixel, CellSignal signal);

  /// The strongest cells at a pixel, strongest first: at most depth() of them.
  std::span<const CellSignal> at(std::size_t pixel) const;

  /// Power per resource element, mW, of the cells that at() does not hold.
  double rest_mw(std::size_t pixel) const;
  /// The same, each cell weighted with its load.
  double loaded_rest_mw(std::size_t pixel) const;

  static constexpr std::size_t bytes_per_pixel(int depth) {
    return static_cast<std::size_t>(depth) * sizeof(CellSignal) + 2 * sizeof(std::uint64_t);
  }

 private:
  void add_to_rest(std::size_t pixel, CellSignal signal);

  int depth_ = 0;
  std::vector<double> loads_;
  std::vector<CellSignal> signals_;  ///< `depth_` a pixel; none (cell 0) at the end
  std::vector<std::uint64_t> rest_;  ///< full and loaded, in units of 2^-56 mW
};

}  // namespace yonder::nr
