#include "propagation/physics/sea_reflection.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"

namespace yonder::propagation::sea {

ReflectionPoint reflection_point(double distance_m, double tx_height_m, double rx_height_m,
                                 double earth_radius_m) {
  const double sum = tx_height_m + rx_height_m;
  const double c = (tx_height_m - rx_height_m) / sum;                       // P.1812-8 eq. (24d)
  const double m = distance_m * distance_m / (4.0 * earth_radius_m * sum);  // eq. (24e)
  const double cosine = 1.5 * c * std::sqrt(3.0 * m / ((m + 1.0) * (m + 1.0) * (m + 1.0)));
  const double b =
      2.0 * std::sqrt((m + 1.0) / (3.0 * m)) *
      std::cos(kPi / 3.0 + std::acos(std::clamp(cosine, -1.0, 1.0)) / 3.0);  // eq. (24c)
  ReflectionPoint point;
  point.d1_m = distance_m * (1.0 + b) / 2.0;  // eq. (24a)
  point.d2_m = distance_m - point.d1_m;
  point.tx_above_tangent_m = tx_height_m - point.d1_m * point.d1_m / (2.0 * earth_radius_m);
  point.rx_above_tangent_m = rx_height_m - point.d2_m * point.d2_m / (2.0 * earth_radius_m);
  const double rise = point.tx_above_tangent_m + point.rx_above_tangent_m;
  const double drop = point.tx_above_tangent_m - point.rx_above_tangent_m;
  point.grazing_rad = std::atan2(rise, distance_m);
  point.reflected_path_m = std::hypot(distance_m, rise);
  point.direct_path_m = std::hypot(distance_m, drop);
  // The difference of the two lengths, without cancellation.
  point.excess_path_m = 4.0 * point.tx_above_tangent_m * point.rx_above_tangent_m /
                        (point.reflected_path_m + point.direct_path_m);
  point.divergence =
      rise > 0.0 ? 1.0 / std::sqrt(1.0 + 2.0 * point.d1_m * point.d2_m / (earth_radius_m * rise))
                 : 0.0;
  point.clearance_m =
      (point.tx_above_tangent_m * point.d2_m + point.rx_above_tangent_m * point.d1_m) /
      distance_m;  // eq. (23)
  return point;
}

std::complex<double> reflection_coefficient(double frequency_hz, double grazing_rad,
                                            Polarization polarization, double relative_permittivity,
                                            double conductivity_s_per_m) {
  constexpr double kVacuumPermittivity = 8.8541878128e-12;
  const std::complex<double> permittivity(
      relative_permittivity,
      -conductivity_s_per_m / (2.0 * kPi * frequency_hz * kVacuumPermittivity));
  const double sine = std::sin(grazing_rad);
  const std::complex<double> root = std::sqrt(permittivity - (1.0 - sine * sine));
  const std::complex<double> leading =
      polarization == Polarization::vertical ? permittivity * sine : std::complex<double>(sine);
  return (leading - root) / (leading + root);
}

double roughness_factor(double surface_sigma_m, double grazing_rad, double wavelength_m) {
  const double g = 2.0 * kPi * surface_sigma_m * std::sin(grazing_rad) / wavelength_m;
  return std::exp(-2.0 * g * g);
}

double fresnel_radius_m(double wavelength_m, double d1_m, double d2_m) {
  return std::sqrt(wavelength_m * d1_m * d2_m / (d1_m + d2_m));
}

}  // namespace yonder::propagation::sea
