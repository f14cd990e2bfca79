#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/path_loss_model.h"
#include "core/path_profile.h"
#include "core/workspace.h"

/// Many receivers along one azimuth at once: the contract between the sweep engine and the models.
namespace yonder {

/// Terrain along one azimuth from a transmitter, and the receivers near that azimuth.
///
/// The profile of receiver r is: the first `sample_count[r]` samples, then one end point with the
/// receiver's own distance, ground, clutter and zone. So receivers share all but their last point.
/// For a model that needs_equidistant_profile, the same heights stand even_step_m() apart.
struct RadialInput {
  Terminal tx;
  double step_m = 0.0;      ///< distance between samples
  PathProfileView samples;  ///< distance_m[i] == i * step_m; sample 0 is the transmitter's foot

  std::span<const double> distance_m;  ///< of receivers, non-decreasing
  std::span<const double> ground_amsl_m;
  std::span<const double> clutter_height_m;     ///< empty exactly when that of `samples` is
  std::span<const Zone> zone;                   ///< empty exactly when that of `samples` is
  std::span<const LonLat> position;             ///< of receivers
  std::span<const std::uint32_t> sample_count;  ///< >= 2, non-decreasing; the last of these
                                                ///< samples lies before the receiver

  std::size_t receiver_count() const { return distance_m.size(); }
};

class PathLossModel;

/// One of several results wanted of a radial: what may differ while the terrain stays.
struct SweepTarget {
  const PathLossModel* model = nullptr;  ///< all targets of a call are of one model id; their
                                         ///< parameters may differ
  double frequency_hz = 0.0;
  Polarization polarization = Polarization::vertical;
  double rx_height_agl_m = 0.0;
};

/// Buffers that one thread lends to sweeps.
struct SweepScratch {
  PathProfile profile;     ///< of a receiver
  PathProfile key_points;  ///< of the few points that decide a receiver's result
  Workspace workspace;
};

/// Spacing of a receiver's profile for a model that needs it even: the receiver keeps its distance
/// (to 3e-8 of it), the samples move outwards or inwards in proportion, the farthest by less than a
/// step. Rounded to 24 bits, so that multiples of it, and running sums of them, are exact: models
/// that cut positions to whole points (ITM) then come to the same point whichever way they count.
double even_step_m(double distance_m, std::size_t intervals);

/// The meaning of a sweep: each receiver's profile, put together and evaluated on its own, O(n) a
/// receiver. `results[t * receiver_count + r]` is target t at receiver r. A model's own sweep
/// agrees with this to 1e-6 dB.
void sweep_by_evaluation(const RadialInput& radial, std::span<const SweepTarget> targets,
                         SweepScratch& scratch, std::span<PathLossResult> results);

/// The input of receiver r for one target, over `profile`, which is filled and must outlive it.
PathLossInput receiver_input(const RadialInput& radial, std::size_t receiver,
                             const SweepTarget& target, PathProfile& profile);

/// receiver_input() for receivers in their order, at a cost that does not grow with distance: what
/// a profile shares with the one before stays where it is (unless its model needs another step).
class GrowingProfile {
 public:
  /// Fills `profile`, which must outlive this; so must `radial`.
  GrowingProfile(const RadialInput& radial, PathProfile& profile);

  /// Precondition: no receiver before the last one asked for.
  PathLossInput input(std::size_t receiver, const SweepTarget& target);

 private:
  const RadialInput& radial_;
  PathProfile& profile_;
};

}  // namespace yonder
