#include "propagation/models/itu_p1546.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/units.h"
#include "propagation/physics/p1546_method.h"
#include "propagation/physics/p1546_profile.h"
#include "propagation/physics/zones.h"

namespace yonder::propagation::itu_p1546 {
namespace {

using p1546::Area;
using p1546::Surface;

constexpr double kHighestH1M = 3000.0;
constexpr double kLowestSeaH1M = 1.0;
constexpr double kLowestReceiverAtSeaM = 3.0;

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 4000.0, true, true, "P.1546-6 recommends 1"},
    {"distance_m", "m", 0.0, 1e6, false, true,
     "P.1546-6 recommends 1; Annex 5 section 15 below 1 km"},
    {"tx.height_agl_m", "m", 0.0, kHighestH1M, true, true,
     "P.1546-6 Annex 5 section 4.1; 0: not known, only the effective height is"},
    {"rx.height_agl_m", "m", 1.0, kHighestH1M, true, true, "P.1546-6 Annex 5 section 9"},
});

constexpr RangeSpec kTime{"", "%", 1.0, 50.0, true, true, "P.1546-6 Annex 5 section 7"};
constexpr RangeSpec kPlaces{"", "%", 1.0, 99.0, true, true, "P.1546-6 Annex 5 section 12"};
constexpr RangeSpec kEffective{
    "", "m", -10000.0, kHighestH1M, true, true, "P.1546-6 Annex 5 sections 3, 4"};
constexpr RangeSpec kClutter{"", "m", 0.0, 500.0, false, true, "wider than any clutter"};
constexpr RangeSpec kGround{"", "m", -500.0, 9000.0, true, true, "the earth's surface"};
constexpr RangeSpec kAngle{"", "deg", -90.0, 90.0, true, true, "an elevation"};
constexpr RangeSpec kCell{"", "m", 50.0, 1000.0, true, true, "P.1546-6 Annex 5 section 12"};
constexpr RangeSpec kLength{"", "m", 0.0, 1e6, true, true, "no longer than the path"};

constexpr auto kBool = std::to_array<std::string_view>({"true", "false"});
constexpr auto kSeas = std::to_array<std::string_view>({"cold", "warm"});
constexpr auto kAreas =
    std::to_array<std::string_view>({"rural", "suburban", "urban", "dense_urban", "sea"});

constexpr ParameterSpec number(std::string_view name, double value, const RangeSpec& range,
                               std::string_view meaning) {
  return {
      .name = name, .unit = range.unit, .default_value = value, .range = range, .meaning = meaning};
}
constexpr ParameterSpec word(std::string_view name, std::string_view value,
                             std::span<const std::string_view> choices, std::string_view meaning) {
  return {.name = name, .default_value = value, .choices = choices, .meaning = meaning};
}

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "curves",
     .default_value = std::string_view("p1546-curves.csv"),
     .meaning = "CSV file of the Recommendation's tabulated curves (figures 1 to 24), which may "
                "not be shipped with this program. Columns: surface (land, cold_sea, warm_sea, or "
                "sea for both), frequency_mhz (100, 600, 2000), time_percent (1, 10, 50), "
                "distance_km, h1_10_m, h1_20_m, h1_37.5_m, h1_75_m, h1_150_m, h1_300_m, h1_600_m, "
                "h1_1200_m in dB(uV/m). docs/models/itu_p1546.md says where the tables are and "
                "how to convert them",
     .required = true,
     .table = TableForm::csv},
    number("time_percent", 50.0, kTime, "time for which the loss is not exceeded"),
    number("location_percent", 50.0, kPlaces, "places at which the loss is not exceeded"),
    word("terrain_information", "true", kBool,
         "false: terrain heights are not known, as section 3.1.1 has it; a profile then only "
         "tells land from sea"),
    word("sea", "cold", kSeas, "which sea the sea of a profile is; differs below 50 % of time"),
    number("tx.effective_height_m", 10.0, kEffective,
           "height over the mean ground 3 to 15 km away; over sea: above the sea. When absent: "
           "from the profile; without one, the height above ground"),
    number("tx.height_over_0p2d_to_d_m", 10.0, kEffective,
           "height over the mean ground between 0.2 d and d, for land paths under 15 km. When "
           "absent: from the profile; without one, the effective height"),
    number("tx.clutter_m", 10.0, kClutter,
           "height of the clutter around the transmitter. When absent: no correction for it"),
    number("tx.ground_amsl_m", 0.0, kGround,
           "ground at the transmitter. When absent: from the profile; without one, 0"),
    number("tx.clearance_angle_deg", 0.0, kAngle,
           "elevation of the transmitter's horizon, for tropospheric scatter. When absent: from "
           "the profile; without one, no scatter"),
    word("rx.area", "rural", kAreas,
         "surroundings of the receiver; sea wherever a profile ends at sea"),
    number("rx.clutter_m", 10.0, kClutter,
           "height of the clutter around the receiver. When absent: the profile's, at least 10; "
           "without one, 10, urban 20, dense_urban 30"),
    number("rx.ground_amsl_m", 0.0, kGround,
           "ground at the receiver. When absent: from the profile; without one, 0"),
    number("rx.clearance_angle_deg", 0.0, kAngle,
           "elevation of the receiver's horizon, for tropospheric scatter. When absent: from the "
           "profile; without one, no scatter"),
    number("rx.terrain_clearance_angle_deg", 0.55, kAngle,
           "the same, for the correction of section 11. When absent: from the profile unless the "
           "receiver is at sea; without one, no correction"),
    number("cell_width_m", 100.0, kCell,
           "side of the square over which places vary; needed where location_percent is not 50 "
           "and terrain_information is true"),
    number("path.land_m", 0.0, kLength,
           "length over land; these three replace the profile's zones. When all are absent: the "
           "profile's; without one, all land"),
    number("path.cold_sea_m", 0.0, kLength, "length over cold sea"),
    number("path.warm_sea_m", 0.0, kLength,
           "length over warm sea; where both seas are met, all is taken for warm"),
});

