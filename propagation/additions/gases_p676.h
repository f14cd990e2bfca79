#pragma once

#include "propagation/addition.h"

/// Attenuation by oxygen and water vapour along the path.
namespace yonder::propagation::gases_p676 {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::gases_p676
