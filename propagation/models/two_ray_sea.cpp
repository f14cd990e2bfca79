#include "propagation/models/two_ray_sea.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "core/free_space.h"
#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/physics/edge_scan.h"
#include "propagation/physics/sea_reflection.h"

namespace yonder::propagation::two_ray_sea {
namespace {

constexpr double kNeededClearance = 0.6;  // in radii of the first Fresnel zone

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 6000.0, true, true, "Yonder: the sea's default constants"},
    {"distance_m", "m", 100.0, 200000.0, true, true, "Yonder: far field, beyond any clear path"},
    {"tx.height_agl_m", "m", 0.0, 3000.0, false, true, "Yonder: thin-layer geometry"},
    {"rx.height_agl_m", "m", 0.0, 3000.0, false, true, "Yonder: thin-layer geometry"},
});

/// Sea states with the mid of each class's significant wave height (WMO code table 3700).
struct SeaState {
  std::string_view word;
  double significant_wave_height_m;
};
constexpr auto kSeaStates = std::to_array<SeaState>({{"calm", 0.05},
                                                     {"smooth", 0.3},
                                                     {"slight", 0.875},
                                                     {"moderate", 1.875},
                                                     {"rough", 3.25},
                                                     {"very_rough", 5.0},
                                                     {"high", 7.5},
                                                     {"very_high", 11.5}});
constexpr auto kSeaStateWords =
    std::to_array<std::string_view>({"calm", "smooth", "slight", "moderate", "rough", "very_rough",
                                     "high", "very_high", "wave_height"});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "sea_state",
     .default_value = std::string_view("slight"),
     .choices = kSeaStateWords,
     .meaning = "WMO sea state, or wave_height to give significant_wave_height_m"},
    {.name = "significant_wave_height_m",
     .unit = "m",
     .default_value = 0.875,
     .range = {{}, "m", 0.0, 20.0, true, true, "Yonder"},
     .meaning = "only with sea_state wave_height"},
    {.name = "effective_earth_radius_factor",
     .default_value = 4.0 / 3.0,
     .range = {{}, {}, 0.5, 10.0, true, true, "Yonder"},
     .meaning = "k: effective over true earth radius"},
    {.name = "relative_permittivity",
     .default_value = 80.0,
     .range = {{}, {}, 1.0, 200.0, false, true, "Yonder"},
     .meaning = "of sea water; P.526-15 uses 80"},
    {.name = "conductivity_s_per_m",
     .unit = "S/m",
     .default_value = 5.0,
     .range = {{}, "S/m", 0.0, 100.0, true, true, "Yonder"},
     .meaning = "of sea water; P.526-15 uses 5"},
});

enum Refusal : std::uint8_t { not_clear, reflected_on_land, land_in_the_way, under_water };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the direct ray clears the sea by less than 0.6 of the first Fresnel zone's radius: two rays "
    "do not describe this path; take a model with diffraction, such as itu_p1812",
    "the point of reflection does not lie on the sea",
    "land, buildings or trees come within 0.6 of the first Fresnel zone's radius of the direct ray",
    "an antenna is not above the level of the sea",
});

PathLossResult refuse(Refusal refusal) {
  return {.status = LossStatus::not_applicable, .bound = refusal};
}

bool reflects_on_sea(const PathProfileView& profile, double d1_m) {
  const auto after = std::lower_bound(profile.distance_m.begin(), profile.distance_m.end(), d1_m);
  auto i = static_cast<std::size_t>(after - profile.distance_m.begin());
  if (i == profile.size()) --i;
  if (i > 0 && d1_m - profile.distance_m[i - 1] < profile.distance_m[i] - d1_m) --i;
  return profile.zone_at(i) == Zone::sea;
}

/// Whether all land between the ends stays out of the needed part of the first Fresnel zone.
bool clear_of_land(const PathProfileView& profile, double tx_amsl_m, double rx_amsl_m,
                   double earth_radius_m, double wavelength) {
  const double length_m = profile.length_m();
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    if (profile.zone_at(i) == Zone::sea) continue;
    const double d1 = profile.distance_m[i];
    const double d2 = length_m - d1;
    const double ray_m = (tx_amsl_m * d2 + rx_amsl_m * d1) / length_m;
    const double top_m =
        profile.ground_amsl_m[i] + profile.clutter_at(i) + d1 * d2 / (2.0 * earth_radius_m);
    if (ray_m - top_m < kNeededClearance * sea::fresnel_radius_m(wavelength, d1, d2)) return false;
  }
  return true;
}

struct Sea {
  double surface_sigma_m;
  double earth_radius_m;
  double relative_permittivity;
  double conductivity_s_per_m;
};

