#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/grid.h"

namespace yonder {

/// One cell's signal at a pixel.
struct ServerSignal {
  float rsrp_dbm = std::numeric_limits<float>::quiet_NaN();
  std::uint16_t cell = 0;  ///< 1 + index in the whole plan; 0: none
};

/// At each pixel of a window the strongest cells, and the power of all others as a sum: what
/// interference, overlap and failure of a cell are judged from. Its size depends on pixels and
/// depth alone, not on the number of cells.
///
/// The content does not depend on the order in which cells are added, nor on threads: of equal
/// signals the lower cell number ranks first, and the rest is summed in whole units of 2^-56 mW
/// (-168.6 dBm), which is exact in any order. Threads may add to different pixels at once.
class ServerStack {
 public:
  /// Keeps nothing.
  ServerStack() = default;
  /// Precondition: depth >= 1.
  ServerStack(PixelWindow window, int depth);

  int depth() const { return depth_; }
  const PixelWindow& window() const { return window_; }

  /// Adds a cell's signal at the pixel with that index in the window. Preconditions: depth() > 0;
  /// the signal has a cell and is no NaN; no cell is added twice at a pixel.
  void add(std::size_t pixel, ServerSignal signal);

  /// The strongest cells at a pixel, strongest first: at most depth() of them.
  std::span<const ServerSignal> at(std::size_t pixel) const;

  /// Power per resource element of all cells that at() does not hold, in mW. A cell below -171 dBm
  /// counts as none; the sum ends at 24 dBm, which no receiver meets.
  double rest_mw(std::size_t pixel) const;

  /// Memory that a stack takes for each pixel.
  static constexpr std::size_t bytes_per_pixel(int depth) {
    return static_cast<std::size_t>(depth) * sizeof(ServerSignal) + sizeof(std::uint64_t);
  }

 private:
  PixelWindow window_;
  int depth_ = 0;
  std::vector<ServerSignal> servers_;  ///< `depth_` a pixel; none (cell 0) at the end
  std::vector<std::uint64_t> rest_;    ///< in units of 2^-56 mW
};

}  // namespace yonder
