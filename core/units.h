#pragma once

#include <cmath>
#include <numbers>

/// Physical constants and unit conversions. SI inside Yonder; planners' units only at the edges.
namespace yonder {

inline constexpr double kSpeedOfLightMPerS = 299792458.0;
inline constexpr double kEarthRadiusM = 6371000.0;
inline constexpr double kPi = std::numbers::pi;

constexpr double mhz_to_hz(double mhz) { return mhz * 1e6; }
constexpr double hz_to_mhz(double hz) { return hz * 1e-6; }
constexpr double hz_to_ghz(double hz) { return hz * 1e-9; }
constexpr double deg_to_rad(double deg) { return deg * (kPi / 180.0); }
constexpr double rad_to_deg(double rad) { return rad * (180.0 / kPi); }

inline double power_w_to_dbm(double power_w) { return 10.0 * std::log10(power_w) + 30.0; }
inline double power_dbm_to_w(double power_dbm) { return std::pow(10.0, (power_dbm - 30.0) / 10.0); }

/// Gain over an isotropic radiator from the gain over a half-wave dipole (ITU-R BS.561: 2.15 dB).
constexpr double dbd_to_dbi(double gain_dbd) { return gain_dbd + 2.15; }

constexpr double wavelength_m(double frequency_hz) { return kSpeedOfLightMPerS / frequency_hz; }

}  // namespace yonder
