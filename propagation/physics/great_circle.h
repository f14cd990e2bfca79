#pragma once

#include "core/geo.h"

namespace yonder::propagation {

/// The point `distance_m` along the great circle from `from` towards `to`, on a sphere of 6371 km
/// (P.2001-4 Attachment H). `from` itself when both are at one position.
LonLat point_on_great_circle(LonLat from, LonLat to, double distance_m);

}  // namespace yonder::propagation
