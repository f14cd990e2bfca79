#pragma once

#include "core/path_loss_model.h"

/// Radiating cable along a tunnel: longitudinal and coupling loss.
namespace yonder::propagation::leaky_feeder {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::leaky_feeder
