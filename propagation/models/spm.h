#pragma once

#include "core/path_loss_model.h"

/// Standard Propagation Model: Hata's shape with planners' coefficients K1-K7 to be calibrated from
/// measurements.
namespace yonder::propagation::spm {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::spm
