#include "propagation/models/itu_p528.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/units.h"
#include "propagation/physics/p528_diffraction.h"
#include "propagation/physics/p528_geometry.h"
#include "propagation/physics/p528_line_of_sight.h"
#include "propagation/physics/p528_nakagami_rice.h"
#include "propagation/physics/p528_transhorizon.h"
#include "propagation/physics/p528_troposcatter.h"
#include "propagation/physics/p528_variability.h"
#include "propagation/physics/p676_slant_path.h"

namespace yonder::propagation::itu_p528 {
namespace {

constexpr std::string_view kSource = "P.528-5";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 100.0, 30000.0, true, true, kSource},
    {"distance_m", "m", 0.0, 1800e3, true, true, kSource},
    {"tx.height_agl_m", "m", 1.5, 20000.0, true, true, kSource},
    {"rx.height_agl_m", "m", 1.5, 20000.0, true, true, kSource},
});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "time_percent",
     .unit = "%",
     .default_value = 50.0,
     .range = {"", "%", 1.0, 99.0, true, true, kSource},
     .meaning = "time in which the loss is not exceeded"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({
    "both terminals are at the same point: the loss between them is not defined",
    "the method has no value for this path",
});

constexpr double kNoCrossoverWarning = 1.0;  // 0x01 of NTIA's program

struct Path {
  double distance_km;
  double frequency_mhz;
  Polarization polarization;
  double time_percent;
};

/// Gases depend on frequency alone and a terminal's horizon on its height too, and both are dear
/// (hundreds of microseconds). A map asks for the same ones at every pixel, so each thread keeps
/// its last.
class Prepared {
 public:
  const GasProfile& gas(double frequency_mhz) {
    if (!gas_ || frequency_mhz != frequency_mhz_) {
      gas_.emplace(frequency_mhz / 1000.0);
      frequency_mhz_ = frequency_mhz;
      for (Kept& kept : terminals_) kept.height_m = -1.0;
    }
    return *gas_;
  }
  /// `slot` 0: the low terminal, 1: the high one. After gas().
  const p528::Terminal& terminal(std::size_t slot, double height_m) {
    Kept& kept = terminals_[slot];
    if (kept.height_m != height_m) kept = {height_m, p528::terminal(*gas_, height_m / 1000.0)};
    return kept.terminal;
  }

 private:
  struct Kept {
    double height_m = -1.0;
    p528::Terminal terminal;
  };
  double frequency_mhz_ = -1.0;
  std::optional<GasProfile> gas_;
  std::array<Kept, 2> terminals_;
};

/// What a path comes to, in the words of its terms.
struct Outcome {
  double loss_db = 0.0;
  double free_space_db = 0.0;
  double gas_db = 0.0;
  double terrain_db = 0.0;    ///< two-ray, diffraction or scatter loss above free space
  double variation_db = 0.0;  ///< positive: less loss
  std::string_view mode;
  double distance_used_km = 0.0;
  double low_elevation_rad = 0.0;
  double warnings = 0.0;
};

Outcome within_horizons(const GasProfile& gas, const p528::Terminal& low,
                        const p528::Terminal& high, const p528::Line& diffraction,
                        const Path& path) {
  const p528::LineOfSight los =
      p528::line_of_sight(gas, low, high, diffraction, path.distance_km, path.frequency_mhz,
                          path.polarization, path.time_percent);
  return {.loss_db = los.loss_db,
          .free_space_db = los.free_space_db,
          .gas_db = los.gas_db,
          .terrain_db = -los.two_ray_gain_db,
          .variation_db = los.variation_db,
          .mode = "line_of_sight",
          .distance_used_km = los.distance_used_km,
          .low_elevation_rad = los.low_elevation_rad};
}

/// K beyond the horizons: from its value at them to 20 dB at a scattering angle of 1.5 degrees,
/// step 7.
double scatter_ratio_db(double at_horizon_db, double scattering_angle_rad) {
  constexpr double kFullAngleRad = 0.02617993878;
  const double part = std::clamp(scattering_angle_rad / kFullAngleRad, 0.0, 1.0);
  return std::lerp(at_horizon_db, 20.0, part);
}

