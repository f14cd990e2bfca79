#include "propagation/physics/zones.h"

#include <algorithm>

namespace yonder::propagation {

ZoneSections zone_sections(const PathProfileView& profile) {
  const std::size_t n = profile.size();
  const double length_m = profile.length_m();
  ZoneSections out;
  if (profile.zone.empty()) {
    out.longest_land_m = length_m;
    out.longest_inland_m = length_m;
    return out;
  }
  // Runs are measured from end to end, so that no rounding piles up.
  double sea_m = 0.0;
  double land_from_m = 0.0;  // where the present land section began
  double from_m = 0.0;
  bool met_land = false;
  for (std::size_t begin = 0; begin < n;) {
    const Zone zone = profile.zone[begin];
    std::size_t end = begin + 1;
    while (end < n && profile.zone[end] == zone) ++end;
    const double to_m =
        end == n ? length_m : 0.5 * (profile.distance_m[end - 1] + profile.distance_m[end]);
    if (zone == Zone::sea) {
      sea_m += to_m - from_m;
      if (!out.met_sea) out.tx_coast_m = from_m;
      out.rx_coast_m = length_m - to_m;
      out.met_sea = true;
      land_from_m = to_m;
    } else {
      met_land = true;
      out.longest_land_m = std::max(out.longest_land_m, to_m - land_from_m);
      if (zone == Zone::inland) {
        out.longest_inland_m = std::max(out.longest_inland_m, to_m - from_m);
      }
    }
    from_m = to_m;
    begin = end;
  }
  out.sea_fraction = met_land ? sea_m / length_m : 1.0;
  return out;
}

}  // namespace yonder::propagation
