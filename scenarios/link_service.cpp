#include "scenarios/link_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/sweep_field.h"
#include "scenarios/nr_plan.h"
#include "scenarios/service_map.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
using nr::PhysicalChannel;
using nr::ServiceLimit;

constexpr std::array<std::string_view, nr::kChannels> kChannelIds = {
    "ss_rsrp", "ssb", "pdcch", "pdsch", "prach", "msg3", "pucch", "pusch", "vonr"};

/// One path as the scenario's engine computes it.
PathLossSample sample_at(const Scenario& scenario, const Plan& plan, const FieldSpec& spec,
                         Pixel pixel) {
  if (scenario.calculation.engine == Engine::exact) {
    const PathEvaluator evaluator(plan.terrain(), *plan.model, spec);
    PathScratch scratch;
    return evaluator.evaluate(pixel, scratch);
  }
  PathProfile profile;
  return sweep_pixel(plan.terrain(), spec, *plan.model, pixel, profile);
}

ServiceSignals signals_at(const Scenario& scenario, const Plan& plan,
                          const nr::ServicePlan& service, Pixel pixel) {
  ServiceSignals signals(scenario, service, {pixel.column, pixel.row, 1, 1});
  const std::vector<double> heights = terminal_heights(scenario);
  for (const CellGroup& group : plan.groups) {
    const std::vector<WantedField> wanted = wanted_fields(group, heights);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].height < 0 || wanted[i].uplink) continue;
      const PathLossSample down = sample_at(scenario, plan, wanted[i].spec, pixel);
      const bool paired = i + 1 < wanted.size() && wanted[i + 1].uplink;
      signals.add(wanted[i].height, group, plan.terrain(), pixel, down,
                  paired ? sample_at(scenario, plan, wanted[i + 1].spec, pixel) : down);
    }
  }
  return signals;
}

/// Tables of all channels with the gains of this direction, the interference of this pixel, its
/// loss and its margin.
std::vector<nr::LinkTable> tables_at(const Scenario& scenario, const nr::ServicePlan& service,
                                     const std::vector<CellRef>& refs,
                                     const TerminalConfig& terminal,
                                     const nr::ServiceTerminal& judged,
                                     const nr::PixelService& pixel, nr::Surface surface) {
  std::vector<nr::LinkTable> tables;
  const nr::SlowFading& fading = nr::fading_of(service.rules, judged, surface);
  for (std::size_t c = 0; c < nr::kChannels; ++c) {
    const auto channel = static_cast<PhysicalChannel>(c);
    const bool up = nr::is_uplink(channel);
    const nr::CellService& at = up ? pixel.uplink : pixel.serving;
    const CellConfig& cell = *refs[static_cast<std::size_t>(at.cell)].cell;
    nr::LinkEnds ends = link_ends(scenario, cell, terminal, up);
    const double offset_db = ends.radio.broadcast_gain_dbi - ends.radio.antenna_gain_dbi;
    ends.radio.antenna_gain_dbi = nr::is_precoded(channel) ? at.precoded_gain_dbi : at.gain_dbi;
    ends.radio.broadcast_gain_dbi = at.gain_dbi + offset_db;
    if (at.coherent_gain_db == 0.0) {  // one panel serves alone
      ends.radio.coherent_gain_db = ends.radio.coherence_efficiency_db = 0.0;
    }
    // Over land the signal varies from place to place, over open sea with time.
    (surface == nr::Surface::sea ? ends.margins.time_db : ends.margins.slow_fading_db) =
        fading.margin_db;
    ends.margins.downlink_interference_db =
        channel == PhysicalChannel::ssb ? at.faded_ssb_rise_db : at.faded_data_rise_db;
    for (const nr::ChannelDemand& demand :
         nr::channel_demands(channel_plan(scenario, cell, surface), ends.subcarrier_spacing_hz,
                             ends.terminal.rx_antennas, ends.radio.combining_branches())) {
      if (demand.channel != channel) continue;
      nr::LinkTable table = nr::make_link_table(ends, demand);
      const double loss_db = up ? at.uplink_loss_db : at.loss_db;
      table.rows.push_back({"path_loss_db", loss_db, "dB", "basic transmission loss here",
                            up ? "model, uplink frequency" : "model, downlink frequency"});
      table.rows.push_back({"margin_db", table.margin_db(loss_db), "dB", "margin here",
                            "maximum path loss less the loss here"});
      tables.push_back(std::move(table));
    }
  }
  return tables;
}

