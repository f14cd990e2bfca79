#pragma once

#include "core/path_loss_model.h"

/// Direct ray and its reflection from a curved, rough sea; refuses where the path is not well clear
/// of the water.
namespace yonder::propagation::two_ray_sea {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::two_ray_sea
