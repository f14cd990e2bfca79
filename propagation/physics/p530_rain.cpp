#include "propagation/physics/p530_rain.h"

#include <cmath>

#include "propagation/physics/itu_p838.h"

namespace yonder::propagation::p530_rain {

double path_reduction_factor(double frequency_ghz, double path_km, double rain_rate_001_mm_per_h,
                             double alpha) {
  constexpr double kSmallestInverse = 0.4;  // r is at most 2.5
  const double inverse = 0.477 * std::pow(path_km, 0.633) *
                             std::pow(rain_rate_001_mm_per_h, 0.073 * alpha) *
                             std::pow(frequency_ghz, 0.123) -
                         10.579 * (1.0 - std::exp(-0.024 * path_km));  // eq. (32)
  return inverse < kSmallestInverse ? 1.0 / kSmallestInverse : 1.0 / inverse;
}

double attenuation_db(const Rain& rain, double percent) {
  const itu_p838::RainCoefficients coefficients = itu_p838::rain_coefficients(
      rain.frequency_ghz, rain.path_elevation_deg, rain.polarization_tilt_deg);
  const double gamma_r = coefficients.specific_attenuation_db_per_km(rain.rain_rate_001_mm_per_h);
  const double r = path_reduction_factor(rain.frequency_ghz, rain.path_km,
                                         rain.rain_rate_001_mm_per_h, coefficients.alpha);
  const double a_001 = gamma_r * rain.path_km * r;  // eq. (33)
  // The printed C_0 can be read as (log f)^0.8 too; implementations agree on log(f^0.8).
  const double c0 =
      rain.frequency_ghz >= 10.0 ? 0.12 + 0.4 * 0.8 * std::log10(rain.frequency_ghz / 10.0) : 0.12;
  const double c1 = std::pow(0.07, c0) * std::pow(0.12, 1.0 - c0);          // eq. (35a)
  const double c2 = 0.855 * c0 + 0.546 * (1.0 - c0);                        // eq. (35b)
  const double c3 = 0.139 * c0 + 0.043 * (1.0 - c0);                        // eq. (35c)
  return a_001 * c1 * std::pow(percent, -(c2 + c3 * std::log10(percent)));  // eq. (34)
}

}  // namespace yonder::propagation::p530_rain
