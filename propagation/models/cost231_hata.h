#pragma once

#include "core/path_loss_model.h"

/// COST 231-Hata: Hata's formula refitted to 1500-2000 MHz.
namespace yonder::propagation::cost231_hata {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::cost231_hata
