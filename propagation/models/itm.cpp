#include "propagation/models/itm.h"

#include <array>
#include <cmath>
#include <optional>

#include "core/contracts.h"
#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/physics/itm_geometry.h"
#include "propagation/physics/itm_medium.h"
#include "propagation/physics/itm_radial.h"
#include "propagation/physics/itm_radial_closing.h"
#include "propagation/physics/itm_reference_attenuation.h"
#include "propagation/physics/itm_variability.h"
#include "propagation/physics/itm_warnings.h"

namespace yonder::propagation::itm {
namespace {

// What ITM 1.4 refuses; what it only warns about is in itm_warnings.h.
constexpr std::string_view kLimits = "ITM 1.4, table of inputs";
constexpr std::string_view kInside = "ITM 1.4, computed from n0 and terrain height";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 20.0, 20000.0, true, true, kLimits},
    {"distance_m", "m", 0.0, 1e9, false, true, kLimits},
    {"tx.height_agl_m", "m", 0.5, 3000.0, true, true, kLimits},
    {"rx.height_agl_m", "m", 0.5, 3000.0, true, true, kLimits},
    {"surface_refractivity", "N-units", 150.0, 400.0, true, true, kInside},
    {"effective_earth_radius_m", "m", 4000e3, 13333333.0, true, true, kInside},
});
constexpr std::uint8_t kRefractivityBound = 4;
constexpr std::uint8_t kEarthRadiusBound = 5;

enum Refusal : std::uint8_t { no_profile, not_equidistant, ground_impedance_refused, no_value };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "point-to-point mode needs a terrain profile; give one, or set mode to area",
    "the profile's points are not equidistant (to 0.001 of their spacing), which this model needs; "
    "resample it",
    "the ground impedance is more imaginary than real: ground_conductivity_s_per_m is too high or "
    "ground_permittivity too low for this frequency and polarization",
    "the rounded-earth diffraction of the method has no value for this path: an antenna's horizon "
    "is too near for the "
    "frequency and ground",
});

constexpr auto kModes = std::to_array<std::string_view>({"point_to_point", "area"});
constexpr auto kSitings = std::to_array<std::string_view>({"random", "careful", "very_careful"});
constexpr auto kVariabilityModes =
    std::to_array<std::string_view>({"time_location_situation", "confidence_reliability"});

constexpr RangeSpec kPercent{"", "%", 0.0, 100.0, false, false, kLimits};

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "mode",
     .default_value = "point_to_point",
     .choices = kModes,
     .meaning = "along a terrain profile, or from terrain_irregularity_m and the sitings alone"},
    {.name = "climate",
     .default_value = 5.0,
     .range = {"", "", 1.0, 7.0, true, true, kLimits},
     .meaning = "1 equatorial, 2 continental subtropical, 3 maritime subtropical, 4 desert, 5 "
                "continental temperate, 6 "
                "maritime temperate over land, 7 maritime temperate over sea"},
    {.name = "n0",
     .unit = "N-units",
     .default_value = 301.0,
     .range = {"", "N-units", 250.0, 400.0, true, true, kLimits},
     .meaning = "surface refractivity reduced to sea level"},
    {.name = "ground_permittivity",
     .default_value = 15.0,
     .range = {"", "", 1.0, 1e6, true, true, kLimits},
     .meaning = "relative permittivity of the ground"},
    {.name = "ground_conductivity_s_per_m",
     .unit = "S/m",
     .default_value = 0.005,
     .range = {"", "S/m", 0.0, 1e9, false, true, kLimits},
     .meaning = "conductivity of the ground"},
    {.name = "mdvar",
     .default_value = 12.0,
     .range = {"", "", 0.0, 33.0, true, true, kLimits},
     .meaning = "mode of variability: 0 single message, 1 accidental, 2 mobile, 3 broadcast; +10 "
                "without location "
                "variability, +20 without direct situation variability"},
    {.name = "variability.mode",
     .default_value = "time_location_situation",
     .choices = kVariabilityModes,
     .meaning = "which percentages are given"},
    {.name = "variability.time_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = kPercent,
     .meaning = "time in which the loss is not exceeded"},
    {.name = "variability.location_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = kPercent,
     .meaning = "locations at which the loss is not exceeded"},
    {.name = "variability.situation_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = kPercent,
     .meaning = "like situations in which the loss is not exceeded"},
    {.name = "variability.confidence_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = kPercent,
     .meaning = "confidence that the loss is not exceeded; instead of situation_percent"},
    {.name = "variability.reliability_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = kPercent,
     .meaning = "reliability with which the loss is not exceeded; instead of time_percent"},
    {.name = "terrain_irregularity_m",
     .unit = "m",
     .default_value = 90.0,
     .range = {"", "m", 0.0, 1e5, true, true, kLimits},
     .meaning = "interdecile range of terrain heights, delta h (area mode)"},
    {.name = "tx_siting",
     .default_value = "random",
     .choices = kSitings,
     .meaning = "how well the transmitter's place was chosen (area mode)"},
    {.name = "rx_siting",
     .default_value = "random",
     .choices = kSitings,
     .meaning = "how well the receiver's place was chosen (area mode)"},
});

