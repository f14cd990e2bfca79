#pragma once

#include <cstddef>
#include <limits>

#include "core/radial_sweep.h"
#include "propagation/physics/height_blocks.h"
#include "propagation/physics/p1812_geometry.h"
#include "propagation/physics/smooth_earth.h"
#include "propagation/physics/upper_hull.h"
#include "propagation/physics/zones.h"

namespace yonder::propagation::p1812 {

/// The geometries of receivers along a radial, each equal to path_geometry() of the receiver's own
/// profile up to rounding, at a cost that grows with the logarithm of its distance at most:
/// - seen from the transmitter: running maxima;
/// - seen from the receiver, and over the straight line: upper hulls (one per curvature);
/// - least-squares line and zones: running sums;
/// - point nearest to the line of a path in sight, and roughness between the horizons: searches
///   over blocks of heights that bounds cut short.
/// docs/methods/sweep.md explains why each is exact.
class RadialScan {
 public:
  /// Lends memory from `workspace`, which must not be reset while the scan lives; so must `radial`.
  /// Without `with_beta` the geometries lack what serves beta_0 % of time only, Times::any.
  RadialScan(const RadialInput& radial, double median_radius_m, bool with_beta,
             Workspace& workspace);

  /// Adds samples until the first `sample_count` of them are known. Never goes back.
  void advance(std::size_t sample_count);

  /// What a caller keeps from one receiver to the next for speed; one per receiver height.
  struct Hints {
    std::size_t straight_slope = 0;
    std::size_t straight_height = 0;
    std::size_t median = 0;
    std::size_t cover_median = 0;
    std::size_t cover_beta = 0;
    std::size_t sight_median = 1;
    std::size_t sight_cover_median = 1;
    std::size_t sight_cover_beta = 1;
    std::size_t rough = 1;
  };

  /// Geometry of a receiver whose sample count is the one advanced to. All fields but the centre's
  /// latitude are filled.
  PathGeometry geometry(std::size_t receiver, double rx_height_agl_m, Hints& hints) const;

 private:
  struct Chord;

  std::size_t nearest_to_line(const Chord& chord, double curvature, bool cover, std::size_t hint,
                              double& obstruction) const;
  double roughness(std::size_t first, std::size_t last, double tx_amsl_m, double slope,
                   std::size_t& hint) const;
  double obstruction(const Chord& chord, double curvature, bool cover, double tx_seen,
                     const UpperHull& hull, std::size_t& hull_hint, std::size_t& sight_hint) const;
  double transhorizon(const Chord& chord, double curvature, double tx_seen, double rx_seen) const;
  double smooth_obstruction(double distance_m, double h1_m, double h2_m, double curvature) const;

  const RadialInput& radial_;
  const bool has_clutter_;
  const bool with_beta_;
  const double median_curvature_;
  const double tx_amsl_m_;
  const double samples_per_m_;
  std::size_t count_ = 0;  ///< samples known

  // Steepest slopes from the transmitter; see p1812_geometry.cpp for their definitions.
  double tx_horizon_ = -std::numeric_limits<double>::infinity();
  std::size_t tx_index_ = 0;
  double tx_straight_ = -std::numeric_limits<double>::infinity();
  double tx_median_ = -std::numeric_limits<double>::infinity();
  double tx_beta_ = -std::numeric_limits<double>::infinity();

  SmoothEarthSums sums_;
  ZoneRuns zones_;
  UpperHull straight_;      // ground
  UpperHull median_;        // ground, median radius
  UpperHull cover_median_;  // ground with clutter, median radius; unused without clutter
  UpperHull cover_beta_;    // ground with clutter, three earth radii; unused at the median
  HeightBlocks ground_;
  HeightBlocks cover_;  // unused without clutter
};

}  // namespace yonder::propagation::p1812
