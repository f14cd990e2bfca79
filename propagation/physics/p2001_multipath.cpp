#include "propagation/physics/p2001_multipath.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/units.h"
#include "propagation/physics/ducting.h"

namespace yonder::propagation::p2001 {
namespace {

using ducting::exp10;

/// Section B.3: distance km, inclination mrad, height m.
double zero_fade_percent(double distance_km, double inclination_mrad, double height_m,
                         double climate_factor, double frequency_ghz, double latitude_deg) {
  const double worst_month =  // eq. (B.3.1)
      climate_factor * std::pow(distance_km, 3.1) * std::pow(1.0 + inclination_mrad, -1.29) *
      std::pow(frequency_ghz, 0.8) * exp10(-0.00089 * height_m);
  const double swing = std::pow(std::abs(std::cos(deg_to_rad(2.0 * latitude_deg))), 0.7);
  const double conversion = std::min(  // eq. (B.3.2)
      10.8, 10.5 - 5.6 * std::log10(1.1 + (std::abs(latitude_deg) <= 45.0 ? swing : -swing)) -
                2.7 * std::log10(distance_km) + 1.7 * std::log10(1.0 + inclination_mrad));
  return worst_month * exp10(-0.1 * conversion);  // eq. (B.3.3)
}

}  // namespace

double zero_fade_percent(const Path& path, double dndz_65m_1, double frequency_ghz) {
  const double k = exp10(-(4.6 + 0.0027 * dndz_65m_1));  // eq. (B.2.1)
  const double latitude = path.middle.lat_deg;
  if (path.line_of_sight) {
    const double inclination = (path.higher_m() - path.lower_m()) / path.distance_km;  // (3.3.3)
    return zero_fade_percent(path.distance_km, inclination, path.lower_m(), k, frequency_ghz,
                             latitude);
  }
  const auto towards_horizon = [&](const PathEnd& end) {  // eqs. (B.2.3), (B.2.4)
    return zero_fade_percent(end.horizon_km, std::abs(end.horizon_mrad),
                             std::min(end.amsl_m, end.horizon_ground_m), k, frequency_ghz,
                             latitude);
  };
  return std::max(towards_horizon(path.tx), towards_horizon(path.rx));
}

ClearAirFading::ClearAirFading(double zero_fade_percent)
    : fade_shape_(3.576 - 1.955 * std::log10(zero_fade_percent)),
      enhancement_shape_(-4.05 - 2.35 * std::log10(zero_fade_percent)) {}

double ClearAirFading::percent_exceeding(double fade_db) const {
  const double a = fade_db;
  if (a >= 0.0) {
    const double amplitude = exp10(-0.05 * a);
    const double qa = 2.0 + (1.0 + 0.3 * amplitude) * exp10(-0.016 * a) *
                                (fade_shape_ + 4.3 * (amplitude + a / 800.0));    // eq. (B.4.1a)
    return 100.0 * (1.0 - std::exp(-exp10(-0.05 * qa * a) * std::numbers::ln2));  // eq. (B.4.1)
  }
  const double amplitude = exp10(0.05 * a);
  const double qe =
      8.0 + (1.0 + 0.3 * amplitude) * exp10(0.035 * a) *
                (enhancement_shape_ + 12.0 * (amplitude - a / 800.0));  // eq. (B.4.2a)
  return 100.0 * std::exp(-exp10(0.05 * qe * a) * std::numbers::ln2);   // eq. (B.4.2)
}

}  // namespace yonder::propagation::p2001
