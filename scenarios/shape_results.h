#pragma once

#include <string>
#include <vector>

#include "core/shapes/chainage.h"
#include "core/shapes/holes.h"
#include "core/shapes/place_kpis.h"
#include "scenarios/shape_places.h"

/// What a run finds over the scenario's shapes, before it is written.
namespace yonder::scenarios {

/// Calls along a route.
struct VoiceKpis {
  double setup_mean = 0.0;      ///< set up, over the places
  double setup_least = 0.0;     ///< at the worst place
  shapes::VoiceSteps steps;     ///< means of the steps
  double handover_mean = 1.0;   ///< success of a handover, over those of both directions
  double connected_mean = 0.0;  ///< set up and held for the length of a test call
  double whole_run = 0.0;       ///< a call that is up at the beginning is up at the end
  double all_calls = 0.0;       ///< that every one of the test calls is connected
};

/// Doppler shift on one carrier against what its cells' preambles stand.
struct DopplerKpi {
  int carrier = 0;
  double downlink_hz = 0.0;
  double uplink_hz = 0.0;  ///< as the base station sees it: the terminal follows the downlink
  double prach_limit_hz = 0.0;
  std::string prach_format;
  bool stands() const { return uplink_hz <= prach_limit_hz; }
};

/// One terminal over a route.
struct RouteTerminal {
  int terminal = -1;                ///< index; -1: the receiver
  std::vector<JudgedPlace> places;  ///< by sample
  shapes::PlaceKpis kpis;
  std::vector<bool> covered;               ///< by sample
  shapes::HoleKpis holes;                  ///< of coverage
  std::vector<double> threshold_holes_m;   ///< longest stretch below each threshold
  shapes::RouteRun forward, backward;
  int servers = 0;  ///< different cells that serve, in either direction
  std::vector<DopplerKpi> doppler;
  VoiceKpis voice;
};

struct RouteResult {
  int route = 0;  ///< index into ShapesConfig::routes
  std::vector<shapes::RouteSample> samples;  ///< inside the analysis area
  std::vector<int> section_of;               ///< by sample: index of its section, or -1
  double length_m = 0.0;                     ///< judged
  double outside_m = 0.0;                    ///< beyond the analysis area: not judged
  std::vector<RouteTerminal> terminals;
};

/// One terminal over an area, a band or a list of points.
struct ShapeTerminal {
  int terminal = -1;
  shapes::PlaceKpis kpis;
};

struct ShapesResult {
  std::vector<std::string> cells;  ///< names of all cells, tunnels' own after the scenario's
  std::vector<RouteResult> routes;
  std::vector<std::string> warnings;
  bool judged = false;  ///< service was
};

}  // namespace yonder::scenarios
