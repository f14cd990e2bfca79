#include "propagation/physics/seamcat_hata.h"

#include <algorithm>
#include <cmath>

#include "propagation/physics/hata.h"

namespace yonder::propagation::seamcat_hata {
namespace {

constexpr double kFreeSpaceToKm = 0.04;
constexpr double kHataFromKm = 0.1;
constexpr double kCurvedEarthFromKm = 20.0;

/// What depends on frequency alone in the urban loss.
double frequency_term_db(double frequency_mhz) {
  if (frequency_mhz <= 150.0) {
    return 69.6 + 26.2 * std::log10(150.0) - 20.0 * std::log10(150.0 / frequency_mhz);
  }
  if (frequency_mhz <= 1500.0) return 69.6 + 26.2 * std::log10(frequency_mhz);
  if (frequency_mhz <= 2000.0) return 46.3 + 33.9 * std::log10(frequency_mhz);
  return 46.3 + 33.9 * std::log10(2000.0) + 10.0 * std::log10(frequency_mhz / 2000.0);
}

double hata_db(const Path& path, Environment environment) {
  const double base_m = std::max(30.0, path.base_height_m);
  const double log_d = std::log10(path.distance_km);
  const double alpha = distance_exponent(path);
  // Below 1 km log d is negative; the exponent is 1 there.
  const double decades = alpha == 1.0 ? log_d : std::pow(log_d, alpha);
  return frequency_term_db(path.frequency_mhz) - 13.82 * std::log10(base_m) +
         hata::distance_slope_db(base_m) * decades -
         mobile_height_correction_db(path.frequency_mhz, path.mobile_height_m) -
         base_height_correction_db(path.base_height_m) -
         environment_relief_db(path.frequency_mhz, environment);
}

/// The value at `distance_km` of the line from (near_km, near_sigma) to (far_km, far_sigma).
double on_line(double distance_km, double near_km, double near_sigma, double far_km,
               double far_sigma) {
  return near_sigma + (far_sigma - near_sigma) * (distance_km - near_km) / (far_km - near_km);
}

/// The standard deviation whose plateau from 100 to 200 m is `plateau_db`.
double sigma_db(double distance_km, double plateau_db) {
  constexpr double kNearDb = 3.5;
  constexpr double kFarDb = 9.0;
  if (distance_km <= kFreeSpaceToKm) return kNearDb;
  if (distance_km <= kHataFromKm) {
    return on_line(distance_km, kFreeSpaceToKm, kNearDb, kHataFromKm, plateau_db);
  }
  if (distance_km <= 0.2) return plateau_db;
  if (distance_km <= 0.6) return on_line(distance_km, 0.2, plateau_db, 0.6, kFarDb);
  return kFarDb;
}

}  // namespace

double mobile_height_correction_db(double frequency_mhz, double mobile_height_m) {
  return hata::height_correction_medium_city_db(frequency_mhz, std::min(10.0, mobile_height_m)) +
         std::max(0.0, 20.0 * std::log10(mobile_height_m / 10.0));
}

double base_height_correction_db(double base_height_m) {
  return std::min(0.0, 20.0 * std::log10(base_height_m / 30.0));
}

double distance_exponent(const Path& path) {
  if (path.distance_km <= kCurvedEarthFromKm) return 1.0;
  const double growth = 0.14 + 1.87e-4 * path.frequency_mhz + 1.07e-3 * path.base_height_m;
  return 1.0 + growth * std::pow(std::log10(path.distance_km / kCurvedEarthFromKm), 0.8);
}

double environment_relief_db(double frequency_mhz, Environment environment) {
  const double f = std::clamp(frequency_mhz, 150.0, 2000.0);
  switch (environment) {
    case Environment::suburban:
      return hata::suburban_relief_db(f);
    case Environment::open:
      return hata::open_area_relief_db(f);
    case Environment::urban:
      break;
  }
  return 0.0;
}

double free_space_db(const Path& path) {
  const double rise_km = (path.base_height_m - path.mobile_height_m) / 1000.0;
  return 32.4 + 20.0 * std::log10(path.frequency_mhz) +
         20.0 * std::log10(std::hypot(path.distance_km, rise_km));
}

double median_db(const Path& path, Environment environment) {
  if (path.distance_km <= kFreeSpaceToKm) return free_space_db(path);
  if (path.distance_km >= kHataFromKm) return hata_db(path, environment);
  Path end = path;
  end.distance_km = kFreeSpaceToKm;
  const double near_db = free_space_db(end);
  end.distance_km = kHataFromKm;
  const double far_db = hata_db(end, environment);
  return near_db + (far_db - near_db) * std::log10(path.distance_km / kFreeSpaceToKm) /
                       std::log10(kHataFromKm / kFreeSpaceToKm);
}

double sigma_above_roof_db(double distance_km) { return sigma_db(distance_km, 12.0); }
double sigma_below_roof_db(double distance_km) { return sigma_db(distance_km, 17.0); }

}  // namespace yonder::propagation::seamcat_hata
