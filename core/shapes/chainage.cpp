#include "core/shapes/chainage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/contracts.h"

namespace yonder::shapes {

namespace {

// Below this share of a step a difference is rounding: no place of its own.
constexpr double kSameStep = 1e-3;

/// Distances from a part's beginning at which it has places, rising; those of breaks twice.
std::vector<double> places_m(double length_m, double step_m, std::span<const double> breaks_m) {
  const int steps = std::max(1, static_cast<int>(std::ceil(length_m / step_m - kSameStep)));
  std::vector<double> places;
  for (int i = 0; i < steps; ++i) places.push_back(i * step_m);
  places.push_back(length_m);
  const double same_m = kSameStep * step_m;
  for (const double at_m : breaks_m) {
    if (at_m <= same_m || at_m >= length_m - same_m) continue;
    std::erase_if(places, [&](double s) { return std::abs(s - at_m) <= same_m; });
    places.insert(std::ranges::upper_bound(places, at_m), 2, at_m);
  }
  return places;
}

}  // namespace

std::vector<RouteSample> route_samples(const std::vector<GeodesicPath>& parts, double step_m,
                                       std::span<const double> breaks_m) {
  YONDER_EXPECTS(step_m > 0.0);
  std::vector<RouteSample> samples;
  double begin_m = 0.0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const double length_m = parts[p].length_m();
    std::vector<double> own_breaks_m;
    for (const double chainage_m : breaks_m) own_breaks_m.push_back(chainage_m - begin_m);
    const std::size_t first = samples.size();
    for (const double s : places_m(length_m, step_m, own_breaks_m)) {
      samples.push_back({parts[p].at(s), static_cast<int>(p), begin_m + s, 0.0, 0.0});
    }
    for (std::size_t i = first; i < samples.size(); ++i) {
      samples[i].from_m = i == first ? begin_m : samples[i - 1].to_m;
      samples[i].to_m = i + 1 == samples.size()
                            ? begin_m + length_m
                            : 0.5 * (samples[i].chainage_m + samples[i + 1].chainage_m);
    }
    begin_m += length_m;
  }
  return samples;
}

std::vector<std::vector<LonLat>> joined_lines(std::vector<std::vector<LonLat>> lines,
                                              double tolerance_m) {
  const auto meet = [tolerance_m](LonLat a, LonLat b) {
    constexpr double kLeastDegreeM = 110000.0;  // of latitude: spares most geodesics
    if (std::abs(a.lat_deg - b.lat_deg) * kLeastDegreeM > tolerance_m) return false;
    return geodesic_between(a, b).distance_m <= tolerance_m;
  };
  std::erase_if(lines, [](const std::vector<LonLat>& line) {
    return std::ranges::all_of(line, [&](LonLat v) {
      return v.lon_deg == line.front().lon_deg && v.lat_deg == line.front().lat_deg;
    });
  });
  std::vector<std::vector<LonLat>> joined;
  std::vector<bool> used(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (used[i]) continue;
    used[i] = true;
    std::vector<LonLat> whole = lines[i];
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t j = i + 1; j < lines.size(); ++j) {
        if (used[j]) continue;
        std::vector<LonLat>& other = lines[j];
        if (meet(whole.back(), other.back()) || meet(whole.front(), other.front())) {
          std::ranges::reverse(other);
        }
        if (meet(whole.back(), other.front())) {
          whole.insert(whole.end(), other.begin(), other.end());
        } else if (meet(whole.front(), other.back())) {
          whole.insert(whole.begin(), other.begin(), other.end());
        } else {
          continue;
        }
        used[j] = grown = true;
      }
    }
    joined.push_back(std::move(whole));
  }
  return joined;
}

}  // namespace yonder::shapes
