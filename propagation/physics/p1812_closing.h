#pragma once

#include "core/path_loss_model.h"
#include "propagation/physics/p1812_geometry.h"

/// ITU-R P.1812-8, second half: loss from a path's geometry, in closed formulas.
namespace yonder::propagation::p1812 {

/// What a user chooses once for a calculation.
struct Settings {
  double time_percent = 50.0;      ///< p, 1..50: loss is not exceeded for p % of the time
  double location_percent = 50.0;  ///< p_L, 1..99
  double delta_n_per_km = 45.0;    ///< median refractivity lapse rate, positive
  double n0 = 325.0;               ///< sea-level surface refractivity, N-units
  double cell_width_m =
      0.0;  ///< w_a, side of the square that locations vary over; 0: no variability
};

/// All that does not change from path to path: made once per carrier.
struct Constants {
  Constants(const Settings& settings, double frequency_hz, Polarization polarization);

  /// At the median the diffraction loss for beta_0 % of time has no weight: beta_0 < 50.
  bool is_median() const { return settings.time_percent == 50.0; }

  Settings settings;
  double median_radius_km;
  double cbrt_median_radius;
  double cbrt_beta_radius;
  double frequency_ghz;
  double wavelength_m;  ///< with c = 2.998e8 m/s, as the Recommendation's reference results have it
  double cbrt_frequency;
  double nu_per_obstruction;  ///< sqrt(2 / lambda)
  double land_admittance;
  double sea_admittance;
  double free_space_constant_db;  ///< 92.4 + 20 log f, eq. (8)
  double inverse_time;            ///< I(p/100), 0 at the median
  double log_time_over_50;        ///< log10(p / 50)
  double log_time;                ///< log10 p
  double troposcatter_constant_db;
  double ducting_constant_db;      ///< 102.45 + 20 log f + A_lf, eq. (47)
  double site_shielding_per_mrad;  ///< 0.264 f^(1/3), eq. (48)
  double ducting_per_mrad_db;      ///< gamma_d, eq. (51)
  double location_deviation_db;    ///< sigma of eq. (65) before the height factor u_h
  double location_factor;          ///< -I(p_L / 100)
};

/// Basic transmission loss, dB, not exceeded for p % of time and p_L % of locations (eq. (69)).
double basic_loss_db(const PathGeometry& geometry, const Constants& constants,
                     Terms* terms = nullptr);

}  // namespace yonder::propagation::p1812
