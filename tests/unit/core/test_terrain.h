#pragma once

#include <cmath>

#include "core/terrain.h"

namespace yonder::test {

/// Rolling hills of `columns` x `rows` pixels of 100 m around 39 N, 84 E, all inland; a real map
/// projection is not needed.
inline Terrain rolling_hills(int columns, int rows, double relief_m = 60.0) {
  Terrain terrain;
  terrain.grid = {{500000.0, 4320000.0}, 100.0, columns, rows};
  terrain.ground_amsl_m.resize(terrain.grid.size());
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      terrain.ground_amsl_m[terrain.grid.index({c, r})] =
          static_cast<float>(1000.0 + relief_m * std::sin(0.21 * c) * std::cos(0.17 * r) +
                             0.3 * relief_m * std::sin(1.1 * c + 0.7 * r));
    }
  }
  terrain.zone.assign(terrain.grid.size(), Zone::inland);
  terrain.geo.grid = terrain.grid;
  terrain.geo.step_px = std::max(columns, rows);
  terrain.geo.node_columns = 2;
  const double side = terrain.geo.step_px * 100.0 / 111000.0;
  terrain.geo.nodes = {
      {84.0, 39.0}, {84.0 + side, 39.0}, {84.0, 39.0 - side}, {84.0 + side, 39.0 - side}};
  return terrain;
}

/// An antenna standing on the ground at a pixel's centre.
inline AntennaPosition antenna_at(const Terrain& terrain, Pixel pixel, double height_agl_m) {
  AntennaPosition antenna;
  antenna.position = terrain.grid.center(pixel);
  antenna.lonlat = terrain.geo.at(antenna.position);
  antenna.ground_amsl_m = terrain.ground_at(antenna.position);
  antenna.height_agl_m = height_agl_m;
  return antenna;
}

}  // namespace yonder::test
