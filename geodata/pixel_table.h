#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geodata/value_classes.h"

namespace yonder::geodata {

/// A column of the table: a raster's numbers, or a word for each class of them.
struct PixelColumn {
  std::string name;
  std::filesystem::path raster;
  int decimals = 0;  ///< of numbers
  /// With the words by class, CSV text as it stands; a value in no class gives an empty field.
  std::optional<ValueClasses> classes;
  std::vector<std::string> words;
};

/// A CSV of all pixels where the first column's raster has a value, from north-west to south-east:
/// longitude and latitude (WGS 84) of the pixel's centre, then the columns. The rasters lie on one
/// grid. Written as it is read, so that memory does not grow with the map. Throws GeodataError on
/// any failure, a full disk included, and then leaves no file; Stopped.
void write_pixel_table(const std::filesystem::path& file, const std::vector<PixelColumn>& columns,
                       const std::stop_token& stop);

}  // namespace yonder::geodata
