#pragma once

#include <filesystem>
#include <string>

#include "core/path_profile.h"

namespace yonder::scenarios {

/// A path as planners draw it: the ground over an earth of 4/3 radius, clutter and sea, the
/// straight ray with its first Fresnel zone, and the horizon of each end.
struct ProfilePicture {
  const PathProfile* profile = nullptr;
  double frequency_hz = 0.0;
  double tx_height_agl_m = 0.0;
  double rx_height_agl_m = 0.0;
  std::string title;
  std::string subtitle;
  bool synthetic_terrain = false;
};

/// A place on the profile and the elevation angle under which an antenna sees it.
struct Horizon {
  std::size_t index = 0;       ///< 0 or the last point: nothing rises above the other antenna
  double elevation_rad = 0.0;  ///< over the 4/3 earth
};
/// The point that an end sees highest, clutter included; the other end's antenna itself where
/// nothing is in the way.
Horizon horizon_of_transmitter(const ProfilePicture& picture);
Horizon horizon_of_receiver(const ProfilePicture& picture);

/// Where the ground (with clutter) comes nearest to the ray, in first Fresnel radii: negative where
/// it stands above the ray.
struct Clearance {
  std::size_t index = 0;
  double clearance_m = 0.0;
  double fresnel_radii = 0.0;
};
Clearance least_clearance(const ProfilePicture& picture);

/// Draws it as PNG. Throws std::runtime_error when it cannot be written.
void write_profile_picture(const ProfilePicture& picture, const std::filesystem::path& file);

}  // namespace yonder::scenarios
