#pragma once

#include "core/path_loss_model.h"

/// Hata's 1980 formulas of Okumura's median curves: 150-1500 MHz, 1-20 km, no terrain.
namespace yonder::propagation::okumura_hata {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::okumura_hata
