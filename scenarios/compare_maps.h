#pragma once

#include "scenarios/compare.h"

namespace yonder::scenarios {

/// Difference maps of all runs against the first: a GeoTIFF and a picture for SS-RSRP and service
/// class of each terminal, else for the receiver's SS-RSRP. What cannot be compared (other grids)
/// is told in the warnings.
void compare_maps(Comparison& comparison, const StagedOutput& output);

}  // namespace yonder::scenarios
