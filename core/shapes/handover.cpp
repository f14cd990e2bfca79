#include "core/shapes/handover.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"

namespace yonder::shapes {
namespace {

constexpr double kUnheard = -std::numeric_limits<double>::infinity();

double level_of(const HeardCells& heard, int cell) {
  for (const CellLevel& level : heard.levels) {
    if (level.cell == cell) return level.rsrp_dbm;
  }
  return kUnheard;
}

int carrier_of(const HeardCells& heard, int cell, int otherwise) {
  for (const CellLevel& level : heard.levels) {
    if (level.cell == cell) return level.carrier;
  }
  return otherwise;
}

class Traveller {
 public:
  Traveller(std::span<const RouteSample> samples, std::span<const HeardCells> heard,
            const HandoverRules& rules, bool backwards)
      : samples_(samples), heard_(heard), rules_(rules), backwards_(backwards) {}

  RouteRun travel() {
    run_.serving.assign(samples_.size(), -1);
    for (std::size_t n = 0; n < samples_.size(); ++n) {
      const std::size_t i = at(n);
      if (n > 0 && samples_[at(n - 1)].part != samples_[i].part) start_anew();
      step(i);
      run_.serving[i] = in_hole_ ? -1 : serving_;
    }
    end_hole();
    return std::move(run_);
  }

 private:
  std::size_t at(std::size_t n) const { return backwards_ ? samples_.size() - 1 - n : n; }

  void start_anew() {
    end_hole();
    serving_ = pending_ = -1;
  }

  void end_hole() {
    if (in_hole_ && serving_ >= 0 && hole_m_ > rules_.speed_mps * rules_.drop_s) {
      if (rules_.speed_mps > 0.0) ++run_.drops;
      serving_ = pending_ = -1;
    }
    in_hole_ = false;
    hole_m_ = 0.0;
  }

  void step(std::size_t i) {
    const HeardCells& heard = heard_[i];
    if (heard.camped < 0) {
      in_hole_ = true;
      hole_m_ += samples_[i].length_m();
      pending_ = -1;
      return;
    }
    end_hole();
    if (serving_ < 0) {
      serving_ = heard.camped;
      serving_carrier_ = heard.camped_carrier;
      return;
    }
    serving_carrier_ = carrier_of(heard, serving_, serving_carrier_);
    const int wanted = heard.camped_carrier != serving_carrier_ ? heard.camped : better(heard);
    if (wanted < 0 || wanted == serving_) {
      pending_ = -1;
      return;
    }
    if (pending_ != wanted) {
      pending_ = wanted;
      pending_since_m_ = samples_[i].chainage_m;
    }
    // Done at the sample nearest to where the time is over.
    const double gone_m = std::abs(samples_[i].chainage_m - pending_since_m_);
    const double slack_m = 0.5 * samples_[i].length_m();
    if (gone_m + slack_m < rules_.speed_mps * rules_.handover_s) return;
    hand_over(i, wanted, carrier_of(heard, wanted, heard.camped_carrier));
  }

  /// The strongest cell of the serving carrier when it satisfies A3, else -1.
  int better(const HeardCells& heard) const {
    const CellLevel* best = nullptr;
    for (const CellLevel& level : heard.levels) {
      if (level.carrier != serving_carrier_) continue;
      if (best == nullptr || level.rsrp_dbm > best->rsrp_dbm) best = &level;
    }
    if (best == nullptr || best->cell == serving_) return -1;
    return best->rsrp_dbm > level_of(heard, serving_) + rules_.hysteresis_db ? best->cell : -1;
  }

  void hand_over(std::size_t i, int to, int carrier) {
    Handover handover{.chainage_m = samples_[i].chainage_m,
                      .sample = i,
                      .from = serving_,
                      .to = to,
                      .to_other_carrier = carrier != serving_carrier_,
                      .lag_db = std::nullopt};
    const double lead = lead_db(i, handover);
    if (std::isfinite(lead)) {
      handover.lag_db = handover.to_other_carrier ? 0.0 : std::max(0.0, lead);
    }
    measure_overlap(i, handover);
    run_.handovers.push_back(handover);
    serving_ = to;
    serving_carrier_ = carrier;
    pending_ = -1;
  }

