#include "scenarios/nr_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "core/link_budget.h"
#include "core/nr/mcs.h"
#include "core/nr/numerology.h"
#include "core/nr/slow_fading.h"
#include "core/nr/tdd_access.h"
#include "core/nr/terminal.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder::scenarios {
namespace {

const CarrierConfig& carrier_of(const Scenario& scenario, const CellConfig& cell) {
  return scenario.carriers[static_cast<std::size_t>(cell.carrier)];
}

int uplink_blocks(const CarrierConfig& carrier) {
  return carrier.uplink_resource_blocks > 0 ? carrier.uplink_resource_blocks
                                            : carrier.resource_blocks;
}

/// The key that a setting of core/nr has in a scenario's carrier.
std::string carrier_key(const std::string& parameter) {
  static const std::map<std::string, std::string> kKeys = {
      {"bandwidth", "bandwidth_mhz"},
      {"subcarrier_spacing", "subcarrier_spacing_khz"},
      {"downlink", "frequency_mhz"},
      {"uplink", "uplink_frequency_mhz"},
      {"tdd_pattern", "tdd"}};
  const auto it = kKeys.find(parameter);
  if (it != kKeys.end()) return it->second;
  return find_key("carriers[]." + parameter) != nullptr ? parameter : "band";
}

/// The key that a setting of the preamble has in a scenario's cell.
std::string prach_key(const std::string& parameter) {
  static const std::map<std::string, std::string> kKeys = {
      {"subcarrier_spacing_hz", "prach_scs_khz"},
      {"restricted_set", "prach_restricted_set"},
      {"zero_correlation_zone_config", "n_cs"},
      {"root_sequence_index", "root_sequence_index"},
      {"format", "prach_format"}};
  const auto it = kKeys.find(parameter);
  if (it != kKeys.end()) return it->second;
  return find_key("sites[].cells[]." + parameter) != nullptr ? parameter : "prach_format";
}

/// The narrowest channel that holds the blocks, Hz; 0 when none does.
double narrowest_channel_hz(nr::Technology technology, double spacing_hz, int blocks) {
  for (const double bandwidth_hz : nr::channel_bandwidths_hz(technology, spacing_hz)) {
    if (nr::max_resource_blocks(technology, bandwidth_hz, spacing_hz).value_or(0) >= blocks) {
      return bandwidth_hz;
    }
  }
  return 0.0;
}

constexpr std::string_view kSupplementaryUplink =
    "; an uplink beside a TDD downlink is a carrier of its own: of band n83, or of n28 with "
    "service: {uplink_carrier: best}";

void resolve_in_band(const SectionReader& section, CarrierConfig& carrier) {
  nr::ChannelRequest request{.band = carrier.band,
                             .bandwidth_hz = carrier.bandwidth_hz,
                             .subcarrier_spacing_hz = carrier.subcarrier_spacing_hz,
                             .downlink_hz = carrier.frequency_hz,
                             .tdd_pattern_given = carrier.tdd.has_value()};
  const bool sul = carrier_role(carrier) == nr::CarrierRole::supplementary_uplink;
  if (sul) {  // its one frequency is the uplink's
    request.downlink_hz.reset();
    request.uplink_hz = carrier.frequency_hz;
    if (carrier.uplink_frequency_hz > 0.0) {
      section.fail("uplink_frequency_mhz",
                   "a supplementary uplink has one frequency: frequency_mhz", "");
    }
  }
  if (carrier.blocks_given) request.resource_blocks = carrier.resource_blocks;
  if (!sul && carrier.uplink_frequency_hz > 0.0) request.uplink_hz = carrier.uplink_frequency_hz;
  const nr::Band* band = nr::find_band(carrier.band);
  if (request.bandwidth_hz == 0.0 && band != nullptr) {
    request.bandwidth_hz = narrowest_channel_hz(band->technology, carrier.subcarrier_spacing_hz,
                                                carrier.resource_blocks);
  }
  const auto made = nr::make_channel(request);
  if (const auto* refusal = std::get_if<nr::Refusal>(&made)) {
    const std::string key = carrier_key(refusal->parameter);
    if (key == "tdd") {
      section.fail(key, refusal->problem);  // with the key's own example
    } else if (key == "uplink_frequency_mhz" && band != nullptr &&
               band->duplex == nr::Duplex::tdd) {
      section.fail(key, refusal->problem + std::string(kSupplementaryUplink), refusal->valid);
    } else if (sul && key == "uplink_frequency_mhz") {
      section.fail("frequency_mhz", refusal->problem, refusal->valid);
    } else {
      section.fail(key, refusal->problem, refusal->valid);
    }
    return;
  }
  const auto& channel = std::get<nr::Channel>(made);
  const std::string duplex = sul ? "sul" : channel.band->duplex == nr::Duplex::tdd ? "tdd" : "fdd";
  if (!carrier.duplex.empty() && carrier.duplex != duplex) {
    section.fail("duplex", carrier.band + " is a band of " + duplex + ", not of " + carrier.duplex,
                 "duplex: " + duplex);
  }
  carrier.duplex = duplex;
  carrier.bandwidth_hz = channel.bandwidth_hz;
  carrier.resource_blocks = channel.resource_blocks;
  carrier.uplink_frequency_hz = channel.uplink_hz;
}

void resolve_without_band(const SectionReader& section, CarrierConfig& carrier) {
  if (carrier.bandwidth_hz > 0.0) {
    const auto most = nr::max_resource_blocks(nr::Technology::nr, carrier.bandwidth_hz,
                                              carrier.subcarrier_spacing_hz);
    if (!most) {
      std::string list;
      for (const double hz :
           nr::channel_bandwidths_hz(nr::Technology::nr, carrier.subcarrier_spacing_hz)) {
        list += (list.empty() ? "" : ", ") + number_text(hz_to_mhz(hz));
      }
      section.fail("bandwidth_mhz",
                   "there is no channel of " + number_text(hz_to_mhz(carrier.bandwidth_hz)) +
                       " MHz at " + number_text(carrier.subcarrier_spacing_hz / 1000.0) +
                       " kHz (TS 38.101-1 table 5.3.2-1)",
                   list);
      return;
    }
    if (!carrier.blocks_given) carrier.resource_blocks = *most;
    if (carrier.resource_blocks > *most) {
      section.fail("resource_blocks",
                   std::to_string(carrier.resource_blocks) + " are more than " +
                       number_text(hz_to_mhz(carrier.bandwidth_hz)) + " MHz hold (" +
                       std::to_string(*most) + ", TS 38.101-1 table 5.3.2-1)",
                   "resource_blocks: " + std::to_string(*most));
    }
  }
  if (carrier.tdd && carrier.duplex == "fdd") {
    section.fail("tdd", "is a TDD pattern, but the carrier's duplex is fdd", "duplex: tdd");
  }
  if (carrier.tdd && carrier.duplex.empty()) carrier.duplex = "tdd";
  if (carrier.duplex == "tdd" && carrier.uplink_frequency_hz == 0.0) {
    carrier.uplink_frequency_hz = carrier.frequency_hz;
  }
  if (carrier.duplex.empty() && carrier.uplink_frequency_hz > 0.0 &&
      carrier.uplink_frequency_hz != carrier.frequency_hz) {
    carrier.duplex = "fdd";
  }
}

std::variant<nr::TddPattern, nr::Refusal> made_pattern(const TddConfig& tdd,
                                                       double subcarrier_spacing_hz) {
  if (tdd.lte_configuration) {
    return nr::make_lte_tdd_pattern(*tdd.lte_configuration, tdd.lte_special);
  }
  return nr::make_tdd_pattern(
      {.slots = tdd.slots,
       .special = {tdd.downlink_symbols, tdd.guard_symbols, tdd.uplink_symbols},
       .subcarrier_spacing_hz = subcarrier_spacing_hz});
}

std::shared_ptr<const AntennaPattern> precoded_pattern(const AntennaConfig& antenna,
                                                       const CellConfig& cell) {
  const double tilt_rad = deg_to_rad(cell.electrical_tilt_deg);
  const bool side = cell.radio.dual_stack == DualStack::side_by_side;
  if (const auto* sector = std::get_if<Sector3gppConfig>(&antenna.pattern)) {
    return make_sector_3gpp({sector->gain_dbi,
                             deg_to_rad(sector->horizontal_beamwidth_deg) * (side ? 0.5 : 1.0),
                             deg_to_rad(sector->vertical_beamwidth_deg) * (side ? 1.0 : 0.5),
                             sector->front_to_back_db, sector->side_lobe_db, tilt_rad});
  }
  const auto& omni = std::get<OmniConfig>(antenna.pattern);
  return make_omni(
      {omni.gain_dbi, deg_to_rad(omni.vertical_beamwidth_deg) * 0.5, omni.side_lobe_db, tilt_rad});
}

}  // namespace

