#include "propagation/models/auto.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/contracts.h"
#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/models/free_space.h"
#include "propagation/models/itu_p1812.h"
#include "propagation/models/itu_p2001.h"
#include "propagation/models/itu_p528.h"
#include "propagation/models/two_ray_sea.h"
#include "propagation/physics/ramp.h"
#include "propagation/physics/sea_two_ray_share.h"

namespace yonder::propagation::automatic_choice {
namespace {

constexpr std::string_view kPage = "docs/models/auto.md";

// Over each of these intervals one member hands over to another.
constexpr double kNearM = 250.0;  // P.1812's shortest path
constexpr double kFarM = 500.0;
constexpr double kTerrainHeightM =
    1000.0;                             // top of the layer whose lapse rate bends rays in P.1812
constexpr double kAirHeightM = 3000.0;  // highest antenna of P.1812
constexpr double kLowerBandMhz = 5000.0;
constexpr double kUpperBandMhz = 6000.0;        // highest frequency of P.1812
constexpr double kLongestMedianPercent = 50.0;  // P.1812 serves 1-50 % of time
constexpr double kReliablePercent = 60.0;
constexpr double kLeastPercent = 1.0;
constexpr double kRarePercent = 0.5;
constexpr double kTwoRayFromPercent = 20.0;
// Bounds of P.528.
constexpr double kAirLowestMhz = 100.0;
constexpr double kAirHighestMhz = 30000.0;
constexpr double kAirLowestM = 1.5;
constexpr double kAirFarthestM = 1800e3;
constexpr double kAirLeastPercent = 1.0;
constexpr double kAirMostPercent = 99.0;

enum Member : std::size_t { kFreeSpace, kTwoRaySea, kP1812, kP2001, kP528, kMemberCount };
constexpr std::array<ModelMember, kMemberCount> kMembers = {{
    {"free_space",
     "paths to 250 m, shared with the terrain's model to 500 m; no antenna above 1000 m",
     "the path is nearer than 250 m, the shortest of P.1812, or not much farther: free space over "
     "the slant distance"},
    {"two_ray_sea",
     "reflected on the sea alone, with a detour to 1.5 wavelengths, clear of sea and land by a "
     "first "
     "Fresnel radius; shared with itu_p1812 to half sea, 3 wavelengths, 0.6 radii; 50 % of time, "
     "shared to 20 %",
     "direct and reflected ray over the sea are both clear, and so few lobes out that tide and "
     "waves leave them in place; P.1812 knows no reflected ray"},
    {"itu_p1812", "from 500 m, 30 MHz to 5 GHz, 1-50 % of time, antennas to 1000 m above ground",
     "a path over terrain, clutter and sea within P.1812's frequencies, times and heights: the "
     "path-specific method for the terrestrial services"},
    {"itu_p2001",
     "the same from 6 to 50 GHz, or above 60 % or below 0.5 % of time; shared with itu_p1812 "
     "between",
     "frequency or time percentage lie beyond P.1812, which ends at 6 GHz and speaks for 1-50 % of "
     "time"},
    {"itu_p528",
     "an antenna above 3000 m, shared with the terrain's model from 1000 m; 100 MHz to 30 GHz, "
     "1-99 % of time",
     "an antenna flies above the lowest kilometre, whose refractivity gradient the terrain methods "
     "take for the whole height; P.528 traces the ray through the atmosphere"},
}};

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 50000.0, true, true, "P.1812-8 and P.2001-4 section 1"},
    {"distance_m", "m", 0.0, 3e6, true, true, "P.1812-8 section 1; free space from 0 m"},
    {"tx.height_agl_m", "m", 1.0, 20000.0, true, true, "P.1812-8 section 1, P.528-5"},
    {"rx.height_agl_m", "m", 1.0, 20000.0, true, true, "P.1812-8 section 1, P.528-5"},
});