/// Settings of a model object, from its parameters.
struct Settings {
  bool is_area = false;
  double n0 = 301.0;
  Ground ground;
  double delta_h_m = 90.0;
  std::array<Siting, 2> siting{};
};

[[noreturn]] void refuse_unused(std::string_view name, std::string_view with) {
  throw ParameterError(std::string(name),
                       "'" + std::string(name) + "' has no meaning with " + std::string(with));
}

int whole(const ParameterReader& reader, std::string_view name) {
  const double value = reader.number(name);
  if (value != std::floor(value)) {
    throw ParameterError(std::string(name), "'" + std::string(name) + "' takes a whole number");
  }
  return static_cast<int>(value);
}

VariabilityMode variability_mode(int mdvar) {
  const int kind = mdvar % 10;
  if (kind > 3) {
    throw ParameterError("mdvar", "'mdvar' " + std::to_string(mdvar) +
                                      " is not one of 0..3, 10..13, 20..23, 30..33");
  }
  return {static_cast<VariabilityKind>(kind), (mdvar / 10) % 2 == 0, mdvar < 20};
}

Fractions fractions(const ParameterReader& reader) {
  constexpr auto kTls =
      std::to_array<std::string_view>({"variability.time_percent", "variability.location_percent",
                                       "variability.situation_percent"});
  constexpr auto kCr = std::to_array<std::string_view>(
      {"variability.confidence_percent", "variability.reliability_percent"});
  const auto fraction = [&](std::string_view name) { return reader.number(name) / 100.0; };
  if (reader.choice("variability.mode") == 0) {
    for (const std::string_view name : kCr) {
      if (reader.given(name)) refuse_unused(name, "variability.mode time_location_situation");
    }
    return {fraction(kTls[0]), fraction(kTls[1]), fraction(kTls[2])};
  }
  for (const std::string_view name : kTls) {
    if (reader.given(name)) refuse_unused(name, "variability.mode confidence_reliability");
  }
  return {.time = fraction(kCr[1]), .location = 0.5, .situation = fraction(kCr[0])};
}

Settings settings(const ParameterReader& reader) {
  Settings s;
  s.is_area = reader.choice("mode") == 1;
  s.n0 = reader.number("n0");
  s.ground = {reader.number("ground_permittivity"), reader.number("ground_conductivity_s_per_m")};
  s.delta_h_m = reader.number("terrain_irregularity_m");
  s.siting = {static_cast<Siting>(reader.choice("tx_siting")),
              static_cast<Siting>(reader.choice("rx_siting"))};
  if (!s.is_area) {
    for (const std::string_view name : {"terrain_irregularity_m", "tx_siting", "rx_siting"}) {
      if (reader.given(name)) refuse_unused(name, "mode point_to_point: the profile says it");
    }
  }
  return s;
}

