#include "propagation/physics/itm_reference_attenuation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "propagation/physics/itm_diffraction.h"
#include "propagation/physics/itm_line_of_sight.h"
#include "propagation/physics/itm_troposcatter.h"
#include "propagation/physics/itm_warnings.h"

namespace yonder::propagation::itm {
namespace {

double smooth_horizon_m(const Geometry& g, const Medium& medium, std::size_t end) {
  return std::sqrt(2.0 * g.effective_height_m[end] * medium.effective_earth_radius_m);
}

}  // namespace

ReferenceAttenuation reference_attenuation(const Geometry& g, const Medium& medium,
                                           double frequency_mhz) {
  const double smooth_m = smooth_horizon_m(g, medium, 0) + smooth_horizon_m(g, medium, 1);
  const double radius_m = medium.effective_earth_radius_m;

  // Diffraction is a line through its values at two distances well beyond the horizons.
  const double unit_m = std::cbrt(radius_m * radius_m / frequency_mhz);
  const double d3 = std::max(smooth_m, g.horizons_m() + 5.0 * unit_m);
  const double d4 = d3 + 10.0 * unit_m;
  const Diffraction diffraction_at(g, medium, frequency_mhz);
  const double a3 = diffraction_at.attenuation_db(d3);
  const double slope = (diffraction_at.attenuation_db(d4) - a3) / (d4 - d3);
  const AttenuationLine diffraction{slope, a3 - slope * d3};

  ReferenceAttenuation result;
  if (g.distance_m < smooth_m) {
    result.attenuation_db = line_of_sight_db(g, medium, frequency_mhz, smooth_m, diffraction);
  } else {
    result.regime = Regime::diffraction;
    result.attenuation_db = diffraction.at(g.distance_m);
    if (const std::optional<AttenuationLine> scatter =
            troposcatter_line(g, medium, frequency_mhz)) {
      // Scatter takes over where the lines cross, but not before the wave has left the horizon.
      const double crossing_m =
          (scatter->intercept_db - diffraction.intercept_db) / (slope - scatter->slope_db_per_m);
      const double takeover_m = std::max(
          {smooth_m, g.horizons_m() + 1.088 * unit_m * std::log(frequency_mhz), crossing_m});
      if (g.distance_m > takeover_m) {
        result.regime = Regime::troposcatter;
        result.attenuation_db =
            diffraction.at(takeover_m) + scatter->slope_db_per_m * (g.distance_m - takeover_m);
      }
    }
  }
  // Not std::max: a NaN must stay one.
  if (result.attenuation_db < 0.0) result.attenuation_db = 0.0;
  return result;
}

std::uint32_t path_warnings(const Geometry& g, const Medium& medium) {
  std::uint32_t warnings = 0;
  const auto flag = [&](bool is_raised, Warning warning) {
    if (is_raised) warnings |= warning;
  };
  flag(std::abs(g.horizon_angle_rad[0]) > 0.2, kTxHorizonSteep);
  flag(std::abs(g.horizon_angle_rad[1]) > 0.2, kRxHorizonSteep);
  const double smooth_tx_m = smooth_horizon_m(g, medium, 0);
  const double smooth_rx_m = smooth_horizon_m(g, medium, 1);
  flag(g.horizon_distance_m[0] < 0.1 * smooth_tx_m, kTxHorizonNear);
  flag(g.horizon_distance_m[1] < 0.1 * smooth_rx_m, kRxHorizonNear);
  flag(g.horizon_distance_m[0] > 3.0 * smooth_tx_m, kTxHorizonFar);
  flag(g.horizon_distance_m[1] > 3.0 * smooth_rx_m, kRxHorizonFar);
  flag(medium.surface_refractivity < 250.0, kSurfaceRefractivitySmall);
  const double height_difference_m = std::abs(g.effective_height_m[0] - g.effective_height_m[1]);
  flag(g.distance_m < height_difference_m / 0.2, kDistanceShortForHeights);
  flag(g.distance_m < 1e3, kDistanceShort);
  flag(g.distance_m > 1000e3, kDistanceLarge);
  flag(g.distance_m > 2000e3, kDistanceVeryLarge);
  return warnings;
}

}  // namespace yonder::propagation::itm
