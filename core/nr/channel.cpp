#include "core/nr/channel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "core/contracts.h"
#include "core/nr/numerology.h"
#include "core/text.h"

namespace yonder::nr {
namespace {

constexpr int kSubcarriers = 12;
constexpr double kDataElements = 132.0;  // of a block in a slot: 12 subcarriers by 11 symbols
constexpr std::string_view kDefault = "Yonder: planning default";
constexpr std::string_view kShannon = "Shannon";
constexpr std::string_view kGap = "fitted to AWGN BLER curves at 10 %";

struct ChannelText {
  std::string_view en, zh;
};
constexpr auto kNames = std::to_array<ChannelText>({{"SS-RSRP", "SS-RSRP 电平"},
                                                    {"SSB/PBCH", "SSB/PBCH 同步广播"},
                                                    {"PDCCH", "PDCCH 下行控制"},
                                                    {"PDSCH", "PDSCH 下行数据"},
                                                    {"PRACH", "PRACH 随机接入"},
                                                    {"Msg3", "Msg3 连接请求"},
                                                    {"PUCCH", "PUCCH 上行控制"},
                                                    {"PUSCH", "PUSCH 上行数据"},
                                                    {"VoNR", "VoNR 语音"}});
constexpr auto kLteNames = std::to_array<ChannelText>({{"RSRP", "RSRP 电平"},
                                                       {"PBCH", "PBCH 广播"},
                                                       {"PDCCH", "PDCCH 下行控制"},
                                                       {"PDSCH", "PDSCH 下行数据"},
                                                       {"PRACH", "PRACH 随机接入"},
                                                       {"Msg3", "Msg3 连接请求"},
                                                       {"PUCCH", "PUCCH 上行控制"},
                                                       {"PUSCH", "PUSCH 上行数据"},
                                                       {"VoLTE", "VoLTE 语音"}});

const ChannelText& text_of(PhysicalChannel channel, CarrierRole role) {
  return (role == CarrierRole::lte ? kLteNames : kNames)[static_cast<std::size_t>(channel)];
}

double bandwidth_hz(int resource_blocks, double subcarrier_spacing_hz) {
  return kSubcarriers * resource_blocks * subcarrier_spacing_hz;
}

double ratio_db(double ratio) { return 10.0 * std::log10(ratio); }

void sum_up(ChannelDemand& demand) {
  demand.required_sinr_db = 0.0;
  for (const BudgetRow& row : demand.derivation) demand.required_sinr_db += row.value;
}

/// A figure known for `known` branches, brought to `branches`: combining, and what diversity saves.
/// The figures hold over land, and are not lowered at sea.
void add_reference(ChannelDemand& demand, double sinr_db, std::string_view source, int known,
                   int branches) {
  demand.derivation.push_back({"reference_sinr_db", sinr_db, "dB",
                               known == 2 ? "SINR with 2 branches" : "SINR with 4 branches",
                               source});
  if (branches == known) return;
  demand.derivation.push_back({"combining_db", -ratio_db(static_cast<double>(branches) / known),
                               "dB", "combining of the other branches", "maximum ratio"});
  demand.derivation.push_back(
      {"diversity_db",
       fading_loss_db(branches, Surface::land) - fading_loss_db(known, Surface::land), "dB",
       "fading with these branches", kDefault});
}

ChannelDemand in_blocks(PhysicalChannel channel, int resource_blocks,
                        double subcarrier_spacing_hz) {
  ChannelDemand demand;
  demand.channel = channel;
  demand.resource_blocks = resource_blocks;
  demand.bandwidth_hz = bandwidth_hz(resource_blocks, subcarrier_spacing_hz);
  return demand;
}

/// TS 38.211 tables 6.3.3.1-1 and -2: sequence length and how often it is repeated.
struct Preamble {
  std::string_view format;
  int length, repetitions;
};
constexpr auto kPreambles = std::to_array<Preamble>({{"0", 839, 1},
                                                     {"1", 839, 2},
                                                     {"2", 839, 4},
                                                     {"3", 839, 4},
                                                     {"A1", 139, 2},
                                                     {"A2", 139, 4},
                                                     {"A3", 139, 6},
                                                     {"B1", 139, 2},
                                                     {"B2", 139, 4},
                                                     {"B3", 139, 6},
                                                     {"B4", 139, 12},
                                                     {"C0", 139, 1},
                                                     {"C2", 139, 4},
                                                     {"LTE 1", 839, 1},
                                                     {"LTE 2", 839, 2},
                                                     {"LTE 3", 839, 2}});

double block_rate_bps(double spectral_efficiency, const DataLimits& limits) {
  return limits.data_elements_per_block * spectral_efficiency * limits.slots_per_second *
         (1.0 - limits.bler);
}

}  // namespace

std::string_view channel_name(PhysicalChannel channel, CarrierRole role) {
  return text_of(channel, role).en;
}

std::string_view channel_name_zh(PhysicalChannel channel, CarrierRole role) {
  return text_of(channel, role).zh;
}

bool has_channel(CarrierRole role, PhysicalChannel channel) {
  if (role == CarrierRole::supplementary_uplink) return is_uplink(channel);
  if (role == CarrierRole::nr) return true;
  return channel != PhysicalChannel::pdsch && channel != PhysicalChannel::pusch;
}

bool is_uplink(PhysicalChannel channel) { return channel >= PhysicalChannel::prach; }

bool is_precoded(PhysicalChannel channel) { return channel == PhysicalChannel::pdsch; }

double fading_loss_db(int branches, Surface surface) {
  if (branches < 1) {
    throw std::invalid_argument("a receiver with " + std::to_string(branches) +
                                " branches hears nothing: give 1 or more");
  }
  const double land_db = fading_loss_db(branches);
  return surface == Surface::sea ? std::min(land_db, kMostFadingAtSeaDb) : land_db;
}

ChannelDemand ss_rsrp_demand(double threshold_dbm) {
  ChannelDemand demand;
  demand.channel = PhysicalChannel::ss_rsrp;
  demand.threshold_rsrp_dbm = threshold_dbm;
  return demand;
}

ChannelDemand ssb_demand(double subcarrier_spacing_hz, int shots, int rx_branches) {
  if (shots != 1 && shots != 4) {
    throw std::invalid_argument("a figure for SSB is known with 1 or 4 combined, not " +
                                std::to_string(shots));
  }
  ChannelDemand demand = in_blocks(PhysicalChannel::ssb, kSsbBlocks, subcarrier_spacing_hz);
  add_reference(demand, -6.0, kDefault, 2, rx_branches);
  if (shots == 4) {
    demand.derivation.push_back({"shots_db", -4.0, "dB", "four receptions combined", kDefault});
  }
  sum_up(demand);
  return demand;
}

ChannelDemand pbch_demand(int shots, int rx_branches) {
  constexpr int kBlocks = 6;  // TS 36.211 section 6.6.4
  constexpr double kSpacingHz = 15e3;
  ChannelDemand demand = ssb_demand(kSpacingHz, shots, rx_branches);
  demand.resource_blocks = kBlocks;
  demand.bandwidth_hz = bandwidth_hz(kBlocks, kSpacingHz);
  return demand;
}

ChannelDemand pdcch_demand(double subcarrier_spacing_hz, int rx_branches, int carrier_blocks) {
  constexpr int kBlocks = 48, kFewestBlocks = 6;  // aggregation levels 16 and 2
  if (carrier_blocks < kFewestBlocks) {
    throw std::invalid_argument("a PDCCH does not fit into a carrier of " +
                                std::to_string(carrier_blocks) + " resource blocks");
  }
  int blocks = kBlocks;
  while (blocks > carrier_blocks) blocks /= 2;
  ChannelDemand demand = in_blocks(PhysicalChannel::pdcch, blocks, subcarrier_spacing_hz);
  add_reference(demand, -5.0, kDefault, 2, rx_branches);
  if (blocks < kBlocks) {
    demand.derivation.push_back({"aggregation_db", ratio_db(static_cast<double>(kBlocks) / blocks),
                                 "dB", "fewer control elements than 16", "same energy"});
  }
  sum_up(demand);
  return demand;
}

ChannelDemand lte_pdcch_demand(int rx_branches) {
  constexpr double kElements = 288.0;    // 8 control channel elements of 9 groups of 4
  constexpr double kNrElements = 864.0;  // 48 blocks over 2 symbols less the reference signals
  constexpr int kBlocks = 24;            // 288 elements in one symbol
  ChannelDemand demand = in_blocks(PhysicalChannel::pdcch, kBlocks, 15e3);
  add_reference(demand, -5.0, kDefault, 2, rx_branches);
  demand.derivation.push_back({"aggregation_db", ratio_db(kNrElements / kElements), "dB",
                               "8 control channel elements of LTE", "same energy"});
  sum_up(demand);
  return demand;
}

ChannelDemand prach_demand(std::string_view format, double preamble_spacing_hz, int rx_branches) {
  const Preamble* preamble = nullptr;
  for (const Preamble& candidate : kPreambles) {
    if (candidate.format == format) preamble = &candidate;
  }
  if (preamble == nullptr) {
    throw std::invalid_argument("'" + std::string(format) +
                                "' is no PRACH format with a known SINR; those are 0 to 3, A1 to "
                                "A3, B1 to B4, C0, C2, and LTE 1 to LTE 3");
  }
  if (rx_branches < 1) throw std::invalid_argument("PRACH needs a receive branch");
  ChannelDemand demand;
  demand.channel = PhysicalChannel::prach;
  demand.bandwidth_hz = preamble->length * preamble_spacing_hz;
  demand.derivation.push_back({"reference_sinr_db", -6.6, "dB",
                               "format 0, TDL-C 300 ns, 2 branches", "TS 38.104 section 8.4"});
  if (preamble->length * preamble->repetitions != 839) {
    demand.derivation.push_back({"energy_db",
                                 -ratio_db(preamble->length * preamble->repetitions / 839.0), "dB",
                                 "same energy in this format", "TS 38.211 section 6.3.3.1"});
  }
  if (rx_branches != 2) {
    demand.derivation.push_back({"branches_db", -2.0 * std::log2(rx_branches / 2.0), "dB",
                                 "2 dB per doubling of branches", "TS 38.104 section 8.4"});
  }
  sum_up(demand);
  return demand;
}

ChannelDemand msg3_demand(double subcarrier_spacing_hz, int repetitions, int rx_branches) {
  if (repetitions < 1) throw std::invalid_argument("Msg3 is sent once or more: repetitions 1");
  ChannelDemand demand = in_blocks(PhysicalChannel::msg3, 2, subcarrier_spacing_hz);
  add_reference(demand, -5.0, kDefault, 4, rx_branches);
  if (repetitions > 1) {
    demand.derivation.push_back({"repetition_db", -(ratio_db(repetitions) - 1.0), "dB",
                                 "repetition, 1 dB short of 10 log10 K", kDefault});
  }
  sum_up(demand);
  return demand;
}

ChannelDemand pucch_demand(double subcarrier_spacing_hz, PucchFormat format, int rx_branches) {
  ChannelDemand demand = in_blocks(PhysicalChannel::pucch, 1, subcarrier_spacing_hz);
  add_reference(demand, format == PucchFormat::f1 ? -8.0 : -5.0, kDefault, 4, rx_branches);
  sum_up(demand);
  return demand;
}

ChannelDemand data_demand(PhysicalChannel channel, double subcarrier_spacing_hz,
                          const Allocation& allocation, int rx_branches, Surface surface,
                          double bler_target) {
  YONDER_EXPECTS(channel == PhysicalChannel::pdsch || channel == PhysicalChannel::pusch ||
                 channel == PhysicalChannel::vonr);
  if (allocation.resource_blocks < 1 || !(allocation.spectral_efficiency > 0.0)) {
    throw std::invalid_argument(
        "an allocation needs at least one resource block and a spectral efficiency above 0");
  }
  ChannelDemand demand = in_blocks(channel, allocation.resource_blocks, subcarrier_spacing_hz);
  demand.derivation = {
      {"shannon_sinr_db", shannon_sinr_db(allocation.spectral_efficiency), "dB",
       "10 log10(2^SE - 1)", kShannon},
      {"gap_db", implementation_gap_db(allocation.bits_per_symbol), "dB", "gap to Shannon's bound",
       kGap},
      {"channel_estimation_db", LinkAssumptions{}.channel_estimation_loss_db, "dB",
       "channel estimation", kDefault},
      {"fading_db", fading_loss_db(rx_branches, surface), "dB", "fast fading", kDefault},
      {"combining_db", -ratio_db(rx_branches), "dB", "combining of branches", "maximum ratio"}};
  if (bler_target != kUsualBler) {
    const double bits = allocation.resource_blocks * kDataElements * allocation.spectral_efficiency;
    demand.derivation.push_back(
        {"bler_db", bler_shift_db(allocation.spectral_efficiency, bits, bler_target), "dB",
         "another block error rate than 10 %", "finite block length"});
  }
  sum_up(demand);
  return demand;
}

Allocation vonr_allocation(double slots) {
  if (!(slots > 0.0)) throw std::invalid_argument("VoNR needs uplink slots that carry data");
  constexpr double kBits = 328.0;  // EVS 13.2 kbit/s with headers, every 20 ms
  constexpr double kElementsPerSlot = 2.0 * kDataElements;
  return {.resource_blocks = 2,
          .spectral_efficiency = kBits / (kElementsPerSlot * std::min(slots, kMostVonrSlots)),
          .bits_per_symbol = 2};
}

std::optional<Allocation> most_robust_allocation(double rate_bps, const DataLimits& limits,
                                                 std::span<const Mcs> table) {
  if (!(rate_bps > 0.0)) throw std::invalid_argument("a rate must be above 0 bit/s");
  for (const Mcs& step : table) {
    const double needed = rate_bps / block_rate_bps(step.spectral_efficiency(), limits);
    if (!(needed <= limits.resource_blocks)) continue;
    int blocks = std::max(1, static_cast<int>(std::ceil(needed)));
    if (limits.transform_precoding) {
      while (!is_transform_size(blocks)) ++blocks;
      if (blocks > limits.resource_blocks) continue;
    }
    return Allocation{.resource_blocks = blocks,
                      .spectral_efficiency = step.spectral_efficiency(),
                      .bits_per_symbol = step.modulation_order};
  }
  return std::nullopt;
}

double carried_rate_bps(const Allocation& allocation, const DataLimits& limits) {
  return allocation.resource_blocks * block_rate_bps(allocation.spectral_efficiency, limits);
}

double pusch_power_dbm(const PowerControl& control, double max_power_dbm,
                       double subcarrier_spacing_hz, int resource_blocks, double path_loss_db) {
  YONDER_EXPECTS(resource_blocks > 0);
  const double blocks_of_15_khz = subcarrier_spacing_hz / 15e3 * resource_blocks;  // 2^mu M
  return std::min(max_power_dbm, control.p0_dbm + ratio_db(blocks_of_15_khz) +
                                     control.alpha * path_loss_db + control.delta_tf_db +
                                     control.closed_loop_db);
}

}  // namespace yonder::nr