/// Spacing of equidistant points; nullopt when they are not. The first spacing is taken where it
/// gives the length, so that a profile made from a step has that step to the last bit.
std::optional<double> equidistant_step_m(std::span<const double> distance_m) {
  const double steps = static_cast<double>(distance_m.size() - 1);
  const double mean_m = distance_m.back() / steps;
  const double tolerance_m = 1e-3 * mean_m;
  bool is_even = true;
  for (std::size_t i = 0; i < distance_m.size(); ++i) {
    is_even &= std::abs(distance_m[i] - mean_m * static_cast<double>(i)) <= tolerance_m;
  }
  if (!is_even) return std::nullopt;
  return std::abs(distance_m[1] - mean_m) <= 1e-12 * mean_m ? distance_m[1] : mean_m;
}

std::uint32_t input_warnings(const PathLossInput& input) {
  std::uint32_t warnings = 0;
  const auto is_unusual = [](double height_m) { return height_m < 1.0 || height_m > 1000.0; };
  if (is_unusual(input.tx.height_agl_m)) warnings |= kTxHeightUnusual;
  if (is_unusual(input.rx.height_agl_m)) warnings |= kRxHeightUnusual;
  const double frequency_mhz = hz_to_mhz(input.frequency_hz);
  if (frequency_mhz < 40.0 || frequency_mhz > 10000.0) warnings |= kFrequencyUnusual;
  return warnings;
}

/// With the constant as the source rounds it.
double free_space_db(double frequency_mhz, double distance_m) {
  return 32.45 + 20.0 * std::log10(frequency_mhz * distance_m / 1000.0);
}

constexpr std::string_view regime_name(Regime regime) {
  switch (regime) {
    case Regime::line_of_sight:
      return "line_of_sight";
    case Regime::diffraction:
      return "diffraction";
    case Regime::troposcatter:
      break;
  }
  return "troposcatter";
}

PathLossResult refused(Refusal why) { return {.status = LossStatus::not_applicable, .bound = why}; }

/// ok, or the row of kRanges that a computed quantity violates.
PathLossResult check_computed(std::uint8_t bound, double value) {
  if (kRanges[bound].holds(value)) return {};
  return {.status = kRanges[bound].above(value) ? LossStatus::above_range : LossStatus::below_range,
          .bound = bound};
}

/// The air of a path, as far as the model accepts it.
PathLossResult check_medium(double surface_refractivity, double effective_earth_radius_m) {
  const PathLossResult r = check_computed(kRefractivityBound, surface_refractivity);
  return r.ok() ? check_computed(kEarthRadiusBound, effective_earth_radius_m) : r;
}

void add_geometry_terms(const Geometry& g, const Medium& m, Terms& terms) {
  terms.add("surface_refractivity", m.surface_refractivity, "N-units at the path's mean height",
            "TN 101 eq. (4.3)");
  terms.add("effective_earth_radius_m", m.effective_earth_radius_m, "from the refractivity",
            "TN 101 eq. (4.4)");
  terms.add("delta_h_m", g.delta_h_m, "terrain irregularity", "ERL 79-ITS 67 eq. (3)");
  terms.add_pair("horizon_angle_rad", g.horizon_angle_rad[0], g.horizon_angle_rad[1],
                 "elevation of the radio horizons", "TN 101 eq. (6.15)");
  terms.add_pair("horizon_distance_m", g.horizon_distance_m[0], g.horizon_distance_m[1],
                 "distance of the radio horizons", "TN 101 eq. (6.15)");
  terms.add_pair("effective_height_m", g.effective_height_m[0], g.effective_height_m[1],
                 "effective antenna heights", "Hufford 1.2.2, qlrpfl");
}

