#pragma once

#include <filesystem>
#include <stop_token>

#include "geodata/value_classes.h"

namespace yonder::geodata {

/// A raster (GeoTIFF or VRT mosaic of any size) as a PNG in the colours of its classes, in its own
/// coordinate system and pixel for pixel; of rasters longer than 8192 pixels every 2nd, 3rd, …
/// pixel. What is in no class is transparent. Beside it the world file (.pgw) and FILE.aux.xml with
/// the coordinate system. Throws GeodataError on any failure, and then leaves no file; Stopped.
void write_class_png(const std::filesystem::path& file, const std::filesystem::path& raster,
                     const ValueClasses& classes, const std::stop_token& stop);

}  // namespace yonder::geodata
