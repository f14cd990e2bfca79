#include "scenarios/terrain_sketch.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/text.h"
#include "core/units.h"
#include "scenarios/hash_noise.h"
#include "scenarios/smooth_surface.h"
#include "scenarios/terrain_shapes.h"

namespace yonder::scenarios {
namespace {

/// Rounded, so that the last bits of a mathematical library do not reach the heights.
double portable(double value) { return std::nearbyint(value * 1e9) * 1e-9; }

/// Plane of the sketch: metres east and north of the box's south-west corner, true to scale at the
/// middle latitude. Good enough for making shapes; nothing is measured on it.
class LocalPlane {
 public:
  explicit LocalPlane(const BoundingBox& box)
      : west_deg_(box.west_deg),
        south_deg_(box.south_deg),
        m_per_lat_(kEarthRadiusM * kPi / 180.0),
        m_per_lon_(m_per_lat_ *
                   portable(std::cos(deg_to_rad(0.5 * (box.south_deg + box.north_deg))))) {}

  MapPoint at(LonLat p) const {
    return {(p.lon_deg - west_deg_) * m_per_lon_, (p.lat_deg - south_deg_) * m_per_lat_};
  }

 private:
  double west_deg_;
  double south_deg_;
  double m_per_lat_;
  double m_per_lon_;
};

/// Noise spread out so that it often reaches -1 and 1; its mean stays 0.
double swing(double noise) {
  return 2.0 * smooth_step(std::clamp(0.5 + 0.9 * noise, 0.0, 1.0)) - 1.0;
}

class Dunes {
 public:
  Dunes(const DuneField& field, const LocalPlane& plane, std::uint64_t seed)
      : field_(field),
        seed_(seed),
        sin_(portable(std::sin(deg_to_rad(field.ridge_azimuth_deg)))),
        cos_(portable(std::cos(deg_to_rad(field.ridge_azimuth_deg)))) {
    for (const LonLat corner : field.polygon) polygon_.push_back(plane.at(corner));
  }

  double height_m(MapPoint p) const {
    const double depth = depth_inside(polygon_, p);
    if (depth <= 0.0) return 0.0;
    const double spacing = field_.spacing_m;
    const double along = (p.x_m * sin_ + p.y_m * cos_) / spacing;
    double across = (p.x_m * cos_ - p.y_m * sin_) / spacing;
    // Ridges wander and come nearer to each other and part again; where they come too near, two
    // join in a fork.
    across += 1.1 * value_noise(seed_ ^ 1U, along / 9.0, across / 5.0) +
              0.4 * value_noise(seed_ ^ 2U, along / 2.5, across / 1.6);
    const double ridge = std::floor(across);
    const double off_crest = std::abs(across - ridge - 0.5) / (0.5 * field_.ridge_share);
    // Crests rise and sink along each ridge, and groups of ridges along the field. Both factors
    // have the mean 1.
    const double crest =
        (1.0 + field_.variability * swing(value_noise(seed_ ^ 3U, along / 2.5, ridge))) *
        (1.0 +
         0.6 * field_.variability * swing(value_noise(seed_ ^ 4U, along / 8.0, across / 6.0)));
    const double profile = off_crest < 1.0 ? 1.0 - smooth_step(off_crest) : 0.0;
    // The mean of 1 - smooth_step over a ridge is 1/2.
    const double mean = 0.5 * field_.ridge_share;
    const double fade = depth < field_.edge_m ? smooth_step(depth / field_.edge_m) : 1.0;
    return fade * field_.height_m * (crest * profile - mean);
  }

 private:
  const DuneField& field_;
  std::uint64_t seed_;
  double sin_;
  double cos_;
  std::vector<MapPoint> polygon_;
};

class Hills {
 public:
  Hills(const HillField& field, const LocalPlane& plane, std::uint64_t seed)
      : field_(field), seed_(seed) {
    for (const LonLat corner : field.polygon) polygon_.push_back(plane.at(corner));
  }

  double height_m(MapPoint p) const {
    double fade = 1.0;
    if (!polygon_.empty()) {
      const double depth = depth_inside(polygon_, p);
      if (depth <= 0.0) return 0.0;
      if (depth < field_.edge_m) fade = smooth_step(depth / field_.edge_m);
    }
    return fade * fractal_noise_m(field_.rms_m, field_.scale_m, field_.octaves, seed_, p);
  }