constexpr RangeSpec kTime{"", "%", 0.00001, 99.99999, true, true, "P.2001-4 section 3.1"};
constexpr RangeSpec kLocation{"", "%", 1.0, 99.0, true, true, "P.1812-8 section 1"};
constexpr RangeSpec kLapse{"", "N-units/km", 0.0, 104.0, false, true, "P.1812-8 section 3.5"};
constexpr RangeSpec kSurface{"", "N-units", 200.0, 500.0, true, true, "as itu_p1812"};
constexpr RangeSpec kCell{"", "m", 0.0, 1000.0, true, true, "P.1812-8 section 4.7"};
constexpr RangeSpec kWave{"", "m", 0.0, 20.0, true, true, "as two_ray_sea"};
constexpr RangeSpec kSlope{"", "N-units/km", 0.0, 1000.0, true, true, "as itu_p2001"};
constexpr RangeSpec kLowest65m{"", "N-units/km", -2000.0, 0.0, true, true, "as itu_p2001"};
constexpr RangeSpec kZone{"", "", 0.0, 6.0, true, true, "P.2001-4 table E.1"};

constexpr std::string_view kP2001Prefix = "itu_p2001.";
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {"time_percent", "%", 50.0, kTime, {}, "time for which the loss is not exceeded; also a rule"},
    {"location_percent",
     "%",
     50.0,
     kLocation,
     {},
     "locations for which the loss is not exceeded; itu_p1812's, other members know none"},
    {"cell_width_m",
     "m",
     0.0,
     kCell,
     {},
     "side of the square over which locations vary; 0: no location variability"},
    {"delta_n_per_km",
     "N-units/km",
     45.0,
     kLapse,
     {},
     "median fall of refractivity over the lowest kilometre, positive; for itu_p1812, itu_p2001 "
     "and the effective earth radius of two_ray_sea"},
    {"n0", "N-units", 325.0, kSurface, {}, "sea-level surface refractivity, of itu_p1812"},
    {"significant_wave_height_m", "m", 0.875, kWave, {}, "of the sea, for two_ray_sea"},
    {"itu_p2001.climate.mid.dn_sup_slope_n_per_km",
     "N-units/km",
     50.0,
     kSlope,
     {},
     "of itu_p2001: growth of delta_n per decade of time below 50 %"},
    {"itu_p2001.climate.mid.dn_sub_slope_n_per_km",
     "N-units/km",
     30.0,
     kSlope,
     {},
     "of itu_p2001: its shrinking per decade of time above 50 %"},
    {"itu_p2001.climate.mid.dndz_65m_1_n_per_km",
     "N-units/km",
     -250.0,
     kLowest65m,
     {},
     "of itu_p2001: gradient of the lowest 65 m not exceeded for 1 % of time"},
    {"itu_p2001.climate.common_volume.troposcatter_zone",
     "",
     5.0,
     kZone,
     {},
     "of itu_p2001: troposcatter climate"},
});

enum Refusal : std::uint8_t {
  kSamePoint,
  kTooFewPoints,
  kLengthMismatch,
  kAirFrequency,
  kAirTime,
  kAirLowAntenna,
  kAirDistance,
  kLocationAboveBand,
  kTooHigh,
  kMemberRefused
};
constexpr auto kRefusals = std::to_array<std::string_view>({
    "both antennas are at the same point: the loss between them is not defined",
    "beyond 250 m the profile needs at least one point between transmitter and receiver",
    "distance_m differs from the length of the profile by more than half a metre",
    "an antenna above 1000 m is served by itu_p528, which needs frequency_mhz from 100 to 30000; "
    "itu_p1812 and itu_p2001 taken by name go to 3000 m and 8000 m",
    "an antenna above 1000 m is served by itu_p528, which needs time_percent from 1 to 99",
    "an antenna above 1000 m is served by itu_p528, which needs the other one at 1.5 m or more",
    "an antenna above 1000 m is served by itu_p528, which ends at 1800 km",
    "location_percent other than 50 with a cell_width_m needs itu_p1812, whose frequencies end at "
    "5000 MHz here: leave them out, or take itu_p1812 by name",
    "an antenna stands more than 8000 m above sea level (P.2001-4 section 1)",
    "the member in charge has no value for this path",
});

