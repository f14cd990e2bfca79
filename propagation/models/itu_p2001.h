#pragma once

#include "core/path_loss_model.h"

/// ITU-R P.2001-4: loss over terrain and sea from 30 MHz to 50 GHz for nearly all percentages of
/// time (docs/models/itu_p2001.md).
namespace yonder::propagation::itu_p2001 {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itu_p2001
