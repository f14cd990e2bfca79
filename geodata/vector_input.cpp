#include "geodata/vector_input.h"

#include <ogrsf_frmts.h>

#include <functional>

#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

using Take = std::function<void(const OGRGeometry&, OGRFeature&)>;

/// The single geometries that a geometry is made of.
void each_part(const OGRGeometry& geometry, OGRFeature& feature, const Take& take) {
  if (const auto* collection = dynamic_cast<const OGRGeometryCollection*>(&geometry)) {
    for (const OGRGeometry* part : *collection) each_part(*part, feature, take);
  } else if (!geometry.IsEmpty()) {
    take(geometry, feature);
  }
}

/// Every single geometry of a file, in WGS 84.
void each_geometry(const std::filesystem::path& file, const Take& take) {
  ensure_gdal();
  const std::string name = file.string();
  const ErrorCapture errors;
  const DatasetPtr dataset(
      GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (!dataset) {
    throw GeodataError("cannot open " + name + " as shapes" + errors.reason() +
                       "; GeoJSON, GeoPackage or a shapefile is needed");
  }
  for (OGRLayer* layer : dataset->GetLayers()) {
    const OGRSpatialReference* own = layer->GetSpatialRef();
    TransformPtr to_wgs84;
    if (own != nullptr && !own->IsEmpty()) {
      OGRSpatialReference from = *own;
      from.StripVertical();
      from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      to_wgs84 = make_transform(from, wgs84());
    }
    layer->ResetReading();
    while (const OGRFeatureUniquePtr feature{layer->GetNextFeature()}) {
      OGRGeometry* geometry = feature->GetGeometryRef();
      if (geometry == nullptr) continue;
      if (!to_wgs84) {
        throw GeodataError(name + " has no coordinate system; give it one, for example ogr2ogr " +
                           "-a_srs EPSG:4326 out.gpkg " + name);
      }
      std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
      if (straight->transform(to_wgs84.get()) != OGRERR_NONE) {
        throw GeodataError("a shape of " + name + " has no place on the earth" + errors.reason());
      }
      each_part(*straight, *feature, take);
    }
  }
  if (errors.failed()) throw GeodataError("cannot read " + name + errors.reason());
}

std::vector<LonLat> vertices_of(const OGRSimpleCurve& curve) {
  std::vector<LonLat> vertices;
  for (int i = 0; i < curve.getNumPoints(); ++i) vertices.push_back({curve.getX(i), curve.getY(i)});
  return vertices;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& kind) {
  throw GeodataError(file.string() + " holds no " + kind);
}

std::string text_field(OGRFeature& feature, const char* name) {
  const int index = feature.GetFieldIndex(name);
  return index < 0 || !feature.IsFieldSetAndNotNull(index) ? "" : feature.GetFieldAsString(index);
}

std::optional<double> number_field(OGRFeature& feature, const char* name) {
  const int index = feature.GetFieldIndex(name);
  if (index < 0 || !feature.IsFieldSetAndNotNull(index)) return std::nullopt;
  return feature.GetFieldAsDouble(index);
}

}  // namespace

std::vector<std::vector<LonLat>> read_lines(const std::filesystem::path& file) {
  std::vector<std::vector<LonLat>> lines;
  each_geometry(file, [&](const OGRGeometry& geometry, OGRFeature&) {
    if (wkbFlatten(geometry.getGeometryType()) == wkbLineString) {
      lines.push_back(vertices_of(*geometry.toLineString()));
    }
  });
  if (lines.empty()) refuse(file, "lines");
  return lines;
}

std::vector<PolygonRings> read_polygons(const std::filesystem::path& file) {
  std::vector<PolygonRings> polygons;
  each_geometry(file, [&](const OGRGeometry& geometry, OGRFeature&) {
    if (wkbFlatten(geometry.getGeometryType()) != wkbPolygon) return;
    polygons.emplace_back();
    for (const OGRLinearRing* ring : *geometry.toPolygon()) {
      polygons.back().rings.push_back(vertices_of(*ring));
    }
  });
  if (polygons.empty()) refuse(file, "polygons");
  return polygons;
}

std::vector<std::vector<LonLat>> read_coast(const std::filesystem::path& file) {
  std::vector<std::vector<LonLat>> lines;
  each_geometry(file, [&](const OGRGeometry& geometry, OGRFeature&) {
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbLineString) lines.push_back(vertices_of(*geometry.toLineString()));
    if (type == wkbPolygon) {
      lines.push_back(vertices_of(*geometry.toPolygon()->getExteriorRing()));
    }
  });
  if (lines.empty()) refuse(file, "coast: neither polygons nor lines");
  return lines;
}

std::vector<VectorPoint> read_points(const std::filesystem::path& file) {
  std::vector<VectorPoint> points;
  each_geometry(file, [&](const OGRGeometry& geometry, OGRFeature& feature) {
    if (wkbFlatten(geometry.getGeometryType()) != wkbPoint) return;
    const OGRPoint& point = *geometry.toPoint();
    points.push_back({{point.getX(), point.getY()},
                      text_field(feature, "id"),
                      text_field(feature, "name"),
                      text_field(feature, "name_zh"),
                      number_field(feature, "weight"),
                      number_field(feature, "height_agl_m")});
  });
  if (points.empty()) refuse(file, "points");
  return points;
}

}  // namespace yonder::geodata
