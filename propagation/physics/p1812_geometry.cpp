#include "propagation/physics/p1812_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "core/units.h"
#include "propagation/physics/bullington.h"

namespace yonder::propagation::p1812 {
namespace {

constexpr double kLowest = -std::numeric_limits<double>::infinity();

/// The straight line between the antennas.
struct Chord {
  double length_m;
  double tx_m;
  double rx_m;
  double slope;
};

/// Largest slopes from both ends over the interior points of a profile, in one pass. Slopes are
/// those seen from an end over a curved earth, (h - h_end) / s - s c: the Bullington slopes are
/// these plus D c.
struct Scan {
  // Bare terrain at the median radius: horizons, with the first (last) point that attains them.
  double tx_horizon = kLowest;
  double rx_horizon = kLowest;
  std::size_t tx_index = 0;
  std::size_t rx_index = 0;
  // Bare terrain without curvature: obstruction of the straight line.
  double tx_straight = kLowest;
  double rx_straight = kLowest;
  double straight_height = kLowest;
  // With clutter, at both radii.
  double tx_median = kLowest;
  double rx_median = kLowest;
  double tx_beta = kLowest;
  double rx_beta = kLowest;
  SmoothEarthSums sums;
};

void raise(double& best, double value) { best = value > best ? value : best; }

template <bool has_clutter>
Scan scan_profile(const PathProfileView& profile, const Chord& chord, double median_curvature) {
  const double* const distance = profile.distance_m.data();
  const double* const ground = profile.ground_amsl_m.data();
  const double* const clutter = profile.clutter_height_m.data();
  const std::size_t last = profile.size() - 1;
  Scan scan;
  double previous_x = 0.0;
  double previous_h = ground[0];
  for (std::size_t i = 1; i < last; ++i) {
    const double x = distance[i];
    const double h = ground[i];
    const double y = chord.length_m - x;
    const double inverse_x = 1.0 / x;
    const double inverse_y = 1.0 / y;
    scan.sums.add_segment(previous_x, previous_h, x, h);
    previous_x = x;
    previous_h = h;

    const double tx_rise = h - chord.tx_m;
    const double rx_rise = h - chord.rx_m;
    const double tx_slope = tx_rise * inverse_x;
    const double rx_slope = rx_rise * inverse_y;
    raise(scan.straight_height, tx_rise - chord.slope * x);
    raise(scan.tx_straight, tx_slope);
    raise(scan.rx_straight, rx_slope);
    const double tx_seen = tx_slope - x * median_curvature;
    const double rx_seen = rx_slope - y * median_curvature;
    if (tx_seen > scan.tx_horizon) {
      scan.tx_horizon = tx_seen;
      scan.tx_index = i;
    }
    if (rx_seen >= scan.rx_horizon) {
      scan.rx_horizon = rx_seen;
      scan.rx_index = i;
    }
    double tx_covered = tx_slope;
    double rx_covered = rx_slope;
    if constexpr (has_clutter) {
      const double cover = clutter[i];
      tx_covered = (tx_rise + cover) * inverse_x;
      rx_covered = (rx_rise + cover) * inverse_y;
      raise(scan.tx_median, tx_covered - x * median_curvature);
      raise(scan.rx_median, rx_covered - y * median_curvature);
    }
    raise(scan.tx_beta, tx_covered - x * kBetaCurvature);
    raise(scan.rx_beta, rx_covered - y * kBetaCurvature);
  }
  scan.sums.add_segment(previous_x, previous_h, distance[last], ground[last]);
  if constexpr (!has_clutter) {
    scan.tx_median = scan.tx_horizon;
    scan.rx_median = scan.rx_horizon;
  }
  return scan;
}

/// The point of a path in sight with the largest diffraction parameter (the last one of equals).
struct SightPoint {
  double obstruction = 0.0;
  std::size_t index = 0;
};

template <bool has_clutter>
SightPoint nearest_to_line(const PathProfileView& profile, const Chord& chord, double curvature) {
  const double* const distance = profile.distance_m.data();
  const double* const ground = profile.ground_amsl_m.data();
  const double* const clutter = profile.clutter_height_m.data();
  const std::size_t last = profile.size() - 1;
  double best = kLowest;  // of H |H| / (x (D - x)), which orders points as nu does
  std::size_t index = 1;
  for (std::size_t i = 1; i < last; ++i) {
    const double x = distance[i];
    const double product = x * (chord.length_m - x);
    double height = ground[i] - chord.tx_m - chord.slope * x + product * curvature;
    if constexpr (has_clutter) height += clutter[i];
    const double order = height * std::abs(height) / product;
    if (order >= best) {
      best = order;
      index = i;
    }
  }
  const double root = std::sqrt(std::abs(best) * chord.length_m);
  return {best < 0.0 ? -root : root, index};
}

/// Obstruction of the actual path from its steepest slopes; `tx_seen` and `rx_seen` lack the
/// constant D c.
template <bool has_clutter>
double actual_obstruction(const PathProfileView& profile, const Chord& chord, double curvature,
                          double tx_seen, double rx_seen) {
  const double bulge_slope = chord.length_m * curvature;
  const double tx_slope = tx_seen + bulge_slope;
  if (tx_slope > chord.slope) {
    return transhorizon_obstruction(chord.length_m, chord.tx_m, chord.rx_m, tx_slope,
                                    rx_seen + bulge_slope, profile.distance_m[1],
                                    profile.distance_m[profile.size() - 2]);
  }
  return nearest_to_line<has_clutter>(profile, chord, curvature).obstruction;
}

template <bool has_clutter>
void fill_terrain(const PathProfileView& profile, const PathLossInput& input,
                  double median_radius_m, PathGeometry& g) {
  const double median_curvature = 0.5 / median_radius_m;
  const Chord chord = {g.distance_m, g.tx_amsl_m, g.rx_amsl_m,
                       (g.rx_amsl_m - g.tx_amsl_m) / g.distance_m};
  const Scan scan = scan_profile<has_clutter>(profile, chord, median_curvature);
  const EndHeights ground = {profile.ground_amsl_m.front(), profile.ground_amsl_m.back()};

  // Horizons, sections 5.2-5.4. In sight both "horizons" are the point closest to the line.
  const double line_drop = g.distance_m * median_curvature;
  g.transhorizon = scan.tx_horizon > chord.slope - line_drop;  // eqs. (76)-(79)
  std::size_t tx_index = scan.tx_index;
  std::size_t rx_index = scan.rx_index;
  std::size_t sight_index = 0;
  double sight_obstruction = 0.0;
  if (g.transhorizon) {
    g.tx_horizon_slope = scan.tx_horizon;
    g.rx_horizon_slope = scan.rx_horizon;  // eq. (82)
  } else {
    g.tx_horizon_slope = chord.slope - line_drop;   // eq. (78)
    g.rx_horizon_slope = -chord.slope - line_drop;  // eq. (81)
    const SightPoint nearest = nearest_to_line<false>(profile, chord, median_curvature);
    sight_index = nearest.index;
    sight_obstruction = nearest.obstruction;
    tx_index = sight_index;
    rx_index = sight_index;
  }
  g.tx_horizon_m = profile.distance_m[tx_index];
  g.rx_horizon_m = g.distance_m - profile.distance_m[rx_index];

  // Smooth earth, section 5.6.
  const EndHeights line = smooth_earth_ends(scan.sums, g.distance_m);
  const EndHeights diffraction = diffraction_smooth_heights(
      line, {scan.straight_height, scan.tx_straight - chord.slope, scan.rx_straight + chord.slope},
      ground);
  g.diffraction_tx_amsl_m = diffraction.tx_m;
  g.diffraction_rx_amsl_m = diffraction.rx_m;
  const EndHeights ducting = {std::min(line.tx_m, ground.tx_m), std::min(line.rx_m, ground.rx_m)};
  g.ducting_tx_height_m = input.tx.height_agl_m + ground.tx_m - ducting.tx_m;
  g.ducting_rx_height_m = input.rx.height_agl_m + ground.rx_m - ducting.rx_m;
  const double slope = (ducting.rx_m - ducting.tx_m) / g.distance_m;  // eq. (93)
  g.roughness_m = kLowest;
  // Exactly, the transmitter's horizon never lies behind the receiver's; rounding may swap two
  // equal points.
  for (std::size_t i = std::min(tx_index, rx_index); i <= std::max(tx_index, rx_index); ++i) {
    raise(g.roughness_m, profile.ground_amsl_m[i] - ducting.tx_m - slope * profile.distance_m[i]);
  }

  g.actual_median = !has_clutter && !g.transhorizon
                        ? sight_obstruction
                        : actual_obstruction<has_clutter>(profile, chord, median_curvature,
                                                          scan.tx_median, scan.rx_median);
  g.actual_beta =
      actual_obstruction<has_clutter>(profile, chord, kBetaCurvature, scan.tx_beta, scan.rx_beta);
}

}  // namespace

void fill_zones(const ZoneSections& sections, PathGeometry& g) {
  g.sea_fraction = sections.sea_fraction;
  g.longest_land_m = sections.longest_land_m;
  g.longest_inland_m = sections.longest_inland_m;
  if (sections.met_sea) {
    g.tx_coast_m = sections.tx_coast_m;
    g.rx_coast_m = sections.rx_coast_m;
  }
}

PathGeometry path_geometry(const PathLossInput& input, double median_radius_m) {
  const PathProfileView& profile = input.profile;
  YONDER_EXPECTS(profile.size() >= 3);
  PathGeometry g;
  g.distance_m = profile.length_m();
  g.tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m;
  g.rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m;
  g.rx_height_agl_m = input.rx.height_agl_m;
  g.rx_clutter_m = profile.clutter_at(profile.size() - 1);
  if (profile.clutter_height_m.empty()) {
    fill_terrain<false>(profile, input, median_radius_m, g);
  } else {
    fill_terrain<true>(profile, input, median_radius_m, g);
  }
  const double h1 = g.tx_amsl_m - g.diffraction_tx_amsl_m;  // eq. (37a)
  const double h2 = g.rx_amsl_m - g.diffraction_rx_amsl_m;  // eq. (37b)
  g.smooth_median = smooth_earth_obstruction(profile.distance_m, h1, h2, 0.5 / median_radius_m);
  g.smooth_beta = smooth_earth_obstruction(profile.distance_m, h1, h2, kBetaCurvature);
  g.rx_at_sea = profile.zone_at(profile.size() - 1) == Zone::sea;
  fill_zones(zone_sections(profile), g);
  if (input.tx.distance_to_coast_m && profile.zone_at(0) != Zone::sea) {
    g.tx_coast_m = *input.tx.distance_to_coast_m;
  }
  if (input.rx.distance_to_coast_m && !g.rx_at_sea) g.rx_coast_m = *input.rx.distance_to_coast_m;
  g.centre_latitude_deg =
      centre_latitude_deg(input.tx.position.lon_deg, input.tx.position.lat_deg,
                          input.rx.position.lon_deg, input.rx.position.lat_deg, g.distance_m);
  return g;
}

}  // namespace yonder::propagation::p1812
