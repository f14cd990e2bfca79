#include "propagation/physics/itm_geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/physics/itm_geometry_closing.h"
#include "propagation/physics/itm_horizon.h"
#include "propagation/physics/itm_line_fit.h"
#include "propagation/physics/itm_roughness.h"

namespace yonder::propagation::itm {
namespace {

double smooth_horizon_m(double height_m, double earth_radius_m) {
  return std::sqrt(2.0 * height_m * earth_radius_m);
}

/// Median distance of the horizon in irregular terrain, Alg. eq. (3.3).
double median_horizon_m(double effective_height_m, double delta_h_m, double earth_radius_m) {
  return smooth_horizon_m(effective_height_m, earth_radius_m) *
         std::exp(-0.07 * std::sqrt(delta_h_m / std::max(effective_height_m, 5.0)));
}

/// Median elevation of that horizon, Alg. eq. (3.4).
double median_horizon_angle(double effective_height_m, double horizon_m, double delta_h_m,
                            double earth_radius_m) {
  const double smooth_m = smooth_horizon_m(effective_height_m, earth_radius_m);
  return (0.65 * delta_h_m * (smooth_m / horizon_m - 1.0) - 2.0 * effective_height_m) / smooth_m;
}

/// Radio horizons of both antennas; of an antenna that sees the other, the other antenna. Distances
/// are running sums of the step, as in the source: a tenth of them is cut to whole points later,
/// where their last bit can decide.
void find_horizons(std::span<const double> ground_m, double step_m, double earth_radius_m,
                   Geometry& g) {
  const double half_curvature = 0.5 / earth_radius_m;
  const double tx_m = ground_m.front() + g.height_m[0];
  const double rx_m = ground_m.back() + g.height_m[1];
  auto [tx, rx] = DirectView(tx_m, rx_m, g.distance_m, half_curvature);
  double from_tx_m = 0.0;
  double from_rx_m = g.distance_m;
  for (const double ground : ground_m.subspan(1, ground_m.size() - 2)) {
    from_tx_m += step_m;
    from_rx_m -= step_m;
    tx.look_at(ground - tx_m, from_tx_m, half_curvature);
    rx.look_at(ground - rx_m, from_rx_m, half_curvature);
  }
  g.horizon_angle_rad = {tx.angle_rad, rx.angle_rad};
  g.horizon_distance_m = {tx.distance_m, rx.distance_m};
}

}  // namespace

void use_common_plane(const Line& plane, double first_ground_m, double last_ground_m,
                      double earth_radius_m, Geometry& g) {
  g.effective_height_m = {g.height_m[0] + std::max(first_ground_m - plane.at_first, 0.0),
                          g.height_m[1] + std::max(last_ground_m - plane.at_last, 0.0)};
  const auto set_horizons = [&] {
    for (std::size_t end = 0; end < 2; ++end) {
      g.horizon_distance_m[end] =
          median_horizon_m(g.effective_height_m[end], g.delta_h_m, earth_radius_m);
    }
  };
  set_horizons();
  if (g.horizons_m() <= g.distance_m) {
    // They do see each other, so their horizons must meet: raise both.
    const double ratio = g.distance_m / g.horizons_m();
    for (double& height_m : g.effective_height_m) height_m *= ratio * ratio;
    set_horizons();
  }
  for (std::size_t end = 0; end < 2; ++end) {
    g.horizon_angle_rad[end] = median_horizon_angle(
        g.effective_height_m[end], g.horizon_distance_m[end], g.delta_h_m, earth_radius_m);
  }
}

double mean_ground_m(std::span<const double> ground_m) {
  const std::size_t tenth = (ground_m.size() - 1) / 10;
  const std::span<const double> middle = ground_m.subspan(tenth, ground_m.size() - 2 * tenth);
  std::array<double, 4> sum{};
  std::size_t i = 0;
  for (; i + sum.size() <= middle.size(); i += sum.size()) {
    for (std::size_t lane = 0; lane < sum.size(); ++lane) sum[lane] += middle[i + lane];
  }
  for (; i < middle.size(); ++i) sum[0] += middle[i];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) / static_cast<double>(middle.size());
}

Geometry geometry_of_profile(std::span<const double> ground_m, double step_m, const Pair& height_m,
                             double effective_earth_radius_m) {
  const double distance_m = step_m * static_cast<double>(ground_m.size() - 1);
  Geometry g;
  g.distance_m = distance_m;
  g.height_m = height_m;
  g.is_profile_known = true;
  find_horizons(ground_m, step_m, effective_earth_radius_m, g);

  close_geometry(
      g, ground_m.front(), ground_m.back(), step_m, effective_earth_radius_m,
      [&](double from, double to) { return fit_line(ground_m, from, to); },
      [&](double from_m, double to_m) {
        return profile_delta_h_m(ground_m, step_m, from_m, to_m);
      });
  return g;
}

Geometry geometry_of_area(double distance_m, double delta_h_m, const Pair& height_m,
                          const std::array<Siting, 2>& siting, double effective_earth_radius_m) {
  Geometry g;
  g.distance_m = distance_m;
  g.height_m = height_m;
  g.delta_h_m = delta_h_m;
  for (std::size_t end = 0; end < 2; ++end) {
    double& effective_m = g.effective_height_m[end];
    effective_m = height_m[end];
    if (siting[end] != Siting::random) {  // Alg. eq. (3.2): a chosen place is a local height
      double gain_m = siting[end] == Siting::careful ? 4.0 : 9.0;
      if (height_m[end] < 5.0) gain_m *= std::sin(0.1 * std::numbers::pi * height_m[end]);
      effective_m += (1.0 + gain_m) *
                     std::exp(-std::min(20.0, 2.0 * height_m[end] / std::max(1e-3, delta_h_m)));
    }
    g.horizon_distance_m[end] = median_horizon_m(effective_m, delta_h_m, effective_earth_radius_m);
    g.horizon_angle_rad[end] = median_horizon_angle(effective_m, g.horizon_distance_m[end],
                                                    delta_h_m, effective_earth_radius_m);
  }
  return g;
}

}  // namespace yonder::propagation::itm
