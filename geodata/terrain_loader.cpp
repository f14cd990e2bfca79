#include "geodata/terrain_loader.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

#include "core/units.h"
#include "geodata/error.h"
#include "geodata/gdal/grid_sampler.h"
#include "geodata/gdal/polygon_source.h"
#include "geodata/gdal/raster_source.h"
#include "geodata/gdal/sea_mask.h"

namespace yonder::geodata {
namespace {

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

GeoLattice make_lattice(const Grid& grid, const OGRSpatialReference& crs) {
  GeoLattice lattice;
  lattice.grid = grid;
  lattice.step_px = lattice_step_px(grid.pixel_size_m);
  lattice.node_columns = std::max(2, (grid.columns + lattice.step_px - 1) / lattice.step_px + 1);
  const int node_rows = std::max(2, (grid.rows + lattice.step_px - 1) / lattice.step_px + 1);
  const std::size_t count =
      static_cast<std::size_t>(lattice.node_columns) * static_cast<std::size_t>(node_rows);
  std::vector<double> x(count);
  std::vector<double> y(count);
  const double step_m = lattice.step_px * grid.pixel_size_m;
  std::size_t n = 0;
  for (int j = 0; j < node_rows; ++j) {
    for (int i = 0; i < lattice.node_columns; ++i, ++n) {
      x[n] = grid.top_left.x_m + i * step_m;
      y[n] = grid.top_left.y_m - j * step_m;
    }
  }
  std::vector<int> ok(count);
  const ErrorCapture errors;
  const TransformPtr transform = make_transform(crs, wgs84());
  transform->Transform(static_cast<int>(count), x.data(), y.data(), nullptr, ok.data());
  lattice.nodes.resize(count);
  for (n = 0; n < count; ++n) {
    if (!ok[n] || !std::isfinite(x[n]) || !std::isfinite(y[n]))
      throw GeodataError("part of the analysis grid lies outside the projection's domain" +
                         errors.reason() + "; choose a smaller area or another projection");
    // Unwrapped about the first node, so that cells across the antimeridian interpolate.
    const double turn = n == 0 ? 0.0 : 360.0 * std::round((x[n] - x[0]) / 360.0);
    x[n] -= turn;
    lattice.nodes[n] = {x[n], y[n]};
  }
  return lattice;
}

GeoBox bounds_of(const GeoLattice& lattice) {
  GeoBox box = {lattice.nodes[0].lon_deg, lattice.nodes[0].lat_deg, lattice.nodes[0].lon_deg,
                lattice.nodes[0].lat_deg};
  for (const LonLat& p : lattice.nodes) {
    box.west_deg = std::min(box.west_deg, p.lon_deg);
    box.east_deg = std::max(box.east_deg, p.lon_deg);
    box.south_deg = std::min(box.south_deg, p.lat_deg);
    box.north_deg = std::max(box.north_deg, p.lat_deg);
  }
  return box;
}

bool overlap(const GeoBox& a, const GeoBox& b) {
  return a.west_deg < b.east_deg && b.west_deg < a.east_deg && a.south_deg < b.north_deg &&
         b.south_deg < a.north_deg;
}

/// Adds a source where the grid is still void; returns the pixels it filled.
std::size_t fill_voids(const RasterSource& source, const OGRSpatialReference& crs,
                       Terrain& terrain) {
  std::size_t filled = 0;
  const Grid& grid = terrain.grid;
  std::vector<float>& ground = terrain.ground_amsl_m;
  const auto has_void = [&](const PixelWindow& window) {
    for (int r = 0; r < window.rows; ++r) {
      const float* row = ground.data() + grid.index({window.column, window.row + r});
      if (std::any_of(row, row + window.columns, [](float h) { return std::isnan(h); }))
        return true;
    }
    return false;
  };
  GridSampler sampler(source, crs, grid);
  sampler.run(Sampling::heights, true, has_void, [&](Pixel first, std::span<const float> values) {
    float* row = ground.data() + grid.index(first);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(row[i]) || std::isnan(values[i])) continue;
      row[i] = values[i];
      ++filled;
    }
  });
  return filled;
}

