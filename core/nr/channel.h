#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/nr/mcs.h"
#include "core/nr/required_sinr.h"

/// What each physical channel of NR needs: its resource, and the SINR per receive branch at which
/// it works, with the derivation of that figure.
namespace yonder::nr {

enum class PhysicalChannel { ss_rsrp, ssb, pdcch, pdsch, prach, msg3, pucch, pusch, vonr };

/// What a carrier is there for.
enum class CarrierRole {
  nr,
  supplementary_uplink,  ///< uplink beside an NR downlink on another carrier
  lte                    ///< voice where NR does not carry it
};

std::string_view channel_name(PhysicalChannel channel,
                              CarrierRole role = CarrierRole::nr);  ///< "SSB/PBCH"
std::string_view channel_name_zh(PhysicalChannel channel, CarrierRole role = CarrierRole::nr);
/// Whether a carrier's budget has the channel: an uplink has no downlink's, and of LTE, which is
/// there for voice, data is not judged.
bool has_channel(CarrierRole role, PhysicalChannel channel);
bool is_uplink(PhysicalChannel channel);
/// Whether the base station precodes it for one terminal: PDSCH.
bool is_precoded(PhysicalChannel channel);

/// One line of a budget as planners know it from spreadsheets. Texts are literals.
struct BudgetRow {
  std::string_view key;  ///< "epre_dbm"
  double value = 0.0;
  std::string_view unit;  ///< "dBm"
  std::string_view name;  ///< "power per resource element"
  std::string_view source;
};

/// What lies below the path, for the margin that multipath costs.
enum class Surface { land, sea };

/// What fast fading costs with that many combined branches: over land fading_loss_db(branches) of
/// required_sinr.h (4 / 2.5 / 1.5 dB with 2 / 4 / 8); at sea, where little scatters, at most 1.5
/// dB.
double fading_loss_db(int branches, Surface surface);
inline constexpr double kMostFadingAtSeaDb = 1.5;

/// What a channel needs.
struct ChannelDemand {
  PhysicalChannel channel = PhysicalChannel::ssb;
  int resource_blocks = 0;            ///< of the carrier's numerology; 0: not in blocks (PRACH)
  double bandwidth_hz = 0.0;          ///< over which power is spread and noise collected
  double required_sinr_db = 0.0;      ///< per branch; of ss_rsrp unused
  double threshold_rsrp_dbm = 0.0;    ///< ss_rsrp only
  std::vector<BudgetRow> derivation;  ///< rows whose sum is required_sinr_db
};

/// A data channel's part in a carrier: what carries a rate.
struct Allocation {
  int resource_blocks = 0;
  double spectral_efficiency = 0.0;  ///< bits per resource element that holds data
  int bits_per_symbol = 2;
};

/// SS-RSRP at a threshold: no SINR.
ChannelDemand ss_rsrp_demand(double threshold_dbm);
/// SSB of 20 blocks, one shot or four combined (`shots` 1 or 4).
ChannelDemand ssb_demand(double subcarrier_spacing_hz, int shots, int rx_branches);
inline constexpr int kSsbBlocks = 20;  ///< TS 38.211 section 7.4.3.1
/// LTE's PBCH of 6 blocks, held to the SSB's figures.
ChannelDemand pbch_demand(int shots, int rx_branches);
/// PDCCH over 2 symbols at the highest aggregation level that fits into the carrier: 16 in 48
/// blocks, each half of it (8 in 24, 4 in 12, 2 in 6) needs 3 dB more. Throws std::invalid_argument
/// for fewer than 6 blocks.
ChannelDemand pdcch_demand(double subcarrier_spacing_hz, int rx_branches, int carrier_blocks = 275);
/// LTE's PDCCH of 8 control channel elements (TS 36.211 section 6.8.1: 288 resource elements), by
/// the energy of NR's figure, which is over 864.
ChannelDemand lte_pdcch_demand(int rx_branches);
/// PRACH: preamble format "0" to "3", "A1" to "A3", "B1" to "B4", "C0", "C2", "LTE 1" to "LTE 3";
/// the spacing is the preamble's own (1.25 or 5 kHz for the long ones, 15 or 30 kHz for the short
/// ones). Format 0's figure is TS 38.104's for TDL-C; the others need the same energy (sequence
/// length times repetitions). Throws std::invalid_argument for other formats.
ChannelDemand prach_demand(std::string_view format, double preamble_spacing_hz, int rx_branches);
/// Msg3 of 2 blocks sent `repetitions` times.
ChannelDemand msg3_demand(double subcarrier_spacing_hz, int repetitions, int rx_branches);
enum class PucchFormat { f1, f3 };
ChannelDemand pucch_demand(double subcarrier_spacing_hz, PucchFormat format, int rx_branches);
/// First transmissions that may fail: the rate that the gaps and the usual link adaptation are for.
inline constexpr double kUsualBler = 0.1;
/// PDSCH, PUSCH or VoNR: 10 log10(2^SE - 1) + gap + channel estimation + fading - 10 log10 N_rx,
/// and for another block error rate than 10 % the shift of bler_shift_db(), with the bits of one
/// slot.
ChannelDemand data_demand(PhysicalChannel channel, double subcarrier_spacing_hz,
                          const Allocation& allocation, int rx_branches, Surface surface,
                          double bler_target = kUsualBler);

inline constexpr double kMostVonrSlots = 8.0;
/// VoNR: EVS 13.2 kbit/s, 328 bits in 20 ms over 2 blocks in 8 slots of 11 data symbols; in fewer
/// where the pattern has no 8 uplink slots in 20 ms. Throws std::invalid_argument for `slots` not
/// above 0.
Allocation vonr_allocation(double slots = kMostVonrSlots);

/// What an allocation of PUSCH or PDSCH may use.
struct DataLimits {
  int resource_blocks = 0;         ///< of the carrier
  double slots_per_second = 1000;  ///< that carry this direction: the numerology's times its share
  double bler = 0.1;
  double data_elements_per_block = 132;  ///< in a slot: 12 subcarriers by 11 symbols
  bool transform_precoding = true;  ///< PUSCH: blocks are 2^a 3^b 5^c (TS 38.211 section 6.3.1.4)
};

/// The blocks that carry the rate at the most robust step of an MCS table that can carry it within
/// the carrier. Rates are those of many blocks on average; whole transport blocks
/// (TS 38.214 section 5.1.3.2) may carry a few per cent less. nullopt: even the whole carrier at
/// the highest step cannot.
std::optional<Allocation> most_robust_allocation(double rate_bps, const DataLimits& limits,
                                                 std::span<const Mcs> table);

/// Rate that an allocation carries, bit/s.
double carried_rate_bps(const Allocation& allocation, const DataLimits& limits);

/// Uplink power control, TS 38.213 section 7.1.1.
struct PowerControl {
  double p0_dbm = -90.0;  ///< P_O per block of 15 kHz spacing
  double alpha = 1.0;
  double delta_tf_db = 0.0;
  double closed_loop_db = 0.0;
};
/// min(P_cmax, P0 + 10 log10(2^mu M) + alpha PL + Delta_TF + f) in dBm. `path_loss_db` is between
/// the antenna ports, as terminals measure it.
double pusch_power_dbm(const PowerControl& control, double max_power_dbm,
                       double subcarrier_spacing_hz, int resource_blocks, double path_loss_db);

}  // namespace yonder::nr
