#pragma once

#include <cmath>
#include <utility>

#include "core/path_loss_model.h"

/// Diffraction over a smooth spherical earth (P.526-15 section 3.1-3.2, P.1812-8
/// sections 4.3.2-4.3.3). The Recommendation's own units: km for distances and earth radii, m for
/// heights, GHz.
namespace yonder::propagation {

/// Electrical constants of the ground.
struct GroundConstants {
  double relative_permittivity = 22.0;
  double conductivity_s_per_m = 0.003;
};
inline constexpr GroundConstants kLandGround{22.0, 0.003};  ///< P.1812-8 section 4.3.3
inline constexpr GroundConstants kSeaGround{80.0, 5.0};     ///< P.1812-8 section 4.3.3

/// Surface admittance times the cube root of radius and frequency: K = `admittance` / cbrt(a f)
/// (P.1812-8 eqs. (29a), (29b); P.526-15 section 3.1.1).
double surface_admittance(const GroundConstants& ground, double frequency_ghz,
                          Polarization polarization);

/// First term of the residue series, dB relative to free space; may be negative close by (P.1812-8
/// eqs. (30)-(36), P.526-15 section 3). Cube roots are arguments because callers know them.
double spherical_earth_first_term_db(double distance_km, double h1_m, double h2_m,
                                     double cbrt_radius_km, double cbrt_frequency_ghz,
                                     double admittance);

/// Where in its cases the spherical-earth method ended.
enum class SphericalEarthRegime { beyond_horizon, clear, interpolated };

struct SphericalEarthLoss {
  double loss_db = 0.0;
  SphericalEarthRegime regime = SphericalEarthRegime::clear;
};

/// Distance of marginal line of sight over a smooth earth, km (P.1812-8 eq. (22), P.526-15 eq.
/// (21)).
inline double marginal_sight_distance_km(double radius_km, double h1_m, double h2_m) {
  return std::sqrt(2.0 * radius_km) * (std::sqrt(0.001 * h1_m) + std::sqrt(0.001 * h2_m));
}

/// Clearance over a smooth earth within sight.
struct SmoothClearance {
  double clearance_m;  ///< h_se, P.1812-8 eq. (23)
  double required_m;   ///< h_req for no loss, eq. (25)
};
SmoothClearance smooth_clearance(double distance_km, double h1_m, double h2_m, double radius_km,
                                 double wavelength_m);

/// Diffraction loss over a smooth earth at any distance > 0 and heights > 0 (P.1812-8 eqs.
/// (22)-(27), P.526-15 section 3.2.1). `first_term(cbrt_radius_km)` gives the first-term loss in dB
/// for an effective radius.
template <typename FirstTerm>
SphericalEarthLoss spherical_earth_loss(double distance_km, double h1_m, double h2_m,
                                        double radius_km, double cbrt_radius_km,
                                        double wavelength_m, FirstTerm&& first_term) {
  if (distance_km >= marginal_sight_distance_km(radius_km, h1_m, h2_m)) {
    return {first_term(cbrt_radius_km), SphericalEarthRegime::beyond_horizon};
  }
  const SmoothClearance path = smooth_clearance(distance_km, h1_m, h2_m, radius_km, wavelength_m);
  if (path.clearance_m > path.required_m) return {0.0, SphericalEarthRegime::clear};
  // The radius that would put the horizon at this very distance, eq. (26).
  const double ratio = distance_km / (std::sqrt(h1_m) + std::sqrt(h2_m));
  const double term_db = first_term(std::cbrt(500.0 * ratio * ratio));
  if (term_db <= 0.0) return {0.0, SphericalEarthRegime::interpolated};
  return {(1.0 - path.clearance_m / path.required_m) * term_db,  // eq. (27)
          SphericalEarthRegime::interpolated};
}

}  // namespace yonder::propagation
