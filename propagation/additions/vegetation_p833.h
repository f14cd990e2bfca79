#pragma once

#include "propagation/addition.h"

/// Vegetation around a terminal or across the path.
namespace yonder::propagation::vegetation_p833 {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::vegetation_p833
