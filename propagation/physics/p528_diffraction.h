#pragma once

#include "core/path_loss_model.h"

namespace yonder::propagation::p528 {

/// Attenuation in dB as a line against distance in km.
struct Line {
  double slope_db_per_km = 0.0;
  double intercept_db = 0.0;
  double at(double distance_km) const { return slope_db_per_km * distance_km + intercept_db; }
};

/// Diffraction over the smooth earth beyond two horizons, dB, P.528-5 annex 2 section 10.
double smooth_earth_diffraction_db(double low_horizon_km, double high_horizon_km,
                                   double distance_km, double frequency_mhz,
                                   Polarization polarization);

/// The line through it at two distances beyond the horizons, eqs. (3-2)-(3-5).
Line diffraction_line(double low_horizon_km, double high_horizon_km, double frequency_mhz,
                      Polarization polarization);

}  // namespace yonder::propagation::p528
