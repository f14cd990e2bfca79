#include "core/shapes/coast_distance.h"

#include <algorithm>
#include <boost/geometry/algorithms/detail/distance/point_to_geometry.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/geometries/segment.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/cartesian/distance_projected_point.hpp>
#include <boost/geometry/strategies/cartesian/distance_pythagoras.hpp>
#include <boost/geometry/strategies/cartesian/distance_pythagoras_point_box.hpp>
#include <cmath>
#include <cstddef>

#include "core/contracts.h"
#include "core/shapes/geodesic.h"

namespace yonder::shapes {
namespace {

using PlanePoint = boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>;
using PlaneSegment = boost::geometry::model::segment<PlanePoint>;

/// A straight piece of coast.
struct Piece {
  MapPoint plane_from, plane_to;
  LonLat earth_from, earth_to;
};

/// Lets the tree see pieces as segments.
struct SegmentOf {
  using result_type = PlaneSegment;
  const std::vector<Piece>* pieces = nullptr;
  PlaneSegment operator()(std::size_t i) const {
    const Piece& piece = (*pieces)[i];
    return {{piece.plane_from.x_m, piece.plane_from.y_m}, {piece.plane_to.x_m, piece.plane_to.y_m}};
  }
};

using Tree =
    boost::geometry::index::rtree<std::size_t, boost::geometry::index::rstar<16>, SegmentOf>;

}  // namespace

struct CoastDistance::Index {
  std::vector<Piece> pieces;
  Tree tree;
};

CoastDistance::CoastDistance(const std::vector<Line>& lines) : index_(std::make_unique<Index>()) {
  for (const Line& line : lines) {
    YONDER_EXPECTS(line.plane.size() == line.earth.size());
    for (std::size_t i = 1; i < line.plane.size(); ++i) {
      index_->pieces.push_back(
          {line.plane[i - 1], line.plane[i], line.earth[i - 1], line.earth[i]});
    }
  }
  YONDER_EXPECTS(!index_->pieces.empty());
  std::vector<std::size_t> order(index_->pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  index_->tree = Tree(order, boost::geometry::index::rstar<16>(), SegmentOf{&index_->pieces});
}

CoastDistance::~CoastDistance() = default;

double CoastDistance::distance_m(MapPoint plane, LonLat earth) const {
  std::size_t found = 0;
  index_->tree.query(boost::geometry::index::nearest(PlanePoint(plane.x_m, plane.y_m), 1), &found);
  const Piece& piece = index_->pieces[found];
  const double dx = piece.plane_to.x_m - piece.plane_from.x_m;
  const double dy = piece.plane_to.y_m - piece.plane_from.y_m;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 > 0.0 ? std::clamp(((plane.x_m - piece.plane_from.x_m) * dx +
                                               (plane.y_m - piece.plane_from.y_m) * dy) /
                                                  length2,
                                              0.0, 1.0)
                                 : 0.0;
  const LonLat nearest{std::lerp(piece.earth_from.lon_deg, piece.earth_to.lon_deg, t),
                       std::lerp(piece.earth_from.lat_deg, piece.earth_to.lat_deg, t)};
  return geodesic_between(earth, nearest).distance_m;
}

}  // namespace yonder::shapes
