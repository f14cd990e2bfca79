#include "propagation/models/itu_p526.h"

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/bullington.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/edge_scan.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/free_space.h"
#include "propagation/physics/knife_edge.h"
#include "propagation/physics/zones.h"

namespace yonder::propagation::itu_p526 {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 10.0, 100e3, true, true,
     "P.526-15 section 3: above 10 MHz; the upper end is this program's"},
    {"distance_m", "m", 0.0, 3e6, false, true, "this program's; the Recommendation names none"},
    {"tx.height_agl_m", "m", 0.0, 20e3, false, true,
     "over the ground; the upper end is this program's"},
    {"rx.height_agl_m", "m", 0.0, 20e3, false, true,
     "over the ground; the upper end is this program's"},
});

enum Method : std::size_t { kSphericalEarth, kBullington, kDeltaBullington, kDeygout, kCascaded };
constexpr auto kMethods = std::to_array<std::string_view>(
    {"spherical_earth", "bullington", "delta_bullington", "deygout", "cascaded_knife_edge"});

constexpr RangeSpec kRadiusRange{"", "km", 1000.0, kNoLimit, true, false, "P.526-15 section 1"};
constexpr RangeSpec kLapseRange{"", "N-units/km", -157.0, 157.0, true, false, "P.1812-8 eq. (6)"};
constexpr RangeSpec kPermittivityRange{"", "", 1.0, 100.0, false, true, "P.527"};
constexpr RangeSpec kConductivityRange{"", "S/m", 0.0, 100.0, true, true, "P.527"};

const auto kParameters = std::to_array<ParameterSpec>({
    {"method", "", std::string_view("delta_bullington"), {}, kMethods, "the method of diffraction"},
    {"effective_earth_radius_km", "km", 8500.0, kRadiusRange, {}, "effective earth radius"},
    {"delta_n_per_km",
     "N-units/km",
     39.32,
     kLapseRange,
     {},
     "fall of refractivity over the lowest kilometre, in place of effective_earth_radius_km"},
    {"ground_permittivity",
     "",
     kLandGround.relative_permittivity,
     kPermittivityRange,
     {},
     "relative permittivity of land"},
    {"ground_conductivity_s_per_m",
     "S/m",
     kLandGround.conductivity_s_per_m,
     kConductivityRange,
     {},
     "conductivity of land"},
});

enum Refusal : std::uint8_t { kTooFewPoints, kLengthMismatch };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the profile needs at least one point between transmitter and receiver",
    "distance_m differs from the length of the profile by more than half a metre",
});

class ItuP526 final : public PathLossModel {
 public:
  ItuP526(Method method, double radius_km, GroundConstants land)
      : method_(method), radius_km_(radius_km), land_(land) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const PathProfileView& profile = input.profile;
    if (profile.size() < 3) return {.status = LossStatus::not_applicable, .bound = kTooFewPoints};
    if (!(std::abs(input.distance_m - profile.length_m()) <= 0.5)) {
      return {.status = LossStatus::not_applicable, .bound = kLengthMismatch};
    }
    const DiffractionPath path = {
        .profile = profile,
        .tx_amsl_m = profile.ground_amsl_m.front() + input.tx.height_agl_m,
        .rx_amsl_m = profile.ground_amsl_m.back() + input.rx.height_agl_m,
        .curvature_per_m = 0.5e-3 / radius_km_};
    const double frequency_ghz = hz_to_ghz(input.frequency_hz);
    const DiffractionWave wave = {.frequency_ghz = frequency_ghz,
                                  .wavelength_m = 0.2998 / frequency_ghz,
                                  .polarization = input.polarization,
                                  .land = land_,
                                  .sea_fraction = sea_fraction(profile)};
    const EndHeights smooth =
        needs_smooth_earth() ? diffraction_smooth_heights(path) : EndHeights{};
    const std::span<const double> x = profile.distance_m;
    return loss(input.frequency_hz, path, wave, smooth, x.subspan(1, x.size() - 2), terms);
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override {
    for (std::size_t t = 0; t < targets.size(); ++t) {
      static_cast<const ItuP526&>(*targets[t].model)
          .sweep_one(radial, targets[t], scratch,
                     results.subspan(t * radial.receiver_count(), radial.receiver_count()));
    }
  }

 private:
  bool needs_smooth_earth() const {
    return method_ == kSphericalEarth || method_ == kDeltaBullington;
  }

