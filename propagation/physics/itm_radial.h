#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/radial_sweep.h"
#include "core/workspace.h"
#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_line_fit.h"

namespace yonder::propagation::itm {

/// The ground along a radial: means and fitted lines of any receiver's profile in constant time,
/// from prefix sums. A receiver's end point is put behind the samples it shares with the others.
class RadialGround {
 public:
  RadialGround(const RadialInput& radial, Workspace& workspace);

  /// No height is NaN or infinite.
  bool is_known() const { return is_known_; }

  /// What mean_ground_m() says of receiver r's profile.
  double mean_ground_m(std::size_t receiver) const;

  /// Puts receiver r's ground at the end of its profile, until the next call; returns its heights.
  std::span<const double> profile_to(std::size_t receiver);

  /// What fit_line() says of the profile of the last profile_to().
  Line fit(double from_steps, double to_steps) const;

  double height_m(std::size_t sample) const { return radial_.samples.ground_amsl_m[sample]; }

 private:
  const RadialInput& radial_;
  std::span<double> heights_;   ///< with room for one end point
  std::span<double> sum_;       ///< of the heights above the base before a point
  std::span<double> weighted_;  ///< the same, times their index
  std::span<const double> profile_;
  double base_m_;
  bool is_known_;
};

/// Arrays of receivers have room for whole vectors of eight.
constexpr std::size_t padded_count(std::size_t receivers) { return (receivers + 7) / 8 * 8; }

/// ITM's quantities of all receivers of a radial, one array each, with room for padded_count().
struct RadialPaths {
  RadialPaths(std::size_t receivers, Workspace& workspace);

  std::span<double> step_m;      ///< of the receiver's evened profile
  std::span<double> distance_m;  ///< its length
  std::span<double> surface_refractivity;
  std::span<double> effective_earth_radius_m;
  std::array<std::span<double>, 2> horizon_distance_m;
  std::array<std::span<double>, 2> horizon_angle_rad;
  std::array<std::span<double>, 2> effective_height_m;
  std::span<double> delta_h_m;

  void set(std::size_t receiver, const Geometry& g);
  Geometry geometry(std::size_t receiver, const Pair& height_m) const;
};

/// Whether receiver r's air was found within the model's range; the geometry of others is not
/// computed.
using IsServed = bool (*)(double surface_refractivity, double effective_earth_radius_m);

/// Buffers of geometry_of_radial(), for one radial and any number of calls.
struct GeometryScratch {
  GeometryScratch(const RadialInput& radial, Workspace& workspace);
  std::span<double> curvature;
  std::span<double> largest_to_come;
  std::array<std::span<double>, 3> tx_horizon;
  std::array<std::span<double>, 4> rx_horizon;
};

/// Geometries of all served receivers, as geometry_of_profile() has them of each profile.
/// Distances, steps and the medium of `paths` are filled.
void geometry_of_radial(const RadialInput& radial, double rx_height_agl_m, RadialGround& ground,
                        IsServed is_served, GeometryScratch& scratch, RadialPaths& paths);

}  // namespace yonder::propagation::itm
