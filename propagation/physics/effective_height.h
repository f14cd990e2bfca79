#pragma once

#include "core/path_profile.h"

/// Effective heights of a base antenna over the terrain of a path, as planning tools form them for
/// Hata-like models. Metres; profiles run from the base to the mobile.
namespace yonder::propagation::effective_height {

/// Antenna over the receiver's ground where the base stands higher, else above its own ground.
double spot(const PathProfileView& profile, double height_agl_m);

/// Height above ground plus the difference of both grounds, whichever is higher.
double absolute_spot(const PathProfileView& profile, double height_agl_m);

/// Antenna over the mean ground between two distances from the base; above its own ground on paths
/// that do not reach the first. Points of a path that grows are added from the base on.
class AverageProfile {
 public:
  AverageProfile(double from_m, double to_m) : from_m_(from_m), to_m_(to_m) {}

  void add(double distance_m, double ground_amsl_m) {
    if (distance_m < from_m_ || distance_m > to_m_) return;
    sum_m_ += ground_amsl_m;
    count_ += 1.0;
  }

  double height_m(double tx_ground_amsl_m, double height_agl_m) const {
    return count_ == 0.0 ? height_agl_m : height_agl_m + tx_ground_amsl_m - sum_m_ / count_;
  }

 private:
  double from_m_;
  double to_m_;
  double sum_m_ = 0.0;
  double count_ = 0.0;
};

/// Antenna over the plane of the ground's slope at the receiver, fitted over the last `over_m`
/// metres (at least two points) and drawn back to the base.
double over_slope_at_receiver(const PathProfileView& profile, double height_agl_m, double over_m);

}  // namespace yonder::propagation::effective_height
