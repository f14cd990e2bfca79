#include "propagation/physics/p835_atmosphere.h"

#include <algorithm>
#include <cmath>

namespace yonder::propagation {

Air global_reference_air(double height_km) {
  const double h = 6356.766 * height_km / (6356.766 + height_km);  // geopotential height, eq. (1a)
  Air air;
  if (h <= 11.0) {  // eqs. (2a), (3a)
    air.temperature_k = 288.15 - 6.5 * h;
    air.pressure_hpa = 1013.25 * std::pow(air.temperature_k / 288.15, 34.1632 / 6.5);
  } else if (h <= 20.0) {  // eqs. (2b), (3b)
    air.temperature_k = 216.65;
    air.pressure_hpa = 226.3226 * std::exp(-34.1632 * (h - 11.0) / 216.65);
  } else if (h <= 32.0) {  // eqs. (2c), (3c)
    air.temperature_k = 216.65 + (h - 20.0);
    air.pressure_hpa = 54.74980 * std::pow(216.65 / air.temperature_k, 34.1632);
  } else if (h <= 47.0) {  // eqs. (2d), (3d)
    air.temperature_k = 228.65 + 2.8 * (h - 32.0);
    air.pressure_hpa = 8.680422 * std::pow(228.65 / air.temperature_k, 34.1632 / 2.8);
  } else if (h <= 51.0) {  // eqs. (2e), (3e)
    air.temperature_k = 270.65;
    air.pressure_hpa = 1.109106 * std::exp(-34.1632 * (h - 47.0) / 270.65);
  } else if (h <= 71.0) {  // eqs. (2f), (3f)
    air.temperature_k = 270.65 - 2.8 * (h - 51.0);
    air.pressure_hpa = 0.6694167 * std::pow(270.65 / air.temperature_k, -34.1632 / 2.8);
  } else {  // eqs. (2g), (3g)
    air.temperature_k = 214.65 - 2.0 * (h - 71.0);
    air.pressure_hpa = 0.03956649 * std::pow(214.65 / air.temperature_k, -34.1632 / 2.0);
  }
  // Eqs. (6)-(8): scale height 2 km, mixing ratio not below 2e-6.
  air.vapour_density_g_per_m3 = std::max(7.5 * std::exp(-0.5 * height_km),
                                         2e-6 * 216.7 * air.pressure_hpa / air.temperature_k);
  return air;
}

double refractive_index(const Air& air) {
  const double t = air.temperature_k;
  const double e = air.vapour_pressure_hpa();
  const double refractivity = 77.6 * air.pressure_hpa / t + 72.0 * e / t + 3.75e5 * e / (t * t);
  return 1.0 + refractivity * 1e-6;
}

}  // namespace yonder::propagation
