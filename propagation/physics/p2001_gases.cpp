#include "propagation/physics/p2001_gases.h"

#include <cmath>

namespace yonder::propagation::p2001 {
namespace {

/// Oxygen at sea level, dB/km, eq. (F.6.1); up to 54 GHz.
double oxygen_db_per_km(double f) {
  return (7.2 / (f * f + 0.34) + 0.62 / (std::pow(54.0 - f, 1.16) + 0.83)) * f * f * 1e-3;
}

/// Water vapour at sea level, dB/km, eq. (F.6.2), from its density at a surface `surface_m` high.
double water_db_per_km(double f, double density, double surface_m) {
  const double rho = density * std::exp(surface_m / 2000.0);  // eq. (F.6.2b)
  const double eta = 0.955 + 0.006 * rho;                     // eq. (F.6.2a)
  const double off_line = f - 22.235;
  const double ratio = (f - 22.0) / (f + 22.0);
  return (0.046 + 0.0019 * rho +
          3.98 * eta / (off_line * off_line + 9.42 * eta * eta) * (1.0 + ratio * ratio)) *
         f * f * rho * 1e-4;
}

/// Density of water vapour while it rains, eq. (F.5.1).
double density_in_rain(double density, double surface_m) {
  return surface_m <= 2600.0 ? density + 0.4 + 0.0003 * surface_m
                             : density + 5.0 * std::exp(-surface_m / 1800.0);
}

/// Section F.4: from a terminal to the common volume.
GasLoss slant_gas_loss(const PathEnd& end, double density, double f) {
  const double sine = std::sin(0.001 * end.positive_horizon_mrad());
  const auto length_km = [&](double scale, double spread, double height_scale_m) {
    const double limit =
        scale / (0.65 * sine + 0.35 * std::sqrt(sine * sine + spread));  // eq. (F.4.1)
    return limit * (1.0 - std::exp(-end.common_volume_km / limit)) *
           std::exp(-end.ground_amsl_m / height_scale_m);  // eq. (F.4.2)
  };
  const double water_km = length_km(2.0, 0.00122, 2000.0);
  const double surface_m = end.ground_amsl_m;
  return {oxygen_db_per_km(f) * length_km(5.0, 0.00304, 5000.0),
          water_db_per_km(f, density, surface_m) * water_km,
          water_db_per_km(f, density_in_rain(density, surface_m), surface_m) * water_km};
}

}  // namespace

GasLoss surface_gas_loss(const Path& path, double density, double f) {
  const double height_m = 0.5 * (path.tx.amsl_m + path.rx.amsl_m);  // eq. (F.2.1)
  const double surface_m = path.middle_ground_m;
  const double water_km = path.distance_km * std::exp(-height_m / 2000.0);
  return {oxygen_db_per_km(f) * path.distance_km * std::exp(-height_m / 5000.0),  // eq. (F.2.2)
          water_db_per_km(f, density, surface_m) * water_km,
          water_db_per_km(f, density_in_rain(density, surface_m), surface_m) * water_km};
}

GasLoss troposcatter_gas_loss(const Path& path, double tx_density, double rx_density, double f) {
  const GasLoss tx = slant_gas_loss(path.tx, tx_density, f);
  const GasLoss rx = slant_gas_loss(path.rx, rx_density, f);
  return {tx.oxygen_db + rx.oxygen_db, tx.water_db + rx.water_db,
          tx.water_rain_db + rx.water_rain_db};
}

}  // namespace yonder::propagation::p2001
