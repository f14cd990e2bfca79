#pragma once

#include "propagation/addition.h"

/// Loss into a building.
namespace yonder::propagation::building_entry_p2109 {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::building_entry_p2109
