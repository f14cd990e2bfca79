#include "scenarios/analysis_grid.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/server_stack.h"
#include "core/units.h"
#include "geodata/error.h"
#include "scenarios/nr_plan.h"
#include "scenarios/peak_memory.h"
#include "scenarios/service_map.h"
#include "scenarios/service_signals.h"

namespace yonder::scenarios {
namespace {

constexpr double kMetresPerDegree = 111320.0;
constexpr double kMaxPixels = 2e9;
constexpr double kMaxPixelsAcross = 1e9;
constexpr int kEdgeSteps = 32;  // a box's edges are curves on the plane: project points along them

struct PlaneBox {
  double x_min = std::numeric_limits<double>::infinity();
  double y_min = std::numeric_limits<double>::infinity();
  double x_max = -std::numeric_limits<double>::infinity();
  double y_max = -std::numeric_limits<double>::infinity();

  void include(MapPoint p, double around_m) {
    x_min = std::min(x_min, p.x_m - around_m);
    y_min = std::min(y_min, p.y_m - around_m);
    x_max = std::max(x_max, p.x_m + around_m);
    y_max = std::max(y_max, p.y_m + around_m);
  }
};

[[noreturn]] void refuse(const Scenario& scenario, const std::string& key,
                         const std::string& problem, const std::string& example) {
  SourceMark mark = scenario.area.mark;
  if (mark.file.empty()) mark.file = scenario.file.string();
  throw ScenarioErrors({{mark, key, problem, example}});
}

/// Geographic bounds of the area, and its centre.
BoundingBox geographic_bounds(const Scenario& scenario) {
  if (scenario.area.bounding_box) return *scenario.area.bounding_box;
  BoundingBox box{180.0, 90.0, -180.0, -90.0};
  for (const SiteConfig& site : scenario.sites) {
    const double reach_lat = scenario.area.around_sites_m / kMetresPerDegree;
    const double reach_lon =
        reach_lat / std::max(0.01, std::cos(deg_to_rad(site.position.lat_deg)));
    box.west_deg = std::min(box.west_deg, site.position.lon_deg - reach_lon);
    box.east_deg = std::max(box.east_deg, site.position.lon_deg + reach_lon);
    box.south_deg = std::min(box.south_deg, site.position.lat_deg - reach_lat);
    box.north_deg = std::max(box.north_deg, site.position.lat_deg + reach_lat);
  }
  return box;
}

void check_scale(const Scenario& scenario, const BoundingBox& box,
                 const geodata::Projection& projection) {
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  constexpr int kSteps = 4;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      double scale = 1.0;
      try {
        scale = projection
                    .distortion_at({box.west_deg + (box.east_deg - box.west_deg) * i / kSteps,
                                    box.south_deg + (box.north_deg - box.south_deg) * j / kSteps})
                    .scale;
      } catch (const geodata::GeodataError& error) {
        refuse(scenario, "area.crs", error.what(), "crs: EPSG:32645");
      }
      least = std::min(least, scale);
      most = std::max(most, scale);
    }
  }
  if (most / least > kMaxScaleRatio) {
    refuse(scenario, "area",
           fmt::format("is too wide for one plane: the scale of {} changes by {:.1f} % over it",
                       projection.name(), 100.0 * (most / least - 1.0)),
           "a smaller area, or a CRS made for it under area.crs");
  }
}

}  // namespace

PlaneArea plane_area(const Scenario& scenario) {
  const AreaConfig& area = scenario.area;
  const BoundingBox box = geographic_bounds(scenario);
  // load_scenario has refused areas across the antimeridian and beyond 80 degrees.
  YONDER_EXPECTS(box.west_deg < box.east_deg && box.south_deg < box.north_deg);
  const LonLat center{0.5 * (box.west_deg + box.east_deg), 0.5 * (box.south_deg + box.north_deg)};
  PlaneArea plane_area{[&] {
                         try {
                           return area.crs.empty() ? geodata::Projection::utm_for(center)
                                                   : geodata::Projection::from_text(area.crs);
                         } catch (const geodata::GeodataError& error) {
                           refuse(scenario, "area.crs", error.what(), "crs: EPSG:32645");
                         }
                       }(),
                       {},
                       box,
                       area.bounding_box.has_value()};
  PlaneBox plane;
  if (area.bounding_box) {
    for (int i = 0; i <= kEdgeSteps; ++i) {
      const double t = static_cast<double>(i) / kEdgeSteps;
      const double lon = box.west_deg + t * (box.east_deg - box.west_deg);
      const double lat = box.south_deg + t * (box.north_deg - box.south_deg);
      for (const LonLat edge : {LonLat{lon, box.south_deg}, LonLat{lon, box.north_deg},
                                LonLat{box.west_deg, lat}, LonLat{box.east_deg, lat}}) {
        plane.include(plane_area.projection.to_map(edge), 0.0);
      }
    }
  } else {
    for (const SiteConfig& site : scenario.sites) {
      plane.include(plane_area.projection.to_map(site.position), area.around_sites_m);
    }
  }
  const double pixel = area.pixel_m;
  const double left = std::floor(plane.x_min / pixel);
  const double top = std::ceil(plane.y_max / pixel);
  const double columns = std::ceil(plane.x_max / pixel) - left;
  const double rows = top - std::floor(plane.y_min / pixel);
  if (columns > kMaxPixelsAcross || rows > kMaxPixelsAcross) {
    refuse(scenario, "area.pixel_m",
           fmt::format("gives a grid of {:.3g} x {:.3g} pixels, more than can be numbered", columns,
                       rows),
           fmt::format("pixel_m: {:.0f}", pixel * 10));
  }
  plane_area.grid = {
      {left * pixel, top * pixel}, pixel, static_cast<int>(columns), static_cast<int>(rows)};
  return plane_area;
}