bool is_path_limit(ServiceLimit limit) {
  return limit == ServiceLimit::rsrp || limit == ServiceLimit::pdcch ||
         limit == ServiceLimit::prach_link || limit == ServiceLimit::msg3 ||
         limit == ServiceLimit::vonr || limit == ServiceLimit::pusch;
}

/// By how much a higher mast lowers the loss less the gain in this direction, dB; nullopt where the
/// model does not answer.
std::optional<double> mast_gain_db(const Scenario& scenario, const Plan& plan,
                                   const nr::ServiceCell& cell, double frequency_hz,
                                   double height_agl_m, double raise_m, Pixel pixel,
                                   const nr::CellService& before, bool uplink) {
  FieldSpec spec = cell.spec;
  spec.frequency_hz = frequency_hz;
  spec.receiver_height_agl_m = height_agl_m;
  spec.antenna.height_agl_m += raise_m;
  const PathLossSample sample = sample_at(scenario, plan, spec, pixel);
  if (!pixel_status::has_value(sample.status)) return std::nullopt;
  const PixelRay ray = ray_to_pixel(plan.terrain(), spec, pixel);
  const double old_db = uplink ? before.uplink_loss_db : before.loss_db;
  return old_db - static_cast<double>(sample.loss_db) + cell.antenna.gain_dbi(ray.toward) -
         before.gain_dbi;
}

/// The lowest mast, in whole metres more than there are, that makes up for a deficit; nullopt: not
/// with 100 m more.
std::optional<int> mast_for(const Scenario& scenario, const Plan& plan, const nr::ServiceCell& cell,
                            double frequency_hz, double height_agl_m, double deficit_db,
                            Pixel pixel, const nr::CellService& before, bool uplink) {
  const auto enough = [&](int raise_m) {
    const auto gain_db = mast_gain_db(scenario, plan, cell, frequency_hz, height_agl_m, raise_m,
                                      pixel, before, uplink);
    return gain_db && *gain_db >= deficit_db;
  };
  int low = 0, high = 1;
  constexpr int kMost = 100;
  while (!enough(high)) {
    low = high;
    if (high == kMost) return std::nullopt;
    high = std::min(kMost, high * 2);
  }
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

std::vector<Remedy> remedies(const Scenario& scenario, const Plan& plan,
                             const nr::ServicePlan& service, const std::vector<CellRef>& refs,
                             const nr::PixelService& pixel_service, double height_agl_m,
                             Pixel pixel, nr::LimitMargin margin) {
  std::vector<Remedy> list;
  if (!(margin.amount < 0.0)) return list;
  const bool uplink = margin.limit >= ServiceLimit::prach_range;
  const nr::CellService& at = uplink ? pixel_service.uplink : pixel_service.serving;
  const nr::ServiceCell& cell = service.cells[static_cast<std::size_t>(at.cell)];
  const CellConfig& config = *refs[static_cast<std::size_t>(at.cell)].cell;
  if (nr::is_distance_limit(margin.limit)) {
    const nr::AccessRemedy remedy =
        nr::access_remedy(access_config(scenario, config), at.distance_m);
    if (remedy.prach && margin.limit == ServiceLimit::prach_range) {
      const auto table = nr::n_cs_table(remedy.prach->format, remedy.prach->restricted_set);
      list.push_back({fmt::format(
          "PRACH format {} with N_CS {}", nr::prach_format_name(remedy.prach->format),
          table[static_cast<std::size_t>(remedy.prach->zero_correlation_zone_config)])});
    }
    if (remedy.guard_symbols && margin.limit == ServiceLimit::guard_period) {
      list.push_back({fmt::format("{} guard symbols", *remedy.guard_symbols)});
    }
    if (remedy.compensate_fibre) list.push_back({"fibre delay compensated in the base band"});
    if (list.empty()) list.push_back({"no setting: a cell nearer by"});
    return list;
  }
  const double deficit_db = -margin.amount;
  if (margin.limit == ServiceLimit::sinr) {
    list.push_back(
        {fmt::format("{:.1f} dB less from the other cells, or more from this one", deficit_db)});
    return list;
  }
  list.push_back({fmt::format("+{:.1f} dB of {}", deficit_db,
                              uplink ? "terminal power, antenna gain or less loss on the way"
                                     : "power, antenna gain or less loss on the way")});
  if (!is_path_limit(margin.limit)) return list;
  const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(config.carrier)];
  const double frequency_hz = uplink ? carrier.uplink_frequency_hz : carrier.frequency_hz;
  if (const auto raise_m = mast_for(scenario, plan, cell, frequency_hz, height_agl_m, deficit_db,
                                    pixel, at, uplink)) {
    list.push_back({fmt::format("{} m more mast", *raise_m)});
  }
  return list;
}

