#include "propagation/physics/fresnel_integral.h"

#include <array>
#include <cmath>
#include <complex>

#include "core/units.h"

namespace yonder::propagation {
namespace {

/// C(x) + j S(x), the integral of exp(j pi t^2 / 2) from 0 to x >= 0.
std::complex<double> fresnel(double x) {
  if (x < 4.0) {
    // Five-point Gauss-Legendre on panels short against the phase.
    constexpr std::array<double, 5> kNode = {-0.9061798459386640, -0.5384693101056831, 0.0,
                                             0.5384693101056831, 0.9061798459386640};
    constexpr std::array<double, 5> kWeight = {0.2369268850561891, 0.4786286704993665,
                                               0.5688888888888889, 0.4786286704993665,
                                               0.2369268850561891};
    constexpr int kPanels = 64;
    const double half = 0.5 * x / kPanels;
    std::complex<double> sum = 0.0;
    for (int panel = 0; panel < kPanels; ++panel) {
      const double centre = (2 * panel + 1) * half;
      for (std::size_t i = 0; i < kNode.size(); ++i) {
        const double t = centre + half * kNode[i];
        sum += kWeight[i] * std::polar(1.0, 0.5 * kPi * t * t);
      }
    }
    return half * sum;
  }
  // Asymptotic series of the rest from x to infinity, until its terms stop falling.
  const double phase = 0.5 * kPi * x * x;
  const std::complex<double> step = std::complex<double>(0.0, -1.0) / (2.0 * phase);
  std::complex<double> term = std::complex<double>(0.0, 1.0) / (kPi * x);
  std::complex<double> sum = term;
  for (int k = 1; k < 40; ++k) {
    const std::complex<double> next = term * step * static_cast<double>(2 * k - 1);
    if (std::abs(next) >= std::abs(term) || std::abs(next) < 1e-18) break;
    term = next;
    sum += term;
  }
  return std::complex<double>(0.5, 0.5) - std::polar(1.0, phase) * sum;
}

}  // namespace

double knife_edge_fresnel_db(double nu) {
  const std::complex<double> half(0.5, 0.5);
  const std::complex<double> integral = nu < 0.0 ? -fresnel(-nu) : fresnel(nu);
  // |half| is the field without an edge's half: amplitude 1 when the whole plane is open.
  return -20.0 * std::log10(std::abs(half - integral) / std::sqrt(2.0));
}

}  // namespace yonder::propagation
