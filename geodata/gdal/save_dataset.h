#pragma once

#include <cpl_string.h>

#include <filesystem>

#include "geodata/gdal/support.h"

namespace yonder::geodata {

/// Encodes in memory, then copies to disk with every write checked: GDAL's writers may lose the
/// news of a full disk when they close a file, and leave temporary files behind. Throws
/// GeodataError, and then leaves no file.
void save_dataset(const std::filesystem::path& file, GDALDataset& dataset, const char* driver_name,
                  const CPLStringList& options);

}  // namespace yonder::geodata
