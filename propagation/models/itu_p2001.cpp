#include "propagation/models/itu_p2001.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/units.h"
#include "propagation/physics/edge_scan.h"
#include "propagation/physics/p2001_closing.h"

namespace yonder::propagation::itu_p2001 {
namespace {

constexpr double kHighestAntennaM = 8000.0;

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 50000.0, true, true, "P.2001-4 section 1"},
    {"distance_m", "m", 0.0, kPi* kEarthRadiusM, false, true,
     "P.2001-4 section 1: above zero, no specific maximum; no great circle is longer"},
    {"tx.height_agl_m", "m", 0.0, kHighestAntennaM, false, true, "P.2001-4 section 1"},
    {"rx.height_agl_m", "m", 0.0, kHighestAntennaM, false, true, "P.2001-4 section 1"},
});

constexpr RangeSpec kTime{"", "%", 0.00001, 99.99999, true, true, "P.2001-4 section 3.1"};
constexpr RangeSpec kGain{"", "dBi", -100.0, 100.0, true, true, "wider than any antenna"};
// At 157 the earth is flat at the median and its effective radius infinite.
constexpr RangeSpec kMedianLapse{"", "N-units/km", 0.0, 157.0, true, false, "P.2001-4 eq. (3.5.1)"};
constexpr RangeSpec kSlope{"", "N-units/km", 0.0, 1000.0, true, true, "wider than the maps"};
constexpr RangeSpec kLowest65m{"", "N-units/km", -2000.0, 0.0, true, true, "wider than the map"};
constexpr RangeSpec kVapour{"", "g/m3", 0.0, 100.0, true, true, "wider than the map"};
constexpr RangeSpec kPercent{"", "%", 0.0, 100.0, true, true, "a probability"};
constexpr RangeSpec kRain{"", "mm/year", 0.0, 20000.0, true, true, "wider than the map"};
constexpr RangeSpec kShare{"", "", 0.0, 1.0, true, true, "a share"};
constexpr RangeSpec kIsotherm{"", "km", -5.0, 10.0, true, true, "wider than the map"};
constexpr RangeSpec kFoes{"", "MHz", 0.0, 50.0, false, true, "wider than the maps"};
constexpr RangeSpec kZone{"", "", 0.0, 6.0, true, true, "P.2001-4 table E.1"};

constexpr auto kUniformChoices = std::to_array<std::string_view>({"false", "true"});

ParameterSpec number(std::string_view name, double value, const RangeSpec& range,
                     std::string_view meaning) {
  return {name, range.unit, value, range, {}, meaning};
}

// Round figures of temperate land, not read from the maps; docs/models/itu_p2001.md tells of them.
constexpr double kVapourDefault = 7.5;
constexpr p2001::RainClimate kRainDefault{8.0, 700.0, 0.1, 2.4};
constexpr p2001::SporadicE kFoesDefault{9.0, 6.5, 4.5, 2.5};
constexpr double kZoneDefault = 5.0;

