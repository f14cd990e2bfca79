#pragma once

#include <optional>

#include "scenarios/analysis_grid.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// What a run will cost.
struct Estimate {
  std::size_t memory_bytes = 0;
  double paths = 0.0;  ///< cells at one position and carrier share a path
  double seconds_per_path =
      0.0;  ///< on one thread, measured now on rolling ground at two thirds of the radius
  double seconds = 0.0;  ///< wall time of the propagation on `threads`
  int threads = 0;
};

/// Measures for some 50 ms, unless the time of a path is known; needs no terrain.
Estimate estimate_run(const Scenario& scenario, const AnalysisGrid& analysis, int threads,
                      std::optional<double> seconds_per_path = {});

}  // namespace yonder::scenarios
