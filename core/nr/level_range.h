#pragma once

#include <optional>

#include "core/nr/channel.h"
#include "core/path_loss_model.h"

/// How far a largest loss reaches where there is no terrain: level land or open sea at 0 m.
namespace yonder::nr {

/// A path over a level surface.
struct LevelPath {
  double frequency_hz = 0.0;
  Polarization polarization = Polarization::vertical;
  double tx_height_agl_m = 0.0;
  double rx_height_agl_m = 0.0;
  Surface surface = Surface::land;
  LonLat position;        ///< of the transmitter; the path runs east
  double step_m = 100.0;  ///< between points of the profile, to the nearest whole number of them
};

/// The loss at one distance > 0, with the model's own refusals. `profile` is lent.
PathLossResult level_loss(const PathLossModel& model, const LevelPath& path, double distance_m,
                          PathProfile& profile, Workspace& workspace);

enum class RangeEnd {
  loss,      ///< the loss reaches the largest one there
  searched,  ///< still served at the end of the search
  model,     ///< the model refuses farther paths; served up to there
  none,      ///< not even at the shortest distance the model takes
  refused    ///< the model takes no distance of the search
};

struct LevelRange {
  double distance_m = 0.0;
  RangeEnd end = RangeEnd::none;
};

/// The distance up to which every nearer path loses at most `max_loss_db`: coarse steps outwards,
/// then bisection to 1 m. `search_to_m` bounds the search.
LevelRange level_range(const PathLossModel& model, const LevelPath& path, double max_loss_db,
                       double search_to_m, PathProfile& profile, Workspace& workspace);

}  // namespace yonder::nr
