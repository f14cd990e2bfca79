#include "scenarios/nr_decode.h"

#include <algorithm>
#include <cmath>

#include "core/nr/terminal.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder::scenarios {
namespace {

std::optional<double> optional_number(const SectionReader& section, std::string_view key) {
  return section.number_if_given(key);
}

std::optional<int> optional_integer(const SectionReader& section, std::string_view key) {
  if (!section.given(key)) return std::nullopt;
  return section.integer(key);
}

std::optional<TddConfig> decode_tdd(const SectionReader& carrier) {
  const auto section = carrier.section("tdd");
  if (!section) return std::nullopt;
  TddConfig tdd;
  tdd.mark = section->mark();
  if (section->given("configuration")) {
    tdd.lte_configuration = section->integer("configuration");
    tdd.lte_special = section->integer("special");
    for (const std::string_view key :
         {"slots", "downlink_symbols", "guard_symbols", "uplink_symbols"}) {
      if (section->has(key)) {
        section->fail(key, "is of NR's patterns; configuration and special are LTE's: give one",
                      "tdd: {configuration: 2, special: 7}");
      }
    }
    return tdd;
  }
  if (!section->given("slots")) {
    section->fail_missing("slots");
    return tdd;
  }
  tdd.slots = section->text("slots");
  tdd.downlink_symbols = section->integer("downlink_symbols");
  tdd.guard_symbols = section->integer("guard_symbols");
  tdd.uplink_symbols = section->integer("uplink_symbols");
  return tdd;
}

}  // namespace

void decode_carrier_nr(const SectionReader& section, CarrierConfig& carrier) {
  carrier.mark = section.mark();
  carrier.band = section.text_or("band", "");
  carrier.duplex = section.text_or("duplex", "");
  carrier.bandwidth_hz = mhz_to_hz(section.number_if_given("bandwidth_mhz").value_or(0.0));
  carrier.blocks_given = section.given("resource_blocks");
  if (carrier.blocks_given) carrier.resource_blocks = section.integer("resource_blocks");
  carrier.uplink_frequency_hz =
      mhz_to_hz(section.number_if_given("uplink_frequency_mhz").value_or(0.0));
  if (section.given("uplink_resource_blocks")) {
    carrier.uplink_resource_blocks = section.integer("uplink_resource_blocks");
  }
  carrier.tdd = decode_tdd(section);
  carrier.beside_lte = section.boolean("beside_lte", false);
  carrier.mcs_table = section.text_or("mcs_table", "qam256");
  carrier.overhead = section.number("overhead_percent") / 100.0;
  carrier.p0_dbm = optional_number(section, "p0_dbm");
  carrier.alpha = section.number("alpha");
  if (section.given("alpha") && !section.given("p0_dbm")) {
    section.fail("alpha", "has no meaning without p0_dbm", "p0_dbm: -95");
  }
  carrier.anchor_priority = section.integer("anchor_priority");
  carrier.anchor_rsrp_dbm = optional_number(section, "anchor_rsrp_dbm");
}

