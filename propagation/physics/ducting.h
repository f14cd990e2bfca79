#pragma once

#include "propagation/physics/lane_math.h"

/// Ducting and layer reflection: the parts that P.452, P.1812 and P.2001 share. km, mrad, GHz, m as
/// in the Recommendations.
namespace yonder::propagation::ducting {

using lane::exp10;

/// Inland factor tau (P.1812-8 eq. (3), P.2001-4 eq. (D.2.1)).
YONDER_LANE double inland_factor(double longest_inland_km) {
  // The power of 0 is made from a number so small that exp() gives 0.
  const double power = ::exp(2.41 * ::log(lane::max(longest_inland_km, 1e-300)));
  return 1.0 - ::exp(-4.12e-4 * power);
}

/// log10 of the time percentage of anomalous propagation at the path's centre, beta_0 (P.1812-8
/// eqs. (2), (4), (5), P.2001-4 eqs. (D.2.2)-(D.2.4)).
YONDER_LANE double log_anomalous_time_percent(double latitude_deg, double longest_land_km,
                                              double tau) {
  const double latitude = std::abs(latitude_deg);
  const double log_mu1 =
      lane::min(0.0, 0.2 * lane::log10(exp10(-longest_land_km / (16.0 - 6.6 * tau)) +
                                       exp10(-5.0 * (0.496 + 0.354 * tau))));
  const double polar = 0.62013605497375738 + 1.3 * log_mu1;  // log10(4.17) + ...
  const double other = -0.015 * latitude + 1.67 + log_mu1 * (1.0 - 0.935 + 0.0176 * latitude);
  return latitude <= 70.0 ? other : polar;
}

/// Loss of an antenna's site towards a duct (P.1812-8 eq. (48), P.2001-4 eqs. (D.3.1)-(D.3.4)).
/// `per_mrad_db` is 0.264 cbrt(f).
YONDER_LANE double site_shielding_db(double horizon_mrad, double horizon_km, double frequency_ghz,
                                     double per_mrad_db) {
  const double excess_mrad = lane::max(horizon_mrad - 0.1 * horizon_km, 0.0);
  return 20.0 * lane::log10(1.0 + 0.361 * excess_mrad * std::sqrt(frequency_ghz * horizon_km)) +
         per_mrad_db * excess_mrad;
}

/// Coupling into a duct over the sea, not above 0 (P.1812-8 eq. (49), P.2001-4 eqs. (D.4.2),
/// (D.4.3)).
YONDER_LANE double sea_coupling_db(double coast_km, double horizon_km, double sea_fraction,
                                   double antenna_amsl_m) {
  const double coupling_db =
      -3.0 * ::exp(-0.25 * coast_km * coast_km) * (1.0 + ::tanh(0.07 * (50.0 - antenna_amsl_m)));
  const bool none = (sea_fraction < 0.75) | (coast_km > horizon_km) | (coast_km > 5.0);
  return none ? 0.0 : coupling_db;
}

/// Growth of loss with wavelength in ducts below 0.5 GHz (P.1812-8 eq. (47a); times the sea
/// fraction in P.2001-4 eq. (D.5.2)).
inline double low_frequency_loss_db(double frequency_ghz) {
  if (frequency_ghz >= 0.5) return 0.0;
  return 45.375 - 137.0 * frequency_ghz + 92.5 * frequency_ghz * frequency_ghz;
}

/// What of a path's shape decides how often a duct serves it.
struct Shape {
  double distance_km = 0.0;
  double tx_horizon_km = 0.0;
  double rx_horizon_km = 0.0;
  double tx_height_m = 0.0;  ///< effective, over the smooth surface
  double rx_height_m = 0.0;
  double roughness_m = 0.0;  ///< h_m
  double median_radius_km = 0.0;
};

/// log10 of beta, the time percentage corrected for the path's geometry and roughness (P.1812-8
/// eqs. (54)-(56), P.2001-4 eqs. (D.7.1)-(D.7.5)).
YONDER_LANE double log_time_percent(const Shape& path, double log_beta0, double tau) {
  const double d = path.distance_km;
  const double ln_d = ::log(d);
  const double alpha = lane::max(-3.4, -0.6 - 3.5e-9 * ::exp(3.1 * ln_d) * tau);
  const double root_sum = std::sqrt(path.tx_height_m) + std::sqrt(path.rx_height_m);
  const double ln_mu2 =
      lane::min(0.0, alpha * ::log(500.0 / path.median_radius_km * d * d / (root_sum * root_sum)));
  const double between_km = d - path.tx_horizon_km - path.rx_horizon_km;
  const double ln_mu3 = -4.6e-5 * lane::max(path.roughness_m - 10.0, 0.0) *
                        (43.0 + 6.0 * lane::min(between_km, 40.0));
  return log_beta0 + (ln_mu2 + ln_mu3) * lane::kLog10E;
}

/// Loss that falls with the time percentage, from the logarithms of beta and p (P.1812-8 eq. (53),
/// P.2001-4 eqs. (D.7.6), (D.7.7) without the latter's last term).
YONDER_LANE double time_loss_db(double log_beta, double log_time, double distance_km) {
  const double d = distance_km;
  const double gamma = 1.076 * ::exp(-1.012 * ::log(2.0058 - log_beta) -
                                     (9.51 - 4.8 * log_beta + 0.198 * log_beta * log_beta) * 1e-6 *
                                         ::exp(1.13 * ::log(d)));
  const double log_ratio = log_time - log_beta;
  return -12.0 + (1.2 + 3.7e-3 * d) * log_ratio + 12.0 * exp10(log_ratio * gamma);
}

}  // namespace yonder::propagation::ducting
