#pragma once

#include "propagation/addition.h"

/// Clutter around terminals well below the roofs, as a distribution over locations.
namespace yonder::propagation::clutter_p2108_statistical {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::clutter_p2108_statistical
