#pragma once

#include "core/radial_sweep.h"

namespace yonder::propagation {

/// sweep_by_evaluation() for models that ask of the terrain between the terminals only whether
/// ray_clears_terrain() over an earth of `earth_radius_m`, in O(1) a receiver: the point that
/// stands highest as seen from the transmitter blocks the ray if any does, so each model sees a
/// profile of this one point between the terminals.
void sweep_by_horizon(const RadialInput& radial, std::span<const SweepTarget> targets,
                      double earth_radius_m, SweepScratch& scratch,
                      std::span<PathLossResult> results);

}  // namespace yonder::propagation
