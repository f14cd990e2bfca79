#pragma once

#include "core/path_loss_model.h"

/// NTIA's extended Hata: Okumura's land mobile curves to 3.5 GHz and 100 km, with his corrections
/// for terrain.
namespace yonder::propagation::extended_hata {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::extended_hata
