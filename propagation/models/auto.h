#pragma once

#include "core/path_loss_model.h"

/// Picks among published models by frequency, distance, antenna heights, surface and time
/// percentage, and blends them over stated intervals (docs/models/auto.md). The namespace is not
/// the id, which is a keyword.
namespace yonder::propagation::automatic_choice {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::automatic_choice
