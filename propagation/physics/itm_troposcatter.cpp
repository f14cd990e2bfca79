#include "propagation/physics/itm_troposcatter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "propagation/physics/itm_diffraction.h"

namespace yonder::propagation::itm {
namespace {

constexpr double kMostFrequencyGainDb =
    15.0;  // beyond it H0 is frozen at its value at the farther distance

/// Scatter loss by angle times distance, dB, Alg. eq. (6.9).
double scatter_db(double angle_distance_m) {
  struct Piece {
    double constant, per_m, per_decade;
  };
  constexpr Piece kNear{133.4, 0.332e-3, -10.0};
  constexpr Piece kMiddle{104.6, 0.212e-3, -2.5};
  constexpr Piece kFar{71.8, 0.157e-3, 5.0};
  const Piece& p = angle_distance_m <= 10e3 ? kNear : angle_distance_m <= 70e3 ? kMiddle : kFar;
  return p.constant + p.per_m * angle_distance_m + p.per_decade * std::log10(angle_distance_m);
}

/// Frequency gain of one antenna at a whole scattering efficiency 1..5, dB, Alg. eq. (6.13).
double frequency_gain_at_db(int efficiency, double r) {
  constexpr std::array<double, 5> kA{25.0, 80.0, 177.0, 395.0, 705.0};
  constexpr std::array<double, 5> kB{24.0, 45.0, 68.0, 80.0, 105.0};
  const std::size_t i = static_cast<std::size_t>(efficiency - 1);
  const double inverse_squared = 1.0 / (r * r);
  return 10.0 * std::log10(1.0 + inverse_squared * (kB[i] + kA[i] * inverse_squared));
}

/// The same between whole efficiencies.
double frequency_gain_db(double r, double efficiency) {
  const double within = std::clamp(efficiency, 1.0, 5.0);
  const int whole = static_cast<int>(within);
  const double part = within - whole;
  const double below_db = frequency_gain_at_db(whole, r);
  if (part == 0.0) return below_db;
  return (1.0 - part) * below_db + part * frequency_gain_at_db(whole + 1, r);
}

struct Scatter {
  const Geometry& g;
  const Medium& medium;
  double frequency_mhz;
  double sight_angle_rad;

  /// H0 at a distance; nullopt where it is not defined, Alg. p. 11.
  std::optional<double> frequency_gain(double distance_m) const {
    const double k = wave_number_per_m(frequency_mhz);
    const Pair& he = g.effective_height_m;
    double offset_m = g.horizon_distance_m[0] - g.horizon_distance_m[1];
    double height_ratio = he[1] / he[0];
    if (offset_m < 0.0) {
      offset_m = -offset_m;
      height_ratio = 1.0 / height_ratio;
    }
    const double angle = g.horizon_angle_rad[0] + g.horizon_angle_rad[1] +
                         distance_m / medium.effective_earth_radius_m;
    const double r1 = 2.0 * k * angle * he[0];  // TN 101 eq. (9.4a)
    const double r2 = 2.0 * k * angle * he[1];
    if (r1 < 0.2 && r2 < 0.2) return std::nullopt;

    // Asymmetry s and q within 0.1..10, TN 101 eq. (9.5), Alg. p. 16.
    const double raw_s = (distance_m - offset_m) / (distance_m + offset_m);
    const double q = std::clamp(height_ratio / raw_s, 0.1, 10.0);
    const double s = std::max(0.1, raw_s);

    // Height where the rays cross, and how well the air scatters there, eqs. (4.66), (4.67).
    const double crossing_m =
        (distance_m - offset_m) * (distance_m + offset_m) * angle * 0.25 / distance_m;
    const double ns = medium.surface_refractivity;
    const double h = std::min(1.7, crossing_m / 8.0e3);
    const double h3 = h * h * h;
    const double efficiency =
        crossing_m / 1.7556e3 *
        (1.0 + (0.031 - ns * 2.32e-3 + ns * ns * 5.67e-6) * std::exp(-h3 * h3));

    const double mean_db =
        0.5 * (frequency_gain_db(r1, efficiency) + frequency_gain_db(r2, efficiency));
    const double asymmetry_db =
        std::min(mean_db, 6.0 * (0.6 - std::log10(std::max(efficiency, 1.0))) * std::log10(s) *
                              std::log10(q));
    double gain_db = std::max(mean_db + asymmetry_db, 0.0);
    if (efficiency < 1.0) {  // towards the value for no scattering efficiency
      constexpr double kSqrt2 = std::numbers::sqrt2;
      const double both = (1.0 + kSqrt2 / r1) * (1.0 + kSqrt2 / r2);
      const double at_none_db =
          10.0 * std::log10(both * both * (r1 + r2) / (r1 + r2 + 2.0 * kSqrt2));
      gain_db = efficiency * gain_db + (1.0 - efficiency) * at_none_db;
    }
    return gain_db;
  }

  /// Attenuation with a given H0, eq. (4.63).
  double attenuation_db(double distance_m, double frequency_gain_db) const {
    const double angle = distance_m / medium.effective_earth_radius_m - sight_angle_rad;
    const double angle_squared = angle * angle;
    return scatter_db(angle * distance_m) +
           10.0 *
               std::log10(wave_number_per_m(frequency_mhz) * 47.7 * angle_squared * angle_squared) -
           0.1 * (medium.surface_refractivity - 301.0) * std::exp(-angle * distance_m / 40e3) +
           frequency_gain_db;
  }
};

}  // namespace

std::optional<AttenuationLine> troposcatter_line(const Geometry& g, const Medium& medium,
                                                 double frequency_mhz) {
  const Scatter scatter{g, medium, frequency_mhz,
                        line_of_sight_angle(g, medium.effective_earth_radius_m)};
  const double near_m = g.horizons_m() + 200e3;
  const double far_m = g.horizons_m() + 400e3;
  const std::optional<double> far_gain = scatter.frequency_gain(far_m);
  // Alg. p. 12: a gain over 15 dB at the nearer distance is replaced by the one at the farther.
  std::optional<double> near_gain = far_gain;
  if (!far_gain || *far_gain <= kMostFrequencyGainDb) {
    near_gain = scatter.frequency_gain(near_m);
    if (near_gain && far_gain && *near_gain > kMostFrequencyGainDb) near_gain = far_gain;
  }
  if (!near_gain || !far_gain) return std::nullopt;
  const double near_db = scatter.attenuation_db(near_m, *near_gain);
  const double far_db = scatter.attenuation_db(far_m, *far_gain);
  if (!(near_db < 1000.0)) return std::nullopt;
  const double slope = (far_db - near_db) / 200e3;
  return AttenuationLine{slope, near_db - slope * near_m};
}

}  // namespace yonder::propagation::itm
