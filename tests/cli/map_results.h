#pragma once

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

/// What maps are made on in tests of the program, and how their layers are read back.
namespace yonder::test {

/// Dunes around 39.6 N, 83.9 E, of a shipped case.
inline const std::string kDunes =
    std::string(YONDER_SOURCE_DIR) + "/scenarios/cases/desert-highway/terrain-synthetic.tif";

/// A raster of one band with all its values; nodata as the file has it.
struct Raster {
  explicit Raster(const std::filesystem::path& file) {
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
    if (dataset == nullptr) {
      ADD_FAILURE() << "cannot read " << file;
      return;
    }
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    double transform[6];
    dataset->GetGeoTransform(transform);  // GDAL 3.6 reads the sidecar only when asked for such
    columns = band.GetXSize();
    rows = band.GetYSize();
    overviews = band.GetOverviewCount();
    type = GDALGetDataTypeName(band.GetRasterDataType());
    description = band.GetDescription();
    for (char** name = band.GetCategoryNames(); name != nullptr && *name != nullptr; ++name) {
      categories.emplace_back(*name);
    }
    values.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    EXPECT_EQ(band.RasterIO(GF_Read, 0, 0, columns, rows, values.data(), columns, rows, GDT_Float64,
                            0, 0),
              CE_None)
        << file;
  }
  double at(int column, int row) const {
    return values.at(static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                     static_cast<std::size_t>(column));
  }
  int columns = 0, rows = 0, overviews = 0;
  std::string type, description;
  std::vector<std::string> categories;
  std::vector<double> values;
};

inline double raster_value(const std::filesystem::path& file, int column, int row) {
  GDALAllRegister();
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  double value = 0.0;
  if (dataset == nullptr ||
      dataset->GetRasterBand(1)->RasterIO(GF_Read, column, row, 1, 1, &value, 1, 1, GDT_Float64, 0,
                                          0) != CE_None) {
    ADD_FAILURE() << "cannot read " << file;
  }
  return value;
}

}  // namespace yonder::test