AnalysisGrid make_analysis_grid(const Scenario& scenario) {
  PlaneArea plane = plane_area(scenario);
  check_scale(scenario, plane.bounds, plane.projection);
  const double pixel = scenario.area.pixel_m;
  double margin_m = 2.0 * pixel;
  if (plane.whole_window) {
    // Sites outside the box may serve it: terrain is needed as far as they can stand. The plane's
    // scale and the sphere on which reach was judged differ from the ellipsoid by under 2 %.
    margin_m += 1.02 * scenario.calculation.radius_m;
  }
  const double margin_px = std::ceil(margin_m / pixel);
  const double columns = plane.grid.columns + 2 * margin_px;
  const double rows = plane.grid.rows + 2 * margin_px;
  if (columns * rows > kMaxPixels) {
    refuse(
        scenario, "area.pixel_m",
        fmt::format("gives a grid of {:.3g} x {:.3g} pixels, more than can be held", columns, rows),
        fmt::format("pixel_m: {:.0f}", pixel * 10));
  }
  const int margin = static_cast<int>(margin_px);
  AnalysisGrid analysis{
      std::move(plane.projection),
      {{plane.grid.top_left.x_m - margin * pixel, plane.grid.top_left.y_m + margin * pixel},
       pixel,
       plane.grid.columns + 2 * margin,
       plane.grid.rows + 2 * margin},
      {margin, margin, plane.grid.columns, plane.grid.rows},
      plane.whole_window};
  check_memory(scenario, analysis, "area.pixel_m", fmt::format("pixel_m: {:.0f}", pixel * 2));
  return analysis;
}

double true_pixel_area_km2(const AnalysisGrid& analysis) {
  const Grid area = analysis.grid.crop(analysis.area);
  const LonLat center =
      analysis.projection.to_lonlat({area.top_left.x_m + 0.5 * area.columns * area.pixel_size_m,
                                     area.top_left.y_m - 0.5 * area.rows * area.pixel_size_m});
  const double scale = analysis.projection.distortion_at(center).scale;
  return area.pixel_size_m * area.pixel_size_m / (scale * scale) * 1e-6;
}

void check_memory(const Scenario& scenario, const AnalysisGrid& analysis, const std::string& key,
                  const std::string& example) {
  const std::size_t need = estimated_memory_bytes(scenario, analysis);
  const auto have = static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
                    static_cast<std::size_t>(sysconf(_SC_PAGE_SIZE));
  if (need <= have) return;
  refuse(scenario, key,
         fmt::format("needs about {:.1f} GiB of memory, this machine has {:.1f} GiB",
                     static_cast<double>(need) / (1 << 30), static_cast<double>(have) / (1 << 30)),
         example);
}

std::size_t estimated_memory_bytes(const Scenario& scenario, const AnalysisGrid& analysis) {
  // Terrain: ground and clutter (float), zone (byte), and one warp buffer beside them. Map: three
  // floats' worth and two bytes. Field: one radius at a time. Base: program and libraries.
  const std::size_t terrain =
      analysis.grid.size() * (4 + 1 + 4 + (scenario.terrain.clutter ? 4 : 0));
  const std::size_t map = analysis.area.size() * (4 + 4 + 2 + 1 + 4);
  const double side = 2.0 * scenario.calculation.radius_m / scenario.area.pixel_m + 2.0;
  const auto field = static_cast<std::size_t>(
      std::min(side * side, static_cast<double>(analysis.area.size())) * 5.0);
  const int servers = scenario.calculation.servers;
  const std::size_t stack =
      servers > 1 ? analysis.area.size() * ServerStack::bytes_per_pixel(servers) : 0;
  // Service: signals, and for each terminal the layers, of four bytes at most, and the figures.
  const std::size_t terminals = scenario.terminals.size();
  const std::size_t times = scenario.availability.time_percents.size();
  const std::size_t service =
      terminals == 0 ? 0
                     : analysis.area.size() *
                           ((1 + times) * ServiceSignals::bytes_per_pixel(scenario) +
                            terminals * (4 * scenario.service.layers.size() + 12) +
                            // Areas and zones keep each terminal's figures.
                            (scenario.shapes.uses_pixels() ? terminals : 1) * sizeof(PixelFigures));
  // Above 50 % of time P.1812's come with two of P.2001.
  const std::size_t fields = 1 + 2 * (1 + 2 * times) * terminal_heights(scenario).size();
  return terrain + map + stack + service + fields * field + kProgramBytes;
}

}  // namespace yonder::scenarios
