#pragma once

namespace yonder::propagation {

/// Air at one height.
struct Air {
  double temperature_k = 0.0;
  double pressure_hpa = 0.0;  ///< dry air
  double vapour_density_g_per_m3 = 0.0;

  double vapour_pressure_hpa() const { return vapour_density_g_per_m3 * temperature_k / 216.7; }
};

/// The mean annual global reference atmosphere with 7.5 g/m3 of water vapour at the ground; 0 <=
/// height_km < 86. As P.528-5 uses it, the atmosphere's pressure stands for that of dry air.
/// Source: ITU-R P.835-6 annex 1 sections 1.1 and 1.2.
Air global_reference_air(double height_km);

/// Heights (11 and 20 km geopotential) at which its temperature has a kink, km.
inline constexpr double kReferenceTropopauseKm = 6356.766 * 11.0 / (6356.766 - 11.0);
inline constexpr double kReferenceStratosphereKm = 6356.766 * 20.0 / (6356.766 - 20.0);

/// Radio refractive index of air, ITU-R P.453 eqs. (1), (6).
double refractive_index(const Air& air);

}  // namespace yonder::propagation
