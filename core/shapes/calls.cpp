#include "core/shapes/calls.h"

#include <algorithm>

#include "core/contracts.h"

namespace yonder::shapes {

std::vector<double> held_calls(const CallRun& run) {
  YONDER_EXPECTS(run.samples.size() == run.setup.size());
  YONDER_EXPECTS(run.handovers.size() == run.handover_success.size());
  std::vector<double> held(run.setup);
  for (std::size_t i = 0; i < run.samples.size(); ++i) {
    const double at_m = run.samples[i].chainage_m;
    const double from_m = run.backwards ? at_m - run.call_m : at_m;
    const double to_m = run.backwards ? at_m : at_m + run.call_m;
    for (std::size_t h = 0; h < run.handovers.size(); ++h) {
      const double handover_m = run.handovers[h].chainage_m;
      // One at the very place where the call begins has been done.
      const bool on_the_way = run.backwards ? handover_m >= from_m && handover_m < to_m
                                            : handover_m > from_m && handover_m <= to_m;
      if (on_the_way) held[i] *= run.handover_success[h];
    }
    for (const Stretch& dead : run.dead) {
      const double within_m = std::min(to_m, dead.to_m) - std::max(from_m, dead.from_m);
      if (within_m > run.drop_m) held[i] = 0.0;
    }
  }
  return held;
}

}  // namespace yonder::shapes
