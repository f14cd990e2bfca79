#include "propagation/physics/p2001_rain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/units.h"
#include "propagation/physics/itu_p838.h"

namespace yonder::propagation::p2001 {
namespace {

constexpr double kRateShape = 1.09;  // a, eq. (C.2.5a)

/// Table C.2.1: probability of rain heights 2400 m under the mean one (first) up to the mean one
/// (last), in steps of 100 m; symmetric above.
constexpr std::array<double, 25> kHeightProbability = {
    0.000555, 0.000802, 0.001139, 0.001594, 0.002196, 0.002978, 0.003976, 0.005227, 0.006764,
    0.008617, 0.010808, 0.013346, 0.016225, 0.019419, 0.022881, 0.026542, 0.030312, 0.034081,
    0.037724, 0.041110, 0.044104, 0.046583, 0.048439, 0.049589, 0.049978};

/// Section C.4: specific attenuation relative to rain, `height_m` above the rain height.
double melting_layer_multiplier(double height_m) {
  if (height_m > 0.0) return 0.0;
  if (height_m < -1200.0) return 1.0;
  const double rise = 1.0 - std::exp(height_m / 70.0);
  const double upper = 4.0 * rise * rise;
  const double scaled = height_m / 600.0;
  const double share = 1.0 - std::exp(-scaled * scaled);
  return upper / (1.0 + share * share * (upper - 1.0));
}

}  // namespace

double path_averaged_multiplier(double low_m, double high_m, double rain_height_m) {
  constexpr double kSlice = 100.0;
  constexpr double kSlices = 12.0;  // of the melting layer, counted downwards from 1
  const double low_slice = 1.0 + std::floor((rain_height_m - low_m) / kSlice);  // eq. (C.5.1)
  const double high_slice = 1.0 + std::floor((rain_height_m - high_m) / kSlice);
  if (low_slice < 1.0) return 0.0;
  if (high_slice > kSlices) return 1.0;
  if (low_slice == high_slice) {
    return melting_layer_multiplier(0.5 * (low_m + high_m) - rain_height_m);  // eq. (C.5.2)
  }
  const double extent_m = high_m - low_m;
  double sum = 0.0;
  for (double s = std::max(high_slice, 1.0); s <= std::min(low_slice, kSlices); s += 1.0) {
    double height_m = kSlice * (0.5 - s);  // eq. (C.5.5): a slice crossed in full
    double share = kSlice / extent_m;
    if (s == low_slice) {  // eq. (C.5.6)
      height_m = 0.5 * (low_m - rain_height_m - kSlice * (s - 1.0));
      share = (rain_height_m - kSlice * (s - 1.0) - low_m) / extent_m;
    } else if (s == high_slice) {  // eq. (C.5.7)
      height_m = 0.5 * (high_m - rain_height_m - kSlice * s);
      share = (high_m - rain_height_m + kSlice * s) / extent_m;
    }
    sum += share * melting_layer_multiplier(height_m);
  }
  if (low_slice > kSlices) sum += (rain_height_m - 1200.0 - low_m) / extent_m;  // eq. (C.5.10)
  return sum;
}

RainFading::RainFading(const RainClimate& climate, const RainSection& section, double frequency_ghz,
                       Polarization polarization, double exceeded_percent) {
  const double mean_height_m = 360.0 + 1000.0 * climate.zero_degree_height_km;  // eq. (C.2.1)
  if (climate.pr6_percent == 0.0 || section.low_amsl_m >= mean_height_m + 2400.0) return;
  const double stratiform_mm = (1.0 - climate.beta) * climate.mt_mm_per_year;  // eq. (C.2.3)
  rain_percent_ =                                                              // eq. (C.2.4)
      -climate.pr6_percent * std::expm1(-0.0079 * stratiform_mm / climate.pr6_percent);
  if (rain_percent_ == 0.0) return;  // no rain at all: the distribution has no form
  b_ = climate.mt_mm_per_year / (21797.0 * rain_percent_);
  c_ = 26.02 * b_;

  // Eq. (C.2.7). A section without length, as to a common volume over a terminal, has no
  // inclination.
  const double inclination_rad =
      section.length_km > 0.0
          ? 0.001 * (section.high_amsl_m - section.low_amsl_m) / section.length_km
          : 0.0;
  const itu_p838::RainCoefficients rain =
      itu_p838::rain_coefficients(std::max(frequency_ghz, 1.0), rad_to_deg(inclination_rad),
                                  polarization == Polarization::vertical ? 90.0 : 0.0);
  const double k = rain.k * std::min(frequency_ghz, 1.0);  // eq. (C.2.8)
  const double length_km = std::min(section.length_km, 300.0);
  const double at_least_km = std::max(length_km, 1.0);
  const double k_modified =  // eq. (C.2.10)
      std::pow(1.763, rain.alpha) * k *
      (0.6546 * std::exp(-0.009516 * at_least_km) + 0.3499 * std::exp(-0.001182 * at_least_km));
  const double alpha_modified = (0.753 + 0.197 / at_least_km) * rain.alpha +
                                0.1572 * std::exp(-0.02268 * at_least_km) -
                                0.1594 * std::exp(-0.0003617 * at_least_km);
  inverse_alpha_ = 1.0 / alpha_modified;

  // Eq. (C.2.11) and the steps after it: rain heights with the section in or over the melting
  // layer count one by one, those well over it together.
  std::array<double, kHeights> multiplier{};
  std::size_t m = 0;
  multiplier[0] = 1.0;
  for (std::size_t n = 0; n < kHeights; ++n) {
    const double rain_height_m = mean_height_m - 2400.0 + 100.0 * static_cast<double>(n);
    const double probability = kHeightProbability[n < 25 ? n : kHeights - 1 - n];
    if (section.low_amsl_m >= rain_height_m) continue;
    if (section.high_amsl_m > rain_height_m - 1200.0) {
      multiplier[m] =
          path_averaged_multiplier(section.low_amsl_m, section.high_amsl_m, rain_height_m);
      probability_[m] = probability;
      if (n + 1 < kHeights) ++m;
    } else {
      probability_[m] += probability;
      multiplier[m] = 1.0;
    }
  }
  count_ = m + 1;

  double weighted = 0.0;
  const double per_rain_rate_db = std::max(length_km, 0.001) * k_modified;  // eq. (C.3.1e)
  for (std::size_t i = 0; i < count_; ++i) {
    weighted += multiplier[i] * probability_[i];
    // Where a rain height leaves the section without attenuation no rate is high enough.
    rate_per_fade_[i] = multiplier[i] > 0.0
                            ? std::pow(multiplier[i] * per_rain_rate_db, -inverse_alpha_)
                            : std::numeric_limits<double>::infinity();
  }

  // log10 (Q_0ra / Q_tran), eq. (C.2.6).
  const double transition = kRateShape * (c_ - 2.0 * b_) / (c_ * c_) / std::numbers::ln10;
  const double ratio = 6.0 * std::log10(rain_percent_ / exceeded_percent) / transition - 3.0;
  vapour_factor_ = 0.5 * (1.0 + std::tanh(ratio)) * weighted;
}

double RainFading::percent_exceeding(double fade_db) const {
  if (fade_db < 0.0) return 100.0;
  if (rain_percent_ == 0.0) return 0.0;
  const double power = std::pow(fade_db, inverse_alpha_);
  double sum = 0.0;
  for (std::size_t i = 0; i < count_; ++i) {
    const double rate = rate_per_fade_[i] * power;  // mm/h, eq. (C.3.1d)
    if (!(rate < 1e12)) continue;                   // also 0 times infinity
    sum += probability_[i] * std::exp(-kRateShape * rate * (b_ * rate + 1.0) / (c_ * rate + 1.0));
  }
  return 100.0 * sum;  // eq. (C.3.1c)
}

}  // namespace yonder::propagation::p2001
