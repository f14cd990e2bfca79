#include "propagation/physics/effective_height.h"

#include <cmath>

namespace yonder::propagation::effective_height {

double spot(const PathProfileView& profile, double height_agl_m) {
  const double rise_m = profile.ground_amsl_m.front() - profile.ground_amsl_m.back();
  return rise_m > 0.0 ? height_agl_m + rise_m : height_agl_m;
}

double absolute_spot(const PathProfileView& profile, double height_agl_m) {
  return height_agl_m + std::abs(profile.ground_amsl_m.front() - profile.ground_amsl_m.back());
}

double over_slope_at_receiver(const PathProfileView& profile, double height_agl_m, double over_m) {
  const std::size_t last = profile.size() - 1;
  const double length_m = profile.length_m();
  std::size_t first = last - 1;
  while (first > 0 && length_m - profile.distance_m[first - 1] <= over_m) --first;

  // Least squares over the points near the receiver, distances counted from it to keep the sums
  // small.
  double n = 0.0, sx = 0.0, sz = 0.0, sxx = 0.0, sxz = 0.0;
  for (std::size_t i = first; i <= last; ++i) {
    const double x = profile.distance_m[i] - length_m;
    const double z = profile.ground_amsl_m[i] - profile.ground_amsl_m[last];
    n += 1.0;
    sx += x;
    sz += z;
    sxx += x * x;
    sxz += x * z;
  }
  const double slope = (n * sxz - sx * sz) / (n * sxx - sx * sx);
  return height_agl_m + profile.ground_amsl_m.front() - profile.ground_amsl_m.back() +
         slope * length_m;
}

}  // namespace yonder::propagation::effective_height