PathLossResult refuse(Refusal why) { return {.status = LossStatus::not_applicable, .bound = why}; }

struct Settings {
  double time_percent;
  bool varies_with_location;
  double earth_radius_m;
};

/// A path's member models by share; the shares add up to 1.
using Shares = std::array<double, kMemberCount>;

/// What frequency, heights and time percentage decide: the same for all receivers of a sweep.
struct Division {
  double air = 0.0;      ///< itu_p528 against all others
  double p1812 = 0.0;    ///< itu_p1812 and two_ray_sea against itu_p2001
  double two_ray = 0.0;  ///< upper bound of two_ray_sea against itu_p1812, by time
};

double near_share(double distance_m) { return 1.0 - log_ramp(distance_m, kNearM, kFarM); }

Shares shares_of(const Division& division, double near, double two_ray) {
  const double terrain = (1.0 - division.air) * (1.0 - near);
  Shares shares{};
  shares[kFreeSpace] = (1.0 - division.air) * near;
  shares[kTwoRaySea] = terrain * division.p1812 * two_ray;
  shares[kP1812] = terrain * division.p1812 * (1.0 - two_ray);
  shares[kP2001] = terrain * (1.0 - division.p1812);
  shares[kP528] = division.air;
  return shares;
}

/// A sum of losses in dB, weighted with their shares.
class Blend {
 public:
  explicit Blend(const Shares& shares) : shares_(shares) {}

  double share(std::size_t member) const { return shares_[member]; }
  std::size_t dominant() const {
    return static_cast<std::size_t>(std::max_element(shares_.begin(), shares_.end()) -
                                    shares_.begin());
  }
  /// Members in order.
  void add(std::size_t member, const PathLossResult& result) {
    if (result.ok()) {
      sum_db_ += shares_[member] * result.loss_db;
    } else if (member == kTwoRaySea) {
      // Its own test of the clearance, at the very edge of this one's.
      shares_[kP1812] += shares_[kTwoRaySea];
      shares_[kTwoRaySea] = 0.0;
    } else if (refused_.ok()) {
      refused_ = refuse(refusal_of(member, result));
    }
  }
  PathLossResult result() const {
    if (!refused_.ok()) return refused_;
    PathLossResult result = PathLossResult::value(sum_db_);
    result.served_by = static_cast<std::uint8_t>(1 + dominant());
    return result;
  }

 private:
  static Refusal refusal_of(std::size_t member, const PathLossResult& result) {
    if (result.status != LossStatus::not_applicable) return kMemberRefused;
    if (member == kFreeSpace || (member == kP528 && result.bound == 0)) return kSamePoint;
    // Its others are refused before a member is asked.
    return member == kP2001 ? kTooHigh : kMemberRefused;
  }

  Shares shares_;
  double sum_db_ = 0.0;
  PathLossResult refused_ = PathLossResult::value(0.0);
};

/// Buffers of sweeps; one a thread, grown once.
struct SweepBuffers {
  std::vector<Blend> blends;  ///< of target t at receiver r: t * receivers + r; no shares: refused
  std::vector<SweepTarget> targets;       ///< those of one member,
  std::vector<std::size_t> target_index;  ///< and which of the call they are
  std::vector<PathLossResult> results;    ///< of that member
  std::vector<std::uint32_t> sea_before;  ///< samples at sea before each one of the radial
};

/// Receivers [first, last) of a radial.
RadialInput part_of(const RadialInput& radial, std::size_t first, std::size_t last) {
  const auto cut = [&](const auto& span) {
    return span.empty() ? span : span.subspan(first, last - first);
  };
  RadialInput part = radial;
  part.distance_m = cut(radial.distance_m);
  part.ground_amsl_m = cut(radial.ground_amsl_m);
  part.clutter_height_m = cut(radial.clutter_height_m);
  part.zone = cut(radial.zone);
  part.position = cut(radial.position);
  part.sample_count = cut(radial.sample_count);
  return part;
}

