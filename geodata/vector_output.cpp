#include "geodata/vector_output.h"

#include <ogrsf_frmts.h>

#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

OGRFieldType type_of(const FieldValue& value) {
  if (std::holds_alternative<double>(value)) return OFTReal;
  if (std::holds_alternative<std::int64_t>(value)) return OFTInteger64;
  return OFTString;
}

void set_field(OGRFeature& feature, int index, const FieldValue& value) {
  if (const auto* number = std::get_if<double>(&value))
    feature.SetField(index, *number);
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    feature.SetField(index, static_cast<GIntBig>(*integer));
  else
    feature.SetField(index, std::get<std::string>(value).c_str());
}

void write_layer(GDALDataset& dataset, const PointLayer& layer, const std::string& file,
                 const ErrorCapture& errors) {
  OGRSpatialReference crs = wgs84();
  OGRLayer* target = dataset.CreateLayer(layer.name.c_str(), &crs, wkbPoint, nullptr);
  const auto refuse = [&](const std::string& what) {
    throw GeodataError("cannot write layer " + layer.name + " of " + file + ": " + what +
                       errors.reason());
  };
  if (target == nullptr) refuse("GDAL makes no layer of this name");
  if (layer.features.empty()) return;
  const auto& fields = layer.features.front().fields;
  for (const auto& [name, value] : fields) {
    OGRFieldDefn field(name.c_str(), type_of(value));
    if (target->CreateField(&field) != OGRERR_NONE) refuse("field " + name);
  }
  for (const PointFeature& point : layer.features) {
    OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(target->GetLayerDefn()));
    if (point.fields.size() != fields.size()) refuse("features with different fields");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (point.fields[i].first != fields[i].first ||
          point.fields[i].second.index() != fields[i].second.index())
        refuse("features with different fields");
      const int index = feature->GetFieldIndex(point.fields[i].first.c_str());
      if (index < 0) refuse("field " + point.fields[i].first);
      set_field(*feature, index, point.fields[i].second);
    }
    const OGRPoint place(point.position.lon_deg, point.position.lat_deg);
    feature->SetGeometry(&place);
    if (target->CreateFeature(feature.get()) != OGRERR_NONE) refuse("a feature");
  }
}

}  // namespace

void write_gpkg(const std::filesystem::path& file, const std::vector<PointLayer>& layers) {
  ensure_gdal();
  // Built in memory, then copied with every write checked (see raster_output.cpp).
  const MemoryFolder folder;
  {
    ErrorCapture errors;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) throw GeodataError("GDAL here has no GeoPackage driver");
    DatasetPtr dataset(driver->Create(folder.path(file.filename().string()).c_str(), 0, 0, 0,
                                      GDT_Unknown, nullptr));
    if (!dataset) throw GeodataError("cannot encode " + file.string() + errors.reason());
    if (dataset->StartTransaction() != OGRERR_NONE)
      throw GeodataError("cannot encode " + file.string() + errors.reason());
    for (const PointLayer& layer : layers) write_layer(*dataset, layer, file.string(), errors);
    if (dataset->CommitTransaction() != OGRERR_NONE)
      throw GeodataError("cannot encode " + file.string() + errors.reason());
    dataset.reset();
    if (errors.failed()) throw GeodataError("cannot encode " + file.string() + errors.reason());
  }
  folder.store_in(file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path());
}

}  // namespace yonder::geodata
