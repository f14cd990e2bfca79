#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/antenna.h"
#include "core/coverage.h"
#include "core/nr/access_range.h"
#include "core/nr/link_table.h"
#include "core/nr/service_names.h"
#include "core/nr/signal_stack.h"
#include "core/nr/throughput.h"

/// Service at one pixel: from the strongest cells of each carrier to quality, rates, margins,
/// access, the limit that binds and the class. docs/methods/nr-service.md has the rules.
namespace yonder::nr {

inline constexpr int kChannels = 9;  ///< of PhysicalChannel

/// Ports that carry LTE's cell-specific reference signals: 1, 2 or 4 (TS 36.211 section 6.10.1).
/// RSRP is measured on one of them, so it lies that ratio below the sum over the ports.
constexpr int lte_ports(int tx_ports) { return tx_ports >= 4 ? 4 : tx_ports >= 2 ? 2 : 1; }

struct ServiceCarrier {
  CarrierRole role = CarrierRole::nr;
  double subcarrier_spacing_hz = 15e3;
  int resource_blocks = 0;
  int anchor_priority = 0;
  std::optional<double> anchor_rsrp_dbm;
  std::optional<PowerControl> power_control;  ///< of the uplink's rate; absent: full power
};

/// A cell with all that service needs beyond its signal.
struct ServiceCell {
  int carrier = 0;
  int site = 0;
  Radio radio;
  MountedAntenna antenna;   ///< one panel: broadcast channels and the uplink
  MountedAntenna precoded;  ///< the beam over all panels; same peak as `antenna`
  FieldSpec spec;           ///< where the antenna stands; its receiver height is not used
  AccessRange access;
  double load = 0.0;
};

/// One terminal on one kind of cell: cells of a carrier with like radios share it. Gains of the
/// base station's antenna are left out (0 dBi): they depend on the direction.
struct TerminalLink {
  TerminalRadio terminal;  ///< at the downlink's frequency
  /// Largest basic loss for each channel by Surface, without fading and downlink interference;
  /// NaN: the channel is not there.
  std::array<std::array<double, kChannels>, 2> mpl_db{};
  double noise_dbm = 0.0;  ///< of the terminal, per resource element
  double epre_dbm = 0.0;   ///< of the cell, all units
  double feeder_loss_db = 0.0;
  double broadcast_offset_db = 0.0;
  double coherent_gain_db = 0.0;
  /// SINR per branch when the terminal puts all its power into one resource block over a path
  /// without loss.
  double uplink_block_sinr_db = 0.0;
  double max_power_dbm = 23.0;                               ///< of the terminal in the uplink
  std::array<std::shared_ptr<const RateCurve>, 2> downlink;  ///< by Surface
  std::array<std::shared_ptr<const RateCurve>, 2> uplink;

