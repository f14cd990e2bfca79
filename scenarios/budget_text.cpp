#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/nr/pixel_service.h"
#include "core/text.h"
#include "core/units.h"
#include "propagation/models.h"
#include "scenarios/budget.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

const CarrierConfig& carrier_of(const Scenario& scenario, const BudgetCells& cells) {
  return scenario.carriers[static_cast<std::size_t>(cells.cell->carrier)];
}

std::string_view surface_name(nr::Surface surface) {
  return surface == nr::Surface::sea ? "sea" : "land";
}

std::string_view end_name(nr::RangeEnd end) {
  switch (end) {
    case nr::RangeEnd::loss:
      return "loss";
    case nr::RangeEnd::searched:
      return "searched";
    case nr::RangeEnd::model:
      return "model";
    case nr::RangeEnd::none:
      return "none";
    case nr::RangeEnd::refused:
      return "refused";
  }
  return "";
}

/// "29.4", ">150" where the search ended, "20.0+" where the model did, "none", "refused".
std::string range_text(const nr::LevelRange& range) {
  const double km = range.distance_m * 1e-3;
  switch (range.end) {
    case nr::RangeEnd::loss:
      return fmt::format("{:.1f}", km);
    case nr::RangeEnd::searched:
      return fmt::format(">{:.0f}", km);
    case nr::RangeEnd::model:
      return fmt::format("{:.1f}+", km);
    default:
      return std::string(end_name(range.end));
  }
}

std::string cells_text(const Scenario& scenario, const BudgetCells& cells) {
  const CarrierConfig& carrier = carrier_of(scenario, cells);
  const nr::Radio& radio = cells.radio;
  if (cells.role == nr::CarrierRole::supplementary_uplink) {
    return fmt::format(
        "{} (supplementary uplink, {} MHz, {} blocks of {} kHz), {} branches, {} dBi, {} m",
        carrier.id, number_text(hz_to_mhz(carrier.uplink_frequency_hz)), carrier.resource_blocks,
        number_text(carrier.subcarrier_spacing_hz * 1e-3), radio.rx_branches,
        number_text(cells.antenna_gain_dbi), number_text(cells.cell->height_agl_m));
  }
  std::string text = fmt::format(
      "{} ({} / {} MHz, {} blocks of {} kHz), {:.0f} W, {} ports, {} branches, {} dBi, {} m",
      carrier.id, number_text(hz_to_mhz(carrier.frequency_hz)),
      number_text(hz_to_mhz(carrier.uplink_frequency_hz)), carrier.resource_blocks,
      number_text(carrier.subcarrier_spacing_hz * 1e-3), power_dbm_to_w(radio.total_power_dbm()),
      radio.tx_ports, radio.rx_branches, number_text(cells.antenna_gain_dbi),
      number_text(cells.cell->height_agl_m));
  if (radio.units > 1) {
    text += fmt::format("; two units {}", cells.cell->radio.dual_stack == DualStack::stacked
                                              ? "stacked"
                                              : "side by side");
  }
  return text;
}

std::string ids_text(const std::vector<std::string>& ids) {
  std::string text = fmt::format("{} cell{}: ", ids.size(), ids.size() == 1 ? "" : "s");
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < std::min(kShown, ids.size()); ++i) {
    text += (i > 0 ? ", " : "") + ids[i];
  }
  return text + (ids.size() > kShown ? ", ..." : "");
}

/// Short heads of columns.
std::string_view head(nr::PhysicalChannel channel, nr::CarrierRole role) {
  const bool ssb = channel == nr::PhysicalChannel::ssb && role != nr::CarrierRole::lte;
  return ssb ? "SSB" : nr::channel_name(channel, role);
}

