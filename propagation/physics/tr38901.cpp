#include "propagation/physics/tr38901.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"

namespace yonder::propagation::tr38901 {
namespace {

/// LOS loss of the rural macro cell before its breakpoint (PL1), at a 3D distance.
double rma_near_db(double frequency_ghz, double distance_3d_m, double building_height_m) {
  const double h172 = std::pow(building_height_m, 1.72);
  return 20.0 * std::log10(40.0 * kPi * distance_3d_m * frequency_ghz / 3.0) +
         std::min(0.03 * h172, 10.0) * std::log10(distance_3d_m) - std::min(0.044 * h172, 14.77) +
         0.002 * std::log10(building_height_m) * distance_3d_m;
}

/// Outdoor LOS probability that the urban scenarios share: 1 up to 18 m, then towards 18 m / d.
double urban_los_probability(double distance_2d_m, double decay_m) {
  if (distance_2d_m <= 18.0) return 1.0;
  const double near = 18.0 / distance_2d_m;
  return near + std::exp(-distance_2d_m / decay_m) * (1.0 - near);
}

double height_difference_squared(const Link& link) {
  return (link.bs_height_m - link.ut_height_m) * (link.bs_height_m - link.ut_height_m);
}

}  // namespace

double Link::distance_3d_m() const { return std::hypot(distance_2d_m, bs_height_m - ut_height_m); }

double rma_breakpoint_m(const Link& link) {  // note 5
  return 2.0 * kPi * link.bs_height_m * link.ut_height_m * link.frequency_ghz * 1e9 / kLightMPerS;
}

double rma_los_db(const Link& link, double building_height_m) {
  const double d3d = link.distance_3d_m();
  const double breakpoint = rma_breakpoint_m(link);
  if (link.distance_2d_m <= breakpoint) {
    return rma_near_db(link.frequency_ghz, d3d, building_height_m);
  }
  return rma_near_db(link.frequency_ghz, breakpoint, building_height_m) +
         40.0 * std::log10(d3d / breakpoint);
}

double rma_nlos_db(const Link& link, const RuralSurroundings& surroundings) {
  const double log_bs = std::log10(link.bs_height_m);
  const double ratio = surroundings.building_height_m / link.bs_height_m;
  const double log_ut = std::log10(11.75 * link.ut_height_m);
  const double nlos = 161.04 - 7.1 * std::log10(surroundings.street_width_m) +
                      7.5 * std::log10(surroundings.building_height_m) -
                      (24.37 - 3.7 * ratio * ratio) * log_bs +
                      (43.42 - 3.1 * log_bs) * (std::log10(link.distance_3d_m()) - 3.0) +
                      20.0 * std::log10(link.frequency_ghz) - (3.2 * log_ut * log_ut - 4.97);
  return std::max(rma_los_db(link, surroundings.building_height_m), nlos);
}

double rma_los_probability(const Link& link) {
  return link.distance_2d_m <= 10.0 ? 1.0 : std::exp(-(link.distance_2d_m - 10.0) / 1000.0);
}

double urban_breakpoint_m(const Link& link, double environment_height_m) {
  return 4.0 * (link.bs_height_m - environment_height_m) *
         (link.ut_height_m - environment_height_m) * link.frequency_ghz * 1e9 / kLightMPerS;
}

double uma_los_db(const Link& link, double environment_height_m) {
  const double log_d = std::log10(link.distance_3d_m());
  const double log_f = std::log10(link.frequency_ghz);
  const double breakpoint = urban_breakpoint_m(link, environment_height_m);
  if (link.distance_2d_m <= breakpoint) return 28.0 + 22.0 * log_d + 20.0 * log_f;
  return 28.0 + 40.0 * log_d + 20.0 * log_f -
         9.0 * std::log10(breakpoint * breakpoint + height_difference_squared(link));
}

double uma_nlos_db(const Link& link, double environment_height_m) {
  const double nlos = 13.54 + 39.08 * std::log10(link.distance_3d_m()) +
                      20.0 * std::log10(link.frequency_ghz) - 0.6 * (link.ut_height_m - 1.5);
  return std::max(uma_los_db(link, environment_height_m), nlos);
}

double uma_los_probability(const Link& link) {
  const double base = urban_los_probability(link.distance_2d_m, 63.0);
  if (link.distance_2d_m <= 18.0 || link.ut_height_m <= 13.0) return base;
  const double c = std::pow((link.ut_height_m - 13.0) / 10.0, 1.5);
  return base * (1.0 + c * 1.25 * std::pow(link.distance_2d_m / 100.0, 3.0) *
                           std::exp(-link.distance_2d_m / 150.0));
}

double uma_low_environment_probability(const Link& link) {
  if (link.ut_height_m < 13.0 || link.distance_2d_m <= 18.0) return 1.0;
  const double g =
      1.25 * std::pow(link.distance_2d_m / 100.0, 3.0) * std::exp(-link.distance_2d_m / 150.0);
  const double c = std::pow((link.ut_height_m - 13.0) / 10.0, 1.5) * g;
  return 1.0 / (1.0 + c);
}

double umi_los_db(const Link& link) {
  const double log_d = std::log10(link.distance_3d_m());
  const double log_f = std::log10(link.frequency_ghz);
  const double breakpoint = urban_breakpoint_m(link, 1.0);
  if (link.distance_2d_m <= breakpoint) return 32.4 + 21.0 * log_d + 20.0 * log_f;
  return 32.4 + 40.0 * log_d + 20.0 * log_f -
         9.5 * std::log10(breakpoint * breakpoint + height_difference_squared(link));
}

double umi_nlos_db(const Link& link) {
  const double nlos = 35.3 * std::log10(link.distance_3d_m()) + 22.4 +
                      21.3 * std::log10(link.frequency_ghz) - 0.3 * (link.ut_height_m - 1.5);
  return std::max(umi_los_db(link), nlos);
}

double umi_los_probability(const Link& link) {
  return urban_los_probability(link.distance_2d_m, 36.0);
}

}  // namespace yonder::propagation::tr38901
