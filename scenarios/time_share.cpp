#include "scenarios/time_share.h"

#include <cmath>

#include "propagation/physics/normal_quantile.h"

namespace yonder::scenarios {
namespace {

/// Where between two percentages of which one alone is served the margin is zero; NaN where that
/// cannot be told.
double crossing_percent(const TimedService& a, const TimedService& b) {
  const double step_db = a.margin_db - b.margin_db;
  const double share = a.margin_db / step_db;
  if (!(share >= 0.0 && share <= 1.0)) return std::nan("");
  const double from = propagation::normal_quantile(a.percent / 100.0);
  const double to = propagation::normal_quantile(b.percent / 100.0);
  const double deviate = from + share * (to - from);
  return 100.0 * 0.5 * std::erfc(-deviate / std::sqrt(2.0));
}

}  // namespace

double served_percent(std::span<const TimedService> services) {
  double percent = 0.0;
  for (std::size_t i = 0; i < services.size(); ++i) {
    const TimedService& here = services[i];
    if (i == 0) {
      if (here.served) percent += here.percent;
      continue;
    }
    const TimedService& before = services[i - 1];
    const double whole = here.percent - before.percent;
    if (before.served == here.served) {
      if (here.served) percent += whole;
      continue;
    }
    const double at = crossing_percent(before, here);
    if (std::isnan(at)) continue;
    percent += here.served ? here.percent - at : at - before.percent;
  }
  return percent;
}

}  // namespace yonder::scenarios
