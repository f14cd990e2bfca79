#pragma once

namespace yonder {

/// Free-space basic transmission loss, dB (ITU-R P.525-4 eq. (3), with the exact speed of light).
/// Units: Hz > 0, m > 0.
double free_space_loss_db(double frequency_hz, double distance_m);

}  // namespace yonder