nr::CarrierRole carrier_role(const CarrierConfig& carrier) {
  const nr::Band* band = nr::find_band(carrier.band);
  if (band == nullptr) return nr::CarrierRole::nr;
  if (band->technology == nr::Technology::lte) return nr::CarrierRole::lte;
  return band->duplex == nr::Duplex::sul ? nr::CarrierRole::supplementary_uplink
                                         : nr::CarrierRole::nr;
}

bool is_mapped(const Scenario& scenario, const CarrierConfig& carrier) {
  const nr::CarrierRole role = carrier_role(carrier);
  if (role != nr::CarrierRole::lte) return role == nr::CarrierRole::nr;
  return std::ranges::none_of(all_cells(scenario), [&](const CellRef& ref) {
    return carrier_role(carrier_of(scenario, *ref.cell)) == nr::CarrierRole::nr;
  });
}

void resolve_carrier(const SectionReader& section, CarrierConfig& carrier, bool service) {
  if (std::isnan(carrier.frequency_hz) || std::isnan(carrier.subcarrier_spacing_hz)) return;
  if (!carrier.blocks_given && carrier.bandwidth_hz == 0.0) {
    section.fail_missing("resource_blocks");
    return;
  }
  if (carrier.band.empty()) {
    resolve_without_band(section, carrier);
  } else {
    resolve_in_band(section, carrier);
  }
  if (carrier.tdd) {
    const bool lte = carrier_role(carrier) == nr::CarrierRole::lte;
    if (lte != carrier.tdd->lte_configuration.has_value()) {
      section.fail("tdd",
                   lte ? "a carrier of LTE has an uplink-downlink configuration and a special "
                         "subframe configuration"
                       : "configuration and special are of LTE bands (B39, B40, B41)",
                   lte ? "tdd: {configuration: 2, special: 7}" : "");
      return;
    }
    const auto made = made_pattern(*carrier.tdd, carrier.subcarrier_spacing_hz);
    if (const auto* refusal = std::get_if<nr::Refusal>(&made)) {
      section.fail("tdd", refusal->problem);
    }
  }
  if (carrier.uplink_resource_blocks > 0 && carrier.bandwidth_hz > 0.0) {
    const nr::Band* band = nr::find_band(carrier.band);
    const int most =
        nr::max_resource_blocks(band == nullptr ? nr::Technology::nr : band->technology,
                                carrier.bandwidth_hz, carrier.subcarrier_spacing_hz)
            .value_or(275);
    if (carrier.uplink_resource_blocks > most) {
      section.fail("uplink_resource_blocks", std::to_string(carrier.uplink_resource_blocks) +
                                                 " are more than " +
                                                 number_text(hz_to_mhz(carrier.bandwidth_hz)) +
                                                 " MHz hold (" + std::to_string(most) + ")");
    }
  }
  if (!service) return;
  if (carrier_role(carrier) == nr::CarrierRole::nr && carrier.resource_blocks > 0 &&
      carrier.resource_blocks < nr::kSsbBlocks) {
    section.fail("resource_blocks",
                 "the SSB's " + std::to_string(nr::kSsbBlocks) + " blocks do not fit into " +
                     std::to_string(carrier.resource_blocks),
                 "a bandwidth of " + std::to_string(nr::kSsbBlocks) + " blocks or more");
  }
  if (carrier.duplex.empty() || carrier.uplink_frequency_hz == 0.0) {
    section.fail("band",
                 "is needed to judge service: nothing says where the carrier's uplink is "
                 "(or give duplex with uplink_frequency_mhz)",
                 "band: n28");
  } else if (carrier.duplex == "tdd" && !carrier.tdd && carrier.band.empty()) {
    section.fail_missing("tdd");
  }
}

