#include "core/nr/link_table.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "core/contracts.h"
#include "core/link_budget.h"
#include "core/nr/numerology.h"

namespace yonder::nr {
namespace {

constexpr std::string_view kScenario = "scenario";
constexpr std::string_view kSum = "sum of the above";

double ratio_db(double ratio) { return 10.0 * std::log10(ratio); }

class Table {
 public:
  Table(const LinkEnds& ends, const ChannelDemand& demand) : ends_(ends), demand_(demand) {
    YONDER_EXPECTS(ends.resource_blocks > 0);
    table_.channel = demand.channel;
  }

  LinkTable make() {
    const bool uplink = is_uplink(demand_.channel);
    if (uplink) {
      transmit_uplink();
    } else {
      transmit_downlink();
    }
    receive(uplink);
    gains(uplink);
    losses();
    return std::move(table_);
  }

 private:
  void row(std::string_view key, double value, std::string_view unit, std::string_view name,
           std::string_view source) {
    table_.rows.push_back({key, value, unit, name, source});
  }

  bool is_rsrp() const { return demand_.channel == PhysicalChannel::ss_rsrp; }

  void transmit_downlink() {
    const Radio& radio = ends_.radio;
    if (radio.units > 1) {
      row("unit_power_dbm", radio.unit_power_dbm, "dBm", "power of one unit, all ports", kScenario);
      row("power_sum_db", radio.power_sum_db, "dB", "both units transmit", "dual stack");
    }
    row("total_power_dbm", radio.total_power_dbm(), "dBm", "power, summed over all ports",
        kScenario);
    row("carrier_elements_db", -ratio_db(12.0 * ends_.resource_blocks), "dB",
        "spread over the carrier's subcarriers", "-10 log10(12 N_RB)");
    const double epre = epre_dbm(radio.total_power_dbm(), ends_.resource_blocks);
    row("epre_dbm", epre, "dBm", "power per resource element", kSum);
    if (is_rsrp()) {
      table_.transmit_power_dbm = epre;
      return;
    }
    row("channel_elements_db", ratio_db(12.0 * demand_.resource_blocks), "dB",
        "subcarriers of the channel", "10 log10(12 blocks)");
    table_.transmit_power_dbm = epre + ratio_db(12.0 * demand_.resource_blocks);
    row("transmit_power_dbm", table_.transmit_power_dbm, "dBm", "power in the channel", kSum);
  }

  void transmit_uplink() {
    table_.transmit_power_dbm = ends_.terminal.max_power_dbm;
    row("transmit_power_dbm", table_.transmit_power_dbm, "dBm", "terminal's full power",
        "TS 38.101-1 section 6.2.1");
  }

  void receive(bool uplink) {
    if (is_rsrp()) {
      table_.sensitivity_dbm = demand_.threshold_rsrp_dbm;
      row("threshold_rsrp_dbm", demand_.threshold_rsrp_dbm, "dBm", "RSRP wanted", kScenario);
    } else {
      const double noise_dbm = kThermalNoiseDbmPerHz + ratio_db(demand_.bandwidth_hz);
      const double figure_db =
          uplink ? ends_.radio.noise_figure_db : ends_.terminal.noise_figure_db;
      const double interference_db =
          uplink ? ends_.margins.uplink_interference_db : ends_.margins.downlink_interference_db;
      row("bandwidth_khz", demand_.bandwidth_hz * 1e-3, "kHz", "bandwidth of the channel",
          "TS 38.211");
      row("thermal_noise_dbm", noise_dbm, "dBm", "thermal noise in it", "-174 dBm/Hz");
      row("noise_figure_db", figure_db, "dB", "receiver's noise figure", kScenario);
      // A budget of one cell alone knows no neighbours; a pixel's link does.
      row("interference_margin_db", interference_db, "dB", "rise by interference",
          uplink                   ? kScenario
          : interference_db == 0.0 ? std::string_view("none: one cell alone")
                                   : std::string_view("the other cells heard"));
      for (const BudgetRow& part : demand_.derivation) table_.rows.push_back(part);
      row("required_sinr_db", demand_.required_sinr_db, "dB", "required SINR per branch",
          "sum of its derivation");
      table_.sensitivity_dbm = noise_dbm + figure_db + interference_db + demand_.required_sinr_db;
      row("sensitivity_dbm", table_.sensitivity_dbm, "dBm", "sensitivity, at the antenna port",
          kSum);
    }
    table_.mcl_db = table_.transmit_power_dbm - table_.sensitivity_dbm;
    row("mcl_db", table_.mcl_db, "dB", "maximum coupling loss", "TR 38.830");
  }

