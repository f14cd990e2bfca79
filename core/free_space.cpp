#include "core/free_space.h"

#include <cmath>

#include "core/units.h"

namespace yonder {

double free_space_loss_db(double frequency_hz, double distance_m) {
  return 20.0 * std::log10(4.0 * kPi * distance_m * frequency_hz / kSpeedOfLightMPerS);
}

}  // namespace yonder