  /// Loss over a path of which `path` may have only the points that decide its method;
  /// `interior_m` are the distances of all points between the terminals.
  PathLossResult loss(double frequency_hz, const DiffractionPath& path, const DiffractionWave& wave,
                      const EndHeights& smooth, std::span<const double> interior_m,
                      Terms* terms) const {
    const double slant_m = std::hypot(path.distance_m(), path.tx_amsl_m - path.rx_amsl_m);
    const double free_space_db = free_space_loss_db(frequency_hz, slant_m);
    if (terms != nullptr) {
      terms->add("effective_earth_radius_km", radius_km_, "effective earth radius",
                 "P.526-15 section 1");
      terms->add("sea_fraction", wave.sea_fraction, "part of the path over sea", "profile's zones");
      terms->add("free_space_db", free_space_db, "free-space loss over the slant distance",
                 "P.525-4 eq. (3)");
    }
    const double diffraction_db = diffraction(path, wave, smooth, interior_m, terms);
    if (terms != nullptr) {
      terms->add("diffraction_db", diffraction_db, "diffraction loss by the chosen method",
                 "P.526-15 sections 3, 4.4, 4.5");
    }
    return PathLossResult::value(free_space_db + diffraction_db);
  }

  double diffraction(const DiffractionPath& path, const DiffractionWave& wave,
                     const EndHeights& smooth, std::span<const double> interior_m,
                     Terms* terms) const {
    switch (method_) {
      case kSphericalEarth:
        return spherical(path, wave, smooth, terms);
      case kBullington:
        return bullington(path, wave, terms);
      case kDeltaBullington:
        return delta(path, wave, smooth, interior_m, terms);
      case kDeygout:
      case kCascaded:
        break;
    }
    const ThreeEdges edges = three_edges(path, std::sqrt(2.0 / wave.wavelength_m));
    if (terms != nullptr) {
      terms->add("nu_p", edges.principal_nu, "principal edge", "P.526-15 section 4.4.2");
      terms->add("nu_t", edges.tx_side_nu, "strongest edge on the transmitter's side",
                 "P.526-15 section 4.4.2");
      terms->add("nu_r", edges.rx_side_nu, "strongest edge on the receiver's side",
                 "P.526-15 section 4.4.2");
      terms->add("principal_edge_m", path.profile.distance_m[edges.principal_index],
                 "where the principal edge stands", "P.526-15 section 4.4.2");
    }
    return method_ == kDeygout ? deygout_loss_db(edges)
                               : cascaded_knife_edge_loss_db(edges, path.distance_m());
  }

  double spherical(const DiffractionPath& path, const DiffractionWave& wave,
                   const EndHeights& ground, Terms* terms) const {
    const SphericalEarthLoss loss =
        spherical_earth_loss(path.distance_m() / 1000.0, path.tx_amsl_m - ground.tx_m,
                             path.rx_amsl_m - ground.rx_m, radius_km_, wave);
    if (terms != nullptr) add_smooth(ground, *terms);
    return loss.loss_db;
  }

  double bullington(const DiffractionPath& path, const DiffractionWave& wave, Terms* terms) const {
    const double nu = bullington_obstruction(path) * std::sqrt(2.0 / wave.wavelength_m);
    if (terms != nullptr) {
      terms->add("nu", nu, "equivalent Bullington edge", "P.526-15 section 4.5.1");
    }
    return bullington_loss_db(knife_edge_loss_db(nu), path.distance_m() / 1000.0);
  }

  double delta(const DiffractionPath& path, const DiffractionWave& wave, const EndHeights& smooth,
               std::span<const double> interior_m, Terms* terms) const {
    const DeltaBullington loss = delta_bullington(path, wave, smooth, radius_km_, interior_m);
    if (terms != nullptr) {
      terms->add("bullington_actual_db", loss.actual_db, "Bullington loss of the profile",
                 "P.526-15 section 4.5.1");
      terms->add("bullington_smooth_db", loss.smooth_db, "Bullington loss of the smooth path",
                 "P.526-15 section 4.5.2");
      terms->add("spherical_earth_db", loss.spherical_db, "spherical-earth loss",
                 "P.526-15 section 3.2");
      add_smooth(loss.smooth, *terms);
    }
    return loss.loss_db;
  }

  static void add_smooth(const EndHeights& ground, Terms& terms) {
    terms.add("smooth_tx_amsl_m", ground.tx_m, "smooth earth under the transmitter",
              "P.526-15 section 4.5.2");
    terms.add("smooth_rx_amsl_m", ground.rx_m, "smooth earth under the receiver",
              "P.526-15 section 4.5.2");
  }

