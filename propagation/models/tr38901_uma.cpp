#include "propagation/models/tr38901_uma.h"

#include <algorithm>
#include <array>

#include "core/units.h"
#include "propagation/physics/tr38901.h"
#include "propagation/physics/tr38901_states.h"

namespace yonder::propagation::tr38901_uma {
namespace {

constexpr std::string_view kTable = "TR 38.901 table 7.4.1-1";
constexpr double kStatedBaseHeightM = 25.0;
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 500.0, 100000.0, false, false, "TR 38.901 table 7.4.1-1 note 2"},
    {"distance_m", "m", 10.0, 5000.0, true, true, kTable},
    {"tx.height_agl_m", "m", 10.0, 150.0, true, true,
     "TR 38.901 states 25 m; other heights are an extension, see base_height"},
    {"rx.height_agl_m", "m", 1.5, 22.5, true, true, kTable},
});

constexpr auto kBaseHeights = std::to_array<std::string_view>({"any", "as_stated"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    tr38901::kLineOfSightParameter,
    {.name = "base_height",
     .default_value = std::string_view("any"),
     .choices = kBaseHeights,
     .meaning = "as_stated refuses base station heights other than the 25 m of TR 38.901"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({
    tr38901::kNeedsProfile,
    "TR 38.901 states UMa for a base station height of 25 m; choose base_height any to go beyond",
});

/// Means over the environment height h_E, which TR 38.901 draws at random for terminals from 13 m
/// (note 1). It stays below both antennas: under a base station lower than the stated 25 m the
/// effective height, and with it the breakpoint distance, would turn negative.
struct Means {
  double los_db = 0.0;
  double nlos_db = 0.0;
};

Means over_environment_height(const tr38901::Link& link) {
  const Means low{tr38901::uma_los_db(link, 1.0), tr38901::uma_nlos_db(link, 1.0)};
  const double highest_m = std::min(link.ut_height_m, link.bs_height_m) - 1.5;
  const double probability = tr38901::uma_low_environment_probability(link);
  if (probability == 1.0 || highest_m < 12.0) return low;
  Means high;
  int count = 0;
  for (double h_e = 12.0; h_e <= highest_m; h_e += 3.0, ++count) {
    high.los_db += tr38901::uma_los_db(link, h_e);
    high.nlos_db += tr38901::uma_nlos_db(link, h_e);
  }
  return {probability * low.los_db + (1.0 - probability) * high.los_db / count,
          probability * low.nlos_db + (1.0 - probability) * high.nlos_db / count};
}

class UrbanMacro final : public PathLossModel {
 public:
  UrbanMacro(tr38901::LineOfSight mode, bool as_stated) : mode_(mode), as_stated_(as_stated) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return mode_ == tr38901::LineOfSight::terrain; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    if (as_stated_ && input.tx.height_agl_m != kStatedBaseHeightM) {
      return {.status = LossStatus::not_applicable, .bound = 1};
    }
    const tr38901::Link link{hz_to_ghz(input.frequency_hz), input.distance_m, input.tx.height_agl_m,
                             input.rx.height_agl_m};
    const double probability = tr38901::uma_los_probability(link);
    const double weight = tr38901::weight_of_los(mode_, probability, input);
    if (std::isnan(weight)) return {.status = LossStatus::not_applicable, .bound = 0};
    const Means means = over_environment_height(link);
    if (terms != nullptr) {
      terms->add("distance_3d_m", link.distance_3d_m(), "between the antennas, flat ground",
                 "TR 38.901 figure 7.4.1-1");
      terms->add("breakpoint_m", tr38901::urban_breakpoint_m(link, 1.0), "d'_BP at h_E = 1 m",
                 "TR 38.901 table 7.4.1-1 note 1");
      terms->add("low_environment_probability", tr38901::uma_low_environment_probability(link),
                 "probability of h_E = 1 m", "TR 38.901 table 7.4.1-1 note 1");
    }
    return tr38901::mix({.los_db = means.los_db,
                         .nlos_db = means.nlos_db,
                         .los_probability = probability,
                         .los_sigma_db = 4.0,
                         .nlos_sigma_db = 6.0},
                        weight, kTable, "TR 38.901 table 7.4.2-1", terms);
  }

 private:
  tr38901::LineOfSight mode_;
  bool as_stated_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<UrbanMacro>(
      static_cast<tr38901::LineOfSight>(reader.choice("line_of_sight")),
      reader.word("base_height") == "as_stated");
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "tr38901_uma",
    .source = "3GPP TR 38.901 V17.0.0 (03/2022), section 7.4",
    .title = "3GPP urban macro cell: 0.5-100 GHz, to 5 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::tr38901_uma
