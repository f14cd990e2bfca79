#include "scenarios/terrain_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/hash_noise.h"

namespace yonder::scenarios {
namespace {

struct Nearest {
  double distance_m = std::numeric_limits<double>::infinity();
  std::size_t segment = 0;  ///< that ends at this point
  double along = 0.0;       ///< share of the segment, 0 to 1
};

void take_nearer(Nearest& nearest, MapPoint a, MapPoint b, MapPoint p, std::size_t segment) {
  const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
  const double length2 = dx * dx + dy * dy;
  const double along =
      length2 > 0.0 ? std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / length2, 0.0, 1.0)
                    : 0.0;
  const double ex = a.x_m + along * dx - p.x_m, ey = a.y_m + along * dy - p.y_m;
  const double distance = std::sqrt(ex * ex + ey * ey);
  if (distance < nearest.distance_m) nearest = {distance, segment, along};
}

/// Does a ray to the east from `p` cross the edge from `a` to `b`?
bool crosses(MapPoint a, MapPoint b, MapPoint p) {
  return (a.y_m > p.y_m) != (b.y_m > p.y_m) &&
         p.x_m < a.x_m + (p.y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m);
}

}  // namespace

double depth_inside(const std::vector<MapPoint>& polygon, MapPoint point) {
  bool inside = false;
  Nearest nearest;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    if (crosses(polygon[j], polygon[i], point)) inside = !inside;
    take_nearer(nearest, polygon[j], polygon[i], point, i);
  }
  return inside ? nearest.distance_m : -nearest.distance_m;
}

double fractal_noise_m(double rms_m, double scale_m, int octaves, std::uint64_t seed, MapPoint p) {
  if (rms_m <= 0.0) return 0.0;
  double sum = 0.0, weight = 1.0, scale = scale_m, weights2 = 0.0;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += weight * value_noise(seed ^ (static_cast<std::uint64_t>(octave) + 16U), p.x_m / scale,
                                p.y_m / scale);
    weights2 += weight * weight;
    weight *= 0.5;
    scale *= 0.5;
  }
  // Value noise has variance (1/3) (181/231)^2 averaged over a lattice cell, an rms of 0.45238
  // (rounded so that recipes of three octaves keep the heights they had); octaves add up.
  constexpr double kRmsOfOne = 0.51827 / 1.14564392373896;
  return rms_m / (kRmsOfOne * std::sqrt(weights2)) * sum;
}

ValleyLine::Extent ValleyLine::extent() const {
  Extent e{points.front(), points.front(), height_m.front(), height_m.front()};
  for (std::size_t i = 1; i < points.size(); ++i) {
    e.low = {std::min(e.low.x_m, points[i].x_m), std::min(e.low.y_m, points[i].y_m)};
    e.high = {std::max(e.high.x_m, points[i].x_m), std::max(e.high.y_m, points[i].y_m)};
    e.lowest_m = std::min(e.lowest_m, height_m[i]);
    e.highest_m = std::max(e.highest_m, height_m[i]);
  }
  return e;
}

double ValleyLine::cut(double ground_m, MapPoint p, const Extent& e) const {
  // Farther from the line than its shallowest walls need to reach this ground: nothing to cut.
  const double dx = std::max({0.0, e.low.x_m - p.x_m, p.x_m - e.high.x_m});
  const double dy = std::max({0.0, e.low.y_m - p.y_m, p.y_m - e.high.y_m});
  const double least_rise =
      wall_slope * (1.0 - spurs) * (std::sqrt(dx * dx + dy * dy) - 0.5 * floor_width_m);
  if (least_rise > std::max(ground_m - e.lowest_m, e.highest_m - ground_m)) return ground_m;
  Nearest nearest;
  for (std::size_t i = 1; i < points.size(); ++i) {
    take_nearer(nearest, points[i - 1], points[i], p, i);
  }
  const std::size_t i = nearest.segment;
  const double floor = height_m[i - 1] + nearest.along * (height_m[i] - height_m[i - 1]);
  double slope = wall_slope;
  if (spurs > 0.0) {
    // Two octaves, of which the larger has weight 2/3, so that the sum stays within [-1, 1].
    const double x = p.x_m / spur_scale_m, y = p.y_m / spur_scale_m;
    slope *= 1.0 + spurs *
                       (2.0 * value_noise(seed, x, y) + value_noise(seed ^ 1U, 2.0 * x, 2.0 * y)) /
                       3.0;
  }
  const double rise = slope * std::max(0.0, nearest.distance_m - 0.5 * floor_width_m);
  return std::clamp(ground_m, floor - rise, floor + rise);
}

ShoreDistance::ShoreDistance(const std::vector<std::vector<MapPoint>>& rings, MapPoint top_left,
                             double step_x_m, double step_y_m, int columns, int rows)
    : step_x_m_(step_x_m),
      step_y_m_(step_y_m),
      columns_(columns),
      rows_(rows),
      land_(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {
  std::vector<double> crossings;
  for (int row = 0; row < rows; ++row) {
    // Where the rings cross the middle of this row: between two crossings lies land.
    const double y = top_left.y_m - (row + 0.5) * step_y_m;
    crossings.clear();
    for (const std::vector<MapPoint>& ring : rings) {
      for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const MapPoint a = ring[j], b = ring[i];
        if ((a.y_m > y) == (b.y_m > y)) continue;
        crossings.push_back(a.x_m + (y - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m));
      }
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
      for (int column = 0; column < columns; ++column) {
        const double x = top_left.x_m + (column + 0.5) * step_x_m;
        if (x > crossings[k] && x < crossings[k + 1]) land_[index(column, row)] = true;
      }
    }
  }
}

double ShoreDistance::to_sea_m(int column, int row, double limit_m) const {
  if (!is_land(column, row)) return 0.0;
  const int reach_x = static_cast<int>(std::ceil(limit_m / step_x_m_));
  const int reach_y = static_cast<int>(std::ceil(limit_m / step_y_m_));
  double nearest2 = limit_m * limit_m;
  for (int r = std::max(0, row - reach_y); r <= std::min(rows_ - 1, row + reach_y); ++r) {
    for (int c = std::max(0, column - reach_x); c <= std::min(columns_ - 1, column + reach_x);
         ++c) {
      if (is_land(c, r)) continue;
      // To the nearest point of that pixel.
      const double dx = std::max(0.0, std::abs(c - column) - 0.5) * step_x_m_;
      const double dy = std::max(0.0, std::abs(r - row) - 0.5) * step_y_m_;
      nearest2 = std::min(nearest2, dx * dx + dy * dy);
    }
  }
  return std::sqrt(nearest2);
}

}  // namespace yonder::scenarios
