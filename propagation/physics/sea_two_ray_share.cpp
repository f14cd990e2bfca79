#include "propagation/physics/sea_two_ray_share.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/units.h"
#include "propagation/physics/ramp.h"

namespace yonder::propagation::sea {
namespace {

// The two-ray model itself refuses below 0.6.
constexpr double kLeastClearance = 0.6;
constexpr double kFullClearance = 1.0;
// Tide and waves of a tenth of an antenna's height blur lobes of higher order than the third.
constexpr double kMostDetour = 3.0;
constexpr double kFullDetour = 1.5;
constexpr double kLeastSeaZone = 0.5;

double clearance_share(double clearance_over_f1) {
  return ramp(clearance_over_f1, kLeastClearance, kFullClearance);
}

/// Length of the way from antenna to antenna over a point of the tangent plane.
double length_over(const ReflectionPoint& point, double x_m) {
  return std::hypot(x_m, point.tx_above_tangent_m) +
         std::hypot(point.d1_m + point.d2_m - x_m, point.rx_above_tangent_m);
}

/// Land's part of the share.
void add_land(const PathLossInput& input, double tx_amsl_m, double rx_amsl_m, double earth_radius_m,
              const ReflectionPoint& point, TwoRayShare& result) {
  const PathProfileView& profile = input.profile;
  const double wavelength = wavelength_m(input.frequency_hz);
  const double length_m = profile.length_m();
  const std::size_t n = profile.size();
  double nearest_detour_m = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < n; ++i) {
    if (profile.zone_at(i) == Zone::sea) continue;
    // Surfaces change midway between points.
    const double x = profile.distance_m[i];
    const double first = i == 0 ? 0.0 : 0.5 * (profile.distance_m[i - 1] + x);
    const double last = i + 1 == n ? length_m : 0.5 * (x + profile.distance_m[i + 1]);
    const double nearest = std::clamp(point.d1_m, first, last);
    nearest_detour_m =
        std::min(nearest_detour_m, length_over(point, nearest) - length_over(point, point.d1_m));
    if (i == 0 || i + 1 == n) continue;
    const double to_rx = length_m - x;
    const double ray_m = (tx_amsl_m * to_rx + rx_amsl_m * x) / length_m;
    const double top_m =
        profile.ground_amsl_m[i] + profile.clutter_at(i) + x * to_rx / (2.0 * earth_radius_m);
    result.clearance_over_f1 = std::min(result.clearance_over_f1,
                                        (ray_m - top_m) / fresnel_radius_m(wavelength, x, to_rx));
  }
  result.sea_half_zone = std::max(0.0, nearest_detour_m) / (0.5 * wavelength);
  result.share = ramp(result.sea_half_zone, kLeastSeaZone, 1.0) *
                 clearance_share(result.clearance_over_f1) *
                 (1.0 - log_ramp(result.detour_wavelengths, kFullDetour, kMostDetour));
}

}  // namespace

TwoRayShare two_ray_share_over_sea_alone(double frequency_hz, double distance_m, double tx_amsl_m,
                                         double rx_amsl_m, double earth_radius_m) {
  TwoRayShare result;
  if (!(distance_m > 0.0) || !(tx_amsl_m > 0.0) || !(rx_amsl_m > 0.0)) return result;
  const ReflectionPoint point = reflection_point(distance_m, tx_amsl_m, rx_amsl_m, earth_radius_m);
  const double wavelength = wavelength_m(frequency_hz);
  result.clearance_over_f1 =
      point.clearance_m / fresnel_radius_m(wavelength, point.d1_m, point.d2_m);
  result.reflection_m = point.d1_m;
  result.detour_wavelengths = point.excess_path_m / wavelength;
  result.sea_half_zone = std::numeric_limits<double>::infinity();
  const double clearance = clearance_share(result.clearance_over_f1);
  if (clearance <= 0.0) return result;  // beyond the horizon there is no detour to speak of
  result.share = clearance * (1.0 - log_ramp(result.detour_wavelengths, kFullDetour, kMostDetour));
  return result;
}

TwoRayShare two_ray_share(const PathLossInput& input, double earth_radius_m) {
  const PathProfileView& profile = input.profile;
  if (profile.zone.empty()) return {};  // all land
  const double tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m;
  const double rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m;
  TwoRayShare result = two_ray_share_over_sea_alone(input.frequency_hz, input.distance_m, tx_amsl_m,
                                                    rx_amsl_m, earth_radius_m);
  if (!(result.share > 0.0)) return result;
  const ReflectionPoint point =
      reflection_point(input.distance_m, tx_amsl_m, rx_amsl_m, earth_radius_m);
  add_land(input, tx_amsl_m, rx_amsl_m, earth_radius_m, point, result);
  return result;
}

}  // namespace yonder::propagation::sea
