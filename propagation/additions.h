#pragma once

#include <span>
#include <string_view>

#include "propagation/addition.h"

namespace yonder::propagation {

/// All additions, in the order in which they are applied (addition_list.h).
std::span<const AdditionInfo* const> all_additions();

/// The addition of that id, or nullptr.
const AdditionInfo* find_addition(std::string_view id);

}  // namespace yonder::propagation
