#include "propagation/physics/dust.h"

#include <cmath>

#include "core/units.h"

namespace yonder::propagation::dust {

double mass_kg_per_m3(double visibility_m) {
  return 2.3e-5 / std::pow(visibility_m / 1000.0, 1.07);
}

double specific_attenuation_db_per_km(double frequency_hz, double visibility_m,
                                      const Grains& grains) {
  const double volume_share = mass_kg_per_m3(visibility_m) / grains.density_kg_per_m3;
  const double real_part = grains.permittivity + 2.0;
  const double absorption =
      grains.loss_factor / (real_part * real_part + grains.loss_factor * grains.loss_factor);
  const double neper_to_db_per_km = 1000.0 * 10.0 / std::log(10.0);
  return neper_to_db_per_km * 18.0 * kPi / wavelength_m(frequency_hz) * volume_share * absorption;
}

}  // namespace yonder::propagation::dust
