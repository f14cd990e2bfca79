#include "core/nr/pixel_service.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "core/nr/slow_fading.h"

namespace yonder::nr {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double to_mw(double dbm) { return std::pow(10.0, 0.1 * dbm); }
double to_db(double ratio) { return 10.0 * std::log10(ratio); }

constexpr std::size_t at(PhysicalChannel channel) { return static_cast<std::size_t>(channel); }

Surface surface_of(const Terrain& terrain, Pixel pixel) {
  return terrain.zone[terrain.grid.index(pixel)] == Zone::sea ? Surface::sea : Surface::land;
}

/// The steps of judging one pixel.
class Judge {
 public:
  Judge(const ServicePlan& plan, const ServiceTerminal& terminal,
        std::span<const CarrierSignals> signals, const Terrain& terrain, const ReceiverPlace& place)
      : plan_(plan),
        rules_(plan.rules),
        terminal_(terminal),
        signals_(signals),
        place_(place),
        surface_(surface_of(terrain, place.pixel)),
        fading_(fading_of(plan.rules, terminal, surface_)) {}

  PixelService judge() {
    const std::vector<int> carriers = carriers_in_order();
    fall_back();
    if (carriers.empty()) return std::move(result_);
    int anchor = -1;
    for (const int carrier : carriers) {
      const CellService down = cell_service(carrier, 0);
      const CellService up = uplink_cell(carrier, down);
      const bool in = has_signal(down) && lets_in(up);
      if (anchor < 0 || in) {
        anchor = carrier;
        result_.serving = down;
        result_.uplink = up;
      }
      if (in) break;
    }
    rates(anchor);
    limits();
    classify();
    probability();
    return std::move(result_);
  }

 private:
  const TerminalLink& link_of(int cell) const {
    return terminal_
        .links[static_cast<std::size_t>(terminal_.link_of_cell[static_cast<std::size_t>(cell)])];
  }

  CarrierRole role_of(std::size_t carrier) const { return plan_.carriers[carrier].role; }

