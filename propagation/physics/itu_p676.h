#pragma once

/// Attenuation by atmospheric gases, ITU-R P.676-13 (08/2022) annex 1 section 1, line by line.
namespace yonder::propagation::itu_p676 {

/// The air at a point.
struct Air {
  double dry_pressure_hpa = 1013.25;  ///< p of the formulas; the barometer shows p + e
  double temperature_k = 288.15;
  double water_vapour_density_g_per_m3 = 7.5;

  /// Partial pressure e of water vapour, hPa (eq. (4)).
  double vapour_pressure_hpa() const {
    return water_vapour_density_g_per_m3 * temperature_k / 216.7;
  }
};

/// Specific attenuations, dB/km, for 1 to 1000 GHz (not checked) (eqs. (1)-(9)).
struct SpecificAttenuation {
  double oxygen_db_per_km = 0.0;  ///< with the dry continuum
  double water_vapour_db_per_km = 0.0;

  double total_db_per_km() const { return oxygen_db_per_km + water_vapour_db_per_km; }
};

SpecificAttenuation specific_attenuation(double frequency_ghz, const Air& air);

}  // namespace yonder::propagation::itu_p676
