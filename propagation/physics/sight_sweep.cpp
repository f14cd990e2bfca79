#include "propagation/physics/sight_sweep.h"

#include <limits>

#include "propagation/physics/key_points.h"

namespace yonder::propagation {

void sweep_by_horizon(const RadialInput& radial, std::span<const SweepTarget> targets,
                      double earth_radius_m, SweepScratch& scratch,
                      std::span<PathLossResult> results) {
  const PathProfileView& s = radial.samples;
  const std::size_t receivers = radial.receiver_count();
  const double tx_amsl_m = s.ground_amsl_m.front() + radial.tx.height_agl_m;
  // Curvature bends all rays from the transmitter by the same amount at the same distance: with
  // x / (2 a) taken off slopes, the order of points does not depend on the receiver.
  const double curvature = 0.5 / earth_radius_m;
  double steepest = -std::numeric_limits<double>::infinity();
  std::size_t horizon = 1;
  std::size_t known = 1;
  for (std::size_t r = 0; r < receivers; ++r) {
    for (; known < radial.sample_count[r]; ++known) {
      const double x = s.distance_m[known];
      const double slope =
          (s.ground_amsl_m[known] + s.clutter_at(known) - tx_amsl_m) / x - x * curvature;
      if (slope > steepest) {
        steepest = slope;
        horizon = known;
      }
    }
    KeyPoints points;
    points.add(horizon);
    for (std::size_t t = 0; t < targets.size(); ++t) {
      results[t * receivers + r] = targets[t].model->evaluate(
          points.input(radial, r, targets[t], scratch.profile), scratch.workspace);
    }
  }
}

}  // namespace yonder::propagation
