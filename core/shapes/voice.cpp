#include "core/shapes/voice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/contracts.h"
#include "core/nr/slow_fading.h"

namespace yonder::shapes {
namespace {

// What the needs of core/nr/channel.h allow: 1 % of preambles missed (TS 38.104 section 8.4), 1 % of
// control, 10 % of data blocks at their first transmission.
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

/// Fast fading of one kind of link.
struct Link {
  int branches;
  double target, scale;
  Link(int own_branches, double own_target)
      : branches(own_branches), target(own_target), scale(scale_of(own_branches, own_target)) {}
  double lost(double margin_db) const {
    return outage(scale * std::pow(10.0, -0.1 * margin_db), branches);
  }
};

/// Links of a place; the scales are found once for each number of branches.
struct Links {
  Link preamble, control, block;
  Links(int uplink, int downlink)
      : preamble(uplink, kPreambleTarget),
        control(downlink, kControlTarget),
        block(uplink, kBlockTarget) {}
};

const Links& links_of(const VoicePlace& place) {
  constexpr int kMost = 16;
  static const auto kLinks = [] {
    std::vector<Links> all;
    for (int up = 1; up <= kMost; ++up) {
      for (int down = 1; down <= kMost; ++down) all.emplace_back(up, down);
    }
    return all;
  }();
  const int up = std::clamp(place.uplink_branches, 1, kMost);
  const int down = std::clamp(place.downlink_branches, 1, kMost);
  return kLinks[static_cast<std::size_t>((up - 1) * kMost + down - 1)];
}

/// Deviations of slow fading that stand for equal shares of places: medians of 20 slices.
constexpr int kSlices = 20;
const std::array<double, kSlices>& slices() {
  static const auto kDeviations = [] {
    std::array<double, kSlices> deviations{};
    for (int i = 0; i < kSlices; ++i) {
      deviations[static_cast<std::size_t>(i)] =
          nr::margin_for_edge_db((i + 0.5) / kSlices, 1.0);
    }
    return deviations;
  }();
  return kDeviations;
}

}  // namespace

double loss_probability(double margin_db, int branches, double target) {
  YONDER_EXPECTS(branches >= 1 && target > 0.0 && target < 1.0);
  return Link(branches, target).lost(margin_db);
}

VoiceSteps voice_steps(const VoicePlace& place, const VoiceRules& rules) {
  VoiceSteps steps;
  if (!place.reachable) return steps;
  const Links& links = links_of(place);
  for (const double deviation : slices()) {
    const double shift_db = place.sigma_db * deviation;
    const double prach =
        one_of(links.preamble.lost(place.prach_db + shift_db), rules.preamble_attempts);
    const double up =
        one_of(links.block.lost(place.msg3_db + shift_db), rules.message_attempts);
    const double down =
        one_of(links.control.lost(place.pdcch_db + shift_db), rules.message_attempts);
    const double rrc = std::pow(up * down, rules.rrc_exchanges);
    const double qos = std::pow(up * down, rules.qos_flow_exchanges) *
                       (1.0 - links.block.lost(place.vonr_db + shift_db));
    steps.prach += prach / kSlices;
    steps.msg3 += up / kSlices;
    steps.rrc += rrc / kSlices;
    steps.qos_flow += qos / kSlices;
    steps.connected += prach * up * rrc * qos / kSlices;
  }
  return steps;
}

double handover_success(const VoicePlace& place, double lag_db, const VoiceRules& rules) {
  if (!place.reachable) return 0.0;
  const Links& links = links_of(place);
  double success = 0.0;
  for (const double deviation : slices()) {
    const double shift_db = place.sigma_db * deviation;
    success += one_of(links.control.lost(place.pdcch_db + shift_db - lag_db),
                      rules.message_attempts) *
               one_of(links.preamble.lost(place.prach_db + shift_db), rules.preamble_attempts) *
               one_of(links.block.lost(place.msg3_db + shift_db), rules.message_attempts) / kSlices;
  }
  return success;
}

double proven_by_all_connected(int calls) {
  YONDER_EXPECTS(calls >= 1);
  return std::max(0.0, 1.0 - 3.0 / calls);
}

}  // namespace yonder::shapes
