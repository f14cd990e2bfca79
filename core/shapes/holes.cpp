#include "core/shapes/holes.h"

#include <algorithm>

#include "core/contracts.h"

namespace yonder::shapes {

std::vector<Stretch> find_holes(std::span<const RouteSample> samples,
                                const std::vector<bool>& covered) {
  YONDER_EXPECTS(samples.size() == covered.size());
  std::vector<Stretch> holes;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (covered[i]) continue;
    const bool goes_on = i > 0 && !covered[i - 1] && samples[i - 1].part == samples[i].part;
    if (!goes_on) holes.push_back({samples[i].from_m, samples[i].to_m, i, i});
    holes.back().to_m = samples[i].to_m;
    holes.back().last = i;
  }
  return holes;
}

double longest_covered_m(std::span<const RouteSample> samples, const std::vector<bool>& covered) {
  std::vector<bool> opposite;
  for (const bool one : covered) opposite.push_back(!one);
  return hole_kpis(find_holes(samples, opposite), 0.0).longest_m;
}

HoleKpis hole_kpis(std::span<const Stretch> holes, double longer_than_m) {
  HoleKpis kpis;
  for (const Stretch& hole : holes) {
    ++kpis.count;
    kpis.total_m += hole.length_m();
    kpis.longest_m = std::max(kpis.longest_m, hole.length_m());
    if (hole.length_m() > longer_than_m) kpis.long_ones.push_back(hole);
  }
  return kpis;
}

}  // namespace yonder::shapes
