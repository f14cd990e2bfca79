#include "geodata/gdal/class_image.h"

#include <algorithm>

#include "geodata/error.h"

namespace yonder::geodata {

ClassImage::ClassImage(const ValueClasses& classes, int columns, int rows) : classes_(classes) {
  using Colour = std::array<std::uint8_t, 4>;
  std::vector<Colour> palette = {{0, 0, 0, 0}};
  bool enough = true;
  for (const ValueClass& one : classes.all()) {
    const auto known = std::ranges::find(palette, one.rgba);
    enough = enough && (known != palette.end() || palette.size() < 256);
    if (!enough) break;
    colour_of_.push_back(static_cast<std::uint8_t>(known - palette.begin()));
    if (known == palette.end()) palette.push_back(one.rgba);
  }
  if (!enough) colour_of_.clear();
  const int bands = enough ? 1 : 4;
  ensure_gdal();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  dataset_.reset(driver ? driver->Create("", columns, rows, bands, GDT_Byte, nullptr) : nullptr);
  if (!dataset_) throw GeodataError("no memory for a picture of this size");
  row_.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(bands));
  if (!enough) {
    for (int b = 0; b < 4; ++b) {
      dataset_->GetRasterBand(b + 1)->SetColorInterpretation(
          static_cast<GDALColorInterp>(GCI_RedBand + b));
    }
    return;
  }
  GDALColorTable table;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const GDALColorEntry entry = {palette[i][0], palette[i][1], palette[i][2], palette[i][3]};
    table.SetColorEntry(static_cast<int>(i), &entry);
  }
  dataset_->GetRasterBand(1)->SetColorTable(&table);
  dataset_->GetRasterBand(1)->SetColorInterpretation(GCI_PaletteIndex);
}

void ClassImage::set_row(int row, std::span<const float> values) {
  const std::size_t columns = values.size();
  std::ranges::fill(row_, std::uint8_t{0});
  for (std::size_t i = 0; i < columns; ++i) {
    const int index = classes_.of(values[i]);
    if (index < 0) continue;
    const auto of = static_cast<std::size_t>(index);
    blank_ = blank_ && classes_.all()[of].rgba[3] == 0;
    if (!colour_of_.empty()) {
      row_[i] = colour_of_[of];
    } else {
      for (std::size_t b = 0; b < 4; ++b) row_[b * columns + i] = classes_.all()[of].rgba[b];
    }
  }
  const int bands = dataset_->GetRasterCount();
  const auto width = static_cast<int>(columns);
  if (dataset_->RasterIO(GF_Write, 0, row, width, 1, row_.data(), width, 1, GDT_Byte, bands,
                         nullptr, 1, width, width, nullptr) != CE_None)
    throw GeodataError("cannot paint a picture");
}

}  // namespace yonder::geodata
