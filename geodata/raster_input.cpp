#include "geodata/raster_input.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem) {
  throw GeodataError("cannot use " + file.string() + " as a result layer: " + problem);
}

Grid grid_of(GDALDataset& dataset, const std::filesystem::path& file) {
  double t[6];
  if (dataset.GetGeoTransform(t) != CE_None) refuse(file, "it has no place on the map");
  if (t[2] != 0.0 || t[4] != 0.0 || !(t[1] > 0.0) || std::abs(t[1] + t[5]) > 1e-9 * t[1]) {
    refuse(file, "its pixels are not square and north-up");
  }
  return {{t[0], t[3]}, t[1], dataset.GetRasterXSize(), dataset.GetRasterYSize()};
}

Projection projection_of(const GDALDataset& dataset, const std::filesystem::path& file) {
  const OGRSpatialReference* crs = dataset.GetSpatialRef();
  if (crs == nullptr) refuse(file, "it has no coordinate system");
  char* wkt = nullptr;
  crs->exportToWkt(&wkt);
  const std::string text = wkt != nullptr ? wkt : "";
  CPLFree(wkt);
  return Projection::from_text(text);
}

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

/// A dataset whose only band is a result's.
struct OpenLayer {
  DatasetPtr dataset;
  RasterLayer layer;  ///< without values

  GDALRasterBand& band() const { return *dataset->GetRasterBand(1); }
};

OpenLayer open_layer(const std::filesystem::path& file, const char* driver,
                     const ErrorCapture& errors) {
  const char* const drivers[] = {driver, nullptr};
  DatasetPtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers));
  if (!dataset) refuse(file, "it is no readable GeoTIFF" + errors.reason());
  if (dataset->GetRasterCount() != 1) refuse(file, "it has more than one band");
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  const GDALDataType type = band.GetRasterDataType();
  if (type != GDT_Float32 && type != GDT_Byte && type != GDT_UInt16) {
    refuse(file, std::string("it holds ") + GDALGetDataTypeName(type));
  }
  RasterLayer layer{.grid = grid_of(*dataset, file),
                    .projection = projection_of(*dataset, file),
                    .info = info_of(*dataset, band),
                    .categorised = type != GDT_Float32,
                    .categories = categories_of(band)};
  return {std::move(dataset), std::move(layer)};
}

/// Nodata as NaN.
void void_nodata(GDALRasterBand& band, std::vector<float>& values) {
  int tagged = 0;
  const double nodata = band.GetNoDataValue(&tagged);
  if (tagged == 0 || std::isnan(nodata)) return;
  for (float& value : values) {
    if (static_cast<double>(value) == nodata) value = std::numeric_limits<float>::quiet_NaN();
  }
}

}  // namespace

RasterLayer read_layer(const std::filesystem::path& file) {
  ensure_gdal();
  ErrorCapture errors;
  OpenLayer open = open_layer(file, "GTiff", errors);
  RasterLayer& layer = open.layer;
  layer.values.resize(layer.grid.size());
  if (open.band().RasterIO(GF_Read, 0, 0, layer.grid.columns, layer.grid.rows, layer.values.data(),
                           layer.grid.columns, layer.grid.rows, GDT_Float32, 0, 0) != CE_None) {
    refuse(file, "its pixels cannot be read" + errors.reason());
  }
  void_nodata(open.band(), layer.values);
  return std::move(layer);
}

RasterLayer read_reduced(const std::filesystem::path& file, int most_px) {
  ensure_gdal();
  ErrorCapture errors;
  OpenLayer open = open_layer(file, "VRT", errors);
  RasterLayer& layer = open.layer;
  const int longest = std::max(layer.grid.columns, layer.grid.rows);
  const int factor = std::max(1, (longest + most_px - 1) / most_px);
  const int columns = std::max(1, layer.grid.columns / factor);
  const int rows = std::max(1, layer.grid.rows / factor);
  layer.grid = {layer.grid.top_left, layer.grid.pixel_size_m * factor, columns, rows};
  layer.values.resize(layer.grid.size());
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  extra.eResampleAlg = layer.categorised ? GRIORA_NearestNeighbour : GRIORA_Average;
  if (open.band().RasterIO(GF_Read, 0, 0, columns * factor, rows * factor, layer.values.data(),
                           columns, rows, GDT_Float32, 0, 0, &extra) != CE_None) {
    refuse(file, "its pixels cannot be read" + errors.reason());
  }
  void_nodata(open.band(), layer.values);
  return std::move(layer);
}

}  // namespace yonder::geodata
