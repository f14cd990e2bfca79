#pragma once

#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_medium.h"

namespace yonder::propagation::itm {

/// Wave number as the source rounds it, 1/m.
constexpr double wave_number_per_m(double frequency_mhz) { return frequency_mhz / 47.7; }

/// Angular distance over which the path is within line of sight, rad, Alg. section 3, with
/// its lower bound.
double line_of_sight_angle(const Geometry& g, double effective_earth_radius_m);

/// Diffraction attenuation beyond the horizons as a function of distance: a weighted mean of two
/// knife edges and a smooth, rounded earth, plus clutter. Everything that does not depend on
/// distance is computed once. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2",
/// section 4; Vogler 1964; ERL 79-ITS 67 section 3.
class Diffraction {
 public:
  Diffraction(const Geometry& geometry, const Medium& medium, double frequency_mhz);

  /// dB above free space; `distance_m` beyond the horizons. May be NaN where the rounded-earth
  /// series has no value.
  double attenuation_db(double distance_m) const;

 private:
  double knife_edges_db(double distance_m) const;
  double rounded_earth_db(double distance_m) const;

  const Geometry& g_;
  double frequency_mhz_;
  double earth_radius_m_;
  double sight_angle_rad_;  ///< theta_los
  double cbrt_frequency_;
  double impedance_;          ///< |Z_g|
  double terminals_x_;        ///< sum of Vogler's normalized horizon distances
  double terminals_gain_db_;  ///< sum of his height functions
  double clutter_db_;         ///< A_fo
};

}  // namespace yonder::propagation::itm
