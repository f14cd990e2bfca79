#pragma once

#include "core/path_profile.h"
#include "core/terrain.h"

namespace yonder {

/// Cuts the profile from an antenna's foot to a receiver's: equidistant points no farther apart
/// than a pixel (at least kMinProfileIntervals intervals), ground bilinear, clutter (none in the
/// two end pixels) and zone of the nearest pixel; the last point is the receiver's own ground.
/// Distances are true ones (the plane's scale is taken out). Returns false when a point has no
/// terrain data or lies outside the grid; `profile` is then unspecified. Precondition: the antenna
/// does not stand exactly at the receiver.
bool cut_profile_to(const Terrain& terrain, const AntennaPosition& antenna,
                    const ReceiverPlace& receiver, PathProfile& profile);
/// The same to a pixel's centre.
bool cut_profile(const Terrain& terrain, const AntennaPosition& antenna, Pixel receiver,
                 PathProfile& profile);

inline constexpr int kMinProfileIntervals = 8;

/// True horizontal distance and true azimuth from an antenna to a point of its plane.
struct Bearing {
  double distance_m = 0.0;
  double azimuth_rad = 0.0;
};
Bearing bearing_to(const AntennaPosition& antenna, MapPoint point);

}  // namespace yonder
