#include "propagation/models/itu_p1812.h"

#include <array>
#include <cmath>

#include "core/radial_sweep.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/p1812_closing.h"
#include "propagation/physics/p1812_columns.h"
#include "propagation/physics/p1812_geometry.h"
#include "propagation/physics/p1812_radial.h"

namespace yonder::propagation::itu_p1812 {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 6000.0, true, true, "P.1812-8 section 1"},
    {"distance_m", "m", 250.0, 3e6, true, true, "P.1812-8 section 1"},
    {"tx.height_agl_m", "m", 1.0, 3000.0, true, true, "P.1812-8 section 1 and table 1"},
    {"rx.height_agl_m", "m", 1.0, 3000.0, true, true, "P.1812-8 section 1 and table 1"},
});

constexpr RangeSpec kTimeRange{"", "%", 1.0, 50.0, true, true, "P.1812-8 section 1"};
constexpr RangeSpec kLocationRange{"", "%", 1.0, 99.0, true, true, "P.1812-8 section 1"};
// Above 104.67 the median effective radius would exceed the three earth radii of beta_0 % of time.
constexpr RangeSpec kLapseRange{"", "N-units/km", 0.0, 104.0, false, true, "P.1812-8 section 3.5"};
constexpr RangeSpec kSurfaceRange{
    "", "N-units", 200.0, 500.0, true, true, "span of surface refractivity on earth, P.453"};
constexpr RangeSpec kCellRange{"", "m", 0.0, 1000.0, true, true, "P.1812-8 section 4.7"};

const auto kParameters = std::to_array<ParameterSpec>({
    {"time_percent", "%", 50.0, kTimeRange, {}, "time for which the loss is not exceeded"},
    {"location_percent",
     "%",
     50.0,
     kLocationRange,
     {},
     "locations for which the loss is not exceeded; matters only with cell_width_m > 0"},
    {"delta_n_per_km",
     "N-units/km",
     45.0,
     kLapseRange,
     {},
     "median fall of refractivity over the lowest kilometre, positive"},
    {"n0", "N-units", 325.0, kSurfaceRange, {}, "sea-level surface refractivity (troposcatter)"},
    {"cell_width_m",
     "m",
     0.0,
     kCellRange,
     {},
     "side of the square over which locations vary; 0: no location variability"},
});

enum Refusal : std::uint8_t { kTooFewPoints, kLengthMismatch };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the profile needs at least one point between transmitter and receiver",
    "distance_m differs from the length of the profile by more than half a metre",
});

class ItuP1812 final : public PathLossModel {
 public:
  explicit ItuP1812(const p1812::Settings& settings) : settings_(settings) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    if (input.profile.size() < 3) {
      return {.status = LossStatus::not_applicable, .bound = kTooFewPoints};
    }
    if (!(std::abs(input.distance_m - input.profile.length_m()) <= 0.5)) {
      return {.status = LossStatus::not_applicable, .bound = kLengthMismatch};
    }
    const p1812::Constants constants(settings_, input.frequency_hz, input.polarization);
    const p1812::PathGeometry geometry =
        p1812::path_geometry(input, 1000.0 * constants.median_radius_km);
    return PathLossResult::value(p1812::basic_loss_db(geometry, constants, terms));
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override;

 private:
  p1812::Settings settings_;
};

/// Whether a target's receiver is in range; ok, or the row that refuses it.
PathLossResult refusal(const RadialInput& radial, const SweepTarget& target, double distance_m) {
  PathLossInput input;
  input.frequency_hz = target.frequency_hz;
  input.distance_m = distance_m;
  input.tx = radial.tx;
  input.rx.height_agl_m = target.rx_height_agl_m;
  return check_ranges(kRanges, input);
}

/// Targets with one receiver height and refractivity share their geometries: only the closing
/// formulas are computed for each. They are found by comparing; there are few.
void ItuP1812::sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                     SweepScratch& scratch, std::span<PathLossResult> results) const {
  const RangeSpec& distances = kRanges[1];
  const std::size_t receivers = radial.receiver_count();
  const auto settings_of = [](const SweepTarget& target) -> const p1812::Settings& {
    return static_cast<const ItuP1812&>(*target.model).settings_;
  };
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const PathLossResult in_range = refusal(radial, targets[t], distances.min);
    for (std::size_t r = 0; r < receivers; ++r) {
      const double distance_m = radial.distance_m[r];
      results[t * receivers + r] =
          distances.holds(distance_m) ? in_range : refusal(radial, targets[t], distance_m);
    }
  }
  const auto wanted = [&](std::size_t t) {
    return refusal(radial, targets[t], distances.min).ok();
  };
  for (std::size_t first = 0; first < targets.size(); ++first) {
    const auto shares_geometry = [&](std::size_t t) {
      return wanted(t) && targets[t].rx_height_agl_m == targets[first].rx_height_agl_m &&
             settings_of(targets[t]).delta_n_per_km == settings_of(targets[first]).delta_n_per_km;
    };
    bool done = !wanted(first);
    for (std::size_t t = 0; t < first; ++t) done = done || shares_geometry(t);
    if (done) continue;

    Workspace& workspace = scratch.workspace;
    workspace.reset();
    const double radius_km = median_effective_radius_km(settings_of(targets[first]).delta_n_per_km);
    bool with_beta = false;
    for (std::size_t t = first; t < targets.size(); ++t) {
      with_beta = with_beta || (shares_geometry(t) && settings_of(targets[t]).time_percent != 50.0);
    }
    p1812::RadialScan scan(radial, 1000.0 * radius_km, with_beta, workspace);
    p1812::RadialScan::Hints hints;
    p1812::GeometryColumns columns(workspace, receivers);
    for (std::size_t r = 0; r < receivers; ++r) {
      if (!distances.holds(radial.distance_m[r])) continue;
      scan.advance(radial.sample_count[r]);
      columns.push(scan.geometry(r, targets[first].rx_height_agl_m, hints), radial.position[r]);
    }
    columns.finish(radial.tx.position);
    const std::span<double> loss_db = workspace.doubles(columns.padded_size());
    for (std::size_t t = first; t < targets.size(); ++t) {
      if (!shares_geometry(t)) continue;
      const p1812::Constants constants(settings_of(targets[t]), targets[t].frequency_hz,
                                       targets[t].polarization);
      p1812::basic_loss_db(columns, constants, loss_db);
      std::size_t next = 0;
      for (std::size_t r = 0; r < receivers; ++r) {
        PathLossResult& out = results[t * receivers + r];
        if (out.ok()) out = PathLossResult::value(loss_db[next++]);
      }
    }
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader parameters(kModelInfo, values);
  return std::make_unique<ItuP1812>(p1812::Settings{
      .time_percent = parameters.number("time_percent"),
      .location_percent = parameters.number("location_percent"),
      .delta_n_per_km = parameters.number("delta_n_per_km"),
      .n0 = parameters.number("n0"),
      .cell_width_m = parameters.number("cell_width_m"),
  });
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itu_p1812",
    .source = "ITU-R P.1812-8 (09/2025)",
    .title = "path-specific loss over terrain, clutter and sea, 1-50 % of time",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itu_p1812