CellRadioConfig decode_cell_radio(const SectionReader& section) {
  CellRadioConfig radio;
  radio.tx_ports = section.integer("tx_ports");
  radio.rx_ports = section.given("rx_ports") ? section.integer("rx_ports") : radio.tx_ports;
  const std::string stacked = section.text_or("dual_stack", "none");
  if (stacked == "stacked") radio.dual_stack = DualStack::stacked;
  if (stacked == "side_by_side") radio.dual_stack = DualStack::side_by_side;
  radio.dual_stack_efficiency_db = section.number("dual_stack_efficiency_db");
  radio.second_radio_power_w = optional_number(section, "second_radio_power_w");
  radio.second_radio_tx_ports = optional_integer(section, "second_radio_tx_ports");
  for (const std::string_view key : {"second_radio_power_w", "second_radio_tx_ports"}) {
    if (radio.dual_stack == DualStack::none && section.has(key)) {
      section.fail(key, "has no meaning without dual_stack", "dual_stack: stacked");
    }
  }
  // Large arrays' gains are of combined branches: counting all of them again may be 15 dB too good.
  constexpr int kMostPassiveBranches = 8;
  if (radio.rx_ports > kMostPassiveBranches && !section.given("branches_in_gain")) {
    section.fail("branches_in_gain",
                 "is needed with " + std::to_string(radio.rx_ports) +
                     " rx_ports: how many of them does the antenna's gain combine already (the "
                     "traffic beam of a dual-polarized array: half of them; none: 1)?",
                 "branches_in_gain: " + std::to_string(std::max(1, radio.rx_ports / 2)));
  }
  radio.branches_in_gain =
      section.given("branches_in_gain") ? section.integer("branches_in_gain") : 1;
  radio.ssb_offset_db = section.number("ssb_offset_db");
  radio.noise_figure_db = section.number("noise_figure_db");
  radio.uplink_interference_db = section.number("uplink_interference_db");
  radio.load = section.number("load_percent") / 100.0;
  radio.prach_format = section.text_or("prach_format", "0");
  if (const auto spacing_khz = section.number_if_given("prach_scs_khz")) {
    radio.prach_scs_hz = *spacing_khz * 1000.0;
  }
  radio.n_cs = optional_integer(section, "n_cs");
  radio.prach_restricted_set = section.text_or("prach_restricted_set", "none");
  radio.root_sequence_index = optional_integer(section, "root_sequence_index");
  radio.delay_spread_s = section.number("delay_spread_us") * 1e-6;
  radio.fibre_m = section.number("fibre_km") * 1000.0;
  radio.fibre_compensated = section.boolean("fibre_compensated", false);
  return radio;
}

TerminalConfig decode_terminal(const SectionReader& section) {
  TerminalConfig terminal;
  terminal.mark = section.mark();
  terminal.id = section.text("id");
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (!std::ranges::all_of(terminal.id, letter)) {
    section.fail("id", "is part of file names: letters, digits, - and _ alone");
  } else if (terminal.id.size() > 150) {
    section.fail("id", "is part of file names and is too long for that: at most 150 letters");
  }
  if (section.given("name")) terminal.name = section.label("name", terminal.id);
  terminal.profile = section.text_or("profile", "handset_outdoors");
  if (!terminal.profile.empty() && nr::find_terminal_profile(terminal.profile) == nullptr) {
    std::vector<std::string_view> ids;
    std::string list;
    for (const nr::TerminalProfile& profile : nr::terminal_profiles()) {
      ids.push_back(profile.id);
      list += (list.empty() ? "" : ", ") + std::string(profile.id);
    }
    std::string problem = "there is no terminal profile '" + terminal.profile + "'";
    const std::string_view near = nearest_word(terminal.profile, ids);
    if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
    section.fail("profile", problem, list);
  }
  terminal.height_agl_m = optional_number(section, "height_agl_m");
  terminal.gain_dbi = optional_number(section, "gain_dbi");
  if (const auto gain_dbd = section.number_if_given("gain_dbd")) {
    if (terminal.gain_dbi) {
      section.fail("gain_dbd", "the gain is given twice, as gain_dbi and gain_dbd; give one");
    }
    terminal.gain_dbi = dbd_to_dbi(*gain_dbd);
  }
  terminal.body_loss_db = optional_number(section, "body_loss_db");
  terminal.voice_body_loss_db = optional_number(section, "voice_body_loss_db");
  terminal.penetration_loss_db = optional_number(section, "penetration_loss_db");
  terminal.power_dbm = optional_number(section, "power_dbm");
  terminal.noise_figure_db = optional_number(section, "noise_figure_db");
  terminal.tx_antennas = optional_integer(section, "tx_antennas");
  terminal.rx_antennas = optional_integer(section, "rx_antennas");
  return terminal;
}

