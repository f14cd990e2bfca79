#pragma once

/// Long-term statistics of rain attenuation on a terrestrial path, ITU-R P.530-18 (09/2021) annex 1
/// section 2.4.1. Valid to 60 km and from 1 to 100 GHz (not checked).
namespace yonder::propagation::p530_rain {

struct Rain {
  double frequency_ghz = 0.0;
  double path_km = 0.0;
  double rain_rate_001_mm_per_h = 0.0;  ///< R_0.01, exceeded for 0.01 % of an average year (1 min)
  double path_elevation_deg = 0.0;
  double polarization_tilt_deg = 0.0;  ///< against the horizontal: 0 horizontal, 90 vertical
};

/// Factor r that makes the effective path length d_eff = r d out of the path length (eq. (32)); at
/// most 2.5, as the Recommendation advises.
double path_reduction_factor(double frequency_ghz, double path_km, double rain_rate_001_mm_per_h,
                             double alpha);

/// Attenuation exceeded for `percent` of an average year, 0.001 to 1 %, dB (eqs. (33)-(35)).
double attenuation_db(const Rain& rain, double percent);

}  // namespace yonder::propagation::p530_rain
