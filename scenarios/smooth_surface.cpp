#include "scenarios/smooth_surface.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace yonder::scenarios {
namespace {

double cubed_distance(MapPoint a, MapPoint b) {
  const double dx = a.x_m - b.x_m, dy = a.y_m - b.y_m;
  const double square = dx * dx + dy * dy;
  return square * std::sqrt(square);
}

/// Solves m x = b by Gaussian elimination with partial pivoting; false when m is singular.
bool solve(std::vector<std::vector<double>> m, std::vector<double> b, std::vector<double>& x) {
  const std::size_t n = b.size();
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < n; ++row) {
      if (std::abs(m[row][column]) > std::abs(m[pivot][column])) pivot = row;
    }
    if (std::abs(m[pivot][column]) < 1e-12) return false;
    std::swap(m[pivot], m[column]);
    std::swap(b[pivot], b[column]);
    for (std::size_t row = column + 1; row < n; ++row) {
      const double factor = m[row][column] / m[column][column];
      for (std::size_t k = column; k < n; ++k) m[row][k] -= factor * m[column][k];
      b[row] -= factor * b[column];
    }
  }
  x.assign(n, 0.0);
  for (std::size_t row = n; row-- > 0;) {
    double sum = b[row];
    for (std::size_t k = row + 1; k < n; ++k) sum -= m[row][k] * x[k];
    x[row] = sum / m[row][row];
  }
  return true;
}

}  // namespace

SmoothSurface::SmoothSurface(std::span<const SurfacePoint> points) {
  const std::size_t n = points.size();
  if (n < 3) throw std::invalid_argument("a surface needs at least three points");
  for (const SurfacePoint& p : points) {
    origin_.x_m += p.position.x_m / static_cast<double>(n);
    origin_.y_m += p.position.y_m / static_cast<double>(n);
  }
  scale_ = 0.0;
  for (const SurfacePoint& p : points) {
    scale_ = std::max(
        {scale_, std::abs(p.position.x_m - origin_.x_m), std::abs(p.position.y_m - origin_.y_m)});
  }
  if (scale_ == 0.0) throw std::invalid_argument("all points lie at one place");
  for (const SurfacePoint& p : points) centres_.push_back(scaled(p.position));

  std::vector<std::vector<double>> m(n + 3, std::vector<double>(n + 3, 0.0));
  std::vector<double> b(n + 3, 0.0), x;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) m[i][j] = cubed_distance(centres_[i], centres_[j]);
    const std::array<double, 3> plane = {1.0, centres_[i].x_m, centres_[i].y_m};
    for (std::size_t k = 0; k < 3; ++k) m[i][n + k] = m[n + k][i] = plane[k];
    b[i] = points[i].value;
  }
  if (!solve(std::move(m), std::move(b), x)) {
    throw std::invalid_argument("two points lie at one place, or all lie on one line");
  }
  weights_.assign(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
  std::copy(x.end() - 3, x.end(), plane_.begin());
}

MapPoint SmoothSurface::scaled(MapPoint point) const {
  return {(point.x_m - origin_.x_m) / scale_, (point.y_m - origin_.y_m) / scale_};
}

double SmoothSurface::at(MapPoint point) const {
  const MapPoint p = scaled(point);
  double value = plane_[0] + plane_[1] * p.x_m + plane_[2] * p.y_m;
  for (std::size_t i = 0; i < centres_.size(); ++i) {
    value += weights_[i] * cubed_distance(p, centres_[i]);
  }
  return value;
}

}  // namespace yonder::scenarios
