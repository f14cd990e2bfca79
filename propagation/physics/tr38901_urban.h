#pragma once

#include <array>
#include <memory>

#include "core/path_loss_model.h"
#include "propagation/physics/tr38901.h"
#include "propagation/physics/tr38901_states.h"

/// What the urban scenarios of TR 38.901, UMa and UMi, share beside the formulas: ranges,
/// parameters and the way from a path to its loss. They differ in what UrbanScenario holds.
namespace yonder::propagation::tr38901 {

inline constexpr std::string_view kPathlossTable = "TR 38.901 table 7.4.1-1";
inline constexpr std::string_view kLosProbabilityTable = "TR 38.901 table 7.4.2-1";

/// Ranges of an urban scenario whose base stations, beyond the one height that the source states,
/// are accepted between two heights.
constexpr std::array<RangeSpec, 4> urban_ranges(double lowest_base_m, double highest_base_m,
                                                std::string_view base_source) {
  return {
      {{"frequency_mhz", "MHz", 500.0, 100000.0, false, false, "TR 38.901 table 7.4.1-1 note 2"},
       {"distance_m", "m", 10.0, 5000.0, true, true, kPathlossTable},
       {"tx.height_agl_m", "m", lowest_base_m, highest_base_m, true, true, base_source},
       {"rx.height_agl_m", "m", 1.5, 22.5, true, true, kPathlossTable}}};
}

inline constexpr auto kBaseHeights = std::to_array<std::string_view>({"any", "as_stated"});
constexpr std::array<ParameterSpec, 2> urban_parameters(std::string_view base_height_meaning) {
  return {{kLineOfSightParameter,
           {.name = "base_height",
            .default_value = std::string_view("any"),
            .choices = kBaseHeights,
            .meaning = base_height_meaning}}};
}

/// Losses of one path in both states.
struct StateLosses {
  double los_db = 0.0;
  double nlos_db = 0.0;
};

struct UrbanScenario {
  const ModelInfo* info = nullptr;  ///< refusals: kNeedsProfile, then that of other base heights
  double stated_base_height_m = 0.0;
  double nlos_sigma_db = 0.0;  ///< shadow fading; with line of sight it is 4 dB in both
  double (*los_probability)(const Link&) = nullptr;
  StateLosses (*losses)(const Link&) = nullptr;
  void (*add_terms)(const Link&, Terms&) = nullptr;  ///< what only this scenario has; may be null
};

/// The model of a scenario, which must outlive it. Throws ParameterError.
std::unique_ptr<PathLossModel> make_urban_model(const UrbanScenario& scenario,
                                                const ParameterValues& values);

}  // namespace yonder::propagation::tr38901