const auto kParameters = std::to_array<ParameterSpec>({
    number("time_percent", 50.0, kTime,
           "time of an average year for which the loss is not exceeded"),
    number(
        "tx.gain_dbi", 0.0, kGain,
        "transmitting antenna towards the receiver or its horizon; for coupling of troposcatter"),
    number("rx.gain_dbi", 0.0, kGain, "receiving antenna, likewise"),
    {.name = "climate_maps",
     .default_value = std::string_view("itu-maps/"),
     .meaning = "folder with the ITU's digital maps, 14 files named as in the archive of "
                "R-REC-P.2001-4; the climate of each path then comes from them, and no climate.* "
                "may be given",
     .table = TableForm::folder,
     .files = p2001::kMapFiles},
    {"climate_uniform",
     "",
     std::string_view("false"),
     {},
     kUniformChoices,
     "true: climate.mid everywhere; false: where no other value is given"},
    number("climate.mid.dn_median_n_per_km", 45.0, kMedianLapse,
           "median fall of refractivity over the lowest kilometre, positive"),
    number("climate.mid.dn_sup_slope_n_per_km", 50.0, kSlope,
           "its growth per decade of time below 50 %"),
    number("climate.mid.dn_sub_slope_n_per_km", 30.0, kSlope,
           "its shrinking per decade of time above 50 %"),
    number("climate.mid.dndz_65m_1_n_per_km", -250.0, kLowest65m,
           "refractivity gradient of the lowest 65 m not exceeded for 1 % of time"),
    number("climate.mid.water_vapour_g_per_m3", kVapourDefault, kVapour,
           "water vapour at the surface, middle of the path"),
    number("climate.mid.rain_pr6_percent", kRainDefault.pr6_percent, kPercent,
           "probability of rain in 6 hours"),
    number("climate.mid.rain_mt_mm_per_year", kRainDefault.mt_mm_per_year, kRain, "yearly rain"),
    number("climate.mid.rain_beta", kRainDefault.beta, kShare, "convective share of the rain"),
    number("climate.mid.zero_degree_height_km", kRainDefault.zero_degree_height_km, kIsotherm,
           "mean height of 0 degrees C above sea level"),
    number("climate.mid.foes_0p1_mhz", kFoesDefault.foes_0p1_mhz, kFoes,
           "sporadic-E critical frequency exceeded for 0.1 % of time"),
    number("climate.mid.foes_1_mhz", kFoesDefault.foes_1_mhz, kFoes, "for 1 %"),
    number("climate.mid.foes_10_mhz", kFoesDefault.foes_10_mhz, kFoes, "for 10 %"),
    number("climate.mid.foes_50_mhz", kFoesDefault.foes_50_mhz, kFoes, "for 50 %"),
    number("climate.common_volume.troposcatter_zone", kZoneDefault, kZone,
           "troposcatter climate of the common volume; 0: sea, then the terminals' count"),
    number("climate.tx.troposcatter_zone", kZoneDefault, kZone,
           "at the transmitter; when absent: the common volume's"),
    number("climate.rx.troposcatter_zone", kZoneDefault, kZone,
           "at the receiver; when absent: the common volume's"),
    number("climate.tx.water_vapour_g_per_m3", kVapourDefault, kVapour,
           "water vapour at the transmitter; when absent: climate.mid's"),
    number("climate.rx.water_vapour_g_per_m3", kVapourDefault, kVapour,
           "at the receiver; when absent: climate.mid's"),
    number("climate.tx_to_cv.rain_pr6_percent", kRainDefault.pr6_percent, kPercent,
           "rain between transmitter and common volume; when absent: climate.mid's"),
    number("climate.tx_to_cv.rain_mt_mm_per_year", kRainDefault.mt_mm_per_year, kRain, "likewise"),
    number("climate.tx_to_cv.rain_beta", kRainDefault.beta, kShare, "likewise"),
    number("climate.tx_to_cv.zero_degree_height_km", kRainDefault.zero_degree_height_km, kIsotherm,
           "likewise"),
    number("climate.rx_to_cv.rain_pr6_percent", kRainDefault.pr6_percent, kPercent,
           "rain between receiver and common volume; when absent: climate.mid's"),
    number("climate.rx_to_cv.rain_mt_mm_per_year", kRainDefault.mt_mm_per_year, kRain, "likewise"),
    number("climate.rx_to_cv.rain_beta", kRainDefault.beta, kShare, "likewise"),
    number("climate.rx_to_cv.zero_degree_height_km", kRainDefault.zero_degree_height_km, kIsotherm,
           "likewise"),
    number("climate.quarter.foes_0p1_mhz", kFoesDefault.foes_0p1_mhz, kFoes,
           "sporadic E at a quarter of the path; when absent: climate.mid's"),
    number("climate.quarter.foes_1_mhz", kFoesDefault.foes_1_mhz, kFoes, "likewise"),
    number("climate.quarter.foes_10_mhz", kFoesDefault.foes_10_mhz, kFoes, "likewise"),
    number("climate.quarter.foes_50_mhz", kFoesDefault.foes_50_mhz, kFoes, "likewise"),
    number("climate.three_quarter.foes_0p1_mhz", kFoesDefault.foes_0p1_mhz, kFoes,
           "sporadic E at three quarters of the path; when absent: climate.mid's"),
    number("climate.three_quarter.foes_1_mhz", kFoesDefault.foes_1_mhz, kFoes, "likewise"),
    number("climate.three_quarter.foes_10_mhz", kFoesDefault.foes_10_mhz, kFoes, "likewise"),
    number("climate.three_quarter.foes_50_mhz", kFoesDefault.foes_50_mhz, kFoes, "likewise"),
});

enum Refusal : std::uint8_t { kTooFewPoints, kLengthMismatch, kTooHigh };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the profile needs at least one point between transmitter and receiver",
    "distance_m differs from the length of the profile by more than half a metre",
    "an antenna stands more than 8000 m above sea level (P.2001-4 section 1)",
});

/// Reads climate values by point, absent ones from another point.
class ClimateReader {
 public:
  explicit ClimateReader(const ParameterValues& values)
      : parameters_(kModelInfo, values), uniform_(parameters_.word("climate_uniform") == "true") {}

  double number(std::string_view name) const { return parameters_.number(name); }

