#include "propagation/physics/itm_radial_closing.h"

#include <cmath>
#include <limits>

#include "core/simd_level.h"
#include "propagation/physics/itm_diffraction.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define YONDER_ITM_X86_KERNELS
#include <immintrin.h>
#endif

namespace yonder::propagation::itm {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// What the closing formulas need that all receivers share.
struct ClosingConstants {
  double frequency_mhz;
  double wave_number;
  double cbrt_frequency;
  double inverse_cbrt_frequency;
  double impedance_real;
  double impedance_imag;
  double vogler_k;  ///< K of an obstacle of the standard earth's curvature
  double log_vogler_k;
  double log_standard_earth;
  double heights_m2;     ///< product of the antennas' heights
  double clutter_per_m;  ///< of eq. (3.38c)
  double scatter_units;  ///< distance beyond the horizons before scatter can take over
  double reach_m;        ///< the frequency's part of the effective distance
  Deviations deviations;
};

namespace portable {
typedef double Doubles __attribute__((vector_size(16)));
inline Doubles square_root(Doubles x) { return Doubles{std::sqrt(x[0]), std::sqrt(x[1])}; }
#include "propagation/physics/itm_closing_kernel.inc"
}  // namespace portable

#ifdef YONDER_ITM_X86_KERNELS
#pragma GCC push_options
#pragma GCC target("avx2")
namespace avx2 {
typedef double Doubles __attribute__((vector_size(32)));
inline Doubles square_root(Doubles x) { return (Doubles)_mm256_sqrt_pd((__m256d)x); }
#include "propagation/physics/itm_closing_kernel.inc"
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512dq")
namespace avx512 {
typedef double Doubles __attribute__((vector_size(64)));
inline Doubles square_root(Doubles x) { return (Doubles)_mm512_maskz_sqrt_pd(0xff, (__m512d)x); }
#include "propagation/physics/itm_closing_kernel.inc"
}  // namespace avx512
#pragma GCC pop_options
#endif

using Close = void (*)(const ClosingConstants&, const RadialPaths&, std::size_t, double*);

Close best_close() {
#ifdef YONDER_ITM_X86_KERNELS
  switch (simd_level()) {
    case SimdLevel::v4:
      return avx512::close;
    case SimdLevel::v3:
      return avx2::close;
    case SimdLevel::baseline:
      break;
  }
#endif
  return portable::close;
}

}  // namespace

void close_radial(const RadialPaths& paths, const Pair& height_m, double frequency_mhz,
                  std::complex<double> ground_impedance, const Variability& variability,
                  std::span<double> loss_db) {
  static const Close close = best_close();
  ClosingConstants c;
  c.frequency_mhz = frequency_mhz;
  c.wave_number = wave_number_per_m(frequency_mhz);
  c.cbrt_frequency = std::cbrt(frequency_mhz);
  c.inverse_cbrt_frequency = 1.0 / c.cbrt_frequency;
  c.impedance_real = ground_impedance.real();
  c.impedance_imag = ground_impedance.imag();
  c.vogler_k = 0.017778 / (c.cbrt_frequency * std::abs(ground_impedance));
  c.log_vogler_k = std::log(c.vogler_k);
  c.log_standard_earth = std::log((4.0 / 3.0) * 6370e3);
  c.heights_m2 = height_m[0] * height_m[1];
  c.clutter_per_m = 1e-5 * c.heights_m2 * frequency_mhz;
  c.scatter_units = 1.088 * std::log(frequency_mhz);
  c.reach_m = std::cbrt(575.7e12 / c.wave_number);
  c.deviations = variability.deviations(frequency_mhz);
  close(c, paths, paths.distance_m.size(), loss_db.data());
}

}  // namespace yonder::propagation::itm
