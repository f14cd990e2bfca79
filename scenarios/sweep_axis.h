#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yonder::scenarios {

/// The quantity that a sweep varies, and the values it takes.
struct SweepAxis {
  std::string name;  ///< "distance_m", "frequency_mhz", "time_percent", ...
  bool logarithmic = false;
  std::vector<double> values;  ///< strictly rising, in the unit of the name
};

/// Most points of a sweep.
inline constexpr int kMostSweepPoints = 5000;

/// Reads "NAME=FROM:TO:linN" or "NAME=FROM:TO:logN": N values from FROM to TO, both included, in
/// equal steps or equal ratios. Throws ScenarioErrors.
SweepAxis parse_sweep(std::string_view text);

}  // namespace yonder::scenarios
