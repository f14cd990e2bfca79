#pragma once

#include <memory>
#include <vector>

#include "core/geo.h"

namespace yonder::shapes {

/// The nearest piece of a coast. The search runs in the analysis plane, whose scale changes little
/// over the distances that matter; the distance to what it finds is that of the geodesic. Where two
/// pieces are almost equally far it may find the other: on a ragged coast the distance is then too
/// long by less than 5 m in 50 km, out to the edge of a UTM zone (measured against GeographicLib in
/// tests/unit/geodata/coast_distance_test.cpp).
class CoastDistance {
 public:
  /// Lines on the plane and on the earth, vertex by vertex.
  struct Line {
    std::vector<MapPoint> plane;
    std::vector<LonLat> earth;
  };

  /// Precondition: some line has two vertices.
  explicit CoastDistance(const std::vector<Line>& lines);
  ~CoastDistance();

  /// Geodesic distance from a place to the nearest coast, m. Threads may ask at once.
  double distance_m(MapPoint plane, LonLat earth) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace yonder::shapes
