#include "geodata/gdal/layer_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geodata/error.h"

namespace yonder::geodata {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem) {
  throw GeodataError("cannot use " + file.string() + " as a result layer: " + problem);
}

DatasetPtr open_layer(const std::filesystem::path& file) {
  ensure_gdal();
  const ErrorCapture errors;
  const char* const drivers[] = {"GTiff", "VRT", nullptr};
  DatasetPtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers));
  if (!dataset) refuse(file, "it is no readable GeoTIFF or VRT" + errors.reason());
  if (dataset->GetRasterCount() != 1) refuse(file, "it has more than one band");
  const GDALDataType type = dataset->GetRasterBand(1)->GetRasterDataType();
  if (type != GDT_Float32 && type != GDT_Byte && type != GDT_UInt16 && type != GDT_Int32 &&
      type != GDT_UInt32) {
    refuse(file, std::string("it holds ") + GDALGetDataTypeName(type));
  }
  return dataset;
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

}  // namespace

LayerReader::LayerReader(const std::filesystem::path& file)
    : file_(file),
      dataset_(open_layer(file)),
      grid_(grid_of(*dataset_, file)),
      projection_(projection_of(*dataset_, file)) {
  int tagged = 0;
  nodata_ = dataset_->GetRasterBand(1)->GetNoDataValue(&tagged);
  has_nodata_ = tagged != 0 && !std::isnan(nodata_);
}

void LayerReader::read(const PixelWindow& window, std::vector<float>& values) const {
  const ErrorCapture errors;
  values.resize(window.size());
  if (dataset_->GetRasterBand(1)->RasterIO(GF_Read, window.column, window.row, window.columns,
                                           window.rows, values.data(), window.columns, window.rows,
                                           GDT_Float32, 0, 0) != CE_None) {
    refuse(file_, "its pixels cannot be read" + errors.reason());
  }
  void_nodata(values);
}

void LayerReader::read_reduced(int factor, const Grid& reduced, bool categorised,
                               std::vector<float>& values) const {
  const ErrorCapture errors;
  values.resize(reduced.size());
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  extra.eResampleAlg = categorised ? GRIORA_NearestNeighbour : GRIORA_Average;
  if (dataset_->GetRasterBand(1)->RasterIO(
          GF_Read, 0, 0, std::min(grid_.columns, reduced.columns * factor),
          std::min(grid_.rows, reduced.rows * factor), values.data(), reduced.columns, reduced.rows,
          GDT_Float32, 0, 0, &extra) != CE_None) {
    refuse(file_, "its pixels cannot be read" + errors.reason());
  }
  void_nodata(values);
}

void LayerReader::void_nodata(std::vector<float>& values) const {
  if (!has_nodata_) return;
  for (float& value : values) {
    if (static_cast<double>(value) == nodata_) value = std::numeric_limits<float>::quiet_NaN();
  }
}

double LayerReader::pixel_area_km2() const {
  const LonLat center =
      projection_.to_lonlat({grid_.top_left.x_m + 0.5 * grid_.columns * grid_.pixel_size_m,
                             grid_.top_left.y_m - 0.5 * grid_.rows * grid_.pixel_size_m});
  const double scale = projection_.distortion_at(center).scale;
  return grid_.pixel_size_m * grid_.pixel_size_m / (scale * scale) * 1e-6;
}

std::vector<PixelWindow> row_strips(const PixelWindow& window) {
  constexpr int kPixels = 1 << 20;
  constexpr int kTile = 256;  // of the GeoTIFFs: whole rows of tiles are read once
  int height = std::max(1, kPixels / std::max(1, window.columns));
  if (height > kTile) height = height / kTile * kTile;
  std::vector<PixelWindow> strips;
  const int end = window.row + window.rows;
  for (int row = window.row; row < end; row += height)
    strips.push_back({window.column, row, window.columns, std::min(height, end - row)});
  return strips;
}

}  // namespace yonder::geodata
