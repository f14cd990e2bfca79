#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/shapes/chainage.h"

/// Which cell serves a terminal that travels along a route, and where it changes.
namespace yonder::shapes {

/// A cell's SS-RSRP at a place, as the terminal measures it.
struct CellLevel {
  int cell = -1;
  int carrier = 0;
  double rsrp_dbm = 0.0;
};

/// Cells heard at a sample of the route.
struct HeardCells {
  std::vector<CellLevel> levels;  ///< all that it measures, of each carrier
  /// The cell that a terminal which arrives here camps on; -1: none lets it in.
  int camped = -1;
  int camped_carrier = -1;
};

struct HandoverRules {
  double hysteresis_db = 3.0;  ///< of event A3 (TS 38.331 section 5.5.4.4): neighbour over serving
  double usable_dbm = -115.0;  ///< a cell carries service from this SS-RSRP on
  double speed_mps = 0.0;      ///< 0: how long things take does not matter
  double handover_s = 0.0;     ///< measuring, time to trigger and execution together
  double drop_s = 0.0;         ///< T310 + T311: a longer hole drops the connection
};

struct Handover {
  double chainage_m = 0.0;  ///< where it is done
  std::size_t sample = 0;
  int from = -1;
  int to = -1;
  bool to_other_carrier = false;  ///< not by A3 but because the terminal would camp elsewhere
  /// By how much the old cell is the weaker one, dB (>= 0; 0 on another carrier). nullopt: it is
  /// not heard any more, no command can come, and the connection is re-established.
  std::optional<double> lag_db;
  /// Unbroken stretch around it on which both cells are usable.
  double overlap_m = 0.0;
  /// 2 [d_hysteresis + v (T_meas + TTT + T_exec)]; to another carrier without d_hysteresis.
  double needed_overlap_m = 0.0;

  bool has_overlap() const { return overlap_m >= needed_overlap_m; }
};

/// One run along the route.
struct RouteRun {
  std::vector<int> serving;  ///< by sample of the route; -1: no connection
  std::vector<Handover> handovers;
  int drops = 0;  ///< holes longer than the connection lives
};

/// Travels the samples in order, or against it (`backwards`; chainages stay those of the route). A
/// terminal keeps its cell until a neighbour on the same carrier is stronger by the hysteresis for
/// v times handover_s (event A3), or it would camp on another carrier for that long. Where no cell
/// lets it in, it keeps its connection for v times drop_s (at speed 0 for nothing) and then starts
/// anew, as at the beginning of each part: neither counts as a handover.
RouteRun run_along(std::span<const RouteSample> samples, std::span<const HeardCells> heard,
                   const HandoverRules& rules, bool backwards);

}  // namespace yonder::shapes
