#pragma once

#include "core/free_space.h"

namespace yonder::propagation {

using yonder::free_space_loss_db;

}  // namespace yonder::propagation
