#include "propagation/physics/zones.h"

#include <algorithm>

namespace yonder::propagation {

void ZoneRuns::close(double to_m) {
  if (zone_ == Zone::sea) {
    sea_m_ += to_m - from_m_;
    if (!longest_.met_sea) longest_.tx_coast_m = from_m_;
    longest_.met_sea = true;
    sea_end_m_ = to_m;
    land_from_m_ = to_m;
  } else {
    met_land_ = true;
    longest_.longest_land_m = std::max(longest_.longest_land_m, to_m - land_from_m_);
    if (zone_ == Zone::inland) {
      longest_.longest_inland_m = std::max(longest_.longest_inland_m, to_m - from_m_);
    }
  }
  from_m_ = to_m;
}

void ZoneRuns::add(Zone zone, double distance_m) {
  if (!started_) {
    zone_ = zone;
    started_ = true;
  } else if (zone != zone_) {
    close(0.5 * (previous_m_ + distance_m));
    zone_ = zone;
  }
  previous_m_ = distance_m;
}

ZoneSections ZoneRuns::end_at(Zone zone, double length_m) const {
  ZoneRuns whole = *this;
  whole.add(zone, length_m);
  whole.close(length_m);
  ZoneSections out = whole.longest_;
  out.rx_coast_m = length_m - whole.sea_end_m_;
  out.sea_fraction = whole.met_land_ ? whole.sea_m_ / length_m : 1.0;
  return out;
}

ZoneSections zone_sections(const PathProfileView& profile) {
  const double length_m = profile.length_m();
  if (profile.zone.empty()) {
    return {.longest_land_m = length_m, .longest_inland_m = length_m};
  }
  ZoneRuns runs;
  const std::size_t last = profile.size() - 1;
  for (std::size_t i = 0; i < last; ++i) runs.add(profile.zone[i], profile.distance_m[i]);
  return runs.end_at(profile.zone[last], length_m);
}

}  // namespace yonder::propagation
