#include "propagation/models/tr38901_umi.h"

#include <array>

#include "propagation/physics/tr38901_urban.h"

namespace yonder::propagation::tr38901_umi {
namespace {

constexpr auto kRanges = tr38901::urban_ranges(
    3.0, 25.0, "TR 38.901 states 10 m; other heights are an extension, see base_height");
constexpr auto kParameters = tr38901::urban_parameters(
    "as_stated refuses base station heights other than the 10 m of TR 38.901");
constexpr auto kRefusals = std::to_array<std::string_view>({
    tr38901::kNeedsProfile,
    "TR 38.901 states UMi for a base station height of 10 m; choose base_height any to go beyond",
});

tr38901::StateLosses losses(const tr38901::Link& link) {
  return {tr38901::umi_los_db(link), tr38901::umi_nlos_db(link)};
}

constexpr tr38901::UrbanScenario kScenario = {.info = &kModelInfo,
                                              .stated_base_height_m = 10.0,
                                              .nlos_sigma_db = 7.82,
                                              .los_probability = tr38901::umi_los_probability,
                                              .losses = losses};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  return tr38901::make_urban_model(kScenario, values);
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