  /// Carriers in the order in which the terminal tries them: those whose threshold is passed by the
  /// hysteresis by priority, then the others; strongest first. It camps on the first that lets it
  /// in, else on the first.
  std::vector<int> carriers_in_order() const {
    struct Candidate {
      int carrier = 0;
      bool preferred = false;
      int priority = 0;  // counts among the preferred alone
      double rsrp_dbm = 0.0;
    };
    std::vector<Candidate> candidates;
    for (std::size_t c = 0; c < signals_.size(); ++c) {
      if (signals_[c].strongest.empty() || role_of(c) != CarrierRole::nr) continue;
      const CellSignal& signal = signals_[c].strongest.front();
      const double rsrp_dbm =
          static_cast<double>(signal.rsrp_dbm) + link_of(signal.cell - 1).receive_gain_db();
      const ServiceCarrier& carrier = plan_.carriers[c];
      const bool preferred = carrier.anchor_rsrp_dbm &&
                             rsrp_dbm >= *carrier.anchor_rsrp_dbm + rules_.anchor_hysteresis_db;
      candidates.push_back(
          {static_cast<int>(c), preferred, preferred ? carrier.anchor_priority : 0, rsrp_dbm});
    }
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
      if (a.preferred != b.preferred) return a.preferred;
      if (a.priority != b.priority) return a.priority > b.priority;
      return a.rsrp_dbm > b.rsrp_dbm;
    });
    std::vector<int> order;
    for (const Candidate& one : candidates) order.push_back(one.carrier);
    return order;
  }

  bool hears_broadcast(const CellService& down) const {
    return (surface_ == Surface::sea ? down.margin_db[at(PhysicalChannel::ssb)]
                                     : median_db(down, PhysicalChannel::ssb)) >= 0.0;
  }

  bool has_signal(const CellService& down) const {
    return down.held_rsrp_dbm >= rules_.weak_rsrp_dbm && hears_broadcast(down);
  }

  /// Whether random access works: in range, preamble and Msg3 heard.
  bool lets_in(const CellService& up) const {
    return plan_.cells[static_cast<std::size_t>(up.cell)].access.allows(up.distance_m) &&
           up.margin_db[at(PhysicalChannel::prach)] >= 0.0 &&
           up.margin_db[at(PhysicalChannel::msg3)] >= 0.0;
  }

  /// The LTE cell with the largest margin of voice among those that a call can be moved to.
  void fall_back() {
    for (std::size_t c = 0; c < signals_.size(); ++c) {
      if (signals_[c].strongest.empty() || role_of(c) != CarrierRole::lte) continue;
      const CellService lte = cell_service(static_cast<int>(c), 0);
      const double rsrp_dbm =
          lte.held_rsrp_dbm -
          to_db(lte_ports(plan_.cells[static_cast<std::size_t>(lte.cell)].radio.tx_ports));
      if (rsrp_dbm < rules_.lte_rsrp_dbm || !hears_broadcast(lte) || !lets_in(lte)) continue;
      if (!(lte.margin_db[at(PhysicalChannel::pdcch)] >= 0.0)) continue;
      const auto voice_db = [](const CellService& cell) {
        return cell.margin_db[at(PhysicalChannel::vonr)];
      };
      if (result_.fallback.cell < 0 || voice_db(lte) > voice_db(result_.fallback)) {
        result_.fallback = lte;
      }
    }
    if (fallback_voice_db() >= rules_.effective_voice_margin_db) result_.voice = Voice::lte;
  }

  /// Margin of voice over LTE; minus infinity without it.
  double fallback_voice_db() const {
    if (result_.fallback.cell < 0) return -std::numeric_limits<double>::infinity();
    return result_.fallback.margin_db[at(PhysicalChannel::vonr)];
  }

  /// Margin of voice, over NR or else over LTE.
  double voice_db() const {
    const double nr_db = result_.uplink.margin_db[at(PhysicalChannel::vonr)];
    return result_.fallback.cell < 0 ? nr_db : std::fmax(nr_db, fallback_voice_db());
  }

  CellService cell_service(int carrier, std::size_t rank) const {
    const CarrierSignals& signals = signals_[static_cast<std::size_t>(carrier)];
    const CellSignal& own = signals.strongest[rank];
    CellService service;
    service.cell = own.cell - 1;
    const ServiceCell& cell = plan_.cells[static_cast<std::size_t>(service.cell)];
    const TerminalLink& link = link_of(service.cell);
    const PixelRay ray = ray_to(cell.spec.antenna, place_);
    service.distance_m = ray.slant_m;
    service.gain_dbi = cell.antenna.gain_dbi(ray.toward);
    // Beside the narrow beam of both panels there is always that of one.
    service.precoded_gain_dbi = cell.precoded.gain_dbi(ray.toward);
    service.coherent_gain_db = link.coherent_gain_db;
    if (service.precoded_gain_dbi + service.coherent_gain_db < service.gain_dbi) {
      service.precoded_gain_dbi = service.gain_dbi;
      service.coherent_gain_db = 0.0;
    }
    const double isotropic_dbm = static_cast<double>(own.rsrp_dbm);
    service.loss_db = link.epre_dbm + link.broadcast_offset_db + service.gain_dbi -
                      link.feeder_loss_db - isotropic_dbm;
    service.uplink_loss_db = service.loss_db + static_cast<double>(own.uplink_excess_db);
    service.rsrp_dbm = isotropic_dbm + link.receive_gain_db();
    // Thresholds of SS-RSRP are of medians over places, but at sea hold for the share of time.
    service.held_rsrp_dbm = service.rsrp_dbm - (surface_ == Surface::sea ? fading_.margin_db : 0.0);
    quality(signals, rank, link, service);
    margins(link, service);
    service.access_margin_m = cell.access.radius_m - service.distance_m;
    for (const CellSignal& other : signals.strongest) {
      const double below_db = isotropic_dbm - static_cast<double>(other.rsrp_dbm);
      if (below_db <= rules_.overlap_db) ++service.servers;
    }
    return service;
  }

  /// SINR of the SSB, whose neighbours' SSBs fall on the same resource elements in a synchronous
  /// network, and of data, which meets neighbours at their load.
  void quality(const CarrierSignals& signals, std::size_t rank, const TerminalLink& link,
               CellService& service) const {
    double ssb_mw = signals.rest_mw;
    double data_mw = signals.loaded_rest_mw;
    for (std::size_t i = 0; i < signals.strongest.size(); ++i) {
      if (i == rank) continue;
      const CellSignal& other = signals.strongest[i];
      const double power_mw = to_mw(static_cast<double>(other.rsrp_dbm));
      ssb_mw += power_mw;
      data_mw += power_mw * plan_.cells[other.cell - 1U].load;
    }
    const double receive = to_mw(link.receive_gain_db());
    const double noise_mw = to_mw(link.noise_dbm);
    service.ssb_rise_db = to_db(1.0 + ssb_mw * receive / noise_mw);
    service.data_rise_db = to_db(1.0 + data_mw * receive / noise_mw);
    // A place that loses more loses of its neighbours' signals too: against them nothing need be
    // held.
    const double faded = receive / to_mw(fading_.margin_db);
    service.faded_ssb_rise_db = to_db(1.0 + ssb_mw * faded / noise_mw);
    service.faded_data_rise_db = to_db(1.0 + data_mw * faded / noise_mw);
    service.ss_sinr_db = service.rsrp_dbm - link.noise_dbm - service.ssb_rise_db;
    service.pdsch_sinr_db = service.rsrp_dbm - link.broadcast_offset_db - service.gain_dbi +
                            service.precoded_gain_dbi + service.coherent_gain_db - link.noise_dbm -
                            service.data_rise_db;
    const auto surface = static_cast<std::size_t>(surface_);
    if (link.downlink[surface]) {
      service.downlink = link.downlink[surface]->at(service.pdsch_sinr_db);
    }
    if (link.uplink[surface]) service.uplink = uplink_step(link, service);
  }

  /// The fastest way to transmit that power, and power control where there is any, allow.
  const RateStep* uplink_step(const TerminalLink& link, const CellService& service) const {
    const double full_db = link.uplink_block_sinr_db + service.gain_dbi - service.uplink_loss_db;
    const RateCurve& curve = *link.uplink[static_cast<std::size_t>(surface_)];
    const ServiceCarrier& carrier = plan_.carriers[static_cast<std::size_t>(
        plan_.cells[static_cast<std::size_t>(service.cell)].carrier)];
    if (!carrier.power_control) return curve.at(full_db);
    // Path loss between the antenna ports, as the terminal measures it on the downlink.
    const double coupling_db = link.epre_dbm - service.rsrp_dbm;
    const RateStep* best = nullptr;
    for (const RateStep& step : curve.steps()) {
      const double power_dbm =
          pusch_power_dbm(*carrier.power_control, link.max_power_dbm, carrier.subcarrier_spacing_hz,
                          step.resource_blocks, coupling_db);
      // A step's SINR is that of all the power in one block.
      if (full_db - (link.max_power_dbm - power_dbm) >= step.sinr_db) best = &step;
    }
    return best;
  }

  void margins(const TerminalLink& link, CellService& service) const {
    const auto& mpl_db = link.mpl_db[static_cast<std::size_t>(surface_)];
    for (std::size_t i = 0; i < kChannels; ++i) {
      const auto channel = static_cast<PhysicalChannel>(i);
      double margin_db = mpl_db[i] - fading_.margin_db;
      if (is_uplink(channel)) {
        margin_db += service.gain_dbi - service.uplink_loss_db;
      } else if (is_precoded(channel)) {
        margin_db += service.precoded_gain_dbi + service.coherent_gain_db - link.coherent_gain_db -
                     service.loss_db - service.faded_data_rise_db;
      } else {
        margin_db += service.gain_dbi + link.broadcast_offset_db - service.loss_db;
        margin_db -= channel == PhysicalChannel::ssb ? service.faded_ssb_rise_db
                                                     : service.faded_data_rise_db;
      }
      service.margin_db[i] = margin_db;
    }
    service.margin_db[at(PhysicalChannel::ss_rsrp)] = kNaN;
  }

  /// The strongest cell of a site on another carrier.
  std::optional<CellService> co_sited(int carrier, int with_cell) const {
    const int site = plan_.cells[static_cast<std::size_t>(with_cell)].site;
    const auto& strongest = signals_[static_cast<std::size_t>(carrier)].strongest;
    for (std::size_t rank = 0; rank < strongest.size(); ++rank) {
      if (plan_.cells[strongest[rank].cell - 1U].site == site) return cell_service(carrier, rank);
    }
    return std::nullopt;
  }

  /// That lets the terminal in, and of those the one with the largest margin: a carrier whose range
  /// is exceeded carries nothing, however strong it is.
  CellService uplink_cell(int anchor, const CellService& down) const {
    CellService best = down;
    for (std::size_t c = 0; c < signals_.size(); ++c) {
      if (static_cast<int>(c) == anchor || signals_[c].strongest.empty()) continue;
      const CarrierRole role = role_of(c);
      if (role == CarrierRole::lte || (role == CarrierRole::nr && !rules_.best_uplink)) continue;
      const std::optional<CellService> other = co_sited(static_cast<int>(c), down.cell);
      if (!other) continue;
      const bool in = lets_in(*other), best_in = lets_in(best);
      if (in != best_in ? in
                        : other->margin_db[at(PhysicalChannel::pusch)] >
                              best.margin_db[at(PhysicalChannel::pusch)]) {
        best = *other;
      }
    }
    return best;
  }

  void rates(int anchor) {
    const auto add = [&](const CellService& service) {
      if (service.downlink == nullptr) return;
      const double load = plan_.cells[static_cast<std::size_t>(service.cell)].load;
      result_.downlink_bps += service.downlink->rate_bps;
      result_.loaded_downlink_bps += service.downlink->rate_bps * (1.0 - load);
    };
    add(result_.serving);
    if (rules_.carrier_aggregation) {
      for (std::size_t c = 0; c < signals_.size(); ++c) {
        if (static_cast<int>(c) == anchor || signals_[c].strongest.empty()) continue;
        if (role_of(c) != CarrierRole::nr) continue;
        const std::optional<CellService> other =
            co_sited(static_cast<int>(c), result_.serving.cell);
        if (other && median_db(*other, PhysicalChannel::ssb) >= 0.0) {
          add(*other);
        }
      }
    }
    if (result_.uplink.uplink != nullptr) result_.uplink_bps = result_.uplink.uplink->rate_bps;
  }

  double median_db(const CellService& service, PhysicalChannel channel) const {
    return median_margin_db(service, channel, fading_);
  }

  /// Of the better of NR and LTE, with all that a call over LTE needs.
  double median_voice_db() const {
    const double nr_db = median_db(result_.uplink, PhysicalChannel::vonr);
    const CellService& lte = result_.fallback;
    if (lte.cell < 0) return nr_db;
    const double lte_db =
        std::min({median_db(lte, PhysicalChannel::ssb), median_db(lte, PhysicalChannel::pdcch),
                  median_db(lte, PhysicalChannel::prach), median_db(lte, PhysicalChannel::msg3),
                  median_db(lte, PhysicalChannel::vonr)});
    return std::fmax(nr_db, lte_db);
  }

  void limits() {
    const CellService& down = result_.serving;
    const CellService& up = result_.uplink;
    const AccessRange& access = plan_.cells[static_cast<std::size_t>(up.cell)].access;
    result_.access = access.allows(up.distance_m);
    const auto add = [&](ServiceLimit limit, double amount) {
      result_.limits[static_cast<std::size_t>(result_.limit_count++)] = {limit, amount};
    };
    add(ServiceLimit::rsrp, down.held_rsrp_dbm - rules_.effective_rsrp_dbm);
    add(ServiceLimit::sinr, down.ss_sinr_db - rules_.effective_sinr_db);
    add(ServiceLimit::pdcch, down.margin_db[at(PhysicalChannel::pdcch)]);
    std::optional<double> prach_m;
    for (const AccessTerm& term : access.terms) {
      const double left_m = term.radius_m - up.distance_m;
      if (term.limit == AccessLimit::timing_advance ||
          term.limit == AccessLimit::tdd_guard_period) {
        continue;
      }
      prach_m = prach_m ? std::min(*prach_m, left_m) : left_m;
    }
    if (prach_m) add(ServiceLimit::prach_range, *prach_m);
    const auto range = [&](AccessLimit limit, ServiceLimit named) {
      if (const auto limit_m = access.limit_m(limit)) {
        add(named, *limit_m - up.distance_m);
      }
    };
    range(AccessLimit::timing_advance, ServiceLimit::timing_advance);
    range(AccessLimit::tdd_guard_period, ServiceLimit::guard_period);
    // Random access is tried again and again, but slow fading is of the place: it stays.
    add(ServiceLimit::prach_link, up.margin_db[at(PhysicalChannel::prach)]);
    add(ServiceLimit::msg3, up.margin_db[at(PhysicalChannel::msg3)]);
    add(ServiceLimit::vonr, voice_db() - rules_.effective_voice_margin_db);
    add(ServiceLimit::pusch, up.margin_db[at(PhysicalChannel::pusch)]);

    double least_db = std::numeric_limits<double>::infinity();
    for (int i = 0; i < result_.limit_count; ++i) {
      const LimitMargin& one = result_.limits[static_cast<std::size_t>(i)];
      if (std::isnan(one.amount)) continue;
      if (one.amount < 0.0) {
        result_.binding = one;
        return;
      }
      const double weight_db =
          is_distance_limit(one.limit)
              ? 10.0 * rules_.distance_exponent *
                    std::log10((one.amount + up.distance_m) / std::max(up.distance_m, 1.0))
              : one.amount;
      if (weight_db < least_db) {
        least_db = weight_db;
        result_.binding = one;
      }
    }
  }

  void classify() {
    const CellService& down = result_.serving;
    const CellService& up = result_.uplink;
    const auto up_margin_db = [&](PhysicalChannel channel) { return up.margin_db[at(channel)]; };
    const bool controlled = down.margin_db[at(PhysicalChannel::pdcch)] >= 0.0;
    if (!has_signal(down)) {
      result_.service_class = ServiceClass::none;
    } else if (!lets_in(up)) {
      result_.service_class = ServiceClass::without_access;
    } else if (controlled && down.held_rsrp_dbm >= rules_.continuous_rsrp_dbm &&
               down.ss_sinr_db >= rules_.continuous_sinr_db &&
               up_margin_db(PhysicalChannel::pusch) >= rules_.continuous_uplink_margin_db &&
               voice_db() >= rules_.continuous_uplink_margin_db) {
      result_.service_class = ServiceClass::continuous;
    } else if (controlled && down.held_rsrp_dbm >= rules_.effective_rsrp_dbm &&
               down.ss_sinr_db >= rules_.effective_sinr_db &&
               voice_db() >= rules_.effective_voice_margin_db) {
      result_.service_class = ServiceClass::effective;
    } else {
      result_.service_class = ServiceClass::weak;
    }
    if (has_signal(down) && lets_in(up) && controlled &&
        up_margin_db(PhysicalChannel::vonr) >= rules_.effective_voice_margin_db) {
      result_.voice = Voice::vonr;
    }
  }

  /// That places around the pixel, at sea times, have effective service: all margins rise and fall
  /// together with the loss. Of medians, since the spread itself is what the margin was held for.
  void probability() {
    if (!result_.access) return;
    const CellService& up = result_.uplink;
    double least_db = std::numeric_limits<double>::infinity();
    for (const double margin_db :
         {result_.serving.rsrp_dbm - rules_.effective_rsrp_dbm,
          result_.serving.ss_sinr_db - rules_.effective_sinr_db,
          median_db(result_.serving, PhysicalChannel::ssb),
          median_db(result_.serving, PhysicalChannel::pdcch), median_db(up, PhysicalChannel::prach),
          median_db(up, PhysicalChannel::msg3),
          median_voice_db() - rules_.effective_voice_margin_db}) {
      if (!std::isnan(margin_db)) least_db = std::min(least_db, margin_db);
    }
    result_.probability = coverage_probability(least_db, fading_.sigma_db);
  }

  const ServicePlan& plan_;
  const ServiceRules& rules_;
  const ServiceTerminal& terminal_;
  std::span<const CarrierSignals> signals_;
  ReceiverPlace place_;
  Surface surface_;
  SlowFading fading_;
  PixelService result_;
};

}  // namespace

