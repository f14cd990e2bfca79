#include "propagation/models/tr38901_umi.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/tr38901.h"
#include "propagation/physics/tr38901_states.h"

namespace yonder::propagation::tr38901_umi {
namespace {

constexpr std::string_view kTable = "TR 38.901 table 7.4.1-1";
constexpr double kStatedBaseHeightM = 10.0;
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 500.0, 100000.0, false, false, "TR 38.901 table 7.4.1-1 note 2"},
    {"distance_m", "m", 10.0, 5000.0, true, true, kTable},
    {"tx.height_agl_m", "m", 3.0, 25.0, true, true,
     "TR 38.901 states 10 m; other heights are an extension, see base_height"},
    {"rx.height_agl_m", "m", 1.5, 22.5, true, true, kTable},
});

constexpr auto kBaseHeights = std::to_array<std::string_view>({"any", "as_stated"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    tr38901::kLineOfSightParameter,
    {.name = "base_height",
     .default_value = std::string_view("any"),
     .choices = kBaseHeights,
     .meaning = "as_stated refuses base station heights other than the 10 m of TR 38.901"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({
    tr38901::kNeedsProfile,
    "TR 38.901 states UMi for a base station height of 10 m; choose base_height any to go beyond",
});

class UrbanMicro final : public PathLossModel {
 public:
  UrbanMicro(tr38901::LineOfSight mode, bool as_stated) : mode_(mode), as_stated_(as_stated) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return mode_ == tr38901::LineOfSight::terrain; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    if (as_stated_ && input.tx.height_agl_m != kStatedBaseHeightM) {
      return {.status = LossStatus::not_applicable, .bound = 1};
    }
    const tr38901::Link link{hz_to_ghz(input.frequency_hz), input.distance_m, input.tx.height_agl_m,
                             input.rx.height_agl_m};
    const double probability = tr38901::umi_los_probability(link);
    const double weight = tr38901::weight_of_los(mode_, probability, input);
    if (std::isnan(weight)) return {.status = LossStatus::not_applicable, .bound = 0};
    if (terms != nullptr) {
      terms->add("distance_3d_m", link.distance_3d_m(), "between the antennas, flat ground",
                 "TR 38.901 figure 7.4.1-1");
      terms->add("breakpoint_m", tr38901::urban_breakpoint_m(link, 1.0), "d'_BP",
                 "TR 38.901 table 7.4.1-1 note 1");
    }
    return tr38901::mix({.los_db = tr38901::umi_los_db(link),
                         .nlos_db = tr38901::umi_nlos_db(link),
                         .los_probability = probability,
                         .los_sigma_db = 4.0,
                         .nlos_sigma_db = 7.82},
                        weight, kTable, "TR 38.901 table 7.4.2-1", terms);
  }

 private:
  tr38901::LineOfSight mode_;
  bool as_stated_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<UrbanMicro>(
      static_cast<tr38901::LineOfSight>(reader.choice("line_of_sight")),
      reader.word("base_height") == "as_stated");
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "tr38901_umi",
    .source = "3GPP TR 38.901 V17.0.0 (03/2022), section 7.4",
    .title = "3GPP urban micro cell in street canyons: 0.5-100 GHz, to 5 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::tr38901_umi
