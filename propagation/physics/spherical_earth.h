#pragma once

#include "core/path_loss_model.h"
#include "core/units.h"
#include "propagation/physics/lane_math.h"

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

/// Height gain G(Y) of an antenna, dB, with B = beta Y; `floor_db` is 2 + 20 log K (P.1812-8 eq.
/// (35)).
YONDER_LANE double spherical_earth_height_gain_db(double b, double floor_db) {
  const bool high = b > 2.0;
  const double log_db = lane::log10(high ? b - 1.1 : b + 0.1 * b * b * b);
  const double gain_db =
      high ? 17.6 * std::sqrt(lane::max(b - 1.1, 0.0)) - 5.0 * log_db - 8.0 : 20.0 * log_db;
  return lane::max(gain_db, floor_db);
}

/// First term of the residue series, dB relative to free space; may be negative close by (P.1812-8
/// eqs. (30)-(36), P.526-15 section 3). Cube roots are arguments because callers know them.
YONDER_LANE double spherical_earth_first_term_db(double distance_km, double h1_m, double h2_m,
                                                 double cbrt_radius_km, double cbrt_frequency_ghz,
                                                 double admittance) {
  const double k = admittance / (cbrt_radius_km * cbrt_frequency_ghz);
  const double k2 = k * k;
  const double beta =  // eq. (30)
      (1.0 + 1.6 * k2 + 0.67 * k2 * k2) / (1.0 + 4.5 * k2 + 1.53 * k2 * k2);
  const double x =  // eq. (31)
      21.88 * beta * cbrt_frequency_ghz / (cbrt_radius_km * cbrt_radius_km) * distance_km;
  const double y_per_m =  // eq. (32)
      0.9575 * beta * cbrt_frequency_ghz * cbrt_frequency_ghz / cbrt_radius_km;
  const double ln_x = ::log(x);
  constexpr double kTenLog = 10.0 * lane::kLog10E;
  const double near_db = -2.0 * kTenLog * ln_x - 5.6488 * ::exp(1.425 * ln_x);  // eq. (33)
  const double far_db = 11.0 + kTenLog * ln_x - 17.6 * x;
  const double distance_term_db = x >= 1.6 ? far_db : near_db;
  const double floor_db = 2.0 + 20.0 * lane::log10(k);
  return -distance_term_db - spherical_earth_height_gain_db(beta * y_per_m * h1_m, floor_db) -
         spherical_earth_height_gain_db(beta * y_per_m * h2_m, floor_db);  // eq. (36)
}

/// Where in its cases the spherical-earth method ended.
enum class SphericalEarthRegime { beyond_horizon, clear, interpolated };

struct SphericalEarthLoss {
  double loss_db = 0.0;
  SphericalEarthRegime regime = SphericalEarthRegime::clear;
};

/// Distance of marginal line of sight over a smooth earth, km (P.1812-8 eq. (22), P.526-15 eq.
/// (21)).
YONDER_LANE double marginal_sight_distance_km(double radius_km, double h1_m, double h2_m) {
  return std::sqrt(2.0 * radius_km) * (std::sqrt(0.001 * h1_m) + std::sqrt(0.001 * h2_m));
}

/// Clearance over a smooth earth within sight.
struct SmoothClearance {
  double clearance_m;  ///< h_se, P.1812-8 eq. (23)
  double required_m;   ///< h_req for no loss, eq. (25)
};

YONDER_LANE SmoothClearance smooth_clearance(double distance_km, double h1_m, double h2_m,
                                             double radius_km, double wavelength_m) {
  const double sum_m = h1_m + h2_m;
  const double c = (h1_m - h2_m) / sum_m;                                    // eq. (24d)
  const double m = 250.0 * distance_km * distance_km / (radius_km * sum_m);  // eq. (24e)
  // |argument| <= 1 with equality at m = 1/2, |c| = 1: rounding must not carry it outside.
  const double argument =
      lane::clamp(1.5 * c * std::sqrt(3.0 * m / ((m + 1.0) * (m + 1.0) * (m + 1.0))), -1.0, 1.0);
  const double b =  // eq. (24c)
      2.0 * std::sqrt((m + 1.0) / (3.0 * m)) * ::cos(kPi / 3.0 + ::acos(argument) / 3.0);
  const double d1 = 0.5 * distance_km * (1.0 + b);  // eq. (24a)
  const double d2 = distance_km - d1;               // eq. (24b)
  const double clearance_m =                        // eq. (23)
      ((h1_m - 500.0 * d1 * d1 / radius_km) * d2 + (h2_m - 500.0 * d2 * d2 / radius_km) * d1) /
      distance_km;
  const double required_m =  // eq. (25)
      17.456 * std::sqrt(lane::max(d1 * d2, 0.0) * wavelength_m / distance_km);
  return {clearance_m, required_m};
}

/// Diffraction loss over a smooth earth at any distance > 0 and heights > 0 (P.1812-8 eqs.
/// (22)-(27), P.526-15 section 3.2.1). `first_term(cbrt_radius_km)` gives the first-term loss in dB
/// for an effective radius; it must be a lane function.
template <typename FirstTerm>
YONDER_LANE SphericalEarthLoss spherical_earth_loss(double distance_km, double h1_m, double h2_m,
                                                    double radius_km, double cbrt_radius_km,
                                                    double wavelength_m, FirstTerm first_term) {
  const bool beyond = distance_km >= marginal_sight_distance_km(radius_km, h1_m, h2_m);
  const SmoothClearance path = smooth_clearance(distance_km, h1_m, h2_m, radius_km, wavelength_m);
  const bool clear = path.clearance_m > path.required_m;
  // Within sight, the radius that would put the horizon at this very distance, eq. (26).
  const double ratio = distance_km / (std::sqrt(h1_m) + std::sqrt(h2_m));
  const double within_cbrt = ::exp(::log(500.0 * ratio * ratio) * (1.0 / 3.0));
  const double term_db = first_term(beyond ? cbrt_radius_km : within_cbrt);
  const double within_db =  // eq. (27)
      (1.0 - path.clearance_m / path.required_m) * lane::max(term_db, 0.0);
  return {beyond ? term_db : (clear ? 0.0 : within_db),
          beyond  ? SphericalEarthRegime::beyond_horizon
          : clear ? SphericalEarthRegime::clear
                  : SphericalEarthRegime::interpolated};
}

}  // namespace yonder::propagation
