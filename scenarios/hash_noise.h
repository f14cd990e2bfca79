#pragma once

#include <cmath>
#include <cstdint>

/// Noise that is a pure function of its arguments: the same on every machine and in every order of
/// evaluation, which the distributions of <random> do not promise.
namespace yonder::scenarios {

/// The finaliser of splitmix64 (S. Vigna, public domain; after Steele, Lea and Flood, OOPSLA 2014).
inline std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

/// Uniform in [-1, 1) for a lattice point.
inline double lattice_noise(std::uint64_t seed, std::int64_t i, std::int64_t j) {
  const std::uint64_t h =
      mixed(mixed(seed ^ mixed(static_cast<std::uint64_t>(i))) ^ static_cast<std::uint64_t>(j));
  return static_cast<double>(h >> 11) * 0x1p-52 - 1.0;
}

inline double smooth_step(double t) { return t * t * t * (t * (6.0 * t - 15.0) + 10.0); }

/// Value noise: lattice values joined smoothly, one lattice step a unit. Within [-1, 1], variance
/// 1/3 at lattice points.
inline double value_noise(std::uint64_t seed, double x, double y) {
  const double fx = std::floor(x), fy = std::floor(y);
  const auto i = static_cast<std::int64_t>(fx);
  const auto j = static_cast<std::int64_t>(fy);
  const double u = smooth_step(x - fx), v = smooth_step(y - fy);
  const double a = lattice_noise(seed, i, j), b = lattice_noise(seed, i + 1, j);
  const double c = lattice_noise(seed, i, j + 1), d = lattice_noise(seed, i + 1, j + 1);
  const double low = a + u * (b - a), high = c + u * (d - c);
  return low + v * (high - low);
}

}  // namespace yonder::scenarios
