#include "core/radial_sweep.h"

#include <algorithm>

#include "core/contracts.h"

namespace yonder {
namespace {

template <typename T>
void join(std::span<const T> samples, std::size_t count, std::span<const T> ends, std::size_t end,
          std::vector<T>& out) {
  out.clear();
  if (samples.empty()) return;
  out.insert(out.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count));
  out.push_back(ends[end]);
}

/// `out` holds a shorter profile of the same samples and its end, or nothing.
template <typename T>
void grow(std::span<const T> samples, std::size_t count, std::span<const T> ends, std::size_t end,
          std::vector<T>& out) {
  if (samples.empty()) return;
  if (!out.empty()) out.pop_back();
  out.insert(out.end(), samples.begin() + static_cast<std::ptrdiff_t>(out.size()),
             samples.begin() + static_cast<std::ptrdiff_t>(count));
  out.push_back(ends[end]);
}

PathLossInput input_over(const RadialInput& radial, std::size_t receiver, const SweepTarget& target,
                         const PathProfile& profile) {
  PathLossInput input;
  input.frequency_hz = target.frequency_hz;
  input.polarization = target.polarization;
  input.distance_m = profile.distance_m.back();
  input.tx = radial.tx;
  input.rx = {target.rx_height_agl_m, radial.position[receiver], std::nullopt};
  input.profile = profile.view();
  return input;
}

}  // namespace

double even_step_m(double distance_m, std::size_t intervals) {
  return static_cast<double>(static_cast<float>(distance_m / static_cast<double>(intervals)));
}

PathLossInput receiver_input(const RadialInput& radial, std::size_t receiver,
                             const SweepTarget& target, PathProfile& profile) {
  const std::size_t count = radial.sample_count[receiver];
  YONDER_EXPECTS(count >= 2 && radial.samples.distance_m[count - 1] < radial.distance_m[receiver]);
  join(radial.samples.distance_m, count, radial.distance_m, receiver, profile.distance_m);
  join(radial.samples.ground_amsl_m, count, radial.ground_amsl_m, receiver, profile.ground_amsl_m);
  join(radial.samples.clutter_height_m, count, radial.clutter_height_m, receiver,
       profile.clutter_height_m);
  join(radial.samples.zone, count, radial.zone, receiver, profile.zone);
  if (target.model->info().needs_equidistant_profile) {
    const double step_m = even_step_m(radial.distance_m[receiver], count);
    for (std::size_t i = 0; i <= count; ++i) {
      profile.distance_m[i] = step_m * static_cast<double>(i);
    }
  }
  return input_over(radial, receiver, target, profile);
}

GrowingProfile::GrowingProfile(const RadialInput& radial, PathProfile& profile)
    : radial_(radial), profile_(profile) {
  profile.resize(0);
}

PathLossInput GrowingProfile::input(std::size_t receiver, const SweepTarget& target) {
  if (target.model->info().needs_equidistant_profile) {
    return receiver_input(radial_, receiver, target, profile_);
  }
  const RadialInput& r = radial_;
  const std::size_t count = r.sample_count[receiver];
  YONDER_EXPECTS(count + 1 >= profile_.distance_m.size());
  grow(r.samples.distance_m, count, r.distance_m, receiver, profile_.distance_m);
  grow(r.samples.ground_amsl_m, count, r.ground_amsl_m, receiver, profile_.ground_amsl_m);
  grow(r.samples.clutter_height_m, count, r.clutter_height_m, receiver, profile_.clutter_height_m);
  grow(r.samples.zone, count, r.zone, receiver, profile_.zone);
  return input_over(r, receiver, target, profile_);
}

void sweep_by_evaluation(const RadialInput& radial, std::span<const SweepTarget> targets,
                         SweepScratch& scratch, std::span<PathLossResult> results) {
  const std::size_t receivers = radial.receiver_count();
  YONDER_EXPECTS(results.size() == targets.size() * receivers);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    GrowingProfile profiles(radial, scratch.profile);
    for (std::size_t r = 0; r < receivers; ++r) {
      const PathLossInput input = profiles.input(r, targets[t]);
      results[t * receivers + r] = targets[t].model->evaluate(input, scratch.workspace);
    }
  }
}

}  // namespace yonder
