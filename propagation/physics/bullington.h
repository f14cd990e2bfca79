#pragma once

#include <cstddef>
#include <span>

#include "propagation/physics/lane_math.h"

/// Bullington's construction: the whole path is one equivalent knife edge.
///
/// Its geometry is kept apart from frequency: a path has an *obstruction* q in sqrt(m), q = H
/// sqrt(D / (x (D - x))) with H the height in m of the decisive point over the line between the
/// antennas, and nu = q sqrt(2 / lambda). Lengths here are metres, slopes are rise over run, earth
/// curvature is c = 1 / (2 a) in 1/m for an effective radius a.
namespace yonder::propagation {

/// Obstruction of a path whose tangent slopes are known, beyond the horizon (P.1812-8 eqs.
/// (18)-(20), P.526-15 section 4.5.1). `tx_slope` is the highest slope from the transmitter to a
/// profile point, `rx_slope` from the receiver; both over the curved earth as seen from the chord,
/// i.e. with the bulge x (D - x) c added to heights. The Bullington point lies between the first
/// and the last interior point; rounding is kept from moving it out.
double transhorizon_obstruction(double distance_m, double tx_amsl_m, double rx_amsl_m,
                                double tx_slope, double rx_slope, double first_m, double last_m);

/// Obstruction of a smooth curved earth under antennas at h1 and h2 > 0 above it, looked at only at
/// the interior points of `distance_m` (as P.1812-8 section 4.3.4 prescribes: all profile heights
/// zero). O(log n).
double smooth_earth_obstruction(std::span<const double> distance_m, double h1_m, double h2_m,
                                double curvature_per_m);

/// The same with the distances of the interior points alone (one at least).
double smooth_earth_obstruction(std::span<const double> interior_m, double length_m, double h1_m,
                                double h2_m, double curvature_per_m);

/// Bullington loss, dB, from the knife-edge loss of the equivalent edge (P.1812-8 eq. (21),
/// P.526-15 section 4.5.1).
YONDER_LANE double bullington_loss_db(double knife_edge_db, double distance_km) {
  return knife_edge_db + (1.0 - lane::exp(-knife_edge_db / 6.0)) * (10.0 + 0.02 * distance_km);
}

}  // namespace yonder::propagation
