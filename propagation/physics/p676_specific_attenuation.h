#pragma once

#include "propagation/physics/p835_atmosphere.h"

namespace yonder::propagation {

/// Attenuation by gases per km, line by line. 1 <= frequency_ghz <= 1000.
/// Source: ITU-R P.676-13 annex 1 section 1, eqs. (1)-(9), tables 1 and 2.
double oxygen_attenuation_db_per_km(double frequency_ghz, const Air& air);
double water_vapour_attenuation_db_per_km(double frequency_ghz, const Air& air);

}  // namespace yonder::propagation
