#include "propagation/physics/itu_p676.h"

#include <cmath>

#include "propagation/physics/itu_p676_lines.h"

namespace yonder::propagation::itu_p676 {
namespace {

/// Van Vleck-Weisskopf line shape with interference (eq. (5)).
double line_shape(double f, double f0, double width, double interference) {
  const double below = f0 - f;
  const double above = f0 + f;
  return f / f0 *
         ((width - interference * below) / (below * below + width * width) +
          (width - interference * above) / (above * above + width * width));
}

/// Imaginary part of the refractivity of oxygen lines and the dry continuum.
double oxygen(double f, double p, double e, double theta) {
  double n = 0.0;
  const double theta08 = std::pow(theta, 0.8);
  for (const OxygenLine& line : kOxygenLines) {
    const double strength =
        line.a1 * 1e-7 * p * theta * theta * theta * std::exp(line.a2 * (1.0 - theta));  // eq. (3)
    const double pressure_width =
        line.a3 * 1e-4 * (p * std::pow(theta, 0.8 - line.a4) + 1.1 * e * theta);         // eq. (6a)
    const double width = std::sqrt(pressure_width * pressure_width + 2.25e-6);           // eq. (6b)
    const double interference = (line.a5 + line.a6 * theta) * 1e-4 * (p + e) * theta08;  // eq. (7)
    n += strength * line_shape(f, line.f0_ghz, width, interference);
  }
  const double d = 5.6e-4 * (p + e) * theta08;  // eq. (9)
  const double continuum =
      f * p * theta * theta *
      (6.14e-5 / (d * (1.0 + (f / d) * (f / d))) +
       1.4e-12 * p * std::pow(theta, 1.5) / (1.0 + 1.9e-5 * std::pow(f, 1.5)));  // eq. (8)
  return n + continuum;
}

double water_vapour(double f, double p, double e, double theta) {
  double n = 0.0;
  for (const WaterVapourLine& line : kWaterVapourLines) {
    const double strength =
        line.b1 * 0.1 * e * std::pow(theta, 3.5) * std::exp(line.b2 * (1.0 - theta));  // eq. (3)
    const double pressure_width =
        line.b3 * 1e-4 *
        (p * std::pow(theta, line.b4) + line.b5 * e * std::pow(theta, line.b6));  // eq. (6a)
    const double width = 0.535 * pressure_width +
                         std::sqrt(0.217 * pressure_width * pressure_width +
                                   2.1316e-12 * line.f0_ghz * line.f0_ghz / theta);  // eq. (6b)
    n += strength * line_shape(f, line.f0_ghz, width, 0.0);
  }
  return n;
}

}  // namespace

SpecificAttenuation specific_attenuation(double frequency_ghz, const Air& air) {
  const double theta = 300.0 / air.temperature_k;
  const double p = air.dry_pressure_hpa;
  const double e = air.vapour_pressure_hpa();
  const double scale = 0.1820 * frequency_ghz;  // eq. (1)
  return {scale * oxygen(frequency_ghz, p, e, theta),
          scale * water_vapour(frequency_ghz, p, e, theta)};
}

}  // namespace yonder::propagation::itu_p676