class Itm final : public PathLossModel {
 public:
  Itm(const Settings& settings, const Variability& variability)
      : settings_(settings), variability_(variability) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return !settings_.is_area; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult r = check_ranges(kRanges, input); !r.ok()) return r;
    const double frequency_mhz = hz_to_mhz(input.frequency_hz);
    const std::span<const double> ground_m = input.profile.ground_amsl_m;
    double step_m = 0.0;
    if (!settings_.is_area) {
      if (input.profile.size() < 2) return refused(no_profile);
      const std::optional<double> step = equidistant_step_m(input.profile.distance_m);
      if (!step) return refused(not_equidistant);
      step_m = *step;
    }

    const Medium m = medium(frequency_mhz, input.polarization, settings_.n0,
                            settings_.is_area ? 0.0 : mean_ground_m(ground_m), settings_.ground);
    const PathLossResult air = check_medium(m.surface_refractivity, m.effective_earth_radius_m);
    if (!air.ok()) return air;
    if (m.ground_impedance.real() <= std::abs(m.ground_impedance.imag())) {
      return refused(ground_impedance_refused);
    }

    const Pair height_m{input.tx.height_agl_m, input.rx.height_agl_m};
    const Geometry g =
        settings_.is_area
            ? geometry_of_area(input.distance_m, settings_.delta_h_m, height_m, settings_.siting,
                               m.effective_earth_radius_m)
            : geometry_of_profile(ground_m, step_m, height_m, m.effective_earth_radius_m);
    const double free_db = free_space_db(frequency_mhz, g.distance_m);
    if (terms != nullptr) {
      terms->add("free_space_db", free_db, "free-space loss over the horizontal distance",
                 "ITM 1.4");
      add_geometry_terms(g, m, *terms);
    }

    const ReferenceAttenuation reference = reference_attenuation(g, m, frequency_mhz);
    const double attenuation_db =
        variability_.attenuation_db(g, frequency_mhz, reference.attenuation_db);
    if (!std::isfinite(attenuation_db)) return refused(no_value);
    if (terms != nullptr) {
      terms->add("reference_attenuation_db", reference.attenuation_db,
                 "median attenuation above free space", "Hufford 1.2.2, lrprop");
      terms->add_text("mode", regime_name(reference.regime), "dominant mechanism",
                      "Hufford 1.2.2, lrprop");
      const std::uint32_t warnings = input_warnings(input) | path_warnings(g, m) |
                                     (variability_.is_extreme() ? kVariabilityExtreme : 0U);
      terms->add("warnings", warnings, "sum of warning flags", "ITM 1.4, table of warnings");
    }
    return PathLossResult::value(free_db + attenuation_db);
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override;

 private:
  /// One target's results, over geometries that `paths` holds already.
  void close_radial(const RadialInput& radial, const SweepTarget& target, const RadialPaths& paths,
                    std::span<double> loss_db, std::span<PathLossResult> results) const;

  Settings settings_;
  Variability variability_;
};

/// Whether two targets of a radial differ in what comes after the geometry only.
bool shares_geometry(const SweepTarget& a, double a_n0, const SweepTarget& b, double b_n0) {
  return a.rx_height_agl_m == b.rx_height_agl_m && a_n0 == b_n0;
}

PathLossInput plain_input(const RadialInput& radial, const SweepTarget& target, double distance_m) {
  PathLossInput input;
  input.frequency_hz = target.frequency_hz;
  input.polarization = target.polarization;
  input.distance_m = distance_m;
  input.tx = radial.tx;
  input.rx.height_agl_m = target.rx_height_agl_m;
  return input;
}

