#pragma once

#include <array>
#include <cstddef>

/// Rays through the layered reference atmosphere: their length, bending and attenuation by gases.
namespace yonder::propagation {

/// Attenuation by gases against height at one frequency, from a table of heights, 0 to 85 km. Made
/// once per path; a look-up then costs a cubic instead of 79 spectral lines. Relative error below
/// 1e-5 up to 20 km, where the air that matters is, and 1e-2 above.
class GasProfile {
 public:
  explicit GasProfile(double frequency_ghz);
  double attenuation_db_per_km(double height_km) const;

 private:
  static constexpr std::size_t kNodes = 144;
  std::array<double, kNodes> values_;
};

struct SlantPath {
  double attenuation_db = 0.0;
  double length_km = 0.0;
  double bending_rad = 0.0;
  double end_zenith_angle_rad = 0.0;  ///< of the ray at the upper end
};

/// A ray from `lower_km` up to `upper_km` (0 <= lower <= upper <= 80 km) that leaves the lower end
/// at a zenith angle. A ray that leaves downwards (angle over 90 degrees) is followed through its
/// lowest point; should the earth stand in its way, its lowest point is taken on the ground.
/// Source: ITU-R P.676-13 annex 1 section 2, eqs. (13)-(22).
SlantPath trace_slant_path(const GasProfile& gas, double lower_km, double upper_km,
                           double zenith_angle_rad);

}  // namespace yonder::propagation
