#include "geodata/dataset_files.h"

#include <cpl_string.h>

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

}  // namespace yonder::geodata
