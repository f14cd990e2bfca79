#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/path_loss_field.h"
#include "core/shapes/handover.h"
#include "core/shapes/place_kpis.h"
#include "core/shapes/voice.h"
#include "scenarios/plan.h"
#include "scenarios/service_signals.h"

namespace yonder::scenarios {

/// What one terminal finds at a place of a route or a list of points.
struct JudgedPlace {
  shapes::PlaceResult result;  ///< its weight is the shape's to set
  shapes::HeardCells heard;
  shapes::VoicePlace voice;
  PixelStatus status = pixel_status::kBeyondRadius;
  int serving_cell = -1;  ///< index among all cells; tunnels' own cells come after them
  double distance_m = 0.0;
};

/// Buffers of one thread.
struct PlaceScratch {
  PathScratch path;
  std::vector<nr::CarrierSignals> signals;
  std::vector<nr::CarrierSignals> heard;
};

/// What a place is judged for: the scenario's terminals, or the receiver where it has none.
std::size_t judged_terminals(const Scenario& scenario);

/// What a terminal finds, from its service (nr::pixel_service); `status` where there is none.
/// `heard`: signals of the cells that it may change to. `cells`: number by which each cell of the
/// plan is known, empty: its index.
JudgedPlace judged_place(const nr::ServicePlan& plan, const nr::ServiceTerminal& terminal,
                         const std::vector<nr::CarrierSignals>& heard,
                         const nr::PixelService& service, nr::Surface surface, PixelStatus status,
                         const std::vector<int>& cells = {});

/// Judges places at their own coordinates and heights, each path over its own profile, by the
/// functions that `yonder link` uses. What it refers to must outlive it.
class PlaceJudge {
 public:
  PlaceJudge(const Scenario& scenario, const Plan& plan, const nr::ServicePlan& service);

  /// By terminal. `lift_m`: what the place stands above the ground, under the terminals' own
  /// heights (a bridge's deck); `height_agl_m` goes before both. Precondition: the analysis area
  /// holds the point. Threads may judge at once, with a scratch each.
  std::vector<JudgedPlace> judge(MapPoint point, double lift_m, std::optional<double> height_agl_m,
                                 PlaceScratch& scratch) const;

 private:
  /// The paths of a group at one of the terminals' heights.
  struct Paths {
    const CellGroup* group;
    int height;  ///< index among terminal_heights(); -1: the receiver's
    PathEvaluator downlink;
    std::optional<PathEvaluator> uplink;
  };

  JudgedPlace judge_receiver(const ReceiverPlace& place, PlaceScratch& scratch) const;

  const Scenario& scenario_;
  const Plan& plan_;
  const nr::ServicePlan& service_;
  std::vector<double> heights_;
  std::vector<Paths> paths_;
};

}  // namespace yonder::scenarios
