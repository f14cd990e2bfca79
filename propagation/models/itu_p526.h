#pragma once

#include "core/path_loss_model.h"

/// ITU-R P.526-15: free space plus diffraction, nothing else (docs/models/itu_p526.md).
namespace yonder::propagation::itu_p526 {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itu_p526
