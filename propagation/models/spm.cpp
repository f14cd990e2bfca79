#include "propagation/models/spm.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/free_space.h"
#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/edge_scan.h"
#include "propagation/physics/effective_height.h"

namespace yonder::propagation::spm {
namespace {

constexpr double kDiffractionCurvaturePerM = 0.5 / (4.0 / 3.0 * kEarthRadiusM);

constexpr std::size_t kHataFrequency = 4;  // row of its own: where the intercept comes from Hata
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 150.0, 3500.0, true, true, "use of the model by planning tools"},
    {"distance_m", "m", 20.0, 100000.0, true, true,
     "Yonder: calibration decides; Hata's own fit covers 1-20 km"},
    {"tx.height_agl_m", "m", 1.0, 500.0, true, true, "Yonder: calibration decides"},
    {"rx.height_agl_m", "m", 0.1, 100.0, true, true, "Yonder: calibration decides"},
    {"frequency_mhz", "MHz", 150.0, 2000.0, true, true,
     "intercept hata: Hata 1980 and COST 231; above it give k1"},
});

enum class HeightMethod : std::size_t {
  above_ground,
  spot,
  absolute_spot,
  average_profile,
  slope_at_receiver
};
constexpr auto kHeightMethods = std::to_array<std::string_view>(
    {"above_ground", "spot", "absolute_spot", "average_profile", "slope_at_receiver"});
constexpr auto kIntercepts = std::to_array<std::string_view>({"hata", "k1"});
constexpr auto kDiffractions = std::to_array<std::string_view>({"deygout", "none"});
constexpr auto kWeightings = std::to_array<std::string_view>({"uniform", "triangular"});
constexpr auto kYesNo = std::to_array<std::string_view>({"true", "false"});

constexpr ParameterSpec coefficient(std::string_view name, std::string_view unit, double value,
                                    std::string_view meaning) {
  return {.name = name,
          .unit = unit,
          .default_value = value,
          .range = {{}, unit, -1000.0, 1000.0, true, true, "Yonder"},
          .meaning = meaning};
}
constexpr ParameterSpec length(std::string_view name, double value, double max,
                               std::string_view meaning) {
  return {.name = name,
          .unit = "m",
          .default_value = value,
          .range = {{}, "m", 0.0, max, true, true, "Yonder"},
          .meaning = meaning};
}

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "intercept",
     .default_value = std::string_view("hata"),
     .choices = kIntercepts,
     .meaning = "where K1 comes from: hata computes it from the frequency, k1 takes the parameter"},
    coefficient("k1", "dB", 0.0, "constant; only with intercept k1, where it is needed"),
    coefficient("k2", "dB", 44.9, "factor of log10 d, d in m"),
    coefficient("k3", "dB", 5.83, "factor of log10 H_eff, H_eff in m"),
    coefficient("k4", "", 1.0, "factor of the diffraction loss"),
    coefficient("k5", "dB", -6.55, "factor of log10 d log10 H_eff"),
    coefficient("k6", "dB/m", 0.0, "factor of the receiver's height above ground"),
    coefficient("k7", "dB", 0.0, "factor of log10 of the receiver's height above ground"),
    coefficient("k_clutter", "", 1.0, "factor of the clutter loss"),
    {.name = "effective_height",
     .default_value = std::string_view("average_profile"),
     .choices = kHeightMethods,
     .meaning = "how H_eff of the base antenna is formed"},
    length("average_from_m", 3000.0, 1e6, "average_profile: nearest ground that counts"),
    length("average_to_m", 15000.0, 1e6, "average_profile: farthest ground that counts"),
    length("slope_over_m", 1000.0, 1e6, "slope_at_receiver: ground before the receiver"),
    {.name = "effective_height_min_m",
     .unit = "m",
     .default_value = 20.0,
     .range = {{}, "m", 1.0, 10000.0, true, true, "Yonder"},
     .meaning = "H_eff from terrain is not taken lower"},
    {.name = "effective_height_max_m",
     .unit = "m",
     .default_value = 200.0,
     .range = {{}, "m", 1.0, 10000.0, true, true, "Yonder"},
     .meaning = "H_eff from terrain is not taken higher"},
    {.name = "diffraction",
     .default_value = std::string_view("deygout"),
     .choices = kDiffractions,
     .meaning = "loss that K4 multiplies: up to three knife edges, or none"},
    coefficient("clutter_open_db", "dB", 0.0, "clutter loss where clutter is below 1 m"),
    coefficient("clutter_low_db", "dB", 0.0, "clutter loss from 1 m to below 6 m"),
    coefficient("clutter_medium_db", "dB", 0.0, "clutter loss from 6 m to below 15 m"),
    coefficient("clutter_high_db", "dB", 0.0, "clutter loss from 15 m"),
    length("clutter_distance_m", 0.0, 1e5, "clutter counts this far before the receiver"),
    {.name = "clutter_weighting",
     .default_value = std::string_view("uniform"),
     .choices = kWeightings,
     .meaning = "weights over clutter_distance_m; triangular falls to 0 at its end"},
    {.name = "limit_to_free_space",
     .default_value = std::string_view("true"),
     .choices = kYesNo,
     .meaning = "true: a loss below free space becomes that of free space; a term says so"},
});

