#pragma once

#include <cstddef>
#include <vector>

#include "core/geo.h"
#include "core/grid.h"
#include "core/path_profile.h"

namespace yonder {

/// Geographic positions of a grid's plane, interpolated between nodes every `step_px` pixels: a
/// projection call per pixel would cost more than the propagation. Cells of 5 km are off by under a
/// metre up to latitude 60, under 3 m up to 80.
struct GeoLattice {
  Grid grid;
  int step_px = 32;
  int node_columns = 0;
  std::vector<LonLat>
      nodes;  ///< node (i, j) lies at the top-left corner of pixel (i * step_px, j * step_px)

  /// Precondition: `point` lies inside the grid.
  LonLat at(MapPoint point) const;
};

/// Everything about the ground on one metric grid, in memory. Made by geodata; core only reads it.
struct Terrain {
  Grid grid;
  std::vector<float> ground_amsl_m;  ///< NaN: no terrain data
  std::vector<float>
      clutter_height_m;    ///< representative height above ground; empty: no clutter known
  std::vector<Zone> zone;  ///< sea, coastal or inland
  GeoLattice geo;

  bool has_data(Pixel p) const {
    const float h = ground_amsl_m[grid.index(p)];
    return h == h;
  }
  /// Ground height by bilinear interpolation between pixel centres (nearest edge value within half
  /// a pixel of the border); NaN when a contributing pixel has no data or the point lies outside
  /// the grid.
  double ground_at(MapPoint point) const;
};

/// A receiving antenna on the analysis plane: at a pixel's centre for maps, anywhere for routes and
/// points.
struct ReceiverPlace {
  MapPoint position;
  Pixel pixel;                 ///< that holds it: clutter and zone are the pixel's
  double ground_amsl_m = 0.0;  ///< NaN: no terrain data
  double height_agl_m = 0.0;
};

/// At a pixel's centre, on the pixel's own ground. Precondition: the grid holds the pixel.
ReceiverPlace receiver_at_pixel(const Terrain& terrain, Pixel pixel, double height_agl_m);
/// At a point, on ground between the pixels'. Precondition: the point lies inside the grid.
ReceiverPlace receiver_at_point(const Terrain& terrain, MapPoint point, double height_agl_m);

/// A position of a transmitting antenna on the analysis plane.
struct AntennaPosition {
  MapPoint position;
  LonLat lonlat;
  double ground_amsl_m = 0.0;  ///< of the terrain at the position
  double height_agl_m = 0.0;
  MapDistortion distortion;  ///< of the plane around the position
};

}  // namespace yonder
