#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cell.h"
#include "scenarios/scenario_error.h"

/// What a scenario says about NR service: the uplink, time division, radios, random access,
/// terminals and the rules of service. Plain numbers, as written; scenarios/nr_plan.h turns them
/// into what core/nr computes with.
namespace yonder::scenarios {

/// Text shown to users, English with an optional Chinese form.
struct Label {
  std::string en;
  std::string zh;
};

/// One period of a TDD carrier.
struct TddConfig {
  std::string slots;  ///< "DDDDDDDSUU"
  int downlink_symbols = 0;
  int guard_symbols = 0;
  int uplink_symbols = 0;
  std::optional<int> lte_configuration;  ///< 0..6: LTE's pattern instead of `slots`
  int lte_special = 7;                   ///< special subframe configuration 0..9
  SourceMark mark;
};

/// A carrier with what the uplink and throughput need beyond the engine's view of it.
struct CarrierConfig : Carrier {
  std::string band;           ///< "n28", "B3"; empty: not given
  std::string duplex;         ///< "fdd", "tdd", "sul"; empty: neither given nor known from the band
  double bandwidth_hz = 0.0;  ///< 0: not given
  bool blocks_given = false;  ///< resource_blocks was written, not taken from the bandwidth
  double uplink_frequency_hz = 0.0;  ///< 0: unknown
  int uplink_resource_blocks = 0;    ///< 0: as the downlink
  std::optional<TddConfig> tdd;
  bool beside_lte = false;
  std::string mcs_table = "qam256";
  double overhead = 0.14;        ///< share of the resource elements
  std::optional<double> p0_dbm;  ///< power control; absent: full power
  double alpha = 1.0;
  int anchor_priority = 0;
  std::optional<double> anchor_rsrp_dbm;
  SourceMark mark;
};

enum class DualStack { none, stacked, side_by_side };

/// A cell's radio and its random access.
struct CellRadioConfig {
  int tx_ports = 4;  ///< of one radio
  int rx_ports = 4;  ///< of one radio
  DualStack dual_stack = DualStack::none;
  double dual_stack_efficiency_db = -0.3;
  std::optional<double> second_radio_power_w;
  std::optional<int> second_radio_tx_ports;
  double ssb_offset_db = 0.0;
  int branches_in_gain = 1;
  double noise_figure_db = 2.5;
  double uplink_interference_db = 1.0;
  double load = 0.5;  ///< share of the downlink's resource blocks in use
  std::string prach_format = "0";
  std::optional<double> prach_scs_hz;
  std::optional<int> n_cs;
  std::string prach_restricted_set = "none";
  std::optional<int> root_sequence_index;
  double delay_spread_s = 5e-6;
  double fibre_m = 0.0;
  bool fibre_compensated = false;
};

/// A terminal: a profile by name, and what it takes otherwise.
struct TerminalConfig {
  std::string id;
  std::optional<Label> name;
  std::string profile = "handset_outdoors";
  std::optional<double> height_agl_m;
  std::optional<double> gain_dbi;
  std::optional<double> body_loss_db;
  std::optional<double> voice_body_loss_db;
  std::optional<double> penetration_loss_db;
  std::optional<double> power_dbm;
  std::optional<double> noise_figure_db;
  std::optional<int> tx_antennas;
  std::optional<int> rx_antennas;
  SourceMark mark;
};

struct FadingConfig {
  double sigma_db = 6.0;
  double edge_probability = 0.9;  ///< ignored when area_probability is given
  std::optional<double> area_probability;
  double exponent = 3.5;
  double sea_margin_db = 3.0;
  double sea_sigma_db =
      2.34;  ///< 3 dB, which sea links are planned with, are then 90 % of the time
};

struct ServiceClassesConfig {
  double continuous_rsrp_dbm = -105.0;
  double continuous_sinr_db = -3.0;
  double continuous_uplink_margin_db = 0.0;
  double effective_rsrp_dbm = -115.0;
  double effective_sinr_db = -6.0;
  double effective_voice_margin_db = 0.0;
  double weak_rsrp_dbm = -125.0;
};

struct ServiceConfig {
  double uplink_rate_bps = 100e3;
  double bler_target = 0.1;  ///< of first transmissions of data
  int ssb_shots = 4;
  int msg3_repetitions = 1;
  int servers = 4;
  double overlap_db = 6.0;
  double anchor_hysteresis_db = 0.0;
  double lte_rsrp_dbm = -120.0;  ///< of one port, from which an LTE cell is good for voice
  bool carrier_aggregation = false;
  bool best_uplink = false;  ///< else the uplink goes over the downlink's carrier
  bool ducting = false;
  std::optional<double> prach_reuse_m;
  FadingConfig fading;
  ServiceClassesConfig classes;
  std::vector<std::string> layers;  ///< as named in the scenario
  SourceMark mark;
};

}  // namespace yonder::scenarios
