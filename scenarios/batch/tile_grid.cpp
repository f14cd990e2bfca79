#include "scenarios/batch/tile_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "geodata/error.h"
#include "geodata/terrain_loader.h"

namespace yonder::scenarios {
namespace {

namespace bg = boost::geometry;
using PlanePoint = bg::model::d2::point_xy<double>;
using PlaneBox = bg::model::box<PlanePoint>;
using SiteEntry = std::pair<PlaneBox, std::size_t>;
using SiteTree = bg::index::rtree<SiteEntry, bg::index::rstar<16>>;

/// P.1812-8 table 4: land this near to the sea is coastal.
constexpr double kCoastalReachM = 50e3;
/// A site on the plane, and how far its cells reach there.
struct SiteDisc {
  PlanePoint center;
  double reach_m = 0.0;
};

SiteTree make_tree(const std::vector<SiteDisc>& sites) {
  std::vector<SiteEntry> entries;
  entries.reserve(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto& [center, reach_m] = sites[i];
    entries.push_back({{{center.x() - reach_m, center.y() - reach_m},
                        {center.x() + reach_m, center.y() + reach_m}},
                       i});
  }
  return SiteTree(entries);  // packed: fewer, fuller nodes
}

/// Each is a folder with its files, and is looked into at every start.
constexpr long long kMostTiles = 1'000'000;

[[noreturn]] void refuse(const Scenario& scenario, const std::string& key, std::string problem,
                         std::string example) {
  throw ScenarioErrors({{{scenario.file.string()}, key, std::move(problem), std::move(example)}});
}

/// Scale of the plane over a tile: at its corners, edges and middle.
void check_scale(const Scenario& scenario, const TileGrid& grid, const Tile& tile) {
  constexpr int kSteps = 2;
  const Grid pixels = grid.area.crop(tile.window);
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      const LonLat at = grid.projection.to_lonlat(
          {pixels.top_left.x_m + pixels.columns * pixels.pixel_size_m * i / kSteps,
           pixels.top_left.y_m - pixels.rows * pixels.pixel_size_m * j / kSteps});
      double scale = 1.0;
      try {
        scale = grid.projection.distortion_at(at).scale;
      } catch (const geodata::GeodataError& error) {
        refuse(scenario, "area.crs", error.what(), "crs: EPSG:32645");
      }
      least = std::min(least, scale);
      most = std::max(most, scale);
    }
  }
  if (most / least <= kMaxScaleRatio) return;
  refuse(scenario, "area.crs",
         fmt::format("the scale of {} changes by {:.1f} % over tile {}", grid.projection.name(),
                     100.0 * (most / least - 1.0), tile.id),
         "a CRS made for the area under area.crs, or a smaller tile_px");
}

