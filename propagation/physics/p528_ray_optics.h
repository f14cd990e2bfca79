#pragma once

#include <array>

#include "propagation/physics/p528_geometry.h"

namespace yonder::propagation::p528 {

/// The direct and the ground-reflected ray between two terminals.
struct Rays {
  double distance_km = 0.0;                  ///< d, arc between the terminals
  double earth_radius_km = 0.0;              ///< a_a, adjusted to the grazing angle
  double direct_km = 0.0;                    ///< r_0
  double reflected_km = 0.0;                 ///< r_12
  double excess_km = 0.0;                    ///< delta r, reflected less direct
  std::array<double, 2> to_reflection_km{};  ///< D_1, D_2
  double low_elevation_rad = 0.0;            ///< theta_h1, of the direct ray at the low terminal
};

/// Rays whose reflection has grazing angle `psi`, 0 < psi <= pi/2. P.528-5 annex 2 section 7.
Rays rays_at_grazing_angle(const Terminal& low, const Terminal& high, double psi);

/// Grazing angle at which the terminals are `distance_km` apart, to 1 m, by the bisection of
/// P.528-5 annex 2.
double grazing_angle_at_distance(const Terminal& low, const Terminal& high, double distance_km);

/// Grazing angle at which the reflected ray is longer by `excess_km`, to a relative 1e-6 of twice
/// that.
double grazing_angle_at_excess(const Terminal& low, const Terminal& high, double excess_km,
                               double tolerance_km);

}  // namespace yonder::propagation::p528
