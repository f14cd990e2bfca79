#pragma once

#include <array>
#include <cmath>

#include "core/path_loss_model.h"
#include "core/units.h"
#include "propagation/physics/line_of_sight.h"

/// What the 3GPP scenario models (TR 38.901 RMa, UMa, UMi and TR 36.777 RMa-AV) share: two
/// formulas, one with and one without line of sight, and four ways to say which of them holds.
namespace yonder::propagation::tr38901 {

enum class LineOfSight : std::size_t { yes, no, probability, terrain };
inline constexpr auto kLineOfSightWords =
    std::to_array<std::string_view>({"true", "false", "probability", "terrain"});

inline constexpr ParameterSpec kLineOfSightParameter = {
    .name = "line_of_sight",
    .default_value = std::string_view("probability"),
    .choices = kLineOfSightWords,
    .meaning =
        "true or false; probability: mean of both losses in dB, weighted with the LOS "
        "probability; terrain: decided by the profile"};

/// First entry of these models' refusals.
inline constexpr std::string_view kNeedsProfile =
    "line_of_sight terrain needs a terrain profile, and none was given";

/// Radius of the earth on which `terrain` draws the direct ray: 4/3 of the true one.
inline constexpr double kRayEarthRadiusM = 4.0 / 3.0 * kEarthRadiusM;

/// Both states of a path.
struct States {
  double los_db = 0.0;
  double nlos_db = 0.0;
  double los_probability = 0.0;
  double los_sigma_db = 0.0;  ///< shadow fading
  double nlos_sigma_db = 0.0;
};

/// Probability of line of sight that `mode` gives; NaN where terrain was asked for without a
/// profile.
inline double weight_of_los(LineOfSight mode, double los_probability, const PathLossInput& input) {
  switch (mode) {
    case LineOfSight::yes:
      return 1.0;
    case LineOfSight::no:
      return 0.0;
    case LineOfSight::probability:
      return los_probability;
    case LineOfSight::terrain:
      break;
  }
  const PathProfileView& profile = input.profile;
  if (profile.empty()) return std::nan("");
  const double tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m;
  const double rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m;
  return ray_clears_terrain(profile, tx_amsl_m, rx_amsl_m, kRayEarthRadiusM) ? 1.0 : 0.0;
}

/// The loss for a weight of line of sight, with its terms. A state of weight 0 is not looked at.
inline PathLossResult mix(const States& states, double los_weight, std::string_view losses_source,
                          std::string_view probability_source, Terms* terms) {
  const double los = los_weight > 0.0 ? los_weight * states.los_db : 0.0;
  const double nlos = los_weight < 1.0 ? (1.0 - los_weight) * states.nlos_db : 0.0;
  if (terms != nullptr) {
    terms->add("los_weight", los_weight, "weight of the line-of-sight loss", probability_source);
    terms->add("los_probability", states.los_probability, "LOS probability of the scenario",
               probability_source);
    double variance = 0.0;
    if (los_weight > 0.0) {
      terms->add("los_db", states.los_db, "loss with line of sight", losses_source);
      variance += los_weight * states.los_sigma_db * states.los_sigma_db;
    }
    if (los_weight < 1.0) {
      terms->add("nlos_db", states.nlos_db, "loss without line of sight", losses_source);
      variance += (1.0 - los_weight) * states.nlos_sigma_db * states.nlos_sigma_db;
    }
    if (los_weight > 0.0 && los_weight < 1.0) {
      const double gap = states.nlos_db - states.los_db;
      variance += los_weight * (1.0 - los_weight) * gap * gap;
    }
    terms->add("shadow_fading_sigma_db", std::sqrt(variance),
               "standard deviation of the loss; of a mixture, with the spread between its states",
               losses_source);
  }
  return PathLossResult::value(los + nlos);
}

}  // namespace yonder::propagation::tr38901
