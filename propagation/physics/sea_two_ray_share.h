#pragma once

#include <limits>

#include "core/path_loss_model.h"
#include "propagation/physics/sea_reflection.h"

namespace yonder::propagation::sea {

/// What decides how far a path is one of two rays over the sea.
struct TwoRayShare {
  double clearance_over_f1 = 0.0;   ///< of the direct ray over the sea, where it is least
  double detour_wavelengths = 0.0;  ///< of the reflected ray
  /// Stretch of the path on which the sea reflects: the first Fresnel zone around the point of
  /// reflection, cut off at the terminals.
  double zone_first_m = 0.0;
  double zone_last_m = 0.0;
  double zone_land_part = std::numeric_limits<double>::quiet_NaN();  ///< of that stretch, 0..1;
                                                                     ///< NaN: not looked at
  double land_clearance_over_f1 = kNoLand;  ///< of the direct ray over land, where it is least
  double share = 0.0;                       ///< 0..1

  static constexpr double kNoLand = std::numeric_limits<double>::infinity();
};

/// `share` is 1 where the direct ray clears sea and land by a first Fresnel radius, the stretch
/// that reflects is all sea, and the detour is at most 1.5 wavelengths; 0 where the clearance is
/// 0.6 radii, half of the stretch is land, or the detour is 3 wavelengths. The product of three
/// ramps, so continuous. The sea lies at 0 m above sea level; `earth_radius_m` is effective. Looks
/// at the profile's points only when nothing else makes the share 0.
TwoRayShare two_ray_share(const PathLossInput& input, double earth_radius_m);

/// The same as if there were no land: an upper bound of the share that costs no scan.
TwoRayShare two_ray_share_over_sea_alone(double frequency_hz, double distance_m, double tx_amsl_m,
                                         double rx_amsl_m, double earth_radius_m);

}  // namespace yonder::propagation::sea