enum Refusal : std::uint8_t { kNoHeight, kLengthMismatch, kTooHigh, kTooLowOverSea, kLowAtSea };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the transmitter's height is not known: neither tx.height_agl_m nor tx.effective_height_m",
    "distance_m differs from the length of the profile, or of path.*, by more than half a metre",
    "the height h1 is above 3000 m (P.1546-6 Annex 5 section 4.1)",
    "on a path over sea alone the height h1 is below 1 m (P.1546-6 Annex 5 section 3.3)",
    "a receiver at sea must be 3 m or higher (P.1546-6 Annex 5 section 9)",
});

/// What make() was given; absent numbers come from the path.
struct Settings {
  double time_percent = 50.0;
  double location_percent = 50.0;
  bool terrain_information = true;
  bool warm_sea = false;
  std::optional<double> effective_height_m;
  std::optional<double> height_over_0p2d_to_d_m;
  std::optional<double> tx_clutter_m;
  std::optional<double> tx_ground_m;
  std::optional<double> tx_angle_deg;
  Area area = Area::rural;
  std::optional<double> rx_clutter_m;
  std::optional<double> rx_ground_m;
  std::optional<double> rx_angle_deg;
  std::optional<double> rx_terrain_angle_deg;
  std::optional<double> cell_width_m;
  bool has_lengths = false;
  double land_m = 0.0;
  double cold_sea_m = 0.0;
  double warm_sea_m = 0.0;
};

/// A path in the Recommendation's terms.
struct Path {
  double distance_km = 0.0;
  double sea_km = 0.0;
  Surface sea = Surface::cold_sea;
  Area area = Area::rural;
  std::optional<double> height_agl_m;
  double h1_m = 0.0;
  double height_difference_m = 0.0;  ///< of the antennas above sea level
  double rx_clutter_m = 10.0;
  std::optional<double> tx_angle_deg;
  std::optional<double> rx_angle_deg;
  std::optional<double> rx_terrain_angle_deg;

  double sea_share() const { return sea_km / distance_km; }
};

class ItuP1546 final : public PathLossModel {
 public:
  ItuP1546(const NumberTable& curves, const Settings& settings)
      : curves_(curves), settings_(settings) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return false; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    Path path;
    if (const auto refused = describe(input, path)) {
      return {.status = LossStatus::not_applicable, .bound = *refused};
    }
    return PathLossResult::value(loss_db(input, path, terms));
  }

 private:
  std::optional<Refusal> describe(const PathLossInput& input, Path& path) const;
  double base_height_m(const PathLossInput& input, const Path& path, bool has_terrain) const;
  double loss_db(const PathLossInput& input, const Path& path, Terms* terms) const;

  p1546::Curves curves_;
  Settings settings_;
};

