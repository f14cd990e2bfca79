#include "propagation/physics/p1546_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/units.h"

namespace yonder::propagation::p1546 {

double mean_ground_amsl_m(const PathProfileView& profile, double from_m, double to_m) {
  double area = 0.0;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    const double x0 = profile.distance_m[i - 1];
    const double x1 = profile.distance_m[i];
    const double a = std::max(x0, from_m);
    const double b = std::min(x1, to_m);
    if (a >= b) continue;
    const double slope = (profile.ground_amsl_m[i] - profile.ground_amsl_m[i - 1]) / (x1 - x0);
    const double middle = profile.ground_amsl_m[i - 1] + slope * (0.5 * (a + b) - x0);
    area += middle * (b - a);
  }
  return area / (to_m - from_m);
}

double base_height_m(const PathProfileView& profile, double height_agl_m) {
  const double d = profile.length_m();
  const double mean =
      d >= 15e3 ? mean_ground_amsl_m(profile, 3e3, 15e3) : mean_ground_amsl_m(profile, 0.2 * d, d);
  return height_agl_m + profile.ground_amsl_m.front() - mean;
}

double transmitter_clearance_angle_deg(const PathProfileView& profile, double height_agl_m) {
  const double antenna_m = profile.ground_amsl_m.front() + height_agl_m;
  double steepest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < profile.size(); ++i) {
    if (profile.distance_m[i] > 15e3 && i > 1) break;  // one point at least
    steepest = std::max(steepest, (profile.ground_amsl_m[i] - antenna_m) / profile.distance_m[i]);
  }
  return rad_to_deg(std::atan(steepest));
}

double receiver_clearance_angle_deg(const PathProfileView& profile, double height_agl_m) {
  const std::size_t last = profile.size() - 1;
  const double antenna_m = profile.ground_amsl_m[last] + height_agl_m;
  double steepest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = last; i-- > 0;) {
    const double distance_m = profile.length_m() - profile.distance_m[i];
    if (distance_m > 16e3 && i + 1 < last) break;
    steepest = std::max(steepest, (profile.ground_amsl_m[i] - antenna_m) / distance_m);
  }
  return rad_to_deg(std::atan(steepest));
}

}  // namespace yonder::propagation::p1546
