#include "core/shapes/geodesic.h"

#include <algorithm>
#include <boost/geometry/formulas/vincenty_direct.hpp>
#include <boost/geometry/formulas/vincenty_inverse.hpp>
#include <boost/geometry/srs/spheroid.hpp>
#include <cmath>
#include <cstddef>

#include "core/contracts.h"
#include "core/units.h"

namespace yonder::shapes {
namespace {

const boost::geometry::srs::spheroid<double> kWgs84(6378137.0, 6356752.314245179);

}  // namespace

GeodesicStep geodesic_between(LonLat from, LonLat to) {
  using Inverse = boost::geometry::formula::vincenty_inverse<double, true, true>;
  const auto result = Inverse::apply(deg_to_rad(from.lon_deg), deg_to_rad(from.lat_deg),
                                     deg_to_rad(to.lon_deg), deg_to_rad(to.lat_deg), kWgs84);
  return {result.distance, result.azimuth};
}

LonLat geodesic_destination(LonLat from, GeodesicStep step) {
  if (step.distance_m == 0.0) return from;
  using Direct = boost::geometry::formula::vincenty_direct<double, true>;
  const auto result = Direct::apply(deg_to_rad(from.lon_deg), deg_to_rad(from.lat_deg),
                                    step.distance_m, step.azimuth_rad, kWgs84);
  double lon_deg = rad_to_deg(result.lon2);
  if (lon_deg > 180.0) lon_deg -= 360.0;
  if (lon_deg < -180.0) lon_deg += 360.0;
  return {lon_deg, rad_to_deg(result.lat2)};
}

GeodesicPath::GeodesicPath(std::vector<LonLat> vertices) {
  double sum_m = 0.0;
  for (const LonLat& vertex : vertices) {
    if (!vertices_.empty()) {
      const GeodesicStep step = geodesic_between(vertices_.back(), vertex);
      if (!(step.distance_m > 0.0)) continue;
      sum_m += step.distance_m;
      azimuth_rad_.push_back(step.azimuth_rad);
    }
    vertices_.push_back(vertex);
    start_m_.push_back(sum_m);
  }
  YONDER_EXPECTS(vertices_.size() >= 2);
}

LonLat GeodesicPath::at(double distance_m) const {
  if (distance_m <= 0.0) return vertices_.front();
  if (distance_m >= length_m()) return vertices_.back();
  const auto after = std::upper_bound(start_m_.begin(), start_m_.end(), distance_m);
  const auto i = static_cast<std::size_t>(after - start_m_.begin()) - 1;
  return geodesic_destination(vertices_[i], {distance_m - start_m_[i], azimuth_rad_[i]});
}

}  // namespace yonder::shapes
