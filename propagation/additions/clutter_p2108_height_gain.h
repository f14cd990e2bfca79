#pragma once

#include "propagation/addition.h"

/// Clutter around a terminal whose height is known: the height-gain correction.
namespace yonder::propagation::clutter_p2108_height_gain {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::clutter_p2108_height_gain