/// The path to a receiver with its ends alone, for what looks at no terrain between.
class EndsOnly {
 public:
  EndsOnly(const RadialInput& radial, std::size_t receiver, const SweepTarget& target)
      : distance_m_{0.0, radial.distance_m[receiver]},
        ground_amsl_m_{radial.samples.ground_amsl_m.front(), radial.ground_amsl_m[receiver]} {
    input_.frequency_hz = target.frequency_hz;
    input_.polarization = target.polarization;
    input_.distance_m = distance_m_[1];
    input_.tx = radial.tx;
    input_.rx = {target.rx_height_agl_m, radial.position[receiver], std::nullopt};
    input_.profile.distance_m = distance_m_;
    input_.profile.ground_amsl_m = ground_amsl_m_;
  }
  EndsOnly(const EndsOnly&) = delete;
  EndsOnly& operator=(const EndsOnly&) = delete;
  const PathLossInput& input() const { return input_; }

 private:
  std::array<double, 2> distance_m_;
  std::array<double, 2> ground_amsl_m_;
  PathLossInput input_;
};

class AutomaticChoice final : public PathLossModel {
 public:
  AutomaticChoice(const Settings& settings,
                  std::array<std::unique_ptr<PathLossModel>, kMemberCount> members)
      : settings_(settings), members_(std::move(members)) {
    const double t = settings.time_percent;
    time_share_ = t <= kLongestMedianPercent
                      ? log_ramp(t, kRarePercent, kLeastPercent)
                      : 1.0 - ramp(t, kLongestMedianPercent, kReliablePercent);
  }

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace& workspace,
                          Terms* terms) const override {
    const Division division =
        divide(input.frequency_hz, input.tx.height_agl_m, input.rx.height_agl_m);
    const double near = near_share(input.distance_m);
    if (const PathLossResult refused = check(division, near, input); !refused.ok()) return refused;
    if (const PathLossResult refused = check_profile(division, near, input); !refused.ok()) {
      return refused;
    }
    sea::TwoRayShare sea;
    if (division.air < 1.0 && near < 1.0 && division.two_ray > 0.0) {
      sea = sea::two_ray_share(input, settings_.earth_radius_m);
    }
    Blend blend(shares_of(division, near, division.two_ray * sea.share));
    const std::size_t dominant = blend.dominant();
    if (terms != nullptr) add_terms(blend, division, near, sea, *terms);
    for (std::size_t member = 0; member < kMemberCount; ++member) {
      if (blend.share(member) <= 0.0) continue;
      const PathLossResult result =
          evaluate_member(member, input, workspace, member == dominant ? terms : nullptr);
      if (terms != nullptr && result.ok()) {
        terms->add(kLossKeys[member], result.loss_db, "loss by this member alone",
                   kMembers[member].id);
      }
      blend.add(member, result);
    }
    return blend.result();
  }

  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override;

 private:
  static constexpr std::array<std::string_view, kMemberCount> kShareKeys = {
      "share_free_space", "share_two_ray_sea", "share_itu_p1812", "share_itu_p2001",
      "share_itu_p528"};
  static constexpr std::array<std::string_view, kMemberCount> kLossKeys = {
      "loss_free_space_db", "loss_two_ray_sea_db", "loss_itu_p1812_db", "loss_itu_p2001_db",
      "loss_itu_p528_db"};

  Division divide(double frequency_hz, double tx_height_m, double rx_height_m) const {
    Division division;
    division.air = log_ramp(std::max(tx_height_m, rx_height_m), kTerrainHeightM, kAirHeightM);
    const double band_share = 1.0 - log_ramp(hz_to_mhz(frequency_hz), kLowerBandMhz, kUpperBandMhz);
    division.p1812 = band_share * time_share_;
    division.two_ray = ramp(settings_.time_percent, kTwoRayFromPercent, kLongestMedianPercent);
    return division;
  }

  /// What the path lacks for the members in charge, its profile aside.
  PathLossResult check(const Division& division, double near, const PathLossInput& input) const {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    if (division.air > 0.0) {
      const double frequency_mhz = hz_to_mhz(input.frequency_hz);
      if (frequency_mhz < kAirLowestMhz || frequency_mhz > kAirHighestMhz) {
        return refuse(kAirFrequency);
      }
      if (members_[kP528] == nullptr) return refuse(kAirTime);
      if (std::min(input.tx.height_agl_m, input.rx.height_agl_m) < kAirLowestM) {
        return refuse(kAirLowAntenna);
      }
      if (input.distance_m > kAirFarthestM) return refuse(kAirDistance);
    }
    const bool is_terrain = division.air < 1.0 && near < 1.0;
    if (is_terrain && settings_.varies_with_location && division.p1812 < 1.0) {
      return refuse(kLocationAboveBand);
    }
    return {};
  }
  static PathLossResult check_profile(const Division& division, double near,
                                      const PathLossInput& input) {
    if (division.air >= 1.0 || near >= 1.0) return {};
    if (input.profile.size() < 3) return refuse(kTooFewPoints);
    if (!(std::abs(input.distance_m - input.profile.length_m()) <= 0.5)) {
      return refuse(kLengthMismatch);
    }
    return {};
  }

  void add_terms(const Blend& blend, const Division& division, double near,
                 const sea::TwoRayShare& sea, Terms& terms) const {
    const ModelMember& member = kMembers[blend.dominant()];
    terms.add_text("served_by", member.id, member.why, kPage);
    for (std::size_t m = 0; m < kMemberCount; ++m) {
      if (blend.share(m) > 0.0) {
        terms.add(kShareKeys[m], blend.share(m), kMembers[m].rule, kPage);
      }
    }
    terms.add("near_share", near, "1: within 250 m, 0: beyond 500 m; of free_space", kPage);
    terms.add("air_share", division.air,
              "1: an antenna above 3000 m, 0: none above 1000 m; of itu_p528", kPage);
    terms.add("p1812_share", division.p1812,
              "1: to 5 GHz and 1-50 % of time, 0: from 6 GHz, above 60 % or below 0.5 %; the rest "
              "is itu_p2001's",
              kPage);
    terms.add("two_ray_share", division.two_ray * sea.share,
              "of two_ray_sea against itu_p1812, by the surface", kPage);
    if (sea.detour_wavelengths > 0.0) {
      terms.add("sea_clearance_over_f1", sea.clearance_over_f1,
                "of the direct ray over a sea at 0 m; two rays from 0.6 to 1 on", kPage);
      terms.add("sea_detour_wavelengths", sea.detour_wavelengths,
                "of the ray reflected on such a sea; two rays below 3 to 1.5", kPage);
      if (!std::isnan(sea.zone_land_part)) {
        terms.add("sea_zone_land_part", sea.zone_land_part,
                  "of the stretch that reflects; two rays below 0.5 to 0", kPage);
      }
      if (std::isfinite(sea.land_clearance_over_f1)) {
        terms.add("land_clearance_over_f1", sea.land_clearance_over_f1,
                  "of the direct ray over land; two rays from 0.6 to 1 on", kPage);
      }
    }
  }

  /// The loss by one member; two rays take the antennas' heights above the sea and no profile, for
  /// what land does to them is in their share.
  PathLossResult evaluate_member(std::size_t member, const PathLossInput& input,
                                 Workspace& workspace, Terms* terms) const {
    if (member != kTwoRaySea) return members_[member]->evaluate(input, workspace, terms);
    PathLossInput above_sea = input;
    above_sea.tx.height_agl_m += input.profile.ground_amsl_m.front();
    above_sea.rx.height_agl_m += input.profile.ground_amsl_m.back();
    above_sea.profile = {};
    return members_[member]->evaluate(above_sea, workspace, terms);
  }

  Blend blend_of(const RadialInput& radial, std::size_t receiver, const SweepTarget& target,
                 const Division& division, double near, std::span<const std::uint32_t> sea_before,
                 SweepScratch& scratch) const;

  Settings settings_;
  /// itu_p528 is absent where it does not know the time percentage.
  std::array<std::unique_ptr<PathLossModel>, kMemberCount> members_;
  double time_share_ = 1.0;
};

