#include "propagation/physics/itm_radial_roughness.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/simd_level.h"
#include "propagation/physics/itm_line_fit.h"
#include "propagation/physics/itm_roughness.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define YONDER_ITM_X86_KERNELS
#include <immintrin.h>
#endif

namespace yonder::propagation::itm {
namespace {

using Pair = std::array<double, 2>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kSumLanes = 8;
constexpr int kMostPadded = 248;

struct Samples {
  alignas(64) double value[kMostPadded];
  int count = 0;
  int padded = 0;  ///< a multiple of kSumLanes
  double sum = 0.0;
  double weighted = 0.0;
};

struct Outside {
  int below = 0;
  int above = 0;
};

struct Kernel {
  void (*sample)(const double* heights, int last_before, double from, double spacing, Samples& s);
  Outside (*detrend)(double at_first, double rise, double low, double high, Samples& s);
  Outside (*count_outside)(const Samples& s, double low, double high);
  Pair (*nearest_outside)(const Samples& s, double low, double high);
};

namespace portable {
typedef double Doubles __attribute__((vector_size(16)));
typedef int Ints __attribute__((vector_size(8)));
struct Ends {
  Doubles low, high;
};
inline Ends ends(const double* from, const int* at) {
  return {Doubles{from[at[0]], from[at[1]]}, Doubles{from[at[0] + 1], from[at[1] + 1]}};
}
#include "propagation/physics/itm_roughness_kernel.inc"
}  // namespace portable

#ifdef YONDER_ITM_X86_KERNELS
#pragma GCC push_options
#pragma GCC target("avx2")
namespace avx2 {
typedef double Doubles __attribute__((vector_size(32)));
typedef int Ints __attribute__((vector_size(16)));
struct Ends {
  Doubles low, high;
};
inline __m256d pairs(const double* from, int first, int second) {
  return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(from + first)),
                              _mm_loadu_pd(from + second), 1);
}
inline Ends ends(const double* from, const int* at) {
  const __m256d even = pairs(from, at[0], at[2]);
  const __m256d odd = pairs(from, at[1], at[3]);
  return {(Doubles)_mm256_unpacklo_pd(even, odd), (Doubles)_mm256_unpackhi_pd(even, odd)};
}
#include "propagation/physics/itm_roughness_kernel.inc"
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512dq")
namespace avx512 {
typedef double Doubles __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(32)));
struct Ends {
  Doubles low, high;
};
inline __m256d pairs(const double* from, int first, int second) {
  return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(from + first)),
                              _mm_loadu_pd(from + second), 1);
}
inline __m512d four_pairs(__m256d first, __m256d second) {
  return __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7);
}
inline Ends ends(const double* from, const int* at) {
  const __m512d even = four_pairs(pairs(from, at[0], at[2]), pairs(from, at[4], at[6]));
  const __m512d odd = four_pairs(pairs(from, at[1], at[3]), pairs(from, at[5], at[7]));
  return {(Doubles)_mm512_maskz_unpacklo_pd(0xff, even, odd),
          (Doubles)_mm512_maskz_unpackhi_pd(0xff, even, odd)};
}
#include "propagation/physics/itm_roughness_kernel.inc"
}  // namespace avx512
#pragma GCC pop_options
#endif

const Kernel& best_kernel() {
#ifdef YONDER_ITM_X86_KERNELS
  switch (simd_level()) {
    case SimdLevel::v4:
      return avx512::kKernel;
    case SimdLevel::v3:
      return avx2::kKernel;
    case SimdLevel::baseline:
      break;
  }
#endif
  return portable::kKernel;
}

/// Search for a threshold beyond which lie exactly `rank` values, by counts at tried thresholds.
/// `towards` is the direction in which more values come to lie beyond it.
class ThresholdSearch {
 public:
  ThresholdSearch(double first, double gap, int rank, double towards)
      : threshold(first), gap_(gap), rank_(rank), towards_(towards) {}

  double threshold;
  bool is_found = false;

  void counted(int beyond) {
    const int lack = rank_ - beyond;
    if (lack == 0) {
      is_found = true;
      return;
    }
    (lack > 0 ? few_ : many_) = {threshold, beyond, true};
    if (few_.is_known && many_.is_known) {
      const double part = (rank_ + 0.25 - few_.beyond) / (many_.beyond + 0.5 - few_.beyond);
      threshold = few_.at + (many_.at - few_.at) * part;
    } else {
      threshold += towards_ * gap_ * lack;
      gap_ *= 1.5;
    }
  }

 private:
  struct Tried {
    double at = 0.0;
    int beyond = 0;
    bool is_known = false;
  };
  double gap_;
  int rank_;
  double towards_;
  Tried few_;
  Tried many_;
};

constexpr int kMostCounts = 10;

}  // namespace

double RadialRoughness::delta_h_m(std::span<const double> heights_m, std::size_t level_from,
                                  double step_m, double from_m, double to_m) {
  static const Kernel& kernel = best_kernel();
  const double from = from_m / step_m;
  const double length = to_m / step_m - from;
  if (length < 2.0 || from >= static_cast<double>(level_from)) return 0.0;
  const int per_decile = heights_per_decile(length);

  Samples s;
  s.count = 10 * per_decile - 5;
  s.padded = (s.count + kSumLanes - 1) / kSumLanes * kSumLanes;
  const double last = s.count - 1;
  kernel.sample(heights_m.data(), static_cast<int>(heights_m.size()) - 2, from, length / last, s);
  const LinePart part{0, static_cast<std::size_t>(s.count - 1)};
  const Line line =
      line_through(part, {s.sum, s.weighted}, s.value[0], s.value[s.count - 1], part.last);
  ThresholdSearch low(low_, gap_, per_decile, 1.0);
  ThresholdSearch high(high_, gap_, per_decile, -1.0);
  Outside outside =
      kernel.detrend(line.at_first, (line.at_last - line.at_first) / last, low_, high_, s);
  for (int k = 0; gap_ > 0.0; ++k) {
    if (!low.is_found) low.counted(outside.below);
    if (!high.is_found) high.counted(outside.above);
    if (k == kMostCounts || (low.is_found && high.is_found)) break;
    outside = kernel.count_outside(s, low.threshold, high.threshold);
  }
  Pair decile;
  if (low.is_found && high.is_found) {
    decile = kernel.nearest_outside(s, low.threshold, high.threshold);
    low_ = low.threshold;
    high_ = high.threshold;
  } else {  // the first receiver, a leap, equal values at a decile, or nothing but flat ground
    double* const end = s.value + s.count;
    std::nth_element(s.value, s.value + per_decile - 1, end);
    decile[0] = s.value[per_decile - 1];
    std::nth_element(s.value, end - per_decile, end);
    decile[1] = *(end - per_decile);
    low_ = decile[0];
    high_ = decile[1];
  }
  const double range_m = decile[1] - decile[0];
  gap_ = 2.2 * range_m / s.count;  // of normally distributed values about their deciles
  return delta_h_of_range_m(range_m, to_m - from_m);
}

}  // namespace yonder::propagation::itm
