#pragma once

#include "core/path_loss_model.h"

/// ITU-R P.1812-8: path-specific loss over terrain, sea and clutter, 30 MHz to 6 GHz
/// (docs/models/itu_p1812.md).
namespace yonder::propagation::itu_p1812 {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itu_p1812
