#include "propagation/physics/itm_roughness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "propagation/physics/itm_deciles.h"
#include "propagation/physics/itm_line_fit.h"

namespace yonder::propagation::itm {
namespace {

// A profile is resampled to 10 k - 5 heights, of which k lie beyond each decile; k = 4..25.
constexpr int kFewestPerDecile = 4;
constexpr int kMostPerDecile = 25;
constexpr std::size_t kMostSamples = 10 * kMostPerDecile - 5;

/// Height at a position counted in steps, linear between the points.
double height_at(std::span<const double> heights, double position) {
  const std::ptrdiff_t before =
      std::min(static_cast<std::ptrdiff_t>(position), std::ssize(heights) - 2);
  const auto at = heights.begin() + before;
  const double part = position - static_cast<double>(before);
  return at[0] + (at[1] - at[0]) * part;
}

}  // namespace

double roughness_over(double distance_m, double delta_h_m) {
  return delta_h_m * (1.0 - 0.8 * std::exp(-distance_m / 50e3));
}

double reflecting_plane_deviation_m(double roughness_m) {
  return 0.78 * roughness_m * std::exp(-0.5 * std::sqrt(std::sqrt(roughness_m)));
}

int heights_per_decile(double steps) {
  return std::clamp(static_cast<int>(0.1 * (steps + 8.0)), kFewestPerDecile, kMostPerDecile);
}

double delta_h_of_range_m(double range_m, double over_m) {
  // The loss goes with the root of a small delta h: rounding would be seen at 1e-6 dB.
  constexpr double kRoundingM = 1e-10;
  if (range_m < kRoundingM) return 0.0;
  return range_m / (1.0 - 0.8 * std::exp(-over_m / 50e3));
}

double profile_delta_h_m(std::span<const double> heights_m, double step_m, double from_m,
                         double to_m) {
  const double from = from_m / step_m;
  const double length = to_m / step_m - from;
  if (length < 2.0) return 0.0;

  const int per_decile = heights_per_decile(length);
  const std::size_t count = static_cast<std::size_t>(10 * per_decile - 5);
  const double last = static_cast<double>(count - 1);

  std::array<double, kMostSamples> buffer;
  const std::span<double> samples(buffer.data(), count);
  const double spacing = length / last;
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] = height_at(heights_m, from + spacing * static_cast<double>(i));
  }
  const Line line = fit_line(samples, 0.0, last);
  const double rise = (line.at_last - line.at_first) / last;
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] -= line.at_first + rise * static_cast<double>(i);
  }

  return delta_h_of_range_m(range_between_ranks(samples, static_cast<std::size_t>(per_decile)),
                            to_m - from_m);
}

}  // namespace yonder::propagation::itm
