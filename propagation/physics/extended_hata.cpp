#include "propagation/physics/extended_hata.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/hata.h"

namespace yonder::propagation::extended_hata {
namespace {

struct Point {
  double at = 0.0;
  double value = 0.0;
};

/// The quadratic in log10 of the argument that passes through three points.
class QuadraticInLog {
 public:
  QuadraticInLog(Point a, Point b, Point c)
      : log_a_(std::log10(a.at)), log_b_(std::log10(b.at)), value_(a.value) {
    const double log_c = std::log10(c.at);
    first_ = (b.value - a.value) / (log_b_ - log_a_);
    const double next = (c.value - b.value) / (log_c - log_b_);
    second_ = (next - first_) / (log_c - log_a_);
  }
  double operator()(double x) const {
    const double log_x = std::log10(x);
    return value_ + (log_x - log_a_) * (first_ + second_ * (log_x - log_b_));
  }

 private:
  double log_a_, log_b_, value_, first_ = 0.0, second_ = 0.0;
};

/// Speed of light from the rounded vacuum permittivity that the reference implementation uses; 1e-4
/// dB off the exact.
const double kMethodSpeedOfLight = 1.0 / std::sqrt(8.854e-12 * 4.0e-7 * kPi);

/// Plane-earth doubling of free space, 20 log10(2 k r), dB.
double free_space_db(double frequency_mhz, double ray_m) {
  const double wave_number = 2.0 * kPi * frequency_mhz * 1e6 / kMethodSpeedOfLight;
  return 20.0 * std::log10(2.0 * wave_number * ray_m);
}

constexpr double kReferenceBaseM = 200.0;
constexpr double kReferenceMobileM = 3.0;
constexpr double kLargeCityMhz = 1500.0;  // a(h_m) is always Hata's large-city formula of the UHF

double base_gain_db(double base_height_m) { return 13.82 * std::log10(base_height_m); }
double mobile_gain_db(double mobile_height_m) {
  return hata::height_correction_large_city_db(kLargeCityMhz, mobile_height_m);
}

/// Linear interpolation in a table with rising `at`; beyond the last point its last line goes on.
template <std::size_t N>
double interpolate(const std::array<double, N>& at, const std::array<double, N>& value, double x) {
  std::size_t i = 0;
  while (i + 2 < N && x > at[i + 1]) ++i;
  return value[i] + (value[i + 1] - value[i]) * (x - at[i]) / (at[i + 1] - at[i]);
}

double lerp_clamped(double x, double x0, double y0, double x1, double y1) {
  if (x <= x0) return y0;
  if (x >= x1) return y1;
  return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

}  // namespace

Median median_loss(double frequency_mhz, double base_height_m, double mobile_height_m,
                   double distance_km, Environment environment) {
  const double reference_ray_m = std::hypot(1000.0, kReferenceBaseM - kReferenceMobileM);
  const double reference_gain = base_gain_db(kReferenceBaseM) + mobile_gain_db(kReferenceMobileM);

  // Okumura's urban attenuation relative to free space at 1 km, read at 1.5, 2 and 3 GHz (TR-15-517
  // eq. ); the fit is of the loss, with height gains and free space added back.
  const auto loss_1km = [&](double f, double attenuation) {
    return Point{f, attenuation + reference_gain + free_space_db(f, reference_ray_m)};
  };
  const QuadraticInLog intercept(loss_1km(1500.0, 22.0), loss_1km(2000.0, 23.5),
                                 loss_1km(3000.0, 25.85));
  const QuadraticInLog attenuation_100km({1500.0, 63.5}, {2000.0, 65.75}, {3000.0, 69.5});

  Median result;
  result.attenuation_1km_db =
      intercept(frequency_mhz) - reference_gain - free_space_db(frequency_mhz, reference_ray_m);
  result.attenuation_100km_db = attenuation_100km(frequency_mhz);

  // Half the distance exponent of the field from 20 to 100 km (Okumura fig. 12), by the base's
  // effective height.
  const QuadraticInLog half_exponent({24.5, 2.5}, {70.0, 3.0}, {200.0, 3.22});
  const double n_high = 2.0 * (half_exponent(base_height_m) - 1.0);
  const double n_low = 0.1 * hata::distance_slope_db(base_height_m) - 2.0;
  result.breakpoint_km = std::pow(
      10.0, (2.0 * n_high + 0.1 * (result.attenuation_1km_db - result.attenuation_100km_db)) /
                (n_high - n_low));

  const double height_gain = base_gain_db(base_height_m) + mobile_gain_db(mobile_height_m);
  if (distance_km <= result.breakpoint_km) {
    result.loss_db = intercept(frequency_mhz) - height_gain +
                     hata::distance_slope_db(base_height_m) * std::log10(distance_km);
  } else {
    const double ray_m = std::hypot(1000.0 * distance_km, base_height_m - mobile_height_m);
    result.loss_db = result.attenuation_100km_db + reference_gain - height_gain +
                     10.0 * n_high * (std::log10(distance_km) - 2.0) +
                     free_space_db(frequency_mhz, ray_m);
  }
  if (environment == Environment::suburban) {
    result.loss_db -= QuadraticInLog({1500.0, 11.5}, {2000.0, 12.4}, {3000.0, 14.0})(frequency_mhz);
  } else if (environment == Environment::rural) {
    result.loss_db -= hata::open_area_relief_db(frequency_mhz);
  }
  return result;
}

double location_sigma_db(double frequency_mhz, Environment environment) {
  // Fitted by TR-15-517 to Okumura's 7.1, 7.5 and 8.1 dB at 1.5, 2 and 3 GHz.
  const double log_f = std::log10(frequency_mhz);
  const double urban = 4.0976291 + log_f * (-1.2255656 + 0.68350345 * log_f);
  return environment == Environment::urban ? urban : urban + 2.0;
}

double rolling_hills_median_db(double delta_h_m) {
  const double log_h = std::log10(std::max(15.0, delta_h_m));
  return -1.5072013 + log_h * (8.458676 - 6.102538 * log_h);
}

double rolling_hills_fine_db(const Undulation& undulation, double mobile_ground_m) {
  if (undulation.delta_h_m < 10.0) return 0.0;
  const double log_h = std::log10(undulation.delta_h_m);
  const double extreme = -11.728795 + log_h * (15.544272 - 1.8154766 * log_h);
  if (mobile_ground_m >= undulation.height_10_m) return extreme;
  if (mobile_ground_m <= undulation.height_90_m) return -extreme;
  const double above_median = mobile_ground_m - undulation.height_50_m;
  return above_median >= 0.0
             ? extreme * above_median / (undulation.height_10_m - undulation.height_50_m)
             : extreme * above_median / (undulation.height_50_m - undulation.height_90_m);
}

double slope_db(double slope_mrad, double distance_km) {
  // Okumura fig. 34: dB per mrad.
  if (slope_mrad <= 0.0) return slope_mrad * lerp_clamped(distance_km, 10.0, 0.25, 30.0, 0.8);
  return slope_mrad * (distance_km <= 30.0 ? lerp_clamped(distance_km, 10.0, 0.125, 30.0, 0.35)
                                           : lerp_clamped(distance_km, 30.0, 0.35, 60.0, 0.6));
}

double isolated_ridge_db(const Horizons& horizons) {
  // Okumura fig. 31: a ridge of 200 m, curves for the base 15, 30 and 60 km away from it, against
  // the mobile's distance.
  static constexpr std::array<double, 9> kMobileKm = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  static constexpr std::array<double, 9> kBase15 = {4, -13, -17.5, -17.5, -15, -12.5, -10, -8, -6};
  static constexpr std::array<double, 9> kBase30 = {12, -8.5, -13, -12, -10, -8, -6.5, -5, -4};
  static constexpr std::array<double, 9> kBase60 = {20, -4, -6.5, -6, -4.5, -3.5, -2.5, -2, -1};
  const double base_km = horizons.base_m * 0.001;
  const double mobile_km = horizons.mobile_m * 0.001;
  const double at_15 = interpolate(kMobileKm, kBase15, mobile_km);
  const double at_30 = interpolate(kMobileKm, kBase30, mobile_km);
  const double at_60 = interpolate(kMobileKm, kBase60, mobile_km);
  double gain = base_km < 30.0 ? lerp_clamped(base_km, 15.0, at_15, 30.0, at_30)
                               : lerp_clamped(base_km, 30.0, at_30, 60.0, at_60);
  // Behind 2 km the curves may not turn into a gain; in front the obstacle gain is real.
  if (mobile_km > 2.0) gain = std::min(gain, 0.0);
  return std::sqrt(horizons.ridge_height_m / 200.0) * gain;  // Okumura fig. 32
}

double mixed_path_db(double distance_km, double sea_fraction, SeaEnd end) {
  if (sea_fraction == 0.0) return 0.0;
  // Okumura fig. 35, up to 30 km and from 60 km: the sea at the base's end, at the mobile's end.
  static constexpr std::array<double, 10> kFraction30 = {0,    0.15,  0.35,  0.45, 0.6,
                                                         0.65, 0.725, 0.775, 0.85, 1.0};
  static constexpr std::array<double, 10> kBase30 = {0, 1, 3, 4, 6, 7, 8, 9, 10, 11};
  static constexpr std::array<double, 10> kMobile30 = {0, 4, 5.5, 7, 8.5, 9, 9.5, 9.8, 10.25, 11};
  static constexpr std::array<double, 10> kFraction60 = {0,   0.15,  0.3,  0.4, 0.5,
                                                         0.6, 0.725, 0.85, 0.9, 1.0};
  static constexpr std::array<double, 10> kBase60 = {0, 2, 4, 5.5, 7, 9, 11, 13, 14, 15};
  static constexpr std::array<double, 10> kMobile60 = {0,     4.25, 6.25, 9.2,   10.5,
                                                       11.75, 13,   14,   14.25, 15};
  const auto at_end = [&](bool mobile) {
    const double near = interpolate(kFraction30, mobile ? kMobile30 : kBase30, sea_fraction);
    const double far = interpolate(kFraction60, mobile ? kMobile60 : kBase60, sea_fraction);
    return lerp_clamped(distance_km, 30.0, near, 60.0, far);
  };
  if (end == SeaEnd::neither) return 0.5 * (at_end(false) + at_end(true));
  return at_end(end == SeaEnd::mobile);
}

}  // namespace yonder::propagation::extended_hata
