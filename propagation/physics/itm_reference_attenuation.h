#pragma once

#include <cstdint>

#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_medium.h"

namespace yonder::propagation::itm {

enum class Regime : std::uint8_t { line_of_sight, diffraction, troposcatter };

struct ReferenceAttenuation {
  double attenuation_db =
      0.0;  ///< median, above free space, >= 0; NaN where the method has no value
  Regime regime = Regime::line_of_sight;
};

/// The reference attenuation of a path.
/// Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", section 4 (subroutine
/// lrprop).
ReferenceAttenuation reference_attenuation(const Geometry& g, const Medium& medium,
                                           double frequency_mhz);

/// Warning flags (itm_warnings.h) about a path's geometry and medium.
std::uint32_t path_warnings(const Geometry& g, const Medium& medium);

}  // namespace yonder::propagation::itm
