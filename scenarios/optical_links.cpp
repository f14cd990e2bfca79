#include "scenarios/optical_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/text.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

void refuse_keys(const SectionReader& section, std::initializer_list<std::string_view> keys,
                 const std::string& why) {
  for (const std::string_view key : keys) {
    if (section.has(key)) section.fail(key, why, "");
  }
}

void decode_pon(const SectionReader& section, optical::Link& link) {
  refuse_keys(section,
              {"tx_power_dbm", "tx_power_max_dbm", "rx_sensitivity_dbm", "rx_overload_dbm"},
              "has no meaning for a PON: its class says what it bears");
  if (!section.given("class")) section.fail_missing("class");
  const optical::PonClass* const known = optical::find_pon_class(section.text_or("class", ""));
  if (known != nullptr) {
    link.optics = "class " + std::string(known->name);
    link.least_loss_db = known->least_loss_db;
    link.greatest_loss_db = known->greatest_loss_db;
  }
  link.reach_m = section.number_if_given("reach_km").value_or(optical::kPonReachM / 1e3) * 1e3;
  link.fibre_db_per_km =
      section.number_if_given("fibre_db_per_km").value_or(optical::kFibre1310DbPerKm);
  if (!section.given("splitters")) return;
  for (const FoundValue& item : section.items("splitters")) {
    std::string problem;
    const auto outputs = parse_number(*item.node, problem);
    if (outputs) {
      try {
        if (!(*outputs >= 2.0 && *outputs <= 64.0) || *outputs != static_cast<int>(*outputs)) {
          throw std::invalid_argument("there is no splitter with " + number_text(*outputs) +
                                      " outputs: 2, 4, 8, 16, 32 or 64");
        }
        optical::splitter_loss_db(static_cast<int>(*outputs));
        link.splitters.push_back(static_cast<int>(*outputs));
        continue;
      } catch (const std::invalid_argument& error) {
        problem = error.what();
      }
    }
    section.problems().add(item.node->mark, item.key_path, problem, "splitters: [8, 4]");
  }
}

void decode_point_to_point(const SectionReader& section, optical::Link& link) {
  refuse_keys(section, {"class"}, "is a PON's; point-to-point optics has its data sheet's powers");
  refuse_keys(section, {"splitters"},
              "point-to-point optics has one end on each side: leave the splitters out, or make it "
              "kind: pon");
  for (const std::string_view key : {"tx_power_dbm", "rx_sensitivity_dbm", "fibre_db_per_km"}) {
    if (!section.given(key)) section.fail_missing(key);
  }
  const double tx = section.number_if_given("tx_power_dbm").value_or(0.0);
  const double rx = section.number_if_given("rx_sensitivity_dbm").value_or(tx - 1.0);
  const double tx_max = section.number_if_given("tx_power_max_dbm").value_or(tx);
  if (tx_max < tx) {
    section.fail("tx_power_max_dbm", "is below tx_power_dbm (" + number_text(tx) + ")");
  }
  link.optics = fmt::format("{} to {} dBm", number_text(tx), number_text(rx));
  link.greatest_loss_db = tx - rx;
  if (!(link.greatest_loss_db > 0.0)) {
    section.fail("rx_sensitivity_dbm", "is not below tx_power_dbm (" + number_text(tx) +
                                           "): no loss at all would be borne");
  }
  if (const auto overload = section.number_if_given("rx_overload_dbm")) {
    link.least_loss_db = std::max(0.0, tx_max - *overload);
    if (*overload <= rx) section.fail("rx_overload_dbm", "is not above rx_sensitivity_dbm");
  }
  link.fibre_db_per_km =
      section.number_if_given("fibre_db_per_km").value_or(optical::kFibre1310DbPerKm);
  link.reach_m = section.number_if_given("reach_km").value_or(0.0) * 1e3;
}

std::string name_text(const OpticalLinkConfig& config) {
  const Label& name = config.name;
  return name.zh.empty() || name.zh == name.en ? name.en : name.en + " " + name.zh;
}

}  // namespace

