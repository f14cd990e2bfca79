#include "propagation/physics/p528_line_of_sight.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "core/units.h"
#include "propagation/physics/p528_constants.h"
#include "propagation/physics/p528_nakagami_rice.h"
#include "propagation/physics/p528_variability.h"

namespace yonder::propagation::p528 {
namespace {

constexpr double squared(double x) { return x * x; }

struct Reflection {
  double magnitude;
  double phase_rad;
};

/// Plane-earth reflection coefficient, section 9.
Reflection reflection(double psi, double frequency_mhz, Polarization polarization) {
  const double sin_psi = std::sin(psi);
  const double cos_psi = std::cos(psi);
  const double x = 18000.0 * kConductivitySPerM / frequency_mhz;     // (9-1)
  const double y = kPermittivity - cos_psi * cos_psi;                // (9-2)
  const double p = std::sqrt(0.5 * (std::sqrt(y * y + x * x) + y));  // (9-3), (9-4)
  const double q = x / (2.0 * p);                                    // (9-5)
  const double pq = p * p + q * q;
  const bool is_horizontal = polarization == Polarization::horizontal;
  const double e = kPermittivity;
  const double b = is_horizontal ? 1.0 / pq : (e * e + x * x) / pq;            // (9-6)
  const double a = is_horizontal ? 2.0 * p / pq : 2.0 * (p * e + q * x) / pq;  // (9-7)
  const double even = 1.0 + b * sin_psi * sin_psi;
  const double magnitude = std::sqrt((even - a * sin_psi) / (even + a * sin_psi));  // (9-8)
  // The vertical alpha has the permittivity twice, as the reference program writes (9-9).
  const double alpha = is_horizontal ? std::atan2(-q, sin_psi - p)
                                     : std::atan2(e * sin_psi - q, e * sin_psi - p);  // (9-9)
  const double beta = is_horizontal ? std::atan2(q, sin_psi + p)
                                    : std::atan2(x * sin_psi + q, e * sin_psi + p);  // (9-10)
  return {magnitude, alpha - beta};
}

/// Strength of the reflected ray beside the direct one, R_Tg, (8-3)-(8-7).
double reflected_strength(const Rays& rays, double psi, double reflection_magnitude) {
  double divergence = 1.0;
  if (std::tan(psi) < 0.1) {
    const double cos_psi = std::cos(psi);
    const double sin_psi = std::sin(psi);
    const double r = rays.to_reflection_km[0] / cos_psi * (rays.to_reflection_km[1] / cos_psi) /
                     rays.reflected_km;
    divergence =
        1.0 /
        std::sqrt(1.0 + 2.0 * r * (1.0 + sin_psi * sin_psi) / (rays.earth_radius_km * sin_psi) +
                  squared(2.0 * r / rays.earth_radius_km));
  }
  // A NaN (both lengths 0, terminals above each other) counts as 1.
  const double length_ratio =
      rays.direct_km < rays.reflected_km ? rays.direct_km / rays.reflected_km : 1.0;
  return reflection_magnitude * divergence * length_ratio;
}

/// Sum of both rays against the direct one, dB, never above 0, (8-8)-(8-12).
double two_ray_sum_db(const Rays& rays, double strength, double reflection_phase,
                      double wavelength_km) {
  const double phase = 2.0 * kPi * rays.excess_km / wavelength_km + reflection_phase;
  const double sum = std::abs(1.0 + std::polar(strength, -phase));
  return 20.0 * std::log10(std::min(sum, 1.0));
}

/// Distance d_0 up to which the two rays are summed.
double two_ray_limit_km(const Terminal& low, const Terminal& high, const Line& diffraction,
                        double wavelength_km) {
  const double horizons_km = low.horizon_km + high.horizon_km;
  const double zero_km = -diffraction.intercept_db / diffraction.slope_db_per_km;  // d_d, (3-7)
  // Last distance at which the two rays give free space.
  const double sixth_km =
      rays_at_grazing_angle(
          low, high, grazing_angle_at_excess(low, high, wavelength_km / 6.0, wavelength_km / 1e6))
          .distance_km;
  double wanted_km = zero_km;
  if (low.horizon_km >= zero_km || zero_km >= horizons_km) {
    wanted_km = low.horizon_km > sixth_km || sixth_km > horizons_km ? low.horizon_km : sixth_km;
  } else if (zero_km < sixth_km && sixth_km < horizons_km) {
    wanted_km = sixth_km;
  }
  // The bisection is good to 1 m: go on by metres until it lands at or beyond.
  for (double trial_km = wanted_km;; trial_km += 0.001) {
    const double reached_km =
        rays_at_grazing_angle(low, high, grazing_angle_at_distance(low, high, trial_km))
            .distance_km;
    if (reached_km >= wanted_km || trial_km + 0.001 >= horizons_km) return reached_km;
  }
}

/// How much long-term fading an elevated ray still has, (13-1).
double elevation_factor(double elevation_rad) {
  if (elevation_rad <= 0.0) return 1.0;
  if (elevation_rad >= 1.0) return 0.0;
  return std::max(0.5 - std::atan(20.0 * std::log10(32.0 * elevation_rad)) / kPi, 0.0);
}

/// Ratio K of scattered to constant power, dB, (13-2)-(13-9).
double scatter_ratio_db(const Rays& rays, double strength, double excess_db, double ray_km,
                        double frequency_mhz) {
  const double wavelength = wavelength_km(frequency_mhz);
  double reserve = 1.0;  // F_AY
  if (excess_db >= 9.0) {
    reserve = 0.1;
  } else if (excess_db > 0.0) {
    reserve = (1.1 + 0.9 * std::cos(excess_db / 9.0 * kPi)) / 2.0;
  }
  double apart =
      0.5 * (1.1 - 0.9 * std::cos(3.0 * kPi / wavelength * (rays.excess_km - wavelength / 6.0)));
  if (rays.excess_km >= wavelength / 2.0) apart = 1.0;
  if (rays.excess_km <= wavelength / 6.0) apart = 0.1;
  const double reflected = strength * apart * reserve;
  const double variation_99_db =
      10.0 * std::log10(frequency_mhz * ray_km * ray_km * ray_km) - 84.26;
  const double scattered = std::pow(10.0, ratio_with_variation_db(variation_99_db) / 10.0);
  return std::max(10.0 * std::log10(reflected * reflected + 1e-4 + scattered), -40.0);
}

}  // namespace

LineOfSight line_of_sight(const GasProfile& gas, const Terminal& low, const Terminal& high,
                          const Line& diffraction, double distance_km, double frequency_mhz,
                          Polarization polarization, double time_percent) {
  const double wavelength = wavelength_km(frequency_mhz);
  const double horizons_km = low.horizon_km + high.horizon_km;
  const double horizon_gain_db = -diffraction.at(horizons_km);
  // Steeper than this, phases average out and the rays give free space.
  const double psi_limit = grazing_angle_at_excess(low, high, wavelength / 2.0, wavelength / 1e6);
  LineOfSight los;
  los.two_ray_limit_km = two_ray_limit_km(low, high, diffraction, wavelength);

  double strength = 0.0;
  const auto rays_sum_db = [&](const Rays& rays, double psi) {
    const Reflection ground = reflection(psi, frequency_mhz, polarization);
    strength = reflected_strength(rays, psi, ground.magnitude);
    return psi > psi_limit ? 0.0 : two_ray_sum_db(rays, strength, ground.phase_rad, wavelength);
  };
  // Up to d_0 the two rays; from there a straight line to the diffraction at the horizon, (8-1).
  const auto gain_db = [&](const Rays& rays, double psi, double limit_gain_db) {
    const double sum_db = rays_sum_db(rays, psi);
    if (rays.distance_km <= los.two_ray_limit_km) return sum_db;
    return (rays.distance_km - los.two_ray_limit_km) * (horizon_gain_db - limit_gain_db) /
               (horizons_km - los.two_ray_limit_km) +
           limit_gain_db;
  };
  const double psi_0 = grazing_angle_at_distance(low, high, los.two_ray_limit_km);
  const double limit_gain_db = gain_db(rays_at_grazing_angle(low, high, psi_0), psi_0, 0.0);
  const double psi = grazing_angle_at_distance(low, high, distance_km);
  const Rays rays = rays_at_grazing_angle(low, high, psi);
  los.two_ray_gain_db = gain_db(rays, psi, limit_gain_db);

  const SlantPath direct =
      trace_slant_path(gas, low.height_km, high.height_km, kPi / 2.0 - rays.low_elevation_rad);
  los.gas_db = direct.attenuation_db;
  los.free_space_db = 20.0 * std::log10(rays.direct_km * frequency_mhz) + 32.45;  // (6-4)

  const LongTermVariation slow =
      long_term_variation(horizons_km, distance_km, frequency_mhz, time_percent,
                          elevation_factor(rays.low_elevation_rad), los.two_ray_gain_db);
  los.scatter_ratio_db =
      scatter_ratio_db(rays, strength, slow.excess_db, direct.length_km, frequency_mhz);
  los.variation_db =
      combine_variations_db(slow.at_median_db, slow.at_percent_db, 0.0,
                            nakagami_rice_db(los.scatter_ratio_db, time_percent), time_percent);
  los.loss_db = los.free_space_db + los.gas_db - los.two_ray_gain_db - los.variation_db;
  los.distance_used_km = rays.distance_km;
  los.low_elevation_rad = rays.low_elevation_rad;
  return los;
}

}  // namespace yonder::propagation::p528
