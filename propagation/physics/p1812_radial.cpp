#include "propagation/physics/p1812_radial.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "propagation/physics/bullington.h"
#include "propagation/physics/effective_earth.h"

namespace yonder::propagation::p1812 {
namespace {

constexpr double kLowest = -std::numeric_limits<double>::infinity();

UpperHull hull_of(Workspace& workspace, std::size_t points) {
  return {workspace.doubles(points), workspace.doubles(points), workspace.indices(points)};
}

HeightBlocks blocks_of(Workspace& workspace, std::size_t points) {
  return {workspace.doubles(HeightBlocks::block_count(points)),
          workspace.doubles(HeightBlocks::superblock_count(points))};
}

void raise(double& best, double value) { best = value > best ? value : best; }

}  // namespace

/// The straight line between the antennas.
struct RadialScan::Chord {
  double length_m;
  double rx_m;
  double slope;
};

RadialScan::RadialScan(const RadialInput& radial, double median_radius_m, bool with_beta,
                       Workspace& workspace)
    : radial_(radial),
      has_clutter_(!radial.samples.clutter_height_m.empty()),
      with_beta_(with_beta),
      median_curvature_(0.5 / median_radius_m),
      tx_amsl_m_(radial.samples.ground_amsl_m.front() + radial.tx.height_agl_m),
      samples_per_m_(1.0 / radial.step_m),
      straight_(hull_of(workspace, radial.samples.size())),
      median_(hull_of(workspace, radial.samples.size())),
      cover_median_(hull_of(workspace, has_clutter_ ? radial.samples.size() : 0)),
      cover_beta_(hull_of(workspace, with_beta ? radial.samples.size() : 0)),
      ground_(blocks_of(workspace, radial.samples.size())),
      cover_(blocks_of(workspace, has_clutter_ ? radial.samples.size() : 0)) {}

void RadialScan::advance(std::size_t sample_count) {
  const PathProfileView& s = radial_.samples;
  YONDER_EXPECTS(sample_count <= s.size());
  for (; count_ < sample_count; ++count_) {
    const std::size_t i = count_;
    const double x = s.distance_m[i];
    const double h = s.ground_amsl_m[i];
    if (!s.zone.empty()) zones_.add(s.zone[i], x);
    if (i == 0) continue;
    sums_.add_segment(s.distance_m[i - 1], s.ground_amsl_m[i - 1], x, h);
    const double inverse_x = 1.0 / x;
    const double tx_rise = h - tx_amsl_m_;
    const double tx_slope = tx_rise * inverse_x;
    raise(tx_straight_, tx_slope);
    const double tx_seen = tx_slope - x * median_curvature_;
    if (tx_seen > tx_horizon_) {
      tx_horizon_ = tx_seen;
      tx_index_ = i;
    }
    const auto id = static_cast<std::uint32_t>(i);
    const double squared = x * x;
    straight_.push(x, h, id);
    median_.push(x, h - median_curvature_ * squared, id);
    ground_.add(i, h);
    if (has_clutter_) {
      const double cover = s.clutter_height_m[i];
      const double tx_covered = (tx_rise + cover) * inverse_x;
      raise(tx_median_, tx_covered - x * median_curvature_);
      cover_median_.push(x, h + cover - median_curvature_ * squared, id);
      cover_.add(i, h + cover);
      if (!with_beta_) continue;
      raise(tx_beta_, tx_covered - x * kBetaCurvature);
      cover_beta_.push(x, h + cover - kBetaCurvature * squared, id);
    } else if (with_beta_) {
      raise(tx_beta_, tx_slope - x * kBetaCurvature);
      cover_beta_.push(x, h - kBetaCurvature * squared, id);
    }
  }
}

/// The point with the largest diffraction parameter of a path in sight, the last one of equals:
/// the largest H |H| / (x (D - x)), where H <= 0 is the height over the line between the antennas.
/// A block matters only if its highest point, put where the line is lowest over the curved ground,
/// could come closer than the best so far.
std::size_t RadialScan::nearest_to_line(const Chord& chord, double curvature, bool cover,
                                        std::size_t hint, double& obstruction) const {
  const double* const distance = radial_.samples.distance_m.data();
  const double* const ground = radial_.samples.ground_amsl_m.data();
  const double* const clutter = cover ? radial_.samples.clutter_height_m.data() : nullptr;
  const std::size_t last = count_ - 1;
  double best = kLowest;
  std::size_t index = 1;
  const auto look = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i <= to; ++i) {
      const double x = distance[i];
      const double product = x * (chord.length_m - x);
      double height = ground[i] - tx_amsl_m_ - chord.slope * x + product * curvature;
      if (clutter != nullptr) height += clutter[i];
      const double order = height * std::abs(height) / product;
      if (order > best || (order == best && i > index)) {
        best = order;
        index = i;
      }
    }
  };
  // The line over curved ground, tx + slope x - x (D - x) c, is lowest at this distance.
  const double lowest_m = 0.5 * (chord.length_m - chord.slope / curvature);
  const double half_m = 0.5 * chord.length_m;
  const auto possible = [&](std::size_t from, std::size_t to, double top) {
    const double low = distance[from];
    const double high = distance[to];
    const double at = std::clamp(lowest_m, low, high);
    const double height =
        top - tx_amsl_m_ - chord.slope * at + at * (chord.length_m - at) * curvature;
    if (height >= 0.0) return true;
    const double widest = std::clamp(half_m, low, high);
    // A little more than rounding could take away.
    return height * height * (1.0 - 1e-9) <= -best * (widest * (chord.length_m - widest));
  };
  const std::size_t start = std::clamp<std::size_t>(hint, 1, last);
  look(start, start);
  look(last, last);
  (cover ? cover_ : ground_).search(1, last, possible, look);
  const double root = std::sqrt(std::abs(best) * chord.length_m);
  obstruction = best < 0.0 ? -root : root;
  return index;
}

