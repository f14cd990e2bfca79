#pragma once

#include "core/path_loss_model.h"

/// Free space, ITU-R P.525-4: the reference every other model is held against.
namespace yonder::propagation::free_space {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::free_space
