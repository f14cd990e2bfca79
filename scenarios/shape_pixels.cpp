#include "scenarios/shape_pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/parallel_rows.h"
#include "core/shapes/coast_distance.h"
#include "core/shapes/polygon_pixels.h"
#include "geodata/error.h"
#include "geodata/vector_input.h"
#include "scenarios/availability_map.h"

namespace yonder::scenarios {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kNotedShare = 0.005;  ///< of a shape that is left out: less gets no warning

/// True areas of pixels: the plane's scale is asked every 64 pixels and is smooth between.
class PixelAreas {
 public:
  PixelAreas(const Plan& plan) : window_(plan.analysis.area) {
    const Grid& grid = plan.terrain().grid;
    columns_ = window_.columns / kStep + 2;
    const int rows = window_.rows / kStep + 2;
    const double pixel_km2 = grid.pixel_size_m * grid.pixel_size_m * 1e-6;
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const Pixel node{window_.column + c * kStep, window_.row + r * kStep};
        const double scale =
            plan.analysis.projection
                .distortion_at(plan.analysis.projection.to_lonlat(grid.center(node)))
                .scale;
        km2_.push_back(pixel_km2 / (scale * scale));
      }
    }
  }

  double km2(Pixel pixel) const {
    const double u = static_cast<double>(pixel.column - window_.column) / kStep;
    const double v = static_cast<double>(pixel.row - window_.row) / kStep;
    const int c = static_cast<int>(u), r = static_cast<int>(v);
    const auto at = [&](int dc, int dr) {
      return km2_[static_cast<std::size_t>((r + dr) * columns_ + c + dc)];
    };
    return std::lerp(std::lerp(at(0, 0), at(1, 0), u - c), std::lerp(at(0, 1), at(1, 1), u - c),
                     v - r);
  }

 private:
  static constexpr int kStep = 64;
  PixelWindow window_;
  int columns_ = 0;
  std::vector<double> km2_;
};

/// What a terminal (-1: the receiver) finds at a pixel.
shapes::PlaceResult pixel_result(const Coverage& coverage, int terminal, std::size_t i) {
  shapes::PlaceResult result;
  if (terminal < 0) {
    result.rsrp_dbm = static_cast<double>(coverage.map.rsrp_dbm[i]);
    return result;
  }
  const TerminalService& service = coverage.services[static_cast<std::size_t>(terminal)];
  const PixelFigures& figures = service.figures[i];
  result.rsrp_dbm = static_cast<double>(figures.rsrp_dbm);
  result.ss_sinr_db = static_cast<double>(figures.ss_sinr_db);
  result.downlink_bps = 1e6 * static_cast<double>(figures.downlink_mbps);
  result.loaded_downlink_bps = 1e6 * static_cast<double>(figures.loaded_downlink_mbps);
  result.uplink_bps = 1e6 * static_cast<double>(figures.uplink_mbps);
  result.probability = static_cast<double>(figures.probability);
  result.service_class = static_cast<nr::ServiceClass>(service.service_class[i]);
  result.limit = static_cast<nr::ServiceLimit>(service.binding[i]);
  result.fails = figures.fails;
  return result;
}

std::vector<int> wanted_terminals(const Scenario& scenario, const std::vector<int>& named) {
  return scenario.terminals.empty() ? std::vector<int>{-1} : named;
}

std::vector<double> thresholds_of(const Scenario& scenario) {
  std::vector<double> thresholds;
  for (const Threshold& threshold : scenario.thresholds) thresholds.push_back(threshold.rsrp_dbm);
  return thresholds;
}

struct WeighedPixel {
  std::size_t index = 0;
  double km2 = 0.0;
};

std::vector<shapes::PlaceResult> pixel_results(const Coverage& coverage, int terminal,
                                               const std::vector<WeighedPixel>& pixels) {
  std::vector<shapes::PlaceResult> results;
  results.reserve(pixels.size());
  for (const WeighedPixel& pixel : pixels) {
    results.push_back(pixel_result(coverage, terminal, pixel.index));
    results.back().weight = pixel.km2;
  }
  return results;
}