std::string amount_text(nr::LimitMargin margin) {
  return nr::is_distance_limit(margin.limit) ? fmt::format("{:+.2f} km", margin.amount / 1000.0)
                                             : fmt::format("{:+.1f} dB", margin.amount);
}

std::string names_text(const nr::ServiceNames& names) {
  return names.en == names.zh ? std::string(names.en) : fmt::format("{} {}", names.en, names.zh);
}

std::string story_text(const TerminalStory& story, const nr::ServicePlan& plan,
                       const std::string& channel) {
  const int kept = plan.rules.servers;
  std::string text =
      fmt::format("\n{} [{}], {:g} m above ground\n", story.name, story.id, story.height_agl_m);
  if (story.serving_cell.empty()) {
    return text + fmt::format("  no cell's signal was calculated here: {}\n  fails first: {}\n",
                              story.status,
                              names_text(nr::service_limit_names(story.service.binding.limit)));
  }
  const nr::PixelService& service = story.service;
  const nr::CellService& down = service.serving;
  text += fmt::format("  class: {}\n", names_text(nr::service_class_names(service.service_class)));
  text += fmt::format(
      "  served by {}{} at {:.2f} km; SS-RSRP {:.1f} dBm, SS-SINR {:.1f} dB, PDSCH SINR {:.1f} dB; "
      "{}{} cell{} within {:g} dB\n",
      story.serving_cell,
      story.uplink_cell == story.serving_cell ? "" : fmt::format(" (uplink {})", story.uplink_cell),
      down.distance_m / 1000.0, down.rsrp_dbm, down.ss_sinr_db, down.pdsch_sinr_db, down.servers,
      down.servers >= kept ? " or more" : "", down.servers == 1 ? "" : "s", plan.rules.overlap_db);
  text += fmt::format(
      "  downlink {:.1f} Mbit/s alone, {:.1f} at load; uplink {:.2f} Mbit/s; probability of "
      "effective service {:.0f} %\n",
      service.downlink_bps * 1e-6, service.loaded_downlink_bps * 1e-6, service.uplink_bps * 1e-6,
      100.0 * service.probability);
  if (!story.fallback_cell.empty()) {
    text +=
        fmt::format("  voice: {}; LTE cell {} at {:.2f} km could hold it with {:+.1f} dB\n",
                    service.voice == nr::Voice::vonr  ? "VoNR"
                    : service.voice == nr::Voice::lte ? "falls back to LTE 回落"
                                                      : "none",
                    story.fallback_cell, service.fallback.distance_m / 1000.0,
                    service.fallback.margin_db[static_cast<std::size_t>(PhysicalChannel::vonr)]);
  }
  const nr::AccessRange& access = plan.cells[static_cast<std::size_t>(service.uplink.cell)].access;
  text +=
      fmt::format("  access range {:.2f} km, by {}: {}\n", access.radius_m / 1000.0,
                  nr::access_limit_names(access.binding).en, service.access ? "within" : "BEYOND");
  const bool fails = service.binding.amount < 0.0;
  text += fmt::format("  {}: {} ({})\n", fails ? "fails first" : "nearest to failing",
                      names_text(nr::service_limit_names(service.binding.limit)),
                      amount_text(service.binding));

  text += "\n  Limits in the order a terminal meets them\n";
  for (const LimitStory& limit : story.limits) {
    std::string lifted;
    for (const Remedy& remedy : limit.remedies) {
      lifted += (lifted.empty() ? "  lifted by " : ", or ") + remedy.text;
    }
    text += fmt::format("    {:<18}{:>11}{}\n", nr::service_limit_names(limit.margin.limit).en,
                        amount_text(limit.margin), lifted);
  }

  text += fmt::format("\n  {:<12}{:>12}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "Channel", "sensitivity",
                      "MCL", "MIL", "MPL", "loss", "margin");
  for (const nr::LinkTable& table : story.tables) {
    const double margin_db = table.rows.back().value;
    const double loss_db = table.rows[table.rows.size() - 2].value;
    text += fmt::format("  {:<12}{:>8.1f} dBm{:>9.1f}{:>9.1f}{:>9.1f}{:>9.1f}{:>+9.1f} dB\n",
                        nr::channel_name(table.channel), table.sensitivity_dbm, table.mcl_db,
                        table.mil_db, table.mpl_db, loss_db, margin_db);
  }
  for (const nr::LinkTable& table : story.tables) {
    const std::string_view id = kChannelIds[static_cast<std::size_t>(table.channel)];
    if (channel != "all" && channel != id) continue;
    text += fmt::format("\n  Link budget, {} {}\n", nr::channel_name(table.channel),
                        nr::channel_name_zh(table.channel));
    for (const nr::BudgetRow& row : table.rows) {
      text += fmt::format("    {:<42}{:>10.2f} {:<4} [{}]\n", row.name, row.value, row.unit,
                          row.source);
    }
  }
  return text;
}

}  // namespace

