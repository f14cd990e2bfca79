#pragma once

#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_medium.h"

namespace yonder::propagation::itm {

/// A line of attenuation against distance: dB = intercept_db + slope_db_per_m * distance.
struct AttenuationLine {
  double slope_db_per_m = 0.0;
  double intercept_db = 0.0;
  double at(double distance_m) const { return intercept_db + slope_db_per_m * distance_m; }
};

/// Two rays over the reflecting plane, blended with the diffraction line as the terrain gets
/// rougher; dB above free space. `smooth_horizons_m`: sum of the horizon distances over a smooth
/// earth. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", eqs. (4.46)-(4.50).
double two_ray_db(double distance_m, const Geometry& g, const Medium& medium, double frequency_mhz,
                  double smooth_horizons_m, const AttenuationLine& diffraction);

/// Attenuation within the smooth-earth horizon: a curve k1 d + k2 ln d through the two-ray values
/// at one or two distances that meets the diffraction line at the horizon; dB above free space.
/// Source: the same, section 4; ERL 79-ITS 67 eqs. (3.16)-(3.21).
double line_of_sight_db(const Geometry& g, const Medium& medium, double frequency_mhz,
                        double smooth_horizons_m, const AttenuationLine& diffraction);

}  // namespace yonder::propagation::itm