[[noreturn]] void refuse_all_void(const TerrainRequest& request, const GeoBox& area) {
  std::string text = "no terrain data in the area (" + text_of(area) + ")";
  bool swapped = false;
  bool touched = false;
  std::size_t named = 0;
  const GeoBox mirrored = {area.south_deg, area.west_deg, area.north_deg, area.east_deg};
  for (const auto& files : request.sources) {
    for (const auto& file : files) {
      const GeoBox own = bounds_of(open_raster(file));
      swapped = swapped || overlap(own, mirrored);
      touched = touched || overlap(own, area);
      constexpr std::size_t kEnough = 3;
      if (++named <= kEnough) text += "; " + file.string() + " covers " + text_of(own);
    }
  }
  if (named == 0) text += "; no terrain source was given";
  if (touched)
    text += "; the files reach the area but hold only voids there: add another terrain source";
  else if (swapped)
    text += "; longitude and latitude look swapped: positions are longitude first, then latitude";
  else
    text += "; name files of this area, or move the area";
  throw GeodataError(text);
}

struct SeaCounts {
  std::size_t sea = 0;
  std::size_t assumed = 0;
};

SeaCounts apply_sea(const TerrainRequest& request, const OGRSpatialReference& crs,
                    Terrain& terrain) {
  SeaCounts counts;
  const bool known = request.land_polygons || request.land_mask;
  if (!known && !request.assume_sea_level) return counts;
  std::vector<Cover> cover(terrain.grid.size(), Cover::unknown);
  if (request.land_polygons) add_land_polygons(*request.land_polygons, crs, terrain.grid, cover);
  if (request.land_mask) add_land_mask(*request.land_mask, crs, terrain.grid, cover);
  for (std::size_t i = 0; i < cover.size(); ++i) {
    bool sea = cover[i] == Cover::sea;
    if (cover[i] == Cover::unknown && request.assume_sea_level &&
        std::isnan(terrain.ground_amsl_m[i])) {
      sea = true;
      ++counts.assumed;
    }
    if (!sea) continue;
    ++counts.sea;
    terrain.ground_amsl_m[i] = 0.0f;
    terrain.zone[i] = Zone::sea;
  }
  return counts;
}

std::size_t load_clutter(const ClutterRequest& request, const OGRSpatialReference& crs,
                         Terrain& terrain) {
  const RasterSource source = open_raster(request.file);
  const Grid& grid = terrain.grid;
  terrain.clutter_height_m.assign(grid.size(), kVoid);
  std::map<float, float> height_of;
  for (const auto& [value, height_m] : request.height_m)
    height_of[static_cast<float>(value)] = static_cast<float>(height_m);
  std::set<float> strangers;
  GridSampler sampler(source, crs, grid);
  sampler.run(Sampling::nearest, true, nullptr, [&](Pixel first, std::span<const float> values) {
    float* row = terrain.clutter_height_m.data() + grid.index(first);
    float last = kVoid;
    float last_height = kVoid;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) continue;
      if (values[i] != last) {
        const auto found = height_of.find(values[i]);
        if (found == height_of.end()) {
          strangers.insert(values[i]);
          continue;
        }
        last = values[i];
        last_height = found->second;
      }
      row[i] = last_height;
    }
  });
  if (!strangers.empty()) {
    std::string list;
    std::size_t n = 0;
    constexpr std::size_t kEnough = 12;
    for (const float value : strangers) {
      if (++n > kEnough) break;
      char number[32];
      std::snprintf(number, sizeof(number), "%s%.9g", n == 1 ? "" : ", ",
                    static_cast<double>(value));
      list += number;
    }
    if (strangers.size() > kEnough)
      list += " and " + std::to_string(strangers.size() - kEnough) + " more";
    throw GeodataError("clutter raster " + request.file.string() +
                       " holds values without a class in the area: " + list +
                       "; give each a representative height (0 for open ground and water)");
  }
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    float& height = terrain.clutter_height_m[i];
    if (terrain.zone[i] == Zone::sea)
      height = 0.0f;  // forest over water is a shifted coast line
    else if (std::isnan(height)) {
      height = 0.0f;
      ++unknown;
    }
  }
  return unknown;
}

}  // namespace

