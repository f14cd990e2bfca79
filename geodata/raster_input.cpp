#include "geodata/raster_input.h"

#include <algorithm>
#include <utility>

#include "geodata/gdal/layer_reader.h"

namespace yonder::geodata {
namespace {

std::vector<Category> categories_of(GDALRasterBand& band) {
  std::vector<Category> categories;
  const GDALColorTable* colours = band.GetColorTable();
  const char* const* names = band.GetCategoryNames();
  for (int value = 0; names != nullptr && names[value] != nullptr; ++value) {
    if (*names[value] == '\0') continue;
    Category category{value, names[value], {}};
    GDALColorEntry entry{};
    if (colours != nullptr && colours->GetColorEntryAsRGB(value, &entry) != 0) {
      category.rgba = {static_cast<std::uint8_t>(entry.c1), static_cast<std::uint8_t>(entry.c2),
                       static_cast<std::uint8_t>(entry.c3), static_cast<std::uint8_t>(entry.c4)};
    }
    categories.push_back(std::move(category));
  }
  return categories;
}

LayerInfo info_of(GDALDataset& dataset, GDALRasterBand& band) {
  LayerInfo info;
  info.description = band.GetDescription();
  info.unit = band.GetUnitType();
  char** items = dataset.GetMetadata();
  for (int i = 0; items != nullptr && items[i] != nullptr; ++i) {
    const std::string item = items[i];
    const std::size_t equals = item.find('=');
    if (equals != std::string::npos)
      info.metadata[item.substr(0, equals)] = item.substr(equals + 1);
  }
  return info;
}

}  // namespace

RasterLayer read_layer(const std::filesystem::path& file) {
  const LayerReader reader(file);
  const ErrorCapture errors;
  GDALRasterBand& band = *reader.dataset().GetRasterBand(1);
  RasterLayer layer{.grid = reader.grid(),
                    .projection = reader.projection(),
                    .info = info_of(reader.dataset(), band),
                    .categorised = band.GetRasterDataType() != GDT_Float32,
                    .categories = categories_of(band)};
  reader.read(layer.grid.whole(), layer.values);
  return layer;
}

RasterLayer read_reduced(const std::filesystem::path& file, int most_px) {
  const LayerReader reader(file);
  const ErrorCapture errors;
  GDALRasterBand& band = *reader.dataset().GetRasterBand(1);
  const Grid& whole = reader.grid();
  const int factor = std::max(1, (std::max(whole.columns, whole.rows) + most_px - 1) / most_px);
  const int columns = std::max(1, whole.columns / factor);
  const int rows = std::max(1, whole.rows / factor);
  RasterLayer layer{.grid = {whole.top_left, whole.pixel_size_m * factor, columns, rows},
                    .projection = reader.projection(),
                    .info = info_of(reader.dataset(), band),
                    .categorised = band.GetRasterDataType() != GDT_Float32,
                    .categories = categories_of(band)};
  reader.read_reduced(factor, layer.grid, layer.categorised, layer.values);
  return layer;
}

}  // namespace yonder::geodata
