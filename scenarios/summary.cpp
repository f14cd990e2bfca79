#include <fmt/format.h>

#include "core/units.h"
#include "propagation/models.h"
#include "scenarios/run.h"
#include "scenarios/scenario_variants.h"
#include "scenarios/service_summary.h"
#include "scenarios/shape_record.h"

namespace yonder::scenarios {
namespace {

std::string label_text(const Label& label) {
  return label.zh.empty() || label.zh == label.en ? label.en
                                                  : fmt::format("{} {}", label.en, label.zh);
}

std::string share_text(const SurfaceCount& count) {
  return count.pixels == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * count.share());
}

/// 1234567 -> "1,234,567".
std::string grouped(std::size_t value) {
  const std::string digits = std::to_string(value);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

std::string carriers_text(const Scenario& scenario) {
  std::string text;
  for (const Carrier& carrier : scenario.carriers) {
    text += fmt::format("{}{} {:g} MHz", text.empty() ? "" : ", ", carrier.id,
                        hz_to_mhz(carrier.frequency_hz));
  }
  return text;
}

std::string coverage_table(const Scenario& scenario, const RunResult& result) {
  std::string text = fmt::format("\n  {:>9}  {:>9}  {:>8}  {:>8}  {:>8}  {}\n", "SS-RSRP", "area",
                                 "of all", "of land", "of sea", "class");
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    const ThresholdKpi& kpi = result.kpis.thresholds[i];
    const double km2 = static_cast<double>(kpi.all.covered) * result.pixel_area_km2;
    text += fmt::format("  >={:>4.0f} dBm  {:>5.0f} km2  {:>8}  {:>8}  {:>8}  {}\n", kpi.rsrp_dbm,
                        km2, share_text(kpi.all), share_text(kpi.land), share_text(kpi.sea),
                        label_text(scenario.thresholds[i].name));
  }
  return text;
}

std::string lack_text(const Scenario& scenario, const RunResult& result, const ModelInfo& model) {
  const LackCounts& lack = result.kpis.lack;
  if (lack.pixels == 0) return "\n  Nothing lies below the weakest threshold.\n";
  const auto judged = static_cast<double>(result.kpis.judged_pixels);
  const auto share = [&](std::size_t n) { return 100.0 * static_cast<double>(n) / judged; };
  std::string text = fmt::format("\n  What limits it: {:.1f} % of the area is below {:g} dBm\n",
                                 share(lack.pixels), scenario.thresholds.back().rsrp_dbm);
  const auto line = [&](std::size_t n, const char* why) {
    if (n > 0) text += fmt::format("    {:>5.1f} %  {}\n", share(n), why);
  };
  line(lack.obstructed, model.uses_profile
                            ? "terrain and earth bulge in the way (free space would reach)"
                            : "the model's loss over free space, which would reach");
  line(lack.power, "too little power or antenna gain in that direction, even in free space");
  line(lack.not_evaluated, "not evaluated: no terrain data, or out of the model's range");
  line(lack.beyond_radius, "beyond the calculation radius");
  return text;
}

/// Which member of a composed model served how much.
std::string members_text(const RunResult& result, const ModelInfo& model) {
  std::size_t all = 0;
  for (const std::size_t pixels : result.served_pixels) all += pixels;
  if (all == 0) return "";
  std::string text = "\n  Which model served the best server's pixels\n";
  for (std::size_t i = 0; i < result.served_pixels.size(); ++i) {
    const std::size_t pixels = result.served_pixels[i];
    if (pixels == 0) continue;
    text += fmt::format("    {:>5.1f} %  {}: {}\n",
                        100.0 * static_cast<double>(pixels) / static_cast<double>(all),
                        model.members[i].id, model.members[i].rule);
  }
  return text;
}

std::string cache_text(const RunResult& result) {
  if (!result.cache) return "";
  const std::size_t loaded = result.cache->loaded;
  return fmt::format("  {} of {} fields from the cache{}\n", loaded, result.fields,
                     loaded == result.fields ? ": no propagation was computed"
                     : loaded == 0           ? " (" + result.cache_directory.string() + ")"
                                             : "");
}

std::string warnings_text(const RunResult& result) {
  std::string text;
  if (!result.warnings.empty()) {
    text += "\n  Mind:\n";
    for (const std::string& warning : result.warnings) text += fmt::format("    {}\n", warning);
  }
  return text;
}

}  // namespace

std::string map_summary_text(const Scenario& scenario, const RunResult& result) {
  const ModelInfo& model = *propagation::find_model(scenario.propagation.model);
  std::size_t cells = 0;
  for (const SiteConfig& site : scenario.sites) cells += site.cells.size();
  std::string text = fmt::format(
      "{} ({})\n"
      "  {} sites, {} cells, {}; {} ({}); receiver {:g} m above ground\n"
      "  {:.0f} km2 in pixels of {:g} m; {} paths in {:.1f} s on {} thread{} ({:.1f} s in all)\n"
      "  {:.0f} MiB of memory at the peak ({:.0f} estimated)\n",
      label_text(full_title(scenario)), scenario.id, scenario.sites.size(), cells,
      carriers_text(scenario), model.id, model.source, scenario.receiver.height_agl_m,
      static_cast<double>(result.kpis.judged_pixels) * result.pixel_area_km2, scenario.area.pixel_m,
      grouped(result.paths), result.timings.propagation_s, result.threads,
      result.threads == 1 ? "" : "s", result.timings.total_s, result.peak_rss_mib,
      result.estimated_mib);
  text += cache_text(result);
  text += coverage_table(scenario, result);
  text += lack_text(scenario, result, model);
  text += members_text(result, model);
  text += service_summary(scenario, result);
  text += shapes_summary(scenario, result.shapes);
  return text + warnings_text(result);
}

std::string summary_text(const Scenario& scenario, const RunResult& result) {
  std::string text = map_summary_text(scenario, result);
  text += fmt::format("\n  Files in {}:\n   ", result.directory.string());
  for (const std::string& file : result.files) text += fmt::format(" {}", file);
  text += "\n";
  return text;
}

}  // namespace yonder::scenarios
