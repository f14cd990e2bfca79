#include "core/nr/remote_interference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "core/path_loss_model.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

void check_cell(const RemoteCell& cell) {
  const auto refuse = [&cell](const char* parameter, double value, const char* unit) {
    throw ParameterError(parameter, "cell '" + cell.id + "': '" + parameter + "' cannot be " +
                                        number_text(value) + " " + unit);
  };
  if (!(cell.guard_period_s >= 0.0)) refuse("guard_period_s", cell.guard_period_s, "s");
  if (!(cell.bandwidth_hz >= 0.0)) refuse("bandwidth_hz", cell.bandwidth_hz, "Hz");
}

bool overlap(const RemoteCell& a, const RemoteCell& b) {
  return std::abs(a.centre_frequency_hz - b.centre_frequency_hz) <
         (a.bandwidth_hz + b.bandwidth_hz) / 2.0;
}

}  // namespace

double remote_interference_distance_m(double guard_period_s) {
  return kSpeedOfLightMPerS * guard_period_s;
}

std::vector<RemotePair> remote_interference(const std::vector<RemoteCell>& cells, double duct_m) {
  std::vector<std::size_t> order;  // the coastal cells, by x
  for (std::size_t i = 0; i < cells.size(); ++i) {
    check_cell(cells[i]);
    if (cells[i].coastal) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&cells](std::size_t a, std::size_t b) {
    return cells[a].position.x_m < cells[b].position.x_m;
  });
  std::vector<RemotePair> pairs;
  const auto flag = [&](std::size_t aggressor, std::size_t victim, double distance_m) {
    const double clear_m = remote_interference_distance_m(cells[aggressor].guard_period_s);
    if (distance_m <= clear_m) return;
    pairs.push_back({.aggressor = aggressor,
                     .victim = victim,
                     .distance_m = distance_m,
                     .clear_distance_m = clear_m,
                     .late_s = (distance_m - clear_m) / kSpeedOfLightMPerS});
  };
  for (std::size_t p = 0; p < order.size(); ++p) {
    for (std::size_t q = p + 1; q < order.size(); ++q) {
      const RemoteCell& a = cells[order[p]];
      const RemoteCell& b = cells[order[q]];
      if (b.position.x_m - a.position.x_m > duct_m) break;
      const double distance_m =
          std::hypot(a.position.x_m - b.position.x_m, a.position.y_m - b.position.y_m);
      if (distance_m > duct_m || !overlap(a, b)) continue;
      flag(order[p], order[q], distance_m);
      flag(order[q], order[p], distance_m);
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const RemotePair& a, const RemotePair& b) {
    return a.aggressor != b.aggressor ? a.aggressor < b.aggressor : a.victim < b.victim;
  });
  return pairs;
}

std::string remote_text(const RemotePair& pair, const std::vector<RemoteCell>& cells) {
  std::array<char, 128> figures{};
  std::snprintf(figures.data(), figures.size(), " (%.1f km; clear to %.1f km) by %.0f us",
                pair.distance_m / 1e3, pair.clear_distance_m / 1e3, pair.late_s * 1e6);
  return "under a duct the downlink of " + cells[pair.aggressor].id + " enters the uplink of " +
         cells[pair.victim].id + figures.data();
}

}  // namespace yonder::nr