/// Shares of the pixels' area by the share of time with service.
std::optional<ShapeAvailability> availability(const Scenario& scenario, const Coverage& coverage,
                                              int terminal,
                                              const std::vector<WeighedPixel>& pixels) {
  if (terminal < 0) return std::nullopt;
  const std::vector<float>& percent =
      coverage.services[static_cast<std::size_t>(terminal)].availability_percent;
  if (percent.empty()) return std::nullopt;
  ShapeAvailability found;
  shapes::WeightedValues values;
  for (const WeighedPixel& pixel : pixels) {
    const auto at = static_cast<double>(percent[pixel.index]);
    values.add(at, pixel.km2);
    if (!std::isnan(at)) found.mean_percent += at * pixel.km2;
  }
  if (values.weight() > 0.0) found.mean_percent /= values.weight();
  for (const double told : told_percents(scenario.availability)) {
    // Layers are of single precision.
    found.at_least.emplace_back(told, values.share_at_least(told - 1e-4));
  }
  return found;
}

std::vector<ShapeTerminal> judge_pixels(const Scenario& scenario, const Coverage& coverage,
                                        const std::vector<int>& named,
                                        const std::vector<WeighedPixel>& pixels) {
  std::vector<ShapeTerminal> terminals;
  for (const int terminal : wanted_terminals(scenario, named)) {
    terminals.push_back({terminal,
                         shapes::place_kpis(pixel_results(coverage, terminal, pixels),
                                            thresholds_of(scenario), terminal >= 0),
                         availability(scenario, coverage, terminal, pixels)});
  }
  return terminals;
}

double ring_area_m2(const shapes::PlaneRing& ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const MapPoint a = ring[i], b = ring[(i + 1) % ring.size()];
    twice += a.x_m * b.y_m - b.x_m * a.y_m;
  }
  return std::abs(0.5 * twice);
}

/// A line of the earth on the plane, with points between where a straight piece would leave it by
/// much: edges of 5 km differ from the geodesic by under a metre.
shapes::CoastDistance::Line on_plane(const geodata::Projection& projection,
                                     const std::vector<LonLat>& vertices) {
  shapes::CoastDistance::Line line;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const LonLat b = vertices[i];
    if (i > 0) {
      const LonLat a = vertices[i - 1];
      constexpr double kMostDeg = 0.05;
      const double span =
          std::max(std::abs(b.lon_deg - a.lon_deg), std::abs(b.lat_deg - a.lat_deg));
      const int pieces = static_cast<int>(std::ceil(span / kMostDeg));
      for (int k = 1; k < pieces; ++k) {
        const double t = static_cast<double>(k) / pieces;
        line.earth.push_back(
            {std::lerp(a.lon_deg, b.lon_deg, t), std::lerp(a.lat_deg, b.lat_deg, t)});
      }
    }
    line.earth.push_back(b);
  }
  for (const LonLat& place : line.earth) line.plane.push_back(projection.to_map(place));
  return line;
}

ShoreProfile shore_profile(const Scenario& scenario, const Coverage& coverage, int terminal,
                           const std::vector<WeighedPixel>& pixels,
                           const std::vector<double>& distance_m, double to_m) {
  ShoreProfile profile;
  profile.terminal = terminal;
  const double step_m = std::max(1000.0, std::ceil(to_m / 100e3) * 1000.0);
  profile.step_m = step_m;
  const int slices = static_cast<int>(std::ceil(to_m / step_m));
  std::vector<std::vector<WeighedPixel>> by_slice(static_cast<std::size_t>(slices));
  for (const WeighedPixel& pixel : pixels) {
    const double slice = distance_m[pixel.index] / step_m;
    if (slice < slices) by_slice[static_cast<std::size_t>(slice)].push_back(pixel);
  }
  for (int s = 0; s < slices; ++s) {
    profile.from_m.push_back(s * step_m);
    const auto& slice = by_slice[static_cast<std::size_t>(s)];
    const shapes::PlaceKpis kpis = shapes::place_kpis(pixel_results(coverage, terminal, slice),
                                                      thresholds_of(scenario), terminal >= 0);
    profile.rsrp_p50_dbm.push_back(kpis.rsrp_dbm.p50.value_or(kNone));
    profile.rsrp_p10_dbm.push_back(kpis.rsrp_dbm.p10.value_or(kNone));
    profile.downlink_mean_bps.push_back(kpis.downlink_bps.mean.value_or(kNone));
    profile.covered_share.push_back(slice.empty() ? kNone : kpis.covered_share);
  }
  return profile;
}

}  // namespace

