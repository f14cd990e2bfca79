#include "propagation/models/tr38901_uma.h"

#include <algorithm>
#include <array>

#include "propagation/physics/tr38901_urban.h"

namespace yonder::propagation::tr38901_uma {
namespace {

using tr38901::Link;

constexpr auto kRanges = tr38901::urban_ranges(
    10.0, 150.0, "TR 38.901 states 25 m; other heights are an extension, see base_height");
constexpr auto kParameters = tr38901::urban_parameters(
    "as_stated refuses base station heights other than the 25 m of TR 38.901");
constexpr auto kRefusals = std::to_array<std::string_view>({
    tr38901::kNeedsProfile,
    "TR 38.901 states UMa for a base station height of 25 m; choose base_height any to go beyond",
});

/// Means over the environment height h_E, which TR 38.901 draws at random for terminals from 13 m
/// (note 1). It stays below both antennas: under a base station lower than the stated 25 m the
/// effective height, and with it the breakpoint distance, would turn negative.
tr38901::StateLosses over_environment_height(const Link& link) {
  const tr38901::StateLosses low{tr38901::uma_los_db(link, 1.0), tr38901::uma_nlos_db(link, 1.0)};
  const double highest_m = std::min(link.ut_height_m, link.bs_height_m) - 1.5;
  const double probability = tr38901::uma_low_environment_probability(link);
  if (probability == 1.0 || highest_m < 12.0) return low;
  tr38901::StateLosses high;
  int count = 0;
  for (double h_e = 12.0; h_e <= highest_m; h_e += 3.0, ++count) {
    high.los_db += tr38901::uma_los_db(link, h_e);
    high.nlos_db += tr38901::uma_nlos_db(link, h_e);
  }
  return {probability * low.los_db + (1.0 - probability) * high.los_db / count,
          probability * low.nlos_db + (1.0 - probability) * high.nlos_db / count};
}

void add_terms(const Link& link, Terms& terms) {
  terms.add("low_environment_probability", tr38901::uma_low_environment_probability(link),
            "probability of h_E = 1 m", "TR 38.901 table 7.4.1-1 note 1");
}

constexpr tr38901::UrbanScenario kScenario = {.info = &kModelInfo,
                                              .stated_base_height_m = 25.0,
                                              .nlos_sigma_db = 6.0,
                                              .los_probability = tr38901::uma_los_probability,
                                              .losses = over_environment_height,
                                              .add_terms = add_terms};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  return tr38901::make_urban_model(kScenario, values);
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
