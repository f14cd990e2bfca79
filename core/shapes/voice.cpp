#include "core/shapes/voice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/contracts.h"
#include "core/nr/slow_fading.h"

namespace yonder::shapes {
namespace {

// What the needs of core/nr/channel.h allow: 1 % of preambles missed (TS 38.104 section 8.4), 1 %
// of control, 10 % of data blocks at their first transmission.
constexpr double kPreambleTarget = 0.01;
constexpr double kControlTarget = 0.01;
constexpr double kBlockTarget = 0.1;

/// Outage of L branches, each with threshold over mean power x.
double outage(double x, int branches) {
  if (x > 700.0) return 1.0;
  double term = std::exp(-x), sum = 0.0;
  for (int k = 0; k < branches; ++k) {
    sum += term;
    term *= x / (k + 1);
  }
  // Where the sum is all but one the difference is lost to rounding: the rest of the series then.
  if (x < 0.1 * branches) {
    double rest = 0.0;
    for (int k = branches; k < branches + 40; ++k) {
      rest += term;
      term *= x / (k + 1);
    }
    return rest;
  }
  return std::max(0.0, 1.0 - sum);
}

double scale_of(int branches, double target) {
  double low = 0.0, high = 700.0;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (outage(middle, branches) < target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// That one of several attempts gets through, each with its own fast fading.
double one_of(double lost, int attempts) { return 1.0 - std::pow(lost, attempts); }

/// The scale found once for each number of branches and target, by each thread for itself.
double known_scale(int branches, double target) {
  thread_local std::map<std::pair<int, double>, double> known;
  const auto [it, is_new] = known.try_emplace({branches, target}, 0.0);
  if (is_new) it->second = scale_of(branches, target);
  return it->second;
}

/// Fast fading of one kind of link.
struct Link {
  int branches;
  double target, scale;
  Link(int own_branches, double own_target)
      : branches(own_branches), target(own_target), scale(known_scale(own_branches, own_target)) {}
  double lost(double margin_db) const {
    return outage(scale * std::pow(10.0, -0.1 * margin_db), branches);
  }
};

/// Links of a place.
struct Links {
  Link preamble, control, block;
  explicit Links(const VoiceLink& place)
      : preamble(place.uplink_branches, kPreambleTarget),
        control(place.downlink_branches, kControlTarget),
        block(place.uplink_branches, kBlockTarget) {}
};

constexpr int kSlices = 20;

/// Steps over one cell.
VoiceSteps link_steps(const VoiceLink& link, double shift_db, const VoiceRules& rules) {
  VoiceSteps steps;
  if (!link.reachable) return steps;
  const Links links(link);
  const double up = one_of(links.block.lost(link.msg3_db + shift_db), rules.message_attempts);
  const double down = one_of(links.control.lost(link.pdcch_db + shift_db), rules.message_attempts);
  steps.prach = one_of(links.preamble.lost(link.prach_db + shift_db), rules.preamble_attempts);
  steps.msg3 = up;
  steps.rrc = std::pow(up * down, rules.rrc_exchanges);
  steps.qos_flow = std::pow(up * down, rules.qos_flow_exchanges) *
                   (1.0 - links.block.lost(link.voice_db + shift_db));
  steps.connected = steps.prach * steps.msg3 * steps.rrc * steps.qos_flow;
  return steps;
}

}  // namespace

double loss_probability(double margin_db, int branches, double target) {
  YONDER_EXPECTS(branches >= 1 && target > 0.0 && target < 1.0);
  return Link(branches, target).lost(margin_db);
}

std::span<const double> fading_deviations() {
  static const auto kDeviations = [] {
    std::array<double, kSlices> deviations{};  // medians of the slices
    for (int i = 0; i < kSlices; ++i) {
      deviations[static_cast<std::size_t>(i)] = nr::margin_for_edge_db((i + 0.5) / kSlices, 1.0);
    }
    return deviations;
  }();
  return kDeviations;
}

VoiceSteps voice_steps_at(const VoicePlace& place, double deviation, const VoiceRules& rules) {
  const double shift_db = place.sigma_db * deviation;
  VoiceSteps steps = link_steps(place.nr, shift_db, rules);
  if (place.lte.reachable) {
    const double lte = link_steps(place.lte, shift_db, rules).connected;
    steps.connected = 1.0 - (1.0 - steps.connected) * (1.0 - lte);
  }
  return steps;
}

VoiceSteps voice_steps(const VoicePlace& place, const VoiceRules& rules) {
  VoiceSteps mean;
  for (const double deviation : fading_deviations()) {
    const VoiceSteps steps = voice_steps_at(place, deviation, rules);
    mean.prach += steps.prach / kSlices;
    mean.msg3 += steps.msg3 / kSlices;
    mean.rrc += steps.rrc / kSlices;
    mean.qos_flow += steps.qos_flow / kSlices;
    mean.connected += steps.connected / kSlices;
  }
  return mean;
}

bool carries_voice(const VoicePlace& place, double deviation) {
  const auto carries = [&](const VoiceLink& link) {
    return link.reachable &&
           std::min(link.pdcch_db, link.voice_db) + place.sigma_db * deviation >= 0.0;
  };
  return carries(place.nr) || carries(place.lte);
}

double handover_success_at(const VoicePlace& place, std::optional<double> lag_db, double deviation,
                           const VoiceRules& rules) {
  if (!place.nr.reachable) return 0.0;
  const Links links(place.nr);
  const double shift_db = place.sigma_db * deviation;
  const double down =
      one_of(links.control.lost(place.nr.pdcch_db + shift_db), rules.message_attempts);
  const double up = one_of(links.block.lost(place.nr.msg3_db + shift_db), rules.message_attempts);
  const double access =
      up * one_of(links.preamble.lost(place.nr.prach_db + shift_db), rules.preamble_attempts);
  const double command = lag_db ? one_of(links.control.lost(place.nr.pdcch_db + shift_db - *lag_db),
                                         rules.message_attempts)
                                : 0.0;
  const double reestablished = std::pow(up * down, rules.reestablishment_exchanges);
  return access * (command + (1.0 - command) * reestablished);
}

double handover_success(const VoicePlace& place, std::optional<double> lag_db,
                        const VoiceRules& rules) {
  double mean = 0.0;
  for (const double deviation : fading_deviations()) {
    mean += handover_success_at(place, lag_db, deviation, rules) / kSlices;
  }
  return mean;
}

double proven_by_all_connected(int calls) {
  YONDER_EXPECTS(calls >= 1);
  return std::max(0.0, 1.0 - 3.0 / calls);
}

}  // namespace yonder::shapes
