#include "propagation/physics/itu_p2108.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/knife_edge.h"
#include "propagation/physics/normal_quantile.h"

namespace yonder::propagation::itu_p2108 {
namespace {

/// Section 3.2 without its limit of distance.
double terrestrial_unlimited_db(double f, double d, double normal) {
  constexpr double kSigmaL = 4.0;
  constexpr double kSigmaS = 6.0;
  const double log_f = std::log10(f);
  const double l_l =
      -2.0 * std::log10(std::pow(10.0, -5.0 * log_f - 12.5) + std::pow(10.0, -16.5));  // eq. (4a)
  const double l_s = 32.98 + 23.9 * std::log10(d) + 3.0 * log_f;                       // eq. (5a)
  const double weight_l = std::pow(10.0, -0.2 * l_l);
  const double weight_s = std::pow(10.0, -0.2 * l_s);
  const double sum = weight_l + weight_s;
  const double sigma_cb =
      std::sqrt((kSigmaL * kSigmaL * weight_l + kSigmaS * kSigmaS * weight_s) / sum);  // eq. (3b)
  return -5.0 * std::log10(sum) + sigma_cb * normal;                                   // eq. (3a)
}

}  // namespace

double height_gain_db(double frequency_ghz, double height_agl_m, double street_width_m,
                      double clutter_height_m, ClutterType type) {
  if (height_agl_m >= clutter_height_m) return 0.0;
  if (type == ClutterType::water_sea || type == ClutterType::open_rural) {
    const double k_h2 = 21.8 + 6.2 * std::log10(frequency_ghz);  // eq. (2f)
    return -k_h2 * std::log10(height_agl_m / clutter_height_m);  // eq. (2b)
  }
  const double h_dif = clutter_height_m - height_agl_m;                     // eq. (2d)
  const double theta_clut = rad_to_deg(std::atan(h_dif / street_width_m));  // eq. (2e)
  const double k_nu = 0.342 * std::sqrt(frequency_ghz);                     // eq. (2g)
  return knife_edge_loss_db(k_nu * std::sqrt(h_dif * theta_clut)) - 6.03;   // eqs. (2a), (2c)
}

double terrestrial_statistical_db(double frequency_ghz, double distance_km,
                                  double location_percent) {
  constexpr double kSaturationKm = 2.0;
  const double normal = normal_quantile(location_percent / 100.0);
  return std::min(terrestrial_unlimited_db(frequency_ghz, distance_km, normal),
                  terrestrial_unlimited_db(frequency_ghz, kSaturationKm, normal));  // eq. (6)
}

double slant_statistical_db(double frequency_ghz, double elevation_deg, double location_percent) {
  constexpr double kA1 = 0.05;
  const double k1 = 93.0 * std::pow(frequency_ghz, 0.175);
  const double p = location_percent / 100.0;
  const double angle = kA1 * (1.0 - elevation_deg / 90.0) + deg_to_rad(elevation_deg);
  const double cotangent =
      std::max(0.0, std::cos(angle)) / std::sin(angle);  // 0, not -1e-17, at 90 degrees
  const double exponent = 0.5 * (90.0 - elevation_deg) / 90.0;
  return std::pow(-k1 * std::log1p(-p) * cotangent, exponent) - 1.0 +
         0.6 * normal_quantile(p);  // eq. (7)
}

}  // namespace yonder::propagation::itu_p2108
