#pragma once

#include <span>
#include <vector>

#include "core/shapes/chainage.h"
#include "core/shapes/handover.h"
#include "core/shapes/holes.h"

namespace yonder::shapes {

/// Calls of one run along a route.
struct CallRun {
  std::span<const RouteSample> samples;
  std::vector<double> setup;             ///< by sample: a call that is begun there is set up
  std::vector<Handover> handovers;       ///< of the run
  std::vector<double> handover_success;  ///< of each
  std::vector<Stretch> dead;             ///< stretches on which no call goes on
  double call_m = 0.0;                   ///< speed times the length of a call
  double drop_m = 0.0;  ///< a call does not outlive more than this in a dead stretch
  bool backwards = false;
};

/// By sample: that a call begun there is set up and then held to its end, or the route's: all
/// handovers on the way succeed, and no dead stretch lasts too long.
std::vector<double> held_calls(const CallRun& run);

}  // namespace yonder::shapes
