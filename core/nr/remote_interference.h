#pragma once

#include <string>
#include <vector>

#include "core/geo.h"

/// Remote interference of TDD: under a duct a distant base station's downlink arrives after the
/// guard period and falls into the uplink (TS 38.300 section 17.1).
namespace yonder::nr {

/// Path length whose delay equals the guard period, m: c T_GP. Downlink from beyond it arrives in
/// the uplink of a network whose cells all switch at the same time; 43 km at 4 symbols of 30 kHz.
double remote_interference_distance_m(double guard_period_s);

/// A TDD cell of the plan.
struct RemoteCell {
  std::string id;
  MapPoint position;
  double centre_frequency_hz = 0.0;
  double bandwidth_hz = 0.0;
  double guard_period_s = 0.0;
  bool coastal = false;  ///< looks over the sea, where ducts carry
};

struct RemotePair {
  std::size_t aggressor = 0;  ///< index into the cells
  std::size_t victim = 0;
  double distance_m = 0.0;
  double clear_distance_m = 0.0;  ///< c T_GP of the aggressor
  double late_s = 0.0;            ///< by how much its last downlink symbol enters the uplink
};

/// Largest distance over which ducts are reckoned with, m: the planner's choice, from no standard.
inline constexpr double kUsualDuctM = 300e3;

/// Pairs of coastal cells with overlapping channels farther apart than c T_GP and nearer than
/// `duct_m`: under a duct the victim's uplink suffers. A flag, not a forecast: no path loss is
/// reckoned. By aggressor, then victim. Throws ParameterError for a negative guard period or
/// bandwidth.
std::vector<RemotePair> remote_interference(const std::vector<RemoteCell>& cells,
                                            double duct_m = kUsualDuctM);

/// The flag in words.
std::string remote_text(const RemotePair& pair, const std::vector<RemoteCell>& cells);

}  // namespace yonder::nr
