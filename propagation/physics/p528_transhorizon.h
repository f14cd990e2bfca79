#pragma once

#include "propagation/physics/p528_diffraction.h"
#include "propagation/physics/p528_troposcatter.h"

namespace yonder::propagation::p528 {

/// How the loss beyond the horizons passes from diffraction to troposcatter.
struct Transhorizon {
  Line diffraction;             ///< adjusted to meet the scatter where needed
  double crossover_km = 0.0;    ///< diffraction alone before it
  bool is_lower_taken = false;  ///< beyond it the lower of the two, else scatter alone
  bool is_found = true;         ///< false: no crossover within 100 km of the horizons (a warning)
};

/// The search of P.528-5 annex 2 section 3, step 6, in steps of 1 km.
Transhorizon find_crossover(const Terminal& low, const Terminal& high, const Line& diffraction,
                            double frequency_mhz);

}  // namespace yonder::propagation::p528
