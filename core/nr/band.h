#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/nr/refusal.h"

/// Operating bands and channels of NR (TS 38.101-1 V17 tables 5.2-1 and 5.3.2-1) and of LTE for
/// voice fallback (TS 36.101 tables 5.5-1 and 5.6-1).
namespace yonder::nr {

enum class Technology { nr, lte };

enum class Duplex {
  fdd,
  tdd,
  sul  ///< supplementary uplink: no downlink of its own
};

/// "FDD", "TDD", "SUL".
std::string_view duplex_name(Duplex duplex);

struct FrequencyRange {
  double low_hz = 0.0;
  double high_hz = 0.0;

  bool empty() const { return high_hz <= low_hz; }
  /// Whether a whole channel of `bandwidth_hz` around `centre_hz` lies inside.
  bool holds(double centre_hz, double bandwidth_hz) const;
};

struct Band {
  std::string_view id;  ///< "n28", "B3"
  Technology technology = Technology::nr;
  Duplex duplex = Duplex::fdd;
  FrequencyRange uplink;
  FrequencyRange downlink;  ///< the uplink's in TDD; empty in SUL

  /// Downlink minus uplink of an FDD pair (TS 38.101-1 table 5.4.4-1: one value for each of these
  /// bands), 0 in TDD and SUL.
  double duplex_spacing_hz() const;
};

/// n1 n3 n5 n8 n28 n41 n78 n79 n83, B1 B3 B5 B8 B28 B39 B40 B41.
std::span<const Band> bands();

/// A band by its name as written above; null when there is none.
const Band* find_band(std::string_view id);

/// Channel bandwidths that have resource blocks at a subcarrier spacing, rising; empty where the
/// spacing is none of FR1's (LTE: of 15 kHz). Which of them a terminal must support in which band
/// (TS 38.101-1 table 5.3.5-1) differs by release and is not judged.
std::vector<double> channel_bandwidths_hz(Technology technology, double subcarrier_spacing_hz);

/// N_RB: most resource blocks of a channel (TS 38.101-1 table 5.3.2-1; TS 36.101 table 5.6-1).
/// Nothing for a bandwidth and spacing that the table lacks.
std::optional<int> max_resource_blocks(Technology technology, double bandwidth_hz,
                                       double subcarrier_spacing_hz);

/// What a scenario says of a carrier; what is absent follows from the rest.
struct ChannelRequest {
  std::string band;
  double bandwidth_hz = 0.0;
  double subcarrier_spacing_hz = 15e3;
  std::optional<int> resource_blocks;  ///< absent: all that the bandwidth holds
  std::optional<double> downlink_hz =
      {};                           ///< centres; in TDD either one stands for both; in FDD the
  std::optional<double> uplink_hz;  ///< other follows by the duplex spacing
  bool tdd_pattern_given = false;
};

/// A carrier that exists.
struct Channel {
  const Band* band = nullptr;
  double bandwidth_hz = 0.0;
  double subcarrier_spacing_hz = 0.0;
  int resource_blocks = 0;
  std::optional<double> downlink_hz;  ///< absent in SUL
  double uplink_hz = 0.0;
};

/// Checks a carrier and fills in what follows. Refused: an unknown band (one of the same number is
/// named), a bandwidth or spacing that the tables lack, more resource blocks than the bandwidth
/// holds, a channel that leaves its band, two centres in TDD, a downlink in SUL, a TDD pattern in
/// FDD or SUL, TDD without one.
std::variant<Channel, Refusal> make_channel(const ChannelRequest& request);

}  // namespace yonder::nr
