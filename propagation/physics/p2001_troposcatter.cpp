#include "propagation/physics/p2001_troposcatter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/contracts.h"

namespace yonder::propagation::p2001 {
namespace {

/// Meteorological and atmospheric parameters of zones 0 to 6 (table E.1).
struct ZoneConstants {
  double m;
  double gamma;
};
constexpr std::array<ZoneConstants, 7> kZones = {{{116.0, 0.27},
                                                  {129.6, 0.33},
                                                  {119.73, 0.27},
                                                  {109.3, 0.32},
                                                  {128.5, 0.27},
                                                  {119.73, 0.27},
                                                  {123.2, 0.27}}};

/// A cubic between two distances, constants outside.
double cubic_between(double x, double from, double before, double to, double after,
                     std::array<double, 4> c) {
  if (x < from) return before;
  if (x >= to) return after;
  return ((c[0] * x + c[1]) * x + c[2]) * x + c[3];
}

/// Y_90, dB, from the height of the scattering (km), the scatter distance (km) and the frequency.
double y90_db(int zone, double height_km, double distance_km, double frequency_ghz) {
  const double ds = distance_km;
  switch (zone) {
    case 0:  // eq. (E.7)
      return -9.5 - 3.0 * std::exp(-0.137 * height_km);
    case 1:  // eq. (E.8)
      return cubic_between(ds, 100.0, -8.2, 1000.0, -3.4, {1.006e-8, -2.569e-5, 0.02242, -10.2});
    case 3:  // eq. (E.9)
      return cubic_between(ds, 100.0, -10.845, 465.0, -8.4, {-4.5e-7, 4.45e-4, -0.122, -2.645});
    case 4:  // eq. (E.10)
      return cubic_between(ds, 100.0, -11.5, 550.0, -4.0, {-8.519e-8, 7.444e-5, -4.18e-4, -12.1});
    default:  // eq. (E.6)
      return -2.2 - (8.1 - 0.23 * std::min(frequency_ghz, 4.0)) * std::exp(-0.137 * height_km);
  }
}

}  // namespace

int troposcatter_zone(const ScatterZones& zones) {
  if (zones.common_volume != 0) return zones.common_volume;
  if (zones.tx != 0 && zones.rx != 0) return std::min(zones.tx, zones.rx);
  return std::max(zones.tx, zones.rx);
}

double troposcatter_loss_db(const Path& path, int zone, TimePercent time, double frequency_ghz,
                            double gain_sum_db) {
  YONDER_EXPECTS(zone >= 0 && zone <= 6);
  const ZoneConstants& constants = kZones[static_cast<std::size_t>(zone)];
  const double d = path.distance_km;
  const double angle = path.scatter_angle_mrad;
  const double h = 0.25e-3 * angle * d;                                       // eq. (E.3)
  const double height_km = 0.125e-6 * angle * angle * path.median_radius_km;  // eq. (E.4)
  const double gamma = constants.gamma;
  const double height_term_db =
      20.0 * std::log10(5.0 + gamma * h) + 4.34 * gamma * height_km;  // eq. (E.2)
  const double scatter_km = 0.001 * angle * path.median_radius_km;    // eq. (E.5)

  const double factor =  // eq. (E.11)
      time.p >= 50.0 ? 1.26 * std::pow(-std::log10(time.q / 50.0), 0.63)
                     : -1.26 * std::pow(-std::log10(time.p / 50.0), 0.63);
  const double time_db = factor * y90_db(zone, height_km, scatter_km, frequency_ghz);

  const double limited = std::max(angle, 1e-6);
  const double distance_db = std::max(  // eq. (E.13)
      10.0 * std::log10(d) + 30.0 * std::log10(limited) + height_term_db,
      20.0 * std::log10(d) + 0.573 * limited + 20.0);
  const double log_half_f = std::log10(0.5 * frequency_ghz);
  const double frequency_db =
      25.0 * std::log10(frequency_ghz) - 2.5 * log_half_f * log_half_f;  // eq. (E.14)
  const double coupling_db = 0.07 * std::exp(0.055 * gain_sum_db);       // eq. (E.15)
  return constants.m + frequency_db + distance_db + coupling_db - time_db;
}

}  // namespace yonder::propagation::p2001
