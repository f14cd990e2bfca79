#pragma once

#include "core/path_loss_model.h"

/// 3GPP TR 36.777 RMa-AV: a rural macro cell seen by drones and airborne users.
namespace yonder::propagation::tr36777_rma_av {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::tr36777_rma_av
