#include "scenarios/service_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/nr/prach_roots.h"
#include "core/nr/remote_interference.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
using nr::ServiceClass;
using nr::ServiceLimit;

std::string both(std::string_view en, std::string_view zh) {
  return en == zh ? std::string(en) : fmt::format("{} {}", en, zh);
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// The limits of most pixels, largest first.
std::string limits_line(const std::array<std::size_t, nr::kServiceLimits>& counts,
                        std::size_t judged) {
  std::vector<std::pair<std::size_t, int>> order;
  for (int i = 0; i < nr::kServiceLimits; ++i) {
    if (counts[static_cast<std::size_t>(i)] > 0) {
      order.emplace_back(counts[static_cast<std::size_t>(i)], i);
    }
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::size_t, int>::first);
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 4); ++i) {
    const nr::ServiceNames& names =
        nr::service_limit_names(static_cast<ServiceLimit>(order[i].second));
    text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", both(names.en, names.zh),
                        percent(order[i].first, judged));
  }
  return text.empty() ? "-" : text;
}

std::string terminal_text(const Scenario& scenario, const RunResult& result, std::size_t index) {
  const TerminalConfig& terminal = scenario.terminals[index];
  const ServiceKpis& kpis = result.services[index];
  const Label name = terminal_name(terminal);
  std::string text = fmt::format("\n  {} [{}], {:g} m above ground\n", both(name.en, name.zh),
                                 terminal.id, terminal_height_agl_m(terminal));
  for (const ServiceClass one :
       {ServiceClass::continuous, ServiceClass::effective, ServiceClass::weak,
        ServiceClass::without_access, ServiceClass::none, ServiceClass::unknown}) {
    const std::size_t pixels = kpis.classes[static_cast<std::size_t>(one)].all();
    if (pixels == 0 && one == ServiceClass::unknown) continue;
    const nr::ServiceNames& names = nr::service_class_names(one);
    text +=
        fmt::format("    {:>5.1f} %  {:>6.0f} km2  {}\n", percent(pixels, kpis.judged.all()),
                    static_cast<double>(pixels) * result.pixel_area_km2, both(names.en, names.zh));
  }
  text +=
      fmt::format("    fails first 首先不满足: {}\n", limits_line(kpis.failing, kpis.judged.all()));
  text += fmt::format("    nothing fails, nearest to it 最小余量: {}\n",
                      limits_line(kpis.nearest, kpis.judged.all()));
  text += fmt::format(
      "    mean where effective 有效区平均: downlink {:.0f} Mbit/s ({:.0f} at load), uplink {:.1f} "
      "Mbit/s; probability of effective service 有效概率 {:.1f} %\n",
      kpis.mean_downlink_bps * 1e-6, kpis.mean_loaded_downlink_bps * 1e-6,
      kpis.mean_uplink_bps * 1e-6, 100.0 * kpis.mean_probability);
  if (const std::size_t lte = kpis.voice[2]; lte > 0) {
    text += fmt::format("    voice 语音: VoNR {:.1f} %, LTE fallback 回落 LTE {:.1f} %\n",
                        percent(kpis.voice[1], kpis.judged.all()), percent(lte, kpis.judged.all()));
  }
  if (kpis.out_of_range > 0) {
    text += fmt::format("    {:.1f} % has signal beyond the access range 有电平但超出接入距离\n",
                        percent(kpis.out_of_range, kpis.judged.all()));
  }
  return text;
}

/// Access ranges, each once with how many cells have it.
std::string access_text(const RunResult& result) {
  std::map<std::pair<long, int>, int> ranges;  // 0.01 km, binding limit
  for (const nr::ServiceCell& cell : result.service_plan.cells) {
    ++ranges[{std::lround(cell.access.radius_m / 10.0), static_cast<int>(cell.access.binding)}];
  }
  std::string text = "\n  Access range 接入距离:";
  int shown = 0;
  for (const auto& [range, cells] : ranges) {
    if (++shown > 5) return text + fmt::format("; … {} in all (run.json)\n", ranges.size());
    const nr::AccessLimitNames& names =
        nr::access_limit_names(static_cast<nr::AccessLimit>(range.second));
    text += fmt::format("{} {:.1f} km by {} ({} cell{})", shown > 1 ? ";" : "",
                        static_cast<double>(range.first) / 100.0, both(names.en, names.zh), cells,
                        cells == 1 ? "" : "s");
  }
  return text + "\n";
}

ordered_json counts_json(const SurfacePixels& count, const RunResult& result, std::size_t judged) {
  return {{"pixels", count.all()},
          {"land_pixels", count.land},
          {"sea_pixels", count.sea},
          {"share", percent(count.all(), judged) / 100.0},
          {"km2", static_cast<double>(count.all()) * result.pixel_area_km2}};
}

