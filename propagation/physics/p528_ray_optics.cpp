#include "propagation/physics/p528_ray_optics.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/p528_constants.h"

namespace yonder::propagation::p528 {
namespace {

/// Halves steps from pi/4, starting at vertical. `is_too_shallow(rays)`: the angle must grow;
/// `is_near(rays)`: done. Stops at the latest when a step no longer changes the angle.
template <typename TooShallow, typename Near>
double bisect(const Terminal& low, const Terminal& high, double smallest_step,
              TooShallow is_too_shallow, Near is_near) {
  double psi = kPi / 2.0;
  double step = kPi / 4.0;
  bool is_up = false;
  while (true) {
    psi += is_up ? step : -step;
    step *= 0.5;
    const Rays rays = rays_at_grazing_angle(low, high, psi);
    if (is_near(rays) || step <= smallest_step) return psi;
    is_up = is_too_shallow(rays);
  }
}

}  // namespace

Rays rays_at_grazing_angle(const Terminal& low, const Terminal& high, double psi) {
  const double sin_psi = std::sin(psi);
  const double cos_psi = std::cos(psi);
  const double z = kEarthRadiusKm / kEffectiveEarthRadiusKm - 1.0;  // (7-1)
  Rays rays;
  const double aa = kEarthRadiusKm / (1.0 + z * cos_psi);  // (7-2), (7-3)
  rays.earth_radius_km = aa;
  const double change = (aa - kEarthRadiusKm) / (kEffectiveEarthRadiusKm - kEarthRadiusKm);
  const std::array<const Terminal*, 2> terminals{&low, &high};
  std::array<double, 2> z_km;
  std::array<double, 2> theta;
  std::array<double, 2> above_tangent_km;  // H'
  for (std::size_t i = 0; i < 2; ++i) {
    const double height_km =
        terminals[i]->height_km - terminals[i]->height_change_km * change;  // (7-5)
    z_km[i] = aa + height_km;                                               // (7-6)
    theta[i] = std::acos(aa * cos_psi / z_km[i]) - psi;                     // (7-7)
    rays.to_reflection_km[i] = z_km[i] * std::sin(theta[i]);                // (7-8)
    above_tangent_km[i] =
        psi > 1.56 ? height_km : rays.to_reflection_km[i] * (sin_psi / cos_psi);  // (7-9)
  }
  const double both_km = rays.to_reflection_km[0] + rays.to_reflection_km[1];
  rays.distance_km = std::max(aa * (theta[0] + theta[1]), 0.0);                           // (7-11)
  const double alpha = std::atan((above_tangent_km[1] - above_tangent_km[0]) / both_km);  // (7-12)
  rays.direct_km = std::max(std::abs(z_km[0] - z_km[1]), both_km / std::cos(alpha));      // (7-13)
  rays.reflected_km = both_km / cos_psi;                                                  // (7-14)
  rays.excess_km = 4.0 * above_tangent_km[0] * above_tangent_km[1] /
                   (rays.direct_km + rays.reflected_km);  // (7-15)
  rays.low_elevation_rad = alpha - theta[0];              // (7-16)
  return rays;
}

double grazing_angle_at_distance(const Terminal& low, const Terminal& high, double distance_km) {
  if (distance_km == 0.0) return kPi / 2.0;
  return bisect(
      low, high, 1e-12, [&](const Rays& rays) { return rays.distance_km > distance_km; },
      [&](const Rays& rays) { return std::abs(distance_km - rays.distance_km) <= 1e-3; });
}

double grazing_angle_at_excess(const Terminal& low, const Terminal& high, double excess_km,
                               double tolerance_km) {
  return bisect(
      low, high, 1e-17, [&](const Rays& rays) { return rays.excess_km <= excess_km; },
      [&](const Rays& rays) { return std::abs(rays.excess_km - excess_km) <= tolerance_km; });
}

}  // namespace yonder::propagation::p528
