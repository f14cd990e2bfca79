#include "propagation/additions.h"

#include <array>

namespace yonder::propagation {

#define YONDER_ADDITION(id)            \
  namespace id {                       \
  extern const AdditionInfo kAddition; \
  }
#include "propagation/addition_list.h"
#undef YONDER_ADDITION

AdditionResult check_rows(const AdditionInfo& info, const PathLossInput& input, std::size_t first,
                          std::size_t count) {
  const PathLossResult checked = check_ranges(info.ranges.subspan(first, count), input);
  return {.status = checked.status, .bound = static_cast<std::uint8_t>(first + checked.bound)};
}

ParameterReader read_parameters(const AdditionInfo& info, const ParameterValues& values) {
  return {"addition " + std::string(info.id), info.parameters, values};
}

std::span<const AdditionInfo* const> all_additions() {
#define YONDER_ADDITION(id) &id::kAddition,
  static const auto kAdditions = std::to_array<const AdditionInfo*>({
#include "propagation/addition_list.h"
  });
#undef YONDER_ADDITION
  return kAdditions;
}

const AdditionInfo* find_addition(std::string_view id) {
  for (const AdditionInfo* addition : all_additions()) {
    if (addition->id == id) return addition;
  }
  return nullptr;
}

}  // namespace yonder::propagation
