#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/contracts.h"

namespace yonder::propagation {

/// Upper convex hull of terrain points added from left to right, for questions that a receiver
/// right of them asks. Curvature is put into the heights: with h - c x^2 for c = 1 / (2 a), lines
/// of sight over an earth of effective radius a become straight, and the slope seen from a receiver
/// at distance D is that of the straight line plus 2 D c. Adding is O(1) on average; a question
/// costs O(log k) of the distance, in vertices, between its answer and the answer to the last one.
class UpperHull {
 public:
  /// Storage for as many vertices as points will be added.
  UpperHull(std::span<double> x, std::span<double> h, std::span<std::uint32_t> id)
      : x_(x.data()), h_(h.data()), id_(id.data()), capacity_(x.size()) {}

  /// Adds a point right of all others. Points on the line between two others are left out.
  void push(double x, double h, std::uint32_t id) {
    std::size_t size = size_;
    while (size > 1 && !is_below_edge(size - 1, x, h)) --size;
    YONDER_EXPECTS(size < capacity_);
    x_[size] = x;
    h_[size] = h;
    id_[size] = id;
    size_ = size + 1;
  }

  /// Id of the point with the steepest line to (x, h), x right of all points; the last one of
  /// equals. `hint` remembers the answer for the next receiver.
  std::uint32_t highest_seen_from(double x, double h, std::size_t& hint) const {
    // Point j beats j - 1 if (x, h) is not above the line through both.
    return id_[last_where(hint, [&](std::size_t j) { return !is_above_edge(j, x, h); })];
  }

  /// Id of the point highest above a line of this slope; the last one of equals.
  std::uint32_t highest_above(double slope, std::size_t& hint) const {
    return id_[last_where(
        hint, [&](std::size_t j) { return h_[j] - h_[j - 1] >= slope * (x_[j] - x_[j - 1]); })];
  }

 private:
  // Slopes are compared crosswise: divisions would take longer than all the rest.

  /// Whether (x, h), right of vertex j >= 1, lies below the line that goes through j - 1 and j; or
  /// above.
  bool is_below_edge(std::size_t j, double x, double h) const {
    return (h - h_[j]) * (x_[j] - x_[j - 1]) < (h_[j] - h_[j - 1]) * (x - x_[j]);
  }
  bool is_above_edge(std::size_t j, double x, double h) const {
    return (h - h_[j]) * (x_[j] - x_[j - 1]) > (h_[j] - h_[j - 1]) * (x - x_[j]);
  }

  /// The last vertex j for which better(j) holds, else 0; `better` is true up to some vertex and
  /// false behind it. Searched from `hint` in growing steps.
  template <typename Better>
  std::size_t last_where(std::size_t& hint, Better&& better) const {
    YONDER_EXPECTS(size_ > 0);
    std::size_t low = 0;       // holds, or is 0
    std::size_t high = size_;  // does not hold, or is the end
    std::size_t at = hint < size_ ? hint : size_ - 1;
    std::size_t step = 1;
    if (at == 0 || better(at)) {
      low = at;
      while (low + step < high) {
        if (!better(low + step)) {
          high = low + step;
          break;
        }
        low += step;
        step *= 2;
      }
    } else {
      high = at;
      while (high > step) {
        if (better(high - step)) {
          low = high - step;
          break;
        }
        high -= step;
        step *= 2;
      }
    }
    while (high - low > 1) {
      const std::size_t middle = low + (high - low) / 2;
      if (better(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    hint = low;
    return low;
  }

  double* x_;
  double* h_;
  std::uint32_t* id_;
  std::size_t capacity_;
  std::size_t size_ = 0;
};

}  // namespace yonder::propagation
