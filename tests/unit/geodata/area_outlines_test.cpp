#include "geodata/area_outlines.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>
#include <set>
#include <utility>

#include "core/run_control.h"

namespace yonder::geodata {
namespace {

using Values = std::vector<std::int32_t>;

std::vector<AreaOutline> areas_of(const Values& values, int columns) {
  std::vector<AreaOutline> areas;
  trace_areas(values, columns, [&](const AreaOutline& area) { areas.push_back(area); }, {});
  return areas;
}

/// Twice the area within a ring, positive anticlockwise with north (row 0) up.
long long doubled_area(const std::vector<Corner>& ring) {
  long long sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner& a = ring[i];
    const Corner& b = ring[(i + 1) % ring.size()];
    sum += static_cast<long long>(b.column) * a.row - static_cast<long long>(a.column) * b.row;
  }
  return sum;
}

/// Whether the middle of a pixel lies within a ring, by crossings to the west of it.
bool holds(const std::vector<Corner>& ring, int column, int row) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner& a = ring[i];
    const Corner& b = ring[(i + 1) % ring.size()];
    if (a.column != b.column || a.column > column) continue;
    if (std::min(a.row, b.row) <= row && row < std::max(a.row, b.row)) inside = !inside;
  }
  return inside;
}

TEST(AreaOutlines, OfASinglePixelIsItsFourCorners) {
  const auto areas = areas_of({-1, -1, -1, 7, -1, -1}, 3);
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_EQ(areas[0].value, 7);
  EXPECT_EQ(areas[0].pixels, 1);
  ASSERT_EQ(areas[0].rings.size(), 1U);
  EXPECT_EQ(areas[0].rings[0].size(), 4U);
  EXPECT_EQ(doubled_area(areas[0].rings[0]), 2);
}

TEST(AreaOutlines, CornersWhereAnAreaMeetsItselfPartItsRings) {
  // The hole in the middle and the pixel in the south-east touch; so do two pixels of the area.
  const auto areas = areas_of({1, 1, 1,   //
                               1, -1, 1,  //
                               1, 1, -1},
                              3);
  ASSERT_EQ(areas.size(), 1U);
  ASSERT_EQ(areas[0].rings.size(), 2U);
  EXPECT_EQ(doubled_area(areas[0].rings[0]), 16);
  EXPECT_EQ(doubled_area(areas[0].rings[1]), -2);
}

TEST(AreaOutlines, PixelsThatMeetInACornerAreAreasOfTheirOwn) {
  EXPECT_EQ(areas_of({1, -1, -1, 1}, 2).size(), 2U);
  EXPECT_EQ(areas_of({1, 2, 2, 1}, 2).size(), 4U);
  EXPECT_EQ(areas_of({0, 0, 0, 0}, 2).size(), 1U);
  EXPECT_TRUE(areas_of({}, 2).empty());
}

TEST(AreaOutlines, OfAnythingHoldEachPixelOnceInSimpleRings) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const int columns = 1 + static_cast<int>(random() % 14);
    const int rows = 1 + static_cast<int>(random() % 14);
    const int kinds = 2 + static_cast<int>(random() % 3);
    Values values(static_cast<std::size_t>(columns * rows));
    for (auto& value : values)
      value = static_cast<int>(random() % static_cast<unsigned>(kinds)) - 1;
    const auto areas = areas_of(values, columns);
    std::vector<int> seen(values.size());
    for (const AreaOutline& area : areas) {
      long long doubled = 0;
      for (const auto& ring : area.rings) {
        doubled += doubled_area(ring);
        std::set<std::pair<int, int>> corners;
        for (const Corner& c : ring) corners.emplace(c.column, c.row);
        ASSERT_EQ(corners.size(), ring.size()) << "a ring meets itself";
      }
      ASSERT_EQ(doubled, 2 * area.pixels);
      ASSERT_GT(doubled_area(area.rings.front()), 0);
      for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
          bool inside = false;
          for (const auto& ring : area.rings) inside = inside != holds(ring, column, row);
          const auto i = static_cast<std::size_t>(row * columns + column);
          if (!inside) continue;
          ++seen[i];
          ASSERT_EQ(values[i], area.value);
        }
      }
    }
    for (std::size_t i = 0; i < values.size(); ++i) ASSERT_EQ(seen[i], values[i] < 0 ? 0 : 1);
  }
}

TEST(AreaOutlines, TakeTimeInProportionToTheirLength) {
  // One area of half a million corners, which as a list searched from its start would take minutes.
  constexpr int kSide = 1000;
  Values values(kSide * kSide, 0);
  for (int row = 1; row < kSide; row += 2) {
    for (int column = 1; column < kSide; column += 2) {
      values[static_cast<std::size_t>(row * kSide + column)] = -1;
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const auto areas = areas_of(values, kSide);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_EQ(areas[0].rings.size(), 1U + 499U * 499U);
  EXPECT_LT(seconds, 10.0);
}

TEST(AreaOutlines, StopOnRequest) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(trace_areas(
                   Values(4, 1), 2, [](const AreaOutline&) {}, stop.get_token()),
               Stopped);
}

}  // namespace
}  // namespace yonder::geodata
