#include "propagation/models/tr38901_rma.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/sight_sweep.h"
#include "propagation/physics/tr38901.h"
#include "propagation/physics/tr38901_states.h"

namespace yonder::propagation::tr38901_rma {
namespace {

constexpr std::string_view kTable = "TR 38.901 table 7.4.1-1";
constexpr std::size_t kNlosDistance =
    4;  // row of its own: without line of sight the range is shorter
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 500.0, 30000.0, false, false, "TR 38.901 table 7.4.1-1 note 2"},
    {"distance_m", "m", 10.0, 10000.0, true, true, "TR 38.901 table 7.4.1-1, RMa with LOS"},
    {"tx.height_agl_m", "m", 10.0, 150.0, true, true, kTable},
    {"rx.height_agl_m", "m", 1.0, 10.0, true, true, kTable},
    {"distance_m", "m", 10.0, 5000.0, true, true, "TR 38.901 table 7.4.1-1, RMa without LOS"},
});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    tr38901::kLineOfSightParameter,
    {.name = "building_height_m",
     .unit = "m",
     .default_value = 5.0,
     .range = {{}, "m", 5.0, 50.0, true, true, kTable},
     .meaning = "average building height h"},
    {.name = "street_width_m",
     .unit = "m",
     .default_value = 20.0,
     .range = {{}, "m", 5.0, 50.0, true, true, kTable},
     .meaning = "average street width W; without line of sight only"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({tr38901::kNeedsProfile});

class RuralMacro final : public PathLossModel {
 public:
  RuralMacro(tr38901::LineOfSight mode, tr38901::RuralSurroundings surroundings)
      : mode_(mode), surroundings_(surroundings) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return mode_ == tr38901::LineOfSight::terrain; }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    sweep_by_horizon(radial, targets, tr38901::kRayEarthRadiusM, scratch, results);
  }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    const std::span<const RangeSpec> with_los(kRanges.data(), kNlosDistance);
    if (const PathLossResult refused = check_ranges(with_los, input); !refused.ok()) return refused;
    const tr38901::Link link{hz_to_ghz(input.frequency_hz), input.distance_m, input.tx.height_agl_m,
                             input.rx.height_agl_m};
    const double probability = tr38901::rma_los_probability(link);
    const double weight = tr38901::weight_of_los(mode_, probability, input);
    if (std::isnan(weight)) return {.status = LossStatus::not_applicable, .bound = 0};
    if (weight < 1.0 && kRanges[kNlosDistance].above(input.distance_m)) {
      return {.status = LossStatus::above_range, .bound = kNlosDistance};
    }
    const double breakpoint_m = tr38901::rma_breakpoint_m(link);
    const tr38901::States states{
        .los_db = tr38901::rma_los_db(link, surroundings_.building_height_m),
        .nlos_db = tr38901::rma_nlos_db(link, surroundings_),
        .los_probability = probability,
        .los_sigma_db = input.distance_m <= breakpoint_m ? 4.0 : 6.0,
        .nlos_sigma_db = 8.0};
    if (terms != nullptr) {
      terms->add("distance_3d_m", link.distance_3d_m(), "between the antennas, flat ground",
                 "TR 38.901 figure 7.4.1-1");
      terms->add("breakpoint_m", breakpoint_m, "d_BP", "TR 38.901 table 7.4.1-1 note 5");
    }
    return tr38901::mix(states, weight, kTable, "TR 38.901 table 7.4.2-1", terms);
  }

 private:
  tr38901::LineOfSight mode_;
  tr38901::RuralSurroundings surroundings_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<RuralMacro>(
      static_cast<tr38901::LineOfSight>(reader.choice("line_of_sight")),
      tr38901::RuralSurroundings{reader.number("building_height_m"),
                                 reader.number("street_width_m")});
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "tr38901_rma",
    .source = "3GPP TR 38.901 V17.0.0 (03/2022), section 7.4",
    .title = "3GPP rural macro cell: 0.5-30 GHz, 10 km with and 5 km without line of sight",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::tr38901_rma
