#include "propagation/physics/spherical_earth.h"

#include <algorithm>

#include "core/units.h"

namespace yonder::propagation {

double surface_admittance(const GroundConstants& ground, double frequency_ghz,
                          Polarization polarization) {
  const double e = ground.relative_permittivity;
  const double s = 18.0 * ground.conductivity_s_per_m / frequency_ghz;
  const double horizontal = 0.036 / std::sqrt(std::sqrt((e - 1.0) * (e - 1.0) + s * s));  // (29a)
  if (polarization == Polarization::horizontal) return horizontal;
  return horizontal * std::sqrt(e * e + s * s);  // (29b)
}

namespace {

/// Height gain G(Y) of an antenna, dB, with B = beta Y; `floor_db` is 2 + 20 log K (P.1812-8 eq.
/// (35)).
double height_gain_db(double b, double floor_db) {
  const double gain_db = b > 2.0 ? 17.6 * std::sqrt(b - 1.1) - 5.0 * std::log10(b - 1.1) - 8.0
                                 : 20.0 * std::log10(b + 0.1 * b * b * b);
  return std::max(gain_db, floor_db);
}

}  // namespace

double spherical_earth_first_term_db(double distance_km, double h1_m, double h2_m,
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
  const double ln_x = std::log(x);
  constexpr double kTenLog = 4.342944819032518;  // 10 / ln 10
  const double distance_term_db =                // eq. (33)
      x >= 1.6 ? 11.0 + kTenLog * ln_x - 17.6 * x
               : -2.0 * kTenLog * ln_x - 5.6488 * std::exp(1.425 * ln_x);
  const double floor_db = 2.0 + 20.0 * std::log10(k);
  return -distance_term_db - height_gain_db(beta * y_per_m * h1_m, floor_db) -
         height_gain_db(beta * y_per_m * h2_m, floor_db);  // eq. (36)
}

SmoothClearance smooth_clearance(double distance_km, double h1_m, double h2_m, double radius_km,
                                 double wavelength_m) {
  const double sum_m = h1_m + h2_m;
  const double c = (h1_m - h2_m) / sum_m;                                    // eq. (24d)
  const double m = 250.0 * distance_km * distance_km / (radius_km * sum_m);  // eq. (24e)
  // |argument| <= 1 with equality at m = 1/2, |c| = 1: rounding must not carry it outside.
  const double argument =
      std::clamp(1.5 * c * std::sqrt(3.0 * m / ((m + 1.0) * (m + 1.0) * (m + 1.0))), -1.0, 1.0);
  const double b =  // eq. (24c)
      2.0 * std::sqrt((m + 1.0) / (3.0 * m)) * std::cos(kPi / 3.0 + std::acos(argument) / 3.0);
  const double d1 = 0.5 * distance_km * (1.0 + b);  // eq. (24a)
  const double d2 = distance_km - d1;               // eq. (24b)
  const double clearance_m =                        // eq. (23)
      ((h1_m - 500.0 * d1 * d1 / radius_km) * d2 + (h2_m - 500.0 * d2 * d2 / radius_km) * d1) /
      distance_km;
  const double required_m =  // eq. (25)
      17.456 * std::sqrt(std::max(0.0, d1 * d2) * wavelength_m / distance_km);
  return {clearance_m, required_m};
}

}  // namespace yonder::propagation