AreaResult judge_area(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                      int area, std::vector<std::string>& warnings) {
  const AreaShapeConfig& config = scenario.shapes.areas[static_cast<std::size_t>(area)];
  const std::string key = "shapes.areas." + config.id;
  AreaResult result;
  result.area = area;
  if (config.file.empty()) {
    result.polygons = {{{config.polygon}}};
  } else {
    try {
      result.polygons = geodata::read_polygons(config.file);
    } catch (const geodata::GeodataError& error) {
      throw ScenarioErrors({{config.mark, key + ".file", error.what(), ""}});
    }
  }
  std::vector<shapes::PlaneRing> rings;
  double polygon_m2 = 0.0;
  for (const geodata::PolygonRings& polygon : result.polygons) {
    for (std::size_t r = 0; r < polygon.rings.size(); ++r) {
      std::vector<LonLat> closed = polygon.rings[r];
      if (!closed.empty()) closed.push_back(closed.front());
      rings.push_back(on_plane(plan.analysis.projection, closed).plane);
      polygon_m2 += (r == 0 ? 1.0 : -1.0) * ring_area_m2(rings.back());
    }
  }
  const PixelWindow& window = plan.analysis.area;
  const Grid& grid = plan.terrain().grid;
  const std::vector<bool> inside = shapes::pixels_inside(grid, window, rings);
  const PixelAreas areas(plan);
  std::vector<WeighedPixel> pixels;
  for (int row = window.row; row < window.row + window.rows; ++row) {
    for (int column = window.column; column < window.column + window.columns; ++column) {
      const Pixel pixel{column, row};
      const std::size_t i = window.index(pixel);
      if (!inside[i]) continue;
      pixels.push_back({i, areas.km2(pixel)});
      result.area_km2 += pixels.back().km2;
    }
  }
  if (pixels.empty()) {
    throw ScenarioErrors({{config.mark, key, "holds no pixel of the analysis area",
                           "a polygon around the sites, or a larger area"}});
  }
  const MapPoint low = grid.center({window.column, window.row + window.rows - 1});
  const MapPoint high = grid.center({window.column + window.columns - 1, window.row});
  const bool leaves = std::ranges::any_of(rings, [&](const shapes::PlaneRing& ring) {
    return std::ranges::any_of(ring, [&](MapPoint p) {
      return p.x_m < low.x_m || p.x_m > high.x_m || p.y_m < low.y_m || p.y_m > high.y_m;
    });
  });
  if (leaves && polygon_m2 > 0.0) {
    const double inside_m2 =
        static_cast<double>(pixels.size()) * grid.pixel_size_m * grid.pixel_size_m;
    result.outside_share = std::max(0.0, 1.0 - inside_m2 / polygon_m2);
    if (result.outside_share > kNotedShare) {
      warnings.push_back(
          fmt::format("area {}: {:.1f} % of it lie outside the analysis area and are not judged",
                      config.id, 100.0 * result.outside_share));
    }
  }
  result.terminals = judge_pixels(scenario, coverage, config.terminals, pixels);
  return result;
}