double RadialScan::roughness(std::size_t first, std::size_t last, double tx_amsl_m, double slope,
                             std::size_t& hint) const {
  const double* const distance = radial_.samples.distance_m.data();
  const double* const ground = radial_.samples.ground_amsl_m.data();
  double best = kLowest;
  std::size_t index = first;
  const auto look = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i <= to; ++i) {
      const double height = ground[i] - tx_amsl_m - slope * distance[i];
      if (height > best) {
        best = height;
        index = i;
      }
    }
  };
  const auto possible = [&](std::size_t from, std::size_t to, double top) {
    const double lowest_line = slope > 0.0 ? slope * distance[from] : slope * distance[to];
    return top - tx_amsl_m - lowest_line > best;
  };
  const std::size_t start = std::clamp(hint, first, last);
  look(start, start);
  ground_.search(first, last, possible, look);
  hint = index;
  return best;
}

/// As actual_obstruction() of p1812_geometry.cpp; `tx_seen` lacks the constant D c.
double RadialScan::obstruction(const Chord& chord, double curvature, bool cover, double tx_seen,
                               const UpperHull& hull, std::size_t& hull_hint,
                               std::size_t& sight_hint) const {
  if (!(tx_seen + chord.length_m * curvature > chord.slope)) {
    double result = 0.0;
    sight_hint = nearest_to_line(chord, curvature, cover, sight_hint, result);
    return result;
  }
  const PathProfileView& s = radial_.samples;
  const std::uint32_t i = hull.highest_seen_from(
      chord.length_m, chord.rx_m - curvature * chord.length_m * chord.length_m, hull_hint);
  const double y = chord.length_m - s.distance_m[i];
  const double rx_rise = s.ground_amsl_m[i] - chord.rx_m;
  return transhorizon(chord, curvature, tx_seen,
                      (cover ? rx_rise + s.clutter_height_m[i] : rx_rise) / y - y * curvature);
}

/// Obstruction by what hides the ends from each other; both slopes lack the constant D c.
double RadialScan::transhorizon(const Chord& chord, double curvature, double tx_seen,
                                double rx_seen) const {
  const double bulge_slope = chord.length_m * curvature;
  return transhorizon_obstruction(chord.length_m, tx_amsl_m_, chord.rx_m, tx_seen + bulge_slope,
                                  rx_seen + bulge_slope, radial_.samples.distance_m[1],
                                  radial_.samples.distance_m[count_ - 1]);
}

