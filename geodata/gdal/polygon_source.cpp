#include "geodata/gdal/polygon_source.h"

#include "geodata/error.h"

namespace yonder::geodata {
namespace {

bool is_polygonal(OGRwkbGeometryType type) {
  const OGRwkbGeometryType flat = wkbFlatten(type);
  return flat == wkbPolygon || flat == wkbMultiPolygon;
}

bool has_polygons(OGRLayer& layer) {
  if (is_polygonal(layer.GetGeomType())) return layer.GetFeatureCount() > 0;
  const OGRwkbGeometryType flat = wkbFlatten(layer.GetGeomType());
  if (flat != wkbUnknown && flat != wkbGeometryCollection) return false;
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    const OGRGeometry* geometry = feature->GetGeometryRef();
    if (geometry != nullptr && is_polygonal(geometry->getGeometryType())) {
      layer.ResetReading();
      return true;
    }
  }
  return false;
}

}  // namespace

PolygonSource open_polygons(const std::filesystem::path& file) {
  ensure_gdal();
  const std::string name = file.string();
  std::error_code ignored;
  if (name.rfind("/vsi", 0) != 0 && !std::filesystem::exists(file, ignored))
    throw GeodataError("no such polygon file: " + name + "; check the path");
  const ErrorCapture errors;
  PolygonSource source;
  source.dataset.reset(
      GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (!source.dataset)
    throw GeodataError("cannot open " + name + " as polygons" + errors.reason() +
                       "; GeoJSON, GeoPackage or a shapefile is needed");
  for (OGRLayer* layer : source.dataset->GetLayers()) {
    if (!has_polygons(*layer)) continue;
    source.layer = layer;
    const OGRSpatialReference* own = layer->GetSpatialRef();
    if (own == nullptr || own->IsEmpty())
      throw GeodataError(name +
                         " has no coordinate system; give it one, for example ogr2ogr "
                         "-a_srs EPSG:4326 out.gpkg " +
                         name);
    source.crs = *own;
    source.crs.StripVertical();
    source.crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return source;
  }
  throw GeodataError(name + " holds no polygons" + errors.reason() +
                     "; land must be given as closed polygons, coast lines are not enough");
}

}  // namespace yonder::geodata
