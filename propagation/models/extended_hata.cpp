#include "propagation/models/extended_hata.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/extended_hata.h"
#include "propagation/physics/normal_quantile.h"

namespace yonder::propagation::extended_hata {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 1500.0, 3500.0, true, true,
     "TR-15-517: fitted to 1.5-3 GHz, applied at 3.5 GHz"},
    {"distance_m", "m", 1000.0, 100000.0, true, true, "TR-15-517 appendix A: 1 to 100 km"},
    {"tx.height_agl_m", "m", 0.0, 3000.0, false, true,
     "above ground; the method itself limits the effective height to 30-200 m"},
    {"rx.height_agl_m", "m", 0.0, 3000.0, false, true,
     "above ground; the method itself limits the effective height to 1-10 m"},
});

constexpr auto kEnvironments = std::to_array<std::string_view>({"urban", "suburban", "rural"});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "environment",
     .default_value = std::string_view("urban"),
     .choices = kEnvironments,
     .meaning = "surroundings of the mobile"},
    {.name = "location_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = {{}, "%", 0.0, 100.0, false, false, "TR-15-517"},
     .meaning = "share of locations whose loss does not exceed the result"},
});

enum Refusal : std::uint8_t { no_profile, coarse_profile };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the model needs a terrain profile, and none was given",
    "the profile's points lie more than 3 km apart: the method's terrain statistics need finer "
    "ones",
});
constexpr double kCoarsestStepM = 3000.0;  // nearest ground of the mean ground heights

/// Path as the method sees it: equidistant, from the mobile to the base station.
struct Path {
  MobileProfile profile;
  double sea_fraction = 0.0;
  SeaEnd sea_end = SeaEnd::neither;
  bool resampled = false;
};

bool is_equidistant(std::span<const double> distance_m) {
  const double step_m = distance_m.back() / static_cast<double>(distance_m.size() - 1);
  for (std::size_t i = 1; i < distance_m.size(); ++i) {
    if (std::abs(distance_m[i] - static_cast<double>(i) * step_m) > 1e-6 * step_m) return false;
  }
  return true;
}

/// The share of points over sea, and the half of the path that has more of them. Zones decide; a
/// profile without zones is sea where its ground is exactly 0, the rule of the reference
/// implementation.
void find_sea(const PathProfileView& view, Path& path) {
  const std::size_t points = view.size();
  const std::size_t half = (points - 1) / 2;
  std::size_t near_mobile = 0;
  std::size_t near_base = 0;
  for (std::size_t i = 0; i < points; ++i) {
    const std::size_t from_tx = points - 1 - i;
    const bool sea =
        view.zone.empty() ? view.ground_amsl_m[from_tx] == 0.0 : view.zone[from_tx] == Zone::sea;
    if (sea) ++(i < half ? near_mobile : near_base);
  }
  path.sea_fraction = static_cast<double>(near_mobile + near_base) / static_cast<double>(points);
  path.sea_end = near_mobile > near_base   ? SeaEnd::mobile
                 : near_base > near_mobile ? SeaEnd::base
                                           : SeaEnd::neither;
}

Path mobile_path(const PathProfileView& view, Workspace& workspace) {
  const std::size_t points = view.size();
  const std::span<double> ground = workspace.doubles(points);
  Path path;
  path.profile.step_m = view.length_m() / static_cast<double>(points - 1);
  path.resampled = !is_equidistant(view.distance_m);
  if (path.resampled) {
    std::size_t right = 1;
    for (std::size_t i = 0; i < points; ++i) {
      const double at = std::min(static_cast<double>(i) * path.profile.step_m, view.length_m());
      while (right + 1 < points && view.distance_m[right] < at) ++right;
      const double part =
          (at - view.distance_m[right - 1]) / (view.distance_m[right] - view.distance_m[right - 1]);
      ground[points - 1 - i] = std::lerp(view.ground_amsl_m[right - 1], view.ground_amsl_m[right],
                                         std::clamp(part, 0.0, 1.0));
    }
  } else {
    std::reverse_copy(view.ground_amsl_m.begin(), view.ground_amsl_m.end(), ground.begin());
  }
  path.profile.ground_m = ground;
  find_sea(view, path);
  return path;
}

PathLossResult refuse(Refusal refusal) {
  return {.status = LossStatus::not_applicable, .bound = refusal};
}

