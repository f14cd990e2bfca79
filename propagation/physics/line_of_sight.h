#pragma once

#include "core/path_profile.h"

namespace yonder::propagation {

/// Whether the straight ray between antennas at these heights above sea level clears ground and
/// clutter at every interior point of the profile, over an earth of radius `earth_radius_m`
/// (effective radius for refraction). Touching blocks.
bool ray_clears_terrain(const PathProfileView& profile, double tx_amsl_m, double rx_amsl_m,
                        double earth_radius_m);

}  // namespace yonder::propagation
