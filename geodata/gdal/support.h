#pragma once

#include <cpl_error.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Internal to geodata: GDAL's errors, datasets and coordinate systems with owners. Never include
/// this from a public header.
namespace yonder::geodata {

/// Registers GDAL's drivers, once, from whichever thread comes first.
void ensure_gdal();

/// While it lives, this thread's GDAL messages are collected and not printed.
class ErrorCapture {
 public:
  ErrorCapture();
  ~ErrorCapture();
  ErrorCapture(const ErrorCapture&) = delete;
  ErrorCapture& operator=(const ErrorCapture&) = delete;

  bool failed() const { return failed_; }
  /// What GDAL said, failures before warnings, in brackets after a space; empty when it was silent.
  std::string reason() const;
  void clear();

 private:
  static void CPL_STDCALL receive(CPLErr level, CPLErrorNum number, const char* message);
  std::vector<std::string> failures_;
  std::vector<std::string> warnings_;
  bool failed_ = false;
};

struct DatasetCloser {
  void operator()(GDALDataset* dataset) const { GDALClose(GDALDataset::ToHandle(dataset)); }
};
/// One owner, one thread: a GDALDataset shared by threads returns wrong pixels.
using DatasetPtr = std::unique_ptr<GDALDataset, DatasetCloser>;

struct TransformDestroyer {
  void operator()(OGRCoordinateTransformation* t) const {
    OGRCoordinateTransformation::DestroyCT(t);
  }
};
using TransformPtr = std::unique_ptr<OGRCoordinateTransformation, TransformDestroyer>;

/// WGS 84 longitude, latitude, in this order.
OGRSpatialReference wgs84();
/// From WKT, x before y. Throws GeodataError.
OGRSpatialReference reference_from_wkt(const std::string& wkt);
/// Throws GeodataError when the two systems cannot be joined.
TransformPtr make_transform(const OGRSpatialReference& from, const OGRSpatialReference& to);

/// A MEM dataset of one band that lies on caller's memory (never freed by GDAL).
DatasetPtr wrap_memory(void* pixels, GDALDataType type, int columns, int rows);

/// A name below /vsimem/ that no other thread uses; its folder is removed with the object.
class MemoryFolder {
 public:
  MemoryFolder();
  ~MemoryFolder();
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }
  /// Copies every file of the folder beside each other into `directory` on disk, checking every
  /// write; on failure removes what it wrote and throws GeodataError.
  void store_in(const std::filesystem::path& directory) const;

 private:
  std::string folder_;
};

}  // namespace yonder::geodata
