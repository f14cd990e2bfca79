#include "core/shapes/place_kpis.h"

#include <algorithm>

#include "core/contracts.h"

namespace yonder::shapes {
namespace {

Spread spread_of(const WeightedValues& values) {
  return {values.mean(), values.percentile(0.1), values.percentile(0.5), values.percentile(0.9)};
}

std::vector<LimitShare> ranked(const std::array<double, nr::kServiceLimits>& weights,
                               double whole) {
  std::vector<LimitShare> list;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0.0) list.push_back({static_cast<nr::ServiceLimit>(i), weights[i] / whole});
  }
  std::ranges::stable_sort(list, std::ranges::greater{}, &LimitShare::share);
  return list;
}

}  // namespace

bool is_covered(const PlaceResult& place, bool judged, double weakest_threshold_dbm) {
  return judged ? place.effective() : place.rsrp_dbm >= weakest_threshold_dbm;
}

PlaceKpis place_kpis(std::span<const PlaceResult> places, std::span<const double> thresholds_dbm,
                     bool judged) {
  YONDER_EXPECTS(!thresholds_dbm.empty());
  PlaceKpis kpis;
  kpis.judged = judged;
  kpis.places = places.size();
  WeightedValues rsrp, sinr, downlink, loaded, uplink, effective_downlink;
  std::array<double, nr::kServiceLimits> failing{}, nearest{};
  double covered = 0.0, probability = 0.0;
  for (const PlaceResult& place : places) {
    const double w = place.weight;
    kpis.weight += w;
    rsrp.add(place.rsrp_dbm, w);
    if (is_covered(place, judged, thresholds_dbm.back())) {
      covered += w;
      ++kpis.covered_places;
    }
    if (!judged) continue;
    sinr.add(place.ss_sinr_db, w);
    const bool in = place.connected();
    downlink.add(in ? place.downlink_bps : 0.0, w);
    loaded.add(in ? place.loaded_downlink_bps : 0.0, w);
    uplink.add(in ? place.uplink_bps : 0.0, w);
    if (place.effective()) effective_downlink.add(place.downlink_bps, w);
    probability += w * place.probability;
    kpis.class_shares[static_cast<std::size_t>(place.service_class)] += w;
    (place.fails ? failing : nearest)[static_cast<std::size_t>(place.limit)] += w;
  }
  for (const double threshold_dbm : thresholds_dbm) {
    kpis.threshold_shares.push_back(rsrp.share_at_least(threshold_dbm));
  }
  kpis.rsrp_dbm = spread_of(rsrp);
  if (!(kpis.weight > 0.0)) return kpis;
  kpis.covered_share = covered / kpis.weight;
  if (!judged) return kpis;
  kpis.ss_sinr_db = spread_of(sinr);
  kpis.downlink_bps = spread_of(downlink);
  kpis.loaded_downlink_bps = spread_of(loaded);
  kpis.uplink_bps = spread_of(uplink);
  kpis.effective_downlink_mean_bps = effective_downlink.mean();
  kpis.probability_mean = probability / kpis.weight;
  for (double& share : kpis.class_shares) share /= kpis.weight;
  kpis.failing = ranked(failing, kpis.weight);
  kpis.nearest = ranked(nearest, kpis.weight);
  if (!kpis.failing.empty()) {
    kpis.dominant_limit = kpis.failing.front().limit;
  } else if (!kpis.nearest.empty()) {
    kpis.dominant_limit = kpis.nearest.front().limit;
  }
  return kpis;
}

}  // namespace yonder::shapes