enum Refusal : std::uint8_t { no_profile };
constexpr auto kRefusals =
    std::to_array<std::string_view>({"the model needs a terrain profile, and none was given"});

struct Settings {
  bool intercept_from_hata;
  double k1, k2, k3, k4, k5, k6, k7, k_clutter;
  HeightMethod height_method;
  double average_from_m, average_to_m, slope_over_m;
  double height_min_m, height_max_m;
  bool diffraction;
  std::array<double, 4> clutter_db;
  double clutter_distance_m;
  bool clutter_triangular;
  bool limit_to_free_space;
};

/// K1 that makes the formula Hata's (to 1500 MHz) or COST 231-Hata's (above) with distances in
/// metres instead of kilometres: A(f) - 3 * 44.9.
double hata_k1(double frequency_mhz) {
  const double log_f = std::log10(frequency_mhz);
  const double at_1km = frequency_mhz <= 1500.0 ? 69.55 + 26.16 * log_f : 46.3 + 33.9 * log_f;
  return at_1km - 3.0 * 44.9;
}

class StandardPropagationModel final : public PathLossModel {
 public:
  explicit StandardPropagationModel(const Settings& settings) : s_(settings) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = refusal(input); !refused.ok()) return refused;
    effective_height::AverageProfile average(s_.average_from_m, s_.average_to_m);
    if (s_.height_method == HeightMethod::average_profile) {
      for (std::size_t i = 0; i < input.profile.size(); ++i) {
        average.add(input.profile.distance_m[i], input.profile.ground_amsl_m[i]);
      }
    }
    const double diffraction_db = s_.diffraction ? diffraction_loss_db(input, input.profile) : 0.0;
    return PathLossResult::value(loss_db(input, average, diffraction_db, terms));
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    for (std::size_t t = 0; t < targets.size(); ++t) {
      static_cast<const StandardPropagationModel&>(*targets[t].model)
          .sweep_one(radial, targets[t], scratch,
                     results.subspan(t * radial.receiver_count(), radial.receiver_count()));
    }
  }

 private:
  PathLossResult refusal(const PathLossInput& input) const {
    const std::span<const RangeSpec> general(kRanges.data(), kHataFrequency);
    if (const PathLossResult refused = check_ranges(general, input); !refused.ok()) return refused;
    if (s_.intercept_from_hata && kRanges[kHataFrequency].above(hz_to_mhz(input.frequency_hz))) {
      return {.status = LossStatus::above_range, .bound = kHataFrequency};
    }
    if (input.profile.size() < 2) {
      return {.status = LossStatus::not_applicable, .bound = no_profile};
    }
    return {};
  }

  /// Of the three edges over `profile`: the path's own, or those of its points that hold the edges.
  static double diffraction_loss_db(const PathLossInput& input, const PathProfileView& profile) {
    return deygout_loss_db(three_edges(
        {profile, profile.ground_amsl_m.front() + input.tx.height_agl_m,
         profile.ground_amsl_m.back() + input.rx.height_agl_m, kDiffractionCurvaturePerM},
        std::sqrt(2.0 / wavelength_m(input.frequency_hz))));
  }

  double loss_db(const PathLossInput& input, const effective_height::AverageProfile& average,
                 double diffraction_db, Terms* terms) const {
    const PathProfileView& profile = input.profile;
    const double terrain_height_m = terrain_height(profile, input.tx.height_agl_m, average);
    const double h_eff = s_.height_method == HeightMethod::above_ground
                             ? terrain_height_m
                             : std::clamp(terrain_height_m, s_.height_min_m, s_.height_max_m);
    const double tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m;
    const double rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m;
    const double f = hz_to_mhz(input.frequency_hz);
    const double clutter_db = clutter_loss_db(profile);
    const double k1 = s_.intercept_from_hata ? hata_k1(f) : s_.k1;
    const double log_d = std::log10(input.distance_m);
    const double log_h = std::log10(h_eff);
    const double formula_db = k1 + s_.k2 * log_d + s_.k3 * log_h + s_.k4 * diffraction_db +
                              s_.k5 * log_d * log_h + s_.k6 * input.rx.height_agl_m +
                              s_.k7 * std::log10(input.rx.height_agl_m) + s_.k_clutter * clutter_db;
    const double free_space_db =
        free_space_loss_db(input.frequency_hz, std::hypot(input.distance_m, tx_amsl_m - rx_amsl_m));
    const bool limited = s_.limit_to_free_space && formula_db < free_space_db;

    if (terms != nullptr) {
      constexpr std::string_view kFormula = "Standard Propagation Model";
      terms->add("k1_db", k1, "constant",
                 s_.intercept_from_hata ? "Hata 1980, COST 231" : kFormula);
      terms->add("terrain_height_m", terrain_height_m, "of the base by the chosen method",
                 "Yonder");
      terms->add("effective_height_m", h_eff, "H_eff after its limits", kFormula);
      terms->add("diffraction_db", diffraction_db, "before K4", "Deygout 1966, P.526-15 eq. (31)");
      terms->add("clutter_db", clutter_db, "before K_clutter", kFormula);
      terms->add("formula_db", formula_db, "sum of all parts", kFormula);
      terms->add("free_space_db", free_space_db, "between the antennas", "P.525-4 eq. (3)");
      terms->add_text("limited_to_free_space", limited ? "true" : "false",
                      "the formula gave less than free space", "Yonder");
    }
    return limited ? free_space_db : formula_db;
  }

  double terrain_height(const PathProfileView& profile, double height_agl_m,
                        const effective_height::AverageProfile& average) const {
    switch (s_.height_method) {
      case HeightMethod::above_ground:
        return height_agl_m;
      case HeightMethod::spot:
        return effective_height::spot(profile, height_agl_m);
      case HeightMethod::absolute_spot:
        return effective_height::absolute_spot(profile, height_agl_m);
      case HeightMethod::average_profile:
        return average.height_m(profile.ground_amsl_m.front(), height_agl_m);
      case HeightMethod::slope_at_receiver:
        break;
    }
    return effective_height::over_slope_at_receiver(profile, height_agl_m, s_.slope_over_m);
  }

  /// Weighted mean of the class losses over the points before the receiver, its own included.
  double clutter_loss_db(const PathProfileView& profile) const {
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t i = profile.size(); i-- > 0;) {
      const double before_m = profile.length_m() - profile.distance_m[i];
      if (before_m > s_.clutter_distance_m) break;
      const double weight = s_.clutter_triangular && s_.clutter_distance_m > 0.0
                                ? 1.0 - before_m / s_.clutter_distance_m
                                : 1.0;
      sum += weight * class_loss_db(profile.clutter_at(i));
      weights += weight;
    }
    return sum / weights;
  }

  double class_loss_db(double clutter_height_m) const {
    const std::size_t index = clutter_height_m < 1.0    ? 0
                              : clutter_height_m < 6.0  ? 1
                              : clutter_height_m < 15.0 ? 2
                                                        : 3;
    return s_.clutter_db[index];
  }

  void sweep_one(const RadialInput& radial, const SweepTarget& target, SweepScratch& scratch,
                 std::span<PathLossResult> out) const;

  Settings s_;
};

