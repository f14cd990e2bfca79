#include "propagation/physics/itm_diffraction.h"

#include <algorithm>
#include <cmath>

#include "propagation/physics/itm_roughness.h"

namespace yonder::propagation::itm {
namespace {

/// Knife-edge loss from the square of the diffraction parameter, TN 101 eqs. (III.24b), (III.24c).
double knife_edge_db(double v_squared) {
  if (v_squared < 5.76) return 6.02 + 9.11 * std::sqrt(v_squared) - 1.27 * v_squared;
  return 12.953 + 10.0 * std::log10(v_squared);
}

/// One rounded obstacle in Vogler's method: curvature ratio, ground parameter, normalized distance
/// per metre.
struct RoundedEarth {
  double k;        ///< K, eq. (6a)
  double x_per_m;  ///< normalized distance per metre, eq. (2)
};

RoundedEarth rounded_earth(double radius_m, double cbrt_frequency, double impedance) {
  const double c0 = std::cbrt((4.0 / 3.0) * 6370e3 / radius_m);
  const double k = 0.017778 * c0 / (cbrt_frequency * impedance);
  return {k, (1.607 - k) * c0 * c0 * cbrt_frequency * 1e-3};
}

/// Vogler's height function F(x, K), dB, Alg. section 6.
double height_function_db(double x, double k) {
  const auto near_db = [x] { return 17.372 * std::log(x) - 117.0; };
  if (x < 200.0) {
    const double w = -std::log(k);
    if (k >= 1e-5 && x * w * w * w <= 5495.0) return 2.5e-5 * x * x / k - 8.686 * w - 15.0;
    return x > 1.0 ? near_db() : -117.0;
  }
  const double far_db = 0.05751 * x - 4.343 * std::log(x);
  if (x >= 2000.0) return far_db;
  const double w = 0.0134 * x * std::exp(-0.005 * x);
  return (1.0 - w) * far_db + w * near_db();
}

}  // namespace

double line_of_sight_angle(const Geometry& g, double effective_earth_radius_m) {
  return std::min(-(g.horizon_angle_rad[0] + g.horizon_angle_rad[1]),
                  g.horizons_m() / effective_earth_radius_m);
}

Diffraction::Diffraction(const Geometry& geometry, const Medium& medium, double frequency_mhz)
    : g_(geometry),
      frequency_mhz_(frequency_mhz),
      earth_radius_m_(medium.effective_earth_radius_m),
      sight_angle_rad_(line_of_sight_angle(geometry, medium.effective_earth_radius_m)),
      cbrt_frequency_(std::cbrt(frequency_mhz)),
      impedance_(std::abs(medium.ground_impedance)),
      terminals_x_(0.0),
      terminals_gain_db_(0.0) {
  double smooth_horizons_m = 0.0;
  for (std::size_t end = 0; end < 2; ++end) {
    const double horizon_m = g_.horizon_distance_m[end];
    const double height_m = g_.effective_height_m[end];
    const RoundedEarth earth =
        rounded_earth(0.5 * horizon_m * horizon_m / height_m, cbrt_frequency_, impedance_);
    const double x = earth.x_per_m * horizon_m;
    terminals_x_ += x;
    terminals_gain_db_ += height_function_db(x, earth.k);
    smooth_horizons_m += std::sqrt(2.0 * height_m * earth_radius_m_);
  }
  // ERL 79-ITS 67 eq. (3.38c): what stands around the antennas.
  const double sigma_h_m =
      reflecting_plane_deviation_m(roughness_over(smooth_horizons_m, g_.delta_h_m));
  clutter_db_ = std::min(15.0, 5.0 * std::log10(1.0 + 1e-5 * g_.height_m[0] * g_.height_m[1] *
                                                          frequency_mhz_ * sigma_h_m));
}

double Diffraction::knife_edges_db(double distance_m) const {
  const double angle = distance_m / earth_radius_m_ - sight_angle_rad_;  // theta, Alg. eq. (4.12)
  const double beyond_m = distance_m - g_.horizons_m();
  const double common = 0.0795775 * wave_number_per_m(frequency_mhz_) * angle * angle;
  double sum_db = 0.0;
  for (const double horizon_m : g_.horizon_distance_m) {
    sum_db += knife_edge_db(common * horizon_m * beyond_m / (beyond_m + horizon_m));
  }
  return sum_db;
}

double Diffraction::rounded_earth_db(double distance_m) const {
  const double angle = distance_m / earth_radius_m_ - sight_angle_rad_;
  const double beyond_m = distance_m - g_.horizons_m();
  const RoundedEarth middle = rounded_earth(beyond_m / angle, cbrt_frequency_, impedance_);
  const double x = middle.x_per_m * beyond_m + terminals_x_;
  const double g_db = 0.05751 * x - 10.0 * std::log10(x);  // TN 101 eq. (8.4)
  return g_db - terminals_gain_db_ - 20.0;                 // Alg. eq. (4.20)
}

double Diffraction::attenuation_db(double distance_m) const {
  const double heights = g_.height_m[0] * g_.height_m[1];
  const double effective_heights = g_.effective_height_m[0] * g_.effective_height_m[1];
  // Weight of the rounded earth, ERL 79-ITS 67 eq. (3.23); 10 m2 keep low antennas on a known path
  // apart.
  const double base = g_.is_profile_known ? heights + 10.0 : heights;
  const double ratio = std::sqrt(1.0 + (effective_heights - heights) / base);
  const double roughness_waves = std::min(
      roughness_over(distance_m, g_.delta_h_m) * wave_number_per_m(frequency_mhz_), 6283.2);
  const double q = (ratio + (g_.horizons_m() - sight_angle_rad_ * earth_radius_m_) / distance_m) *
                   roughness_waves;
  const double weight = 25.1 / (25.1 + std::sqrt(q));
  return weight * rounded_earth_db(distance_m) + (1.0 - weight) * knife_edges_db(distance_m) +
         clutter_db_;
}

}  // namespace yonder::propagation::itm
