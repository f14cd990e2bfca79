#pragma once

#include <cstddef>
#include <limits>

#include "core/radial_sweep.h"
#include "propagation/physics/height_blocks.h"
#include "propagation/physics/key_points.h"
#include "propagation/physics/upper_hull.h"

namespace yonder::propagation {

/// Finds, for receivers along a radial, the samples that decide what methods of diffraction take
/// from a profile: over one surface (ground, ground with clutter, or the latter where it is land)
/// and one curvature, which may be zero or negative. docs/methods/sweep.md explains why each search
/// is exact.
class EdgeScan {
 public:
  enum class Surface { ground, obstacles, obstacles_on_land };

  /// Lends memory from `workspace`, which must not be reset while the scan lives; so must `radial`.
  EdgeScan(const RadialInput& radial, Surface surface, double curvature_per_m,
           Workspace& workspace);

  /// Adds samples until the first `sample_count` of them are known. Never goes back.
  void advance(std::size_t sample_count);

  /// The receiver's antenna.
  struct End {
    double distance_m;
    double amsl_m;
  };

  /// What a caller keeps from one receiver to the next for speed; one per receiver height.
  struct Hints {
    std::size_t seen = 0;
    std::size_t above = 0;
    std::size_t between = 1;
    std::size_t edge = 1;
    std::size_t rx_edge = 1;
    // The transmitter's side of a principal edge does not depend on the receiver.
    std::size_t tx_edge_of = 0;
    std::size_t tx_edge = 1;
  };

  struct Horizons {
    std::size_t tx;
    std::size_t rx;
  };
  /// The samples that look highest from the transmitter and from the receiver.
  Horizons add_horizons(End rx, Hints& hints, KeyPoints& points) const;

  /// The sample of first..last that stands highest over the line from (0, tx_amsl_m) of a slope.
  void add_highest_between(std::size_t first, std::size_t last, double tx_amsl_m, double slope,
                           Hints& hints, KeyPoints& points) const;

  /// Whether all samples lie under the line between the antennas, for sure or up to rounding.
  bool may_be_in_sight(End rx) const;
  /// Whether a sample stands over the line, for sure or up to rounding.
  bool may_be_obstructed(End rx) const;

  /// The sample highest over the line between the antennas; only over no curvature.
  void add_highest(End rx, Hints& hints, KeyPoints& points) const;

  /// The point that strongest_edge() of diffraction.h finds over the receiver's whole profile.
  void add_strongest(End rx, Hints& hints, KeyPoints& points) const;

  /// The principal edge and the strongest ones on either side of it.
  void add_three_edges(End rx, Hints& hints, KeyPoints& points) const;

 private:
  double height(std::size_t i) const;
  std::size_t strongest(double first_m, double first_amsl_m, End end, std::size_t from,
                        std::size_t to, std::size_t hint) const;
  double margin(End rx) const;

  const RadialInput& radial_;
  const bool clutter_;
  const bool no_sea_;
  const double curvature_;
  const double tx_amsl_m_;
  std::size_t count_ = 0;
  double tx_steepest_ = -std::numeric_limits<double>::infinity();
  std::size_t tx_horizon_ = 1;
  UpperHull hull_;
  HeightBlocks blocks_;
};

}  // namespace yonder::propagation
