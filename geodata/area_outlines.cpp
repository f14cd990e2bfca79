#include "geodata/area_outlines.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/contracts.h"
#include "core/run_control.h"

namespace yonder::geodata {
namespace {

constexpr std::int32_t kNone = -1;

struct Area {
  std::int32_t value = 0;
  int last_row = 0;
  std::int64_t pixels = 0;
};

/// The area that each pixel belongs to, areas numbered by their first pixels.
struct Areas {
  std::vector<std::int32_t> of;  ///< by pixel; kNone: no area
  std::vector<Area> list;
};

/// Union-find over provisional numbers, which point to smaller ones.
std::int32_t root_of(std::vector<std::int32_t>& parent, std::int32_t i) {
  const auto at = [&](std::int32_t k) -> std::int32_t& {
    return parent[static_cast<std::size_t>(k)];
  };
  while (at(i) != i) {
    at(i) = at(at(i));
    i = at(i);
  }
  return i;
}

Areas find_areas(std::span<const std::int32_t> values, int columns, const std::stop_token& stop) {
  const auto width = static_cast<std::size_t>(columns);
  Areas areas;
  areas.of.assign(values.size(), kNone);
  std::vector<std::int32_t> parent;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % width == 0 && stop.stop_requested()) throw Stopped();
    if (values[i] < 0) continue;
    const bool same_west = i % width > 0 && values[i - 1] == values[i];
    const bool same_north = i >= width && values[i - width] == values[i];
    if (!same_west && !same_north) {
      areas.of[i] = static_cast<std::int32_t>(parent.size());
      parent.push_back(areas.of[i]);
      continue;
    }
    areas.of[i] = same_west ? areas.of[i - 1] : areas.of[i - width];
    if (!same_west || !same_north || areas.of[i - 1] == areas.of[i - width]) continue;
    const std::int32_t a = root_of(parent, areas.of[i - 1]);
    const std::int32_t b = root_of(parent, areas.of[i - width]);
    parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    areas.of[i] = std::min(a, b);
  }
  // Provisional numbers rise with first pixels, so a root comes before all that point to it.
  std::vector<std::int32_t> number(parent.size(), kNone);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (areas.of[i] == kNone) continue;
    std::int32_t& of_root = number[static_cast<std::size_t>(root_of(parent, areas.of[i]))];
    if (of_root == kNone) {
      of_root = static_cast<std::int32_t>(areas.list.size());
      areas.list.push_back({values[i], 0, 0});
    }
    areas.of[i] = of_root;
    Area& area = areas.list[static_cast<std::size_t>(of_root)];
    area.last_row = static_cast<int>(i / width);
    ++area.pixels;
  }
  return areas;
}

/// Walks along edges with the area on the right hand.
class Tracer {
 public:
  Tracer(const Areas& areas, int columns)
      : areas_(areas),
        columns_(columns),
        rows_(static_cast<int>(areas.of.size() / static_cast<std::size_t>(columns))),
        walked_(areas.of.size(), false) {}

  /// Whether a ring that has not been walked begins at the pixel's northern edge.
  bool begins(int column, int row) const {
    const std::int32_t area = at(column, row);
    return area != kNone && at(column, row - 1) != area && !walked_[index(column, row)];
  }

  /// The ring that begins eastwards along the pixel's northern edge.
  std::vector<Corner> walk(int column, int row) {
    const std::int32_t area = at(column, row);
    std::vector<Corner> ring;
    Corner corner{column, row};
    int heading = kEast;
    do {
      if (ring.empty() || heading != before_) ring.push_back(corner);
      before_ = heading;
      if (heading == kEast) walked_[index(corner.column, corner.row)] = true;
      corner.column += kStep[static_cast<std::size_t>(heading)][0];
      corner.row += kStep[static_cast<std::size_t>(heading)][1];
      heading = turn(area, corner, heading);
    } while (corner != Corner{column, row} || heading != kEast);
    std::ranges::reverse(ring);
    return ring;
  }

 private:
  enum Heading { kEast, kSouth, kWest, kNorth };
  static constexpr std::array<std::array<int, 2>, 4> kStep = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};

  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }
  std::int32_t at(int column, int row) const {
    if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return kNone;
    return areas_.of[index(column, row)];
  }
  /// The heading from a corner on. Where the area meets itself in this corner alone, it goes over
  /// to the other pixel: so the ring comes here once, and what it passes by is another ring's.
  int turn(std::int32_t area, Corner corner, int heading) const {
    // Pixels ahead, to the right and to the left, as steps from the corner's south-eastern one.
    constexpr std::array<std::array<int, 4>, 4> kAhead = {
        {{0, 0, 0, -1}, {-1, 0, 0, 0}, {-1, -1, -1, 0}, {0, -1, -1, -1}}};
    const auto& [right_x, right_y, left_x, left_y] = kAhead[static_cast<std::size_t>(heading)];
    if (at(corner.column + left_x, corner.row + left_y) == area) return (heading + 3) % 4;
    if (at(corner.column + right_x, corner.row + right_y) == area) return heading;
    return (heading + 1) % 4;
  }

  const Areas& areas_;
  int columns_;
  int rows_;
  int before_ = kEast;
  std::vector<bool> walked_;  ///< by pixel, along its northern edge eastwards
};

}  // namespace

void trace_areas(std::span<const std::int32_t> values, int columns,
                 const std::function<void(const AreaOutline&)>& take, const std::stop_token& stop) {
  if (values.empty()) return;
  YONDER_EXPECTS(columns > 0 && values.size() % static_cast<std::size_t>(columns) == 0);
  const Areas areas = find_areas(values, columns, stop);
  std::vector<std::int32_t> by_end(areas.list.size());
  for (std::size_t i = 0; i < by_end.size(); ++i) by_end[i] = static_cast<std::int32_t>(i);
  std::ranges::stable_sort(
      by_end, {}, [&](std::int32_t i) { return areas.list[static_cast<std::size_t>(i)].last_row; });
  auto next = by_end.begin();

  Tracer tracer(areas, columns);
  std::unordered_map<std::int32_t, std::vector<std::vector<Corner>>> open;
  const int rows = static_cast<int>(values.size() / static_cast<std::size_t>(columns));
  for (int row = 0; row < rows; ++row) {
    if (stop.stop_requested()) throw Stopped();
    for (int column = 0; column < columns; ++column) {
      if (!tracer.begins(column, row)) continue;
      const std::int32_t area =
          areas.of[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                   static_cast<std::size_t>(column)];
      // The first pixel of an area lies on its outer ring.
      open[area].push_back(tracer.walk(column, row));
    }
    for (; next != by_end.end(); ++next) {
      const Area& area = areas.list[static_cast<std::size_t>(*next)];
      if (area.last_row > row) break;
      take({area.value, area.pixels, std::move(open.at(*next))});
      open.erase(*next);
    }
  }
}

}  // namespace yonder::geodata
