#include "geodata/gdal/save_dataset.h"

#include "geodata/error.h"

namespace yonder::geodata {

void save_dataset(const std::filesystem::path& file, GDALDataset& dataset, const char* driver_name,
                  const CPLStringList& options) {
  const MemoryFolder folder;
  {
    ErrorCapture errors;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
    if (driver == nullptr)
      throw GeodataError(std::string("GDAL here has no ") + driver_name + " driver");
    DatasetPtr copy(driver->CreateCopy(folder.path(file.filename().string()).c_str(), &dataset,
                                       FALSE, options.List(), nullptr, nullptr));
    const bool made = copy != nullptr;
    copy.reset();  // closing writes the last blocks
    if (!made || errors.failed())
      throw GeodataError("cannot encode " + file.string() + errors.reason());
  }
  folder.store_in(file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path());
}

}  // namespace yonder::geodata