Outcome beyond_horizons(const GasProfile& gas, const p528::Terminal& low,
                        const p528::Terminal& high, const p528::Line& diffraction,
                        const Path& path) {
  const double horizons_km = low.horizon_km + high.horizon_km;
  const double at_horizon_db =
      p528::line_of_sight(gas, low, high, diffraction, horizons_km - 1.0, path.frequency_mhz,
                          path.polarization, path.time_percent)
          .scatter_ratio_db;
  const p528::Transhorizon change =
      p528::find_crossover(low, high, diffraction, path.frequency_mhz);
  const double diffraction_db = change.diffraction.at(path.distance_km);  // (3-14)
  const p528::Troposcatter scatter =
      p528::troposcatter(low, high, path.distance_km, path.frequency_mhz);

  Outcome o;
  o.warnings = change.is_found ? 0.0 : kNoCrossoverWarning;
  const bool is_scatter = path.distance_km >= change.crossover_km &&
                          (!change.is_lower_taken || scatter.loss_db <= diffraction_db);
  o.mode = is_scatter ? "troposcatter" : "diffraction";
  o.terrain_db = is_scatter ? scatter.loss_db : diffraction_db;

  const p528::LongTermVariation slow = p528::long_term_variation(
      horizons_km, path.distance_km, path.frequency_mhz, path.time_percent, 1.0, -o.terrain_db);
  const double ratio_db = scatter_ratio_db(at_horizon_db, scatter.scattering_angle_rad);
  o.variation_db = p528::combine_variations_db(slow.at_median_db, slow.at_percent_db, 0.0,
                                               p528::nakagami_rice_db(ratio_db, path.time_percent),
                                               path.time_percent);

  const SlantPath to_crossing = trace_slant_path(gas, 0.0, scatter.crossing_height_km, kPi / 2.0);
  o.gas_db = low.gas_db + high.gas_db + 2.0 * to_crossing.attenuation_db;         // (3-17)
  const double rays_km = low.ray_km + high.ray_km + 2.0 * to_crossing.length_km;  // (3-18)
  o.free_space_db = 20.0 * std::log10(path.frequency_mhz * rays_km) + 32.45;      // (3-19)
  o.loss_db = o.free_space_db + o.gas_db + o.terrain_db - o.variation_db;         // (3-20)
  o.distance_used_km = path.distance_km;
  o.low_elevation_rad = -low.grazing_rad;
  return o;
}

void add_terms(const Outcome& o, double horizons_km, double zero_km, Terms& terms) {
  terms.add("free_space_db", o.free_space_db, "free-space loss along the ray",
            "P.528-5 eqs. (3-19), (6-4)");
  terms.add_text("mode", o.mode, "dominant mechanism", "P.528-5 annex 2 section 3");
  terms.add("atmospheric_absorption_db", o.gas_db, "absorption by gases",
            "P.528-5 eq. (3-17), P.676-13");
  terms.add("terrain_attenuation_db", o.terrain_db,
            "two-ray, diffraction or scatter loss above free space",
            "P.528-5 eqs. (8-1), (3-14), section 11");
  terms.add("variability_db", o.variation_db,
            "variation at the time percentage, taken off the loss",
            "P.528-5 annex 2 sections 13 and 14");
  terms.add("distance_used_m", o.distance_used_km * 1000.0,
            "where the search for the reflection ended, within 1 m", "P.528-5 annex 2 section 6");
  terms.add("elevation_low_rad", o.low_elevation_rad, "elevation of the ray at the low terminal",
            "P.528-5 eq. (7-16)");
  terms.add("max_los_distance_m", horizons_km * 1000.0, "sum of the horizon distances",
            "P.528-5 eq. (3-1)");
  terms.add("diffraction_zero_distance_m", zero_km * 1000.0, "where the diffraction line is 0 dB",
            "P.528-5 eq. (3-7)");
  terms.add("warnings", o.warnings, "1: no crossover from diffraction to scatter was found",
            "NTIA P.528 5.1, warning flags");
}

class ItuP528 final : public PathLossModel {
 public:
  explicit ItuP528(double time_percent) : time_percent_(time_percent) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult r = check_ranges(kRanges, input); !r.ok()) return r;
    const auto [low_m, high_m] = std::minmax(input.tx.height_agl_m, input.rx.height_agl_m);
    if (input.distance_m == 0.0 && low_m == high_m) {
      return {.status = LossStatus::not_applicable, .bound = 0};
    }
    const Path path{input.distance_m / 1000.0, hz_to_mhz(input.frequency_hz), input.polarization,
                    time_percent_};
    thread_local Prepared prepared;
    const GasProfile& gas = prepared.gas(path.frequency_mhz);
    const p528::Terminal& low = prepared.terminal(0, low_m);
    const p528::Terminal& high = prepared.terminal(1, high_m);
    const double horizons_km = low.horizon_km + high.horizon_km;  // (3-1)
    const p528::Line diffraction = p528::diffraction_line(low.horizon_km, high.horizon_km,
                                                          path.frequency_mhz, path.polarization);
    const bool is_within = horizons_km - path.distance_km > 0.001;  // step 4
    const Outcome o = is_within ? within_horizons(gas, low, high, diffraction, path)
                                : beyond_horizons(gas, low, high, diffraction, path);
    if (!std::isfinite(o.loss_db)) return {.status = LossStatus::not_applicable, .bound = 1};
    if (terms != nullptr) {
      add_terms(o, horizons_km, -diffraction.intercept_db / diffraction.slope_db_per_km, *terms);
    }
    return PathLossResult::value(o.loss_db);
  }

 private:
  double time_percent_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<ItuP528>(reader.number("time_percent"));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itu_p528",
    .source = "ITU-R P.528-5 (09/2021)",
    .title = "air to ground and air to air over a smooth earth, 100 MHz to 30 GHz, to 20 km height",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itu_p528
