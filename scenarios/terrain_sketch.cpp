#include "scenarios/terrain_sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/text.h"
#include "core/units.h"
#include "scenarios/hash_noise.h"
#include "scenarios/smooth_surface.h"

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

/// Distance from the polygon's edge, positive inside.
double depth_inside(const std::vector<MapPoint>& polygon, MapPoint p) {
  bool inside = false;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const MapPoint a = polygon[j], b = polygon[i];
    if ((a.y_m > p.y_m) != (b.y_m > p.y_m) &&
        p.x_m < a.x_m + (p.y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m)) {
      inside = !inside;
    }
    const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0.0
            ? std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / length2, 0.0, 1.0)
            : 0.0;
    const double ex = a.x_m + along * dx - p.x_m, ey = a.y_m + along * dy - p.y_m;
    nearest = std::min(nearest, std::sqrt(ex * ex + ey * ey));
  }
  return inside ? nearest : -nearest;
}

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

/// Three octaves of value noise, each half as large and half as high, with the wanted rms.
double roughness_m(const Roughness& roughness, std::uint64_t seed, MapPoint p) {
  if (roughness.rms_m <= 0.0) return 0.0;
  double sum = 0.0, weight = 1.0, scale = roughness.scale_m;
  for (std::uint64_t octave = 0; octave < 3; ++octave) {
    sum += weight * value_noise(seed ^ (octave + 16U), p.x_m / scale, p.y_m / scale);
    weight *= 0.5;
    scale *= 0.5;
  }
  // Value noise has variance (1/3) (181/231)^2 averaged over a lattice cell; octaves add up to
  // (1 + 1/4 + 1/16) times that.
  constexpr double kRmsOfSum = 0.51827;
  return roughness.rms_m / kRmsOfSum * sum;
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
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const LonLat position{grid.west_deg + (column + 0.5) * grid.step_deg,
                            grid.north_deg - (row + 0.5) * grid.step_deg};
      const MapPoint p = plane.at(position);
      double height = surface.at(p) + roughness_m(recipe.roughness, mixed(recipe.seed), p);
      for (const Dunes& dunes : fields) height += dunes.height_m(p);
      if (!(height > -450.0 && height < 8900.0)) {
        throw std::runtime_error(
            "recipe '" + recipe.name + "' gives " + number_text(std::round(height)) + " m at " +
            number_text(position.lon_deg) + ", " + number_text(position.lat_deg) +
            ": its known heights lie too far from there; add one nearby");
      }
      sketch.height_amsl_m[static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                           static_cast<std::size_t>(column)] =
          static_cast<float>(std::nearbyint(height / recipe.rounding_m) * recipe.rounding_m);
    }
  }
  return sketch;
}

}  // namespace yonder::scenarios
