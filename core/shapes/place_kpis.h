#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/nr/service_names.h"
#include "core/shapes/weighted.h"

/// What a terminal finds over a shape, whatever the shape is: a share of each place's weight.
namespace yonder::shapes {

/// What a terminal finds at one place: a pixel, a stretch of a route, a point.
struct PlaceResult {
  double weight = 0.0;  ///< m of route, km2 of area, weight of a point
  double rsrp_dbm = std::numeric_limits<double>::quiet_NaN();
  double ss_sinr_db = std::numeric_limits<double>::quiet_NaN();
  double downlink_bps = 0.0;  ///< single user, all resource blocks
  double loaded_downlink_bps = 0.0;
  double uplink_bps = 0.0;
  double probability = 0.0;  ///< of at least effective service
  nr::ServiceClass service_class = nr::ServiceClass::unknown;
  nr::ServiceLimit limit = nr::ServiceLimit::unknown;  ///< fails first, or comes nearest to it
  bool fails = true;                                   ///< whether that limit fails

  bool effective() const { return service_class >= nr::ServiceClass::effective; }
  /// Whether the terminal is let in.
  bool connected() const { return service_class >= nr::ServiceClass::weak; }
};

/// Mean and percentiles; nullopt where there is no number (WeightedValues).
struct Spread {
  std::optional<double> mean, p10, p50, p90;
};

/// A limit and the share of the weight at which it fails first.
struct LimitShare {
  nr::ServiceLimit limit = nr::ServiceLimit::unknown;
  double share = 0.0;
};

struct PlaceKpis {
  std::size_t places = 0;
  std::size_t covered_places = 0;
  double weight = 0.0;
  /// With at least effective service where it is judged, else at or above the weakest threshold.
  double covered_share = 0.0;
  std::vector<double> threshold_shares;  ///< by threshold: SS-RSRP alone
  Spread rsrp_dbm;
  // Where service is judged:
  bool judged = false;
  std::array<double, nr::kServiceClasses> class_shares{};
  Spread ss_sinr_db;
  Spread downlink_bps;  ///< nothing (0) where the terminal is not let in
  Spread loaded_downlink_bps;
  Spread uplink_bps;
  /// Mean over the places with at least effective service alone.
  std::optional<double> effective_downlink_mean_bps;
  double probability_mean = 0.0;
  std::vector<LimitShare> failing;                 ///< largest first
  std::vector<LimitShare> nearest;                 ///< where nothing fails
  std::optional<nr::ServiceLimit> dominant_limit;  ///< first of `failing`, else of `nearest`
};

/// Preconditions: thresholds strongest first, not empty.
PlaceKpis place_kpis(std::span<const PlaceResult> places, std::span<const double> thresholds_dbm,
                     bool judged);

/// Whether a place counts as covered: as PlaceKpis::covered_share.
bool is_covered(const PlaceResult& place, bool judged, double weakest_threshold_dbm);

}  // namespace yonder::shapes