void check_carriers_apart(const Scenario& scenario, Problems& problems) {
  std::set<int> used;
  for (const CellRef& ref : all_cells(scenario)) used.insert(ref.cell->carrier);
  used.erase(-1);
  const auto width_hz = [](const CarrierConfig& carrier) {
    return carrier.bandwidth_hz > 0.0
               ? carrier.bandwidth_hz
               : nr::kSubcarriersPerBlock * carrier.resource_blocks * carrier.subcarrier_spacing_hz;
  };
  for (const int i : used) {
    for (const int j : used) {
      if (j >= i) break;
      const CarrierConfig& first = scenario.carriers[static_cast<std::size_t>(j)];
      const CarrierConfig& second = scenario.carriers[static_cast<std::size_t>(i)];
      const auto sends = [](const CarrierConfig& carrier) {
        return carrier_role(carrier) != nr::CarrierRole::supplementary_uplink;
      };
      if (!sends(first) || !sends(second)) continue;
      const double needed_hz = 0.5 * (width_hz(first) + width_hz(second));
      constexpr double kRoundingHz = 1.0;
      if (!(std::abs(first.frequency_hz - second.frequency_hz) < needed_hz - kRoundingHz)) continue;
      problems.add(second.mark, "carriers[" + std::to_string(i) + "].frequency_mhz",
                   "the channels of carriers '" + first.id + "' and '" + second.id +
                       "' overlap, but cells of different carriers are taken not to disturb each "
                       "other: give their cells one carrier, or set them " +
                       number_text(hz_to_mhz(needed_hz)) + " MHz apart",
                   "frequency_mhz: " + number_text(hz_to_mhz(first.frequency_hz + needed_hz)));
    }
  }
}

std::optional<nr::TddPattern> tdd_pattern(const CarrierConfig& carrier) {
  if (!carrier.tdd) return std::nullopt;
  auto made = made_pattern(*carrier.tdd, carrier.subcarrier_spacing_hz);
  if (const auto* refusal = std::get_if<nr::Refusal>(&made)) {
    throw std::invalid_argument(refusal->problem);
  }
  return std::get<nr::TddPattern>(std::move(made));
}

double antenna_gain_dbi(const AntennaConfig& antenna) {
  if (const auto* omni = std::get_if<OmniConfig>(&antenna.pattern)) return omni->gain_dbi;
  if (const auto* sector = std::get_if<Sector3gppConfig>(&antenna.pattern)) return sector->gain_dbi;
  return std::get<PatternFileConfig>(antenna.pattern).spec.gain_dbi;
}

