#pragma once

#include "core/path_loss_model.h"

/// The Irregular Terrain Model (Longley-Rice), version 1.4: 20 MHz to 20 GHz over irregular
/// terrain, point to point along a terrain profile or from terrain statistics ("area").
namespace yonder::propagation::itm {

extern const ModelInfo kModelInfo;

}  // namespace yonder::propagation::itm
