#include "scenarios/availability_map.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/parallel_rows.h"
#include "scenarios/time_share.h"

namespace yonder::scenarios {
namespace {

constexpr auto kSea = static_cast<std::size_t>(nr::Surface::sea);

/// What decides over effective service: the least of its limits in dB.
TimedService timed(const nr::PixelService& service, double percent) {
  TimedService timed{.percent = percent, .margin_db = std::numeric_limits<double>::quiet_NaN()};
  if (service.service_class == nr::ServiceClass::unknown) return timed;
  timed.served = service.service_class >= nr::ServiceClass::effective;
  // Beyond the access range no share of time helps.
  if (!service.access) return timed;
  double least_db = std::numeric_limits<double>::infinity();
  for (int i = 0; i < service.limit_count; ++i) {
    const nr::LimitMargin& one = service.limits[static_cast<std::size_t>(i)];
    // The wanted rate is of continuous service alone.
    if (nr::is_distance_limit(one.limit) || one.limit == nr::ServiceLimit::pusch) continue;
    if (!std::isnan(one.amount)) least_db = std::min(least_db, one.amount);
  }
  // What fails beside the limits (no SSB) fails at least by a hair.
  timed.margin_db = timed.served ? std::max(0.0, least_db) : std::min(-1e-6, least_db);
  return timed;
}

/// `served_at`: at each pixel a bit for each slice.
void count(const Scenario& scenario, const Plan& plan, const CoverageMap& map,
           const std::vector<std::uint32_t>& served_at, TerminalService& service) {
  AvailabilityKpis& kpis = service.availability;
  for (const double percent : told_percents(scenario.availability)) {
    kpis.served.push_back({percent, {}});
  }
  for (const double percent : scenario.availability.time_percents) {
    kpis.served_at.push_back({percent, {}});
  }
  const Terrain& terrain = plan.terrain();
  double sum = 0.0;
  for (int row = 0; row < map.window.rows; ++row) {
    for (int column = 0; column < map.window.columns; ++column) {
      const Pixel pixel{map.window.column + column, map.window.row + row};
      const std::size_t i = map.window.index(pixel);
      if (map.status[i] == pixel_status::kBeyondRadius && !plan.analysis.whole_window) continue;
      const bool sea = terrain.zone[terrain.grid.index(pixel)] == Zone::sea;
      ++(sea ? kpis.judged.sea : kpis.judged.land);
      for (std::size_t s = 0; s < kpis.served_at.size(); ++s) {
        SurfacePixels& pixels = kpis.served_at[s].pixels;
        if ((served_at[i] >> s & 1U) != 0) ++(sea ? pixels.sea : pixels.land);
      }
      const auto percent = static_cast<double>(service.availability_percent[i]);
      if (std::isnan(percent)) continue;  // not calculated: never served
      sum += percent;
      for (AvailabilityKpis::Served& one : kpis.served) {
        // Layers are of single precision.
        if (percent >= one.percent - 1e-4) ++(sea ? one.pixels.sea : one.pixels.land);
      }
    }
  }
  const std::size_t judged = kpis.judged.all();
  kpis.mean_percent = judged == 0 ? 0.0 : sum / static_cast<double>(judged);
}

}  // namespace

nr::ServicePlan without_time_margin(nr::ServicePlan plan) {
  plan.rules.fading[kSea] = {};
  for (nr::ServiceTerminal& terminal : plan.terminals) {
    if (terminal.fading) (*terminal.fading)[kSea] = {};
  }
  return plan;
}

std::vector<double> told_percents(const AvailabilityConfig& config) {
  std::vector<double> told = config.time_percents;
  for (const double percent : {50.0, 90.0, 95.0, 99.0}) {
    if (!told.empty() && percent < config.time_percents.back()) told.push_back(percent);
  }
  std::ranges::sort(told);
  told.erase(std::unique(told.begin(), told.end()), told.end());  // clang 14 has no ranges::unique
  return told;
}

void judge_availability(const Scenario& scenario, const Plan& plan, const TimePlan& times,
                        const nr::ServicePlan& plan_without, std::size_t terminal,
                        const std::vector<ServiceSignals>& signals, const CoverageMap& map,
                        const RunControl& control, TerminalService& service) {
  const PixelWindow window = map.window;
  service.availability_percent.assign(window.size(), std::numeric_limits<float>::quiet_NaN());
  std::vector<std::uint32_t> served_at(window.size(), 0);
  const int height = height_index(scenario, terminal);
  const nr::ServiceTerminal& judged = plan_without.terminals[terminal];
  RunControl quiet = control;
  quiet.progress = nullptr;
  struct Buffers {
    std::vector<nr::CarrierSignals> signals;
    std::vector<TimedService> times;
  };
  std::vector<Buffers> buffers(static_cast<std::size_t>(thread_count(control)));
  parallel_rows(window.rows, quiet, 0, 0, [&](int row, int thread) {
    Buffers& b = buffers[static_cast<std::size_t>(thread)];
    for (int column = 0; column < window.columns; ++column) {
      const Pixel pixel{window.column + column, window.row + row};
      b.times.clear();
      bool known = false;
      for (std::size_t s = 0; s < times.slices.size(); ++s) {
        signals[s].at(height, pixel, b.signals);
        const nr::PixelService at_time =
            nr::pixel_service(plan_without, judged, b.signals, plan.terrain(), pixel);
        known = known || at_time.service_class != nr::ServiceClass::unknown;
        b.times.push_back(timed(at_time, times.slices[s].percent));
        if (b.times.back().served) served_at[window.index(pixel)] |= 1U << s;
      }
      if (!known) continue;
      service.availability_percent[window.index(pixel)] =
          static_cast<float>(served_percent(b.times));
    }
  });
  count(scenario, plan, map, served_at, service);
}

}  // namespace yonder::scenarios
