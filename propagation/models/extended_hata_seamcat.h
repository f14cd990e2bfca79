#pragma once

#include "core/path_loss_model.h"

/// SEAMCAT's extension of Hata to 30 MHz-3 GHz and 100 km, without terrain.
namespace yonder::propagation::extended_hata_seamcat {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::extended_hata_seamcat
