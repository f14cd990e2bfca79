#include "propagation/models.h"

#include <array>

namespace yonder::propagation {

#define YONDER_MODEL(id)             \
  namespace id {                     \
  extern const ModelInfo kModelInfo; \
  }
#include "propagation/model_list.h"
#undef YONDER_MODEL

std::span<const ModelInfo* const> all_models() {
#define YONDER_MODEL(id) &id::kModelInfo,
  static const auto kModels = std::to_array<const ModelInfo*>({
#include "propagation/model_list.h"
  });
#undef YONDER_MODEL
  return kModels;
}

const ModelInfo* find_model(std::string_view id) {
  for (const ModelInfo* model : all_models()) {
    if (model->id == id) return model;
  }
  return nullptr;
}

}  // namespace yonder::propagation
