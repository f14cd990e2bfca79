#pragma once

#include "core/path_profile.h"

namespace yonder::propagation {

/// Sections of a path by radio-climatic zone, m. Zones change midway between profile points.
struct ZoneSections {
  double sea_fraction = 0.0;      ///< exactly 1 when no land is met
  double longest_land_m = 0.0;    ///< longest run of coastal or inland zone
  double longest_inland_m = 0.0;  ///< longest run of inland zone
  bool met_sea = false;           ///< only then the following have a meaning
  double tx_coast_m = 0.0;        ///< from the transmitter to the first sea
  double rx_coast_m = 0.0;        ///< from the receiver to the last sea
};
ZoneSections zone_sections(const PathProfileView& profile);

/// Fraction of a path over sea.
inline double sea_fraction(const PathProfileView& profile) {
  return profile.zone.empty() ? 0.0 : zone_sections(profile).sea_fraction;
}

}  // namespace yonder::propagation