nr::Radio cell_radio(const Scenario& scenario, const CellConfig& cell) {
  const AntennaConfig& antenna = scenario.antennas[static_cast<std::size_t>(cell.antenna)];
  const CellRadioConfig& config = cell.radio;
  nr::RadioUnit unit{.carrier_frequency_hz = carrier_of(scenario, cell).frequency_hz,
                     .power = {cell.total_power_dbm, nr::PowerBasis::total},
                     .tx_ports = config.tx_ports,
                     .rx_branches = config.rx_ports,
                     .antenna_gain_dbi = antenna_gain_dbi(antenna),
                     .broadcast_offset_db = config.ssb_offset_db,
                     .branches_in_gain = config.branches_in_gain,
                     .noise_figure_db = config.noise_figure_db,
                     .feeder_loss_db = cell.feeder_loss_db};
  if (const auto* sector = std::get_if<Sector3gppConfig>(&antenna.pattern)) {
    unit.horizontal_beamwidth_deg = sector->horizontal_beamwidth_deg;
    unit.vertical_beamwidth_deg = sector->vertical_beamwidth_deg;
  }
  if (config.dual_stack == DualStack::none) return nr::single_radio(unit);
  if (std::holds_alternative<PatternFileConfig>(antenna.pattern)) {
    throw std::invalid_argument(
        "how the beam of two panels narrows cannot be told from a measured pattern of one: use an "
        "antenna of type sector_3gpp");
  }
  if (std::holds_alternative<OmniConfig>(antenna.pattern) &&
      config.dual_stack == DualStack::side_by_side) {
    throw std::invalid_argument(
        "two omni antennas side by side are no omni antenna any more: stack them, or use "
        "sector_3gpp");
  }
  nr::RadioUnit second = unit;
  if (config.second_radio_power_w) {
    second.power.power_dbm = power_w_to_dbm(*config.second_radio_power_w);
  }
  if (config.second_radio_tx_ports) second.tx_ports = *config.second_radio_tx_ports;
  return nr::dual_stacked_radio(
      unit, second,
      {.arrangement = config.dual_stack == DualStack::stacked ? nr::StackArrangement::stacked
                                                              : nr::StackArrangement::side_by_side,
       .coherence_efficiency_db = config.dual_stack_efficiency_db});
}

RadioKind radio_kind(const CellRadioConfig& radio) {
  return {radio.tx_ports,
          radio.rx_ports,
          radio.branches_in_gain,
          radio.dual_stack,
          radio.dual_stack_efficiency_db,
          radio.ssb_offset_db,
          radio.noise_figure_db,
          radio.uplink_interference_db,
          radio.prach_format,
          radio.prach_scs_hz};
}

nr::PrachConfig prach_config(const Scenario& scenario, const CellConfig& cell) {
  const CellRadioConfig& config = cell.radio;
  const bool lte = carrier_role(carrier_of(scenario, cell)) == nr::CarrierRole::lte;
  const auto format =
      nr::prach_format_of((lte && config.prach_format != "0" ? "LTE " : "") + config.prach_format);
  if (!format || !nr::is_format_of(*format, lte)) {
    throw ParameterError("format", std::string("there is no PRACH format '") + config.prach_format +
                                       (lte ? "' of LTE; it has 0, 1, 2 and 3" : "'"));
  }
  nr::PrachConfig prach;
  prach.format = *format;
  prach.subcarrier_spacing_hz =
      config.prach_scs_hz.value_or(nr::own_subcarrier_spacing_hz(*format).value_or(
          carrier_of(scenario, cell).subcarrier_spacing_hz));
  if (config.prach_restricted_set == "a") prach.restricted_set = nr::RestrictedSet::type_a;
  if (config.prach_restricted_set == "b") prach.restricted_set = nr::RestrictedSet::type_b;
  nr::check_prach(prach);
  if (config.n_cs) {
    prach.zero_correlation_zone_config =
        nr::zero_correlation_zone_config_of(*format, prach.restricted_set, *config.n_cs);
    return prach;
  }
  const double fibre_s =
      config.fibre_compensated ? 0.0 : 2.0 * config.fibre_m * nr::kFibreDelaySPerM;
  if (const auto reaching = nr::smallest_n_cs_reaching(prach, scenario.calculation.radius_m,
                                                       config.delay_spread_s, fibre_s)) {
    return *reaching;
  }
  // None reaches: the one that reaches farthest.
  nr::PrachConfig farthest = prach;
  double reach_m = -1.0;
  const auto rows = static_cast<int>(nr::n_cs_table(prach.format, prach.restricted_set).size());
  for (int row = 0; row < rows; ++row) {
    prach.zero_correlation_zone_config = row;
    const double radius_m = nr::prach_range(prach, config.delay_spread_s, fibre_s).max_radius_m;
    if (radius_m > reach_m) {
      reach_m = radius_m;
      farthest = prach;
    }
  }
  return farthest;
}

