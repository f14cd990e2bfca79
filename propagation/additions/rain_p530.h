#pragma once

#include "propagation/addition.h"

/// Rain attenuation along the path, exceeded for a share of the year.
namespace yonder::propagation::rain_p530 {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::rain_p530