LoadedTerrain load_terrain(const TerrainRequest& request) {
  YONDER_EXPECTS(request.grid.columns > 0 && request.grid.rows > 0 &&
                 request.grid.pixel_size_m > 0.0);
  ensure_gdal();
  const OGRSpatialReference crs = reference_from_wkt(request.projection.wkt());
  LoadedTerrain loaded;
  Terrain& terrain = loaded.terrain;
  terrain.grid = request.grid;
  terrain.geo = make_lattice(request.grid, crs);
  terrain.ground_amsl_m.assign(request.grid.size(), kVoid);
  terrain.zone.assign(request.grid.size(), Zone::inland);

  std::size_t filled = 0;
  for (const auto& files : request.sources) {
    TerrainSourceReport report;
    report.files = files;
    for (const RasterSource& source : open_mosaics(files)) {
      const std::size_t pixels = fill_voids(source, crs, terrain);
      report.pixels += pixels;
      report.synthetic = report.synthetic || (source.synthetic && pixels > 0);
    }
    filled += report.pixels;
    loaded.synthetic = loaded.synthetic || report.synthetic;
    loaded.sources.push_back(std::move(report));
  }

  const SeaCounts sea = apply_sea(request, crs, terrain);
  loaded.sea_pixels = sea.sea;
  loaded.assumed_sea_pixels = sea.assumed;
  // Sources that miss the area are a mistake even where the sea may be assumed; only without any
  // source is the open sea what was asked for.
  const bool open_sea = request.sources.empty() && request.assume_sea_level;
  if (filled == 0 && sea.sea == sea.assumed && !open_sea)
    refuse_all_void(request, bounds_of(terrain.geo));
  mark_coastal_zone(terrain.grid, terrain.ground_amsl_m, terrain.zone);
  if (request.clutter) loaded.clutter_unknown_pixels = load_clutter(*request.clutter, crs, terrain);
  loaded.no_data_pixels = static_cast<std::size_t>(
      std::count_if(terrain.ground_amsl_m.begin(), terrain.ground_amsl_m.end(),
                    [](float h) { return std::isnan(h); }));
  return loaded;
}

RasterSummary inspect_raster(const std::filesystem::path& file) {
  const RasterSource source = open_raster(file);
  check_readable(source);
  RasterSummary summary;
  summary.columns = source.columns();
  summary.rows = source.rows();
  summary.crs_name = source.crs.GetName() ? source.crs.GetName() : "unnamed";
  const GeoBox box = bounds_of(source);
  summary.west_deg = box.west_deg;
  summary.south_deg = box.south_deg;
  summary.east_deg = box.east_deg;
  summary.north_deg = box.north_deg;
  const double* t = source.pixel_to_crs;
  const double width = std::hypot(t[1], t[4]);
  const double height = std::hypot(t[2], t[5]);
  if (source.geographic()) {
    const double metres = deg_to_rad(1.0) * kEarthRadiusM;
    const double shrink = std::cos(deg_to_rad(0.5 * (box.south_deg + box.north_deg)));
    summary.pixel_m = metres * std::sqrt(width * shrink * height);
  } else {
    summary.pixel_m = std::sqrt(width * height) * source.crs.GetLinearUnits();
  }
  summary.nodata = source.nodata;
  summary.synthetic = source.synthetic;
  return summary;
}

void inspect_polygons(const std::filesystem::path& file) { open_polygons(file); }

int lattice_step_px(double pixel_m) {
  // A parallel bends away from its chord by L^2 tan(lat) / (8 R): 0.85 m over 5 km at latitude 60,
  // 2.8 m at 80.
  constexpr double kMaxCellM = 5000.0;
  return std::clamp(static_cast<int>(kMaxCellM / pixel_m), 1, 32);
}

}  // namespace yonder::geodata