ordered_json terminal_json(const Scenario& scenario, const RunResult& result, std::size_t index) {
  const TerminalConfig& terminal = scenario.terminals[index];
  const ServiceKpis& kpis = result.services[index];
  const Label name = terminal_name(terminal);
  ordered_json classes = ordered_json::array();
  for (int i = 0; i < nr::kServiceClasses; ++i) {
    const nr::ServiceNames& names = nr::service_class_names(static_cast<ServiceClass>(i));
    ordered_json one = {{"code", i}, {"id", names.id}, {"en", names.en}, {"zh", names.zh}};
    one.update(counts_json(kpis.classes[static_cast<std::size_t>(i)], result, kpis.judged.all()));
    classes.push_back(one);
  }
  ordered_json limits = ordered_json::array();
  for (int i = 0; i < nr::kServiceLimits; ++i) {
    const auto limit = static_cast<std::size_t>(i);
    const nr::ServiceNames& names = nr::service_limit_names(static_cast<ServiceLimit>(i));
    limits.push_back({{"code", i},
                      {"id", names.id},
                      {"en", names.en},
                      {"zh", names.zh},
                      {"unit", nr::is_distance_limit(static_cast<ServiceLimit>(i)) ? "km" : "dB"},
                      {"fails_first_pixels", kpis.failing[limit]},
                      {"nearest_pixels", kpis.nearest[limit]}});
  }
  return {
      {"id", terminal.id},
      {"name", {{"en", name.en}, {"zh", name.zh}}},
      {"profile", terminal.profile},
      {"height_agl_m", terminal_height_agl_m(terminal)},
      {"judged_pixels", kpis.judged.all()},
      {"classes", classes},
      {"limits", limits},
      {"mean_downlink_bps", kpis.mean_downlink_bps},
      {"mean_loaded_downlink_bps", kpis.mean_loaded_downlink_bps},
      {"mean_uplink_bps", kpis.mean_uplink_bps},
      {"mean_probability", kpis.mean_probability},
      {"voice_pixels", {{"none", kpis.voice[0]}, {"vonr", kpis.voice[1]}, {"lte", kpis.voice[2]}}},
      {"overlapping_pixels", kpis.overlapping},
      {"signal_beyond_access_range_pixels", kpis.out_of_range}};
}

ordered_json cells_json(const Scenario& scenario, const Plan& plan, const RunResult& result) {
  const std::vector<CellRef> refs = all_cells(scenario);
  const nr::RootPlan roots = nr::check_root_plan(root_cells(scenario, plan.analysis.projection));
  ordered_json cells = ordered_json::array();
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const nr::AccessRange& access = result.service_plan.cells[i].access;
    const nr::PrachConfig prach = prach_config(scenario, *refs[i].cell);
    ordered_json terms = ordered_json::object();
    for (const nr::AccessTerm& term : access.terms) {
      terms[std::string(nr::access_limit_names(term.limit).id)] = term.radius_m;
    }
    const nr::RootDemand& demand = roots.demands[i];
    cells.push_back({{"id", refs[i].cell->id},
                     {"access_range_m", access.radius_m},
                     {"access_limit", nr::access_limit_names(access.binding).id},
                     {"access_limits_m", terms},
                     {"prach_format", nr::prach_format_name(prach.format)},
                     {"n_cs", access.prach.n_cs},
                     {"roots", demand.roots ? ordered_json(*demand.roots) : ordered_json()},
                     {"roots_in_earshot", demand.roots_in_earshot},
                     {"roots_available", demand.available}});
  }
  return cells;
}

/// TDD cells that may hear remote ones: those with sea within the calculation radius.
std::vector<nr::RemoteCell> remote_cells(const Scenario& scenario,
                                         const geodata::Projection& projection,
                                         const std::vector<bool>& by_the_sea) {
  std::vector<nr::RemoteCell> cells;
  for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
    for (const CellConfig& cell : scenario.sites[i].cells) {
      const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
      const auto pattern = tdd_pattern(carrier);
      if (!pattern) continue;
      cells.push_back(
          {.id = cell.id,
           .position = projection.to_map(scenario.sites[i].position),
           .centre_frequency_hz = carrier.frequency_hz,
           .bandwidth_hz = 12.0 * carrier.resource_blocks * carrier.subcarrier_spacing_hz,
           .guard_period_s = pattern->guard_s(),
           .coastal = by_the_sea.at(i)});
    }
  }
  return cells;
}

}  // namespace

