#pragma once

#include <optional>
#include <vector>

#include "core/nr/mcs.h"
#include "core/nr/required_sinr.h"
#include "core/nr/tdd_pattern.h"

/// From SINR to bits per second: modulation and coding, layers and, in the uplink, resource blocks
/// that carry most; transport blocks of TS 38.214 over the slots of the pattern.
namespace yonder::nr {

/// Shares of resource elements that carry no data, FR1 (TS 38.306 section 4.1.2).
inline constexpr double kDownlinkOverhead = 0.14;
inline constexpr double kUplinkOverhead = 0.08;

enum class Direction { downlink, uplink };

/// What rates are counted on; one direction of one carrier and one kind of terminal.
struct RateRequest {
  Direction direction = Direction::downlink;
  double subcarrier_spacing_hz = 15e3;
  int resource_blocks = 1;          ///< downlink: of the carrier; uplink: most for one terminal
  const TddPattern* tdd = nullptr;  ///< null: every symbol is this direction's (FDD, SUL)
  McsTable table = McsTable::qam256;
  int max_layers = 1;  ///< least of transmit ports, receive branches and terminal's
  int rx_branches = 2;
  /// Slots with fewer symbols of this direction carry none of its data but sounding, random access
  /// or control: the uplink part of special slots, LTE's shortest DwPTS.
  int least_symbols = 5;
  double overhead = kDownlinkOverhead;
  double resource_share = 1.0;  ///< share of time this terminal is served, 0..1 (1 - load)
  LinkAssumptions assumptions;
};

/// One way to transmit and what it takes and gives.
struct RateStep {
  double sinr_db = 0.0;   ///< least SINR; see RateCurve
  double rate_bps = 0.0;  ///< x (1 - BLER target) x resource share
  double peak_bps = 0.0;  ///< without errors, served all the time
  Mcs mcs;
  int layers = 1;
  int resource_blocks = 0;
  int block_bits = 0;     ///< transport block of a full slot of this direction
  RequiredSinr required;  ///< how the SINR comes about
};

/// All that is worth transmitting, from robust to fast: SINR and rate both rise along the steps.
/// Built once for a kind of terminal; asking it is a binary search, for maps.
///
/// The SINR asked with is that of one receive branch, with the power of all transmit ports: in the
/// downlink over the carrier's blocks; in the uplink as if the terminal put all its power into one
/// resource block, from which RateCurve spreads it (10 log10 of the blocks).
class RateCurve {
 public:
  /// Preconditions: a numerology of FR1, blocks 1..275, layers 1..min(4, branches), overhead in
  /// [0, 1), share in [0, 1], BLER target in (0, 0.5).
  explicit RateCurve(const RateRequest& request);

  /// The fastest step that `sinr_db` allows; null below the most robust one: no data service.
  const RateStep* at(double sinr_db) const;
  /// The most robust step that carries `rate_bps`; null when none does.
  const RateStep* for_rate(double rate_bps) const;
  const std::vector<RateStep>& steps() const { return steps_; }

 private:
  std::vector<RateStep> steps_;
};

/// Slots a second that carry data of a direction, as RateCurve counts them: slots too short for
/// data (RateRequest::least_symbols) are none, others count by their symbols. `tdd` null: all.
double data_slots_per_second(Direction direction, double subcarrier_spacing_hz,
                             const TddPattern* tdd);

/// Largest data rate of TS 38.306 section 4.1.2 (scaling factor 1, R_max = 948/1024), times the
/// direction's share of symbols. Overhead as a fraction.
double peak_rate_bps(int resource_blocks, double subcarrier_spacing_hz, int layers,
                     int modulation_order, double overhead, double symbol_share = 1.0);

}  // namespace yonder::nr
