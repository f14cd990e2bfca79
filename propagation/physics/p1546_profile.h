#pragma once

#include "core/path_profile.h"

/// What ITU-R P.1546-6 Annex 5 reads from a terrain profile.
namespace yonder::propagation::p1546 {

/// Mean ground height between two distances from the transmitter (0 <= from < to <= length), the
/// ground running straight between points (section 3).
double mean_ground_amsl_m(const PathProfileView& profile, double from_m, double to_m);

/// Height of the transmitting antenna over the mean ground between 3 and 15 km (section 3.2), or,
/// on paths shorter than 15 km, between 0.2 d and d (section 3.1.2).
double base_height_m(const PathProfileView& profile, double height_agl_m);

/// Elevation, degrees, of the line from the transmitter's antenna that just clears all ground up to
/// 15 km, not beyond the receiver (section 4.3 a). The earth's curvature is left out.
double transmitter_clearance_angle_deg(const PathProfileView& profile, double height_agl_m);

/// Likewise from the receiver's antenna towards the transmitter, up to 16 km (section 11).
double receiver_clearance_angle_deg(const PathProfileView& profile, double height_agl_m);

}  // namespace yonder::propagation::p1546
