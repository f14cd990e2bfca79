#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace yonder::geodata {

/// The files that a raster or vector file is made of: itself, what a VRT refers to, the parts of a
/// shapefile and other companions; sorted, each once. Left out are FILE.aux.xml, which viewers
/// write beside a raster, and names of GDAL's virtual file systems. Throws GeodataError where the
/// file cannot be opened.
std::vector<std::filesystem::path> dataset_files(const std::filesystem::path& file);

/// The names of classes in a raster's FILE.aux.xml, as they stand there: what no viewer changes
/// when it adds statistics. Throws GeodataError where the file is no such file, or not whole.
std::string sidecar_categories(const std::filesystem::path& file);

/// What besides its pixels decides how a raster is read: coordinate system, place, types, nodata,
/// scale, offset, unit, marks of ours. Some of that may lie in FILE.aux.xml, whose other content
/// changes nothing. Empty for a vector file. Throws GeodataError where the file cannot be opened.
std::string raster_head(const std::filesystem::path& file);

}  // namespace yonder::geodata