  /// What the terminal adds to a signal between isotropic antennas outdoors (data), dB.
  double receive_gain_db() const {
    return terminal.gain_dbi - terminal.body_loss_data_db - terminal.penetration_loss_db;
  }
};

/// Slow fading over a surface: margin kept by the uplink and control, and spread.
struct SlowFading {
  double margin_db = 0.0;
  double sigma_db = 0.0;
};

struct ServiceTerminal {
  double height_agl_m = 1.5;
  std::vector<TerminalLink> links;
  std::vector<int> link_of_cell;  ///< index into `links` by cell number less one
  /// By Surface, where the spread of its way indoors adds to the places'; nullopt: the rules'.
  std::optional<std::array<SlowFading, 2>> fading = {};
};

struct ServiceRules {
  double continuous_rsrp_dbm = -105.0;
  double continuous_sinr_db = -3.0;
  double continuous_uplink_margin_db = 0.0;
  double effective_rsrp_dbm = -115.0;
  double effective_sinr_db = -6.0;
  double effective_voice_margin_db = 0.0;
  double weak_rsrp_dbm = -125.0;
  double lte_rsrp_dbm = -120.0;  ///< of one port, from which an LTE cell is good for voice
  double overlap_db = 6.0;
  int servers = 4;  ///< kept apart of each carrier: more are not counted
  double anchor_hysteresis_db = 0.0;
  bool carrier_aggregation = false;
  bool best_uplink = false;
  std::array<SlowFading, 2> fading{};  ///< by Surface
  /// To weigh metres against dB: loss rises by 10 n dB per decade of distance.
  double distance_exponent = 3.5;
};

/// All that is known of a plan's service.
struct ServicePlan {
  std::vector<ServiceCarrier> carriers;
  std::vector<ServiceCell> cells;  ///< by cell number less one
  std::vector<ServiceTerminal> terminals;
  ServiceRules rules;
};

/// Slow fading that a terminal is judged with over a surface.
inline const SlowFading& fading_of(const ServiceRules& rules, const ServiceTerminal& terminal,
                                   Surface surface) {
  return (terminal.fading ? *terminal.fading : rules.fading)[static_cast<std::size_t>(surface)];
}

/// Signals of one carrier at a pixel.
struct CarrierSignals {
  std::span<const CellSignal> strongest;
  double rest_mw = 0.0;
  double loaded_rest_mw = 0.0;
};

/// One cell as a terminal at a pixel finds it.
struct CellService {
  int cell = -1;            ///< index; -1: none
  double distance_m = 0.0;  ///< between the antennas
  double loss_db = 0.0;     ///< basic, downlink
  double uplink_loss_db = 0.0;
  double gain_dbi = 0.0;  ///< of the antenna in this direction, one panel
  /// Of channels precoded for the terminal: of the beam over both panels of a pair, or of one panel
  /// where that gives more than beam and coherent gain together.
  double precoded_gain_dbi = 0.0;
  double coherent_gain_db = 0.0;  ///< that comes on top: 0 where one panel serves
  double rsrp_dbm = 0.0;          ///< median
  double held_rsrp_dbm = 0.0;     ///< that limits and classes count: at sea less the margin of time
  double ss_sinr_db = 0.0;
  double pdsch_sinr_db = 0.0;
  double ssb_rise_db = 0.0;   ///< noise and interference over noise, neighbours' SSBs
  double data_rise_db = 0.0;  ///< the same, neighbours at their load
  /// The same two where the place loses the fading margin more, and so do its neighbours' signals:
  /// those in the margins.
  double faded_ssb_rise_db = 0.0;
  double faded_data_rise_db = 0.0;
  /// By PhysicalChannel, with the fading margin taken off; of ss_rsrp unused.
  std::array<double, kChannels> margin_db{};
  double access_margin_m = 0.0;  ///< range less distance
  int servers = 0;               ///< within the overlap of the best, itself included; of those kept
  const RateStep* downlink = nullptr;
  const RateStep* uplink = nullptr;
};

/// A limit and what is left of it: dB, or m for limits of distance; negative: it fails.
struct LimitMargin {
  ServiceLimit limit = ServiceLimit::unknown;
  double amount = 0.0;
};

/// Over what a call is held.
enum class Voice : std::uint8_t { none = 0, vonr = 1, lte = 2 };

struct PixelService {
  ServiceClass service_class = ServiceClass::unknown;
  CellService serving;               ///< that the terminal camps on: downlink
  CellService uplink;                ///< the same, or of another carrier
  double downlink_bps = 0.0;         ///< single user, all resource blocks
  double loaded_downlink_bps = 0.0;  ///< on what the cell's load leaves
  double uplink_bps = 0.0;
  bool access = false;  ///< within the access range
  Voice voice = Voice::none;
  CellService fallback;  ///< LTE cell for voice; none where none could be used
  LimitMargin binding;
  double probability = 0.0;  ///< of at least effective service
  /// Every limit that applies, in the order in which terminals meet them.
  std::array<LimitMargin, 10> limits{};
  int limit_count = 0;
};

/// A channel's margin of the median, without the margin for slow fading.
double median_margin_db(const CellService& service, PhysicalChannel channel,
                        const SlowFading& fading);

/// Judges service for one terminal at one pixel. `signals`: by carrier. Without any signal of NR
/// the class is unknown.
PixelService pixel_service(const ServicePlan& plan, const ServiceTerminal& terminal,
                           std::span<const CarrierSignals> signals, const Terrain& terrain,
                           Pixel pixel);
/// The same at any place, whose height goes before the terminal's.
PixelService place_service(const ServicePlan& plan, const ServiceTerminal& terminal,
                           std::span<const CarrierSignals> signals, const Terrain& terrain,
                           const ReceiverPlace& place);

/// One cell's signal at a pixel as the stacks hold it. Precondition: both losses are numbers; in
/// TDD the uplink's is the downlink's.
CellSignal cell_signal(const ServiceCell& cell, double epre_dbm, std::uint16_t number,
                       const PixelRay& ray, float loss_db, float uplink_loss_db);

}  // namespace yonder::nr
