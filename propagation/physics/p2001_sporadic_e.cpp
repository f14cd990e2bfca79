#include "propagation/physics/p2001_sporadic_e.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/units.h"
#include "propagation/physics/knife_edge.h"

namespace yonder::propagation::p2001 {
namespace {

constexpr double kLayerHeightKm = 120.0;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// Critical frequency exceeded for p % of time, MHz, eq. (G.1.1): on a logarithmic scale of time
/// between the two map percentages next to p, carried on beyond 0.1 and 50.
double foes_mhz(const SporadicE& map, double p) {
  const auto between = [&](double p1, double f1, double p2, double f2) {
    return f1 + (f2 - f1) * std::log10(p / p1) / std::log10(p2 / p1);
  };
  if (p < 1.0) return between(0.1, map.foes_0p1_mhz, 1.0, map.foes_1_mhz);
  if (p > 10.0) return between(10.0, map.foes_10_mhz, 50.0, map.foes_50_mhz);
  return between(1.0, map.foes_1_mhz, 10.0, map.foes_10_mhz);
}

/// Diffraction over a terminal's horizon towards the layer (eqs. (G.2.5)-(G.2.7)). The
/// Recommendation's formula ends where an angle, really a slope, comes to 90 degrees: such a
/// horizon hides the sky, and one as far below stands in no way.
double horizon_loss_db(const PathEnd& end, double elevation_rad, double f) {
  const double horizon_rad = 0.001 * end.horizon_mrad;
  if (horizon_rad >= 0.5 * kPi) return kInfinite;
  if (horizon_rad <= -0.5 * kPi) return 0.0;
  const double angle = horizon_rad - elevation_rad;
  const double nu = 3.651 * std::sqrt(1000.0 * f * end.horizon_km * (1.0 - std::cos(angle)) /
                                      std::cos(horizon_rad));
  return knife_edge_loss_db(angle >= 0.0 ? nu : -nu);
}

/// Sections G.2 and G.3 for `hops` hops at a critical frequency. Only the length from which
/// ionospheric loss rises exponentially is not simply that of one hop.
double hop_loss_db(const Path& path, double foes, double hops, double long_hop_km, double f) {
  const double d = path.distance_km / hops;  // of one hop
  const double ae = path.median_radius_km;
  const double ratio = 1000.0 * f / foes;
  const double ionosphere_db =  // eqs. (G.2.1), (G.3.1)
      (40.0 / (1.0 + d / 130.0 + (d / 250.0) * (d / 250.0)) + 0.2 * (d / 2600.0) * (d / 2600.0)) *
          ratio * ratio +
      std::exp((d - long_hop_km) / 280.0);
  const double half_angle = d / (2.0 * ae);
  const double layer_radius = ae + kLayerHeightKm;
  const double slope_km =  // eqs. (G.2.2), (G.3.2)
      2.0 * hops *
      std::sqrt(ae * ae + layer_radius * layer_radius -
                2.0 * ae * layer_radius * std::cos(half_angle));
  const double free_space_db = 92.4 + 20.0 * std::log10(f) + 20.0 * std::log10(slope_km);
  const double elevation_rad =  // eqs. (G.2.4), (G.3.4)
      0.5 * kPi -
      std::atan(ae * std::sin(half_angle) / (kLayerHeightKm + ae * (1.0 - std::cos(half_angle)))) -
      half_angle;
  return free_space_db + ionosphere_db + horizon_loss_db(path.tx, elevation_rad, f) +
         horizon_loss_db(path.rx, elevation_rad, f);
}

}  // namespace

SporadicELoss sporadic_e_loss(const Path& path, const Climate& climate, TimePercent time,
                              double frequency_ghz) {
  const double one_hop_foes = foes_mhz(climate.mid_foes, time.p);
  const double two_hop_foes = std::min(foes_mhz(climate.quarter_foes, time.p),
                                       foes_mhz(climate.three_quarter_foes, time.p));
  SporadicELoss out;
  out.one_hop_db = hop_loss_db(path, one_hop_foes, 1.0, 1660.0, frequency_ghz);
  out.two_hop_db = hop_loss_db(path, two_hop_foes, 2.0, 3220.0 / 2.0, frequency_ghz);
  const double smaller = std::min(out.one_hop_db, out.two_hop_db);
  const double apart = std::max(out.one_hop_db, out.two_hop_db) - smaller;
  out.loss_db = smaller;  // eq. (G.4.1)
  if (apart <= 20.0) out.loss_db -= 10.0 * std::log10(1.0 + std::pow(10.0, -0.1 * apart));
  return out;
}

}  // namespace yonder::propagation::p2001
