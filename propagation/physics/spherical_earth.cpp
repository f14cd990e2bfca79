#include "propagation/physics/spherical_earth.h"

namespace yonder::propagation {

double surface_admittance(const GroundConstants& ground, double frequency_ghz,
                          Polarization polarization) {
  const double e = ground.relative_permittivity;
  const double s = 18.0 * ground.conductivity_s_per_m / frequency_ghz;
  const double horizontal = 0.036 / std::sqrt(std::sqrt((e - 1.0) * (e - 1.0) + s * s));  // (29a)
  if (polarization == Polarization::horizontal) return horizontal;
  return horizontal * std::sqrt(e * e + s * s);  // (29b)
}

}  // namespace yonder::propagation
