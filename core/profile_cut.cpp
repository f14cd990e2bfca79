#include "core/profile_cut.h"

#include <cmath>

namespace yonder {

Bearing bearing_to(const AntennaPosition& antenna, MapPoint point) {
  const double dx = point.x_m - antenna.position.x_m;
  const double dy = point.y_m - antenna.position.y_m;
  return {std::hypot(dx, dy) / antenna.distortion.scale,
          std::atan2(dx, dy) + antenna.distortion.convergence_rad};
}

bool cut_profile(const Terrain& terrain, const AntennaPosition& antenna, Pixel receiver,
                 PathProfile& profile) {
  if (!terrain.grid.contains(receiver)) return false;
  return cut_profile_to(terrain, antenna, receiver_at_pixel(terrain, receiver, 0.0), profile);
}

bool cut_profile_to(const Terrain& terrain, const AntennaPosition& antenna,
                    const ReceiverPlace& receiver, PathProfile& profile) {
  const Grid& grid = terrain.grid;
  const MapPoint start = antenna.position;
  const MapPoint end = receiver.position;
  const double dx = end.x_m - start.x_m;
  const double dy = end.y_m - start.y_m;
  const double plane_m = std::hypot(dx, dy);
  const double true_m = plane_m / antenna.distortion.scale;
  YONDER_EXPECTS(plane_m > 0.0);
  if (!grid.contains(grid.pixel_at(start)) || !grid.contains(receiver.pixel)) return false;

  const int intervals =
      std::max(kMinProfileIntervals, static_cast<int>(std::ceil(plane_m / grid.pixel_size_m)));
  const bool has_clutter = !terrain.clutter_height_m.empty();
  profile.resize(static_cast<std::size_t>(intervals) + 1);
  // What stands around a terminal is not an obstacle on the path: no clutter at interior points in
  // the end pixels, however dense the points. The last point keeps the receiver's own.
  const std::size_t first_pixel = grid.index(grid.pixel_at(start));
  const std::size_t last_pixel = grid.index(receiver.pixel);
  double ground_sum = 0.0;  // NaN as soon as one height is unknown
  for (int i = 0; i <= intervals; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const double t = static_cast<double>(i) / intervals;
    const MapPoint point = i == intervals ? end : MapPoint{start.x_m + t * dx, start.y_m + t * dy};
    const std::size_t nearest = i == intervals ? last_pixel : grid.index(grid.pixel_at(point));
    profile.distance_m[k] = t * true_m;
    profile.ground_amsl_m[k] = i == intervals ? receiver.ground_amsl_m : terrain.ground_at(point);
    const bool clear = i < intervals && (nearest == first_pixel || nearest == last_pixel);
    profile.clutter_height_m[k] =
        has_clutter && !clear ? static_cast<double>(terrain.clutter_height_m[nearest]) : 0.0;
    profile.zone[k] = terrain.zone[nearest];
    ground_sum += profile.ground_amsl_m[k];
  }
  return ground_sum == ground_sum;
}

}  // namespace yonder
