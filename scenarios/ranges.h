#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// How far the farthest-reaching cell reaches over a level surface, as `yonder budget` finds it: by
/// SS-RSRP at the receiver for each threshold, and with service for each terminal. For comparing
/// variants without what one terrain makes of them.
nlohmann::ordered_json ranges_json(const Scenario& scenario);

}  // namespace yonder::scenarios