OpticalLinkConfig decode_optical_link(const SectionReader& section) {
  OpticalLinkConfig config;
  config.mark = section.mark();
  config.id = section.text("id");
  config.name = section.label("name", config.id);
  optical::Link& link = config.link;
  const std::string kind = section.text("kind");
  link.point_to_point = kind == "point_to_point";
  link.length_m = section.number("length_km") * 1e3;
  link.connectors = section.integer("connectors");
  link.connector_db = section.number("connector_db");
  link.splices = section.integer("splices");
  link.splice_db = section.number("splice_db");
  link.margin_db = section.number("margin_db");
  if (kind == "pon") decode_pon(section, link);
  if (link.point_to_point) decode_point_to_point(section, link);
  const bool whole = link.length_m > 0.0 && link.greatest_loss_db > link.least_loss_db &&
                     link.connector_db >= 0.0 && link.splice_db >= 0.0 && link.margin_db >= 0.0 &&
                     link.fibre_db_per_km > 0.0;  // else noted
  if (!whole) return config;
  try {
    optical::make_budget(link);
  } catch (const std::invalid_argument& error) {
    section.fail(link.splitters.empty() ? "kind" : "splitters", error.what());
  }
  return config;
}

std::string optical_text(const Scenario& scenario) {
  if (scenario.optical.empty()) return "";
  std::string text = "Optical budgets 光功率预算\n";
  for (const OpticalLinkConfig& config : scenario.optical) {
    const optical::Link& link = config.link;
    const optical::Budget budget = optical::make_budget(link);
    text +=
        fmt::format("\n  {} [{}], {}, {}\n", name_text(config), config.id,
                    link.point_to_point ? "point to point 点到点" : "PON 无源光网络", link.optics);
    for (const optical::Row& row : budget.rows) {
      text += fmt::format("    {:<44} {:>6.2f} dB\n", row.name, row.loss_db);
    }
    text += fmt::format("    {:<44} {:>6.2f} dB\n", "loss", budget.loss_db);
    text += fmt::format("    {:<44} {:>6.2f} dB\n", "margin kept", link.margin_db);
    text +=
        fmt::format("    {:<44} {:>6.2f} dB\n",
                    fmt::format("spare, of {:g} dB borne", link.greatest_loss_db), budget.spare_db);
    text += fmt::format("    {}: {}; up to {:.1f} km, by {}{}\n", link.optics,
                        optical::verdict_text(budget.verdict), budget.longest_m / 1e3,
                        budget.longest_by_reach ? "reach" : "loss",
                        link.point_to_point ? std::string()
                                            : fmt::format("; {} terminal{}", budget.terminals,
                                                          budget.terminals == 1 ? "" : "s"));
  }
  return text;
}

ordered_json optical_json(const Scenario& scenario) {
  if (scenario.optical.empty()) return {};
  ordered_json links = ordered_json::object();
  for (const OpticalLinkConfig& config : scenario.optical) {
    const optical::Link& link = config.link;
    const optical::Budget budget = optical::make_budget(link);
    ordered_json rows = ordered_json::array();
    for (const optical::Row& row : budget.rows) {
      rows.push_back({{"name", row.name}, {"loss_db", row.loss_db}});
    }
    ordered_json name = {{"en", config.name.en}};
    if (!config.name.zh.empty()) name["zh"] = config.name.zh;
    links[config.id] = {{"name", name},
                        {"kind", link.point_to_point ? "point_to_point" : "pon"},
                        {"optics", link.optics},
                        {"length_m", link.length_m},
                        {"rows", rows},
                        {"loss_db", budget.loss_db},
                        {"margin_db", link.margin_db},
                        {"least_loss_db", link.least_loss_db},
                        {"greatest_loss_db", link.greatest_loss_db},
                        {"spare_db", budget.spare_db},
                        {"longest_m", budget.longest_m},
                        {"longest_by", budget.longest_by_reach ? "reach" : "loss"},
                        {"terminals", budget.terminals},
                        {"verdict", optical::verdict_text(budget.verdict)},
                        {"works", budget.verdict == optical::Verdict::works}};
  }
  return links;
}

}  // namespace yonder::scenarios
