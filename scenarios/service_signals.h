#pragma once

#include <vector>

#include "core/nr/pixel_service.h"
#include "core/run_control.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {

/// A path-loss field that a group of cells needs, and for whom.
struct WantedField {
  FieldSpec spec;
  int height = -1;      ///< index among the terminals' heights; -1: the receiver's
  bool uplink = false;  ///< on the uplink's frequency
};

/// Fields of a group: the receiver's downlink first, then for each height the downlink and, in FDD,
/// the uplink. The same spec may stand twice.
std::vector<WantedField> wanted_fields(const CellGroup& group, const std::vector<double>& heights);

/// The strongest cells of each carrier at each terminal height, over a window.
class ServiceSignals {
 public:
  /// `depth`: cells kept apart of each carrier; 0: service.servers.
  ServiceSignals(const Scenario& scenario, const nr::ServicePlan& service, PixelWindow window,
                 int depth = 0);

  /// A cell group's signals at one pixel. `uplink_loss_db`: the downlink's in TDD. A pixel where
  /// either direction could not be evaluated gets no signal of the group.
  void add(int height, const CellGroup& group, const Terrain& terrain, Pixel pixel,
           PathLossSample downlink, PathLossSample uplink);

  /// The same at any place within the pixel, whose height goes before the terminal's.
  void add(int height, const CellGroup& group, const ReceiverPlace& place, PathLossSample downlink,
           PathLossSample uplink);

  /// The same over whole fields.
  void add(int height, const CellGroup& group, const Terrain& terrain,
           const PathLossField& downlink, const PathLossField* uplink, const RunControl& control);

  /// By carrier, valid until the next call with the same buffer.
  void at(int height, Pixel pixel, std::vector<nr::CarrierSignals>& signals) const;
  PixelStatus status(int height, Pixel pixel) const;

  const PixelWindow& window() const { return window_; }

  static std::size_t bytes_per_pixel(const Scenario& scenario);

 private:
  const nr::SignalStack& stack(int height, std::size_t carrier) const {
    return stacks_[static_cast<std::size_t>(height) * carriers_ + carrier];
  }

  const nr::ServicePlan& service_;
  PixelWindow window_;
  std::size_t carriers_ = 0;
  std::vector<double> heights_;
  std::vector<nr::SignalStack> stacks_;             ///< by height, then carrier
  std::vector<std::vector<PixelStatus>> statuses_;  ///< by height
};

}  // namespace yonder::scenarios
