#pragma once

/// What P.528-5 fixes for every path.
namespace yonder::propagation::p528 {

inline constexpr double kEarthRadiusKm = 6371.0;           ///< a_0
inline constexpr double kEffectiveEarthRadiusKm = 9257.0;  ///< a_e
inline constexpr double kSurfaceRefractivity = 341.0;      ///< N_s, N-units
inline constexpr double kPermittivity = 15.0;              ///< average ground
inline constexpr double kConductivitySPerM = 0.005;

constexpr double wavelength_km(double frequency_mhz) { return 0.2997925 / frequency_mhz; }  // (6-1)

}  // namespace yonder::propagation::p528
