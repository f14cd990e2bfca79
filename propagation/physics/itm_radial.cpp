#include "propagation/physics/itm_radial.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/physics/itm_geometry_closing.h"
#include "propagation/physics/itm_horizon.h"
#include "propagation/physics/itm_radial_hull.h"
#include "propagation/physics/itm_radial_roughness.h"

namespace yonder::propagation::itm {
namespace {

// Fits over fewer points are summed directly: differences of long sums are too coarse for them.
constexpr std::size_t kFewPoints = 48;

// A hull is trimmed when the curvatures still to come are this part below its own.
constexpr double kTrim = 1.0 / 256.0;

}  // namespace

RadialGround::RadialGround(const RadialInput& radial, Workspace& workspace)
    : radial_(radial), base_m_(radial.samples.ground_amsl_m.front()) {
  const std::size_t samples = radial.sample_count.back();
  heights_ = workspace.doubles(samples + 1);
  sum_ = workspace.doubles(samples + 1);
  weighted_ = workspace.doubles(samples + 1);
  std::copy_n(radial.samples.ground_amsl_m.begin(), samples, heights_.begin());
  double sum = 0.0;
  double weighted = 0.0;
  for (std::size_t i = 0; i < samples; ++i) {
    sum_[i] = sum;
    weighted_[i] = weighted;
    const double height_m = heights_[i] - base_m_;
    sum += height_m;
    weighted += height_m * static_cast<double>(i);
  }
  sum_[samples] = sum;
  weighted_[samples] = weighted;
  for (const double height_m : radial.ground_amsl_m) sum += height_m - base_m_;
  is_known_ = std::isfinite(sum);
}

double RadialGround::mean_ground_m(std::size_t receiver) const {
  const std::size_t end = radial_.sample_count[receiver];
  const std::size_t tenth = end / 10;
  const std::size_t behind = end + 1 - tenth;
  double sum = sum_[std::min(behind, end)] - sum_[tenth];
  if (behind > end) sum += radial_.ground_amsl_m[receiver] - base_m_;
  return base_m_ + sum / static_cast<double>(behind - tenth);
}

std::span<const double> RadialGround::profile_to(std::size_t receiver) {
  // Sample counts do not fall: only the point behind the previous profile was overwritten.
  const std::size_t end = radial_.sample_count[receiver];
  if (!profile_.empty() && profile_.size() - 1 < radial_.samples.ground_amsl_m.size()) {
    heights_[profile_.size() - 1] = radial_.samples.ground_amsl_m[profile_.size() - 1];
  }
  heights_[end] = radial_.ground_amsl_m[receiver];
  profile_ = heights_.first(end + 1);
  return profile_;
}

Line RadialGround::fit(double from_steps, double to_steps) const {
  const std::size_t end = profile_.size() - 1;
  const LinePart part = line_part(end, from_steps, to_steps);
  if (part.last - part.first < kFewPoints) {
    return line_through(part, line_moments(profile_, part), profile_[part.first],
                        profile_[part.last], end);
  }
  const std::size_t behind = std::min(part.last + 1, end);
  LineMoments moments{sum_[behind] - sum_[part.first], weighted_[behind] - weighted_[part.first]};
  const double last_m = profile_[part.last] - base_m_;
  if (part.last == end) {
    moments.sum += last_m;
    moments.weighted += last_m * static_cast<double>(end);
  }
  moments.weighted -= part.middle() * moments.sum;
  const Line line = line_through(part, moments, profile_[part.first] - base_m_, last_m, end);
  return {line.at_first + base_m_, line.at_last + base_m_};
}

RadialPaths::RadialPaths(std::size_t receivers, Workspace& workspace) {
  for (std::span<double>* array :
       {&step_m, &distance_m, &surface_refractivity, &effective_earth_radius_m,
        &horizon_distance_m[0], &horizon_distance_m[1], &horizon_angle_rad[0],
        &horizon_angle_rad[1], &effective_height_m[0], &effective_height_m[1], &delta_h_m}) {
    *array = workspace.doubles(padded_count(receivers)).first(receivers);
  }
}

void RadialPaths::set(std::size_t receiver, const Geometry& g) {
  for (std::size_t end = 0; end < 2; ++end) {
    horizon_distance_m[end][receiver] = g.horizon_distance_m[end];
    horizon_angle_rad[end][receiver] = g.horizon_angle_rad[end];
    effective_height_m[end][receiver] = g.effective_height_m[end];
  }
  delta_h_m[receiver] = g.delta_h_m;
}

Geometry RadialPaths::geometry(std::size_t receiver, const Pair& height_m) const {
  Geometry g;
  g.distance_m = distance_m[receiver];
  g.height_m = height_m;
  g.is_profile_known = true;
  for (std::size_t end = 0; end < 2; ++end) {
    g.horizon_distance_m[end] = horizon_distance_m[end][receiver];
    g.horizon_angle_rad[end] = horizon_angle_rad[end][receiver];
    g.effective_height_m[end] = effective_height_m[end][receiver];
  }
  g.delta_h_m = delta_h_m[receiver];
  return g;
}

GeometryScratch::GeometryScratch(const RadialInput& radial, Workspace& workspace)
    : curvature(workspace.doubles(radial.receiver_count())),
      largest_to_come(workspace.doubles(radial.receiver_count() + 1)) {
  for (std::span<double>& array : tx_horizon) array = workspace.doubles(radial.sample_count.back());
  for (std::span<double>& array : rx_horizon) array = workspace.doubles(radial.sample_count.back());
}

void geometry_of_radial(const RadialInput& radial, double rx_height_agl_m, RadialGround& ground,
                        IsServed is_served, GeometryScratch& scratch, RadialPaths& paths) {
  const std::size_t receivers = radial.receiver_count();
  const auto served = [&](std::size_t r) {
    return is_served(paths.surface_refractivity[r], paths.effective_earth_radius_m[r]);
  };
  // Bulge of each receiver's earth in m per squared point number; the largest still to come.
  const std::span<double> curvature = scratch.curvature;
  const std::span<double> largest = scratch.largest_to_come;
  double low = std::numeric_limits<double>::infinity();
  largest[receivers] = 0.0;
  for (std::size_t r = receivers; r-- > 0;) {
    largest[r] = largest[r + 1];
    if (!served(r)) continue;
    curvature[r] = paths.step_m[r] * paths.step_m[r] * (0.5 / paths.effective_earth_radius_m[r]);
    low = std::min(low, curvature[r]);
    largest[r] = std::max(largest[r], curvature[r]);
  }
  const double high = largest[0];
  if (high == 0.0) return;  // none is served

  const auto& tx = scratch.tx_horizon;
  const auto& rx = scratch.rx_horizon;
  TxHorizonEnvelope tx_horizon(tx[0], tx[1], tx[2], low, high);
  RxHorizonHull rx_horizon(rx[0], rx[1], rx[2], rx[3], high);
  const double tx_amsl_m = ground.height_m(0) + radial.tx.height_agl_m;
  RadialRoughness roughness;
  std::size_t level_from = 0;  // since where the points seen are equally high
  std::size_t seen = 1;        // points the hulls hold, the transmitter's among them
  for (std::size_t r = 0; r < receivers; ++r) {
    const std::size_t end = radial.sample_count[r];
    if (largest[r] < rx_horizon.curvature() * (1.0 - kTrim)) rx_horizon.lower_curvature(largest[r]);
    for (; seen < end; ++seen) {
      const double index = static_cast<double>(seen);
      if (ground.height_m(seen) != ground.height_m(seen - 1)) level_from = seen;
      tx_horizon.push(index, (ground.height_m(seen) - tx_amsl_m) / index);
      rx_horizon.push(index, ground.height_m(seen));
    }
    if (!served(r)) continue;

    const std::span<const double> profile = ground.profile_to(r);
    const double step_m = paths.step_m[r];
    const double radius_m = paths.effective_earth_radius_m[r];
    const double half_curvature = 0.5 / radius_m;
    const double rx_amsl_m = profile.back() + rx_height_agl_m;
    const double steps = static_cast<double>(end);
    Geometry g;
    g.distance_m = paths.distance_m[r];
    g.height_m = {radial.tx.height_agl_m, rx_height_agl_m};
    g.is_profile_known = true;
    DirectView view(tx_amsl_m, rx_amsl_m, g.distance_m, half_curvature);
    const auto from_tx = tx_horizon.highest(curvature[r]);
    for (std::size_t k = from_tx.first; k < from_tx.first + from_tx.count; ++k) {
      const double index = tx_horizon.index(k);
      view.tx.look_at(profile[static_cast<std::size_t>(index)] - tx_amsl_m, index * step_m,
                      half_curvature);
    }
    const auto from_rx = rx_horizon.steepest(steps, rx_amsl_m, curvature[r]);
    for (std::size_t k = from_rx.first; from_rx.any && k <= from_rx.last; ++k) {
      const double index = rx_horizon.index(k);
      view.rx.look_at(profile[static_cast<std::size_t>(index)] - rx_amsl_m,
                      (steps - index) * step_m, half_curvature);
    }
    g.horizon_angle_rad = {view.tx.angle_rad, view.rx.angle_rad};
    g.horizon_distance_m = {view.tx.distance_m, view.rx.distance_m};
    close_geometry(
        g, profile.front(), profile.back(), step_m, radius_m,
        [&](double from, double to) { return ground.fit(from, to); },
        [&](double from_m, double to_m) {
          return roughness.delta_h_m(profile, profile.back() == profile[end - 1] ? level_from : end,
                                     step_m, from_m, to_m);
        });
    paths.set(r, g);
  }
}

}  // namespace yonder::propagation::itm
