#include "propagation/physics/itm_medium.h"

#include <cmath>

namespace yonder::propagation::itm {
namespace {

constexpr double kEarthCurvaturePerM = 157e-9;        // of the real earth, as rounded by the source
constexpr double kRefractivityScaleHeightM = 9460.0;  // TN 101 eq. (4.3)

}  // namespace

Medium medium(double frequency_mhz, Polarization polarization, double n0, double mean_height_amsl_m,
              const Ground& ground) {
  Medium m;
  m.surface_refractivity = n0 * std::exp(-mean_height_amsl_m / kRefractivityScaleHeightM);
  const double bending = 0.04665 * std::exp(m.surface_refractivity / 179.3);  // TN 101 eq. (4.4)
  m.effective_earth_radius_m = 1.0 / (kEarthCurvaturePerM * (1.0 - bending));

  // Alg. section 1: 18000 is Z0/(2 pi) times the speed of light in MHz m, rounded by the
  // source.
  const std::complex<double> permittivity(ground.permittivity,
                                          18000.0 * ground.conductivity_s_per_m / frequency_mhz);
  m.ground_impedance = std::sqrt(permittivity - 1.0);
  if (polarization == Polarization::vertical) m.ground_impedance /= permittivity;
  return m;
}

}  // namespace yonder::propagation::itm
