#pragma once

#include <string>

#include "core/path_profile.h"

namespace yonder::scenarios {

/// What lies below the paths of a sweep: level land, level sea, or one profile that the user gave.
class LossSurface {
 public:
  /// "flat", "sea", a CSV file (columns distance_m, ground_amsl_m and, if wanted, clutter_height_m
  /// and zone), or FILE.jsonl with one case, or FILE.jsonl#ID, of which the profile is taken.
  /// Throws ScenarioErrors.
  explicit LossSurface(const std::string& what);

  /// "flat ground, inland, at 0 m", "sea at 0 m", "profile ridge.csv, 20000 m long".
  const std::string& description() const { return description_; }

  /// Whether it is a given profile, which has an end and points of its own.
  bool is_given() const { return given_.distance_m.size() >= 2; }
  /// Length of a given profile.
  double length_m() const { return given_.distance_m.back(); }
  /// The distance of the given profile's point nearest to `distance_m`, never that of the first.
  double nearest_point_m(double distance_m) const;

  /// The path's profile from the transmitter to `distance_m` > 0. Level surfaces: points of equal
  /// spacing, kLevelIntervals intervals whatever the distance, so that no number of points changes
  /// along a sweep. A given profile is cut behind the point at `distance_m`, which must be one of
  /// its points: no ground is made up between them.
  PathProfile cut(double distance_m) const;

  static constexpr int kLevelIntervals = 400;

 private:
  std::string description_;
  Zone level_zone_ = Zone::inland;
  PathProfile given_;
};

}  // namespace yonder::scenarios
