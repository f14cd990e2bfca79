#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/geo.h"
#include "scenarios/nr_config.h"
#include "scenarios/scenario_error.h"

/// What a scenario wants to know about routes, areas, distances from shore and points.
namespace yonder::scenarios {

/// A radiating cable in a tunnel, on one carrier.
struct FeederConfig {
  int carrier = -1;  ///< index into Scenario::carriers
  int cell = -1;     ///< index among all cells: whose radio it carries; -1: a cell of its own
  double power_per_re_dbm = 0.0;
  double combiner_loss_db = 0.0;
  double feed_every_m = 0.0;  ///< 0: fed at both ends
  bool typical_cable = true;
  double attenuation_db_per_100m = 0.0;  ///< where the cable is not the typical one
  double coupling_loss_db = 0.0;
  double radial_distance_m = 2.0;
  int cables = 1;  ///< side by side, each with a branch both ways; they share the power
  SourceMark mark;
};

enum class SectionKind { bridge, tunnel };

/// Part of a route that differs from the ground.
struct RouteSectionConfig {
  double from_m = 0.0;  ///< chainage
  double to_m = 0.0;
  SectionKind kind = SectionKind::bridge;
  std::optional<double> height_agl_m;   ///< of the deck; bridge: this or the next
  std::optional<double> height_amsl_m;  ///< of the deck
  std::vector<FeederConfig> feeders;    ///< tunnel; none: no service
  SourceMark mark;
};

struct RouteConfig {
  std::string id;
  Label name;
  std::filesystem::path file;  ///< or waypoints
  std::vector<LonLat> waypoints;
  double step_m = 100.0;
  std::optional<double> speed_mps;
  double hole_m = 500.0;
  double handover_s = 0.7;
  double hysteresis_db = 3.0;
  double drop_s = 4.0;
  double call_s = 60.0;
  int calls = 100;
  std::vector<int> terminals;  ///< indices into Scenario::terminals; empty when there are none
  std::vector<RouteSectionConfig> sections;  ///< in order, apart
  SourceMark mark;
};

struct AreaShapeConfig {
  std::string id;
  Label name;
  std::filesystem::path file;  ///< or a polygon
  std::vector<LonLat> polygon;
  std::vector<int> terminals;
  SourceMark mark;
};

struct ZonesConfig {
  std::string id;
  Label name;
  std::filesystem::path coast;  ///< land polygons or coast lines; empty: terrain.sea's polygons
  std::vector<double> bands_m;  ///< edges, rising, two at least
  std::vector<int> terminals;
  SourceMark mark;
};

/// One point of a list; a weight may be people, turbines, anything.
struct ShapePoint {
  std::string id;
  Label name;
  LonLat position;
  double weight = 1.0;
  std::optional<double> height_agl_m;  ///< instead of the terminal's
  SourceMark mark;
};

struct PointsConfig {
  std::string id;
  Label name;
  std::filesystem::path file;
  std::vector<ShapePoint> points;  ///< of a CSV file; those of other files are read with the data
  std::vector<int> terminals;
  SourceMark mark;
};

struct ShapesConfig {
  std::vector<RouteConfig> routes;
  std::vector<AreaShapeConfig> areas;
  std::vector<ZonesConfig> zones;
  std::vector<PointsConfig> points;

  bool empty() const { return routes.empty() && areas.empty() && zones.empty() && points.empty(); }
  /// Whether any of them is judged from the map's pixels.
  bool uses_pixels() const { return !areas.empty() || !zones.empty(); }
};

}  // namespace yonder::scenarios