  void gains(bool uplink) {
    const Radio& radio = ends_.radio;
    // Uplink combining over branches is within the required SINR, so both directions take the gain
    // of one unit; only what is precoded over both panels gets the array gain besides.
    const bool beamed = uplink || is_precoded(demand_.channel);
    const double gain_dbi = beamed ? radio.antenna_gain_dbi : radio.broadcast_gain_dbi;
    row("base_station_gain_dbi", gain_dbi, "dBi",
        beamed ? "base station's antenna" : "base station's broadcast beam", kScenario);
    double coherent_db = 0.0;
    if (radio.units > 1 && is_precoded(demand_.channel)) {
      coherent_db = radio.coherent_gain_db;
      row("array_gain_db", coherent_db - radio.coherence_efficiency_db, "dB",
          "array gain of both panels", "dual stack");
      row("array_efficiency_db", radio.coherence_efficiency_db, "dB", "its efficiency",
          "dual stack");
    }
    row("feeder_loss_db", -radio.feeder_loss_db, "dB", "feeder", kScenario);
    row("terminal_gain_dbi", ends_.terminal.gain_dbi, "dBi", "terminal's antenna", "terminal");
    table_.mil_db =
        table_.mcl_db + gain_dbi + coherent_db - radio.feeder_loss_db + ends_.terminal.gain_dbi;
    row("mil_db", table_.mil_db, "dB", "maximum isotropic loss", "TR 38.830");
  }

  void losses() {
    const LinkMargins& margins = ends_.margins;
    const double slow_fading_db = is_rsrp() ? 0.0 : margins.slow_fading_db;
    const double body_db = demand_.channel == PhysicalChannel::vonr
                               ? ends_.terminal.body_loss_voice_db
                               : ends_.terminal.body_loss_data_db;
    if (!is_rsrp()) row("slow_fading_db", -slow_fading_db, "dB", "slow-fading margin", "Jakes");
    row("time_margin_db", -margins.time_db, "dB", "margin for more of the time", kScenario);
    row("penetration_loss_db", -ends_.terminal.penetration_loss_db, "dB",
        "penetration into vehicle or cabin", "terminal");
    row("body_loss_db", -body_db, "dB", "body", "terminal");
    table_.mpl_db = table_.mil_db - slow_fading_db - margins.time_db -
                    ends_.terminal.penetration_loss_db - body_db;
    row("mpl_db", table_.mpl_db, "dB", "maximum path loss", "TR 38.830");
  }

  const LinkEnds& ends_;
  const ChannelDemand& demand_;
  LinkTable table_;
};

}  // namespace

LinkTable make_link_table(const LinkEnds& ends, const ChannelDemand& demand) {
  return Table(ends, demand).make();
}

std::vector<ChannelDemand> channel_demands(const ChannelPlan& plan, double downlink_spacing_hz,
                                           int terminal_rx_antennas, int base_station_branches) {
  const double uplink_hz = plan.uplink_spacing_hz;
  const auto has = [&plan](PhysicalChannel channel) { return has_channel(plan.role, channel); };
  std::vector<ChannelDemand> demands;
  if (plan.role == CarrierRole::nr) {
    demands = {ss_rsrp_demand(plan.rsrp_threshold_dbm),
               ssb_demand(downlink_spacing_hz, plan.ssb_shots, terminal_rx_antennas),
               pdcch_demand(downlink_spacing_hz, terminal_rx_antennas, plan.downlink_blocks)};
    if (plan.downlink_blocks < kSsbBlocks) {
      throw std::invalid_argument("the SSB's " + std::to_string(kSsbBlocks) +
                                  " resource blocks do not fit into a carrier of " +
                                  std::to_string(plan.downlink_blocks));
    }
  } else if (plan.role == CarrierRole::lte) {
    demands = {ss_rsrp_demand(plan.rsrp_threshold_dbm),
               pbch_demand(plan.ssb_shots, terminal_rx_antennas),
               lte_pdcch_demand(terminal_rx_antennas)};
  }
  if (plan.pdsch && has(PhysicalChannel::pdsch)) {
    demands.push_back(data_demand(PhysicalChannel::pdsch, downlink_spacing_hz, *plan.pdsch,
                                  terminal_rx_antennas, plan.surface, plan.bler_target));
  }
  demands.push_back(prach_demand(plan.prach_format, plan.prach_spacing_hz, base_station_branches));
  demands.push_back(msg3_demand(uplink_hz, plan.msg3_repetitions, base_station_branches));
  demands.push_back(pucch_demand(uplink_hz, plan.pucch_format, base_station_branches));
  if (plan.pusch && has(PhysicalChannel::pusch)) {
    demands.push_back(data_demand(PhysicalChannel::pusch, uplink_hz, *plan.pusch,
                                  base_station_branches, plan.surface, plan.bler_target));
  }
  if (plan.vonr) {
    demands.push_back(data_demand(PhysicalChannel::vonr, uplink_hz,
                                  vonr_allocation(plan.vonr_slots), base_station_branches,
                                  plan.surface));
  }
  return demands;
}

std::vector<LinkTable> link_tables(const LinkEnds& ends, const ChannelPlan& plan) {
  std::vector<LinkTable> tables;
  for (const ChannelDemand& demand :
       channel_demands(plan, ends.subcarrier_spacing_hz, ends.terminal.rx_antennas,
                       ends.radio.combining_branches())) {
    tables.push_back(make_link_table(ends, demand));
  }
  return tables;
}

double median_rsrp_dbm(const LinkEnds& ends, double loss_db) {
  const Radio& radio = ends.radio;
  return epre_dbm(radio.total_power_dbm(), ends.resource_blocks) + radio.broadcast_gain_dbi -
         radio.feeder_loss_db - loss_db + ends.terminal.gain_dbi - ends.terminal.body_loss_data_db -
         ends.terminal.penetration_loss_db;
}

}  // namespace yonder::nr