double usual_clutter_m(Area area) {
  return area == Area::urban ? 20.0 : area == Area::dense_urban ? 30.0 : 10.0;
}

/// h1 (section 3). A mixed path takes the height of a land path.
double ItuP1546::base_height_m(const PathLossInput& input, const Path& path,
                               bool has_terrain) const {
  const Settings& s = settings_;
  const double agl_m = input.tx.height_agl_m;
  const double d = path.distance_km;
  if (path.sea_share() >= 1.0) {  // section 3.3: above the sea
    if (s.effective_height_m) return *s.effective_height_m;
    return has_terrain ? agl_m + input.profile.ground_amsl_m.front() : agl_m;
  }
  if (d >= 15.0) {
    if (s.effective_height_m) return *s.effective_height_m;
    return has_terrain ? p1546::base_height_m(input.profile, agl_m) : agl_m;
  }
  if (s.terrain_information) {
    if (s.height_over_0p2d_to_d_m) return *s.height_over_0p2d_to_d_m;
    if (has_terrain) return p1546::base_height_m(input.profile, agl_m);  // eq. (6)
    return s.effective_height_m.value_or(agl_m);
  }
  if (!path.height_agl_m) return *s.effective_height_m;
  return p1546::height_without_terrain_m(d, agl_m, s.effective_height_m.value_or(agl_m));
}

std::optional<Refusal> ItuP1546::describe(const PathLossInput& input, Path& path) const {
  const Settings& s = settings_;
  const PathProfileView& profile = input.profile;
  const bool has_profile = !profile.empty();
  const bool has_terrain = has_profile && s.terrain_information;
  path.distance_km = input.distance_m / 1000.0;
  if (has_profile && !(std::abs(input.distance_m - profile.length_m()) <= 0.5)) {
    return kLengthMismatch;
  }
  path.area = s.area;
  if (s.has_lengths) {
    const double sea_m = s.cold_sea_m + s.warm_sea_m;
    if (!(std::abs(input.distance_m - s.land_m - sea_m) <= 0.5)) return kLengthMismatch;
    if (!(s.land_m + sea_m > 0.0)) return kLengthMismatch;
    path.sea_km = path.distance_km * sea_m / (s.land_m + sea_m);
    path.sea = s.warm_sea_m > 0.0 ? Surface::warm_sea : Surface::cold_sea;
  } else if (has_profile) {
    path.sea_km = path.distance_km * sea_fraction(profile);
    path.sea = s.warm_sea ? Surface::warm_sea : Surface::cold_sea;
  }
  if (has_profile && profile.zone_at(profile.size() - 1) == Zone::sea) path.area = Area::sea;
  if (path.area == Area::sea && input.rx.height_agl_m < kLowestReceiverAtSeaM) return kLowAtSea;

  if (input.tx.height_agl_m > 0.0) path.height_agl_m = input.tx.height_agl_m;
  if (!path.height_agl_m && !s.effective_height_m) return kNoHeight;
  path.h1_m = base_height_m(input, path, has_terrain);
  if (path.h1_m > kHighestH1M) return kTooHigh;
  if (path.sea_share() >= 1.0 && path.h1_m < kLowestSeaH1M) return kTooLowOverSea;

  const double tx_ground = s.tx_ground_m.value_or(has_terrain ? profile.ground_amsl_m.front() : 0);
  const double rx_ground = s.rx_ground_m.value_or(has_terrain ? profile.ground_amsl_m.back() : 0);
  path.height_difference_m = input.tx.height_agl_m + tx_ground - input.rx.height_agl_m - rx_ground;
  if (s.rx_clutter_m) {
    path.rx_clutter_m = *s.rx_clutter_m;
  } else {
    const double mapped_m = has_profile ? profile.clutter_at(profile.size() - 1) : 0.0;
    path.rx_clutter_m = mapped_m > 0.0 ? std::max(mapped_m, 10.0) : usual_clutter_m(path.area);
  }
  path.tx_angle_deg = s.tx_angle_deg;
  path.rx_angle_deg = s.rx_angle_deg;
  path.rx_terrain_angle_deg = s.rx_terrain_angle_deg;
  if (has_terrain) {
    const double rx_deg = p1546::receiver_clearance_angle_deg(profile, input.rx.height_agl_m);
    if (!path.tx_angle_deg && path.height_agl_m) {
      path.tx_angle_deg = p1546::transmitter_clearance_angle_deg(profile, input.tx.height_agl_m);
    }
    if (!path.rx_angle_deg) path.rx_angle_deg = rx_deg;
    if (!path.rx_terrain_angle_deg && path.area != Area::sea) path.rx_terrain_angle_deg = rx_deg;
  }
  return std::nullopt;
}

