#include "propagation/physics/p676_slant_path.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/itu_p676.h"
#include "propagation/physics/p835_atmosphere.h"

namespace yonder::propagation {
namespace {

constexpr double kEarthRadiusKm = 6371.0;
constexpr double kLayersPerFactorE = 100.0;  // layers grow by exp(1/100) each

double gas_db_per_km(double frequency_ghz, double height_km) {
  const Air air = global_reference_air(height_km);
  return itu_p676::specific_attenuation(
             frequency_ghz, {.dry_pressure_hpa = air.pressure_hpa,
                             .temperature_k = air.temperature_k,
                             .water_vapour_density_g_per_m3 = air.vapour_density_g_per_m3})
      .total_db_per_km();
}

/// One stretch of equidistant heights between kinks of the temperature; neighbours have a node each
/// at the kink.
struct Piece {
  double from_km, to_km;
  std::size_t first, count;

  double steps_per_km() const { return static_cast<double>(count - 1) / (to_km - from_km); }
};
constexpr std::array<Piece, 3> kPieces{{{0.0, kReferenceTropopauseKm, 0, 56},
                                        {kReferenceTropopauseKm, kReferenceStratosphereKm, 56, 40},
                                        {kReferenceStratosphereKm, 85.0, 96, 48}}};

/// Number of the layer boundary next to a height, eqs. (16b), (16c), before rounding.
double layer_number(double height_km) {
  const double growth = std::exp(1.0 / kLayersPerFactorE) - 1.0;
  return kLayersPerFactorE * std::log(1e4 * height_km * growth + 1.0) + 1.0;
}

/// A ray that never goes down.
SlantPath trace_upwards(const GasProfile& gas, double lower_km, double upper_km,
                        double zenith_angle_rad) {
  const int first = static_cast<int>(std::floor(layer_number(lower_km)));
  const int last = static_cast<int>(std::ceil(layer_number(upper_km)));
  const double growth = std::exp(1.0 / kLayersPerFactorE);
  const double scale = std::exp(first / kLayersPerFactorE);

  SlantPath path;
  path.end_zenith_angle_rad = zenith_angle_rad;
  if (first >= last || !(upper_km > lower_km)) return path;

  // Eqs. (14), (16a): the first layer, so thick that the layers fill the path.
  double thickness_km =
      scale * (growth - 1.0) / (std::exp(last / kLayersPerFactorE) - scale) * (upper_km - lower_km);
  double height_km = lower_km;
  double n = refractive_index(global_reference_air(height_km + 0.5 * thickness_km));
  // Snell's law on the sphere: n r sin(zenith angle) is the same all along, eqs. (18a), (19b).
  const double snell = n * (kEarthRadiusKm + lower_km) * std::sin(zenith_angle_rad);
  for (int i = first; i < last; ++i) {
    const double mid_km = height_km + 0.5 * thickness_km;
    const double r = kEarthRadiusKm + height_km;
    const double next_thickness_km = thickness_km * growth;
    const double next_height_km = height_km + thickness_km;
    const double next_r = kEarthRadiusKm + next_height_km;
    const double next_n =
        refractive_index(global_reference_air(next_height_km + 0.5 * next_thickness_km));

    const double sin_in = std::min(1.0, snell / (n * r));
    const double r_cos = r * std::sqrt((1.0 - sin_in) * (1.0 + sin_in));
    const double length_km =
        std::sqrt(r_cos * r_cos + 2.0 * r * thickness_km + thickness_km * thickness_km) -
        r_cos;  // (17)
    path.length_km += length_km;
    path.attenuation_db += length_km * gas.attenuation_db_per_km(mid_km);

    const double sin_out = std::min(1.0, snell / (n * next_r));
    path.end_zenith_angle_rad = std::asin(sin_out);
    if (i + 1 < last) {  // eq. (22a): refraction at the boundary above
      path.bending_rad +=
          std::asin(std::min(1.0, n / next_n * sin_out)) - path.end_zenith_angle_rad;
    }
    height_km = next_height_km;
    thickness_km = next_thickness_km;
    n = next_n;
  }
  return path;
}

/// Height at which a ray that leaves `height_km` downwards runs level, annex 1 section 2.2.2, to 1
/// m as P.528 needs it.
double lowest_height_km(double height_km, double zenith_angle_rad) {
  const double snell = refractive_index(global_reference_air(height_km)) *
                       (kEarthRadiusKm + height_km) * std::sin(zenith_angle_rad);
  double lowest_km = height_km;
  double difference_km = 1.0;
  for (double step_km = 0.5 * height_km; step_km > 1e-9; step_km *= 0.5) {
    lowest_km += difference_km > 0.0 ? -step_km : step_km;
    difference_km =
        refractive_index(global_reference_air(lowest_km)) * (kEarthRadiusKm + lowest_km) - snell;
    if (std::abs(difference_km) <= 1e-3) break;
  }
  return lowest_km;
}

}  // namespace

GasProfile::GasProfile(double frequency_ghz) {
  for (const Piece& piece : kPieces) {
    for (std::size_t i = 0; i < piece.count; ++i) {
      values_[piece.first + i] = gas_db_per_km(
          frequency_ghz, piece.from_km + static_cast<double>(i) / piece.steps_per_km());
    }
  }
}

double GasProfile::attenuation_db_per_km(double height_km) const {
  std::size_t k = 0;
  while (k + 1 < kPieces.size() && height_km > kPieces[k].to_km) ++k;
  const Piece& piece = kPieces[k];
  // The cubic through the four nodes around it, by forward differences.
  const double position = (height_km - piece.from_km) * piece.steps_per_km();
  const int before =
      std::clamp(static_cast<int>(position) - 1, 0, static_cast<int>(piece.count) - 4);
  const double x = position - before;
  const double* y = values_.data() + piece.first + before;
  const double d1 = y[1] - y[0];
  const double d2 = y[2] - 2.0 * y[1] + y[0];
  const double d3 = y[3] - 3.0 * (y[2] - y[1]) - y[0];
  return y[0] + x * (d1 + 0.5 * (x - 1.0) * (d2 + (x - 2.0) / 3.0 * d3));
}

SlantPath trace_slant_path(const GasProfile& gas, double lower_km, double upper_km,
                           double zenith_angle_rad) {
  if (zenith_angle_rad <= kPi / 2.0)
    return trace_upwards(gas, lower_km, upper_km, zenith_angle_rad);
  const double lowest_km = lowest_height_km(lower_km, zenith_angle_rad);
  const SlantPath to_lower = trace_upwards(gas, lowest_km, lower_km, kPi / 2.0);
  SlantPath path = trace_upwards(gas, lowest_km, upper_km, kPi / 2.0);
  path.attenuation_db += to_lower.attenuation_db;
  path.length_km += to_lower.length_km;
  path.bending_rad += to_lower.bending_rad;
  return path;
}

}  // namespace yonder::propagation
