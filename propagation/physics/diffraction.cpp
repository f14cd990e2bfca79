#include "propagation/physics/diffraction.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "propagation/physics/bullington.h"
#include "propagation/physics/knife_edge.h"

namespace yonder::propagation {
namespace {

constexpr double kLowest = -std::numeric_limits<double>::infinity();

}  // namespace

std::optional<Edge> strongest_edge(const DiffractionPath& path, std::size_t first,
                                   double first_amsl_m, std::size_t last, double last_amsl_m) {
  if (last - first < 2) return std::nullopt;
  const std::span<const double> x = path.profile.distance_m;
  const double length_m = x[last] - x[first];
  const double slope = (last_amsl_m - first_amsl_m) / length_m;
  double best = kLowest;  // of H |H| / (s (D - s)), which orders edges as nu does
  std::size_t index = first + 1;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double s = x[i] - x[first];
    const double product = s * (length_m - s);
    const double height =
        path.obstacle_amsl_m(i) + product * path.curvature_per_m - first_amsl_m - slope * s;
    const double order = height * std::abs(height) / product;
    if (order > best) {
      best = order;
      index = i;
    }
  }
  const double root = std::sqrt(std::abs(best) * length_m);
  return Edge{index, best < 0.0 ? -root : root};
}

double bullington_obstruction(const DiffractionPath& path) {
  YONDER_EXPECTS(path.profile.size() >= 3);
  const std::span<const double> x = path.profile.distance_m;
  const std::size_t last = x.size() - 1;
  const double length_m = x[last];
  double tx_slope = kLowest;
  double rx_slope = kLowest;
  for (std::size_t i = 1; i < last; ++i) {
    const double rest = length_m - x[i];
    const double height = path.obstacle_amsl_m(i) + path.curvature_per_m * x[i] * rest;
    tx_slope = std::max(tx_slope, (height - path.tx_amsl_m) / x[i]);
    rx_slope = std::max(rx_slope, (height - path.rx_amsl_m) / rest);
  }
  if (tx_slope > (path.rx_amsl_m - path.tx_amsl_m) / length_m) {
    return transhorizon_obstruction(length_m, path.tx_amsl_m, path.rx_amsl_m, tx_slope, rx_slope,
                                    x[1], x[last - 1]);
  }
  const auto edge = strongest_edge(path, 0, path.tx_amsl_m, last, path.rx_amsl_m);
  return edge ? edge->obstruction : kLowest;
}

EndHeights diffraction_smooth_heights(const DiffractionPath& path) {
  const std::span<const double> x = path.profile.distance_m;
  const std::span<const double> h = path.profile.ground_amsl_m;
  SmoothEarthSums sums;
  for (std::size_t i = 1; i < x.size(); ++i) sums.add_segment(x[i - 1], h[i - 1], x[i], h[i]);
  return diffraction_smooth_heights(path, sums);
}

EndHeights diffraction_smooth_heights(const DiffractionPath& path, const SmoothEarthSums& sums) {
  const std::span<const double> x = path.profile.distance_m;
  const std::span<const double> h = path.profile.ground_amsl_m;
  const std::size_t last = x.size() - 1;
  const double length_m = x[last];
  StraightLineObstruction line{kLowest, kLowest, kLowest};
  const double slope = (path.rx_amsl_m - path.tx_amsl_m) / length_m;
  for (std::size_t i = 1; i < last; ++i) {
    const double height = h[i] - path.tx_amsl_m - slope * x[i];
    line.height_m = std::max(line.height_m, height);
    line.tx_elevation = std::max(line.tx_elevation, height / x[i]);
    line.rx_elevation = std::max(line.rx_elevation, height / (length_m - x[i]));
  }
  return diffraction_smooth_heights(smooth_earth_ends(sums, length_m), line, {h[0], h[last]});
}

