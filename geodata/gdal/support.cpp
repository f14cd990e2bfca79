#include "geodata/gdal/support.h"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "geodata/checked_file.h"
#include "geodata/error.h"

namespace yonder::geodata {

void ensure_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    // Blocks of rasters kept in memory: GDAL's own bound, a share of the machine's memory, would be
    // most of what a map of a province takes. GDAL_CACHEMAX in the environment goes before.
    constexpr GIntBig kCacheBytes = GIntBig{128} << 20;
    if (CPLGetConfigOption("GDAL_CACHEMAX", nullptr) == nullptr) {
      GDALSetCacheMax64(std::min(GDALGetCacheMax64(), kCacheBytes));
    }
  });
}

ErrorCapture::ErrorCapture() {
  CPLErrorReset();
  CPLPushErrorHandlerEx(&ErrorCapture::receive, this);
}

ErrorCapture::~ErrorCapture() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void CPL_STDCALL ErrorCapture::receive(CPLErr level, CPLErrorNum, const char* message) {
  auto* self = static_cast<ErrorCapture*>(CPLGetErrorHandlerUserData());
  if (level < CE_Warning) return;
  std::string text = message;
  std::replace(text.begin(), text.end(), '\n', ' ');
  auto& list = level >= CE_Failure ? self->failures_ : self->warnings_;
  if (level >= CE_Failure) self->failed_ = true;
  constexpr std::size_t kEnough = 3;  // a broken file repeats itself for every block
  if (list.size() < kEnough && std::find(list.begin(), list.end(), text) == list.end())
    list.push_back(std::move(text));
}

std::string ErrorCapture::reason() const {
  const auto& list = failures_.empty() ? warnings_ : failures_;
  std::string text;
  for (const std::string& message : list) text += (text.empty() ? " (GDAL: " : "; ") + message;
  return text.empty() ? text : text + ")";
}

void ErrorCapture::clear() {
  failures_.clear();
  warnings_.clear();
  failed_ = false;
}

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.importFromEPSG(4326);
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

OGRSpatialReference reference_from_wkt(const std::string& wkt) {
  const ErrorCapture errors;
  OGRSpatialReference reference;
  if (reference.importFromWkt(wkt.c_str()) != OGRERR_NONE)
    throw GeodataError("cannot read this coordinate system as WKT" + errors.reason() + ": " + wkt);
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

TransformPtr make_transform(const OGRSpatialReference& from, const OGRSpatialReference& to) {
  const ErrorCapture errors;
  TransformPtr transform(OGRCreateCoordinateTransformation(&from, &to));
  if (!transform) {
    const char* from_name = from.GetName();
    const char* to_name = to.GetName();
    throw GeodataError(std::string("cannot transform from ") +
                       (from_name ? from_name : "an unnamed coordinate system") + " to " +
                       (to_name ? to_name : "an unnamed coordinate system") + errors.reason());
  }
  return transform;
}

DatasetPtr wrap_memory(void* pixels, GDALDataType type, int columns, int rows) {
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  DatasetPtr dataset(driver ? driver->Create("", columns, rows, 0, type, nullptr) : nullptr);
  if (!dataset) throw GeodataError("GDAL's MEM driver is not available");
  char pointer[64] = {};
  const int length = CPLPrintPointer(pointer, pixels, static_cast<int>(sizeof(pointer)) - 1);
  pointer[length] = '\0';
  CPLStringList options;
  options.SetNameValue("DATAPOINTER", pointer);
  if (dataset->AddBand(type, options.List()) != CE_None)
    throw GeodataError("GDAL cannot use memory as a raster");
  return dataset;
}

MemoryFolder::MemoryFolder() {
  static std::atomic<unsigned long> next{0};
  folder_ = "/vsimem/yonder-" + std::to_string(next.fetch_add(1));
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(folder_.c_str()); }

void MemoryFolder::store_in(const std::filesystem::path& directory) const {
  const CPLStringList names(VSIReadDir(folder_.c_str()));
  std::vector<std::filesystem::path> written;
  try {
    for (int i = 0; i < names.size(); ++i) {
      const std::string name = names[i];
      if (name == "." || name == "..") continue;
      vsi_l_offset size = 0;
      const GByte* bytes = VSIGetMemFileBuffer(path(name).c_str(), &size, FALSE);
      if (bytes == nullptr && size > 0) throw GeodataError("lost " + name + " before it was saved");
      const std::filesystem::path target = directory / name;
      write_whole_file(target, bytes, static_cast<std::size_t>(size));
      written.push_back(target);
    }
  } catch (...) {
    for (const auto& file : written) remove_quietly(file);
    throw;
  }
}

}  // namespace yonder::geodata
