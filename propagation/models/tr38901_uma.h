#pragma once

#include "core/path_loss_model.h"

/// 3GPP TR 38.901 urban macro cell, 0.5-100 GHz.
namespace yonder::propagation::tr38901_uma {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::tr38901_uma
