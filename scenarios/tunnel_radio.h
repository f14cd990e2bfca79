#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/nr/pixel_service.h"
#include "core/path_loss_model.h"
#include "scenarios/scenario.h"
#include "scenarios/shape_places.h"

namespace yonder::scenarios {

/// The radiating cables of one tunnel: cells whose antenna is the cable, judged by the functions
/// that judge all others. Distances are those along the cable from the nearest radio that feeds it;
/// other radios on the cable send the same signal and do not disturb. Nothing enters from outside.
class TunnelRadio {
 public:
  /// `cells`: names of all cells so far; the tunnel's own are added. `at`: a place in the tunnel.
  /// Throws ScenarioErrors: a carrier that the typical cable does not know.
  TunnelRadio(const Scenario& scenario, const RouteSectionConfig& section, const std::string& name,
              LonLat at, std::vector<std::string>& cells);

  /// By terminal; without a cable none has service.
  std::vector<JudgedPlace> judge(const Scenario& scenario, double chainage_m) const;

  /// From the nearest radio that feeds the cable, m along it.
  static double fed_from_m(const RouteSectionConfig& section, const FeederConfig& feeder,
                           double chainage_m);

 private:
  struct Cable {
    std::unique_ptr<PathLossModel> model;
    FeederConfig config;
    double downlink_hz = 0.0;
    double uplink_hz = 0.0;
    std::optional<Cell> cell;
    int known_as = -1;  ///< index among all cells
  };

  PathLossResult loss(const Cable& cable, double frequency_hz, double along_m) const;

  RouteSectionConfig section_;
  std::vector<Cable> cables_;
  nr::ServicePlan service_;  ///< of the cables alone; empty when service is not judged
  std::vector<int> known_as_;
  Terrain place_;  ///< one pixel of land, without height
};

}  // namespace yonder::scenarios
