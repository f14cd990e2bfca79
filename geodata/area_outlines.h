#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

/// Outlines of connected areas of a raster, without any file format.
namespace yonder::geodata {

/// A corner of a pixel: 0, 0 is the north-western one of the first.
struct Corner {
  int column = 0;
  int row = 0;
  bool operator==(const Corner&) const = default;
};

/// An area of pixels that share edges and have one value.
struct AreaOutline {
  std::int32_t value = 0;
  std::int64_t pixels = 0;
  /// Along the edges of pixels, a corner wherever they turn, the first not repeated at the end. The
  /// outer ring, anticlockwise with north up; then those around holes, clockwise. No ring meets
  /// itself; two of them meet in single corners at most.
  std::vector<std::vector<Corner>> rings;
};

/// Hands on the areas of all values that are not negative, by the row where they end. Time grows
/// with the pixels and the length of the outlines, whatever their shape. `values`: row-major,
/// `columns` wide. Throws Stopped on request.
void trace_areas(std::span<const std::int32_t> values, int columns,
                 const std::function<void(const AreaOutline&)>& take, const std::stop_token& stop);

}  // namespace yonder::geodata
