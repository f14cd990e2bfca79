#include "propagation/physics/p528_troposcatter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/physics/p528_constants.h"

namespace yonder::propagation::p528 {
namespace {

constexpr double squared(double x) { return x * x; }

/// Chord from the effective earth's horizon to a terminal, squared, (11-24).
double chord_km2(const Terminal& t) {
  const double a = kEffectiveEarthRadiusKm;
  return squared(t.effective_height_km) +
         4.0 * (a + t.effective_height_km) * a * squared(std::sin(t.horizon_km / (2.0 * a)));
}

}  // namespace

Troposcatter troposcatter(const Terminal& low, const Terminal& high, double distance_km,
                          double frequency_mhz) {
  const double beyond_km = distance_km - low.horizon_km - high.horizon_km;  // (11-2)
  if (beyond_km <= 0.0) return {};

  // Where the horizon rays cross, through an atmosphere that bends less with height,
  // (11-6)-(11-19).
  const double dz = 0.5 * beyond_km;
  const double curvature = 1.0 / kEarthRadiusKm;
  const double bending = curvature - 1.0 / kEffectiveEarthRadiusKm;
  const double scale_km = kSurfaceRefractivity * 1e-6 / bending;
  const auto ray_curvature = [&](double height_km) {
    return curvature - bending * std::exp(-std::min(35.0, height_km / scale_km));
  };
  const double q0 = curvature - bending;
  const double qa = ray_curvature(squared(0.5 * dz) / (2.0 * kEffectiveEarthRadiusKm));
  const double qb = ray_curvature(squared(dz) / (2.0 * kEffectiveEarthRadiusKm));
  const double at_half = ray_curvature((7.0 * q0 + 6.0 * qa - qb) * dz * dz / 96.0);
  const double at_end = ray_curvature((q0 + 2.0 * qa) * dz * dz / 6.0);
  const double hv = (q0 + 2.0 * at_half) * dz * dz / 6.0;
  const double angle = 2.0 * (q0 + 4.0 * at_half + at_end) * dz / 6.0;

  // Scattering efficiency, (11-20)-(11-23).
  const double n = kSurfaceRefractivity;
  const double e1 = 5.67e-6 * n * n - 0.00232 * n + 0.031;
  const double e2 = 0.0002 * n * n - 0.06 * n + 6.6;
  const double x = hv / 4.0;
  const double gamma = 0.1424 * (1.0 + e1 * std::exp(-std::min(35.0, squared(x * x * x))));
  const double efficiency_db = 83.1 - e2 / (1.0 + 0.07716 * hv * hv) +
                               20.0 * std::log10(squared(0.1424 / gamma) * std::exp(gamma * hv));

  // Scattering volume, (11-25)-(11-39).
  const double l1 = std::sqrt(chord_km2(low)) + dz;
  const double l2 = std::sqrt(chord_km2(high)) + dz;
  const double l = l1 + l2;
  const double s = (l1 - l2) / l;
  const double eta = gamma * angle * l / 2.0;
  const double kappa = frequency_mhz / 0.0477;
  const double rho1 = 2.0 * kappa * angle * low.effective_height_km;
  const double rho2 = 2.0 * kappa * angle * high.effective_height_km;
  const double xv1 = squared(squared(1.0 + s) * eta);
  const double xv2 = squared(squared(1.0 - s) * eta);
  const double r1 = rho1 * rho1;
  const double r2 = rho2 * rho2;
  const double q1 = xv1 + r1;
  const double q2 = xv2 + r2;
  const double b = 6.0 + 8.0 * s * s + 8.0 * (1.0 - s) * xv1 * r1 / (q1 * q1) +
                   8.0 * (1.0 + s) * xv2 * r2 / (q2 * q2) +
                   2.0 * (1.0 - s * s) * (1.0 + 2.0 * xv1 / q1) * (1.0 + 2.0 * xv2 / q2);
  constexpr double kSqrt2 = std::numbers::sqrt2;
  const double c = 12.0 * squared((rho1 + kSqrt2) / rho1) * squared((rho2 + kSqrt2) / rho2) *
                   (rho1 + rho2) / (rho1 + rho2 + 2.0 * kSqrt2);
  const double volume_db =
      10.0 * std::log10((squared(1.0 - s * s) * eta * eta + b * eta) * q1 * q2 / (r1 * r2) + c);

  return {efficiency_db + volume_db + 10.0 * std::log10(kappa * angle * angle * angle / l), hv,
          angle};
}

}  // namespace yonder::propagation::p528
