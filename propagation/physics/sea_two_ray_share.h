#pragma once

#include "core/path_loss_model.h"
#include "propagation/physics/sea_reflection.h"

namespace yonder::propagation::sea {

/// What decides how far a path is one of two rays over the sea.
struct TwoRayShare {
  double clearance_over_f1 = 0.0;   ///< of the direct ray over sea and land, where it is least
  double detour_wavelengths = 0.0;  ///< of the reflected ray
  double reflection_m = 0.0;        ///< from the transmitter to the point of reflection
  double sea_half_zone = 0.0;       ///< detour over the nearest land, beyond that of the point of
                                    ///< reflection, in half wavelengths; 0: reflected on land
  double share = 0.0;               ///< 0..1, continuous in all lengths and in the frequency
};

/// `share` is 1 where the direct ray clears sea and land by a first Fresnel radius, the first
/// Fresnel zone of the reflection holds no land, and the detour is at most 1.5 wavelengths; 0 where
/// the clearance is at most 0.6, land takes half of the zone's depth, or the detour is 3
/// wavelengths or more. The sea lies at 0 m above sea level; `earth_radius_m` is effective. Looks
/// at the profile's points only when nothing else makes the share 0.
TwoRayShare two_ray_share(const PathLossInput& input, double earth_radius_m);

/// The same without the profile: an upper bound of the share that costs no scan. Grounds above sea
/// level.
TwoRayShare two_ray_share_over_sea_alone(double frequency_hz, double distance_m, double tx_amsl_m,
                                         double rx_amsl_m, double earth_radius_m);

}  // namespace yonder::propagation::sea
