#include "propagation/physics/p528_variability.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "propagation/physics/inverse_normal.h"

namespace yonder::propagation::p528 {
namespace {

/// A curve of annex III of Technical Note 101, as P.528-5 section 14 writes it.
struct Curve {
  double c1, c2, c3, n1, n2, n3, f_inf, f_m;

  double at(double distance_km) const {
    const double f2 = f_inf + (f_m - f_inf) * std::exp(-c2 * std::pow(distance_km, n2));
    return (c1 * std::pow(distance_km, n1) - f2) * std::exp(-c3 * std::pow(distance_km, n3)) + f2;
  }
};
constexpr Curve kAt90{2.93e-4, 3.78e-8, 1.02e-7, 2.00, 2.88, 3.15, 3.2, 8.2};     // Y_0(90)
constexpr Curve kAt10{5.25e-4, 1.57e-6, 4.70e-7, 1.97, 2.31, 2.90, 5.4, 10.0};    // Y_0(10)
constexpr Curve kMedian{1.59e-5, 1.56e-11, 2.77e-8, 2.32, 4.08, 3.25, 0.0, 3.9};  // V(50)

/// Values at 1, 2, 5 and 10 % of the time, linear between.
double between_small_percents(const std::array<double, 4>& values, double percent) {
  constexpr std::array<double, 4> kPercents{1.0, 2.0, 5.0, 10.0};
  std::size_t i = 0;
  while (i < 2 && percent >= kPercents[i + 1]) ++i;
  return std::lerp(values[i], values[i + 1],
                   (percent - kPercents[i]) / (kPercents[i + 1] - kPercents[i]));
}

double deviate(double percent) { return inverse_complementary_normal(percent / 100.0); }

}  // namespace

LongTermVariation long_term_variation(double horizons_km, double distance_km, double frequency_mhz,
                                      double time_percent, double elevation_factor,
                                      double gain_db) {
  // Effective distance, (14-1)-(14-4).
  const double dq = horizons_km + 65.0 * std::cbrt(100.0 / frequency_mhz);
  const double de = distance_km <= dq ? 130.0 * distance_km / dq : 130.0 + distance_km - dq;

  double g10 = 1.05;  // (14-5), (14-6)
  double g90 = 1.05;
  if (frequency_mhz <= 1600.0) {
    const double wave = std::sin(5.22 * std::log10(frequency_mhz / 200.0));
    g10 = 0.21 * wave + 1.28;
    g90 = 0.18 * wave + 1.23;
  }
  const double median_db = kMedian.at(de);
  const double above_db = kAt10.at(de) * g10;
  double at_percent_db = median_db;
  if (time_percent > 50.0) {
    at_percent_db -= deviate(time_percent) / deviate(90.0) * kAt90.at(de) * g90;
  } else if (time_percent < 50.0) {
    const double factor =
        time_percent >= 10.0
            ? deviate(time_percent) / deviate(10.0)
            : between_small_percents({1.9507, 1.7166, 1.3265, 1.0000}, time_percent);
    at_percent_db += factor * above_db;
  }

  LongTermVariation v;
  v.excess_db =
      std::max(gain_db + elevation_factor * (above_db + median_db) - 3.0, 0.0);  // (14-23)
  v.at_median_db = elevation_factor * median_db - v.excess_db;
  v.at_percent_db = elevation_factor * at_percent_db - v.excess_db;
  if (time_percent < 10.0) {  // no more above free space than this
    const double most_db = between_small_percents({5.0, 4.5, 3.7, 0.0}, time_percent);
    v.at_percent_db = std::min(v.at_percent_db, most_db - gain_db);
  }
  return v;
}

double combine_variations_db(double a_median_db, double a_db, double b_median_db, double b_db,
                             double time_percent) {
  const double both_db = std::hypot(a_db - a_median_db, b_db - b_median_db);
  return a_median_db + b_median_db + (time_percent < 50.0 ? both_db : -both_db);
}

}  // namespace yonder::propagation::p528
