#include "propagation/physics/itm_variability.h"

#include <array>
#include <cmath>

#include "propagation/physics/itm_diffraction.h"
#include "propagation/physics/itm_roughness.h"

namespace yonder::propagation::itm {
namespace {

/// How a time deviation depends on frequency; q = ln(0.133 k).
struct FrequencyFactor {
  double constant, height, steepness;

  double at(double q) const {
    const double x = steepness * q;
    return constant + height / (x * x + 1.0);
  }
};

/// One radio climate: Alg. table 5.1.
struct ClimateCurves {
  DistanceCurve median;  ///< V_med
  DistanceCurve time_minus;
  DistanceCurve time_plus;
  FrequencyFactor minus;
  FrequencyFactor plus;
  double tail_slope;  ///< C_D
  double tail_from;   ///< z_D
};

constexpr FrequencyFactor kFlat{1.0, 0.0, 0.0};

constexpr std::array<ClimateCurves, 7> kClimates{{
    // equatorial
    {{-9.67, 12.7, 144.9e3, 190.3e3, 133.8e3},
     {2.13, 159.5, 762.2e3, 123.6e3, 94.5e3},
     {2.11, 102.3, 636.9e3, 134.8e3, 95.6e3},
     kFlat,
     kFlat,
     1.224,
     1.282},
    // continental subtropical
    {{-0.62, 9.19, 228.9e3, 205.2e3, 143.6e3},
     {2.66, 7.67, 100.4e3, 172.5e3, 136.4e3},
     {6.87, 15.53, 138.7e3, 143.7e3, 98.6e3},
     kFlat,
     {0.93, 0.31, 2.00},
     0.801,
     2.161},
    // maritime subtropical
    {{1.26, 15.5, 262.6e3, 185.2e3, 99.8e3},
     {6.11, 6.65, 138.2e3, 242.2e3, 178.6e3},
     {10.08, 9.60, 165.3e3, 225.7e3, 129.7e3},
     kFlat,
     kFlat,
     1.380,
     1.282},
    // desert
    {{-9.21, 9.05, 84.1e3, 101.1e3, 98.6e3},
     {1.98, 13.11, 139.1e3, 132.7e3, 193.5e3},
     {3.68, 159.3, 464.4e3, 93.1e3, 94.2e3},
     kFlat,
     {0.93, 0.19, 1.79},
     1.000,
     20.0},
    // continental temperate
    {{-0.62, 9.19, 228.9e3, 205.2e3, 143.6e3},
     {2.68, 7.16, 93.7e3, 186.8e3, 133.5e3},
     {4.75, 8.12, 93.2e3, 135.9e3, 113.4e3},
     {0.92, 0.25, 1.77},
     {0.93, 0.31, 2.00},
     1.224,
     1.282},
    // maritime temperate over land
    {{-0.39, 2.86, 141.7e3, 315.9e3, 167.4e3},
     {6.86, 10.38, 187.8e3, 169.6e3, 108.9e3},
     {8.58, 13.97, 216.0e3, 152.0e3, 122.7e3},
     kFlat,
     kFlat,
     1.518,
     1.282},
    // maritime temperate over sea
    {{3.15, 857.9, 2222e3, 164.8e3, 116.3e3},
     {8.51, 169.8, 609.8e3, 119.9e3, 106.6e3},
     {8.43, 8.19, 136.2e3, 188.5e3, 122.9e3},
     kFlat,
     kFlat,
     1.518,
     1.282},
}};

constexpr double squared(double x) { return x * x; }

/// Distance reduced to common antenna heights and frequency, Alg. eq. (5.3).
double effective_distance_m(const Geometry& g, double k) {
  constexpr double kRadiusM = 9000e3;
  const double reach_m = std::sqrt(2.0 * kRadiusM * g.effective_height_m[0]) +
                         std::sqrt(2.0 * kRadiusM * g.effective_height_m[1]) +
                         std::cbrt(575.7e12 / k);
  if (g.distance_m < reach_m) return 130e3 * g.distance_m / reach_m;
  return 130e3 + g.distance_m - reach_m;
}

}  // namespace

double normal_deviate_exceeded(double fraction) {
  const double tail = fraction > 0.5 ? 1.0 - fraction : fraction;
  const double t = std::sqrt(-2.0 * std::log(tail));
  const double deviate = t - ((0.010328 * t + 0.802853) * t + 2.515516) /
                                 (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
  return fraction > 0.5 ? -deviate : deviate;
}

Variability::Variability(Climate climate, const VariabilityMode& mode, const Fractions& fractions)
    : climate_(static_cast<std::size_t>(climate) - 1),
      mode_(mode),
      z_time_(normal_deviate_exceeded(fractions.time)),
      z_location_(normal_deviate_exceeded(fractions.location)),
      z_situation_(normal_deviate_exceeded(fractions.situation)) {
  switch (mode.kind) {
    case VariabilityKind::single_message:
      z_time_ = z_situation_;
      z_location_ = z_situation_;
      break;
    case VariabilityKind::accidental:
      z_location_ = z_situation_;
      break;
    case VariabilityKind::mobile:
      z_location_ = z_time_;
      break;
    case VariabilityKind::broadcast:
      break;
  }
}

bool Variability::is_extreme() const {
  constexpr double kFarOut = 3.10;
  return std::abs(z_time_) > kFarOut || std::abs(z_location_) > kFarOut ||
         std::abs(z_situation_) > kFarOut;
}

double Variability::attenuation_db(const Geometry& g, double frequency_mhz,
                                   double reference_db) const {
  const ClimateCurves& curves = kClimates[climate_];
  const double k = wave_number_per_m(frequency_mhz);
  const double de = effective_distance_m(g, k);

  double sigma_l = 0.0;  // eq. (5.9)
  if (mode_.has_location) {
    const double waves = k * roughness_over(g.distance_m, g.delta_h_m);
    sigma_l = 10.0 * waves / (waves + 13.0);
  }
  const double sigma_s =
      mode_.has_situation ? 5.0 + 3.0 * std::exp(-de / 100e3) : 0.0;  // eq. (5.10)

  // Deviation in time: different above and below the median, and another slope in the far tail.
  const double q = std::log(0.133 * k);
  double sigma_t;
  if (z_time_ < 0.0) {
    sigma_t = curves.time_minus.at(de) * curves.minus.at(q);
  } else {
    const double plus = curves.time_plus.at(de) * curves.plus.at(q);
    const double tail = curves.tail_slope * plus;
    sigma_t =
        z_time_ <= curves.tail_from ? plus : tail + (plus - tail) * curves.tail_from / z_time_;
  }
  const double y_t = sigma_t * z_time_;
  const double y_l = sigma_l * z_location_;
  const double z2 = squared(z_situation_);
  const double y_s2 = squared(sigma_s) + squared(y_t) / (7.8 + z2) + squared(y_l) / (24.0 + z2);

  double y_reliability = 0.0;  // eq. (5.11)
  double y_situation = 0.0;
  switch (mode_.kind) {
    case VariabilityKind::single_message:
      y_situation = std::sqrt(squared(sigma_t) + squared(sigma_l) + y_s2) * z_situation_;
      break;
    case VariabilityKind::accidental:
      y_reliability = y_t;
      y_situation = std::sqrt(squared(sigma_l) + y_s2) * z_situation_;
      break;
    case VariabilityKind::mobile:
      y_reliability = std::sqrt(squared(sigma_t) + squared(sigma_l)) * z_time_;
      y_situation = std::sqrt(y_s2) * z_situation_;
      break;
    case VariabilityKind::broadcast:
      y_reliability = y_t + y_l;
      y_situation = std::sqrt(y_s2) * z_situation_;
      break;
  }
  const double median_db = curves.median.at(de);
  const double a = reference_db - median_db - y_reliability - y_situation;
  return a >= 0.0
             ? a
             : a * (29.0 - a) / (29.0 - 10.0 * a);  // section 5: bounds the gain over free space
}

Deviations Variability::deviations(double frequency_mhz) const {
  const ClimateCurves& curves = kClimates[climate_];
  const double q = std::log(0.133 * wave_number_per_m(frequency_mhz));
  Deviations d{.mode = mode_,
               .median = &curves.median,
               .time = &curves.time_minus,
               .time_factor = curves.minus.at(q),
               .z_time = z_time_,
               .z_location = z_location_,
               .z_situation = z_situation_};
  if (z_time_ >= 0.0) {
    d.time = &curves.time_plus;
    d.time_factor = curves.plus.at(q);
    if (z_time_ > curves.tail_from) {
      d.time_factor *= curves.tail_slope + (1.0 - curves.tail_slope) * curves.tail_from / z_time_;
    }
  }
  return d;
}

}  // namespace yonder::propagation::itm
