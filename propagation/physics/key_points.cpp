#include "propagation/physics/key_points.h"

namespace yonder::propagation {

PathLossInput KeyPoints::input(const RadialInput& radial, std::size_t receiver,
                               const SweepTarget& target, PathProfile& profile) const {
  const auto pick = [&](auto samples, auto ends, auto& out) {
    out.clear();
    if (samples.empty()) return;
    for (std::size_t i = 0; i < size_; ++i) out.push_back(samples[points_[i]]);
    out.push_back(ends[receiver]);
  };
  pick(radial.samples.distance_m, radial.distance_m, profile.distance_m);
  pick(radial.samples.ground_amsl_m, radial.ground_amsl_m, profile.ground_amsl_m);
  pick(radial.samples.clutter_height_m, radial.clutter_height_m, profile.clutter_height_m);
  pick(radial.samples.zone, radial.zone, profile.zone);
  PathLossInput input;
  input.frequency_hz = target.frequency_hz;
  input.polarization = target.polarization;
  input.distance_m = radial.distance_m[receiver];
  input.tx = radial.tx;
  input.rx = {target.rx_height_agl_m, radial.position[receiver], std::nullopt};
  input.profile = profile.view();
  return input;
}

}  // namespace yonder::propagation
