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

/// Sections of a growing path: points are added in order, and at any of them a path may end.
class ZoneRuns {
 public:
  /// Point at `distance_m`; the first one is the transmitter's, at 0.
  void add(Zone zone, double distance_m);

  /// Sections of the path that goes on from the points so far to an end at `length_m` in `zone`.
  ZoneSections end_at(Zone zone, double length_m) const;

 private:
  void close(double to_m);

  // Runs are measured from end to end, so that no rounding piles up.
  bool started_ = false;
  Zone zone_ = Zone::inland;  // of the present run
  double from_m_ = 0.0;       // where it began
  double land_from_m_ = 0.0;  // where the present land section began
  double previous_m_ = 0.0;   // last point
  double sea_m_ = 0.0;
  double sea_end_m_ = 0.0;  // of the last sea run
  bool met_land_ = false;
  ZoneSections longest_;
};

ZoneSections zone_sections(const PathProfileView& profile);

/// Fraction of a path over sea.
inline double sea_fraction(const PathProfileView& profile) {
  return profile.zone.empty() ? 0.0 : zone_sections(profile).sea_fraction;
}

}  // namespace yonder::propagation
