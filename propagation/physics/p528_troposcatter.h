#pragma once

#include "propagation/physics/p528_geometry.h"

namespace yonder::propagation::p528 {

struct Troposcatter {
  double loss_db = 0.0;             ///< A_s; 0 within the horizons
  double crossing_height_km = 0.0;  ///< h_v, where the horizon rays cross
  double scattering_angle_rad = 0.0;
};

/// P.528-5 annex 2 section 11.
Troposcatter troposcatter(const Terminal& low, const Terminal& high, double distance_km,
                          double frequency_mhz);

}  // namespace yonder::propagation::p528
