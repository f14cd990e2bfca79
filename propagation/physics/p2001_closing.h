#pragma once

#include <memory>

#include "core/path_loss_model.h"
#include "propagation/physics/p2001_climate.h"
#include "propagation/physics/p2001_maps.h"
#include "propagation/physics/p2001_path.h"

/// ITU-R P.2001-4 sections 4 and 5: the four sub-models and what comes of them.
namespace yonder::propagation::p2001 {

struct Settings {
  double time_percent = 50.0;
  double tx_gain_dbi = 0.0;
  double rx_gain_dbi = 0.0;
  Climate climate;
  std::shared_ptr<const ClimateMaps>
      maps;  ///< when given, each path's climate instead of the above
};

/// Basic transmission loss, dB, of a path whose profile has at least three points, of which `input`
/// may have only those that decide.
double basic_loss_db(const PathLossInput& input, const WholeProfile& whole,
                     const Settings& settings, Terms* terms);

}  // namespace yonder::propagation::p2001