/// smooth_earth_obstruction() for samples at even steps, whose neighbours need no search.
double RadialScan::smooth_obstruction(double distance_m, double h1_m, double h2_m,
                                      double curvature) const {
  const double* const x = radial_.samples.distance_m.data();
  const std::size_t last = count_ - 1;
  const double c = curvature;
  const auto slope = [&](double h, double s) { return c * (distance_m - s) - h / s; };
  // Neighbours of a position among the interior points 1..last.
  const auto below = [&](double position) {
    const double steps = position * samples_per_m_;
    return steps < 1.0                          ? 1
           : steps >= static_cast<double>(last) ? last
                                                : static_cast<std::size_t>(steps);
  };
  const double line_slope = (h2_m - h1_m) / distance_m;
  const double tx_top = std::sqrt(h1_m * c);  // the slope's top lies at tx_top / c
  // Between samples the slope may reach this, at samples not more: mostly it is enough to know.
  if (c * distance_m - 2.0 * tx_top > line_slope) {
    const std::size_t t = below(tx_top / c);
    double tx_slope = slope(h1_m, x[t]);
    if (t < last) tx_slope = std::max(tx_slope, slope(h1_m, x[t + 1]));
    if (tx_slope > line_slope) {
      const std::size_t r = below(distance_m - std::sqrt(h2_m / c));
      double rx_slope = slope(h2_m, distance_m - x[r]);
      if (r < last) rx_slope = std::max(rx_slope, slope(h2_m, distance_m - x[r + 1]));
      return transhorizon_obstruction(distance_m, h1_m, h2_m, tx_slope, rx_slope, x[1], x[last]);
    }
  }
  // In sight: the smallest height^2 / (s (D - s)); there is one minimum only (see
  // smooth_earth_obstruction), so walk down to it. Fractions are compared without dividing.
  struct Fraction {
    double squared;
    double product;
    bool operator<(const Fraction& other) const {
      return squared * other.product < other.squared * product;
    }
  };
  const auto at = [&](std::size_t i) {
    const double s = x[i];
    const double product = s * (distance_m - s);
    const double height = h1_m + line_slope * s - c * product;
    return Fraction{height * std::abs(height), product};
  };
  // Without curvature it lies where the line divides the path as the heights; from there in growing
  // steps to samples on both sides of the minimum, then by halving.
  const auto falls = [&](std::size_t j) { return at(j + 1) < at(j); };  // to the right of j
  std::size_t low = 1;      // the minimum is not left of it
  std::size_t high = last;  // nor right of it
  const std::size_t start = below(distance_m * h1_m / (h1_m + h2_m));
  if (start < last && falls(start)) {
    low = start + 1;
    for (std::size_t step = 1; low + step < last; step *= 2) {
      if (!falls(low + step)) {
        high = low + step;
        break;
      }
      low += step + 1;
    }
  } else {
    high = start;
    for (std::size_t step = 1; high > step; step *= 2) {
      if (falls(high - step)) {
        low = high - step + 1;
        break;
      }
      high -= step;
    }
  }
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (falls(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const Fraction best = at(low);
  const double root = std::sqrt(std::abs(best.squared) / best.product * distance_m);
  return best.squared >= 0.0 ? -root : root;
}

PathGeometry RadialScan::geometry(std::size_t receiver, double rx_height_agl_m,
                                  Hints& hints) const {
  const PathProfileView& s = radial_.samples;
  YONDER_EXPECTS(count_ == radial_.sample_count[receiver] && count_ >= 2);
  PathGeometry g;
  g.distance_m = radial_.distance_m[receiver];
  const EndHeights ground = {s.ground_amsl_m.front(), radial_.ground_amsl_m[receiver]};
  g.tx_amsl_m = tx_amsl_m_;
  g.rx_amsl_m = ground.rx_m + rx_height_agl_m;
  g.rx_height_agl_m = rx_height_agl_m;
  g.rx_clutter_m = has_clutter_ ? radial_.clutter_height_m[receiver] : 0.0;
  const Chord chord = {g.distance_m, g.rx_amsl_m, (g.rx_amsl_m - g.tx_amsl_m) / g.distance_m};
  const double c = median_curvature_;

  // Horizons, sections 5.2-5.4.
  const double line_drop = g.distance_m * c;
  g.transhorizon = tx_horizon_ > chord.slope - line_drop;  // eqs. (76)-(79)
  std::size_t tx_index = tx_index_;
  std::size_t rx_index = 0;
  double sight_obstruction = 0.0;
  if (g.transhorizon) {
    rx_index = median_.highest_seen_from(
        chord.length_m, chord.rx_m - c * chord.length_m * chord.length_m, hints.median);
    const double y = g.distance_m - s.distance_m[rx_index];
    g.tx_horizon_slope = tx_horizon_;
    g.rx_horizon_slope = (s.ground_amsl_m[rx_index] - chord.rx_m) * (1.0 / y) - y * c;  // eq. (82)
  } else {
    g.tx_horizon_slope = chord.slope - line_drop;   // eq. (78)
    g.rx_horizon_slope = -chord.slope - line_drop;  // eq. (81)
    tx_index = nearest_to_line(chord, c, false, hints.sight_median, sight_obstruction);
    hints.sight_median = tx_index;
    rx_index = tx_index;
  }
  g.tx_horizon_m = s.distance_m[tx_index];
  g.rx_horizon_m = g.distance_m - s.distance_m[rx_index];

  // Smooth earth, section 5.6.
  SmoothEarthSums sums = sums_;
  sums.add_segment(s.distance_m[count_ - 1], s.ground_amsl_m[count_ - 1], g.distance_m,
                   ground.rx_m);
  const EndHeights line = smooth_earth_ends(sums, g.distance_m);
  StraightLineObstruction straight;
  if (tx_straight_ > chord.slope) {
    const std::uint32_t top = straight_.highest_above(chord.slope, hints.straight_height);
    const std::uint32_t seen =
        straight_.highest_seen_from(chord.length_m, chord.rx_m, hints.straight_slope);
    const double rx_straight =
        (s.ground_amsl_m[seen] - chord.rx_m) * (1.0 / (g.distance_m - s.distance_m[seen]));
    straight = {s.ground_amsl_m[top] - tx_amsl_m_ - chord.slope * s.distance_m[top],
                tx_straight_ - chord.slope, rx_straight + chord.slope};
  }
  const EndHeights diffraction = diffraction_smooth_heights(line, straight, ground);
  g.diffraction_tx_amsl_m = diffraction.tx_m;
  g.diffraction_rx_amsl_m = diffraction.rx_m;
  const EndHeights ducting = {std::min(line.tx_m, ground.tx_m), std::min(line.rx_m, ground.rx_m)};
  g.ducting_tx_height_m = radial_.tx.height_agl_m + ground.tx_m - ducting.tx_m;
  g.ducting_rx_height_m = rx_height_agl_m + ground.rx_m - ducting.rx_m;
  g.roughness_m = roughness(std::min(tx_index, rx_index), std::max(tx_index, rx_index),
                            ducting.tx_m, (ducting.rx_m - ducting.tx_m) / g.distance_m,  // eq. (93)
                            hints.rough);

  // Bullington's constructions.
  if (has_clutter_) {
    g.actual_median = obstruction(chord, c, true, tx_median_, cover_median_, hints.cover_median,
                                  hints.sight_cover_median);
  } else {
    g.actual_median = g.transhorizon
                          ? transhorizon(chord, c, g.tx_horizon_slope, g.rx_horizon_slope)
                          : sight_obstruction;
  }
  const double h1 = g.tx_amsl_m - g.diffraction_tx_amsl_m;  // eq. (37a)
  const double h2 = g.rx_amsl_m - g.diffraction_rx_amsl_m;  // eq. (37b)
  g.smooth_median = smooth_obstruction(g.distance_m, h1, h2, c);
  if (with_beta_) {
    g.actual_beta = obstruction(chord, kBetaCurvature, has_clutter_, tx_beta_, cover_beta_,
                                hints.cover_beta, hints.sight_cover_beta);
    g.smooth_beta = smooth_obstruction(g.distance_m, h1, h2, kBetaCurvature);
  }

  // Zones.
  if (s.zone.empty()) {
    fill_zones({.longest_land_m = g.distance_m, .longest_inland_m = g.distance_m}, g);
  } else {
    g.rx_at_sea = radial_.zone[receiver] == Zone::sea;
    fill_zones(zones_.end_at(radial_.zone[receiver], g.distance_m), g);
  }
  if (radial_.tx.distance_to_coast_m && s.zone_at(0) != Zone::sea) {
    g.tx_coast_m = *radial_.tx.distance_to_coast_m;
  }
  return g;
}

}  // namespace yonder::propagation::p1812
