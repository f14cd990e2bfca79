#include "propagation/physics/hata.h"

#include <cmath>

namespace yonder::propagation::hata {
namespace {
double square(double x) { return x * x; }
}  // namespace

double height_correction_medium_city_db(double frequency_mhz, double rx_height_m) {
  const double log_f = std::log10(frequency_mhz);
  return (1.1 * log_f - 0.7) * rx_height_m - (1.56 * log_f - 0.8);
}

double height_correction_large_city_db(double frequency_mhz, double rx_height_m) {
  if (frequency_mhz <= 200.0) return 8.29 * square(std::log10(1.54 * rx_height_m)) - 1.1;
  return 3.2 * square(std::log10(11.75 * rx_height_m)) - 4.97;
}

double distance_slope_db(double tx_height_m) { return 44.9 - 6.55 * std::log10(tx_height_m); }

double urban_loss_db(double frequency_mhz, double tx_height_m, double distance_km) {
  return 69.55 + 26.16 * std::log10(frequency_mhz) - 13.82 * std::log10(tx_height_m) +
         distance_slope_db(tx_height_m) * std::log10(distance_km);
}

double suburban_relief_db(double frequency_mhz) {
  return 2.0 * square(std::log10(frequency_mhz / 28.0)) + 5.4;
}

double open_area_relief_db(double frequency_mhz) {
  const double log_f = std::log10(frequency_mhz);
  return 4.78 * square(log_f) - 18.33 * log_f + 40.94;
}

double cost231_loss_db(double frequency_mhz, double tx_height_m, double distance_km) {
  return 46.3 + 33.9 * std::log10(frequency_mhz) - 13.82 * std::log10(tx_height_m) +
         distance_slope_db(tx_height_m) * std::log10(distance_km);
}

}  // namespace yonder::propagation::hata
