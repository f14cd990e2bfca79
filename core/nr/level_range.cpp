#include "core/nr/level_range.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

constexpr double kShortestM = 250.0;  ///< of the search; P.1812-8 section 1 begins there
constexpr double kCoarseM = 500.0;
constexpr double kFineM = 1.0;

/// The point `distance_m` to the east, near enough for models that look up a climate there.
LonLat east_of(LonLat from, double distance_m) {
  const double circle_m = kEarthRadiusM * std::cos(deg_to_rad(from.lat_deg));
  return {from.lon_deg + rad_to_deg(distance_m / circle_m), from.lat_deg};
}

}  // namespace

PathLossResult level_loss(const PathLossModel& model, const LevelPath& path, double distance_m,
                          PathProfile& profile, Workspace& workspace) {
  YONDER_EXPECTS(distance_m > 0.0 && path.step_m > 0.0);
  const auto intervals = static_cast<std::size_t>(
      std::max(2.0, std::round(distance_m / path.step_m)));  // models of profiles need a point
  profile.resize(intervals + 1);
  for (std::size_t i = 0; i <= intervals; ++i) {
    profile.distance_m[i] = distance_m * (static_cast<double>(i) / static_cast<double>(intervals));
  }
  std::fill(profile.ground_amsl_m.begin(), profile.ground_amsl_m.end(), 0.0);
  profile.clutter_height_m.clear();
  std::fill(profile.zone.begin(), profile.zone.end(),
            path.surface == Surface::sea ? Zone::sea : Zone::inland);
  PathLossInput input;
  input.frequency_hz = path.frequency_hz;
  input.polarization = path.polarization;
  input.distance_m = profile.distance_m.back();
  input.tx.height_agl_m = path.tx_height_agl_m;
  input.tx.position = path.position;
  input.rx.height_agl_m = path.rx_height_agl_m;
  input.rx.position = east_of(path.position, distance_m);
  input.profile = profile.view();
  return model.evaluate(input, workspace);
}

LevelRange level_range(const PathLossModel& model, const LevelPath& path, double max_loss_db,
                       double search_to_m, PathProfile& profile, Workspace& workspace) {
  const auto served = [&](double distance_m) {
    const PathLossResult result = level_loss(model, path, distance_m, profile, workspace);
    return result.ok() ? std::optional<bool>(result.loss_db <= max_loss_db) : std::nullopt;
  };
  // The first distance that the model takes: some refuse the nearest.
  double near_m = std::min(kShortestM, search_to_m);
  std::optional<bool> near_served = served(near_m);
  while (!near_served && near_m < search_to_m) {
    near_m = std::min(near_m + kCoarseM, search_to_m);
    near_served = served(near_m);
  }
  if (!near_served) return {0.0, RangeEnd::refused};
  if (!*near_served) return {0.0, RangeEnd::none};

  while (near_m < search_to_m) {
    double far_m = std::min(near_m + kCoarseM, search_to_m);
    const std::optional<bool> far_served = served(far_m);
    if (far_served && *far_served) {
      near_m = far_m;
      continue;
    }
    // What ends it is what holds just beyond: the loss, or the model's refusal.
    bool refused = !far_served;
    while (far_m - near_m > kFineM) {
      const double middle_m = 0.5 * (near_m + far_m);
      const std::optional<bool> middle = served(middle_m);
      if (middle && *middle) {
        near_m = middle_m;
      } else {
        far_m = middle_m;
        refused = !middle;
      }
    }
    return {near_m, refused ? RangeEnd::model : RangeEnd::loss};
  }
  return {near_m, RangeEnd::searched};
}

}  // namespace yonder::nr