nr::AccessConfig access_config(const Scenario& scenario, const CellConfig& cell) {
  const CarrierConfig& carrier = carrier_of(scenario, cell);
  const bool lte = carrier_role(carrier) == nr::CarrierRole::lte;
  nr::AccessConfig access{.lte = lte,
                          .prach = prach_config(scenario, cell),
                          .delay_spread_s = cell.radio.delay_spread_s,
                          .uplink_subcarrier_spacing_hz = carrier.subcarrier_spacing_hz,
                          .fibre_length_m = cell.radio.fibre_m,
                          .fibre_compensated = cell.radio.fibre_compensated};
  if (const auto pattern = tdd_pattern(carrier)) {
    access.tdd = nr::tdd_guard_of(*pattern, lte || carrier.beside_lte);
    access.longest_uplink_s = nr::longest_uplink_s(*pattern);
  }
  return access;
}

namespace {

/// The preamble that reaches farthest among those that the cell can have, as keys to write.
std::string valid_prach(const Scenario& scenario, const CellConfig& cell) {
  std::string best = "a tdd pattern with more uplink in one piece";
  double best_m = 0.0;
  for (int i = 0; i < nr::kPrachFormats; ++i) {
    CellConfig other = cell;
    const auto format = static_cast<nr::PrachFormat>(i);
    const bool lte = carrier_role(carrier_of(scenario, cell)) == nr::CarrierRole::lte;
    if (lte || !nr::is_format_of(format, lte)) continue;
    other.radio.prach_format = nr::prach_format_name(format);
    std::string keys = "prach_format: " + other.radio.prach_format;
    const auto leave_out = [&](std::string_view key, auto& value) {
      if (!value) return;
      keys += ", without " + std::string(key);
      value.reset();
    };
    const auto given = nr::prach_format_of(cell.radio.prach_format);
    if (!given || nr::is_short_format(*given) != nr::is_short_format(format)) {
      leave_out("n_cs", other.radio.n_cs);
    }
    if (other.radio.prach_scs_hz != nr::own_subcarrier_spacing_hz(format)) {
      leave_out("prach_scs_khz", other.radio.prach_scs_hz);
    }
    try {
      const double radius_m = nr::access_range(access_config(scenario, other)).radius_m;
      if (radius_m <= best_m) continue;
      best_m = radius_m;
      best = keys;
    } catch (const ParameterError&) {
      continue;
    }
  }
  return best;
}

}  // namespace

void check_cell_radio(const SectionReader& section, const Scenario& scenario,
                      const CellConfig& cell) {
  if (cell.carrier < 0 || cell.antenna < 0 || std::isnan(cell.total_power_dbm)) return;
  const CellRadioConfig& radio = cell.radio;
  if (std::isnan(radio.delay_spread_s + radio.fibre_m + radio.noise_figure_db + radio.load)) return;
  try {
    cell_radio(scenario, cell);
  } catch (const std::invalid_argument& error) {
    section.fail(radio.dual_stack == DualStack::none ? "branches_in_gain" : "dual_stack",
                 error.what());
  }
  try {
    prach_config(scenario, cell);
  } catch (const ParameterError& error) {
    section.fail(prach_key(error.parameter()), error.what());
    return;
  }
  try {
    nr::access_range(access_config(scenario, cell));
  } catch (const ParameterError& error) {
    // Others are of the carrier, and noted there.
    if (error.parameter() == "format") {
      section.fail("prach_format", error.what(), valid_prach(scenario, cell));
    }
  } catch (const std::invalid_argument&) {
    return;  // of the carrier, noted there
  }
}

Label terminal_name(const TerminalConfig& terminal) {
  if (terminal.name) return *terminal.name;
  const nr::TerminalProfile* profile = nr::find_terminal_profile(terminal.profile);
  return {std::string(profile->name_en), std::string(profile->name_zh)};
}

double terminal_height_agl_m(const TerminalConfig& terminal) {
  return terminal.height_agl_m.value_or(nr::find_terminal_profile(terminal.profile)->height_agl_m);
}

nr::TerminalRadio terminal_radio(const TerminalConfig& terminal, double frequency_hz) {
  nr::TerminalRadio radio =
      nr::terminal_at(*nr::find_terminal_profile(terminal.profile), frequency_hz);
  const auto take = [](const auto& given, auto& value) {
    if (given) value = *given;
  };
  take(terminal.height_agl_m, radio.height_agl_m);
  take(terminal.gain_dbi, radio.gain_dbi);
  take(terminal.body_loss_db, radio.body_loss_data_db);
  take(terminal.voice_body_loss_db, radio.body_loss_voice_db);
  take(terminal.penetration_loss_db, radio.penetration_loss_db);
  if (terminal.penetration_loss_db) radio.penetration_sigma_db = 0.0;  // a loss as given is certain
  take(terminal.power_dbm, radio.max_power_dbm);
  take(terminal.noise_figure_db, radio.noise_figure_db);
  take(terminal.tx_antennas, radio.tx_antennas);
  take(terminal.rx_antennas, radio.rx_antennas);
  return radio;
}

