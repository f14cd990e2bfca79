#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/geo.h"
#include "core/nr/prach.h"

/// Root sequences over a whole plan: who needs how many, and who shares them with a cell that may
/// hear the same terminals.
namespace yonder::nr {

/// A cell of the plan.
struct RootCell {
  std::string id;
  MapPoint position;
  double uplink_frequency_hz = 0.0;  ///< centre
  /// Where a preamble lies within its channel is not known: channels that share any part may clash,
  /// others never.
  double uplink_bandwidth_hz = 0.0;
  PrachConfig prach;
  /// First logical root (prach-RootSequenceIndex); absent: not planned yet, only its demand counts.
  std::optional<int> root_sequence_index;
  double service_radius_m = 0.0;  ///< how far out its own terminals send preambles from
  double hearing_radius_m = 0.0;  ///< from how far it may detect a preamble, of anybody's terminal
};

/// What a cell needs.
struct RootDemand {
  std::optional<int> roots;  ///< consecutive logical roots for 64 preambles; nothing: cannot be had
  /// With the cells that it may clash with: roots needed by all of them together. More than
  /// `available` means that no assignment keeps them all apart.
  int roots_in_earshot = 0;
  int available = 0;  ///< 838 or 138
};

/// Two cells with roots in common, too near each other.
struct RootClash {
  std::size_t first = 0;  ///< index into the plan, first < second
  std::size_t second = 0;
  int shared_roots = 0;
  double distance_m = 0.0;
  /// Distance from which on the roots may be used again: the larger of one's service radius plus
  /// the other's hearing radius, either way.
  double needed_m = 0.0;
  bool first_hears_second = false;  ///< the first cell may detect preambles sent to the second
  bool second_hears_first = false;
};

struct RootPlan {
  std::vector<RootDemand> demands;  ///< one a cell, in order
  std::vector<RootClash> clashes;   ///< by first, then second
};

/// Cells clash when their uplink channels overlap, they use the same sequence length and PRACH
/// subcarrier spacing, share a logical root, and one's terminals come within the other's hearing.
/// Terminals are anywhere within their cell's service radius, whatever the antenna's azimuth.
/// Throws ParameterError (naming the cell) as check_prach does, for a root index outside the table
/// and for negative radii.
RootPlan check_root_plan(const std::vector<RootCell>& cells);

/// A clash in words: "A and B share 12 roots at 31.2 km; 58.0 km needed: B hears A's terminals".
std::string clash_text(const RootClash& clash, const std::vector<RootCell>& cells);

}  // namespace yonder::nr