/// Division towards minus infinity.
long long floor_div(long long a, long long b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

TileGrid make_tile_grid(const Scenario& scenario, int tile_px) {
  PlaneArea plane = plane_area(scenario);
  TileGrid grid{std::move(plane.projection), plane.grid, plane.whole_window, tile_px, {}};
  const double pixel_m = grid.area.pixel_size_m;
  std::vector<SiteDisc> sites;
  for (const SiteConfig& site : scenario.sites) {
    const MapPoint at = grid.projection.to_map(site.position);
    // As field_window() has it: to the pixel's far edge.
    sites.push_back(
        {{at.x_m, at.y_m},
         scenario.calculation.radius_m * grid.projection.distortion_at(site.position).scale +
             pixel_m});
  }
  const SiteTree tree = make_tree(sites);

  // Pixels counted on the plane, southwards and eastwards from its origin.
  const long long left = std::llround(grid.area.top_left.x_m / pixel_m);
  const long long top = std::llround(-grid.area.top_left.y_m / pixel_m);
  const long long right = left + grid.area.columns;
  const long long bottom = top + grid.area.rows;
  const auto count = [&](long long first, long long end) {
    return floor_div(end - 1, tile_px) - floor_div(first, tile_px) + 1;
  };
  if (const long long tiles = count(left, right) * count(top, bottom); tiles > kMostTiles) {
    refuse(
        scenario, "tile_px",
        fmt::format("of {} cuts the area of {} x {} pixels into {} tiles; at most {} are possible",
                    tile_px, grid.area.columns, grid.area.rows, tiles, kMostTiles),
        "tile_px: 1024");
  }
  for (long long j = floor_div(top, tile_px); j * tile_px < bottom; ++j) {
    for (long long i = floor_div(left, tile_px); i * tile_px < right; ++i) {
      const long long column = std::max(left, i * tile_px);
      const long long row = std::max(top, j * tile_px);
      Tile tile;
      tile.id = fmt::format("x{:04}_y{:04}", i, -1 - j);
      tile.window = {static_cast<int>(column - left), static_cast<int>(row - top),
                     static_cast<int>(std::min(right, (i + 1) * tile_px) - column),
                     static_cast<int>(std::min(bottom, (j + 1) * tile_px) - row)};
      const Grid pixels = grid.area.crop(tile.window);
      const auto [x, y] = pixels.top_left;
      const PlaneBox box{{x, y - pixels.rows * pixel_m}, {x + pixels.columns * pixel_m, y}};
      for (auto it = tree.qbegin(bg::index::intersects(box)); it != tree.qend(); ++it) {
        const SiteDisc& site = sites[it->second];
        if (bg::distance(site.center, box) <= site.reach_m) tile.sites.push_back(it->second);
      }
      std::ranges::sort(tile.sites);
      if (!grid.whole_window && tile.sites.empty()) continue;
      check_scale(scenario, grid, tile);
      grid.tiles.push_back(std::move(tile));
    }
  }
  return grid;
}

Scenario tile_scenario(const Scenario& siteless, const std::vector<SiteConfig>& sites,
                       const Tile& tile) {
  YONDER_EXPECTS(siteless.sites.empty());
  Scenario part = siteless;
  for (const std::size_t i : tile.sites) part.sites.push_back(sites[i]);
  part.outputs.sites = false;
  part.outputs.picture = false;
  part.outputs.report = false;
  return part;
}

AnalysisGrid tile_analysis(const Scenario& scenario, const TileGrid& grid, const Tile& tile) {
  const double pixel_m = grid.area.pixel_size_m;
  const bool sea_matters = scenario.terrain.land_polygons || scenario.terrain.land_mask;
  const int margin =
      2 + (sea_matters ? static_cast<int>(std::ceil(1.02 * kCoastalReachM / pixel_m)) : 0);
  int left = tile.window.column;
  int top = tile.window.row;
  int right = left + tile.window.columns;
  int bottom = top + tile.window.rows;
  for (const SiteConfig& site : scenario.sites) {
    const Pixel at = grid.area.pixel_at(grid.projection.to_map(site.position));
    left = std::min(left, at.column);
    top = std::min(top, at.row);
    right = std::max(right, at.column + 1);
    bottom = std::max(bottom, at.row + 1);
  }
  // Counted on the plane, to start where other tiles' grids may start too.
  const long long plane_left = std::llround(grid.area.top_left.x_m / pixel_m);
  const long long plane_top = std::llround(-grid.area.top_left.y_m / pixel_m);
  const long long step = geodata::lattice_step_px(pixel_m);
  left = static_cast<int>(floor_div(plane_left + left - margin, step) * step - plane_left);
  top = static_cast<int>(floor_div(plane_top + top - margin, step) * step - plane_top);
  const int columns = right + margin - left;
  const int rows = bottom + margin - top;
  return {grid.projection,
          {{grid.area.top_left.x_m + left * pixel_m, grid.area.top_left.y_m - top * pixel_m},
           pixel_m,
           columns,
           rows},
          {tile.window.column - left, tile.window.row - top, tile.window.columns, tile.window.rows},
          grid.whole_window};
}

}  // namespace yonder::scenarios