double median_margin_db(const CellService& service, PhysicalChannel channel,
                        const SlowFading& fading) {
  double median_db = service.margin_db[at(channel)] + fading.margin_db;
  if (channel == PhysicalChannel::ssb) {
    median_db += service.faded_ssb_rise_db - service.ssb_rise_db;
  } else if (!is_uplink(channel)) {
    median_db += service.faded_data_rise_db - service.data_rise_db;
  }
  return median_db;
}

PixelService pixel_service(const ServicePlan& plan, const ServiceTerminal& terminal,
                           std::span<const CarrierSignals> signals, const Terrain& terrain,
                           Pixel pixel) {
  return place_service(plan, terminal, signals, terrain,
                       receiver_at_pixel(terrain, pixel, terminal.height_agl_m));
}

PixelService place_service(const ServicePlan& plan, const ServiceTerminal& terminal,
                           std::span<const CarrierSignals> signals, const Terrain& terrain,
                           const ReceiverPlace& place) {
  return Judge(plan, terminal, signals, terrain, place).judge();
}

CellSignal cell_signal(const ServiceCell& cell, double epre_dbm, std::uint16_t number,
                       const PixelRay& ray, float loss_db, float uplink_loss_db) {
  YONDER_EXPECTS(!std::isnan(loss_db) && !std::isnan(uplink_loss_db));
  const double offset_db = cell.radio.broadcast_gain_dbi - cell.radio.antenna_gain_dbi;
  const double rsrp_dbm = epre_dbm + offset_db + cell.antenna.gain_dbi(ray.toward) -
                          cell.radio.feeder_loss_db - static_cast<double>(loss_db);
  return {static_cast<float>(rsrp_dbm), uplink_loss_db - loss_db, number};
}

}  // namespace yonder::nr