/// Keys of the rows that make_link_table() and the demands bring, in the order of reading.
constexpr auto kLines = std::to_array<std::string_view>({"unit_power_dbm",
                                                         "power_sum_db",
                                                         "total_power_dbm",
                                                         "carrier_elements_db",
                                                         "epre_dbm",
                                                         "channel_elements_db",
                                                         "transmit_power_dbm",
                                                         "bandwidth_khz",
                                                         "thermal_noise_dbm",
                                                         "noise_figure_db",
                                                         "interference_margin_db",
                                                         "reference_sinr_db",
                                                         "shots_db",
                                                         "aggregation_db",
                                                         "energy_db",
                                                         "branches_db",
                                                         "repetition_db",
                                                         "diversity_db",
                                                         "shannon_sinr_db",
                                                         "gap_db",
                                                         "channel_estimation_db",
                                                         "fading_db",
                                                         "combining_db",
                                                         "bler_db",
                                                         "required_sinr_db",
                                                         "sensitivity_dbm",
                                                         "threshold_rsrp_dbm",
                                                         "mcl_db",
                                                         "base_station_gain_dbi",
                                                         "array_gain_db",
                                                         "array_efficiency_db",
                                                         "feeder_loss_db",
                                                         "terminal_gain_dbi",
                                                         "mil_db",
                                                         "slow_fading_db",
                                                         "time_margin_db",
                                                         "penetration_loss_db",
                                                         "body_loss_db",
                                                         "mpl_db"});

/// One row a key, of the first channel that has it; keys without a place above come last.
std::vector<nr::BudgetRow> merged_rows(const BudgetEntry& entry) {
  std::vector<nr::BudgetRow> merged;
  for (const BudgetChannel& channel : entry.channels) {
    for (const nr::BudgetRow& row : channel.table.rows) {
      if (std::ranges::find(merged, row.key, &nr::BudgetRow::key) == merged.end()) {
        merged.push_back(row);
      }
    }
  }
  std::ranges::stable_sort(merged, {}, [](const nr::BudgetRow& row) {
    return std::ranges::find(kLines, row.key) - kLines.begin();
  });
  return merged;
}

/// Whether all channels that have the row say the same of it.
template <typename Member>
bool is_common(const BudgetEntry& entry, const nr::BudgetRow& row, Member member) {
  for (const BudgetChannel& channel : entry.channels) {
    const auto found = std::ranges::find(channel.table.rows, row.key, &nr::BudgetRow::key);
    if (found != channel.table.rows.end() && (*found).*member != row.*member) return false;
  }
  return true;
}

/// What a line is called when the channels differ in words.
std::string_view line_name(const BudgetEntry& entry, const nr::BudgetRow& row) {
  if (is_common(entry, row, &nr::BudgetRow::name)) return row.name;
  if (row.key == "reference_sinr_db") return "reference SINR";
  if (row.key == "transmit_power_dbm") return "power in the channel";
  if (row.key == "base_station_gain_dbi") return "base station's antenna or beam";
  return row.name;
}

const BudgetChannel* channel_of(const BudgetEntry& entry, nr::PhysicalChannel wanted) {
  for (const BudgetChannel& channel : entry.channels) {
    if (channel.table.channel == wanted) return &channel;
  }
  return nullptr;
}

constexpr int kNameWidth = 40;
constexpr int kColumnWidth = 9;

void add_table(std::string& out, const BudgetEntry& entry, nr::CarrierRole role,
               const BudgetOptions& options) {
  const auto line = [&](std::string_view name, std::string_view unit, const auto& cell_of,
                        std::string_view source) {
    out += fmt::format("  {:<{}}{:>5}", name, kNameWidth, unit);
    for (const BudgetChannel& channel : entry.channels) {
      out += fmt::format("{:>{}}", cell_of(channel), kColumnWidth);
    }
    out += source.empty() ? std::string("\n") : fmt::format("  {}\n", source);
  };
  line(
      "", "", [role](const BudgetChannel& c) { return std::string(head(c.table.channel, role)); },
      "source");
  for (const nr::BudgetRow& row : merged_rows(entry)) {
    const bool result = row.key == "epre_dbm" || row.key == "sensitivity_dbm" ||
                        row.key == "mcl_db" || row.key == "mil_db" || row.key == "mpl_db";
    line((result ? "= " : "  ") + std::string(line_name(entry, row)), row.unit,
         [&](const BudgetChannel& channel) {
           const auto found = std::ranges::find(channel.table.rows, row.key, &nr::BudgetRow::key);
           return found == channel.table.rows.end() ? std::string()
                                                    : fmt::format("{:.2f}", found->value + 0.0);
         },
         is_common(entry, row, &nr::BudgetRow::source) ? row.source : "by channel");
  }
  line(
      "= range", "km", [](const BudgetChannel& c) { return range_text(c.range); },
      fmt::format("level {}, no terrain", surface_name(entry.surface)));
  if (!options.at_m) return;
  const std::string at = number_text(*options.at_m * 1e-3) + " km";
  line(
      "  loss at " + at, "dB",
      [](const BudgetChannel& c) {
        return c.loss_at_db ? fmt::format("{:.2f}", *c.loss_at_db) : std::string("refused");
      },
      "model");
  line(
      "= margin at " + at, "dB",
      [](const BudgetChannel& c) {
        return c.loss_at_db ? fmt::format("{:.2f}", c.table.margin_db(*c.loss_at_db))
                            : std::string();
      },
      "maximum path loss less loss");
}

