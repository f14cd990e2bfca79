#include "core/terrain.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace yonder {

LonLat GeoLattice::at(MapPoint point) const {
  YONDER_EXPECTS(node_columns >= 2 && nodes.size() >= 2 * static_cast<std::size_t>(node_columns));
  const double step_m = step_px * grid.pixel_size_m;
  const int node_rows = static_cast<int>(nodes.size()) / node_columns;
  const double u = (point.x_m - grid.top_left.x_m) / step_m;
  const double v = (grid.top_left.y_m - point.y_m) / step_m;
  const int i = std::clamp(static_cast<int>(u), 0, node_columns - 2);
  const int j = std::clamp(static_cast<int>(v), 0, node_rows - 2);
  const double s = u - i;
  const double t = v - j;
  const LonLat* upper = nodes.data() + static_cast<std::ptrdiff_t>(j) * node_columns + i;
  const LonLat* lower = upper + node_columns;
  const auto mix = [s, t](double a, double b, double c, double d) {
    const double top = a + s * (b - a);
    const double bottom = c + s * (d - c);
    return top + t * (bottom - top);
  };
  // Nodes carry unwrapped longitudes, so that cells across the antimeridian interpolate.
  double lon = mix(upper[0].lon_deg, upper[1].lon_deg, lower[0].lon_deg, lower[1].lon_deg);
  if (lon > 180.0)
    lon -= 360.0;
  else if (lon < -180.0)
    lon += 360.0;
  return {lon, mix(upper[0].lat_deg, upper[1].lat_deg, lower[0].lat_deg, lower[1].lat_deg)};
}

double Terrain::ground_at(MapPoint point) const {
  const double u = (point.x_m - grid.top_left.x_m) / grid.pixel_size_m;
  const double v = (grid.top_left.y_m - point.y_m) / grid.pixel_size_m;
  // Written so that NaN coordinates are refused too.
  if (!(u >= 0.0 && v >= 0.0 && u <= grid.columns && v <= grid.rows))
    return std::numeric_limits<double>::quiet_NaN();
  const double column = std::clamp(u - 0.5, 0.0, static_cast<double>(grid.columns - 1));
  const double row = std::clamp(v - 0.5, 0.0, static_cast<double>(grid.rows - 1));
  const int c0 = static_cast<int>(column);
  const int r0 = static_cast<int>(row);
  const double s = column - c0;
  const double t = row - r0;
  const float* upper = ground_amsl_m.data() + grid.index({c0, r0});
  // A neighbour of weight zero does not contribute: it may lie outside the grid or be void.
  const auto along = [s](const float* h) {
    return s > 0.0 ? (1.0 - s) * static_cast<double>(h[0]) + s * static_cast<double>(h[1])
                   : static_cast<double>(h[0]);
  };
  const double top = along(upper);
  if (!(t > 0.0)) return top;
  return (1.0 - t) * top + t * along(upper + grid.columns);
}

ReceiverPlace receiver_at_pixel(const Terrain& terrain, Pixel pixel, double height_agl_m) {
  return {terrain.grid.center(pixel), pixel,
          static_cast<double>(terrain.ground_amsl_m[terrain.grid.index(pixel)]), height_agl_m};
}

ReceiverPlace receiver_at_point(const Terrain& terrain, MapPoint point, double height_agl_m) {
  const Pixel pixel = terrain.grid.pixel_at(point);
  YONDER_EXPECTS(terrain.grid.contains(pixel));
  return {point, pixel, terrain.ground_at(point), height_agl_m};
}

}  // namespace yonder