ThreeEdges three_edges(const DiffractionPath& path, double nu_per_obstruction) {
  const std::size_t last = path.profile.size() - 1;
  const auto principal = strongest_edge(path, 0, path.tx_amsl_m, last, path.rx_amsl_m);
  if (!principal) return {kLowest, kLowest, kLowest, 0};
  const double top = path.obstacle_amsl_m(principal->index);
  const auto tx_side = strongest_edge(path, 0, path.tx_amsl_m, principal->index, top);
  const auto rx_side = strongest_edge(path, principal->index, top, last, path.rx_amsl_m);
  return {.principal_nu = principal->obstruction * nu_per_obstruction,
          .tx_side_nu = tx_side ? tx_side->obstruction * nu_per_obstruction : kLowest,
          .rx_side_nu = rx_side ? rx_side->obstruction * nu_per_obstruction : kLowest,
          .principal_index = principal->index};
}

double deygout_loss_db(const ThreeEdges& edges) {
  double loss_db = knife_edge_loss_db(edges.principal_nu);
  if (edges.principal_nu > 0.0) {
    loss_db += knife_edge_loss_db(edges.tx_side_nu) + knife_edge_loss_db(edges.rx_side_nu);
  }
  return loss_db;
}

double cascaded_knife_edge_loss_db(const ThreeEdges& edges, double distance_m) {
  const double principal_db = knife_edge_loss_db(edges.principal_nu);
  const double correction_db = 10.0 + 0.04 * distance_m / 1000.0;  // C
  const double blend = 1.0 - std::exp(-principal_db / 6.0);        // T, 0 without a principal loss
  return principal_db + blend * (knife_edge_loss_db(edges.tx_side_nu) +
                                 knife_edge_loss_db(edges.rx_side_nu) + correction_db);
}

SphericalEarthLoss spherical_earth_loss(double distance_km, double h1_m, double h2_m,
                                        double radius_km, const DiffractionWave& wave) {
  const double cbrt_f = std::cbrt(wave.frequency_ghz);
  const double land = surface_admittance(wave.land, wave.frequency_ghz, wave.polarization);
  const double sea = surface_admittance(kSeaGround, wave.frequency_ghz, wave.polarization);
  const auto first_term = [&](double cbrt_radius) {
    double loss_db = 0.0;
    if (wave.sea_fraction < 1.0) {
      loss_db += (1.0 - wave.sea_fraction) *
                 spherical_earth_first_term_db(distance_km, h1_m, h2_m, cbrt_radius, cbrt_f, land);
    }
    if (wave.sea_fraction > 0.0) {
      loss_db += wave.sea_fraction *
                 spherical_earth_first_term_db(distance_km, h1_m, h2_m, cbrt_radius, cbrt_f, sea);
    }
    return loss_db;
  };
  return spherical_earth_loss(distance_km, h1_m, h2_m, radius_km, std::cbrt(radius_km),
                              wave.wavelength_m, first_term);
}

DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave) {
  return delta_bullington(path, wave, diffraction_smooth_heights(path),
                          0.5e-3 / path.curvature_per_m);
}

DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave,
                                 const EndHeights& smooth, double sphere_radius_km) {
  const std::span<const double> x = path.profile.distance_m;
  return delta_bullington(path, wave, smooth, sphere_radius_km, x.subspan(1, x.size() - 2));
}

DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave,
                                 const EndHeights& smooth, double sphere_radius_km,
                                 std::span<const double> interior_m) {
  const double nu_per_obstruction = std::sqrt(2.0 / wave.wavelength_m);
  const double distance_km = path.distance_m() / 1000.0;
  const auto loss_db = [&](double obstruction) {
    return bullington_loss_db(knife_edge_loss_db(obstruction * nu_per_obstruction), distance_km);
  };
  const double h1 = path.tx_amsl_m - smooth.tx_m;
  const double h2 = path.rx_amsl_m - smooth.rx_m;
  DeltaBullington out;
  out.smooth = smooth;
  out.actual_db = loss_db(bullington_obstruction(path));
  out.smooth_db = loss_db(
      smooth_earth_obstruction(interior_m, path.distance_m(), h1, h2, 0.5e-3 / sphere_radius_km));
  out.spherical_db = spherical_earth_loss(distance_km, h1, h2, sphere_radius_km, wave).loss_db;
  out.loss_db = out.actual_db + std::max(out.spherical_db - out.smooth_db, 0.0);
  return out;
}

}  // namespace yonder::propagation
