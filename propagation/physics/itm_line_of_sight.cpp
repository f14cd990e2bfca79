#include "propagation/physics/itm_line_of_sight.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "propagation/physics/itm_diffraction.h"
#include "propagation/physics/itm_roughness.h"

namespace yonder::propagation::itm {

double two_ray_db(double distance_m, const Geometry& g, const Medium& medium, double frequency_mhz,
                  double smooth_horizons_m, const AttenuationLine& diffraction) {
  constexpr double kQuarterTurn = std::numbers::pi / 2.0;
  const double k = wave_number_per_m(frequency_mhz);
  const Pair& he = g.effective_height_m;
  const double sum_m = he[0] + he[1];
  const double sin_psi = sum_m / std::sqrt(distance_m * distance_m + sum_m * sum_m);  // (4.46)

  // Reflection by rough ground, eqs. (4.47), (4.48): not less than what scatters from it.
  const double sigma_h_m = reflecting_plane_deviation_m(roughness_over(distance_m, g.delta_h_m));
  const std::complex<double>& z = medium.ground_impedance;
  std::complex<double> reflection =
      (sin_psi - z) / (sin_psi + z) * std::exp(-std::min(10.0, k * sigma_h_m * sin_psi));
  const double power = std::norm(reflection);
  if (power < 0.25 || power < sin_psi) reflection *= std::sqrt(sin_psi / power);

  // Phase between the rays, eq. (4.49); beyond a quarter turn bent so that it stays under half a
  // turn, eq. (4.50).
  double phase = 2.0 * k * he[0] * he[1] / distance_m;
  if (phase > kQuarterTurn) phase = std::numbers::pi - kQuarterTurn * kQuarterTurn / phase;
  const double rays_db = -10.0 * std::log10(std::norm(std::polar(1.0, -phase) + reflection));

  const double weight =
      1.0 / (1.0 + frequency_mhz * g.delta_h_m / std::max(10e3, smooth_horizons_m));
  return weight * rays_db + (1.0 - weight) * diffraction.at(distance_m);
}

double line_of_sight_db(const Geometry& g, const Medium& medium, double frequency_mhz,
                        double smooth_horizons_m, const AttenuationLine& diffraction) {
  const double horizons_m = g.horizons_m();
  const double dls = smooth_horizons_m;
  const auto rays_db = [&](double at_m) {
    return two_ray_db(at_m, g, medium, frequency_mhz, dls, diffraction);
  };
  const double als = diffraction.at(dls);

  // Where the two-ray value is taken, ERL 79-ITS 67 eqs. (3.16a), (3.16d).
  double d0 = 0.04 * frequency_mhz * g.effective_height_m[0] * g.effective_height_m[1];
  double d1;
  if (diffraction.intercept_db >= 0.0) {
    d0 = std::min(d0, 0.5 * horizons_m);
    d1 = d0 + 0.25 * (horizons_m - d0);
  } else {
    d1 = std::max(-diffraction.intercept_db / diffraction.slope_db_per_m, 0.25 * horizons_m);
  }
  const double a1 = rays_db(d1);

  double k1 = 0.0;
  double k2 = 0.0;
  bool is_curve_found = false;
  if (d0 < d1) {  // a curve through three points, eqs. (3.20), (3.21)
    const double a0 = rays_db(d0);
    const double q = std::log(dls / d0);
    k2 = std::max(0.0, ((dls - d0) * (a1 - a0) - (d1 - d0) * (als - a0)) /
                           ((dls - d0) * std::log(d1 / d0) - (d1 - d0) * q));
    is_curve_found = diffraction.intercept_db > 0.0 || k2 > 0.0;
    if (is_curve_found) {
      k1 = (als - a0 - k2 * q) / (dls - d0);
      if (k1 < 0.0) {
        k1 = 0.0;
        k2 = std::max(als - a0, 0.0) / q;
        if (k2 == 0.0) k1 = diffraction.slope_db_per_m;
      }
    }
  }
  if (!is_curve_found) {  // a straight line through two
    k1 = std::max(als - a1, 0.0) / (dls - d1);
    k2 = 0.0;
    if (k1 == 0.0) k1 = diffraction.slope_db_per_m;
  }
  return als + k1 * (g.distance_m - dls) + k2 * std::log(g.distance_m / dls);  // eq. (3.19)
}

}  // namespace yonder::propagation::itm
