#pragma once

#include <array>
#include <cstdint>
#include <span>

/// What the Irregular Terrain Model knows of a path's shape, from a terrain profile or from
/// statistics. "Alg." in these files: G. A. Hufford, "The ITS Irregular Terrain Model,
/// version 1.2.2: the algorithm".
namespace yonder::propagation::itm {

using Pair = std::array<double, 2>;  ///< a value at the transmitter and at the receiver

/// How well a terminal's place was chosen, when its surroundings are not known.
enum class Siting : std::uint8_t { random, careful, very_careful };

struct Geometry {
  double distance_m = 0.0;
  Pair height_m{};            ///< antennas above ground
  Pair effective_height_m{};  ///< antennas above the plane that reflects or the terrain in front of
                              ///< them
  Pair horizon_distance_m{};
  Pair horizon_angle_rad{};  ///< elevation of the horizon, above the horizontal
  double delta_h_m = 0.0;    ///< terrain irregularity
  bool is_profile_known = false;

  double horizons_m() const { return horizon_distance_m[0] + horizon_distance_m[1]; }
};

/// Geometry from ground heights (at least two) `step_m` apart, from antenna to antenna.
/// Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", subroutines qlrpfl and hzns.
Geometry geometry_of_profile(std::span<const double> ground_m, double step_m, const Pair& height_m,
                             double effective_earth_radius_m);

/// Geometry from terrain statistics alone ("area mode").
/// Source: the same, eqs. (3.2)-(3.4).
Geometry geometry_of_area(double distance_m, double delta_h_m, const Pair& height_m,
                          const std::array<Siting, 2>& siting, double effective_earth_radius_m);

/// Mean ground height of a profile without its first and last tenth, m above sea level.
double mean_ground_m(std::span<const double> ground_m);

}  // namespace yonder::propagation::itm
