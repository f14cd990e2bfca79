#include "geodata/gdal/feature_writer.h"

#include <cmath>

#include "geodata/checked_file.h"
#include "geodata/error.h"

namespace yonder::geodata {
namespace {

constexpr const char* kDateOption = "OGR_CURRENT_DATE";

bool is_geopackage(const std::filesystem::path& file) { return file.extension() == ".gpkg"; }

}  // namespace

TimelessFiles::TimelessFiles() {
  CPLSetThreadLocalConfigOption(kDateOption, "1970-01-01T00:00:00.000Z");
}

TimelessFiles::~TimelessFiles() { CPLSetThreadLocalConfigOption(kDateOption, nullptr); }

OGRFieldType field_type(const FieldValue& value) {
  if (std::holds_alternative<double>(value)) return OFTReal;
  if (std::holds_alternative<std::int64_t>(value)) return OFTInteger64;
  return OFTString;
}

void set_field(OGRFeature& feature, int index, const FieldValue& value) {
  if (const auto* number = std::get_if<double>(&value))
    std::isnan(*number) ? feature.SetFieldNull(index) : feature.SetField(index, *number);
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    feature.SetField(index, static_cast<GIntBig>(*integer));
  else
    feature.SetField(index, std::get<std::string>(value).c_str());
}

FeatureWriter::FeatureWriter(std::filesystem::path file, const std::string& layer,
                             const OGRSpatialReference& crs, OGRwkbGeometryType type,
                             const Fields& fields)
    : file_(std::move(file)) {
  ensure_gdal();
  const ErrorCapture errors;
  const TimelessFiles timeless;
  const char* driver_name = is_geopackage(file_) ? "GPKG" : "FlatGeobuf";
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  if (driver == nullptr)
    throw GeodataError(std::string("GDAL here has no ") + driver_name + " driver");
  remove_quietly(file_);
  dataset_.reset(driver->Create(file_.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!dataset_) fail("it cannot be created", errors);
  // One transaction: no half-written package, and a hundred times the speed.
  if (is_geopackage(file_) && dataset_->StartTransaction() != OGRERR_NONE)
    fail("no transaction", errors);
  OGRSpatialReference reference(crs);
  layer_ = dataset_->CreateLayer(layer.c_str(), &reference, type, nullptr);
  if (layer_ == nullptr) fail("no layer " + layer, errors);
  for (const auto& [name, value] : fields) {
    OGRFieldDefn field(name.c_str(), field_type(value));
    if (layer_->CreateField(&field) != OGRERR_NONE) fail("no field " + name, errors);
  }
}

FeatureWriter::~FeatureWriter() {
  if (!dataset_) return;
  const ErrorCapture errors;
  dataset_.reset();
  remove_quietly(file_);
}

void FeatureWriter::fail(const std::string& what, const ErrorCapture& errors) {
  const std::string text = "cannot write " + file_.string() + ": " + what + errors.reason();
  dataset_.reset();
  remove_quietly(file_);
  throw GeodataError(text);
}

void FeatureWriter::add(const OGRGeometry& geometry, const Fields& values) {
  const ErrorCapture errors;
  const TimelessFiles timeless;
  const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer_->GetLayerDefn()));
  for (std::size_t i = 0; i < values.size(); ++i)
    set_field(*feature, static_cast<int>(i), values[i].second);
  if (feature->SetGeometry(&geometry) != OGRERR_NONE ||
      layer_->CreateFeature(feature.get()) != OGRERR_NONE || errors.failed()) {
    fail("a feature is refused", errors);
  }
  ++count_;
}

void FeatureWriter::close() {
  const ErrorCapture errors;
  const TimelessFiles timeless;
  if (is_geopackage(file_) && dataset_->CommitTransaction() != OGRERR_NONE)
    fail("it cannot be completed", errors);
  dataset_.reset();
  if (errors.failed()) fail("it cannot be completed", errors);
  check_whole(errors);
  sync_file(file_);
}

/// FlatGeobuf is sorted and written when it is closed, and GDAL may lose the news of a full disk
/// there: what is on disk is counted.
void FeatureWriter::check_whole(const ErrorCapture& errors) {
  DatasetPtr read(GDALDataset::Open(file_.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  OGRLayer* layer = read ? read->GetLayer(0) : nullptr;
  if (layer == nullptr) fail("it is not whole", errors);
  GIntBig count = 0;
  if (is_geopackage(file_)) {
    count = layer->GetFeatureCount(TRUE);
  } else {
    for (const OGRFeatureUniquePtr& feature : *layer)
      count += feature->GetGeometryRef() != nullptr ? 1 : 0;
  }
  read.reset();
  if (count != count_ || errors.failed()) fail("it is not whole", errors);
}

}  // namespace yonder::geodata