std::string terminal_text(const BudgetEntry& entry, std::optional<double> rate_bps) {
  std::string text =
      fmt::format("{} ({}), {} m, over {}; ", entry.terminal->id, terminal_name(*entry.terminal).en,
                  number_text(entry.terminal_height_agl_m),
                  entry.surface == nr::Surface::sea ? "open sea" : "level land");
  text += entry.surface == nr::Surface::sea
              ? fmt::format("margin of time {:.1f} dB", entry.margins.time_db)
              : fmt::format("slow-fading margin {:.1f} dB", entry.margins.slow_fading_db);
  if (rate_bps) text += fmt::format("; PUSCH carries {:.0f} kbit/s", *rate_bps * 1e-3);
  return text;
}

void add_refusals(std::string& out, const Budget& budget) {
  std::vector<std::string> told;
  for (const BudgetEntry& entry : budget.entries) {
    for (const BudgetChannel& channel : entry.channels) {
      if (channel.refusal.empty() || std::ranges::find(told, channel.refusal) != told.end()) {
        continue;
      }
      told.push_back(channel.refusal);
      out += fmt::format("  the model ends: {}\n", channel.refusal);
    }
  }
}

ordered_json row_json(const nr::BudgetRow& row) {
  return {{"key", row.key},
          {"value", row.value},
          {"unit", row.unit},
          {"name", row.name},
          {"source", row.source}};
}

ordered_json access_json(const nr::AccessRange& access) {
  ordered_json terms = ordered_json::array();
  for (const nr::AccessTerm& term : access.terms) {
    terms.push_back(
        {{"limit", nr::access_limit_names(term.limit).id}, {"range_km", term.radius_m * 1e-3}});
  }
  return {{"range_km", access.radius_m * 1e-3},
          {"binding", nr::access_limit_names(access.binding).id},
          {"n_cs", access.prach.n_cs},
          {"limits", terms}};
}

}  // namespace

std::string budget_text(const Scenario& scenario, const Budget& budget, bool tables) {
  const ModelInfo& model = *propagation::find_model(scenario.propagation.model);
  std::string out = fmt::format(
      "Link budget of {} without terrain: {} ({}) over level ground, peak gain of each antenna\n",
      scenario.id, model.id, model.source);
  for (std::size_t i = 0; i < budget.cells.size(); ++i) {
    const BudgetCells& cells = budget.cells[i];
    out +=
        fmt::format("\n[{}] {}\n    {}; access to {:.1f} km: {}\n", i + 1,
                    cells_text(scenario, cells), ids_text(cells.ids), cells.access.radius_m * 1e-3,
                    nr::access_limit_names(cells.access.binding).en);
    if (!tables) continue;
    for (const BudgetEntry& entry : budget.entries) {
      if (entry.cells != i) continue;
      out += "\n  " + terminal_text(entry, entry.uplink_rate_bps) + "\n";
      add_table(out, entry, cells.role, budget.options);
    }
  }
  out += fmt::format("\nRange, km\n  {:<7}{:<24}", "cells", "terminal");
  // Cells of LTE and supplementary uplinks have some of the channels only.
  std::vector<std::pair<nr::PhysicalChannel, nr::CarrierRole>> columns;
  for (int i = 0; i < nr::kChannels; ++i) {
    const auto channel = static_cast<nr::PhysicalChannel>(i);
    for (const BudgetEntry& entry : budget.entries) {
      if (channel_of(entry, channel) == nullptr) continue;
      columns.emplace_back(channel, budget.cells[entry.cells].role);
      break;
    }
  }
  for (const auto& [channel, role] : columns) {
    out += fmt::format("{:>{}}", head(channel, role), kColumnWidth);
  }
  out += fmt::format("{:>{}}{:>{}}  limited by\n", "access", kColumnWidth, "service", kColumnWidth);
  for (const BudgetEntry& entry : budget.entries) {
    out += fmt::format("  {:<7}{:<24}", fmt::format("[{}]", entry.cells + 1), entry.terminal->id);
    for (const auto& [column, role] : columns) {
      const BudgetChannel* channel = channel_of(entry, column);
      out += fmt::format("{:>{}}", channel == nullptr ? "-" : range_text(channel->range),
                         kColumnWidth);
    }
    out += fmt::format("{:>{}.1f}{:>{}.1f}  {}\n", budget.cells[entry.cells].access.radius_m * 1e-3,
                       kColumnWidth, entry.service_m * 1e-3, kColumnWidth, entry.binding);
  }
  add_refusals(out, budget);
  return out;
}

