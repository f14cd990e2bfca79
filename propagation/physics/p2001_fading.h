#pragma once

#include <cmath>

/// ITU-R P.2001-4 Attachment I: the fade that is exceeded for a percentage of time, from the
/// percentage for which a fade is exceeded.
namespace yonder::propagation::p2001 {

/// `percent_exceeding(fade_db)` falls with the fade. The result is as coarse as the
/// Recommendation's search (0.005 dB and less): its steps are followed one by one, so that results
/// compare exactly.
template <typename PercentExceeding>
double fade_exceeded_db(double percent, PercentExceeding&& percent_exceeding) {
  double step = 10.0;
  double high = 5.0;                              // eq. (I.2.1)
  double low = -5.0;                              // eq. (I.2.2)
  double percent_high = percent_exceeding(high);  // eq. (I.2.4)
  double percent_low = percent_exceeding(low);
  for (int i = 0; i < 11; ++i) {
    if (percent < percent_high) {
      low = high;
      percent_low = percent_high;
      step *= 2.0;
      high += step;
      percent_high = percent_exceeding(high);
    } else if (percent > percent_low) {
      high = low;
      percent_high = percent_low;
      step *= 2.0;
      low -= step;
      percent_low = percent_exceeding(low);
    } else {
      break;
    }
  }
  const int halvings = static_cast<int>(std::ceil(3.32 * std::log10(step / 0.01)));
  double middle = 0.5 * (low + high);  // eq. (I.2.5)
  for (int i = 0; i <= halvings; ++i) {
    (percent_exceeding(middle) < percent ? high : low) = middle;
    middle = 0.5 * (low + high);
  }
  return middle;
}

}  // namespace yonder::propagation::p2001
