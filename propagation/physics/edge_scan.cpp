#include "propagation/physics/edge_scan.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"

namespace yonder::propagation {

EdgeScan::EdgeScan(const RadialInput& radial, Surface surface, double curvature_per_m,
                   Workspace& workspace)
    : radial_(radial),
      clutter_(surface != Surface::ground && !radial.samples.clutter_height_m.empty()),
      no_sea_(surface == Surface::obstacles_on_land),
      curvature_(curvature_per_m),
      tx_amsl_m_(radial.samples.ground_amsl_m.front() + radial.tx.height_agl_m),
      hull_(workspace.doubles(radial.samples.size()), workspace.doubles(radial.samples.size()),
            workspace.indices(radial.samples.size())),
      blocks_(workspace.doubles(HeightBlocks::block_count(radial.samples.size())),
              workspace.doubles(HeightBlocks::superblock_count(radial.samples.size()))) {}

/// Minus infinity where nothing stands.
double EdgeScan::height(std::size_t i) const {
  const PathProfileView& s = radial_.samples;
  if (no_sea_ && s.zone_at(i) == Zone::sea) return -std::numeric_limits<double>::infinity();
  return clutter_ ? s.ground_amsl_m[i] + s.clutter_height_m[i] : s.ground_amsl_m[i];
}

void EdgeScan::advance(std::size_t sample_count) {
  YONDER_EXPECTS(sample_count <= radial_.samples.size());
  for (count_ = std::max<std::size_t>(count_, 1); count_ < sample_count; ++count_) {
    const std::size_t i = count_;
    const double x = radial_.samples.distance_m[i];
    const double h = height(i);
    if (std::isinf(h)) continue;
    const double seen = (h - tx_amsl_m_) / x - x * curvature_;
    if (seen > tx_steepest_) {
      tx_steepest_ = seen;
      tx_horizon_ = i;
    }
    hull_.push(x, h - curvature_ * x * x, static_cast<std::uint32_t>(i));
    blocks_.add(i, h);
  }
}

/// By how much the steepest sample, as seen from the transmitter, stands over the receiver.
double EdgeScan::margin(End rx) const {
  return tx_steepest_ - ((rx.amsl_m - tx_amsl_m_) / rx.distance_m - rx.distance_m * curvature_);
}

// Slopes are known far better than this.
constexpr double kSlopeRounding = 1e-9;

bool EdgeScan::may_be_in_sight(End rx) const { return margin(rx) <= kSlopeRounding; }

bool EdgeScan::may_be_obstructed(End rx) const { return margin(rx) >= -kSlopeRounding; }

EdgeScan::Horizons EdgeScan::add_horizons(End rx, Hints& hints, KeyPoints& points) const {
  const Horizons horizons = {
      tx_horizon_,
      hull_.highest_seen_from(rx.distance_m, rx.amsl_m - curvature_ * rx.distance_m * rx.distance_m,
                              hints.seen)};
  points.add(horizons.tx);
  points.add(horizons.rx);
  return horizons;
}

void EdgeScan::add_highest_between(std::size_t first, std::size_t last, double tx_amsl_m,
                                   double slope, Hints& hints, KeyPoints& points) const {
  const double* const x = radial_.samples.distance_m.data();
  double best = -std::numeric_limits<double>::infinity();
  std::size_t index = first;
  const auto look = [&](std::size_t low, std::size_t high) {
    for (std::size_t i = low; i <= high; ++i) {
      const double over = height(i) - tx_amsl_m - slope * x[i];
      if (over > best) {
        best = over;
        index = i;
      }
    }
  };
  const auto possible = [&](std::size_t low, std::size_t high, double top) {
    return top - tx_amsl_m - (slope > 0.0 ? slope * x[low] : slope * x[high]) > best;
  };
  const std::size_t start = std::clamp(hints.between, first, last);
  look(start, start);
  blocks_.search(first, last, possible, look);
  hints.between = index;
  points.add(index);
}

void EdgeScan::add_highest(End rx, Hints& hints, KeyPoints& points) const {
  YONDER_EXPECTS(curvature_ == 0.0);
  points.add(hull_.highest_above((rx.amsl_m - tx_amsl_m_) / rx.distance_m, hints.above));
}

/// The sample of from..to with the largest H |H| / (s (D - s)), the first one of equals, where s
/// and D count from `first_m`, and H is the height over the line from (first_m, first_amsl_m) to
/// `end`. A block matters only if its highest point, put where the line is lowest over the curved
/// ground, and where s (D - s) favours it most, could win.
std::size_t EdgeScan::strongest(double first_m, double first_amsl_m, End end, std::size_t from,
                                std::size_t to, std::size_t hint) const {
  const double* const x = radial_.samples.distance_m.data();
  const double length_m = end.distance_m - first_m;
  const double slope = (end.amsl_m - first_amsl_m) / length_m;
  double best = -std::numeric_limits<double>::infinity();
  std::size_t index = from;
  const auto look = [&](std::size_t low, std::size_t high) {
    for (std::size_t i = low; i <= high; ++i) {
      const double s = x[i] - first_m;
      const double product = s * (length_m - s);
      const double over = height(i) + product * curvature_ - first_amsl_m - slope * s;
      const double order = over * std::abs(over) / product;
      if (order > best || (order == best && i < index)) {
        best = order;
        index = i;
      }
    }
  };
  const auto line = [&](double s) {
    return first_amsl_m + slope * s - s * (length_m - s) * curvature_;
  };
  const double lowest_m = 0.5 * (length_m - slope / curvature_);  // of the line; unless concave
  const double half_m = 0.5 * length_m;
  const auto possible = [&](std::size_t low, std::size_t high, double top) {
    const double a = x[low] - first_m;
    const double b = x[high] - first_m;
    const double over =
        top - (curvature_ > 0.0 ? line(std::clamp(lowest_m, a, b)) : std::min(line(a), line(b)));
    // A little more than rounding could take away.
    const double slack =
        1e-9 * (std::abs(top) + std::abs(first_amsl_m) + std::abs(end.amsl_m)) + 1e-9;
    const double bound = over + slack;
    const double widest = std::clamp(half_m, a, b);
    const double product = bound >= 0.0 ? std::min(a * (length_m - a), b * (length_m - b))
                                        : widest * (length_m - widest);
    return bound * std::abs(bound) >= best * product;
  };
  const std::size_t start = std::clamp(hint, from, to);
  look(start, start);
  look(to, to);
  blocks_.search(from, to, possible, look);
  return index;
}

void EdgeScan::add_strongest(End rx, Hints& hints, KeyPoints& points) const {
  hints.edge = strongest(0.0, tx_amsl_m_, rx, 1, count_ - 1, hints.edge);
  points.add(hints.edge);
}

void EdgeScan::add_three_edges(End rx, Hints& hints, KeyPoints& points) const {
  const double* const x = radial_.samples.distance_m.data();
  add_strongest(rx, hints, points);
  const std::size_t principal = hints.edge;
  if (principal > 1) {
    if (hints.tx_edge_of != principal) {
      hints.tx_edge = strongest(0.0, tx_amsl_m_, {x[principal], height(principal)}, 1,
                                principal - 1, hints.tx_edge);
      hints.tx_edge_of = principal;
    }
    points.add(hints.tx_edge);
  }
  if (principal + 1 < count_) {
    hints.rx_edge =
        strongest(x[principal], height(principal), rx, principal + 1, count_ - 1, hints.rx_edge);
    points.add(hints.rx_edge);
  }
}

}  // namespace yonder::propagation
