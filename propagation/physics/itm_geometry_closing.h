#pragma once

#include <algorithm>

#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_line_fit.h"

/// What follows in qlrpfl once the horizons of a profile are known; the same for one path and for a
/// radial, which answer the questions about the ground differently.
namespace yonder::propagation::itm {

/// Effective heights and horizons of antennas well within sight of each other: heights above one
/// plane, horizons by their statistics, since the profile does not reach them. `first_ground_m` and
/// `last_ground_m` under the antennas.
void use_common_plane(const Line& plane, double first_ground_m, double last_ground_m,
                      double earth_radius_m, Geometry& g);

/// Fills delta_h_m and effective_height_m of `g`, whose other members are known, and in line of
/// sight the horizons by their statistics. `fit(from, to)`: the Line between two positions in
/// steps; `delta_h(from_m, to_m)`: the terrain irregularity between two distances.
template <typename Fit, typename DeltaH>
void close_geometry(Geometry& g, double first_ground_m, double last_ground_m, double step_m,
                    double earth_radius_m, const Fit& fit, const DeltaH& delta_h) {
  // Terrain right below an antenna says nothing about the path: skip 15 antenna heights or a tenth
  // of the horizon.
  const double from_m = std::min(15.0 * g.height_m[0], 0.1 * g.horizon_distance_m[0]);
  const double to_m = g.distance_m - std::min(15.0 * g.height_m[1], 0.1 * g.horizon_distance_m[1]);
  g.delta_h_m = delta_h(from_m, to_m);

  const double from = from_m / step_m;
  const double to = to_m / step_m;
  if (g.horizons_m() > 1.5 * g.distance_m) {
    use_common_plane(fit(from, to), first_ground_m, last_ground_m, earth_radius_m, g);
  } else {
    // Each antenna above the terrain between it and its horizon.
    const Line at_tx = fit(from, 0.9 * g.horizon_distance_m[0] / step_m);
    const Line at_rx = fit((g.distance_m - 0.9 * g.horizon_distance_m[1]) / step_m, to);
    g.effective_height_m = {g.height_m[0] + std::max(first_ground_m - at_tx.at_first, 0.0),
                            g.height_m[1] + std::max(last_ground_m - at_rx.at_last, 0.0)};
  }
}

}  // namespace yonder::propagation::itm