std::string service_summary(const Scenario& scenario, const RunResult& result) {
  if (result.services.empty()) return "";
  const FadingConfig& fading = scenario.service.fading;
  std::string text = fmt::format(
      "\n  Service 业务覆盖: uplink {:g} kbit/s; slow-fading margin {:.1f} dB on land (sigma {:g} "
      "dB, {:.0f} % of {}), {:.1f} dB at sea\n",
      scenario.service.uplink_rate_bps / 1000.0, result.service_plan.rules.fading[0].margin_db,
      fading.sigma_db, 100.0 * fading.area_probability.value_or(fading.edge_probability),
      fading.area_probability ? "a cell's area" : "places at a pixel",
      result.service_plan.rules.fading[1].margin_db);
  for (std::size_t i = 0; i < result.services.size(); ++i) {
    text += terminal_text(scenario, result, i);
  }
  return text + access_text(result);
}

ordered_json service_json(const Scenario& scenario, const RunResult& result) {
  if (result.services.empty()) return {};
  ordered_json terminals = ordered_json::array();
  for (std::size_t i = 0; i < result.services.size(); ++i) {
    terminals.push_back(terminal_json(scenario, result, i));
  }
  const nr::ServiceRules& rules = result.service_plan.rules;
  return {{"uplink_rate_bps", scenario.service.uplink_rate_bps},
          {"slow_fading_margin_db",
           {{"land", rules.fading[0].margin_db}, {"sea", rules.fading[1].margin_db}}},
          {"classes",
           {{"continuous",
             {{"rsrp_dbm", rules.continuous_rsrp_dbm},
              {"sinr_db", rules.continuous_sinr_db},
              {"uplink_margin_db", rules.continuous_uplink_margin_db}}},
            {"effective",
             {{"rsrp_dbm", rules.effective_rsrp_dbm},
              {"sinr_db", rules.effective_sinr_db},
              {"voice_margin_db", rules.effective_voice_margin_db}}},
            {"weak", {{"rsrp_dbm", rules.weak_rsrp_dbm}}}}},
          {"layers", scenario.service.layers},
          {"terminals", terminals}};
}

ordered_json service_json(const Scenario& scenario, const Plan& plan, const RunResult& result) {
  ordered_json json = service_json(scenario, result);
  if (!json.is_null()) json["cells"] = cells_json(scenario, plan, result);
  return json;
}

std::vector<bool> sites_by_the_sea(const Scenario& scenario, const Plan& plan) {
  if (!scenario.service.ducting || scenario.terminals.empty()) return {};
  std::vector<bool> by_the_sea;
  const Terrain& terrain = plan.terrain();
  for (const SiteConfig& site : scenario.sites) {
    FieldSpec spec;
    spec.antenna.position = plan.analysis.projection.to_map(site.position);
    spec.antenna.distortion = plan.analysis.projection.distortion_at(site.position);
    spec.radius_m = scenario.calculation.radius_m;
    const PixelWindow window = field_window(terrain.grid, plan.analysis.area, spec);
    bool sea = false;
    for (int row = window.row; row < window.row + window.rows && !sea; ++row) {
      const auto first = terrain.zone.begin() +
                         static_cast<std::ptrdiff_t>(terrain.grid.index({window.column, row}));
      sea = std::find(first, first + window.columns, Zone::sea) != first + window.columns;
    }
    by_the_sea.push_back(sea);
  }
  return by_the_sea;
}

std::vector<std::string> plan_warnings(const Scenario& scenario,
                                       const geodata::Projection& projection,
                                       const std::vector<bool>& by_the_sea) {
  std::vector<std::string> warnings;
  if (scenario.terminals.empty() || scenario.sites.empty()) return warnings;
  const std::vector<nr::RootCell> cells = root_cells(scenario, projection);
  const nr::RootPlan roots = nr::check_root_plan(cells);
  const auto tight = std::ranges::count_if(roots.demands, [](const nr::RootDemand& demand) {
    return !demand.roots || demand.roots_in_earshot > demand.available;
  });
  if (tight > 0) {
    warnings.push_back(
        fmt::format("{} cell{} cannot have root sequences of their own: more are needed within "
                    "service.prach_reuse_km than there are (根序列不足)",
                    tight, tight == 1 ? "" : "s"));
  }
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 0; i < std::min(roots.clashes.size(), kShown); ++i) {
    warnings.push_back(nr::clash_text(roots.clashes[i], cells));
  }
  if (roots.clashes.size() > kShown) {
    warnings.push_back(fmt::format("… and {} more pairs that share root sequences",
                                   roots.clashes.size() - kShown));
  }
  if (!scenario.service.ducting) return warnings;
  const std::vector<nr::RemoteCell> remote = remote_cells(scenario, projection, by_the_sea);
  const std::vector<nr::RemotePair> pairs = nr::remote_interference(remote);
  for (std::size_t i = 0; i < std::min(pairs.size(), kShown); ++i) {
    warnings.push_back(nr::remote_text(pairs[i], remote));
  }
  if (pairs.size() > kShown) {
    warnings.push_back(
        fmt::format("… and {} more pairs of TDD cells under a duct", pairs.size() - kShown));
  }
  return warnings;
}

}  // namespace yonder::scenarios
