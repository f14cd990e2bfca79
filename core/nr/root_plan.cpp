#include "core/nr/root_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "core/nr/prach_roots.h"
#include "core/path_loss_model.h"
#include "core/text.h"

namespace yonder::nr {
namespace {

void check_cell(const RootCell& cell) {
  const auto refuse = [&cell](const std::string& parameter, const std::string& problem) {
    throw ParameterError(parameter, "cell '" + cell.id + "': " + problem);
  };
  try {
    check_prach(cell.prach);
    if (cell.root_sequence_index) sequence_number(cell.prach.format, *cell.root_sequence_index);
  } catch (const ParameterError& error) {
    refuse(error.parameter(), error.what());
  }
  if (!(cell.uplink_bandwidth_hz >= 0.0)) {
    refuse("uplink_bandwidth_hz",
           "a bandwidth of " + number_text(cell.uplink_bandwidth_hz) + " Hz is not possible");
  }
  if (!(cell.service_radius_m >= 0.0)) {
    refuse("service_radius_m",
           "a service radius of " + number_text(cell.service_radius_m) + " m is not possible");
  }
  if (!(cell.hearing_radius_m >= 0.0)) {
    refuse("hearing_radius_m",
           "a hearing radius of " + number_text(cell.hearing_radius_m) + " m is not possible");
  }
}

/// Whether a preamble of one may be taken for one of the other.
bool same_channel(const RootCell& a, const RootCell& b) {
  const double apart_hz = std::abs(a.uplink_frequency_hz - b.uplink_frequency_hz);
  const bool overlap =
      apart_hz == 0.0 || apart_hz < 0.5 * (a.uplink_bandwidth_hz + b.uplink_bandwidth_hz);
  return overlap && a.prach.subcarrier_spacing_hz == b.prach.subcarrier_spacing_hz &&
         root_count(a.prach.format) == root_count(b.prach.format);
}

/// Number of logical roots in both of two runs on a ring of `ring` roots.
int shared_roots(int first_a, int count_a, int first_b, int count_b, int ring) {
  int shared = 0;
  for (int k = 0; k < count_a; ++k) {
    if ((first_a + k - first_b + ring) % ring < count_b) ++shared;
  }
  return shared;
}

}  // namespace

RootPlan check_root_plan(const std::vector<RootCell>& cells) {
  RootPlan plan;
  plan.demands.resize(cells.size());
  double farthest_m = 0.0;  // over which any two cells can matter to each other
  double service_m = 0.0;
  double hearing_m = 0.0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    check_cell(cells[i]);
    RootDemand& demand = plan.demands[i];
    demand.available = root_count(cells[i].prach.format);
    demand.roots = roots_for_64_preambles(cells[i].prach, cells[i].root_sequence_index.value_or(0));
    demand.roots_in_earshot = demand.roots.value_or(demand.available);
    service_m = std::max(service_m, cells[i].service_radius_m);
    hearing_m = std::max(hearing_m, cells[i].hearing_radius_m);
  }
  farthest_m = service_m + hearing_m;

  // Sorted by x, only cells within a strip need be compared.
  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&cells](std::size_t a, std::size_t b) {
    return cells[a].position.x_m < cells[b].position.x_m;
  });
  for (std::size_t p = 0; p < order.size(); ++p) {
    for (std::size_t q = p + 1; q < order.size(); ++q) {
      const std::size_t i = std::min(order[p], order[q]);
      const std::size_t j = std::max(order[p], order[q]);
      const RootCell& a = cells[i];
      const RootCell& b = cells[j];
      if (std::abs(a.position.x_m - b.position.x_m) > farthest_m) break;
      if (!same_channel(a, b)) continue;
      const double distance_m =
          std::hypot(a.position.x_m - b.position.x_m, a.position.y_m - b.position.y_m);
      RootClash clash{.first = i, .second = j, .distance_m = distance_m};
      clash.needed_m = std::max(a.hearing_radius_m + b.service_radius_m,
                                b.hearing_radius_m + a.service_radius_m);
      clash.first_hears_second = distance_m < a.hearing_radius_m + b.service_radius_m;
      clash.second_hears_first = distance_m < b.hearing_radius_m + a.service_radius_m;
      if (!clash.first_hears_second && !clash.second_hears_first) continue;
      const int need_a = plan.demands[i].roots.value_or(plan.demands[i].available);
      const int need_b = plan.demands[j].roots.value_or(plan.demands[j].available);
      plan.demands[i].roots_in_earshot += need_b;
      plan.demands[j].roots_in_earshot += need_a;
      if (!a.root_sequence_index || !b.root_sequence_index) continue;
      clash.shared_roots = shared_roots(*a.root_sequence_index, need_a, *b.root_sequence_index,
                                        need_b, plan.demands[i].available);
      if (clash.shared_roots > 0) plan.clashes.push_back(clash);
    }
  }
  std::sort(plan.clashes.begin(), plan.clashes.end(), [](const RootClash& a, const RootClash& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  return plan;
}

std::string clash_text(const RootClash& clash, const std::vector<RootCell>& cells) {
  const std::string& first = cells[clash.first].id;
  const std::string& second = cells[clash.second].id;
  std::string hears;
  if (clash.first_hears_second && clash.second_hears_first) {
    hears = "each may hear the other's terminals";
  } else if (clash.first_hears_second) {
    hears = first + " may hear " + second + "'s terminals";
  } else {
    hears = second + " may hear " + first + "'s terminals";
  }
  std::array<char, 96> distances{};
  std::snprintf(distances.data(), distances.size(),
                " at %.1f km; %.1f km needed: ", clash.distance_m / 1e3, clash.needed_m / 1e3);
  return first + " and " + second + " share " + std::to_string(clash.shared_roots) + " root" +
         (clash.shared_roots == 1 ? "" : "s") + distances.data() + hears;
}

}  // namespace yonder::nr
