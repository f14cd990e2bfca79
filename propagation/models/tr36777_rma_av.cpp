#include "propagation/models/tr36777_rma_av.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/sight_sweep.h"
#include "propagation/physics/tr38901_states.h"

namespace yonder::propagation::tr36777_rma_av {
namespace {

using tr38901::LineOfSight;

constexpr std::string_view kTable = "TR 36.777 table B-2";
constexpr std::size_t kNlosHeight = 4;  // row of its own: no NLOS loss is defined above 40 m
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 500.0, 30000.0, false, false, "TR 38.901 table 7.4.1-1 note 2, RMa"},
    {"distance_m", "m", 10.0, 10000.0, true, true, "TR 36.777 table B-2; minimum of TR 38.901 RMa"},
    {"tx.height_agl_m", "m", 10.0, 150.0, true, true, "TR 38.901 table 7.4.1-1, RMa"},
    {"rx.height_agl_m", "m", 10.0, 300.0, false, true, kTable},
    {"rx.height_agl_m", "m", 10.0, 40.0, false, true, "TR 36.777 table B-2, without LOS"},
});

constexpr auto kParameters = std::to_array<ParameterSpec>({tr38901::kLineOfSightParameter});
constexpr auto kRefusals = std::to_array<std::string_view>({tr38901::kNeedsProfile});

/// Table B-1: certain line of sight above 40 m.
double los_probability(double height_m, double distance_2d_m) {
  if (height_m > 40.0) return 1.0;
  const double log_h = std::log10(height_m);
  const double d1 = std::max(1350.8 * log_h - 1602.0, 18.0);
  const double p1 = std::max(15021.0 * log_h - 16053.0, 1000.0);
  if (distance_2d_m <= d1) return 1.0;
  const double near = d1 / distance_2d_m;
  return near + std::exp(-distance_2d_m / p1) * (1.0 - near);
}

class RuralMacroAerial final : public PathLossModel {
 public:
  explicit RuralMacroAerial(LineOfSight mode) : mode_(mode) {}

  const ModelInfo& info() const override { return kModelInfo; }
  bool needs_profile() const override { return mode_ == LineOfSight::terrain; }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    sweep_by_horizon(radial, targets, tr38901::kRayEarthRadiusM, scratch, results);
  }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    const std::span<const RangeSpec> with_los(kRanges.data(), kNlosHeight);
    if (const PathLossResult refused = check_ranges(with_los, input); !refused.ok()) return refused;
    const double height_m = input.rx.height_agl_m;
    const double probability = los_probability(height_m, input.distance_m);
    const double weight = tr38901::weight_of_los(mode_, probability, input);
    if (std::isnan(weight)) return {.status = LossStatus::not_applicable, .bound = 0};
    if (weight < 1.0 && kRanges[kNlosHeight].above(height_m)) {
      return {.status = LossStatus::above_range, .bound = kNlosHeight};
    }
    const double d3d = std::hypot(input.distance_m, input.tx.height_agl_m - height_m);
    const double log_h = std::log10(height_m);
    const double log_d = std::log10(d3d);
    const double frequency_db = 20.0 * std::log10(40.0 * kPi * hz_to_ghz(input.frequency_hz) / 3.0);
    const double los_db = std::max(23.9 - 1.8 * log_h, 20.0) * log_d + frequency_db;
    const double nlos_db = std::max(los_db, -12.0 + (35.0 - 5.3 * log_h) * log_d + frequency_db);
    if (terms != nullptr) terms->add("distance_3d_m", d3d, "between the antennas", "geometry");
    return tr38901::mix({.los_db = los_db,
                         .nlos_db = nlos_db,
                         .los_probability = probability,
                         .los_sigma_db = 4.2 * std::exp(-0.0046 * height_m),
                         .nlos_sigma_db = 6.0},
                        weight, "TR 36.777 tables B-2, B-3", "TR 36.777 table B-1", terms);
  }

 private:
  LineOfSight mode_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<RuralMacroAerial>(
      static_cast<LineOfSight>(reader.choice("line_of_sight")));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "tr36777_rma_av",
    .source = "3GPP TR 36.777 V15.0.0 (12/2017), annex B",
    .title = "3GPP rural macro cell for drones: receiver above 10 m to 300 m, to 10 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::tr36777_rma_av
