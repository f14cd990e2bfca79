#include "geodata/gdal/sea_mask.h"

#include <cpl_string.h>
#include <gdal_alg.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "geodata/error.h"
#include "geodata/gdal/grid_sampler.h"
#include "geodata/gdal/polygon_source.h"

namespace yonder::geodata {
namespace {

struct Envelope {
  double x0 = 0.0, y0 = 0.0, x1 = 0.0, y1 = 0.0;
};

/// The grid's outline in the layer's coordinates, a little enlarged; two boxes when it lies across
/// the antimeridian of a geographic system.
std::vector<Envelope> grid_in_layer(const Grid& grid, const OGRSpatialReference& grid_crs,
                                    const OGRSpatialReference& layer_crs) {
  const ErrorCapture errors;
  const TransformPtr transform = make_transform(grid_crs, layer_crs);
  const double width_m = grid.pixel_size_m * grid.columns;
  const double height_m = grid.pixel_size_m * grid.rows;
  Envelope e;
  constexpr int kDensify = 21;
  if (!transform->TransformBounds(grid.top_left.x_m, grid.top_left.y_m - height_m,
                                  grid.top_left.x_m + width_m, grid.top_left.y_m, &e.x0, &e.y0,
                                  &e.x1, &e.y1, kDensify))
    throw GeodataError("the analysis grid has no place in the coordinate system of the polygons" +
                       errors.reason());
  const bool across = layer_crs.IsGeographic() && e.x1 < e.x0;
  const double margin = 0.05 * std::max(e.x1 - e.x0 + (across ? 360.0 : 0.0), e.y1 - e.y0);
  e = {e.x0 - margin, e.y0 - margin, e.x1 + margin, e.y1 + margin};
  if (!across) return {e};
  return {{e.x0, e.y0, 180.0, e.y1}, {-180.0, e.y0, e.x1, e.y1}};
}

OGRPolygon box_polygon(const Envelope& e) {
  OGRLinearRing ring;
  ring.addPoint(e.x0, e.y0);
  ring.addPoint(e.x1, e.y0);
  ring.addPoint(e.x1, e.y1);
  ring.addPoint(e.x0, e.y1);
  ring.closeRings();
  OGRPolygon polygon;
  polygon.addRing(&ring);
  return polygon;
}

using GeometryPtr = std::unique_ptr<OGRGeometry>;

/// Outer rings only; see add_land_polygons().
void collect_outlines(const OGRGeometry& geometry, std::vector<GeometryPtr>& outlines) {
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPolygon: {
      const OGRLinearRing* ring = geometry.toPolygon()->getExteriorRing();
      if (ring == nullptr || ring->getNumPoints() < 4) return;
      auto polygon = std::make_unique<OGRPolygon>();
      polygon->addRingDirectly(ring->clone());
      polygon->flattenTo2D();
      outlines.push_back(std::move(polygon));
      return;
    }
    case wkbMultiPolygon:
    case wkbGeometryCollection:
      for (const OGRGeometry* part : *geometry.toGeometryCollection())
        collect_outlines(*part, outlines);
      return;
    default:
      return;
  }
}

/// A continent's outline has no place in a UTM zone: cut to the area what is much larger than it.
GeometryPtr cut_to(GeometryPtr outline, const Envelope& area, const std::string& name) {
  OGREnvelope own;
  outline->getEnvelope(&own);
  const double reach_x = 2.0 * (area.x1 - area.x0);
  const double reach_y = 2.0 * (area.y1 - area.y0);
  if (own.MinX > area.x0 - reach_x && own.MaxX < area.x1 + reach_x &&
      own.MinY > area.y0 - reach_y && own.MaxY < area.y1 + reach_y)
    return outline;
  ErrorCapture errors;
  const OGRPolygon box = box_polygon(area);
  GeometryPtr part(outline->Intersection(&box));
  if (!part) {
    const GeometryPtr valid(outline->MakeValid());
    if (valid) part.reset(valid->Intersection(&box));
  }
  if (!part)
    throw GeodataError("a polygon of " + name + " cannot be cut to the area" + errors.reason() +
                       "; repair the file, for example with ogr2ogr -makevalid");
  return part;
}

class Rasterizer {
 public:
  Rasterizer(const Grid& grid, const OGRSpatialReference& grid_crs,
             const OGRSpatialReference& layer_crs, std::vector<std::uint8_t>& pixels)
      : transform_(make_transform(layer_crs, grid_crs)),
        dataset_(wrap_memory(pixels.data(), GDT_Byte, grid.columns, grid.rows)) {
    double place[6] = {grid.top_left.x_m, grid.pixel_size_m, 0.0, grid.top_left.y_m, 0.0,
                       -grid.pixel_size_m};
    dataset_->SetGeoTransform(place);
    // Straight in the file's system is curved in the grid's: 1 km pieces keep it within 0.1 m.
    piece_ = layer_crs.IsGeographic() ? 0.01 : 1000.0;
  }

  /// Takes a geometry of the layer's system; later ones lie on top.
  void add(GeometryPtr geometry, Cover cover, const std::string& name) {
    const ErrorCapture errors;
    geometry->segmentize(piece_);
    if (geometry->transform(transform_.get()) != OGRERR_NONE)
      throw GeodataError("a polygon of " + name + " cannot be projected onto the grid" +
                         errors.reason());
    handles_.push_back(OGRGeometry::ToHandle(geometry.get()));
    values_.push_back(static_cast<double>(cover));
    geometries_.push_back(std::move(geometry));
  }

