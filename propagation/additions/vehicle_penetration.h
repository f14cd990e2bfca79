#pragma once

#include "propagation/addition.h"

/// Loss into cars, trains and ships.
namespace yonder::propagation::vehicle_penetration {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::vehicle_penetration
