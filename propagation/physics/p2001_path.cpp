#include "propagation/physics/p2001_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/great_circle.h"

namespace yonder::propagation::p2001 {
namespace {

constexpr double kLowest = -std::numeric_limits<double>::infinity();

/// The first to the last profile point that is a terminal's horizon.
struct HorizonPoints {
  std::size_t tx = 0;
  std::size_t rx = 0;
};

/// Section 3.7. In sight both horizons are the point with the largest diffraction parameter. Of
/// equal points the last one counts.
HorizonPoints fill_horizons(const PathProfileView& profile, double wavelength_m, Path& path) {
  const double d = path.distance_km;
  const double ae = path.median_radius_km;
  const double hts = path.tx.amsl_m;
  const double hrs = path.rx.amsl_m;
  const std::size_t last = profile.size() - 1;
  const auto x_km = [&](std::size_t i) { return profile.distance_m[i] / 1000.0; };
  HorizonPoints points;
  double tx_highest = kLowest;
  double rx_highest = kLowest;
  for (std::size_t i = 1; i < last; ++i) {
    const double x = x_km(i);
    const double y = d - x;
    const double from_tx = (profile.ground_amsl_m[i] - hts) / x - 500.0 * x / ae;  // (3.7.1)
    const double from_rx = (profile.ground_amsl_m[i] - hrs) / y - 500.0 * y / ae;  // (3.7.8)
    if (from_tx >= tx_highest) {
      tx_highest = from_tx;
      points.tx = i;
    }
    if (from_rx >= rx_highest) {
      rx_highest = from_rx;
      points.rx = i;
    }
  }
  const double tx_to_rx = (hrs - hts) / d - 500.0 * d / ae;  // eq. (3.7.2)
  path.line_of_sight = tx_highest < tx_to_rx;
  if (path.line_of_sight) {
    path.tx.horizon_mrad = tx_to_rx;
    path.rx.horizon_mrad = -tx_to_rx - 1000.0 * d / ae;
    double highest_nu = kLowest;
    for (std::size_t i = 1; i < last; ++i) {
      const double x = x_km(i);
      const double y = d - x;
      const double clearance =
          profile.ground_amsl_m[i] + 500.0 * x * y / ae - (hts * y + hrs * x) / d;
      const double nu = clearance * std::sqrt(0.002 * d / (wavelength_m * x * y));  // (3.7.3)
      if (nu >= highest_nu) {
        highest_nu = nu;
        points = {i, i};
      }
    }
  } else {
    path.tx.horizon_mrad = tx_highest;
    path.rx.horizon_mrad = rx_highest;
  }
  path.tx.horizon_km = x_km(points.tx);
  path.rx.horizon_km = d - x_km(points.rx);
  path.tx.horizon_ground_m = profile.ground_amsl_m[points.tx];
  path.rx.horizon_ground_m = profile.ground_amsl_m[points.rx];
  return points;
}

/// Section 3.8.
void fill_smooth_earth(const PathProfileView& profile, const SmoothEarthSums& sums,
                       HorizonPoints horizons, Path& path) {
  const double length_m = profile.length_m();
  const EndHeights ducting =
      ducting_smooth_heights(sums, length_m, {path.tx.ground_amsl_m, path.rx.ground_amsl_m});
  path.tx.ducting_height_m = path.tx.amsl_m - ducting.tx_m;
  path.rx.ducting_height_m = path.rx.amsl_m - ducting.rx_m;
  const double slope = (ducting.rx_m - ducting.tx_m) / length_m;  // eq. (3.8.5)
  path.roughness_m = kLowest;
  // Exactly, the transmitter's horizon never lies behind the receiver's; rounding may swap two
  // equal points.
  for (std::size_t i = std::min(horizons.tx, horizons.rx); i <= std::max(horizons.tx, horizons.rx);
       ++i) {
    path.roughness_m = std::max(
        path.roughness_m, profile.ground_amsl_m[i] - ducting.tx_m - slope * profile.distance_m[i]);
  }
}

/// Section 3.9 and eq. (E.1).
void fill_common_volume(Path& path) {
  const double d = path.distance_km;
  const double angle_rad = d / path.median_radius_km;  // theta_e, eq. (3.5.4)
  const double tx_tan = std::tan(0.001 * path.tx.positive_horizon_mrad() + 0.5 * angle_rad);
  const double rx_tan = std::tan(0.001 * path.rx.positive_horizon_mrad() + 0.5 * angle_rad);
  const double from_tx_km =
      (d * rx_tan - 0.001 * (path.tx.amsl_m - path.rx.amsl_m)) / (tx_tan + rx_tan);
  path.tx.common_volume_km = from_tx_km > 0.0 ? std::min(from_tx_km, d) : 0.0;
  path.rx.common_volume_km = d - path.tx.common_volume_km;
  const double dtcv = path.tx.common_volume_km;
  path.common_volume_amsl_m = path.tx.amsl_m +
                              1000.0 * dtcv * std::tan(0.001 * path.tx.positive_horizon_mrad()) +
                              1000.0 * dtcv * dtcv / (2.0 * path.median_radius_km);
  path.scatter_angle_mrad = 1000.0 * angle_rad + path.tx.horizon_mrad + path.rx.horizon_mrad;
}

}  // namespace

void fill_refraction(const Refractivity& climate, TimePercent time, Path& path) {
  const double nd1km50 = -climate.dn_median;  // eq. (3.4.1.1)
  path.nd1kmp = time.p < 50.0 ? nd1km50 + climate.dn_sup_slope * std::log10(0.02 * time.p)
                              : nd1km50 - climate.dn_sub_slope * std::log10(0.02 * time.q);
  path.median_radius_km = median_effective_radius_km(climate.dn_median);
  path.curvature_per_km = (157.0 + path.nd1kmp) / (157.0 * kEarthRadiusKm);
  path.radius_km = path.curvature_per_km > 1e-6 ? 1.0 / path.curvature_per_km : 1e6;
}

EndHeights ducting_smooth_heights(const SmoothEarthSums& sums, double length_m, EndHeights ground) {
  const EndHeights line = smooth_earth_ends(sums, length_m);                    // eq. (3.8.3)
  return {std::min(line.tx_m, ground.tx_m), std::min(line.rx_m, ground.rx_m)};  // eq. (3.8.4)
}

WholeProfile whole_profile(const PathProfileView& profile) {
  const std::span<const double> x = profile.distance_m;
  const std::span<const double> h = profile.ground_amsl_m;
  const std::size_t n = profile.size();
  YONDER_EXPECTS(n >= 3);
  WholeProfile whole;
  for (std::size_t i = 1; i < n; ++i) whole.sums.add_segment(x[i - 1], h[i - 1], x[i], h[i]);
  whole.zones = zone_sections(profile);
  whole.middle_ground_m = n % 2 == 1 ? h[n / 2] : 0.5 * (h[n / 2 - 1] + h[n / 2]);
  whole.interior_m = x.subspan(1, n - 2);
  return whole;
}

Path describe_path(const PathLossInput& input, const WholeProfile& whole,
                   const Refractivity& climate, TimePercent time, double wavelength_m) {
  const PathProfileView& profile = input.profile;
  YONDER_EXPECTS(profile.size() >= 3);
  Path path;
  path.distance_km = profile.length_m() / 1000.0;
  path.tx.ground_amsl_m = profile.ground_amsl_m.front();
  path.rx.ground_amsl_m = profile.ground_amsl_m.back();
  path.tx.amsl_m = path.tx.ground_amsl_m + input.tx.height_agl_m;
  path.rx.amsl_m = path.rx.ground_amsl_m + input.rx.height_agl_m;
  path.middle =
      point_on_great_circle(input.tx.position, input.rx.position, 0.5 * profile.length_m());
  path.middle_ground_m = whole.middle_ground_m;
  path.zones = whole.zones;
  path.tx.coast_km =
      path.zones.met_sea ? path.zones.tx_coast_m / 1000.0 : path.distance_km;  // section D.4
  path.rx.coast_km = path.zones.met_sea ? path.zones.rx_coast_m / 1000.0 : path.distance_km;
  fill_refraction(climate, time, path);
  fill_smooth_earth(profile, whole.sums, fill_horizons(profile, wavelength_m, path), path);
  fill_common_volume(path);
  return path;
}

DeltaBullington diffraction(const Path& path, const PathProfileView& profile,
                            const WholeProfile& whole, double frequency_ghz, double wavelength_m,
                            Polarization polarization) {
  const PathProfileView bare = {profile.distance_m, profile.ground_amsl_m, {}, {}};
  const DiffractionPath over_ground = {bare, path.tx.amsl_m, path.rx.amsl_m,
                                       5e-4 * path.curvature_per_km};
  return delta_bullington(over_ground,
                          {.frequency_ghz = frequency_ghz,
                           .wavelength_m = wavelength_m,
                           .polarization = polarization,
                           .sea_fraction = path.zones.sea_fraction},
                          diffraction_smooth_heights(over_ground,
                                                     whole.sums),  // eqs. (3.8.8)-(3.8.10)
                          path.radius_km, whole.interior_m);
}

}  // namespace yonder::propagation::p2001