void Itm::sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                SweepScratch& scratch, std::span<PathLossResult> results) const {
  const std::size_t receivers = radial.receiver_count();
  YONDER_EXPECTS(results.size() == targets.size() * receivers);
  if (receivers == 0 || targets.empty()) return;
  Workspace& workspace = scratch.workspace;
  workspace.reset();
  RadialGround ground(radial, workspace);
  YONDER_EXPECTS(ground.is_known());
  RadialPaths paths(receivers, workspace);
  const std::span<double> mean_ground_m = workspace.doubles(receivers);
  for (std::size_t r = 0; r < receivers; ++r) {
    const std::size_t end = radial.sample_count[r];
    paths.step_m[r] = even_step_m(radial.distance_m[r], end);
    paths.distance_m[r] = paths.step_m[r] * static_cast<double>(end);
    mean_ground_m[r] = ground.mean_ground_m(r);
  }
  GeometryScratch geometry_scratch(radial, workspace);
  const std::span<double> loss_db = workspace.doubles(padded_count(receivers));

  const auto itm = [&](std::size_t t) -> const Itm& {
    return static_cast<const Itm&>(*targets[t].model);
  };
  std::optional<std::size_t> of_geometry;  // the target whose geometry `paths` holds
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const std::span<PathLossResult> out = results.subspan(t * receivers, receivers);
    const Settings& settings = itm(t).settings_;
    if (settings.is_area) {
      for (std::size_t r = 0; r < receivers; ++r) {
        out[r] = itm(t).evaluate(plain_input(radial, targets[t], paths.distance_m[r]), workspace,
                                 nullptr);
      }
      continue;
    }
    if (!of_geometry || !shares_geometry(targets[*of_geometry], itm(*of_geometry).settings_.n0,
                                         targets[t], settings.n0)) {
      for (std::size_t r = 0; r < receivers; ++r) {
        paths.surface_refractivity[r] = surface_refractivity(settings.n0, mean_ground_m[r]);
        paths.effective_earth_radius_m[r] = effective_earth_radius_m(paths.surface_refractivity[r]);
      }
      const auto is_served = [](double refractivity, double radius_m) {
        return check_medium(refractivity, radius_m).ok();
      };
      geometry_of_radial(radial, targets[t].rx_height_agl_m, ground, is_served, geometry_scratch,
                         paths);
      of_geometry = t;
    }
    itm(t).close_radial(radial, targets[t], paths, loss_db, out);
  }
}

void Itm::close_radial(const RadialInput& radial, const SweepTarget& target,
                       const RadialPaths& paths, std::span<double> loss_db,
                       std::span<PathLossResult> results) const {
  const double frequency_mhz = hz_to_mhz(target.frequency_hz);
  const Pair height_m{radial.tx.height_agl_m, target.rx_height_agl_m};
  Medium m;
  m.ground_impedance = ground_impedance(frequency_mhz, target.polarization, settings_.ground);
  const bool is_ground_refused = m.ground_impedance.real() <= std::abs(m.ground_impedance.imag());
  // Distances rise: where the ends of the radial are in range, all is.
  const auto in_range = [&](double distance_m) {
    return check_ranges(kRanges, plain_input(radial, target, distance_m));
  };
  const bool are_all_in_range =
      in_range(paths.distance_m.front()).ok() && in_range(paths.distance_m.back()).ok();
  itm::close_radial(paths, height_m, frequency_mhz, m.ground_impedance, variability_, loss_db);
  for (std::size_t r = 0; r < results.size(); ++r) {
    PathLossResult& result = results[r];
    result = are_all_in_range ? PathLossResult{} : in_range(paths.distance_m[r]);
    if (!result.ok()) continue;
    m.surface_refractivity = paths.surface_refractivity[r];
    m.effective_earth_radius_m = paths.effective_earth_radius_m[r];
    result = check_medium(m.surface_refractivity, m.effective_earth_radius_m);
    if (!result.ok()) continue;
    result = is_ground_refused ? refused(ground_impedance_refused) : PathLossResult{};
    if (!result.ok()) continue;
    if (std::isfinite(loss_db[r])) {
      result = PathLossResult::value(loss_db[r]);
      continue;
    }
    const Geometry g = paths.geometry(r, height_m);
    const ReferenceAttenuation reference = reference_attenuation(g, m, frequency_mhz);
    const double attenuation_db =
        variability_.attenuation_db(g, frequency_mhz, reference.attenuation_db);
    result =
        std::isfinite(attenuation_db)
            ? PathLossResult::value(free_space_db(frequency_mhz, g.distance_m) + attenuation_db)
            : refused(no_value);
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<Itm>(
      settings(reader), Variability(static_cast<Climate>(whole(reader, "climate")),
                                    variability_mode(whole(reader, "mdvar")), fractions(reader)));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itm",
    .source = "NTIA Irregular Terrain Model (Longley-Rice) 1.4",
    .title = "Longley-Rice over irregular terrain, point to point or area, 20 MHz to 20 GHz",
    .uses_profile = true,
    .needs_equidistant_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itm
