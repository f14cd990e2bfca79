#pragma once

#include "core/path_loss_model.h"

/// ITU-R P.528-5: between terminals on the ground and in the air, or both in the air, over a smooth
/// earth.
namespace yonder::propagation::itu_p528 {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itu_p528
