#include "core/shapes/doppler.h"

#include "core/units.h"

namespace yonder::shapes {

double downlink_doppler_hz(double speed_mps, double frequency_hz) {
  return speed_mps * frequency_hz / kSpeedOfLightMPerS;
}

double uplink_doppler_hz(double speed_mps, double frequency_hz) {
  return 2.0 * downlink_doppler_hz(speed_mps, frequency_hz);
}

double prach_doppler_limit_hz(const nr::PrachConfig& prach) {
  const double subcarriers = prach.restricted_set == nr::RestrictedSet::type_b   ? 2.0
                             : prach.restricted_set == nr::RestrictedSet::type_a ? 1.0
                                                                                 : 0.5;
  return subcarriers * prach.subcarrier_spacing_hz;
}

}  // namespace yonder::shapes
