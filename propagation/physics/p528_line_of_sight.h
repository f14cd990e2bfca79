#pragma once

#include "core/path_loss_model.h"
#include "propagation/physics/p528_diffraction.h"
#include "propagation/physics/p528_ray_optics.h"
#include "propagation/physics/p676_slant_path.h"

namespace yonder::propagation::p528 {

struct LineOfSight {
  double loss_db = 0.0;
  double free_space_db = 0.0;
  double gas_db = 0.0;
  double two_ray_gain_db = 0.0;    ///< A_LOS, <= 0
  double variation_db = 0.0;       ///< Y_total, positive: less loss
  double scatter_ratio_db = 0.0;   ///< K_LOS
  double distance_used_km = 0.0;   ///< where the bisection ended
  double low_elevation_rad = 0.0;  ///< of the direct ray at the low terminal
  double two_ray_limit_km = 0.0;   ///< d_0, beyond which loss runs straight to the horizon
};

/// A path within the horizons. P.528-5 annex 2 sections 6, 8, 9 and 13.
LineOfSight line_of_sight(const GasProfile& gas, const Terminal& low, const Terminal& high,
                          const Line& diffraction, double distance_km, double frequency_mhz,
                          Polarization polarization, double time_percent);

}  // namespace yonder::propagation::p528
