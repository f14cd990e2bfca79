#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "propagation/physics/extended_hata.h"

namespace yonder::propagation::extended_hata {
namespace {

double mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Rise of one end over the mean of `ring`, weighted in from 3 to 15 km of path.
double rise(double ground_m, std::span<const double> ring, double distance_km) {
  const double weight = std::min(1.0, (distance_km - 3.0) / 12.0);
  return weight * (ground_m - mean(ring));
}

/// Slope of the first `intervals` intervals, rise over run: least squares with half weight at both
/// ends.
double fitted_slope(const MobileProfile& profile, std::size_t intervals) {
  const double n = static_cast<double>(intervals);
  double moment = 0.25 * n * (profile.ground_m[intervals] - profile.ground_m[0]);
  for (std::size_t i = 1; i < intervals; ++i) {
    moment += (static_cast<double>(i) - 0.5 * n) * profile.ground_m[i];
  }
  return 12.0 * moment / ((n * n + 2.0) * n) / profile.step_m;
}

/// Curvature 1/a_e of the effective earth, 1/m, for the mean ground height: N0 = 301 reduced to
/// that height, with the Longley-Rice relation of refractivity and curvature.
double effective_curvature(double mean_ground_m) {
  constexpr double kSeaLevelRefractivity = 301.0;
  constexpr double kEarthCurvature = 157e-9;
  const double surface_refractivity = kSeaLevelRefractivity * std::exp(-mean_ground_m / 9460.0);
  return kEarthCurvature * (1.0 - 0.04665 * std::exp(surface_refractivity / 179.3));
}

}  // namespace

MeanGroundRise mean_ground_rise(const MobileProfile& profile) {
  const double distance_km = profile.length_m() * 0.001;
  if (distance_km < 3.0) return {};
  const double step_km = profile.step_m * 0.001;
  const std::size_t n = profile.intervals();
  const auto near = static_cast<std::size_t>(3.0 / step_km);
  const std::size_t far =
      distance_km <= 15.0 ? n : std::min(n, static_cast<std::size_t>(15.0 / step_km));
  const std::size_t count = far - near + 1;
  return {rise(profile.ground_m[0], profile.ground_m.subspan(near, count), distance_km),
          rise(profile.ground_m[n], profile.ground_m.subspan(n - far, count), distance_km)};
}

Undulation undulation(const MobileProfile& profile, std::span<double> scratch) {
  const double distance_km = profile.length_m() * 0.001;
  const std::size_t count =
      distance_km < 10.0 ? profile.ground_m.size()
                         : std::min(profile.ground_m.size(),
                                    static_cast<std::size_t>(10.0 / (profile.step_m * 0.001)) + 1);
  const std::span<double> sorted = scratch.first(count);
  std::copy_n(profile.ground_m.begin(), count, sorted.begin());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const auto exceeded_at = [&](double fraction) {
    const int rank = static_cast<int>(fraction * static_cast<double>(count) - 1.0);
    return sorted[static_cast<std::size_t>(std::max(0, rank))];
  };
  const double asymptote = distance_km < 10.0 ? (1.0 - 0.8 * std::exp(-0.2)) /
                                                    (1.0 - 0.8 * std::exp(-0.02 * distance_km))
                                              : 1.0;
  Undulation result;
  result.height_10_m = exceeded_at(0.1) * asymptote;
  result.height_50_m = exceeded_at(0.5) * asymptote;
  result.height_90_m = exceeded_at(0.9) * asymptote;
  result.delta_h_m = result.height_10_m - result.height_90_m;
  return result;
}

double slope_at_mobile_mrad(const MobileProfile& profile) {
  const double length_m = profile.length_m();
  if (length_m < 5000.0) return 0.0;
  double steepest = -std::numeric_limits<double>::infinity();
  double flattest = std::numeric_limits<double>::infinity();
  double over_5_km = 0.0;
  for (double run_m = 5000.0; run_m <= 10000.0 && run_m <= length_m; run_m += 1000.0) {
    // The fit covers whole intervals only, its rise is taken as that of the full run.
    const auto intervals = static_cast<std::size_t>(run_m / profile.step_m);
    const double rise_m =
        fitted_slope(profile, intervals) * static_cast<double>(intervals) * profile.step_m;
    const double slope =
        -1000.0 * rise_m / run_m;  // Okumura counts ground that rises to the mobile
    steepest = std::max(steepest, slope);
    flattest = std::min(flattest, slope);
    if (run_m == 5000.0) over_5_km = slope;
  }
  if (length_m <= 5000.0 || steepest * flattest < 0.0) return over_5_km;
  return steepest >= 0.0 ? steepest : flattest;
}

Horizons horizons(const MobileProfile& profile, double mobile_height_m, double base_height_m) {
  const std::size_t n = profile.intervals();
  const double length_m = profile.length_m();
  const double curvature = effective_curvature(mean(profile.ground_m));
  const double mobile_amsl_m = profile.ground_m[0] + mobile_height_m;
  const double base_amsl_m = profile.ground_m[n] + base_height_m;

  // Running maximum of the elevation from each end; the base's is followed only behind the mobile's
  // first obstacle.
  const double direct = (base_amsl_m - mobile_amsl_m) / length_m;
  double from_mobile = direct - 0.5 * curvature * length_m;
  double from_base = -direct - 0.5 * curvature * length_m;
  Horizons result{length_m, length_m, false, 0.0};
  std::size_t edge = n;
  bool obstructed = false;
  for (std::size_t i = 1; i < n; ++i) {
    const double a = static_cast<double>(i) * profile.step_m;
    const double b = length_m - a;
    const double elevation_a = (profile.ground_m[i] - mobile_amsl_m) / a - 0.5 * curvature * a;
    if (elevation_a > from_mobile) {
      from_mobile = elevation_a;
      result.mobile_m = a;
      edge = i;
      obstructed = true;
    }
    if (!obstructed) continue;
    const double elevation_b = (profile.ground_m[i] - base_amsl_m) / b - 0.5 * curvature * b;
    if (elevation_b > from_base) {
      from_base = elevation_b;
      result.base_m = b;
    }
  }
  // One obstacle: the two horizons meet within half a step.
  result.single = std::abs(length_m - result.mobile_m - result.base_m) <= 0.5 * profile.step_m;
  if (result.single) {
    // Each antenna is weighed with its own horizon distance, as in the reference implementation
    // whose results define this model; a straight ray would need the weights crossed
    // (docs/models/extended_hata.md).
    const double ray_m =
        (base_amsl_m * result.base_m + mobile_amsl_m * result.mobile_m) / length_m -
        0.5 * curvature * result.mobile_m * result.base_m;
    result.ridge_height_m = std::max(0.0, profile.ground_m[edge] - ray_m);
  }
  return result;
}

}  // namespace yonder::propagation::extended_hata
