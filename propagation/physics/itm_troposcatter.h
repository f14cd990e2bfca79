#pragma once

#include <optional>

#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_line_of_sight.h"
#include "propagation/physics/itm_medium.h"

namespace yonder::propagation::itm {

/// Attenuation by tropospheric scatter far beyond the horizons, as a line against distance (through
/// 200 and 400 km beyond them); nullopt where the scatter theory gives no value (antennas too low
/// for the wavelength). Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", eqs.
/// (4.63)-(4.67), (6.8)-(6.13); TN 101 section 9.
std::optional<AttenuationLine> troposcatter_line(const Geometry& g, const Medium& medium,
                                                 double frequency_mhz);

}  // namespace yonder::propagation::itm
