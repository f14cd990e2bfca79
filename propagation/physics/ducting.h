#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

/// Ducting and layer reflection: the parts that P.452, P.1812 and P.2001 share. km, mrad, GHz, m as
/// in the Recommendations.
namespace yonder::propagation::ducting {

inline double exp10(double x) { return std::exp(x * std::numbers::ln10); }

/// Inland factor tau (P.1812-8 eq. (3), P.2001-4 eq. (D.2.1)).
inline double inland_factor(double longest_inland_km) {
  if (longest_inland_km <= 0.0) return 0.0;
  return 1.0 - std::exp(-4.12e-4 * std::pow(longest_inland_km, 2.41));
}

/// Time percentage of anomalous propagation at the path's centre, beta_0 (P.1812-8 eqs. (2), (4),
/// (5), P.2001-4 eqs. (D.2.2)-(D.2.4)).
inline double anomalous_time_percent(double latitude_deg, double longest_land_km, double tau) {
  const double latitude = std::abs(latitude_deg);
  const double mu1 = std::min(1.0, std::pow(exp10(-longest_land_km / (16.0 - 6.6 * tau)) +
                                                exp10(-5.0 * (0.496 + 0.354 * tau)),
                                            0.2));
  const double log_mu1 = std::log10(mu1);
  if (latitude <= 70.0) {
    return exp10(-0.015 * latitude + 1.67 + log_mu1 * (1.0 - 0.935 + 0.0176 * latitude));
  }
  return 4.17 * exp10(1.3 * log_mu1);
}

/// Loss of an antenna's site towards a duct (P.1812-8 eq. (48), P.2001-4 eqs. (D.3.1)-(D.3.4)).
/// `per_mrad_db` is 0.264 cbrt(f).
inline double site_shielding_db(double horizon_mrad, double horizon_km, double frequency_ghz,
                                double per_mrad_db) {
  const double excess_mrad = horizon_mrad - 0.1 * horizon_km;
  if (excess_mrad <= 0.0) return 0.0;
  return 20.0 * std::log10(1.0 + 0.361 * excess_mrad * std::sqrt(frequency_ghz * horizon_km)) +
         per_mrad_db * excess_mrad;
}

/// Coupling into a duct over the sea, not above 0 (P.1812-8 eq. (49), P.2001-4 eqs. (D.4.2),
/// (D.4.3)).
inline double sea_coupling_db(double coast_km, double horizon_km, double sea_fraction,
                              double antenna_amsl_m) {
  if (sea_fraction < 0.75 || coast_km > horizon_km || coast_km > 5.0) return 0.0;
  return -3.0 * std::exp(-0.25 * coast_km * coast_km) *
         (1.0 + std::tanh(0.07 * (50.0 - antenna_amsl_m)));
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
inline double log_time_percent(const Shape& path, double beta0_percent, double tau) {
  const double d = path.distance_km;
  const double alpha = tau > 0.0 ? std::max(-3.4, -0.6 - 3.5e-9 * std::pow(d, 3.1) * tau) : -0.6;
  const double root_sum = std::sqrt(path.tx_height_m) + std::sqrt(path.rx_height_m);
  const double ln_mu2 = std::min(
      0.0, alpha * std::log(500.0 / path.median_radius_km * d * d / (root_sum * root_sum)));
  double ln_mu3 = 0.0;
  if (path.roughness_m > 10.0) {
    const double between_km = d - path.tx_horizon_km - path.rx_horizon_km;
    ln_mu3 = -4.6e-5 * (path.roughness_m - 10.0) * (43.0 + 6.0 * std::min(between_km, 40.0));
  }
  return std::log10(beta0_percent) + (ln_mu2 + ln_mu3) / std::numbers::ln10;
}

/// Loss that falls with the time percentage, from the logarithms of beta and p (P.1812-8 eq. (53),
/// P.2001-4 eqs. (D.7.6), (D.7.7) without the latter's last term).
inline double time_loss_db(double log_beta, double log_time, double distance_km) {
  const double d = distance_km;
  const double gamma =
      1.076 / std::pow(2.0058 - log_beta, 1.012) *
      std::exp(-(9.51 - 4.8 * log_beta + 0.198 * log_beta * log_beta) * 1e-6 * std::pow(d, 1.13));
  const double log_ratio = log_time - log_beta;
  return -12.0 + (1.2 + 3.7e-3 * d) * log_ratio + 12.0 * exp10(log_ratio * gamma);
}

}  // namespace yonder::propagation::ducting
