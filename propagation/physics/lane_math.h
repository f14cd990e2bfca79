#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// Mathematics for formulas that run over many receivers at once.
///
/// A *lane function* is written for one receiver, without branches that skip work, and marked
/// YONDER_LANE: inlined into a loop under `#pragma omp simd` it is vectorised, called on its own it
/// is an ordinary function. So a formula is written once, for the point model and for the sweep.
#if defined(__GNUC__)
#define YONDER_LANE __attribute__((always_inline)) inline
#else
#define YONDER_LANE inline
#endif

// glibc has vector forms of these (libmvec); without -ffast-math g++ uses them only when told that
// they exist. Their error is below 4 units in the last place. docs/decisions/0007.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__)
#define YONDER_HAS_VECTOR_FORM __attribute__((simd("notinbranch")))
extern "C" {
YONDER_HAS_VECTOR_FORM double atan(double) noexcept;
YONDER_HAS_VECTOR_FORM double acos(double) noexcept;
YONDER_HAS_VECTOR_FORM double asin(double) noexcept;
YONDER_HAS_VECTOR_FORM double sin(double) noexcept;
YONDER_HAS_VECTOR_FORM double cos(double) noexcept;
}
#undef YONDER_HAS_VECTOR_FORM
#endif

namespace yonder::propagation::lane {

inline constexpr double kLn10 = 2.302585092994045684;
inline constexpr double kLog10E = 0.4342944819032518277;

/// exp(x), relative error below 2e-14; x is held within -708..709, where the result is a normal
/// number. By 2^n e^r with |r| <= ln(2) / 2 and the Taylor series of e^r: no table, which vector
/// units would have to gather.
YONDER_LANE double exp(double x) {
  const double held = x < -708.0 ? -708.0 : (x > 709.0 ? 709.0 : x);
  constexpr double kRounder = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
  const double shifted = held * 1.4426950408889634 + kRounder;
  const double n = shifted - kRounder;
  const double r = (held - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
  double p = 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(p) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// Natural logarithm of a normal positive number; absolute error below 1e-15 plus a few units in
/// the last place. By m 2^e with m in sqrt(1/2)..sqrt(2), s = (m - 1) / (m + 1) and the series of
/// artanh(s), 2 (s + s^3 / 3 + ...).
YONDER_LANE double log(double x) {
  constexpr std::uint64_t kRootHalf = 0x3fe6a09e667f3bcdULL;
  const std::uint64_t shifted =
      std::bit_cast<std::uint64_t>(x) + (0x3ff0000000000000ULL - kRootHalf);
  // The exponent, made a number without an instruction for that: 2^52 + e + 1023, less both.
  const double e = std::bit_cast<double>((shifted >> 52) | 0x4330000000000000ULL) -
                   (4503599627370496.0 + 1023.0);
  const double m = std::bit_cast<double>((shifted & 0x000fffffffffffffULL) + kRootHalf);
  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  double p = 1.0 / 19.0;
  p = p * z + 1.0 / 17.0;
  p = p * z + 1.0 / 15.0;
  p = p * z + 1.0 / 13.0;
  p = p * z + 1.0 / 11.0;
  p = p * z + 1.0 / 9.0;
  p = p * z + 1.0 / 7.0;
  p = p * z + 1.0 / 5.0;
  p = p * z + 1.0 / 3.0;
  const double series = 2.0 * s + 2.0 * s * z * p;
  return e * 0.693147180369123816490 + (e * 1.90821492927058770002e-10 + series);
}

/// ln(1 + x), x >= 0, with an absolute error of 1e-15: enough for sums of powers in decibels.
YONDER_LANE double log1p(double x) { return lane::log(1.0 + x); }

YONDER_LANE double tanh(double x) {
  const double t = lane::exp(-2.0 * std::abs(x));
  const double magnitude = (1.0 - t) / (1.0 + t);
  return x < 0.0 ? -magnitude : magnitude;
}

YONDER_LANE double log10(double x) { return lane::log(x) * kLog10E; }
YONDER_LANE double exp10(double x) { return lane::exp(x * kLn10); }
/// Beside a sin() of the same angle, cos() would be merged into a call that has no vector form.
YONDER_LANE double cos(double x) { return ::sin(x + 1.5707963267948966); }
YONDER_LANE double min(double a, double b) { return a < b ? a : b; }
YONDER_LANE double max(double a, double b) { return a > b ? a : b; }
YONDER_LANE double clamp(double x, double low, double high) { return min(max(x, low), high); }

}  // namespace yonder::propagation::lane