  bool both_usable(std::size_t i, const Handover& handover) const {
    return std::min(level_of(heard_[i], handover.from), level_of(heard_[i], handover.to)) >=
           rules_.usable_dbm;
  }

  /// The neighbour over the serving cell, dB.
  double lead_db(std::size_t i, const Handover& handover) const {
    return level_of(heard_[i], handover.to) - level_of(heard_[i], handover.from);
  }

  /// The sample before on the way; nullopt where the part begins.
  std::optional<std::size_t> before(std::size_t j) const {
    if (backwards_ ? j + 1 >= samples_.size() : j == 0) return std::nullopt;
    const std::size_t k = backwards_ ? j + 1 : j - 1;
    if (samples_[k].part != samples_[j].part) return std::nullopt;
    return k;
  }

  /// Back along the way to where both cells were equally strong.
  struct WayToHysteresis {
    double length_m = 0.0;
    std::size_t begin = 0;  ///< sample at or before which they were
  };
  WayToHysteresis way_to_hysteresis(std::size_t i, const Handover& handover) const {
    std::size_t equal = i;
    double equal_m = samples_[i].chainage_m, hysteresis_m = samples_[i].chainage_m;
    for (auto k = before(i); k; k = before(*k)) {
      const double near_db = lead_db(equal, handover), far_db = lead_db(*k, handover);
      if (!std::isfinite(near_db) || !std::isfinite(far_db)) break;
      const auto crossing_m = [&](double level_db) {
        const double t = (near_db - level_db) / (near_db - far_db);
        return std::lerp(samples_[equal].chainage_m, samples_[*k].chainage_m, t);
      };
      if (near_db >= rules_.hysteresis_db && far_db < rules_.hysteresis_db) {
        hysteresis_m = crossing_m(rules_.hysteresis_db);
      }
      equal_m = samples_[*k].chainage_m;
      const bool crosses = near_db >= 0.0 && far_db < 0.0;
      if (crosses) equal_m = crossing_m(0.0);
      equal = *k;
      if (crosses) break;
    }
    return {std::abs(hysteresis_m - equal_m), equal};
  }

  void measure_overlap(std::size_t i, Handover& handover) const {
    // Levels on other carriers are not compared: what such a handover takes is its time alone.
    const WayToHysteresis way =
        handover.to_other_carrier ? WayToHysteresis{0.0, i} : way_to_hysteresis(i, handover);
    handover.needed_overlap_m = 2.0 * (way.length_m + rules_.speed_mps * rules_.handover_s);
    std::size_t first = i, last = i;
    if (!both_usable(i, handover)) {
      if (!both_usable(way.begin, handover)) return;  // one ends before the other can take over
      first = last = way.begin;
    }
    while (first > 0 && samples_[first - 1].part == samples_[first].part &&
           both_usable(first - 1, handover)) {
      --first;
    }
    while (last + 1 < samples_.size() && samples_[last + 1].part == samples_[last].part &&
           both_usable(last + 1, handover)) {
      ++last;
    }
    handover.overlap_m = samples_[last].to_m - samples_[first].from_m;
  }

  std::span<const RouteSample> samples_;
  std::span<const HeardCells> heard_;
  const HandoverRules& rules_;
  bool backwards_;
  RouteRun run_;
  int serving_ = -1, serving_carrier_ = -1;
  int pending_ = -1;
  double pending_since_m_ = 0.0;
  bool in_hole_ = false;
  double hole_m_ = 0.0;
};

}  // namespace

RouteRun run_along(std::span<const RouteSample> samples, std::span<const HeardCells> heard,
                   const HandoverRules& rules, bool backwards) {
  YONDER_EXPECTS(samples.size() == heard.size());
  return Traveller(samples, heard, rules, backwards).travel();
}

}  // namespace yonder::shapes
