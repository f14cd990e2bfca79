#pragma once

#include <span>

namespace yonder::scenarios {

/// Service with the loss that is not exceeded for a share of time.
struct TimedService {
  double percent = 50.0;  ///< of time, within (0, 100)
  bool served = false;
  double margin_db = 0.0;  ///< of what is nearest to failing, or fails most; negative: not served;
                           ///< NaN: cannot be told
};

/// Share of time with service, %: the measure of those moments, ordered by their loss, at which
/// there is service. Between two evaluated percentages the margin is taken as linear in the normal
/// deviate of the percentage, as a loss that varies log-normally is. Nothing is added beyond them:
/// below the first, time is as there; above the last it is without service. So the answer errs to
/// the low side. Precondition: `services` by rising percentage.
double served_percent(std::span<const TimedService> services);

}  // namespace yonder::scenarios
