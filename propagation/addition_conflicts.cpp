#include "propagation/addition_conflicts.h"

#include <array>

#include "core/text.h"

namespace yonder::propagation {
namespace {

constexpr std::string_view kHata =
    "its formulas were fitted to receivers standing in the town, suburb or open land they name";
constexpr std::string_view kHataInstead = "choose the model's environment";
constexpr std::string_view kTr = "its formulas hold for a receiver among the buildings";
constexpr std::string_view kTrInstead = "leave the addition out, or take itu_p2001 or free_space";
constexpr std::string_view k1812 =
    "it takes clutter from the profile and from its own location variability";
constexpr std::string_view k1812Instead = "give terrain.clutter heights and cell_width_m";
constexpr std::string_view kSpm = "K_clutter and the calibration stand for clutter";
constexpr std::string_view kSpmInstead = "set the model's clutter_*_db";
constexpr std::string_view k1546 = "it corrects for the receiver's clutter height itself";
constexpr std::string_view k1546Instead = "set the model's clutter height";
constexpr std::string_view kTrees = "trees in terrain.clutter already stand in the profile";
constexpr std::string_view kTreesInstead =
    "take the height from the forest class, or leave the "
    "addition out";
constexpr std::string_view k2001 = "P.2001-4 attachments C and F contain it";
constexpr std::string_view k2001Instead = "set the model's own climate parameters";
constexpr std::string_view k528 = "P.528-5 contains the absorption by the air";
constexpr std::string_view kLeave = "leave the addition out";
constexpr std::string_view kTunnel = "there is none of it inside a tunnel";
constexpr std::string_view kSea =
    "the reflection from the sea at the antenna's own height is the "
    "height gain";

constexpr std::string_view kAuto = "some of the models it picks from contain it";
constexpr std::string_view kAutoInstead =
    "name the model instead of auto, or leave the addition out";

constexpr std::string_view kGain = "clutter_p2108_height_gain";
constexpr std::string_view kStatistical = "clutter_p2108_statistical";
constexpr std::string_view kVegetation = "vegetation_p833";

constexpr auto kModelExclusions = std::to_array<ModelExclusion>({
    {kGain, "itu_p1812", k1812, k1812Instead},
    {kStatistical, "itu_p1812", k1812, k1812Instead},
    {kVegetation, "itu_p1812", kTrees, kTreesInstead, true},
    {kGain, "itu_p1546", k1546, k1546Instead},
    {kStatistical, "itu_p1546", k1546, k1546Instead},
    {kGain, "okumura_hata", kHata, kHataInstead},
    {kStatistical, "okumura_hata", kHata, kHataInstead},
    {kGain, "cost231_hata", kHata, kHataInstead},
    {kStatistical, "cost231_hata", kHata, kHataInstead},
    {kGain, "extended_hata", kHata, kHataInstead},
    {kStatistical, "extended_hata", kHata, kHataInstead},
    {kGain, "extended_hata_seamcat", kHata, kHataInstead},
    {kStatistical, "extended_hata_seamcat", kHata, kHataInstead},
    // What any of its members contains.
    {kGain, "auto", kAuto, kAutoInstead},
    {kStatistical, "auto", kAuto, kAutoInstead},
    {"gases_p676", "auto", kAuto, kAutoInstead},
    {"rain_p530", "auto", kAuto, kAutoInstead},
    {kVegetation, "auto", kAuto, kAutoInstead, true},
    {kGain, "spm", kSpm, kSpmInstead},
    {kStatistical, "spm", kSpm, kSpmInstead},
    {kVegetation, "spm", kTrees, kTreesInstead, true},
    {kGain, "tr38901_rma", kTr, kTrInstead},
    {kStatistical, "tr38901_rma", kTr, kTrInstead},
    {kGain, "tr38901_uma", kTr, kTrInstead},
    {kStatistical, "tr38901_uma", kTr, kTrInstead},
    {kGain, "tr38901_umi", kTr, kTrInstead},
    {kStatistical, "tr38901_umi", kTr, kTrInstead},
    {kGain, "tr36777_rma_av", kTr, kTrInstead},
    {kStatistical, "tr36777_rma_av", kTr, kTrInstead},
    {kGain, "two_ray_sea", kSea, kLeave},
    {"gases_p676", "itu_p2001", k2001, k2001Instead},
    {"rain_p530", "itu_p2001", k2001, k2001Instead},
    {"gases_p676", "itu_p528", k528, kLeave},
    {"gases_p676", "leaky_feeder", kTunnel, kLeave},
    {"rain_p530", "leaky_feeder", kTunnel, kLeave},
    {"dust_rayleigh", "leaky_feeder", kTunnel, kLeave},
    {kVegetation, "leaky_feeder", kTunnel, kLeave},
    {kGain, "leaky_feeder", kTunnel, kLeave},
    {kStatistical, "leaky_feeder", kTunnel, kLeave},
    {"building_entry_p2109", "leaky_feeder", kTunnel, kLeave},
});

constexpr auto kPairExclusions = std::to_array<PairExclusion>({
    {kGain, kStatistical, "both are the clutter around a terminal"},
    {kVegetation, kGain, "both are what stands around a terminal (clutter_type trees_forest)"},
    {kVegetation, kStatistical, "both are what stands around a terminal"},
    {"building_entry_p2109", "vehicle_penetration", "the receiver is inside of one thing"},
});

/// A percentage of the model's that is not 50: its name, or "".
std::string_view off_median(const ModelInfo& model, const ParameterValues& parameters,
                            std::span<const std::string_view> names) {
  for (const ParameterSpec& spec : model.parameters) {
    bool is_named = false;
    for (const std::string_view name : names) is_named = is_named || spec.name == name;
    if (!is_named || !std::holds_alternative<double>(spec.default_value)) continue;
    const auto it = parameters.find(spec.name);
    const double value = it != parameters.end() && std::holds_alternative<double>(it->second)
                             ? std::get<double>(it->second)
                             : std::get<double>(spec.default_value);
    if (value != 50.0) return spec.name;
  }
  return {};
}

double percent_of(const AdditionChoice& choice) {
  if (!choice.info->statistical) return 50.0;
  const auto it = choice.parameters.find(kLocationPercent);
  if (it == choice.parameters.end() || !std::holds_alternative<double>(it->second)) return 50.0;
  return std::get<double>(it->second);
}

}  // namespace

std::span<const ModelExclusion> model_exclusions() { return kModelExclusions; }
std::span<const PairExclusion> pair_exclusions() { return kPairExclusions; }

std::vector<AdditionConflict> addition_conflicts(const ModelInfo& model,
                                                 const ParameterValues& parameters,
                                                 std::span<const AdditionChoice> additions,
                                                 bool has_clutter_heights) {
  static constexpr auto kLocations = std::to_array<std::string_view>(
      {"location_percent", "variability.location_percent", "variability.confidence_percent"});
  static constexpr auto kTimes = std::to_array<std::string_view>(
      {"time_percent", "variability.time_percent", "variability.reliability_percent"});
  std::vector<AdditionConflict> found;
  const AdditionChoice* with_percent = nullptr;
  for (std::size_t i = 0; i < additions.size(); ++i) {
    const AdditionChoice& choice = additions[i];
    const std::string_view id = choice.info->id;
    for (const ModelExclusion& row : kModelExclusions) {
      if (row.addition != id || row.model != model.id) continue;
      if (row.only_with_clutter_heights && !has_clutter_heights) continue;
      found.push_back({i, "cannot be added to model " + std::string(model.id) + ": " +
                              std::string(row.reason) + "; " + std::string(row.instead)});
    }
    for (std::size_t j = 0; j < i; ++j) {
      const std::string_view earlier = additions[j].info->id;
      if (earlier == id) found.push_back({i, "is given twice"});
      for (const PairExclusion& row : kPairExclusions) {
        const bool is_pair = (row.first == id && row.second == earlier) ||
                             (row.second == id && row.first == earlier);
        if (is_pair) {
          found.push_back({i, "cannot go with " + std::string(earlier) + ": " +
                                  std::string(row.reason) + "; leave one of them out"});
        }
      }
    }
    if (id == kGain && choice.surface != AdditionSurface::everywhere) {
      found.push_back({i,
                       "changes the height at which the model ends, so it must count everywhere: "
                       "leave 'where' out"});
    }
    if (choice.info->statistical) {
      if (with_percent != nullptr && percent_of(*with_percent) != percent_of(choice)) {
        found.push_back({i, "has location_percent " + number_text(percent_of(choice)) + ", but " +
                                std::string(with_percent->info->id) + " has " +
                                number_text(percent_of(*with_percent)) +
                                ": give all additions the same"});
      }
      if (with_percent == nullptr) with_percent = &choice;
      const std::string_view name = off_median(model, parameters, kLocations);
      if (percent_of(choice) != 50.0 && !name.empty()) {
        found.push_back({i, "has location_percent " + number_text(percent_of(choice)) +
                                ", and the model's " + std::string(name) +
                                " is not 50 either: a share of locations of a share of locations "
                                "has no meaning; set one of them to 50"});
      }
    }
    if (id == "rain_p530") {
      const std::string_view name = off_median(model, parameters, kTimes);
      if (!name.empty()) {
        found.push_back({i, "counts hours of rain, and the model's " + std::string(name) +
                                " is not 50: losses of different hours do not add; set it to 50"});
      }
    }
  }
  return found;
}

}  // namespace yonder::propagation
