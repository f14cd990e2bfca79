#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/shapes/chainage.h"
#include "core/shapes/holes.h"
#include "core/shapes/place_kpis.h"
#include "geodata/vector_input.h"
#include "scenarios/shape_config.h"
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
  std::vector<bool> covered;              ///< by sample
  shapes::HoleKpis holes;                 ///< of coverage
  std::vector<double> threshold_holes_m;  ///< longest stretch below each threshold
  shapes::RouteRun forward, backward;
  int servers = 0;  ///< different cells that serve, in either direction
  std::vector<DopplerKpi> doppler;
  VoiceKpis voice;
};

struct RouteResult {
  int route = 0;                             ///< index into ShapesConfig::routes
  std::vector<shapes::RouteSample> samples;  ///< inside the analysis area
  std::vector<int> section_of;               ///< by sample: index of its section, or -1
  double length_m = 0.0;                     ///< judged
  double outside_m = 0.0;                    ///< beyond the analysis area: not judged
  std::vector<RouteTerminal> terminals;
};

/// Shares of an area by the share of time with service.
struct ShapeAvailability {
  double mean_percent = 0.0;                        ///< of time; where nothing was calculated 0
  std::vector<std::pair<double, double>> at_least;  ///< % of time, share of the weight
};

/// One terminal over an area, a band or a list of points.
struct ShapeTerminal {
  int terminal = -1;
  shapes::PlaceKpis kpis;
  std::optional<ShapeAvailability> availability = {};  ///< of areas and bands, where it is judged
};

/// Pixels of the map whose centres lie inside; a pixel weighs its true area, km2.
struct AreaResult {
  int area = 0;  ///< index into ShapesConfig::areas
  double area_km2 = 0.0;
  double outside_share = 0.0;  ///< of the area's own size, beyond the analysis area: not judged
  std::vector<geodata::PolygonRings> polygons;
  std::vector<ShapeTerminal> terminals;
};

/// The sea between two distances from shore.
struct BandResult {
  double from_m = 0.0;
  double to_m = 0.0;
  double area_km2 = 0.0;  ///< of it that was judged
  std::vector<ShapeTerminal> terminals;
};

/// What a plot against distance from shore shows, for one terminal: by kilometre.
struct ShoreProfile {
  int terminal = -1;
  double step_m = 1000.0;      ///< width of a slice
  std::vector<double> from_m;  ///< of each slice
  std::vector<double> rsrp_p50_dbm, rsrp_p10_dbm, downlink_mean_bps, covered_share;  ///< NaN: none
};

struct ZonesResult {
  int zones = 0;  ///< index into ShapesConfig::zones
  std::vector<BandResult> bands;
  std::vector<ShoreProfile> profiles;
};

struct PointResult {
  ShapePoint point;
  bool inside = true;                  ///< the analysis area; others are not judged
  std::vector<JudgedPlace> terminals;  ///< by terminal of the list
};

struct PointsResult {
  int points = 0;  ///< index into ShapesConfig::points
  std::vector<PointResult> places;
  std::vector<ShapeTerminal> terminals;
};

struct ShapesResult {
  std::vector<std::string> cells;  ///< names of all cells, tunnels' own after the scenario's
  std::vector<RouteResult> routes;
  std::vector<AreaResult> areas;
  std::vector<ZonesResult> zones;
  std::vector<PointsResult> points;
  std::vector<std::string> warnings;
  bool judged = false;  ///< service was
};

}  // namespace yonder::scenarios
