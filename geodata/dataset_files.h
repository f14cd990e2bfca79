#pragma once

#include <filesystem>
#include <vector>

namespace yonder::geodata {

/// The files that a raster or vector file is made of: itself, what a VRT refers to, the parts of a
/// shapefile and other companions; sorted, each once. Left out are FILE.aux.xml, which viewers
/// write beside a raster, and names of GDAL's virtual file systems. Throws GeodataError where the
/// file cannot be opened.
std::vector<std::filesystem::path> dataset_files(const std::filesystem::path& file);

}  // namespace yonder::geodata