/// The steps of Annex 6.
double ItuP1546::loss_db(const PathLossInput& input, const Path& path, Terms* terms) const {
  const Settings& s = settings_;
  const double f = hz_to_mhz(input.frequency_hz);
  const double t = s.time_percent;
  const double h2 = input.rx.height_agl_m;
  // Below 1 km all steps stand for 1 km, and step 17 carries the result inwards.
  const double d = std::max(path.distance_km, 1.0);
  const double share = path.sea_share();
  const auto slope_db = [&](double distance_km) {  // eq. (37)
    if (!path.height_agl_m) return 0.0;
    return 20.0 * std::log10(distance_km /
                             p1546::slope_distance_km(distance_km, path.height_difference_m));
  };
  const double maximum =
      p1546::maximum_field_dbuv(path.distance_km, path.sea_km, t) + slope_db(path.distance_km);
  const p1546::CurvePath on_curves{
      .frequency_mhz = f,
      .time_percent = t,
      .distance_km = d,
      .h1_m = path.h1_m,
      .maximum_dbuv = p1546::maximum_field_dbuv(d, d * share, t) + slope_db(d)};
  const double land =
      share < 1.0 ? p1546::curve_field_dbuv(curves_, Surface::land, on_curves) : 0.0;
  p1546::CurvePath over_sea = on_curves;
  over_sea.h1_m = std::max(path.h1_m, kLowestSeaH1M);  // section 4.2: not less than 1 m
  const double sea = share > 0.0 ? p1546::curve_field_dbuv(curves_, path.sea, over_sea) : 0.0;
  double e = p1546::mixed_field_dbuv(land, sea, share);
  const double after_11 = e;

  double tca = 0.0;
  if (path.rx_terrain_angle_deg) {
    tca = p1546::clearance_angle_correction_db(f, *path.rx_terrain_angle_deg);
    e += tca;
  }
  double scatter_deg = 0.0;
  double scatter = 0.0;
  const bool has_scatter = path.tx_angle_deg && path.rx_angle_deg;
  if (has_scatter) {
    scatter_deg = p1546::scatter_angle_deg(d, *path.tx_angle_deg, *path.rx_angle_deg);
    scatter = p1546::troposcatter_field_dbuv(f, d, t, scatter_deg);
    e = std::max(e, scatter);
  }
  const double rx_height =
      p1546::receiver_height_correction_db(f, d, path.h1_m, h2, path.rx_clutter_m, path.area);
  e += rx_height;
  const double tx_clutter =
      path.height_agl_m && s.tx_clutter_m
          ? p1546::transmitter_clutter_correction_db(f, *path.height_agl_m, *s.tx_clutter_m)
          : 0.0;
  e += tx_clutter;
  const double slope = slope_db(d);
  e += slope;
  if (path.distance_km < 1.0) {
    e = p1546::short_path_field_dbuv(path.distance_km, path.height_difference_m, e);
  }
  const double deviation = p1546::location_deviation_db(
      f, path.area, s.terrain_information ? s.cell_width_m : std::nullopt);
  if (s.location_percent != 50.0) {
    e += p1546::inverse_normal(s.location_percent / 100.0) * deviation;  // eq. (33)
  }
  e = std::min(e, maximum);
  if (terms != nullptr) {
    Terms& out = *terms;
    out.add("h1_used_m", path.h1_m, "height of the transmitter on the curves",
            "P.1546-6 Annex 5 section 3");
    out.add("sea_share", share, "share of the path over sea", "P.1546-6 Annex 5 section 8");
    out.add("field_max_dbuv_per_m", maximum, "largest field strength",
            "P.1546-6 Annex 5 eqs. (1)-(3), (37)");
    if (share < 1.0) {
      out.add("field_land_dbuv_per_m", land, "as if all were land",
              "P.1546-6 Annex 5 sections 4-7");
    }
    if (share > 0.0) {
      out.add("field_sea_dbuv_per_m", sea, "as if all were sea", "P.1546-6 Annex 5 sections 4-7");
    }
    out.add("field_after_step11_dbuv_per_m", after_11, "land and sea combined",
            "P.1546-6 Annex 5 eq. (17)");
    if (path.rx_terrain_angle_deg) {
      out.add("terrain_clearance_angle_deg", *path.rx_terrain_angle_deg,
              "before the limits 0.55 and 40", "P.1546-6 Annex 5 eq. (31)");
      out.add("tca_correction_db", tca, "for the terrain clearance angle",
              "P.1546-6 Annex 5 eq. (32)");
    }
    if (has_scatter) {
      out.add("scatter_angle_deg", scatter_deg, "scatter angle", "P.1546-6 Annex 5 eq. (35)");
      out.add("field_troposcatter_dbuv_per_m", scatter, "by tropospheric scatter",
              "P.1546-6 Annex 5 eq. (36)");
    }
    out.add("rx_height_correction_db", rx_height, "receiver's height among its clutter",
            "P.1546-6 Annex 5 eqs. (27)-(29)");
    out.add("tx_clutter_correction_db", tx_clutter, "clutter around the transmitter",
            "P.1546-6 Annex 5 eq. (30)");
    out.add("slope_correction_db", slope, "difference of the antennas' heights",
            "P.1546-6 Annex 5 eq. (37)");
    out.add("location_deviation_db", deviation, "standard deviation over places",
            "P.1546-6 Annex 5 section 12");
    out.add("field_dbuv_per_m_1kw_erp", e, "field strength of 1 kW e.r.p.", "P.1546-6 Annex 6");
  }
  return p1546::basic_loss_db(f, e);
}