/// The edges are searched for along the radial, the mean ground is a running sum; what the model
/// asks of the ground and clutter near the receiver it asks of the profile itself.
void StandardPropagationModel::sweep_one(const RadialInput& radial, const SweepTarget& target,
                                         SweepScratch& scratch,
                                         std::span<PathLossResult> out) const {
  const PathProfileView& s = radial.samples;
  scratch.workspace.reset();
  EdgeScan obstacles(radial, EdgeScan::Surface::obstacles, kDiffractionCurvaturePerM,
                     scratch.workspace);
  EdgeScan::Hints hints;
  GrowingProfile profiles(radial, scratch.profile);
  effective_height::AverageProfile average(s_.average_from_m, s_.average_to_m);
  std::size_t known = 0;
  for (std::size_t r = 0; r < radial.receiver_count(); ++r) {
    const std::size_t count = radial.sample_count[r];
    for (; known < count; ++known) average.add(s.distance_m[known], s.ground_amsl_m[known]);
    obstacles.advance(count);
    const PathLossInput input = profiles.input(r, target);
    out[r] = refusal(input);
    if (!out[r].ok()) continue;
    double diffraction_db = 0.0;
    if (s_.diffraction) {
      KeyPoints points;
      obstacles.add_three_edges(
          {radial.distance_m[r], input.profile.ground_amsl_m.back() + target.rx_height_agl_m},
          hints, points);
      diffraction_db =
          diffraction_loss_db(input, points.input(radial, r, target, scratch.key_points).profile);
    }
    effective_height::AverageProfile to_receiver = average;
    to_receiver.add(radial.distance_m[r], radial.ground_amsl_m[r]);
    out[r] = PathLossResult::value(loss_db(input, to_receiver, diffraction_db, nullptr));
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  const bool from_hata = reader.word("intercept") == "hata";
  if (reader.given("k1") == from_hata) {
    throw ParameterError("k1", from_hata
                                   ? "'k1' goes with 'intercept' k1; otherwise it would be ignored"
                                   : "'intercept' k1 needs 'k1'");
  }
  if (reader.number("effective_height_min_m") > reader.number("effective_height_max_m")) {
    throw ParameterError("effective_height_min_m",
                         "'effective_height_min_m' is above 'effective_height_max_m'");
  }
  if (reader.number("average_from_m") > reader.number("average_to_m")) {
    throw ParameterError("average_from_m", "'average_from_m' is above 'average_to_m'");
  }
  return std::make_unique<StandardPropagationModel>(Settings{
      .intercept_from_hata = from_hata,
      .k1 = reader.number("k1"),
      .k2 = reader.number("k2"),
      .k3 = reader.number("k3"),
      .k4 = reader.number("k4"),
      .k5 = reader.number("k5"),
      .k6 = reader.number("k6"),
      .k7 = reader.number("k7"),
      .k_clutter = reader.number("k_clutter"),
      .height_method = static_cast<HeightMethod>(reader.choice("effective_height")),
      .average_from_m = reader.number("average_from_m"),
      .average_to_m = reader.number("average_to_m"),
      .slope_over_m = reader.number("slope_over_m"),
      .height_min_m = reader.number("effective_height_min_m"),
      .height_max_m = reader.number("effective_height_max_m"),
      .diffraction = reader.word("diffraction") == "deygout",
      .clutter_db = {reader.number("clutter_open_db"), reader.number("clutter_low_db"),
                     reader.number("clutter_medium_db"), reader.number("clutter_high_db")},
      .clutter_distance_m = reader.number("clutter_distance_m"),
      .clutter_triangular = reader.word("clutter_weighting") == "triangular",
      .limit_to_free_space = reader.word("limit_to_free_space") == "true",
  });
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "spm",
    .source =
        "Standard Propagation Model of planning practice; default coefficients from Hata "
        "1980 and COST 231",
    .title =
        "K1-K7 with effective heights, diffraction and clutter, for calibration from drive "
        "tests",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::spm