/// The shares at one receiver; scans the profile only where two rays over the sea are possible.
Blend AutomaticChoice::blend_of(const RadialInput& radial, std::size_t receiver,
                                const SweepTarget& target, const Division& division, double near,
                                std::span<const std::uint32_t> sea_before,
                                SweepScratch& scratch) const {
  double two_ray = 0.0;
  if (division.air < 1.0 && near < 1.0 && division.two_ray > 0.0 && division.p1812 > 0.0 &&
      !radial.zone.empty()) {
    const sea::TwoRayShare most = sea::two_ray_share_over_sea_alone(
        target.frequency_hz, radial.distance_m[receiver],
        radial.samples.ground_amsl_m.front() + radial.tx.height_agl_m,
        radial.ground_amsl_m[receiver] + target.rx_height_agl_m, settings_.earth_radius_m);
    const std::size_t count = radial.sample_count[receiver];
    const auto sample = [&](double x_m) {
      return std::min(count - 1, static_cast<std::size_t>(x_m / radial.step_m));
    };
    const std::size_t after = std::min(count, sample(most.zone_last_m) + 2);
    const bool may_reflect = radial.zone[receiver] == Zone::sea ||
                             sea_before[after] > sea_before[sample(most.zone_first_m)];
    if (most.share > 0.0 && may_reflect) {
      const PathLossInput input = receiver_input(radial, receiver, target, scratch.profile);
      two_ray = division.two_ray * sea::two_ray_share(input, settings_.earth_radius_m).share;
    }
  }
  return Blend(shares_of(division, near, two_ray));
}

