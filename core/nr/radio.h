#pragma once

#include <optional>
#include <string>

/// Base-station radios: what one unit (RRU or AAU) does, and what two dual-stacked ones do, each
/// effect as a term of its own so that none is counted twice.
namespace yonder::nr {

/// Whether a stated power is the sum over the ports or that of each.
enum class PowerBasis { total, per_port };

struct TransmitPower {
  double power_dbm = 0.0;
  PowerBasis basis = PowerBasis::total;
};

/// Power summed over all ports. Throws std::invalid_argument for fewer than one port.
double total_power_dbm(const TransmitPower& power, int tx_ports);

/// One radio unit with its antenna.
struct RadioUnit {
  double carrier_frequency_hz = 0.0;  ///< 0: not stated
  TransmitPower power;
  int tx_ports = 4;
  int rx_branches = 4;
  /// Peak gain that a channel precoded for one terminal gets: of a passive antenna its gain, of an
  /// active array that of the traffic beam.
  double antenna_gain_dbi = 0.0;
  /// Gain of the broadcast beam (SSB, PDCCH without precoding) over antenna_gain_dbi: 0 for passive
  /// antennas, -4 to -2 dB for 64T arrays.
  double broadcast_offset_db = 0.0;
  /// Receive branches whose combining is already in antenna_gain_dbi (an array of 64 branches whose
  /// gain is that of the traffic beam of each polarization: 32); a divisor of rx_branches.
  int branches_in_gain = 1;
  double noise_figure_db = 2.5;
  double feeder_loss_db = 0.0;
  double horizontal_beamwidth_deg = 0.0;  ///< 0: not stated
  double vertical_beamwidth_deg = 0.0;    ///< 0: not stated
};

/// How the two panels of a dual-stacked pair stand.
enum class StackArrangement {
  side_by_side,  ///< narrows the precoded beam in azimuth
  stacked        ///< one above the other: narrows it in elevation
};

struct DualStack {
  StackArrangement arrangement = StackArrangement::side_by_side;
  double coherence_efficiency_db = -0.3;  ///< of the ideal 3.01 dB array gain; <= 0
};

/// A cell's radio: one unit, or two. Gains are relative to one unit.
struct Radio {
  int units = 1;
  double unit_power_dbm = 0.0;           ///< of one unit, summed over its ports
  double power_sum_db = 0.0;             ///< both units transmit: 10 log10(units)
  double coherent_gain_db = 0.0;         ///< array gain less efficiency; precoded channels only
  double coherence_efficiency_db = 0.0;  ///< the part of coherent_gain_db that is lost (<= 0)
  int tx_ports = 0;                      ///< of all units
  int rx_branches = 0;                   ///< of all units
  int branches_in_gain = 1;
  double antenna_gain_dbi = 0.0;    ///< of one unit: the peak of a precoded beam
  double broadcast_gain_dbi = 0.0;  ///< of one unit
  double noise_figure_db = 0.0;
  double feeder_loss_db = 0.0;
  double horizontal_beamwidth_deg = 0.0;  ///< of broadcast channels: one panel's; 0: not stated
  double vertical_beamwidth_deg = 0.0;
  double precoded_horizontal_beamwidth_deg = 0.0;  ///< of a beam over all panels
  double precoded_vertical_beamwidth_deg = 0.0;

  double total_power_dbm() const { return unit_power_dbm + power_sum_db; }
  /// Branches that combining and diversity may still count.
  int combining_branches() const { return rx_branches / branches_in_gain; }
};

/// A cell with one unit. Throws std::invalid_argument for numbers that cannot be.
Radio single_radio(const RadioUnit& unit);

/// Why two units cannot be dual-stacked (they differ in ...), as a sentence; nullopt: they can.
std::optional<std::string> why_unlike(const RadioUnit& first, const RadioUnit& second);

/// Two like units on one sector. The power sum is +3.01 dB for every channel; the coherent gain
/// holds only for what is precoded over both panels. Uplink: twice the branches, and no array gain
/// beside their combining. Throws std::invalid_argument for unlike units.
Radio dual_stacked_radio(const RadioUnit& first, const RadioUnit& second, const DualStack& stack);

}  // namespace yonder::nr
