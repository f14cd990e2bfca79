#include "propagation/physics/line_of_sight.h"

namespace yonder::propagation {

bool ray_clears_terrain(const PathProfileView& profile, double tx_amsl_m, double rx_amsl_m,
                        double earth_radius_m) {
  const double length_m = profile.length_m();
  const double slope = (rx_amsl_m - tx_amsl_m) / length_m;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double x = profile.distance_m[i];
    const double bulge_m = x * (length_m - x) / (2.0 * earth_radius_m);
    const double obstacle_m = profile.ground_amsl_m[i] + profile.clutter_at(i) + bulge_m;
    if (obstacle_m >= tx_amsl_m + slope * x) return false;
  }
  return true;
}

}  // namespace yonder::propagation
