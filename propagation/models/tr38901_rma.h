#pragma once

#include "core/path_loss_model.h"

/// 3GPP TR 38.901 rural macro cell, 0.5-30 GHz.
namespace yonder::propagation::tr38901_rma {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::tr38901_rma
