#pragma once

#include <complex>

#include "core/path_loss_model.h"

/// Air and ground of a path in the Irregular Terrain Model.
namespace yonder::propagation::itm {

struct Medium {
  double surface_refractivity = 0.0;      ///< N-units at the path's mean height
  double effective_earth_radius_m = 0.0;  ///< from the refractivity
  std::complex<double> ground_impedance;  ///< relative to free space
};

struct Ground {
  double permittivity = 15.0;           ///< relative, >= 1
  double conductivity_s_per_m = 0.005;  ///< > 0
};

/// N-units at the path's mean height. Source: TN 101 eq. (4.3).
double surface_refractivity(double n0, double mean_height_amsl_m);

/// Source: TN 101 eq. (4.4).
double effective_earth_radius_m(double surface_refractivity);

/// Relative to free space. Source: Hufford, section 1.
std::complex<double> ground_impedance(double frequency_mhz, Polarization polarization,
                                      const Ground& ground);

/// `n0`: surface refractivity reduced to sea level, N-units; `mean_height_amsl_m`: of the path's
/// terrain. Source: TN 101 eqs. (4.3), (4.4); Hufford, "The ITS Irregular Terrain Model,
/// version 1.2.2", section 1.
Medium medium(double frequency_mhz, Polarization polarization, double n0, double mean_height_amsl_m,
              const Ground& ground);

}  // namespace yonder::propagation::itm
