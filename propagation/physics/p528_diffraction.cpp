#include "propagation/physics/p528_diffraction.h"

#include <cmath>

#include "propagation/physics/p528_constants.h"

namespace yonder::propagation::p528 {
namespace {

double distance_function_db(double x) { return 0.05751 * x - 10.0 * std::log10(x); }

double height_function_db(double x, double k) {
  const double near_db = 40.0 * std::log10(x) - 117.0;
  if (x > 2000.0) return distance_function_db(x);
  if (x > 200.0) {
    const double w = 0.0134 * x * std::exp(-0.005 * x);
    return w * near_db + (1.0 - w) * distance_function_db(x);
  }
  const double log_k = std::log10(k);
  const double limit = -450.0 / (log_k * log_k * log_k);
  if (x < limit) return 20.0 * log_k - 15.0 + 0.000025 * x * x / k;
  return std::abs(near_db) < 117.0 ? near_db : -117.0;
}

}  // namespace

double smooth_earth_diffraction_db(double low_horizon_km, double high_horizon_km,
                                   double distance_km, double frequency_mhz,
                                   Polarization polarization) {
  const double s = 18000.0 * kConductivitySPerM / frequency_mhz;
  const double e1 = kPermittivity - 1.0;
  const double cbrt_f = std::cbrt(frequency_mhz);
  double k = 0.01778 / cbrt_f / std::sqrt(std::sqrt(e1 * e1 + s * s));
  if (polarization == Polarization::vertical) k *= std::sqrt(kPermittivity * kPermittivity + s * s);
  const double x_per_km = (1.607 - k) * cbrt_f;
  return distance_function_db(x_per_km * distance_km) -
         height_function_db(x_per_km * low_horizon_km, k) -
         height_function_db(x_per_km * high_horizon_km, k) - 20.0;
}

Line diffraction_line(double low_horizon_km, double high_horizon_km, double frequency_mhz,
                      Polarization polarization) {
  const double unit_km =
      std::cbrt(kEffectiveEarthRadiusKm * kEffectiveEarthRadiusKm / frequency_mhz);
  const double d3 = low_horizon_km + high_horizon_km + 0.5 * unit_km;
  const double d4 = low_horizon_km + high_horizon_km + 1.5 * unit_km;
  const auto loss_db = [&](double distance_km) {
    return smooth_earth_diffraction_db(low_horizon_km, high_horizon_km, distance_km, frequency_mhz,
                                       polarization);
  };
  const double a4 = loss_db(d4);
  const double slope = (a4 - loss_db(d3)) / (d4 - d3);
  return {slope, a4 - slope * d4};
}

}  // namespace yonder::propagation::p528