  void sweep_one(const RadialInput& radial, const SweepTarget& target, SweepScratch& scratch,
                 std::span<PathLossResult> out) const;

  Method method_;
  double radius_km_;
  GroundConstants land_;
};

/// The methods look for maxima over the profile: each receiver gets a profile of the few points
/// that are these, and the running sums of the smooth earth and of the zones.
void ItuP526::sweep_one(const RadialInput& radial, const SweepTarget& target, SweepScratch& scratch,
                        std::span<PathLossResult> out) const {
  const PathProfileView& s = radial.samples;
  const double curvature = 0.5e-3 / radius_km_;
  Workspace& workspace = scratch.workspace;
  workspace.reset();
  EdgeScan obstacles(radial, EdgeScan::Surface::obstacles, curvature, workspace);
  EdgeScan straight(radial, EdgeScan::Surface::ground, 0.0, workspace);
  EdgeScan::Hints hints;
  EdgeScan::Hints straight_hints;
  SmoothEarthSums sums;
  ZoneRuns zones;
  std::size_t known = 0;
  const double frequency_ghz = hz_to_ghz(target.frequency_hz);
  DiffractionWave wave = {.frequency_ghz = frequency_ghz,
                          .wavelength_m = 0.2998 / frequency_ghz,
                          .polarization = target.polarization,
                          .land = land_};
  for (std::size_t r = 0; r < radial.receiver_count(); ++r) {
    const std::size_t count = radial.sample_count[r];
    const EdgeScan::End rx = {radial.distance_m[r],
                              radial.ground_amsl_m[r] + target.rx_height_agl_m};
    for (; known < count; ++known) {
      if (!s.zone.empty()) zones.add(s.zone[known], s.distance_m[known]);
      if (known == 0) continue;
      sums.add_segment(s.distance_m[known - 1], s.ground_amsl_m[known - 1], s.distance_m[known],
                       s.ground_amsl_m[known]);
    }

    KeyPoints points;
    points.add(1);  // where Bullington's point may lie at the nearest and the farthest
    points.add(count - 1);
    if (method_ == kBullington || method_ == kDeltaBullington) {
      obstacles.advance(count);
      obstacles.add_horizons(rx, hints, points);
      if (obstacles.may_be_in_sight(rx)) obstacles.add_strongest(rx, hints, points);
    } else if (method_ != kSphericalEarth) {
      obstacles.advance(count);
      obstacles.add_three_edges(rx, hints, points);
    }
    if (needs_smooth_earth()) {
      straight.advance(count);
      if (straight.may_be_obstructed(rx)) {
        straight.add_horizons(rx, straight_hints, points);
        straight.add_highest(rx, straight_hints, points);
      }
    }

    const PathLossInput input = points.input(radial, r, target, scratch.profile);
    out[r] = check_ranges(kRanges, input);
    if (!out[r].ok()) continue;
    const DiffractionPath path = {.profile = input.profile,
                                  .tx_amsl_m = s.ground_amsl_m.front() + radial.tx.height_agl_m,
                                  .rx_amsl_m = rx.amsl_m,
                                  .curvature_per_m = curvature};
    if (!s.zone.empty())
      wave.sea_fraction = zones.end_at(radial.zone[r], rx.distance_m).sea_fraction;
    EndHeights smooth;
    if (needs_smooth_earth()) {
      SmoothEarthSums whole = sums;
      whole.add_segment(s.distance_m[count - 1], s.ground_amsl_m[count - 1], rx.distance_m,
                        radial.ground_amsl_m[r]);
      smooth = diffraction_smooth_heights(path, whole);
    }
    out[r] =
        loss(target.frequency_hz, path, wave, smooth, s.distance_m.subspan(1, count - 1), nullptr);
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader parameters(kModelInfo, values);
  if (parameters.given("delta_n_per_km") && parameters.given("effective_earth_radius_km")) {
    throw ParameterError("delta_n_per_km",
                         "give 'effective_earth_radius_km' or 'delta_n_per_km', not both");
  }
  const double radius_km = parameters.given("delta_n_per_km")
                               ? median_effective_radius_km(parameters.number("delta_n_per_km"))
                               : parameters.number("effective_earth_radius_km");
  return std::make_unique<ItuP526>(
      static_cast<Method>(parameters.choice("method")), radius_km,
      GroundConstants{parameters.number("ground_permittivity"),
                      parameters.number("ground_conductivity_s_per_m")});
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "itu_p526",
    .source = "ITU-R P.526-15",
    .title = "free space plus diffraction over terrain, by a method of choice",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::itu_p526
