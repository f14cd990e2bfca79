#pragma once

#include "core/path_profile.h"

/// Effective heights of a base antenna over the terrain of a path, as planning tools form them for
/// Hata-like models. Metres; profiles run from the base to the mobile.
namespace yonder::propagation::effective_height {

/// Antenna over the receiver's ground where the base stands higher, else above its own ground.
double spot(const PathProfileView& profile, double height_agl_m);

/// Height above ground plus the difference of both grounds, whichever is higher.
double absolute_spot(const PathProfileView& profile, double height_agl_m);

/// Antenna over the mean ground between two distances from the base; above its own ground on paths
/// that do not reach the first.
double over_average_profile(const PathProfileView& profile, double height_agl_m, double from_m,
                            double to_m);

/// Antenna over the plane of the ground's slope at the receiver, fitted over the last `over_m`
/// metres (at least two points) and drawn back to the base.
double over_slope_at_receiver(const PathProfileView& profile, double height_agl_m, double over_m);

}  // namespace yonder::propagation::effective_height
