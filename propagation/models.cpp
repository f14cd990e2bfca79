#include "propagation/models.h"

#include <array>

namespace yonder::propagation {

// A model's namespace is its id; only `auto`, a keyword, needs another name. The pasted word
// expands for that id alone, and then shifts its namespace into second place.
#define YONDER_NAMESPACE_FOR_auto ~, automatic_choice
#define YONDER_SECOND(first, second, ...) second
#define YONDER_SECOND_OF(...) YONDER_SECOND(__VA_ARGS__)
#define YONDER_NAMESPACE(id) YONDER_SECOND_OF(YONDER_NAMESPACE_FOR_##id, id, ~)

#define YONDER_MODEL(id)               \
  namespace YONDER_NAMESPACE(id) {     \
    extern const ModelInfo kModelInfo; \
  }
#include "propagation/model_list.h"
#undef YONDER_MODEL

std::span<const ModelInfo* const> all_models() {
#define YONDER_MODEL(id) &YONDER_NAMESPACE(id)::kModelInfo,
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
