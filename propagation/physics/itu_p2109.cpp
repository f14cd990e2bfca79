#include "propagation/physics/itu_p2109.h"

#include <cmath>

#include "propagation/physics/normal_quantile.h"

namespace yonder::propagation::itu_p2109 {
namespace {

/// Table 1, by the Recommendation's letters.
struct Coefficients {
  double r, s, t, u, v, w, x, y, z;
};
constexpr Coefficients kTraditional{12.64, 3.72, 0.96, 9.6, 2.0, 9.1, -3.0, 4.5, -2.0};
constexpr Coefficients kThermallyEfficient{28.19, -3.0, 8.48, 13.5, 3.8, 27.8, -2.9, 9.4, -2.1};

double power_of_db(double db) { return std::pow(10.0, 0.1 * db); }

}  // namespace

double building_entry_loss_db(double frequency_ghz, double probability_percent,
                              double elevation_deg, BuildingType type) {
  const Coefficients& k = type == BuildingType::traditional ? kTraditional : kThermallyEfficient;
  const double log_f = std::log10(frequency_ghz);
  const double l_h = k.r + k.s * log_f + k.t * log_f * log_f;  // horizontal paths
  const double l_e = 0.212 * std::abs(elevation_deg);          // elevation at the facade
  const double mu1 = l_h + l_e;
  const double mu2 = k.w + k.x * log_f;
  const double sigma1 = k.u + k.v * log_f;
  const double sigma2 = k.y + k.z * log_f;
  const double normal = normal_quantile(probability_percent / 100.0);
  const double a = normal * sigma1 + mu1;
  const double b = normal * sigma2 + mu2;
  constexpr double kC = -3.0;
  return 10.0 * std::log10(power_of_db(a) + power_of_db(b) + power_of_db(kC));
}

}  // namespace yonder::propagation::itu_p2109
