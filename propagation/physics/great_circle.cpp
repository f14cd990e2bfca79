#include "propagation/physics/great_circle.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"

namespace yonder::propagation {

LonLat point_on_great_circle(LonLat from, LonLat to, double distance_m) {
  const double sin_from = std::sin(deg_to_rad(from.lat_deg));
  const double cos_from = std::cos(deg_to_rad(from.lat_deg));
  const double sin_to = std::sin(deg_to_rad(to.lat_deg));
  const double cos_to = std::cos(deg_to_rad(to.lat_deg));
  const double turn = deg_to_rad(to.lon_deg - from.lon_deg);
  // Components of the direction of departure.
  const double north = cos_from * sin_to - sin_from * cos_to * std::cos(turn);
  const double east = cos_to * std::sin(turn);
  const double length = std::hypot(north, east);
  if (length == 0.0) return from;

  const double angle = distance_m / kEarthRadiusM;
  const double sine =  // eq. (H.3.2)
      sin_from * std::cos(angle) + cos_from * std::sin(angle) * (north / length);
  const double x = std::cos(angle) - sine * sin_from;             // eq. (H.3.4a)
  const double y = cos_from * std::sin(angle) * (east / length);  // eq. (H.3.4b)
  return {from.lon_deg + rad_to_deg(std::atan2(y, x)),
          rad_to_deg(std::asin(std::clamp(sine, -1.0, 1.0)))};
}

}  // namespace yonder::propagation