std::vector<std::string_view> channel_ids() { return {kChannelIds.begin(), kChannelIds.end()}; }

std::vector<TerminalStory> pixel_stories(const Scenario& scenario, const Plan& plan,
                                         const nr::ServicePlan& service, Pixel pixel) {
  std::vector<TerminalStory> stories;
  const ServiceSignals signals = signals_at(scenario, plan, service, pixel);
  const std::vector<CellRef> refs = all_cells(scenario);
  const Terrain& terrain = plan.terrain();
  const nr::Surface surface =
      terrain.zone[terrain.grid.index(pixel)] == Zone::sea ? nr::Surface::sea : nr::Surface::land;
  std::vector<nr::CarrierSignals> buffer;
  for (std::size_t t = 0; t < scenario.terminals.size(); ++t) {
    const TerminalConfig& terminal = scenario.terminals[t];
    const Label name = terminal_name(terminal);
    TerminalStory story;
    story.id = terminal.id;
    story.name = name.zh.empty() ? name.en : fmt::format("{} {}", name.en, name.zh);
    story.height_agl_m = terminal_height_agl_m(terminal);
    const int height = height_index(scenario, t);
    signals.at(height, pixel, buffer);
    story.service = nr::pixel_service(service, service.terminals[t], buffer, terrain, pixel);
    if (story.service.fallback.cell >= 0) {
      story.fallback_cell = refs[static_cast<std::size_t>(story.service.fallback.cell)].cell->id;
    }
    if (story.service.serving.cell < 0) {
      story.status = status_text(signals.status(height, pixel), plan.model->info());
      story.service.binding.limit = limit_of_status(signals.status(height, pixel));
      stories.push_back(std::move(story));
      continue;
    }
    story.serving_cell = refs[static_cast<std::size_t>(story.service.serving.cell)].cell->id;
    story.uplink_cell = refs[static_cast<std::size_t>(story.service.uplink.cell)].cell->id;
    story.tables =
        tables_at(scenario, service, refs, terminal, service.terminals[t], story.service, surface);
    for (int i = 0; i < story.service.limit_count; ++i) {
      const nr::LimitMargin margin = story.service.limits[static_cast<std::size_t>(i)];
      story.limits.push_back({margin, remedies(scenario, plan, service, refs, story.service,
                                               story.height_agl_m, pixel, margin)});
    }
    stories.push_back(std::move(story));
  }
  return stories;
}

