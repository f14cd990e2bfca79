#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geodata/gdal/support.h"
#include "geodata/value_classes.h"

/// Internal to geodata.
namespace yonder::geodata {

/// An image of classes in memory, filled row by row: with a palette where that is enough for the
/// colours, else RGBA. Colour 0 of the palette is transparent.
class ClassImage {
 public:
  ClassImage(const ValueClasses& classes, int columns, int rows);

  /// Throws GeodataError.
  void set_row(int row, std::span<const float> values);
  GDALDataset& dataset() const { return *dataset_; }
  /// Whether nothing is shown.
  bool blank() const { return blank_; }

 private:
  const ValueClasses& classes_;
  DatasetPtr dataset_;
  std::vector<std::uint8_t> colour_of_;  ///< by class; empty: no palette
  std::vector<std::uint8_t> row_;
  bool blank_ = true;
};

}  // namespace yonder::geodata
