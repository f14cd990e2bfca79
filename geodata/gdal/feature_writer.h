#pragma once

#include <ogrsf_frmts.h>

#include <filesystem>
#include <string>
#include <vector>

#include "geodata/gdal/support.h"
#include "geodata/vector_output.h"

namespace yonder::geodata {

/// While it lives, this thread's GeoPackages bear no time of writing: the same content gives the
/// same bytes.
class TimelessFiles {
 public:
  TimelessFiles();
  ~TimelessFiles();
  TimelessFiles(const TimelessFiles&) = delete;
  TimelessFiles& operator=(const TimelessFiles&) = delete;
};

OGRFieldType field_type(const FieldValue& value);
/// NaN becomes NULL.
void set_field(OGRFeature& feature, int index, const FieldValue& value);

/// One layer of features written straight to disk as they come, so that memory does not grow with
/// their number: .gpkg or .fgb, by the file's name. Every failure throws GeodataError; without
/// close() no file stays.
class FeatureWriter {
 public:
  /// `fields`: names, with values whose types are the fields'.
  FeatureWriter(std::filesystem::path file, const std::string& layer,
                const OGRSpatialReference& crs, OGRwkbGeometryType type, const Fields& fields);
  ~FeatureWriter();
  FeatureWriter(const FeatureWriter&) = delete;
  FeatureWriter& operator=(const FeatureWriter&) = delete;

  /// Values in the order of the fields.
  void add(const OGRGeometry& geometry, const Fields& values);
  /// Completes the file and makes sure that it is whole.
  void close();

 private:
  [[noreturn]] void fail(const std::string& what, const ErrorCapture& errors);
  void check_whole(const ErrorCapture& errors);

  std::filesystem::path file_;
  DatasetPtr dataset_;
  OGRLayer* layer_ = nullptr;
  GIntBig count_ = 0;
};

}  // namespace yonder::geodata