void AutomaticChoice::sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                            SweepScratch& scratch, std::span<PathLossResult> results) const {
  const std::size_t receivers = radial.receiver_count();
  YONDER_EXPECTS(results.size() == targets.size() * receivers);
  thread_local SweepBuffers buffers;
  const auto choice_of = [&](std::size_t t) -> const AutomaticChoice& {
    return static_cast<const AutomaticChoice&>(*targets[t].model);
  };

  buffers.sea_before.assign(1, 0);
  for (const Zone zone : radial.samples.zone) {
    buffers.sea_before.push_back(buffers.sea_before.back() + (zone == Zone::sea ? 1U : 0U));
  }
  buffers.blends.clear();
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const AutomaticChoice& choice = choice_of(t);
    const Division division =
        choice.divide(targets[t].frequency_hz, radial.tx.height_agl_m, targets[t].rx_height_agl_m);
    for (std::size_t r = 0; r < receivers; ++r) {
      const double near = near_share(radial.distance_m[r]);
      PathLossResult& result = results[t * receivers + r];
      result = choice.check(division, near, EndsOnly(radial, r, targets[t]).input());
      buffers.blends.push_back(result.ok() ? choice.blend_of(radial, r, targets[t], division, near,
                                                             buffers.sea_before, scratch)
                                           : Blend(Shares{}));
    }
  }

  for (std::size_t member = 0; member < kMemberCount; ++member) {
    std::size_t first = receivers;
    std::size_t last = 0;
    buffers.targets.clear();
    buffers.target_index.clear();
    for (std::size_t t = 0; t < targets.size(); ++t) {
      bool is_wanted = false;
      for (std::size_t r = 0; r < receivers; ++r) {
        Blend& blend = buffers.blends[t * receivers + r];
        if (blend.share(member) <= 0.0) continue;
        if (member == kTwoRaySea || !choice_of(t).members_[member]->needs_profile()) {
          const EndsOnly ends(radial, r, targets[t]);
          blend.add(member,
                    choice_of(t).evaluate_member(member, ends.input(), scratch.workspace, nullptr));
        } else {
          is_wanted = true;
          first = std::min(first, r);
          last = std::max(last, r + 1);
        }
      }
      if (!is_wanted) continue;
      SweepTarget target = targets[t];
      target.model = choice_of(t).members_[member].get();
      buffers.targets.push_back(target);
      buffers.target_index.push_back(t);
    }
    if (buffers.targets.empty()) continue;
    const std::size_t width = last - first;
    buffers.results.resize(buffers.targets.size() * width);
    buffers.targets.front().model->sweep(part_of(radial, first, last), buffers.targets, scratch,
                                         buffers.results);
    for (std::size_t k = 0; k < buffers.targets.size(); ++k) {
      for (std::size_t r = first; r < last; ++r) {
        Blend& blend = buffers.blends[buffers.target_index[k] * receivers + r];
        if (blend.share(member) > 0.0) blend.add(member, buffers.results[k * width + r - first]);
      }
    }
  }

  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].ok()) results[i] = buffers.blends[i].result();
  }
}

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  const double time_percent = reader.number("time_percent");
  const double location_percent = reader.number("location_percent");
  const double cell_width_m = reader.number("cell_width_m");
  const double delta_n_per_km = reader.number("delta_n_per_km");
  const double earth_radius_factor = 157.0 / (157.0 - delta_n_per_km);  // P.1812-8 eq. (6)
  const bool varies_with_location = cell_width_m > 0.0 && location_percent != 50.0;
  if (varies_with_location &&
      (time_percent > kLongestMedianPercent || time_percent < kLeastPercent)) {
    throw ParameterError("location_percent",
                         "'location_percent' other than 50 with a cell_width_m needs itu_p1812, "
                         "which serves time_percent 1 to 50");
  }
  ParameterValues p2001 = {{"time_percent", time_percent},
                           {"climate.mid.dn_median_n_per_km", delta_n_per_km}};
  for (const auto& [name, value] : values) {
    if (name.starts_with(kP2001Prefix)) p2001[name.substr(kP2001Prefix.size())] = value;
  }
  std::array<std::unique_ptr<PathLossModel>, kMemberCount> members;
  members[kFreeSpace] = free_space::kModelInfo.make({});
  members[kTwoRaySea] = two_ray_sea::kModelInfo.make(
      {{"sea_state", "wave_height"},
       {"significant_wave_height_m", reader.number("significant_wave_height_m")},
       {"effective_earth_radius_factor", earth_radius_factor}});
  // Beyond its times P.1812 stands at the nearest one, where it shares with P.2001.
  members[kP1812] = itu_p1812::kModelInfo.make(
      {{"time_percent", std::clamp(time_percent, kLeastPercent, kLongestMedianPercent)},
       {"location_percent", location_percent},
       {"cell_width_m", cell_width_m},
       {"delta_n_per_km", delta_n_per_km},
       {"n0", reader.number("n0")}});
  try {
    members[kP2001] = itu_p2001::kModelInfo.make(p2001);
  } catch (const ParameterError& error) {
    throw ParameterError(std::string(kP2001Prefix) + error.parameter(), error.what());
  }
  if (time_percent >= kAirLeastPercent && time_percent <= kAirMostPercent) {
    members[kP528] = itu_p528::kModelInfo.make({{"time_percent", time_percent}});
  }
  return std::make_unique<AutomaticChoice>(
      Settings{.time_percent = time_percent,
               .varies_with_location = varies_with_location,
               .earth_radius_m = earth_radius_factor * kEarthRadiusM},
      std::move(members));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "auto",
    .source = "Yonder's rules over P.525-4, P.1812-8, P.2001-4, P.528-5 and two rays over the sea",
    .title = "picks per path by distance, height, frequency, surface and time, without jumps",
    .uses_profile = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
    .members = kMembers,
};

}  // namespace yonder::propagation::automatic_choice