ZonesResult judge_zones(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                        int zones, std::vector<std::string>& warnings, const RunControl& control) {
  const ZonesConfig& config = scenario.shapes.zones[static_cast<std::size_t>(zones)];
  const std::string key = "shapes.zones." + config.id;
  std::vector<shapes::CoastDistance::Line> lines;
  try {
    const std::filesystem::path file =
        config.coast.empty() ? scenario.terrain.land_polygons.value() : config.coast;
    for (const std::vector<LonLat>& coast : geodata::read_coast(file)) {
      if (coast.size() >= 2) lines.push_back(on_plane(plan.analysis.projection, coast));
    }
  } catch (const geodata::GeodataError& error) {
    throw ScenarioErrors({{config.mark, key + ".coast", error.what(), ""}});
  }
  if (lines.empty()) {
    throw ScenarioErrors(
        {{config.mark, key + ".coast", "the coast has no line of two points", ""}});
  }
  const shapes::CoastDistance coast(lines);
  const PixelWindow& window = plan.analysis.area;
  const Terrain& terrain = plan.terrain();
  std::vector<double> distance_m(window.size(), kNone);
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(window.rows, quiet, 0, 0, [&](int r, int) {
    for (int column = window.column; column < window.column + window.columns; ++column) {
      const Pixel pixel{column, window.row + r};
      const std::size_t i = window.index(pixel);
      if (terrain.zone[terrain.grid.index(pixel)] != Zone::sea) continue;
      const MapPoint centre = terrain.grid.center(pixel);
      distance_m[i] = coast.distance_m(centre, terrain.geo.at(centre));
    }
  });
  const PixelAreas areas(plan);
  std::vector<WeighedPixel> sea;
  std::vector<std::vector<WeighedPixel>> by_band(config.bands_m.size() - 1);
  std::vector<double> beyond_km2(by_band.size(), 0.0);
  for (int row = window.row; row < window.row + window.rows; ++row) {
    for (int column = window.column; column < window.column + window.columns; ++column) {
      const Pixel pixel{column, row};
      const std::size_t i = window.index(pixel);
      if (std::isnan(distance_m[i])) continue;
      const bool judged =
          plan.analysis.whole_window || coverage.map.status[i] != pixel_status::kBeyondRadius;
      if (judged) sea.push_back({i, areas.km2(pixel)});
      const auto edge = std::ranges::upper_bound(config.bands_m, distance_m[i]);
      if (edge == config.bands_m.begin() || edge == config.bands_m.end()) continue;
      const auto b = static_cast<std::size_t>(edge - config.bands_m.begin()) - 1;
      if (judged) {
        by_band[b].push_back(sea.back());
      } else {
        beyond_km2[b] += areas.km2(pixel);
      }
    }
  }
  if (sea.empty()) {
    throw ScenarioErrors({{config.mark, key, "there is no sea in the analysis area",
                           "terrain: {sea: {land_polygons: coast.geojson}}"}});
  }
  ZonesResult result;
  result.zones = zones;
  for (std::size_t b = 0; b < by_band.size(); ++b) {
    BandResult band;
    band.from_m = config.bands_m[b];
    band.to_m = config.bands_m[b + 1];
    for (const WeighedPixel& pixel : by_band[b]) band.area_km2 += pixel.km2;
    if (by_band[b].empty()) {
      warnings.push_back(fmt::format("zones {}: no judged pixel lies {:g} to {:g} km from shore",
                                     config.id, band.from_m / 1000.0, band.to_m / 1000.0));
    } else if (beyond_km2[b] > kNotedShare * (band.area_km2 + beyond_km2[b])) {
      warnings.push_back(
          fmt::format("zones {}: {:.0f} % of the map's sea {:g} to {:g} km from shore lie beyond "
                      "every cell's radius and are not judged; a larger calculation.radius_km, or "
                      "an area.bounding_box, counts them",
                      config.id, 100.0 * beyond_km2[b] / (band.area_km2 + beyond_km2[b]),
                      band.from_m / 1000.0, band.to_m / 1000.0));
    }
    band.terminals = judge_pixels(scenario, coverage, config.terminals, by_band[b]);
    result.bands.push_back(std::move(band));
  }
  for (const int terminal : wanted_terminals(scenario, config.terminals)) {
    result.profiles.push_back(
        shore_profile(scenario, coverage, terminal, sea, distance_m, config.bands_m.back()));
  }
  return result;
}

}  // namespace yonder::scenarios