ordered_json stories_json(const std::vector<TerminalStory>& stories,
                          const nr::ServicePlan& service) {
  ordered_json list = ordered_json::array();
  for (const TerminalStory& story : stories) {
    ordered_json one = {{"id", story.id},
                        {"name", story.name},
                        {"height_agl_m", story.height_agl_m},
                        {"class", nr::service_class_names(story.service.service_class).id}};
    if (story.serving_cell.empty()) {
      one["status"] = story.status;
      one["binding_limit"] = nr::service_limit_names(story.service.binding.limit).id;
      list.push_back(one);
      continue;
    }
    const nr::PixelService& at = story.service;
    const nr::AccessRange& access = service.cells[static_cast<std::size_t>(at.uplink.cell)].access;
    one.update({{"serving_cell", story.serving_cell},
                {"uplink_cell", story.uplink_cell},
                {"fallback_cell",
                 story.fallback_cell.empty() ? ordered_json() : ordered_json(story.fallback_cell)},
                {"distance_m", at.serving.distance_m},
                {"rsrp_dbm", at.serving.rsrp_dbm},
                {"ss_sinr_db", at.serving.ss_sinr_db},
                {"pdsch_sinr_db", at.serving.pdsch_sinr_db},
                {"servers", at.serving.servers},
                {"downlink_bps", at.downlink_bps},
                {"loaded_downlink_bps", at.loaded_downlink_bps},
                {"uplink_bps", at.uplink_bps},
                {"voice", at.voice == nr::Voice::vonr  ? "vonr"
                          : at.voice == nr::Voice::lte ? "lte"
                                                       : "none"},
                {"probability", at.probability},
                {"access", at.access},
                {"access_range_m", access.radius_m},
                {"access_limit", nr::access_limit_names(access.binding).id},
                {"binding_limit", nr::service_limit_names(at.binding.limit).id}});
    ordered_json limits = ordered_json::array();
    for (const LimitStory& limit : story.limits) {
      ordered_json lifted = ordered_json::array();
      for (const Remedy& remedy : limit.remedies) lifted.push_back(remedy.text);
      limits.push_back({{"id", nr::service_limit_names(limit.margin.limit).id},
                        {"amount", limit.margin.amount},
                        {"unit", nr::is_distance_limit(limit.margin.limit) ? "m" : "dB"},
                        {"lifted_by", lifted}});
    }
    one["limits"] = limits;
    ordered_json channels = ordered_json::array();
    for (const nr::LinkTable& table : story.tables) {
      ordered_json rows = ordered_json::array();
      for (const nr::BudgetRow& row : table.rows) {
        rows.push_back({{"key", row.key},
                        {"value", row.value},
                        {"unit", row.unit},
                        {"name", row.name},
                        {"source", row.source}});
      }
      channels.push_back({{"id", kChannelIds[static_cast<std::size_t>(table.channel)]},
                          {"name", nr::channel_name(table.channel)},
                          {"sensitivity_dbm", table.sensitivity_dbm},
                          {"mcl_db", table.mcl_db},
                          {"mil_db", table.mil_db},
                          {"mpl_db", table.mpl_db},
                          {"margin_db", table.rows.back().value},
                          {"rows", rows}});
    }
    one["channels"] = channels;
    list.push_back(one);
  }
  return list;
}

std::string stories_text(const std::vector<TerminalStory>& stories, const nr::ServicePlan& service,
                         const std::string& channel) {
  std::string text;
  for (const TerminalStory& story : stories) text += story_text(story, service, channel);
  return text;
}

}  // namespace yonder::scenarios
