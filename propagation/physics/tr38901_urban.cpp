#include "propagation/physics/tr38901_urban.h"

#include <cmath>

#include "propagation/physics/sight_sweep.h"

namespace yonder::propagation::tr38901 {
namespace {

enum Refusal : std::uint8_t { no_profile, other_base_height };

class UrbanModel final : public PathLossModel {
 public:
  UrbanModel(const UrbanScenario& scenario, LineOfSight mode, bool as_stated)
      : scenario_(scenario), mode_(mode), as_stated_(as_stated) {}

  const ModelInfo& info() const override { return *scenario_.info; }
  bool needs_profile() const override { return mode_ == LineOfSight::terrain; }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    sweep_by_horizon(radial, targets, kRayEarthRadiusM, scratch, results);
  }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(info().ranges, input); !refused.ok()) {
      return refused;
    }
    if (as_stated_ && input.tx.height_agl_m != scenario_.stated_base_height_m) {
      return {.status = LossStatus::not_applicable, .bound = other_base_height};
    }
    const Link link{hz_to_ghz(input.frequency_hz), input.distance_m, input.tx.height_agl_m,
                    input.rx.height_agl_m};
    const double probability = scenario_.los_probability(link);
    const double weight = weight_of_los(mode_, probability, input);
    if (std::isnan(weight)) return {.status = LossStatus::not_applicable, .bound = no_profile};
    const StateLosses losses = scenario_.losses(link);
    if (terms != nullptr) {
      terms->add("distance_3d_m", link.distance_3d_m(), "between the antennas, flat ground",
                 "TR 38.901 figure 7.4.1-1");
      terms->add("breakpoint_m", urban_breakpoint_m(link, 1.0), "d'_BP at h_E = 1 m",
                 "TR 38.901 table 7.4.1-1 note 1");
      if (scenario_.add_terms != nullptr) scenario_.add_terms(link, *terms);
    }
    return mix({.los_db = losses.los_db,
                .nlos_db = losses.nlos_db,
                .los_probability = probability,
                .los_sigma_db = 4.0,
                .nlos_sigma_db = scenario_.nlos_sigma_db},
               weight, kPathlossTable, kLosProbabilityTable, terms);
  }

 private:
  const UrbanScenario& scenario_;
  LineOfSight mode_;
  bool as_stated_;
};

}  // namespace

std::unique_ptr<PathLossModel> make_urban_model(const UrbanScenario& scenario,
                                                const ParameterValues& values) {
  const ParameterReader reader(*scenario.info, values);
  return std::make_unique<UrbanModel>(scenario,
                                      static_cast<LineOfSight>(reader.choice("line_of_sight")),
                                      reader.word("base_height") == "as_stated");
}

}  // namespace yonder::propagation::tr38901