  double at(std::string_view point, std::string_view name, std::string_view otherwise) const {
    const std::string key = "climate." + std::string(point) + "." + std::string(name);
    if (!uniform_ && parameters_.given(key)) return parameters_.number(key);
    return parameters_.number("climate." + std::string(otherwise) + "." + std::string(name));
  }
  double at(std::string_view point, std::string_view name) const { return at(point, name, "mid"); }

  p2001::RainClimate rain(std::string_view point) const {
    return {.pr6_percent = at(point, "rain_pr6_percent"),
            .mt_mm_per_year = at(point, "rain_mt_mm_per_year"),
            .beta = at(point, "rain_beta"),
            .zero_degree_height_km = at(point, "zero_degree_height_km")};
  }
  p2001::SporadicE foes(std::string_view point) const {
    return {.foes_0p1_mhz = at(point, "foes_0p1_mhz"),
            .foes_1_mhz = at(point, "foes_1_mhz"),
            .foes_10_mhz = at(point, "foes_10_mhz"),
            .foes_50_mhz = at(point, "foes_50_mhz")};
  }
  int zone(std::string_view point) const {
    const double value = at(point, "troposcatter_zone", "common_volume");
    if (value != std::floor(value)) {
      const std::string key = "climate." + std::string(point) + ".troposcatter_zone";
      throw ParameterError(key, "'" + key + "' must be a whole number from 0 to 6");
    }
    return static_cast<int>(value);
  }

 private:
  ParameterReader parameters_;
  bool uniform_;
};

/// nullptr when no folder of maps was given.
std::shared_ptr<const p2001::ClimateMaps> read_maps(const ParameterValues& values) {
  const auto tables = ParameterReader(kModelInfo, values).tables("climate_maps");
  if (tables == nullptr) return nullptr;
  for (const auto& [name, value] : values) {
    if (name.starts_with("climate.") || name == "climate_uniform") {
      throw ParameterError(name, "'" + name +
                                     "' cannot be given together with 'climate_maps', "
                                     "which says it for each path");
    }
  }
  return std::make_shared<const p2001::ClimateMaps>(*tables);
}

p2001::Settings read_settings(const ParameterValues& values) {
  const ClimateReader reader(values);
  const auto mid = [&](std::string_view name) { return reader.at("mid", name); };
  return {
      .time_percent = reader.number("time_percent"),
      .tx_gain_dbi = reader.number("tx.gain_dbi"),
      .rx_gain_dbi = reader.number("rx.gain_dbi"),
      .climate = {.mid = {.dn_median = mid("dn_median_n_per_km"),
                          .dn_sup_slope = mid("dn_sup_slope_n_per_km"),
                          .dn_sub_slope = mid("dn_sub_slope_n_per_km"),
                          .dndz_65m_1 = mid("dndz_65m_1_n_per_km")},
                  .mid_water_vapour_g_per_m3 = mid("water_vapour_g_per_m3"),
                  .tx_water_vapour_g_per_m3 = reader.at("tx", "water_vapour_g_per_m3"),
                  .rx_water_vapour_g_per_m3 = reader.at("rx", "water_vapour_g_per_m3"),
                  .mid_rain = reader.rain("mid"),
                  .tx_to_common_volume_rain = reader.rain("tx_to_cv"),
                  .rx_to_common_volume_rain = reader.rain("rx_to_cv"),
                  .mid_foes = reader.foes("mid"),
                  .quarter_foes = reader.foes("quarter"),
                  .three_quarter_foes = reader.foes("three_quarter"),
                  .zones = {.tx = reader.zone("tx"),
                            .rx = reader.zone("rx"),
                            .common_volume = reader.zone("common_volume")}},
      .maps = read_maps(values),
  };
}

class ItuP2001 final : public PathLossModel {
 public:
  explicit ItuP2001(const p2001::Settings& settings) : settings_(settings) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = refusal(input); !refused.ok()) return refused;
    return PathLossResult::value(
        p2001::basic_loss_db(input, p2001::whole_profile(input.profile), settings_, terms));
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    for (std::size_t t = 0; t < targets.size(); ++t) {
      static_cast<const ItuP2001&>(*targets[t].model)
          .sweep_one(radial, targets[t], scratch,
                     results.subspan(t * radial.receiver_count(), radial.receiver_count()));
    }
  }

 private:
  /// ok, or why the path has no loss; looks at nothing between the terminals.
  static PathLossResult refusal(const PathLossInput& input) {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const auto refuse = [](Refusal why) {
      return PathLossResult{.status = LossStatus::not_applicable, .bound = why};
    };
    const PathProfileView& profile = input.profile;
    if (profile.size() < 3) return refuse(kTooFewPoints);
    if (!(std::abs(input.distance_m - profile.length_m()) <= 0.5)) return refuse(kLengthMismatch);
    const double highest_m = std::max(profile.ground_amsl_m.front() + input.tx.height_agl_m,
                                      profile.ground_amsl_m.back() + input.rx.height_agl_m);
    if (highest_m > kHighestAntennaM) return refuse(kTooHigh);
    return {};
  }

  void sweep_one(const RadialInput& radial, const SweepTarget& target, SweepScratch& scratch,
                 std::span<PathLossResult> out) const;

  p2001::Settings settings_;
};

