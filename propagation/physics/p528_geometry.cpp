#include "propagation/physics/p528_geometry.h"

#include <cmath>

#include "core/units.h"
#include "propagation/physics/p528_constants.h"

namespace yonder::propagation::p528 {

Terminal terminal(const GasProfile& gas, double height_km) {
  // The ray leaves the ground level at the horizon and climbs to the terminal.
  const SlantPath ray = trace_slant_path(gas, 0.0, height_km, kPi / 2.0);
  Terminal t;
  t.height_km = height_km;
  t.grazing_rad = kPi / 2.0 - ray.end_zenith_angle_rad;
  t.gas_db = ray.attenuation_db;
  t.ray_km = ray.length_km;
  t.horizon_km = kEarthRadiusKm * (t.grazing_rad + ray.bending_rad);
  const double angle = t.horizon_km / kEffectiveEarthRadiusKm;  // (4-1)
  t.effective_height_km =
      kEffectiveEarthRadiusKm / std::cos(angle) - kEffectiveEarthRadiusKm;  // (4-2)
  t.height_change_km = t.height_km - t.effective_height_km;                 // (4-3)
  return t;
}

}  // namespace yonder::propagation::p528
