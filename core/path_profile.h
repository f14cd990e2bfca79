#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/contracts.h"

namespace yonder {

/// Radio-climatic zone of ITU-R P.1812-8 table 4 and P.452: sea (B), coastal land (A1), inland
/// (A2).
enum class Zone : std::uint8_t { sea = 0, coastal = 1, inland = 2 };

/// A terrain profile from transmitter (first point) to receiver (last point), seen through spans of
/// one length n >= 2. Points need not be equidistant. `clutter_height_m` may be empty (no clutter);
/// its first value is unused, its last one is no obstacle but the clutter around the receiver
/// (location variability). `zone` may be empty (all inland).
struct PathProfileView {
  std::span<const double> distance_m;  ///< from the transmitter, 0 first, strictly rising
  std::span<const double> ground_amsl_m;
  std::span<const double> clutter_height_m;  ///< representative clutter height above ground, >= 0
  std::span<const Zone> zone;

  std::size_t size() const { return distance_m.size(); }
  bool empty() const { return distance_m.empty(); }
  double length_m() const { return distance_m.back(); }
  Zone zone_at(std::size_t i) const { return zone.empty() ? Zone::inland : zone[i]; }
  double clutter_at(std::size_t i) const {
    return clutter_height_m.empty() ? 0.0 : clutter_height_m[i];
  }
};

/// Owning profile; reused from path to path so that steady state allocates nothing.
struct PathProfile {
  std::vector<double> distance_m;
  std::vector<double> ground_amsl_m;
  std::vector<double> clutter_height_m;
  std::vector<Zone> zone;

  PathProfileView view() const { return {distance_m, ground_amsl_m, clutter_height_m, zone}; }
  void resize(std::size_t n) {
    distance_m.resize(n);
    ground_amsl_m.resize(n);
    clutter_height_m.resize(n);
    zone.resize(n);
  }
};

}  // namespace yonder
