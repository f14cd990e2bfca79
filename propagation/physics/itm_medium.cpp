#include "propagation/physics/itm_medium.h"

#include <cmath>

namespace yonder::propagation::itm {
namespace {

constexpr double kEarthCurvaturePerM = 157e-9;        // of the real earth, as rounded by the source
constexpr double kRefractivityScaleHeightM = 9460.0;  // TN 101 eq. (4.3)

}  // namespace

double surface_refractivity(double n0, double mean_height_amsl_m) {
  return n0 * std::exp(-mean_height_amsl_m / kRefractivityScaleHeightM);
}

double effective_earth_radius_m(double surface_refractivity) {
  const double bending = 0.04665 * std::exp(surface_refractivity / 179.3);
  return 1.0 / (kEarthCurvaturePerM * (1.0 - bending));
}

std::complex<double> ground_impedance(double frequency_mhz, Polarization polarization,
                                      const Ground& ground) {
  // Alg. section 1: 18000 is Z0/(2 pi) times the speed of light in MHz m, rounded by the
  // source.
  const std::complex<double> permittivity(ground.permittivity,
                                          18000.0 * ground.conductivity_s_per_m / frequency_mhz);
  const std::complex<double> impedance = std::sqrt(permittivity - 1.0);
  return polarization == Polarization::vertical ? impedance / permittivity : impedance;
}

Medium medium(double frequency_mhz, Polarization polarization, double n0, double mean_height_amsl_m,
              const Ground& ground) {
  Medium m;
  m.surface_refractivity = surface_refractivity(n0, mean_height_amsl_m);
  m.effective_earth_radius_m = effective_earth_radius_m(m.surface_refractivity);
  m.ground_impedance = ground_impedance(frequency_mhz, polarization, ground);
  return m;
}

}  // namespace yonder::propagation::itm
