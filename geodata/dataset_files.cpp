#include "geodata/dataset_files.h"

#include <cpl_minixml.h>
#include <cpl_string.h>

#include <memory>
#include <set>

#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

namespace fs = std::filesystem;

void add_files(const fs::path& file, std::set<fs::path>& files) {
  const ErrorCapture errors;
  const DatasetPtr dataset(GDALDataset::Open(
      file.c_str(), GDAL_OF_RASTER | GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (dataset == nullptr) {
    throw GeodataError("cannot read " + file.string() + errors.reason());
  }
  const CPLStringList list(dataset->GetFileList());
  for (int i = 0; i < list.size(); ++i) {
    const fs::path part = fs::absolute(list[i]).lexically_normal();
    std::error_code none;
    if (part.string().ends_with(".aux.xml") || !fs::is_regular_file(part, none)) continue;
    const bool is_new = files.insert(part).second;
    // A VRT names its sources, not theirs.
    if (is_new && part != file && part.extension() == ".vrt") add_files(part, files);
  }
}

}  // namespace

std::vector<fs::path> dataset_files(const fs::path& file) {
  ensure_gdal();
  std::set<fs::path> files;
  add_files(file, files);
  return {files.begin(), files.end()};
}

std::string sidecar_categories(const fs::path& file) {
  const ErrorCapture errors;
  const std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> root(
      CPLParseXMLFile(file.c_str()), CPLDestroyXMLNode);
  const CPLXMLNode* pam = root ? CPLGetXMLNode(root.get(), "=PAMDataset") : nullptr;
  if (pam == nullptr) {
    throw GeodataError(file.string() + " is no whole PAM file" + errors.reason());
  }
  std::string text;
  for (const CPLXMLNode* band = pam->psChild; band != nullptr; band = band->psNext) {
    if (band->eType != CXT_Element || std::string_view(band->pszValue) != "PAMRasterBand") continue;
    text += std::string("band ") + CPLGetXMLValue(band, "band", "") + "\n";
    const CPLXMLNode* names = CPLGetXMLNode(band, "CategoryNames");
    for (const CPLXMLNode* one = names != nullptr ? names->psChild : nullptr; one != nullptr;
         one = one->psNext) {
      if (one->eType == CXT_Element) text += std::string(CPLGetXMLValue(one, "", "")) + "\n";
    }
  }
  return text;
}

std::string raster_head(const fs::path& file) {
  ensure_gdal();
  const ErrorCapture errors;
  const DatasetPtr dataset(GDALDataset::Open(
      file.c_str(), GDAL_OF_RASTER | GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (dataset == nullptr) throw GeodataError("cannot read " + file.string() + errors.reason());
  const int bands = dataset->GetRasterCount();
  if (bands == 0) return {};
  std::string head;
  const auto add = [&head](double value) { head += CPLSPrintf("%.17g ", value); };
  add(dataset->GetRasterXSize());
  add(dataset->GetRasterYSize());
  double place[6] = {};
  if (dataset->GetGeoTransform(place) == CE_None) {
    for (const double one : place) add(one);
  }
  if (const OGRSpatialReference* crs = dataset->GetSpatialRef()) {
    char* wkt = nullptr;
    const char* const form[] = {"FORMAT=WKT2", nullptr};
    crs->exportToWkt(&wkt, form);
    if (wkt != nullptr) head += wkt;
    CPLFree(wkt);
    for (const int axis : crs->GetDataAxisToSRSAxisMapping()) add(axis);
  }
  const char* synthetic = dataset->GetMetadataItem("YONDER_SYNTHETIC");
  head += std::string(" synthetic ") + (synthetic != nullptr ? synthetic : "-");
  const char* point = dataset->GetMetadataItem(GDALMD_AREA_OR_POINT);
  head += std::string(" ") + (point != nullptr ? point : "-");
  for (int i = 1; i <= bands; ++i) {
    GDALRasterBand& band = *dataset->GetRasterBand(i);
    head += std::string(" band ") + GDALGetDataTypeName(band.GetRasterDataType()) + " ";
    int has = 0;
    const double nodata = band.GetNoDataValue(&has);
    if (has != 0) add(nodata);
    head += "scale ";
    add(band.GetScale());
    add(band.GetOffset());
    head += band.GetUnitType();
    head += " mask " + std::to_string(band.GetMaskFlags());
  }
  return head;
}

}  // namespace yonder::geodata
