#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/nr/channel.h"
#include "core/nr/radio.h"
#include "core/nr/terminal.h"

/// The link budget of one channel between one cell and one terminal, as a table.
namespace yonder::nr {

/// What is kept in hand between the median and the need.
struct LinkMargins {
  double slow_fading_db = 0.0;            ///< from slow_fading.h; not held against ss_rsrp, whose
                                          ///< threshold is one of medians
  double time_db = 0.0;                   ///< for the share of time beyond the loss's own
  double downlink_interference_db = 0.0;  ///< rise over noise at the terminal
  double uplink_interference_db = 1.0;    ///< rise over noise at the base station
};

struct LinkEnds {
  double subcarrier_spacing_hz = 15e3;
  int resource_blocks = 0;  ///< of the downlink carrier
  Radio radio;
  TerminalRadio terminal;
  LinkMargins margins;
};

/// A channel's budget. Losses are basic transmission losses between isotropic antennas.
struct LinkTable {
  PhysicalChannel channel = PhysicalChannel::ssb;
  std::vector<BudgetRow> rows;   ///< in the order of reading
  double sensitivity_dbm = 0.0;  ///< power in the channel's bandwidth, per branch, interference in
  double transmit_power_dbm = 0.0;  ///< in the channel's bandwidth
  double mcl_db = 0.0;              ///< P_tx - sensitivity, at the antenna ports
  double mil_db = 0.0;              ///< MCL + antenna gains - feeder
  double mpl_db = 0.0;              ///< MIL - margins - penetration - body: the largest basic loss

  /// What is left (>= 0: served) when the path loses `loss_db`.
  double margin_db(double loss_db) const { return mpl_db - loss_db; }
};

/// Puts a table together. The base station's gain is the radio's peak; for another direction set
/// radio.antenna_gain_dbi and broadcast_gain_dbi to the gains there: MIL, MPL and the margin move
/// by the same dB. Of ss_rsrp the sensitivity is the threshold per resource element, and MCL, MIL
/// and MPL follow the same way. Precondition: resource_blocks > 0.
LinkTable make_link_table(const LinkEnds& ends, const ChannelDemand& demand);

/// What each channel is asked to do.
struct ChannelPlan {
  CarrierRole role = CarrierRole::nr;
  Surface surface = Surface::land;
  double rsrp_threshold_dbm = -110.0;
  int downlink_blocks = 275;  ///< of the carrier: SSB and PDCCH must fit
  int ssb_shots = 4;
  std::string_view prach_format = "0";
  double prach_spacing_hz = 1250.0;
  int msg3_repetitions = 1;
  PucchFormat pucch_format = PucchFormat::f1;
  double uplink_spacing_hz = 15e3;  ///< of PUSCH, PUCCH, Msg3 and VoNR
  std::optional<Allocation> pdsch;  ///< nullopt: left out
  std::optional<Allocation> pusch;  ///< nullopt: left out
  bool vonr = true;
  double bler_target = kUsualBler;     ///< of data, not of voice
  double vonr_slots = kMostVonrSlots;  ///< uplink slots in 20 ms that may carry it
};

/// The demands of all channels that the role has, in the order of enum PhysicalChannel. Throws
/// std::invalid_argument as the demands' functions do, and for a carrier narrower than an SSB.
std::vector<ChannelDemand> channel_demands(const ChannelPlan& plan, double downlink_spacing_hz,
                                           int terminal_rx_antennas, int base_station_branches);

/// The tables of all channels.
std::vector<LinkTable> link_tables(const LinkEnds& ends, const ChannelPlan& plan);

/// Median SS-RSRP in dBm: EPRE + G_bs - L_feeder - L_b + G_ue - L_body - L_penetration (data's body
/// loss); no margins.
double median_rsrp_dbm(const LinkEnds& ends, double loss_db);

}  // namespace yonder::nr