nr::SlowFading slow_fading(const FadingConfig& fading, nr::Surface surface,
                           double penetration_sigma_db) {
  nr::SlowFading land{0.0, std::hypot(fading.sigma_db, penetration_sigma_db)};
  if (land.sigma_db > 0.0) {
    land.margin_db =
        fading.area_probability
            ? nr::margin_for_area_db(*fading.area_probability, land.sigma_db, fading.exponent)
            : nr::margin_for_edge_db(fading.edge_probability, land.sigma_db);
  }
  if (surface == nr::Surface::land) return land;
  return {fading.sea_margin_db, fading.sea_sigma_db};
}

double uplink_slots_per_second(const CarrierConfig& carrier) {
  const auto pattern = tdd_pattern(carrier);
  return nr::data_slots_per_second(nr::Direction::uplink, carrier.subcarrier_spacing_hz,
                                   pattern ? &*pattern : nullptr);
}

nr::ChannelPlan channel_plan(const Scenario& scenario, const CellConfig& cell,
                             nr::Surface surface) {
  const CarrierConfig& carrier = carrier_of(scenario, cell);
  const nr::PrachConfig prach = prach_config(scenario, cell);
  const double slots_per_second = uplink_slots_per_second(carrier);
  nr::ChannelPlan plan;
  plan.role = carrier_role(carrier);
  plan.surface = surface;
  plan.rsrp_threshold_dbm = scenario.service.classes.effective_rsrp_dbm;
  if (plan.role == nr::CarrierRole::lte) {  // of one port, where budgets count the sum
    plan.rsrp_threshold_dbm = scenario.service.lte_rsrp_dbm +
                              10.0 * std::log10(nr::lte_ports(cell_radio(scenario, cell).tx_ports));
  }
  plan.ssb_shots = scenario.service.ssb_shots;
  plan.prach_format = nr::prach_format_name(prach.format);
  plan.prach_spacing_hz = prach.subcarrier_spacing_hz;
  plan.msg3_repetitions = scenario.service.msg3_repetitions;
  plan.uplink_spacing_hz = carrier.subcarrier_spacing_hz;
  const nr::Mcs& robust = nr::mcs_entries(nr::McsTable::qam64).front();
  plan.pdsch = nr::Allocation{carrier.resource_blocks, robust.spectral_efficiency(),
                              robust.modulation_order};
  plan.pusch = nr::most_robust_allocation(scenario.service.uplink_rate_bps,
                                          {.resource_blocks = uplink_blocks(carrier),
                                           .slots_per_second = slots_per_second,
                                           .bler = scenario.service.bler_target},
                                          nr::mcs_entries(nr::McsTable::qam64));
  plan.bler_target = scenario.service.bler_target;
  plan.downlink_blocks = carrier.resource_blocks;
  plan.vonr_slots = slots_per_second * 20e-3;
  plan.vonr = slots_per_second > 0.0;
  return plan;
}

nr::LinkEnds link_ends(const Scenario& scenario, const CellConfig& cell,
                       const TerminalConfig& terminal, bool uplink) {
  const CarrierConfig& carrier = carrier_of(scenario, cell);
  nr::LinkEnds ends;
  ends.subcarrier_spacing_hz = carrier.subcarrier_spacing_hz;
  ends.resource_blocks = carrier.resource_blocks;
  ends.radio = cell_radio(scenario, cell);
  ends.terminal =
      terminal_radio(terminal, uplink ? carrier.uplink_frequency_hz : carrier.frequency_hz);
  ends.margins.uplink_interference_db = cell.radio.uplink_interference_db;
  return ends;
}

std::vector<double> terminal_heights(const Scenario& scenario) {
  std::vector<double> heights;
  for (const TerminalConfig& terminal : scenario.terminals) {
    const double height = terminal_height_agl_m(terminal);
    if (std::ranges::find(heights, height) == heights.end()) heights.push_back(height);
  }
  return heights;
}

