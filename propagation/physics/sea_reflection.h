#pragma once

#include <complex>

#include "core/path_loss_model.h"

/// Reflection of a ray from the smooth curved sea and what roughness leaves of it.
namespace yonder::propagation::sea {

/// Specular reflection between antennas above a sphere. Lengths in metres.
struct ReflectionPoint {
  double d1_m = 0.0;                ///< from the transmitter to the point of reflection
  double d2_m = 0.0;                ///< from there to the receiver
  double tx_above_tangent_m = 0.0;  ///< heights above the plane tangent to the sea at the point
  double rx_above_tangent_m = 0.0;
  double grazing_rad = 0.0;
  double excess_path_m = 0.0;  ///< reflected minus direct path length
  double direct_path_m = 0.0;
  double reflected_path_m = 0.0;
  double divergence = 1.0;  ///< weakening by the convex surface, 0..1
  double clearance_m =
      0.0;  ///< of the direct ray above the sea at this point, where it is least in Fresnel radii
};

/// Where a ray between heights h1, h2 > 0 above a sphere of effective radius `earth_radius_m` is
/// reflected (closed form of the cubic, ITU-R P.526-15 section 3.2, P.1812-8 eqs. (24a)-(24e)).
/// Heights above the tangent are not positive beyond the horizon.
ReflectionPoint reflection_point(double distance_m, double tx_height_m, double rx_height_m,
                                 double earth_radius_m);

/// Fresnel reflection coefficient of a plane surface with complex permittivity eps_r - j sigma / (2
/// pi f eps_0).
std::complex<double> reflection_coefficient(double frequency_hz, double grazing_rad,
                                            Polarization polarization, double relative_permittivity,
                                            double conductivity_s_per_m);

/// What remains of the specular reflection from a sea whose surface has this standard deviation of
/// height (Ament): exp[-2 (2 pi sigma sin(psi) / lambda)^2].
double roughness_factor(double surface_sigma_m, double grazing_rad, double wavelength_m);

/// Radius of the first Fresnel zone, metres.
double fresnel_radius_m(double wavelength_m, double d1_m, double d2_m);

}  // namespace yonder::propagation::sea