class TwoRaySea final : public PathLossModel {
 public:
  explicit TwoRaySea(const Sea& sea) : sea_(sea) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    return evaluate(input, input.profile, terms);
  }

  /// Land in the way is looked for where it comes nearest to the ray.
  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    const std::size_t receivers = radial.receiver_count();
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const auto& model = static_cast<const TwoRaySea&>(*targets[t].model);
      scratch.workspace.reset();
      EdgeScan land(radial, EdgeScan::Surface::obstacles_on_land, 0.5 / model.sea_.earth_radius_m,
                    scratch.workspace);
      EdgeScan::Hints hints;
      GrowingProfile profiles(radial, scratch.profile);
      for (std::size_t r = 0; r < receivers; ++r) {
        land.advance(radial.sample_count[r]);
        const PathLossInput input = profiles.input(r, targets[t]);
        KeyPoints points;
        land.add_strongest(
            {radial.distance_m[r], radial.ground_amsl_m[r] + targets[t].rx_height_agl_m}, hints,
            points);
        results[t * receivers + r] = model.evaluate(
            input, points.input(radial, r, targets[t], scratch.key_points).profile, nullptr);
      }
    }
  }

 private:
  /// `land` holds the points of the profile at which land may be in the way.
  PathLossResult evaluate(const PathLossInput& input, const PathProfileView& land,
                          Terms* terms) const {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const PathProfileView& profile = input.profile;
    const double tx_m =
        input.tx.height_agl_m + (profile.empty() ? 0.0 : profile.ground_amsl_m.front());
    const double rx_m =
        input.rx.height_agl_m + (profile.empty() ? 0.0 : profile.ground_amsl_m.back());
    if (tx_m <= 0.0 || rx_m <= 0.0) return refuse(under_water);

    const double wavelength = wavelength_m(input.frequency_hz);
    const sea::ReflectionPoint point =
        sea::reflection_point(input.distance_m, tx_m, rx_m, sea_.earth_radius_m);
    const double fresnel_m = sea::fresnel_radius_m(wavelength, point.d1_m, point.d2_m);
    if (terms != nullptr) {
      terms->add_pair("antenna_height_m", tx_m, rx_m, "above the sea", "geometry");
      terms->add("reflection_distance_m", point.d1_m, "from the transmitter to the reflection",
                 "P.1812-8 eq. (24)");
      terms->add("clearance_m", point.clearance_m, "of the direct ray over the sea",
                 "P.1812-8 eq. (23)");
      terms->add("clearance_over_f1", point.clearance_m / fresnel_m,
                 "in radii of the first Fresnel zone; at least 0.6 is needed", "Yonder");
    }
    if (!(point.clearance_m >= kNeededClearance * fresnel_m)) return refuse(not_clear);
    if (!profile.empty()) {
      if (!reflects_on_sea(profile, point.d1_m)) return refuse(reflected_on_land);
      if (!clear_of_land(land, tx_m, rx_m, sea_.earth_radius_m, wavelength)) {
        return refuse(land_in_the_way);
      }
    }

    const std::complex<double> fresnel =
        sea::reflection_coefficient(input.frequency_hz, point.grazing_rad, input.polarization,
                                    sea_.relative_permittivity, sea_.conductivity_s_per_m);
    const double roughness =
        sea::roughness_factor(sea_.surface_sigma_m, point.grazing_rad, wavelength);
    const double spreading = point.direct_path_m / point.reflected_path_m;
    const double phase = -2.0 * kPi * point.excess_path_m / wavelength;
    const std::complex<double> field =
        1.0 + fresnel * std::polar(point.divergence * roughness * spreading, phase);
    const double free_space_db = free_space_loss_db(input.frequency_hz, point.direct_path_m);
    const double gain_db = 20.0 * std::log10(std::abs(field));
    if (terms != nullptr) {
      terms->add("grazing_deg", rad_to_deg(point.grazing_rad), "angle of the reflected ray",
                 "geometry");
      terms->add("excess_path_m", point.excess_path_m, "reflected less direct path", "geometry");
      terms->add("divergence", point.divergence, "spreading by the convex sea",
                 "[1 + 2 d1 d2 / (a_e d tan psi)]^-1/2");
      terms->add("roughness", roughness, "specular share left by the waves",
                 "exp[-2 (2 pi sigma sin psi / lambda)^2]");
      terms->add("reflection_magnitude", std::abs(fresnel), "of a smooth plane sea", "Fresnel");
      terms->add("reflection_phase_deg", rad_to_deg(std::arg(fresnel)), "of a smooth plane sea",
                 "Fresnel");
      terms->add("free_space_db", free_space_db, "along the direct ray", "P.525-4 eq. (3)");
      terms->add("interference_gain_db", gain_db, "both rays over the direct ray", "Yonder");
    }
    return PathLossResult::value(free_space_db - gain_db);
  }

  Sea sea_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  const std::size_t state = reader.choice("sea_state");
  const bool by_height = state == kSeaStates.size();
  if (reader.given("significant_wave_height_m") && !by_height) {
    throw ParameterError("significant_wave_height_m",
                         "'significant_wave_height_m' goes with 'sea_state' wave_height; with "
                         "another sea state it would be ignored");
  }
  const double wave_height_m = by_height ? reader.number("significant_wave_height_m")
                                         : kSeaStates[state].significant_wave_height_m;
  return std::make_unique<TwoRaySea>(
      Sea{.surface_sigma_m = wave_height_m / 4.0,
          .earth_radius_m = reader.number("effective_earth_radius_factor") * kEarthRadiusM,
          .relative_permittivity = reader.number("relative_permittivity"),
          .conductivity_s_per_m = reader.number("conductivity_s_per_m")});
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "two_ray_sea",
    .source =
        "two-ray interference over a spherical rough sea; geometry of ITU-R P.526-15 "
        "section 3.2",
    .title =
        "direct ray and sea reflection, where the path clears the sea by 0.6 of the first "
        "Fresnel zone",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::two_ray_sea
