#pragma once

#include <cmath>
#include <cstddef>

#include "core/contracts.h"
#include "core/geo.h"

namespace yonder {

/// Column and row of a pixel; row 0 is the northernmost.
struct Pixel {
  int column = 0;
  int row = 0;
  friend bool operator==(const Pixel&, const Pixel&) = default;
};

/// Rectangle of pixels within a grid: [column, column + columns) x [row, row + rows).
struct PixelWindow {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  bool contains(Pixel p) const {
    return p.column >= column && p.column < column + columns && p.row >= row && p.row < row + rows;
  }
  /// Row-major index of a pixel of the enclosing grid within this window. Precondition:
  /// contains(p).
  std::size_t index(Pixel p) const {
    YONDER_EXPECTS(contains(p));
    return static_cast<std::size_t>(p.row - row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(p.column - column);
  }
};

/// North-up grid of square pixels on the metric analysis plane.
struct Grid {
  MapPoint top_left;          ///< outer corner of pixel (0, 0)
  double pixel_size_m = 0.0;  ///< > 0
  int columns = 0;
  int rows = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  std::size_t index(Pixel p) const {
    YONDER_EXPECTS(contains(p));
    return static_cast<std::size_t>(p.row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(p.column);
  }
  bool contains(Pixel p) const {
    return p.column >= 0 && p.column < columns && p.row >= 0 && p.row < rows;
  }
  MapPoint center(Pixel p) const {
    return {top_left.x_m + (p.column + 0.5) * pixel_size_m,
            top_left.y_m - (p.row + 0.5) * pixel_size_m};
  }
  /// The pixel that holds `point`; may lie outside the grid (check contains()).
  Pixel pixel_at(MapPoint point) const {
    return {static_cast<int>(std::floor((point.x_m - top_left.x_m) / pixel_size_m)),
            static_cast<int>(std::floor((top_left.y_m - point.y_m) / pixel_size_m))};
  }
  PixelWindow whole() const { return {0, 0, columns, rows}; }
  /// The grid of a window's pixels. Precondition: the window lies inside this grid.
  Grid crop(PixelWindow window) const {
    return {{top_left.x_m + window.column * pixel_size_m, top_left.y_m - window.row * pixel_size_m},
            pixel_size_m,
            window.columns,
            window.rows};
  }
};

}  // namespace yonder
