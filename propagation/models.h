#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/path_loss_model.h"

namespace yonder::propagation {

/// All models, in the order of model_list.h.
std::span<const ModelInfo* const> all_models();

/// The model of that id, or nullptr.
const ModelInfo* find_model(std::string_view id);

}  // namespace yonder::propagation