namespace {

/// What one terminal and cells of one kind have between them.
nr::TerminalLink terminal_link(const Scenario& scenario, const CellConfig& cell,
                               const TerminalConfig& terminal) {
  const CarrierConfig& carrier = carrier_of(scenario, cell);
  const auto pattern = tdd_pattern(carrier);
  nr::TerminalLink link;
  nr::LinkEnds down = link_ends(scenario, cell, terminal, false);
  nr::LinkEnds up = link_ends(scenario, cell, terminal, true);
  const nr::Radio radio = down.radio;
  for (nr::LinkEnds* ends : {&down, &up}) {
    ends->radio.antenna_gain_dbi = ends->radio.broadcast_gain_dbi = 0.0;
  }
  for (const nr::Surface surface : {nr::Surface::land, nr::Surface::sea}) {
    auto& mpl_db = link.mpl_db[static_cast<std::size_t>(surface)];
    mpl_db.fill(std::numeric_limits<double>::quiet_NaN());
    const nr::ChannelPlan plan = channel_plan(scenario, cell, surface);
    for (const nr::ChannelDemand& demand :
         nr::channel_demands(plan, carrier.subcarrier_spacing_hz, down.terminal.rx_antennas,
                             radio.combining_branches())) {
      const nr::LinkEnds& ends = nr::is_uplink(demand.channel) ? up : down;
      mpl_db[static_cast<std::size_t>(demand.channel)] = nr::make_link_table(ends, demand).mpl_db;
    }
  }
  link.terminal = down.terminal;
  link.noise_dbm = nr::kThermalNoiseDbmPerHz + 10.0 * std::log10(carrier.subcarrier_spacing_hz) +
                   down.terminal.noise_figure_db;
  link.epre_dbm = epre_dbm(radio.total_power_dbm(), carrier.resource_blocks);
  link.feeder_loss_db = radio.feeder_loss_db;
  link.broadcast_offset_db = radio.broadcast_gain_dbi - radio.antenna_gain_dbi;
  link.coherent_gain_db = radio.coherent_gain_db;
  const double block_noise_dbm =
      nr::kThermalNoiseDbmPerHz +
      10.0 * std::log10(nr::kSubcarriersPerBlock * carrier.subcarrier_spacing_hz) +
      radio.noise_figure_db + cell.radio.uplink_interference_db;
  link.uplink_block_sinr_db = up.terminal.max_power_dbm + up.terminal.gain_dbi -
                              up.terminal.body_loss_data_db - up.terminal.penetration_loss_db -
                              radio.feeder_loss_db - block_noise_dbm;
  link.max_power_dbm = up.terminal.max_power_dbm;
  constexpr int kMostLayers = 4;
  nr::RateRequest downlink{
      .direction = nr::Direction::downlink,
      .subcarrier_spacing_hz = carrier.subcarrier_spacing_hz,
      .resource_blocks = carrier.resource_blocks,
      .tdd = pattern ? &*pattern : nullptr,
      .table = carrier.mcs_table == "qam64"          ? nr::McsTable::qam64
               : carrier.mcs_table == "qam64_low_se" ? nr::McsTable::qam64_low_se
                                                     : nr::McsTable::qam256,
      .max_layers = std::min({radio.tx_ports, down.terminal.rx_antennas, kMostLayers}),
      .rx_branches = down.terminal.rx_antennas,
      .overhead = carrier.overhead};
  nr::RateRequest uplink{
      .direction = nr::Direction::uplink,
      .subcarrier_spacing_hz = carrier.subcarrier_spacing_hz,
      .resource_blocks = uplink_blocks(carrier),
      .tdd = pattern ? &*pattern : nullptr,
      .table = nr::McsTable::qam64,
      .max_layers = std::min({up.terminal.tx_antennas, radio.combining_branches(), kMostLayers}),
      .rx_branches = radio.combining_branches(),
      .overhead = nr::kUplinkOverhead};
  downlink.assumptions.bler_target = scenario.service.bler_target;
  uplink.assumptions.bler_target = scenario.service.bler_target;
  for (const nr::Surface surface : {nr::Surface::land, nr::Surface::sea}) {
    if (surface == nr::Surface::sea) {
      downlink.assumptions.most_fading_db = nr::kMostFadingAtSeaDb;
      uplink.assumptions.most_fading_db = nr::kMostFadingAtSeaDb;
    }
    const auto i = static_cast<std::size_t>(surface);
    const nr::CarrierRole role = carrier_role(carrier);
    if (role == nr::CarrierRole::lte) continue;  // its data is not judged
    if (role == nr::CarrierRole::nr) {
      link.downlink[i] = std::make_shared<nr::RateCurve>(downlink);
    }
    link.uplink[i] = std::make_shared<nr::RateCurve>(uplink);
  }
  return link;
}

double penetration_sigma_db(const TerminalConfig& terminal) {
  if (terminal.penetration_loss_db) return 0.0;  // as in terminal_radio()
  return nr::find_terminal_profile(terminal.profile)->penetration_sigma_db;
}

/// What makes cells alike for a terminal.
using Kind = std::tuple<int, double, double, double, RadioKind>;

Kind kind_of(const Scenario& scenario, const CellConfig& cell) {
  return {cell.carrier, antenna_gain_dbi(scenario.antennas[static_cast<std::size_t>(cell.antenna)]),
          cell.total_power_dbm, cell.feeder_loss_db, radio_kind(cell.radio)};
}

}  // namespace

nr::ServicePlan make_service_plan(const Scenario& scenario, const Plan& plan) {
  return make_service_plan(scenario, plan.groups);
}

