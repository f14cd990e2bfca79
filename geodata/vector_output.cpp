#include "geodata/vector_output.h"

#include <ogrsf_frmts.h>

#include <memory>

#include "geodata/error.h"
#include "geodata/gdal/feature_writer.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

OGRwkbGeometryType type_of(GeometryKind kind) {
  return kind == GeometryKind::point  ? wkbPoint
         : kind == GeometryKind::line ? wkbLineString
                                      : wkbPolygon;
}

template <typename Curve>
void add_vertices(Curve& curve, const std::vector<LonLat>& vertices) {
  for (const LonLat& vertex : vertices) curve.addPoint(vertex.lon_deg, vertex.lat_deg);
}

std::unique_ptr<OGRGeometry> geometry_of(GeometryKind kind, const ShapeFeature& shape) {
  if (kind == GeometryKind::point) {
    const LonLat place = shape.parts.at(0).at(0);
    return std::make_unique<OGRPoint>(place.lon_deg, place.lat_deg);
  }
  if (kind == GeometryKind::line) {
    auto line = std::make_unique<OGRLineString>();
    add_vertices(*line, shape.parts.at(0));
    return line;
  }
  auto polygon = std::make_unique<OGRPolygon>();
  for (const std::vector<LonLat>& vertices : shape.parts) {
    OGRLinearRing ring;
    add_vertices(ring, vertices);
    ring.closeRings();
    polygon->addRing(&ring);
  }
  return polygon;
}

void write_layer(GDALDataset& dataset, const ShapeLayer& layer, const std::string& file,
                 const ErrorCapture& errors) {
  OGRSpatialReference crs = wgs84();
  OGRLayer* target = dataset.CreateLayer(layer.name.c_str(), &crs, type_of(layer.kind), nullptr);
  const auto refuse = [&](const std::string& what) {
    throw GeodataError("cannot write layer " + layer.name + " of " + file + ": " + what +
                       errors.reason());
  };
  if (target == nullptr) refuse("GDAL makes no layer of this name");
  if (layer.features.empty()) return;
  const auto& fields = layer.features.front().fields;
  for (const auto& [name, value] : fields) {
    OGRFieldDefn field(name.c_str(), field_type(value));
    if (target->CreateField(&field) != OGRERR_NONE) refuse("field " + name);
  }
  for (const ShapeFeature& shape : layer.features) {
    OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(target->GetLayerDefn()));
    if (shape.fields.size() != fields.size()) refuse("features with different fields");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (shape.fields[i].first != fields[i].first ||
          shape.fields[i].second.index() != fields[i].second.index())
        refuse("features with different fields");
      const int index = feature->GetFieldIndex(shape.fields[i].first.c_str());
      if (index < 0) refuse("field " + shape.fields[i].first);
      set_field(*feature, index, shape.fields[i].second);
    }
    const std::unique_ptr<OGRGeometry> geometry = geometry_of(layer.kind, shape);
    feature->SetGeometry(geometry.get());
    if (target->CreateFeature(feature.get()) != OGRERR_NONE) refuse("a feature");
  }
}

}  // namespace

void write_gpkg(const std::filesystem::path& file, const std::vector<PointLayer>& layers) {
  std::vector<ShapeLayer> shapes;
  for (const PointLayer& layer : layers) {
    shapes.push_back({layer.name, GeometryKind::point, {}});
    for (const PointFeature& point : layer.features) {
      shapes.back().features.push_back({{{point.position}}, point.fields});
    }
  }
  write_gpkg(file, shapes);
}

void write_gpkg(const std::filesystem::path& file, const std::vector<ShapeLayer>& layers) {
  ensure_gdal();
  // Built in memory, then copied with every write checked (see raster_output.cpp).
  const MemoryFolder folder;
  {
    ErrorCapture errors;
    const TimelessFiles timeless;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) throw GeodataError("GDAL here has no GeoPackage driver");
    DatasetPtr dataset(driver->Create(folder.path(file.filename().string()).c_str(), 0, 0, 0,
                                      GDT_Unknown, nullptr));
    if (!dataset) throw GeodataError("cannot encode " + file.string() + errors.reason());
    if (dataset->StartTransaction() != OGRERR_NONE)
      throw GeodataError("cannot encode " + file.string() + errors.reason());
    for (const ShapeLayer& layer : layers) write_layer(*dataset, layer, file.string(), errors);
    if (dataset->CommitTransaction() != OGRERR_NONE)
      throw GeodataError("cannot encode " + file.string() + errors.reason());
    dataset.reset();
    if (errors.failed()) throw GeodataError("cannot encode " + file.string() + errors.reason());
  }
  folder.store_in(file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path());
}

}  // namespace yonder::geodata
