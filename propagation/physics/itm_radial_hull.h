#pragma once

#include <cstddef>
#include <span>

namespace yonder::propagation::itm {

/// Which ground along a radial can be the horizon of its two ends, kept up point by point so that
/// no receiver looks at all of it. Positions are point numbers, heights any consistent datum.
/// `curvature`: the effective earth's bulge, (spacing^2 / (2 earth radius)), m per squared point
/// number; it differs a little from receiver to receiver.

/// The transmitter's horizon: the highest of the lines A_i - i c at a curvature c, where A_i is the
/// slope of ground i seen from the antenna over a flat earth. Lines come in falling slope, so their
/// upper envelope is a stack; a query is a binary search.
class TxHorizonEnvelope {
 public:
  /// Buffers of as many doubles as points will come; queries within [low, high].
  TxHorizonEnvelope(std::span<double> index, std::span<double> slope, std::span<double> wins_below,
                    double low_curvature, double high_curvature);

  void push(double index, double slope);

  /// The points on the envelope that win at a curvature, to rounding: positions first..last of
  /// index(), rising in index. Nothing when no point was pushed.
  struct Found {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  Found highest(double curvature) const;
  double index(std::size_t position) const { return index_[position]; }

 private:
  double value(std::size_t position, double curvature) const {
    return slope_[position] - index_[position] * curvature;
  }
  std::span<double> index_;
  std::span<double> slope_;
  std::span<double> wins_below_;  ///< curvature under which a line beats the one before it
  std::size_t size_ = 0;
  double low_;
  double high_;
};

/// The receiver's horizon: the tangent from the receiver, right of all points, to their upper hull
/// on a curved earth. The hull is kept at a curvature no smaller than any to be asked for: then it
/// holds the hull at each smaller one (a point above a chord on the flatter earth is so on the
/// rounder). The tangent is found there by a binary search; on a flatter earth the tangent point
/// lies farther from the receiver, and the search goes that way as long as a bound allows.
class RxHorizonHull {
 public:
  RxHorizonHull(std::span<double> index, std::span<double> height, std::span<double> bulged,
                std::span<double> slope, double curvature);

  void push(double index, double height);

  /// Drops the points that cannot matter any more when only smaller curvatures follow.
  void lower_curvature(double curvature);
  double curvature() const { return curvature_; }

  /// The hull's points that look steepest from a receiver, to rounding: positions first..last.
  struct Found {
    std::size_t first = 0;
    std::size_t last = 0;
    bool any = false;
  };
  Found steepest(double index, double height, double curvature) const;
  double index(std::size_t position) const { return index_[position]; }

 private:
  bool turns_left_of(std::size_t position, double index, double bulged) const {
    return slope_[position] * (index - index_[position]) >= bulged - bulged_[position];
  }
  std::span<double> index_;
  std::span<double> height_;
  std::span<double> bulged_;  ///< height less curvature * index^2
  std::span<double> slope_;   ///< from the point before
  std::size_t size_ = 0;
  double curvature_;
};

}  // namespace yonder::propagation::itm
