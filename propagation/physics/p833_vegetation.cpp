#include "propagation/physics/p833_vegetation.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace yonder::propagation::p833 {
namespace {

struct Measured {
  double frequency_mhz, specific_attenuation_db_per_m;
};
/// Table 1.
constexpr auto kMeasured = std::to_array<Measured>(
    {{105.9, 0.04}, {466.475, 0.12}, {949.0, 0.17}, {1852.2, 0.30}, {2117.5, 0.34}});

}  // namespace

double woodland_loss_db(double depth_m, double specific_attenuation_db_per_m,
                        double maximum_attenuation_db) {
  return -maximum_attenuation_db *
         std::expm1(-depth_m * specific_attenuation_db_per_m / maximum_attenuation_db);
}

double measured_specific_attenuation_db_per_m(double frequency_mhz) {
  std::size_t i = 1;
  while (i + 1 < kMeasured.size() && frequency_mhz > kMeasured[i].frequency_mhz) ++i;
  const Measured& low = kMeasured[i - 1];
  const Measured& high = kMeasured[i];
  const double t = std::log(frequency_mhz / low.frequency_mhz) /
                   std::log(high.frequency_mhz / low.frequency_mhz);
  return low.specific_attenuation_db_per_m *
         std::pow(high.specific_attenuation_db_per_m / low.specific_attenuation_db_per_m, t);
}

double measured_maximum_attenuation_db(double frequency_mhz) {
  return 1.37 * std::pow(frequency_mhz, 0.42);
}

}  // namespace yonder::propagation::p833