/// As the sweep of itu_p526, with horizons and roughness beside the diffraction.
void ItuP2001::sweep_one(const RadialInput& radial, const SweepTarget& target,
                         SweepScratch& scratch, std::span<PathLossResult> out) const {
  if (settings_.maps) {  // the effective radius is each path's own: nothing carries over
    sweep_by_evaluation(radial, {&target, 1}, scratch, out);
    return;
  }
  const PathProfileView& s = radial.samples;
  p2001::Path earth;
  p2001::fill_refraction(settings_.climate.mid, p2001::TimePercent(settings_.time_percent), earth);
  Workspace& workspace = scratch.workspace;
  workspace.reset();
  using Scan = EdgeScan;
  Scan median(radial, Scan::Surface::ground, 5e-4 / earth.median_radius_km, workspace);
  Scan bent(radial, Scan::Surface::ground, 5e-4 * earth.curvature_per_km, workspace);
  Scan straight(radial, Scan::Surface::ground, 0.0, workspace);
  Scan::Hints median_hints;
  Scan::Hints bent_hints;
  Scan::Hints straight_hints;
  SmoothEarthSums sums;
  ZoneRuns zones;
  std::size_t known = 0;
  for (std::size_t r = 0; r < radial.receiver_count(); ++r) {
    const std::size_t count = radial.sample_count[r];
    const EndHeights ground = {s.ground_amsl_m.front(), radial.ground_amsl_m[r]};
    const Scan::End rx = {radial.distance_m[r], ground.rx_m + target.rx_height_agl_m};
    for (; known < count; ++known) {
      if (!s.zone.empty()) zones.add(s.zone[known], s.distance_m[known]);
      if (known == 0) continue;
      sums.add_segment(s.distance_m[known - 1], s.ground_amsl_m[known - 1], s.distance_m[known],
                       s.ground_amsl_m[known]);
    }
    median.advance(count);
    bent.advance(count);
    straight.advance(count);

    p2001::WholeProfile whole;
    whole.sums = sums;
    whole.sums.add_segment(s.distance_m[count - 1], s.ground_amsl_m[count - 1], rx.distance_m,
                           ground.rx_m);
    whole.zones = s.zone.empty() ? ZoneSections{.longest_land_m = rx.distance_m,
                                                .longest_inland_m = rx.distance_m}
                                 : zones.end_at(radial.zone[r], rx.distance_m);
    // The profile has count + 1 points; its middle ones are samples.
    const std::size_t middle = (count + 1) / 2;
    whole.middle_ground_m = count % 2 == 0
                                ? s.ground_amsl_m[middle]
                                : 0.5 * (s.ground_amsl_m[middle - 1] + s.ground_amsl_m[middle]);
    whole.interior_m = s.distance_m.subspan(1, count - 1);

    KeyPoints points;
    points.add(1);  // where Bullington's point may lie at the nearest and the farthest
    points.add(count - 1);
    const Scan::Horizons horizons = median.add_horizons(rx, median_hints, points);
    if (median.may_be_in_sight(rx)) median.add_strongest(rx, median_hints, points);
    if (median.may_be_obstructed(rx)) {
      const EndHeights line = p2001::ducting_smooth_heights(whole.sums, rx.distance_m, ground);
      median.add_highest_between(std::min(horizons.tx, horizons.rx),
                                 std::max(horizons.tx, horizons.rx), line.tx_m,
                                 (line.rx_m - line.tx_m) / rx.distance_m, median_hints, points);
    }
    bent.add_horizons(rx, bent_hints, points);
    if (bent.may_be_in_sight(rx)) bent.add_strongest(rx, bent_hints, points);
    if (straight.may_be_obstructed(rx)) {
      straight.add_horizons(rx, straight_hints, points);
      straight.add_highest(rx, straight_hints, points);
    }

    const PathLossInput input = points.input(radial, r, target, scratch.profile);
    out[r] = refusal(input);
    if (out[r].ok()) {
      out[r] = PathLossResult::value(p2001::basic_loss_db(input, whole, settings_, nullptr));
    }
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  return std::make_unique<ItuP2001>(read_settings(values));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itu_p2001",
    .source = "ITU-R P.2001-4 (09/2021)",
    .title = "terrain, sea, rain, gases, troposcatter and sporadic E, nearly all of the time",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itu_p2001