std::vector<std::string> default_service_layers() {
  return {"class",   "binding", "rsrp",   "sinr",        "pdsch_sinr",
          "dl_rate", "ul_rate", "access", "probability", "servers"};
}

ServiceConfig decode_service(const SectionReader& section) {
  ServiceConfig service;
  service.mark = section.mark();
  service.uplink_rate_bps = section.number("uplink_rate_kbps") * 1000.0;
  service.bler_target = section.number("bler_percent") / 100.0;
  service.ssb_shots = section.integer("ssb_shots");
  if (service.ssb_shots != 1 && service.ssb_shots != 4) {
    section.fail("ssb_shots", "must be 1 or 4, not " + std::to_string(service.ssb_shots));
  }
  service.msg3_repetitions = section.integer("msg3_repetitions");
  service.servers = section.integer("servers");
  service.overlap_db = section.number("overlap_db");
  service.anchor_hysteresis_db = section.number("anchor_hysteresis_db");
  service.lte_rsrp_dbm = section.number("lte_rsrp_dbm");
  service.carrier_aggregation = section.boolean("carrier_aggregation", false);
  service.best_uplink = section.text_or("uplink_carrier", "same") == "best";
  service.ducting = section.boolean("ducting", false);
  if (const auto reuse_km = section.number_if_given("prach_reuse_km")) {
    service.prach_reuse_m = *reuse_km * 1000.0;
  }
  if (const auto fading = section.section("fading")) {
    service.fading.sigma_db = fading->number("sigma_db");
    const auto edge = fading->number_if_given("edge_percent");
    const auto area = fading->number_if_given("area_percent");
    if (edge && area) {
      fading->fail("area_percent",
                   "the probability is given twice, as edge_percent and area_percent; give one");
    }
    if (edge) service.fading.edge_probability = *edge / 100.0;
    if (area) service.fading.area_probability = *area / 100.0;
    service.fading.exponent = fading->number("exponent");
    service.fading.sea_margin_db = fading->number("sea_margin_db");
    service.fading.sea_sigma_db = fading->number("sea_sigma_db");
  }
  if (const auto classes = section.section("classes")) {
    ServiceClassesConfig& rules = service.classes;
    if (const auto continuous = classes->section("continuous")) {
      rules.continuous_rsrp_dbm = continuous->number("rsrp_dbm");
      rules.continuous_sinr_db = continuous->number("sinr_db");
      rules.continuous_uplink_margin_db = continuous->number("uplink_margin_db");
    }
    if (const auto effective = classes->section("effective")) {
      rules.effective_rsrp_dbm = effective->number("rsrp_dbm");
      rules.effective_sinr_db = effective->number("sinr_db");
      rules.effective_voice_margin_db = effective->number("voice_margin_db");
    }
    if (const auto weak = classes->section("weak")) {
      rules.weak_rsrp_dbm = weak->number("rsrp_dbm");
    }
    if (rules.continuous_rsrp_dbm < rules.effective_rsrp_dbm ||
        rules.effective_rsrp_dbm < rules.weak_rsrp_dbm) {
      section.fail("classes",
                   "the SS-RSRP of continuous, effective and weak service must fall in this order");
    }
  }
  service.layers = default_service_layers();
  if (section.given("layers")) {
    service.layers.clear();
    const std::span<const std::string_view> known = find_key("service.layers")->choices;
    for (const FoundValue& item : section.items("layers")) {
      std::string problem;
      const std::string layer = parse_text(*item.node, problem).value_or("");
      if (problem.empty() && std::ranges::find(known, layer) == known.end()) {
        problem = "there is no service layer '" + layer + "'";
        const std::string_view near = nearest_word(layer, known);
        if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      }
      if (!problem.empty()) {
        section.problems().add(item.node->mark, item.key_path, problem,
                               std::string(item.key->example));
        continue;
      }
      if (std::ranges::find(service.layers, layer) == service.layers.end()) {
        service.layers.push_back(layer);
      }
    }
  }
  return service;
}

}  // namespace yonder::scenarios
