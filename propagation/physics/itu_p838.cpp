#include "propagation/physics/itu_p838.h"

#include <cmath>
#include <span>

#include "core/units.h"

namespace yonder::propagation::itu_p838 {
namespace {

/// One bell of eqs. (2) and (3): a exp[-((log10 f - b) / c)^2].
struct Bell {
  double a, b, c;
};

/// Tables 1 to 4.
constexpr Bell kLogKHorizontal[] = {{-5.33980, -0.10008, 1.13098},
                                    {-0.35351, 1.26970, 0.45400},
                                    {-0.23789, 0.86036, 0.15354},
                                    {-0.94158, 0.64552, 0.16817}};
constexpr Bell kLogKVertical[] = {{-3.80595, 0.56934, 0.81061},
                                  {-3.44965, -0.22911, 0.51059},
                                  {-0.39902, 0.73042, 0.11899},
                                  {0.50167, 1.07319, 0.27195}};
constexpr Bell kAlphaHorizontal[] = {{-0.14318, 1.82442, -0.55187},
                                     {0.29591, 0.77564, 0.19822},
                                     {0.32177, 0.63773, 0.13164},
                                     {-5.37610, -0.96230, 1.47828},
                                     {16.1721, -3.29980, 3.43990}};
constexpr Bell kAlphaVertical[] = {{-0.07771, 2.33840, -0.76284},
                                   {0.56727, 0.95545, 0.54039},
                                   {-0.20238, 1.14520, 0.26809},
                                   {-48.2991, 0.791669, 0.116226},
                                   {48.5833, 0.791459, 0.116479}};

double fit(std::span<const Bell> bells, double slope, double intercept, double log_f) {
  double sum = slope * log_f + intercept;
  for (const Bell& bell : bells) {
    const double x = (log_f - bell.b) / bell.c;
    sum += bell.a * std::exp(-x * x);
  }
  return sum;
}

}  // namespace

double RainCoefficients::specific_attenuation_db_per_km(double rain_rate_mm_per_h) const {
  return k * std::pow(rain_rate_mm_per_h, alpha);
}

RainCoefficients rain_coefficients(double frequency_ghz, double path_elevation_deg,
                                   double polarization_tilt_deg) {
  const double log_f = std::log10(frequency_ghz);
  const double k_h = std::pow(10.0, fit(kLogKHorizontal, -0.18961, 0.71147, log_f));  // eq. (2)
  const double k_v = std::pow(10.0, fit(kLogKVertical, -0.16398, 0.63297, log_f));
  const double alpha_h = fit(kAlphaHorizontal, 0.67849, -1.95537, log_f);  // eq. (3)
  const double alpha_v = fit(kAlphaVertical, -0.053739, 0.83433, log_f);
  const double cos_elevation = std::cos(deg_to_rad(path_elevation_deg));
  const double linear =
      cos_elevation * cos_elevation * std::cos(2.0 * deg_to_rad(polarization_tilt_deg));
  RainCoefficients result;
  result.k = (k_h + k_v + (k_h - k_v) * linear) / 2.0;  // eq. (4)
  result.alpha = (k_h * alpha_h + k_v * alpha_v + (k_h * alpha_h - k_v * alpha_v) * linear) /
                 (2.0 * result.k);  // eq. (5)
  return result;
}

}  // namespace yonder::propagation::itu_p838
