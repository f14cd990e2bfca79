#pragma once

#include <span>
#include <vector>

#include "core/path_loss_field.h"
#include "core/profile_cut.h"
#include "core/radial_sweep.h"

namespace yonder {

/// Pixels nearer to the antenna than this many pixels are evaluated by the exact engine: a radial's
/// samples would be too few for them.
inline constexpr double kExactWithinPixels = kMinProfileIntervals;

/// Azimuths are laid this much closer than one outermost pixel apart.
inline constexpr double kRadialsPerPixel = 2.0;

/// A receiver's profile takes a radial's samples up to this many steps before it. With clutter the
/// clearance is such that no sample lies within the receiver's own pixel, whose clutter is no
/// obstacle.
inline constexpr double kClearanceSteps = 0.4;
inline constexpr double kClutterClearanceSteps = 0.7072;

/// The sweep engine: terrain is sampled once along azimuths, and each pixel takes the profile of
/// its nearest azimuth with its own distance, clutter and zone, and with the ground where the
/// azimuth passes it: the pixel's own ground, beside a profile that runs up to a quarter of a pixel
/// aside, would make false slopes before the receiver (docs/decisions/0006). One field per target;
/// the targets share sampling and all that their model can share. `spec` gives antenna, radius and
/// short-range rule; its frequency, polarization and receiver height are those of the targets.
/// Bit-identical at any thread count. Throws Stopped.
std::vector<PathLossField> sweep_path_loss_fields(const Terrain& terrain, const FieldSpec& spec,
                                                  std::span<const SweepTarget> targets,
                                                  PixelWindow area, const RunControl& control,
                                                  JobProgress& job);

/// One pixel as the sweep engine computes it, with the profile it takes (unspecified where terrain
/// lacks) and, if wanted, the point model's terms over that profile.
PathLossSample sweep_pixel(const Terrain& terrain, const FieldSpec& spec,
                           const PathLossModel& model, Pixel pixel, PathProfile& profile,
                           Terms* terms = nullptr);

/// `spec` with a target's frequency, polarization and receiver height.
FieldSpec spec_of(const FieldSpec& spec, const SweepTarget& target);

}  // namespace yonder
