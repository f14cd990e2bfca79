#pragma once

#include "core/path_loss_model.h"

/// ITU-R P.1546-6: field strength curves over land, cold and warm sea, 30 to 4000 MHz, 1 to 50 % of
/// time, from a table that the user brings (docs/models/itu_p1546.md).
namespace yonder::propagation::itu_p1546 {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itu_p1546