 private:
  const HillField& field_;
  std::uint64_t seed_;
  std::vector<MapPoint> polygon_;
};

double slope(double slope_deg) { return portable(std::tan(deg_to_rad(slope_deg))); }

ValleyLine valley_line(const Valley& valley, const LocalPlane& plane, std::uint64_t seed) {
  ValleyLine line;
  for (const KnownHeight& point : valley.line) {
    line.points.push_back(plane.at(point.position));
    line.height_m.push_back(point.height_amsl_m);
  }
  line.floor_width_m = valley.floor_width_m;
  line.wall_slope = slope(valley.wall_slope_deg);
  line.spurs = valley.spurs;
  line.spur_scale_m = valley.spur_scale_m;
  line.seed = seed;
  return line;
}

/// Sea at 0 m, and land that rises from it no steeper than the recipe says.
void apply_coast(const SketchCoast& coast, const LocalPlane& plane, TerrainSketch& sketch) {
  const geodata::GeographicGrid& grid = sketch.grid;
  std::vector<std::vector<MapPoint>> rings;
  for (const std::vector<LonLat>& ring : coast.rings) {
    std::vector<MapPoint>& points = rings.emplace_back();
    for (const LonLat corner : ring) points.push_back(plane.at(corner));
  }
  const MapPoint top_left = plane.at({grid.west_deg, grid.north_deg});
  const MapPoint next = plane.at({grid.west_deg + grid.step_deg, grid.north_deg - grid.step_deg});
  const ShoreDistance shore(rings, top_left, next.x_m - top_left.x_m, top_left.y_m - next.y_m,
                            grid.columns, grid.rows);
  const double rise = slope(coast.shore_slope_deg);
  std::size_t i = 0;
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column, ++i) {
      float& height = sketch.height_amsl_m[i];
      if (!shore.is_land(column, row)) {
        height = 0.0F;
        continue;
      }
      const double distance = shore.to_sea_m(column, row, coast.inland_m);
      double limited = static_cast<double>(height);
      if (distance < coast.inland_m) limited = std::min(limited, rise * distance);
      height = static_cast<float>(std::max(limited, coast.lowest_land_m));
    }
  }
}

}  // namespace

TerrainSketch sketch_terrain(const TerrainRecipe& recipe) {
  const LocalPlane plane(recipe.box);
  std::vector<SurfacePoint> points;
  for (const KnownHeight& known : recipe.known_heights) {
    points.push_back({plane.at(known.position), known.height_amsl_m});
  }
  const SmoothSurface surface(points);
  std::vector<Dunes> fields;
  for (std::size_t i = 0; i < recipe.dune_fields.size(); ++i) {
    fields.emplace_back(recipe.dune_fields[i], plane, mixed(recipe.seed + 101 * (i + 1)));
  }

  std::vector<Hills> hills;
  for (std::size_t i = 0; i < recipe.hills.size(); ++i) {
    hills.emplace_back(recipe.hills[i], plane, mixed(recipe.seed + 10007 * (i + 1)));
  }
  std::vector<ValleyLine> valleys;
  std::vector<ValleyLine::Extent> extents;
  for (const Valley& valley : recipe.valleys) {
    valleys.push_back(valley_line(valley, plane, mixed(recipe.seed + 1000003)));
    extents.push_back(valleys.back().extent());
  }

  TerrainSketch sketch;
  geodata::GeographicGrid& grid = sketch.grid;
  grid.step_deg = recipe.step_arcsec / 3600.0;
  grid.west_deg = recipe.box.west_deg;
  grid.north_deg = recipe.box.north_deg;
  const auto steps = [&](double span_deg) {
    return std::max(1, static_cast<int>(std::ceil(span_deg / grid.step_deg - 1e-6)));
  };
  grid.columns = steps(recipe.box.east_deg - recipe.box.west_deg);
  grid.rows = steps(recipe.box.north_deg - recipe.box.south_deg);
  sketch.height_amsl_m.resize(static_cast<std::size_t>(grid.columns) *
                              static_cast<std::size_t>(grid.rows));
  const auto rounded = [&](double height) {
    return std::nearbyint(height / recipe.rounding_m) * recipe.rounding_m;
  };
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const LonLat position{grid.west_deg + (column + 0.5) * grid.step_deg,
                            grid.north_deg - (row + 0.5) * grid.step_deg};
      const MapPoint p = plane.at(position);
      double height =
          surface.at(p) + fractal_noise_m(recipe.roughness.rms_m, recipe.roughness.scale_m, 3,
                                          mixed(recipe.seed), p);
      for (const Dunes& dunes : fields) height += dunes.height_m(p);
      for (const Hills& field : hills) height += field.height_m(p);
      for (std::size_t i = 0; i < valleys.size(); ++i) {
        height = valleys[i].cut(height, p, extents[i]);
      }
      if (!(height > -450.0 && height < 8900.0)) {
        throw std::runtime_error(
            "recipe '" + recipe.name + "' gives " + number_text(std::round(height)) + " m at " +
            number_text(position.lon_deg) + ", " + number_text(position.lat_deg) +
            ": its known heights lie too far from there; add one nearby");
      }
      sketch.height_amsl_m[static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                           static_cast<std::size_t>(column)] =
          static_cast<float>(recipe.coast ? height : rounded(height));
    }
  }
  if (recipe.coast) {
    apply_coast(*recipe.coast, plane, sketch);
    for (float& height : sketch.height_amsl_m) {
      height = static_cast<float>(rounded(static_cast<double>(height)));
    }
  }
  return sketch;
}

}  // namespace yonder::scenarios
