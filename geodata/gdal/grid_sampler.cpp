#include "geodata/gdal/grid_sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geodata/error.h"

namespace yonder::geodata {
namespace {

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

/// Challenger Deep lies at -10.9 km, Everest at 8.85 km: anything beyond is a void mark that the
/// file does not declare (-32768, 32767, -3.4e38, ...).
constexpr double kLowestHeightM = -12000.0;
constexpr double kHighestHeightM = 9000.0;

/// Positions are transformed at nodes this far apart at most, and interpolated between. Over 2 km
/// parallels bend from their chord by 0.08 m tan(lat): 0.14 m at latitude 60, 0.45 m at 80.
constexpr double kNodeDistanceM = 2000.0;

constexpr double kMeanFrom = 2.0;  ///< source pixels per grid pixel

struct Window {
  int column = 0, row = 0, columns = 0, rows = 0;
  const float* pixels = nullptr;
  float at(int c, int r) const {
    return pixels[static_cast<std::ptrdiff_t>(r - row) * columns + (c - column)];
  }
  bool has(int c, int r) const {
    return c >= column && c < column + columns && r >= row && r < row + rows;
  }
};

float nearest(const Window& w, double u, double v) {
  const int c = static_cast<int>(std::floor(u));
  const int r = static_cast<int>(std::floor(v));
  return w.has(c, r) ? w.at(c, r) : kVoid;
}

float bilinear(const Window& w, double u, double v) {
  const float home = nearest(w, u, v);
  if (std::isnan(home)) return kVoid;
  const double x = u - 0.5;
  const double y = v - 0.5;
  const int c0 = static_cast<int>(std::floor(x));
  const int r0 = static_cast<int>(std::floor(y));
  const double s = x - c0;
  const double t = y - r0;
  double sum = 0.0;
  double weight = 0.0;
  for (int j = 0; j < 2; ++j) {
    for (int i = 0; i < 2; ++i) {
      if (!w.has(c0 + i, r0 + j)) continue;
      const float h = w.at(c0 + i, r0 + j);
      if (std::isnan(h)) continue;
      const double k = (i ? s : 1.0 - s) * (j ? t : 1.0 - t);
      sum += k * static_cast<double>(h);
      weight += k;
    }
  }
  // The nearest pixel is valid and weighs at least a quarter.
  return static_cast<float>(sum / weight);
}

/// Mean over the box of width x height source pixels around (u, v); pixels count by the share that
/// lies inside.
float box_mean(const Window& w, double u, double v, double width, double height) {
  const double u0 = u - 0.5 * width;
  const double u1 = u + 0.5 * width;
  const double v0 = v - 0.5 * height;
  const double v1 = v + 0.5 * height;
  const int c0 = std::max(w.column, static_cast<int>(std::floor(u0)));
  const int c1 = std::min(w.column + w.columns - 1, static_cast<int>(std::ceil(u1)) - 1);
  const int r0 = std::max(w.row, static_cast<int>(std::floor(v0)));
  const int r1 = std::min(w.row + w.rows - 1, static_cast<int>(std::ceil(v1)) - 1);
  double sum = 0.0;
  double weight = 0.0;
  for (int r = r0; r <= r1; ++r) {
    const double across = std::min(v1, r + 1.0) - std::max(v0, static_cast<double>(r));
    for (int c = c0; c <= c1; ++c) {
      const float h = w.at(c, r);
      if (std::isnan(h)) continue;
      const double k = across * (std::min(u1, c + 1.0) - std::max(u0, static_cast<double>(c)));
      sum += k * static_cast<double>(h);
      weight += k;
    }
  }
  return weight >= 0.5 * width * height ? static_cast<float>(sum / weight) : kVoid;
}

}  // namespace

GridSampler::GridSampler(const RasterSource& source, const OGRSpatialReference& grid_crs,
                         const Grid& grid)
    : source_(source), grid_(grid), to_source_(make_transform(grid_crs, source.crs)) {
  const double* to_crs = source.pixel_to_crs;
  if (source.geographic() && to_crs[1] > 0.0 && to_crs[2] == 0.0) turn_px_ = 360.0 / to_crs[1];
  // The size of a grid pixel in source pixels hardly varies over a grid: taken at its centre, so
  // that the whole grid is sampled in one way.
  const double size = grid.pixel_size_m;
  const MapPoint c = {grid.top_left.x_m + 0.5 * size * grid.columns,
                      grid.top_left.y_m - 0.5 * size * grid.rows};
  double x[3] = {c.x_m, c.x_m + size, c.x_m};
  double y[3] = {c.y_m, c.y_m, c.y_m + size};
  const ErrorCapture errors;
  int ok[3] = {};
  if (to_source_->Transform(3, x, y, nullptr, ok) || (ok[0] && ok[1] && ok[2])) {
    grid_center_deg_ = x[0];
    const double* q = source.crs_to_pixel;
    const auto jump = [&](int k) {
      const double dx = turn_px_ > 0.0 ? std::remainder(x[k] - x[0], 360.0) : x[k] - x[0];
      const double dy = y[k] - y[0];
      return std::hypot(q[1] * dx + q[2] * dy, q[4] * dx + q[5] * dy);
    };
    ratio_ = std::sqrt(jump(1) * jump(2));
    if (!std::isfinite(ratio_) || !(ratio_ > 0.0)) ratio_ = 1.0;
  }
}

bool GridSampler::locate(const PixelWindow& window) {
  const int step = std::max(1, static_cast<int>(kNodeDistanceM / grid_.pixel_size_m));
  const int across = (window.columns + step - 1) / step + 1;
  const int down = (window.rows + step - 1) / step + 1;
  const std::size_t count = static_cast<std::size_t>(across) * static_cast<std::size_t>(down);
  node_x_.resize(count);
  node_y_.resize(count);
  node_ok_.assign(count, 0);
  std::size_t n = 0;
  for (int j = 0; j < down; ++j) {
    for (int i = 0; i < across; ++i, ++n) {
      const MapPoint p = grid_.center({window.column + i * step, window.row + j * step});
      node_x_[n] = p.x_m;
      node_y_[n] = p.y_m;
    }
  }
  {
    const ErrorCapture errors;
    to_source_->Transform(static_cast<int>(count), node_x_.data(), node_y_.data(), nullptr,
                          node_ok_.data());
  }
  const double* q = source_.crs_to_pixel;
  bool any = false;
  for (std::size_t k = 0; k < count; ++k) {
    double x = node_x_[k];
    const double y = node_y_[k];
    if (turn_px_ > 0.0)  // no jump at the antimeridian between nodes
      x += 360.0 * std::round((grid_center_deg_ - x) / 360.0);
    const bool usable = node_ok_[k] && std::isfinite(x) && std::isfinite(y);
    any = any || usable;
    node_x_[k] = usable ? q[0] + q[1] * x + q[2] * y : std::nan("");
    node_y_[k] = usable ? q[3] + q[4] * x + q[5] * y : std::nan("");
  }
  if (!any) return false;
  points_.resize(window.size());
  for (int r = 0; r < window.rows; ++r) {
    const int j = r / step;
    const double t = static_cast<double>(r - j * step) / step;
    for (int c = 0; c < window.columns; ++c) {
      const int i = c / step;
      const double s = static_cast<double>(c - i * step) / step;
      const std::size_t k = static_cast<std::size_t>(j) * static_cast<std::size_t>(across) +
                            static_cast<std::size_t>(i);
      const std::size_t below = k + static_cast<std::size_t>(across);
      const auto mix = [&](const std::vector<double>& a) {
        const double top = a[k] + s * (a[k + 1] - a[k]);
        const double bottom = a[below] + s * (a[below + 1] - a[below]);
        return top + t * (bottom - top);
      };
      SourcePoint point = {mix(node_x_), mix(node_y_)};
      // A file may count longitudes 0..360 or pass the antimeridian.
      if (turn_px_ > 0.0 && (point.u < 0.0 || point.u >= source_.columns())) {
        const double turned = point.u - turn_px_ * std::floor(point.u / turn_px_);
        if (turned < source_.columns()) point.u = turned;
      }
      points_[static_cast<std::size_t>(r) * static_cast<std::size_t>(window.columns) +
              static_cast<std::size_t>(c)] = point;
    }
  }
  return true;
}

void GridSampler::read_window(const SourceWindow& block, Sampling sampling, bool honour_nodata) {
  ErrorCapture errors;
  pixels_.resize(static_cast<std::size_t>(block.columns) * static_cast<std::size_t>(block.rows));
  const CPLErr result = source_.band()->RasterIO(GF_Read, block.column, block.row, block.columns,
                                                 block.rows, pixels_.data(), block.columns,
                                                 block.rows, GDT_Float32, 0, 0, nullptr);
  if (result != CE_None || errors.failed())
    throw GeodataError("cannot read " + source_.label + errors.reason() +
                       "; the file may be cut short: fetch or copy it again");
  const bool check = honour_nodata && source_.nodata.has_value();
  const float nodata = check ? static_cast<float>(*source_.nodata) : 0.0f;
  const auto scale = static_cast<float>(source_.scale);
  const auto offset = static_cast<float>(source_.offset);
  const bool heights = sampling == Sampling::heights;
  const bool scaled = scale != 1.0f || offset != 0.0f;
  for (float& value : pixels_) {
    if (check && value == nodata) {
      value = kVoid;
      continue;
    }
    if (!heights) continue;
    if (scaled) value = value * scale + offset;
    if (!(value >= kLowestHeightM && value <= kHighestHeightM)) value = kVoid;
  }
}

void GridSampler::sample_block(const PixelWindow& window, Sampling sampling, bool honour_nodata,
                               const Sink& sink) {
  if (!locate(window)) return;
  double u0 = std::numeric_limits<double>::infinity();
  double v0 = u0;
  double u1 = -u0;
  double v1 = -u0;
  for (const SourcePoint& p : points_) {
    if (std::isnan(p.u) || std::isnan(p.v)) continue;
    u0 = std::min(u0, p.u);
    u1 = std::max(u1, p.u);
    v0 = std::min(v0, p.v);
    v1 = std::max(v1, p.v);
  }
  const bool mean = sampling == Sampling::heights && ratio_ >= kMeanFrom;
  // Footprint of a pixel: from its neighbours' positions; rotation adds a little to the box.
  double width = ratio_;
  double height = ratio_;
  if (mean && window.columns > 1 && window.rows > 1) {
    const std::size_t mid =
        static_cast<std::size_t>(window.rows / 2 - 1) * static_cast<std::size_t>(window.columns) +
        static_cast<std::size_t>(window.columns / 2 - 1);
    const SourcePoint& a = points_[mid];
    const SourcePoint& b = points_[mid + 1];
    const SourcePoint& d = points_[mid + static_cast<std::size_t>(window.columns)];
    width = std::max(1.0, std::abs(b.u - a.u) + std::abs(d.u - a.u));
    height = std::max(1.0, std::abs(b.v - a.v) + std::abs(d.v - a.v));
  }
  if (std::isnan(width) || std::isnan(height)) width = height = ratio_;
  const double reach_u = mean ? 0.5 * width + 1.0 : 1.0;
  const double reach_v = mean ? 0.5 * height + 1.0 : 1.0;
  SourceWindow block;
  const auto limit = [](double low, double high, int size, int& first, int& count) {
    if (!(high >= 0.0 && low <= size)) return false;
    first = static_cast<int>(std::max(0.0, std::floor(low)));
    count = static_cast<int>(std::min(static_cast<double>(size), std::ceil(high))) - first;
    return count > 0;
  };
  if (!limit(u0 - reach_u, u1 + reach_u, source_.columns(), block.column, block.columns) ||
      !limit(v0 - reach_v, v1 + reach_v, source_.rows(), block.row, block.rows))
    return;

  // A window too large to hold (very fine source) is taken in quarters.
  constexpr double kMaxWindow = 3.2e7;
  if (static_cast<double>(block.columns) * block.rows > kMaxWindow && window.size() > 1) {
    const int left = std::max(1, window.columns / 2);
    const int top = std::max(1, window.rows / 2);
    for (const int row : {0, top}) {
      for (const int column : {0, left}) {
        const int columns = column == 0 ? left : window.columns - left;
        const int rows = row == 0 ? top : window.rows - top;
        if (columns > 0 && rows > 0)
          sample_block({window.column + column, window.row + row, columns, rows}, sampling,
                       honour_nodata, sink);
      }
    }
    return;
  }

  read_window(block, sampling, honour_nodata);
  const Window w = {block.column, block.row, block.columns, block.rows, pixels_.data()};
  std::vector<float> line(static_cast<std::size_t>(window.columns));
  for (int r = 0; r < window.rows; ++r) {
    for (int c = 0; c < window.columns; ++c) {
      const SourcePoint& p =
          points_[static_cast<std::size_t>(r) * static_cast<std::size_t>(window.columns) +
                  static_cast<std::size_t>(c)];
      float value = kVoid;
      if (!std::isnan(p.u) && !std::isnan(p.v)) {
        if (sampling == Sampling::nearest)
          value = nearest(w, p.u, p.v);
        else if (mean)
          value = box_mean(w, p.u, p.v, width, height);
        else
          value = bilinear(w, p.u, p.v);
      }
      line[static_cast<std::size_t>(c)] = value;
    }
    sink({window.column, window.row + r}, line);
  }
}

void GridSampler::run(Sampling sampling, bool honour_nodata, const Wanted& wanted,
                      const Sink& sink) {
  constexpr int kBlock = 256;
  for (int row = 0; row < grid_.rows; row += kBlock) {
    for (int column = 0; column < grid_.columns; column += kBlock) {
      const PixelWindow window = {column, row, std::min(kBlock, grid_.columns - column),
                                  std::min(kBlock, grid_.rows - row)};
      if (!wanted || wanted(window)) sample_block(window, sampling, honour_nodata, sink);
    }
  }
}

}  // namespace yonder::geodata
