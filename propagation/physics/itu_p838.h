#pragma once

/// Rain, ITU-R P.838-3 (03/2005).
namespace yonder::propagation::itu_p838 {

/// gamma_R = k R^alpha, dB/km, R in mm/h (eq. (1)).
struct RainCoefficients {
  double k = 0.0;
  double alpha = 0.0;

  double specific_attenuation_db_per_km(double rain_rate_mm_per_h) const;
};

/// Coefficients for 1 to 1000 GHz (not checked), a path elevation and a polarization tilt against
/// the horizontal: 0 horizontal, 90 vertical, 45 degrees circular (eqs. (2)-(5)).
RainCoefficients rain_coefficients(double frequency_ghz, double path_elevation_deg,
                                   double polarization_tilt_deg);

}  // namespace yonder::propagation::itu_p838