nr::ServicePlan make_service_plan(const Scenario& scenario, std::span<const CellGroup> groups) {
  nr::ServicePlan service;
  for (const CarrierConfig& carrier : scenario.carriers) {
    service.carriers.push_back({carrier_role(carrier),
                                carrier.subcarrier_spacing_hz,
                                carrier.resource_blocks,
                                carrier.anchor_priority,
                                carrier.anchor_rsrp_dbm,
                                {}});
    if (carrier.p0_dbm) {
      service.carriers.back().power_control =
          nr::PowerControl{.p0_dbm = *carrier.p0_dbm, .alpha = carrier.alpha};
    }
  }
  const std::vector<CellRef> refs = all_cells(scenario);
  std::vector<const CellGroup*> group_of(refs.size(), nullptr);
  std::vector<const Cell*> cell_of(refs.size(), nullptr);
  for (const CellGroup& group : groups) {
    for (std::size_t i = 0; i < group.cells.numbers.size(); ++i) {
      group_of[group.cells.numbers[i] - 1U] = &group;
      cell_of[group.cells.numbers[i] - 1U] = &group.cells.cells[i];
    }
  }
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const CellConfig& cell = *refs[i].cell;
    const AntennaConfig& antenna = scenario.antennas[static_cast<std::size_t>(cell.antenna)];
    service.cells.push_back({.carrier = cell.carrier,
                             .site = static_cast<int>(refs[i].site - scenario.sites.data()),
                             .radio = cell_radio(scenario, cell),
                             .antenna = cell_of[i]->antenna,
                             .precoded = cell.radio.dual_stack == DualStack::none
                                             ? cell_of[i]->antenna
                                             : MountedAntenna(precoded_pattern(antenna, cell),
                                                              deg_to_rad(cell.azimuth_deg),
                                                              deg_to_rad(cell.mechanical_tilt_deg)),
                             .spec = group_of[i]->spec,
                             .access = nr::access_range(access_config(scenario, cell)),
                             .load = cell.radio.load});
  }
  for (const TerminalConfig& terminal : scenario.terminals) {
    nr::ServiceTerminal one;
    one.height_agl_m = terminal_height_agl_m(terminal);
    const double sigma_db = penetration_sigma_db(terminal);
    if (sigma_db > 0.0) {
      one.fading = {slow_fading(scenario.service.fading, nr::Surface::land, sigma_db),
                    slow_fading(scenario.service.fading, nr::Surface::sea, sigma_db)};
    }
    std::map<Kind, int> kinds;
    for (const CellRef& ref : refs) {
      const auto [it, is_new] =
          kinds.emplace(kind_of(scenario, *ref.cell), static_cast<int>(one.links.size()));
      if (is_new) {
        try {
          one.links.push_back(terminal_link(scenario, *ref.cell, terminal));
        } catch (const std::invalid_argument& error) {
          throw ScenarioErrors({{terminal.mark, "terminals." + terminal.id, error.what(), ""}});
        }
      }
      one.link_of_cell.push_back(it->second);
    }
    service.terminals.push_back(std::move(one));
  }
  const ServiceConfig& config = scenario.service;
  const ServiceClassesConfig& classes = config.classes;
  nr::ServiceRules& rules = service.rules;
  rules.continuous_rsrp_dbm = classes.continuous_rsrp_dbm;
  rules.continuous_sinr_db = classes.continuous_sinr_db;
  rules.continuous_uplink_margin_db = classes.continuous_uplink_margin_db;
  rules.effective_rsrp_dbm = classes.effective_rsrp_dbm;
  rules.effective_sinr_db = classes.effective_sinr_db;
  rules.effective_voice_margin_db = classes.effective_voice_margin_db;
  rules.weak_rsrp_dbm = classes.weak_rsrp_dbm;
  rules.lte_rsrp_dbm = config.lte_rsrp_dbm;
  rules.overlap_db = config.overlap_db;
  rules.servers = config.servers;
  rules.anchor_hysteresis_db = config.anchor_hysteresis_db;
  rules.carrier_aggregation = config.carrier_aggregation;
  rules.best_uplink = config.best_uplink;
  rules.fading = {slow_fading(config.fading, nr::Surface::land),
                  slow_fading(config.fading, nr::Surface::sea)};
  rules.distance_exponent = config.fading.exponent;
  return service;
}

std::vector<nr::RootCell> root_cells(const Scenario& scenario,
                                     const geodata::Projection& projection) {
  std::vector<nr::RootCell> cells;
  for (const CellRef& ref : all_cells(scenario)) {
    const CellConfig& cell = *ref.cell;
    const double reach_m = std::min(scenario.calculation.radius_m,
                                    nr::access_range(access_config(scenario, cell)).radius_m);
    const double reuse_m =
        scenario.service.prach_reuse_m.value_or(2.0 * scenario.calculation.radius_m);
    cells.push_back({.id = cell.id,
                     .position = projection.to_map(ref.site->position),
                     .uplink_frequency_hz = carrier_of(scenario, cell).uplink_frequency_hz,
                     .uplink_bandwidth_hz = nr::kSubcarriersPerBlock *
                                            uplink_blocks(carrier_of(scenario, cell)) *
                                            carrier_of(scenario, cell).subcarrier_spacing_hz,
                     .prach = prach_config(scenario, cell),
                     .root_sequence_index = cell.radio.root_sequence_index,
                     .service_radius_m = reach_m,
                     .hearing_radius_m = std::max(0.0, reuse_m - reach_m)});
  }
  return cells;
}

}  // namespace yonder::scenarios
