#pragma once

#include "propagation/physics/p676_slant_path.h"

namespace yonder::propagation::p528 {

/// One terminal over a smooth earth, and its ray to the radio horizon.
struct Terminal {
  double height_km = 0.0;            ///< h_r, above mean sea level
  double effective_height_km = 0.0;  ///< h_e, over the effective earth
  double height_change_km = 0.0;     ///< delta h = h_r - h_e
  double horizon_km = 0.0;           ///< d_r, arc to the horizon
  double ray_km = 0.0;               ///< a, length of the ray to the horizon
  double grazing_rad = 0.0;  ///< theta, angle of that ray at the terminal, below the horizontal
  double gas_db = 0.0;       ///< A_a, absorption along it
};

/// P.528-5 annex 2 section 4. 0.0015 <= height_km <= 20.
Terminal terminal(const GasProfile& gas, double height_km);

}  // namespace yonder::propagation::p528
