#include "propagation/physics/sea_two_ray_share.h"

#include <algorithm>
#include <cmath>

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
constexpr double kMostLandPart = 0.5;

double clearance_share(double clearance_over_f1) {
  return ramp(clearance_over_f1, kLeastClearance, kFullClearance);
}

double detour_share(double wavelengths) {
  return 1.0 - log_ramp(wavelengths, kFullDetour, kMostDetour);
}

/// Sets the stretch whose points lie within half a wavelength of detour of the point of reflection:
/// where the tangent plane cuts the ellipsoid around the antennas.
void set_zone(const ReflectionPoint& point, double distance_m, double wavelength,
              TwoRayShare& result) {
  const double h1 = point.tx_above_tangent_m;
  const double h2 = point.rx_above_tangent_m;
  const double rise = h1 + h2;
  // Longest way less the distance, without cancellation.
  const double longer = rise * rise / (point.reflected_path_m + distance_m) + 0.5 * wavelength;
  const double way = distance_m + longer;
  const double squares = longer * (way + distance_m);  // way^2 - distance^2
  const double a = squares + h1 * h1 - h2 * h2;
  const double root = std::sqrt(std::max(
      0.0, a * a * distance_m * distance_m - squares * (4.0 * way * way * h1 * h1 - a * a)));
  result.zone_first_m = std::clamp((a * distance_m - root) / (2.0 * squares), 0.0, distance_m);
  result.zone_last_m = std::clamp((a * distance_m + root) / (2.0 * squares), 0.0, distance_m);
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
  const double by_clearance = clearance_share(result.clearance_over_f1);
  if (by_clearance <= 0.0) return result;  // beyond the horizon there is no reflection to speak of
  result.detour_wavelengths = point.excess_path_m / wavelength;
  result.share = by_clearance * detour_share(result.detour_wavelengths);
  set_zone(point, distance_m, wavelength, result);
  return result;
}

TwoRayShare two_ray_share(const PathLossInput& input, double earth_radius_m) {
  const PathProfileView& profile = input.profile;
  if (profile.zone.empty()) return {};  // all land
  const double tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m;
  const double rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m;
  TwoRayShare result = two_ray_share_over_sea_alone(input.frequency_hz, input.distance_m, tx_amsl_m,
                                                    rx_amsl_m, earth_radius_m);
  if (result.share <= 0.0) return result;
  const double wavelength = wavelength_m(input.frequency_hz);
  const double length_m = profile.length_m();
  const std::size_t n = profile.size();
  double land_m = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (profile.zone[i] == Zone::sea) continue;
    // Surfaces change midway between points.
    const double x = profile.distance_m[i];
    const double first = i == 0 ? 0.0 : 0.5 * (profile.distance_m[i - 1] + x);
    const double last = i + 1 == n ? length_m : 0.5 * (x + profile.distance_m[i + 1]);
    land_m +=
        std::max(0.0, std::min(last, result.zone_last_m) - std::max(first, result.zone_first_m));
    if (i == 0 || i + 1 == n) continue;
    const double to_rx = length_m - x;
    const double ray_m = (tx_amsl_m * to_rx + rx_amsl_m * x) / length_m;
    const double top_m =
        profile.ground_amsl_m[i] + profile.clutter_at(i) + x * to_rx / (2.0 * earth_radius_m);
    result.land_clearance_over_f1 = std::min(
        result.land_clearance_over_f1, (ray_m - top_m) / fresnel_radius_m(wavelength, x, to_rx));
  }
  result.zone_land_part = land_m / (result.zone_last_m - result.zone_first_m);
  // The lesser of the two, so that land as low as the sea changes nothing here.
  const double clearance = std::min(result.clearance_over_f1, result.land_clearance_over_f1);
  result.share = clearance_share(clearance) * detour_share(result.detour_wavelengths) *
                 ramp(result.zone_land_part, kMostLandPart, 0.0);
  return result;
}

}  // namespace yonder::propagation::sea
