#include "core/radial_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"

namespace yonder {
namespace {

/// How an octant's major and minor axes lie on the grid, counterclockwise from east. Octants with
/// an even index hold their axis (v = 0), those with an odd one their diagonal (v = u).
struct Octant {
  bool major_is_x;
  int major_sign;  ///< of u along x (east) or y (north)
  int minor_sign;
};
constexpr std::array<Octant, 8> kOctants = {{{true, 1, 1},
                                             {false, 1, 1},
                                             {false, 1, -1},
                                             {true, -1, 1},
                                             {true, -1, -1},
                                             {false, -1, -1},
                                             {false, -1, 1},
                                             {true, 1, -1}}};

/// One axis of an octant in terms of pixels: coordinate = index + offset, where index is the column
/// or row, or its negative; the window's pixels have indices first..last.
struct Axis {
  double offset;
  int first;
  int last;
};

/// `start` is the coordinate of pixel 0's centre along `sign` times the column (row) index.
Axis axis_along(double start, int sign, int window_first, int window_count) {
  const int window_last = window_first + window_count - 1;
  if (sign > 0) return {start, window_first, window_last};
  return {start, -window_last, -window_first};
}

// Truncation of a shifted number: std::floor() and std::ceil() are calls on older processors.
constexpr int kShift = 1 << 26;
int index_down(double coordinate) { return static_cast<int>(coordinate + kShift) - kShift; }
int index_up(double coordinate) { return -index_down(-coordinate); }

}  // namespace

RadialLayout::RadialLayout(const Grid& grid, PixelWindow window, MapPoint antenna, double nearest_m,
                           double reach_m, double radials_per_pixel)
    : grid_(grid),
      window_(window),
      antenna_(antenna),
      nearest_m_(nearest_m),
      reach_m_(reach_m),
      sectors_(std::max(1, static_cast<int>(std::ceil(radials_per_pixel * 2.0 * kPi * reach_m /
                                                      grid.pixel_size_m / 8.0)))) {
  tangents_.resize(static_cast<std::size_t>(sectors_) + 1);
  for (int s = 0; s <= sectors_; ++s) {
    tangents_[static_cast<std::size_t>(s)] = std::tan(0.25 * kPi * s / sectors_);
  }
  tangents_.back() = 1.0;
}

MapPoint RadialLayout::direction(int radial) const {
  const int octant = radial / sectors_;
  const int s = radial % sectors_;
  // Odd octants run from the diagonal to the next axis: their angle is counted from that axis.
  const double angle = 0.25 * kPi * ((octant % 2 == 0 ? s : sectors_ - 1 - s) + 0.5) / sectors_;
  const Octant& o = kOctants[static_cast<std::size_t>(octant)];
  const double u = o.major_sign * std::cos(angle);
  const double v = o.minor_sign * std::sin(angle);
  return o.major_is_x ? MapPoint{u, v} : MapPoint{v, u};
}

void RadialLayout::pixels(int radial, std::vector<RadialPixel>& out) const {
  out.clear();
  const int octant = radial / sectors_;
  const bool holds_axis = octant % 2 == 0;
  const int s = holds_axis ? radial % sectors_ : sectors_ - 1 - radial % sectors_;
  const Octant& o = kOctants[static_cast<std::size_t>(octant)];
  const double p = grid_.pixel_size_m;
  // Centre of pixel (0, 0) from the antenna, in pixels; x rises with columns, y falls with rows.
  const MapPoint origin = grid_.center({0, 0});
  const double x0 = (origin.x_m - antenna_.x_m) / p;
  const double y0 = (origin.y_m - antenna_.y_m) / p;
  const int major_index_sign = o.major_is_x ? o.major_sign : -o.major_sign;
  const int minor_index_sign = o.major_is_x ? -o.minor_sign : o.minor_sign;
  const Axis columns = axis_along((o.major_is_x ? o.major_sign : o.minor_sign) * x0,
                                  o.major_is_x ? major_index_sign : minor_index_sign,
                                  window_.column, window_.columns);
  const Axis rows =
      axis_along((o.major_is_x ? o.minor_sign : o.major_sign) * y0,
                 o.major_is_x ? minor_index_sign : major_index_sign, window_.row, window_.rows);
  const Axis& major = o.major_is_x ? columns : rows;
  const Axis& minor = o.major_is_x ? rows : columns;

  const double low = tangents_[static_cast<std::size_t>(s)];
  const double high = tangents_[static_cast<std::size_t>(s) + 1];
  // In an octant's cone u <= distance <= u sqrt 2.
  const double u_min = std::max(0.0, nearest_m_ / p / std::sqrt(2.0) - 1.0);
  const int first = std::max(major.first, index_up(u_min - major.offset));
  const int last = std::min(major.last, index_down(reach_m_ / p - major.offset) + 1);
  for (int m = first; m <= last; ++m) {
    const double u = m + major.offset;
    if (u <= 0.0) continue;
    const double from = u * low - minor.offset;
    const double to = u * high - minor.offset;
    // [from, to) where the octant holds its axis, (from, to] where it holds its diagonal.
    int n = holds_axis ? index_up(from) : index_down(from) + 1;
    int end = holds_axis ? index_up(to) : index_down(to) + 1;
    n = std::max(n, minor.first);
    end = std::min(end, minor.last + 1);
    for (; n < end; ++n) {
      const int major_index = major_index_sign * m;
      const int minor_index = minor_index_sign * n;
      const Pixel pixel =
          o.major_is_x ? Pixel{major_index, minor_index} : Pixel{minor_index, major_index};
      const MapPoint center = grid_.center(pixel);
      const double dx = center.x_m - antenna_.x_m;
      const double dy = center.y_m - antenna_.y_m;
      const double plane_m = std::sqrt(dx * dx + dy * dy);
      if (plane_m > reach_m_ || plane_m < nearest_m_) continue;
      // Nearly sorted already: at most neighbours within two lines change places.
      std::size_t at = out.size();
      out.push_back({plane_m, pixel});
      for (; at > 0 && out[at - 1].plane_m > plane_m; --at) std::swap(out[at - 1], out[at]);
    }
  }
}

}  // namespace yonder