Settings read_settings(const ParameterReader& reader) {
  const auto optional = [&](std::string_view name) {
    return reader.given(name) ? std::optional<double>(reader.number(name)) : std::nullopt;
  };
  Settings s;
  s.time_percent = reader.number("time_percent");
  s.location_percent = reader.number("location_percent");
  s.terrain_information = reader.word("terrain_information") == "true";
  s.warm_sea = reader.word("sea") == "warm";
  s.effective_height_m = optional("tx.effective_height_m");
  s.height_over_0p2d_to_d_m = optional("tx.height_over_0p2d_to_d_m");
  s.tx_clutter_m = optional("tx.clutter_m");
  s.tx_ground_m = optional("tx.ground_amsl_m");
  s.tx_angle_deg = optional("tx.clearance_angle_deg");
  s.area = static_cast<Area>(reader.choice("rx.area"));
  s.rx_clutter_m = optional("rx.clutter_m");
  s.rx_ground_m = optional("rx.ground_amsl_m");
  s.rx_angle_deg = optional("rx.clearance_angle_deg");
  s.rx_terrain_angle_deg = optional("rx.terrain_clearance_angle_deg");
  s.cell_width_m = optional("cell_width_m");
  s.has_lengths = reader.given("path.land_m") || reader.given("path.cold_sea_m") ||
                  reader.given("path.warm_sea_m");
  s.land_m = reader.number("path.land_m");
  s.cold_sea_m = reader.number("path.cold_sea_m");
  s.warm_sea_m = reader.number("path.warm_sea_m");
  if (s.location_percent != 50.0 && s.terrain_information && s.area != Area::sea &&
      !s.cell_width_m) {
    throw ParameterError("cell_width_m",
                         "'cell_width_m' is needed where 'location_percent' is not 50 and "
                         "'terrain_information' is true");
  }
  return s;
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<ItuP1546>(reader.tables("curves")->tables.front(), read_settings(reader));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itu_p1546",
    .source = "ITU-R P.1546-6 (08/2019)",
    .title = "field strength curves over land, cold and warm sea; needs the user's table of them",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itu_p1546
