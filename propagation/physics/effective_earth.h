#pragma once

namespace yonder::propagation {

/// Earth radius of the diffraction methods of ITU-R, km (P.1812-8 eq. (7a)).
inline constexpr double kEarthRadiusKm = 6371.0;

/// Effective-radius factor exceeded for beta_0 % of time (P.1812-8 section 3.5).
inline constexpr double kBetaRadiusFactor = 3.0;

/// Median effective-radius factor k50 from the refractivity lapse rate Delta-N of the lowest
/// kilometre, N-units/km, positive and below 157 (P.1812-8 eq. (6)).
constexpr double median_radius_factor(double delta_n_per_km) {
  return 157.0 / (157.0 - delta_n_per_km);
}

/// Median effective earth radius a_e, km (P.1812-8 eq. (7a)).
constexpr double median_effective_radius_km(double delta_n_per_km) {
  return kEarthRadiusKm * median_radius_factor(delta_n_per_km);
}

}  // namespace yonder::propagation