class ExtendedHata final : public PathLossModel {
 public:
  ExtendedHata(Environment environment, double location_percent)
      : environment_(environment), location_quantile_(normal_quantile(location_percent / 100.0)) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace& workspace,
                          Terms* terms) const override {
    workspace.reset();
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    if (input.profile.size() < 2) return refuse(no_profile);
    if (input.profile.length_m() > kCoarsestStepM * static_cast<double>(input.profile.size() - 1)) {
      return refuse(coarse_profile);
    }
    const double f = hz_to_mhz(input.frequency_hz);
    const Path path = mobile_path(input.profile, workspace);
    const double distance_km = path.profile.length_m() * 0.001;

    const MeanGroundRise rise = mean_ground_rise(path.profile);
    const double base_m = std::clamp(input.tx.height_agl_m + rise.base_m, 30.0, 200.0);
    const double mobile_m = std::clamp(input.rx.height_agl_m + rise.mobile_m, 1.0, 10.0);
    const Median median = median_loss(f, base_m, mobile_m, distance_km, environment_);
    const double variation_db = location_quantile_ * location_sigma_db(f, environment_);
    const Undulation hills =
        undulation(path.profile, workspace.doubles(path.profile.ground_m.size()));
    const double slope_mrad = slope_at_mobile_mrad(path.profile);
    const Horizons seen = horizons(path.profile, input.rx.height_agl_m, input.tx.height_agl_m);

    // Okumura's corrections: an isolated ridge where one obstacle is both horizons, rolling hills
    // otherwise.
    const double ridge_db = seen.single ? isolated_ridge_db(seen) : 0.0;
    const double hills_db = seen.single ? 0.0 : rolling_hills_median_db(hills.delta_h_m);
    const double fine_db =
        seen.single ? 0.0 : rolling_hills_fine_db(hills, path.profile.ground_m[0]);
    const double general_slope_db = seen.single ? 0.0 : slope_db(slope_mrad, distance_km);
    const double sea_db = mixed_path_db(distance_km, path.sea_fraction, path.sea_end);
    const double loss_db =
        median.loss_db + variation_db - ridge_db - hills_db - fine_db - general_slope_db - sea_db;

    if (terms != nullptr) {
      constexpr std::string_view kReport = "TR-15-517 appendix A";
      terms->add_pair("effective_height_m", base_m, mobile_m,
                      "effective heights after the method's limits", kReport);
      terms->add_pair("mean_ground_rise_m", rise.base_m, rise.mobile_m,
                      "ground at the terminal over the mean ground 3 to 15 km away", kReport);
      terms->add("median_db", median.loss_db, "median over quasi-smooth terrain", kReport);
      terms->add("breakpoint_km", median.breakpoint_km,
                 "distance where the long-distance exponent begins", kReport);
      terms->add("attenuation_1km_db", median.attenuation_1km_db,
                 "urban attenuation relative to free space at 1 km", kReport);
      terms->add("attenuation_100km_db", median.attenuation_100km_db,
                 "urban attenuation relative to free space at 100 km", kReport);
      terms->add("variation_db", variation_db, "location variability", kReport);
      terms->add("delta_h_m", hills.delta_h_m, "terrain irregularity", "Okumura 1968 section 2.4");
      terms->add("slope_mrad", slope_mrad, "terrain slope at the mobile",
                 "Okumura 1968 section 4.3");
      terms->add_pair("horizon_m", seen.base_m, seen.mobile_m, "distance to the horizon", kReport);
      terms->add_text("single_horizon", seen.single ? "true" : "false",
                      "one obstacle is the horizon of both ends", kReport);
      terms->add("ridge_height_m", seen.ridge_height_m, "of that obstacle over the direct ray",
                 "Okumura 1968 section 4.2");
      terms->add("isolated_ridge_db", ridge_db, "correction, subtracted",
                 "Okumura 1968 figs. 31-32");
      terms->add("rolling_hills_db", hills_db, "correction, subtracted", kReport);
      terms->add("rolling_hills_fine_db", fine_db, "correction, subtracted", kReport);
      terms->add("general_slope_db", general_slope_db, "correction, subtracted",
                 "Okumura 1968 fig. 34");
      terms->add("sea_fraction", path.sea_fraction, "share of profile points over sea", kReport);
      terms->add("mixed_path_db", sea_db, "land-sea correction, subtracted",
                 "Okumura 1968 fig. 35");
      terms->add_text("profile_resampled", path.resampled ? "true" : "false",
                      "the profile was made equidistant by linear interpolation", "Yonder");
    }
    return PathLossResult::value(loss_db);
  }

 private:
  Environment environment_;
  double location_quantile_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<ExtendedHata>(static_cast<Environment>(reader.choice("environment")),
                                        reader.number("location_percent"));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "extended_hata",
    .source = "NTIA Report TR-15-517 (06/2015), appendix A",
    .title = "extended Hata of NTIA: Okumura with terrain corrections, 1.5-3.5 GHz, 1-100 km",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::extended_hata
