#include "core/nr/radio.h"

#include <cmath>
#include <stdexcept>

#include "core/text.h"

namespace yonder::nr {
namespace {

const double kDoublingDb = 10.0 * std::log10(2.0);

[[noreturn]] void refuse(const std::string& problem) { throw std::invalid_argument(problem); }

void check(const RadioUnit& unit) {
  if (unit.rx_branches < 1) {
    refuse("a radio unit with " + std::to_string(unit.rx_branches) +
           " receive branches hears nothing: give 1 or more, such as 4");
  }
  if (unit.branches_in_gain < 1 || unit.rx_branches % unit.branches_in_gain != 0) {
    refuse(std::to_string(unit.branches_in_gain) +
           " branches within the antenna's gain do not divide the " +
           std::to_string(unit.rx_branches) + " receive branches: 32 of 64 does");
  }
  if (unit.broadcast_offset_db > 0.0) {
    refuse("the broadcast beam's offset " + number_text(unit.broadcast_offset_db) +
           " dB puts it above the traffic beam: give 0 or less, such as -3");
  }
}

}  // namespace

double total_power_dbm(const TransmitPower& power, int tx_ports) {
  if (tx_ports < 1)
    refuse("a radio unit with " + std::to_string(tx_ports) + " ports: give 1 or more");
  return power.basis == PowerBasis::total
             ? power.power_dbm
             : power.power_dbm + 10.0 * std::log10(static_cast<double>(tx_ports));
}

Radio single_radio(const RadioUnit& unit) {
  check(unit);
  Radio radio;
  radio.unit_power_dbm = total_power_dbm(unit.power, unit.tx_ports);
  radio.tx_ports = unit.tx_ports;
  radio.rx_branches = unit.rx_branches;
  radio.branches_in_gain = unit.branches_in_gain;
  radio.antenna_gain_dbi = unit.antenna_gain_dbi;
  radio.broadcast_gain_dbi = unit.antenna_gain_dbi + unit.broadcast_offset_db;
  radio.noise_figure_db = unit.noise_figure_db;
  radio.feeder_loss_db = unit.feeder_loss_db;
  radio.horizontal_beamwidth_deg = unit.horizontal_beamwidth_deg;
  radio.vertical_beamwidth_deg = unit.vertical_beamwidth_deg;
  radio.precoded_horizontal_beamwidth_deg = unit.horizontal_beamwidth_deg;
  radio.precoded_vertical_beamwidth_deg = unit.vertical_beamwidth_deg;
  return radio;
}

std::optional<std::string> why_unlike(const RadioUnit& first, const RadioUnit& second) {
  const auto differ = [](const char* what, double a, double b,
                         const char* unit) -> std::optional<std::string> {
    if (std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(a))) return std::nullopt;
    return "dual-stacked radios must be alike, but their " + std::string(what) +
           " differ: " + number_text(a) + unit + " and " + number_text(b) + unit;
  };
  if (auto why = differ("carrier frequencies", first.carrier_frequency_hz * 1e-6,
                        second.carrier_frequency_hz * 1e-6, " MHz")) {
    return why;
  }
  if (auto why = differ("transmit ports", first.tx_ports, second.tx_ports, "")) return why;
  if (auto why = differ("receive branches", first.rx_branches, second.rx_branches, "")) return why;
  if (auto why =
          differ("branches within the gain", first.branches_in_gain, second.branches_in_gain, "")) {
    return why;
  }
  if (auto why = differ("total powers", total_power_dbm(first.power, first.tx_ports),
                        total_power_dbm(second.power, second.tx_ports), " dBm")) {
    return why;
  }
  if (auto why = differ("antenna gains", first.antenna_gain_dbi, second.antenna_gain_dbi, " dBi")) {
    return why;
  }
  if (auto why = differ("broadcast offsets", first.broadcast_offset_db, second.broadcast_offset_db,
                        " dB")) {
    return why;
  }
  if (auto why = differ("noise figures", first.noise_figure_db, second.noise_figure_db, " dB")) {
    return why;
  }
  if (auto why = differ("feeder losses", first.feeder_loss_db, second.feeder_loss_db, " dB")) {
    return why;
  }
  if (auto why = differ("horizontal beamwidths", first.horizontal_beamwidth_deg,
                        second.horizontal_beamwidth_deg, " degrees")) {
    return why;
  }
  return differ("vertical beamwidths", first.vertical_beamwidth_deg, second.vertical_beamwidth_deg,
                " degrees");
}

Radio dual_stacked_radio(const RadioUnit& first, const RadioUnit& second, const DualStack& stack) {
  if (const auto why = why_unlike(first, second)) refuse(*why);
  if (!(stack.coherence_efficiency_db <= 0.0 && stack.coherence_efficiency_db >= -kDoublingDb)) {
    refuse("the coherence efficiency " + number_text(stack.coherence_efficiency_db) +
           " dB is not between -3.01 dB (no array gain left) and 0 dB (all of it): -0.3 is usual");
  }
  Radio radio = single_radio(first);
  radio.units = 2;
  radio.power_sum_db = kDoublingDb;
  radio.coherence_efficiency_db = stack.coherence_efficiency_db;
  radio.coherent_gain_db = kDoublingDb + stack.coherence_efficiency_db;
  radio.tx_ports *= 2;
  radio.rx_branches *= 2;
  // Twice the aperture in one plane halves the beam of what is precoded over it. A broadcast beam,
  // sent from ports that are not phased together, stays one panel's.
  if (stack.arrangement == StackArrangement::side_by_side) {
    radio.precoded_horizontal_beamwidth_deg *= 0.5;
  } else {
    radio.precoded_vertical_beamwidth_deg *= 0.5;
  }
  return radio;
}

}  // namespace yonder::nr
