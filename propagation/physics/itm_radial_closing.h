#pragma once

#include <complex>
#include <span>

#include "propagation/physics/itm_radial.h"
#include "propagation/physics/itm_variability.h"

namespace yonder::propagation::itm {

/// The loss of each receiver of a radial, dB, from its geometry and medium in `paths`: what
/// reference_attenuation(), Variability and free space give one by one, to 1e-9 dB, several
/// receivers at a time. NaN where a receiver needs the scalar formulas: the far ones where
/// troposcatter may count, and those the method has no value for. `loss_db`: padded_count() of the
/// receivers. Runs on AVX2 or AVX-512 where the processor has them, with the same bits.
void close_radial(const RadialPaths& paths, const Pair& height_m, double frequency_mhz,
                  std::complex<double> ground_impedance, const Variability& variability,
                  std::span<double> loss_db);

}  // namespace yonder::propagation::itm