  /// All at once: each call of GDAL passes over the whole grid.
  void burn(const std::string& name) {
    if (handles_.empty()) return;
    const ErrorCapture errors;
    int band = 1;
    if (GDALRasterizeGeometries(GDALDataset::ToHandle(dataset_.get()), 1, &band,
                                static_cast<int>(handles_.size()), handles_.data(), nullptr,
                                nullptr, values_.data(), nullptr, nullptr, nullptr) != CE_None)
      throw GeodataError("cannot rasterise " + name + errors.reason());
  }

 private:
  TransformPtr transform_;
  DatasetPtr dataset_;
  double piece_ = 0.01;
  std::vector<GeometryPtr> geometries_;
  std::vector<OGRGeometryH> handles_;
  std::vector<double> values_;
};

void add_land(OGRLayer& layer, const Envelope& area, Rasterizer& rasterizer,
              const std::string& name) {
  layer.SetSpatialFilterRect(area.x0, area.y0, area.x1, area.y1);
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    if (feature->GetGeometryRef() == nullptr) continue;
    std::vector<GeometryPtr> outlines;
    collect_outlines(*feature->GetGeometryRef(), outlines);
    for (GeometryPtr& outline : outlines) {
      GeometryPtr part = cut_to(std::move(outline), area, name);
      if (!part->IsEmpty()) rasterizer.add(std::move(part), Cover::land, name);
    }
  }
}

}  // namespace

void add_land_polygons(const std::filesystem::path& file, const OGRSpatialReference& grid_crs,
                       const Grid& grid, std::vector<Cover>& cover) {
  const PolygonSource source = open_polygons(file);
  const std::string name = file.string();
  std::vector<std::uint8_t> pixels(grid.size(), static_cast<std::uint8_t>(Cover::unknown));
  {
    Rasterizer rasterizer(grid, grid_crs, source.crs, pixels);
    OGREnvelope extent;
    ErrorCapture errors;
    if (source.layer->GetExtent(&extent, TRUE) != OGRERR_NONE)
      throw GeodataError("cannot read the extent of " + name + errors.reason());
    const std::vector<Envelope> areas = grid_in_layer(grid, grid_crs, source.crs);
    for (const Envelope& area : areas) {
      const Envelope known = {std::max(area.x0, extent.MinX), std::max(area.y0, extent.MinY),
                              std::min(area.x1, extent.MaxX), std::min(area.y1, extent.MaxY)};
      if (known.x0 >= known.x1 || known.y0 >= known.y1) continue;
      rasterizer.add(std::make_unique<OGRPolygon>(box_polygon(known)), Cover::sea, name);
    }
    for (const Envelope& area : areas) add_land(*source.layer, area, rasterizer, name);
    rasterizer.burn(name);
    if (errors.failed()) throw GeodataError("cannot read " + name + errors.reason());
  }
  for (std::size_t i = 0; i < pixels.size(); ++i)
    if (cover[i] == Cover::unknown) cover[i] = static_cast<Cover>(pixels[i]);
}

void add_land_mask(const std::filesystem::path& file, const OGRSpatialReference& grid_crs,
                   const Grid& grid, std::vector<Cover>& cover) {
  const RasterSource source = open_raster(file);
  const bool honour_nodata = source.nodata.has_value() && *source.nodata != 0.0;
  GridSampler sampler(source, grid_crs, grid);
  sampler.run(Sampling::nearest, honour_nodata, nullptr,
              [&](Pixel first, std::span<const float> values) {
                Cover* row = cover.data() + grid.index(first);
                for (std::size_t i = 0; i < values.size(); ++i) {
                  if (row[i] != Cover::unknown || std::isnan(values[i])) continue;
                  row[i] = values[i] == 0.0f ? Cover::sea : Cover::land;
                }
              });
}

void mark_coastal_zone(const Grid& grid, const std::vector<float>& ground_amsl_m,
                       std::vector<Zone>& zone) {
  constexpr float kHighestM = 100.0f;  // P.1812-8 table 4
  constexpr double kFarthestM = 50000.0;
  if (std::find(zone.begin(), zone.end(), Zone::sea) == zone.end()) return;
  std::vector<float> distance_px(grid.size());
  static_assert(sizeof(Zone) == 1 && static_cast<int>(Zone::sea) == 0);
  DatasetPtr zones = wrap_memory(zone.data(), GDT_Byte, grid.columns, grid.rows);
  DatasetPtr distances = wrap_memory(distance_px.data(), GDT_Float32, grid.columns, grid.rows);
  CPLStringList options;
  options.SetNameValue("VALUES", "0");
  options.SetNameValue("DISTUNITS", "PIXEL");
  char limit[32];
  std::snprintf(limit, sizeof(limit), "%.9g", kFarthestM / grid.pixel_size_m);
  options.SetNameValue("MAXDIST", limit);
  options.SetNameValue("NODATA", "-1");
  const ErrorCapture errors;
  if (GDALComputeProximity(GDALRasterBand::ToHandle(zones->GetRasterBand(1)),
                           GDALRasterBand::ToHandle(distances->GetRasterBand(1)), options.List(),
                           nullptr, nullptr) != CE_None)
    throw GeodataError("cannot compute the distance to the sea" + errors.reason());
  zones.reset();
  distances.reset();
  for (std::size_t i = 0; i < zone.size(); ++i)
    if (zone[i] != Zone::sea && distance_px[i] >= 0.0f && ground_amsl_m[i] <= kHighestM)
      zone[i] = Zone::coastal;
}

}  // namespace yonder::geodata
