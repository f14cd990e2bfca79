#pragma once

#include <cmath>

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
YONDER_HAS_VECTOR_FORM double log(double) noexcept;
YONDER_HAS_VECTOR_FORM double log1p(double) noexcept;
YONDER_HAS_VECTOR_FORM double exp(double) noexcept;
YONDER_HAS_VECTOR_FORM double tanh(double) noexcept;
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

YONDER_LANE double log10(double x) { return ::log(x) * kLog10E; }
YONDER_LANE double exp10(double x) { return ::exp(x * kLn10); }
/// Beside a sin() of the same angle, cos() would be merged into a call that has no vector form.
YONDER_LANE double cos(double x) { return ::sin(x + 1.5707963267948966); }
YONDER_LANE double min(double a, double b) { return a < b ? a : b; }
YONDER_LANE double max(double a, double b) { return a > b ? a : b; }
YONDER_LANE double clamp(double x, double low, double high) { return min(max(x, low), high); }

}  // namespace yonder::propagation::lane