ordered_json budget_json(const Scenario& scenario, const Budget& budget) {
  ordered_json cells = ordered_json::array();
  for (const BudgetCells& kind : budget.cells) {
    const CarrierConfig& carrier = carrier_of(scenario, kind);
    const bool sends = kind.role != nr::CarrierRole::supplementary_uplink;
    const auto if_sent = [sends](double value) {
      return sends ? ordered_json(value) : ordered_json();
    };
    cells.push_back({{"cells", kind.ids},
                     {"carrier", carrier.id},
                     {"downlink_mhz", if_sent(hz_to_mhz(carrier.frequency_hz))},
                     {"uplink_mhz", hz_to_mhz(carrier.uplink_frequency_hz)},
                     {"resource_blocks", carrier.resource_blocks},
                     {"subcarrier_spacing_khz", carrier.subcarrier_spacing_hz * 1e-3},
                     {"total_power_dbm", if_sent(kind.radio.total_power_dbm())},
                     {"units", kind.radio.units},
                     {"tx_ports", kind.radio.tx_ports},
                     {"rx_branches", kind.radio.rx_branches},
                     {"antenna_gain_dbi", kind.antenna_gain_dbi},
                     {"height_agl_m", kind.cell->height_agl_m},
                     {"access", access_json(kind.access)}});
  }
  ordered_json entries = ordered_json::array();
  for (const BudgetEntry& entry : budget.entries) {
    ordered_json channels = ordered_json::array();
    for (const BudgetChannel& channel : entry.channels) {
      const nr::LinkTable& table = channel.table;
      ordered_json rows = ordered_json::array();
      for (const nr::BudgetRow& row : table.rows) rows.push_back(row_json(row));
      const nr::CarrierRole role = budget.cells[entry.cells].role;
      ordered_json one = {{"channel", nr::channel_name(table.channel, role)},
                          {"name_zh", nr::channel_name_zh(table.channel, role)},
                          {"uplink", nr::is_uplink(table.channel)},
                          {"frequency_mhz", hz_to_mhz(channel.frequency_hz)},
                          {"sensitivity_dbm", table.sensitivity_dbm},
                          {"mcl_db", table.mcl_db},
                          {"mil_db", table.mil_db},
                          {"mpl_db", table.mpl_db},
                          {"range_km", channel.range.distance_m * 1e-3},
                          {"range_end", end_name(channel.range.end)}};
      if (channel.loss_at_db) {
        one["loss_at_db"] = *channel.loss_at_db;
        one["margin_at_db"] = table.margin_db(*channel.loss_at_db);
      }
      if (!channel.refusal.empty()) one["refusal"] = channel.refusal;
      one["rows"] = std::move(rows);
      channels.push_back(std::move(one));
    }
    entries.push_back({{"cells", entry.cells},
                       {"terminal", entry.terminal->id},
                       {"terminal_height_agl_m", entry.terminal_height_agl_m},
                       {"surface", surface_name(entry.surface)},
                       {"slow_fading_db", entry.margins.slow_fading_db},
                       {"time_margin_db", entry.margins.time_db},
                       {"uplink_rate_kbps", entry.uplink_rate_bps.value_or(0.0) * 1e-3},
                       {"service_range_km", entry.service_m * 1e-3},
                       {"limited_by", entry.binding},
                       {"channels", std::move(channels)}});
  }
  ordered_json all = {{"scenario", scenario.id},
                      {"model", scenario.propagation.model},
                      {"search_to_km", budget.options.search_to_m * 1e-3}};
  if (budget.options.at_m) all["at_km"] = *budget.options.at_m * 1e-3;
  all["cells"] = std::move(cells);
  all["budgets"] = std::move(entries);
  return all;
}

}  // namespace yonder::scenarios
