#include "geodata/raster_output.h"

#include <cpl_string.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geodata/error.h"
#include "geodata/gdal/save_dataset.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

void check_size(const std::filesystem::path& file, std::size_t expected, std::size_t given) {
  if (expected == 0 || expected != given)
    throw GeodataError("cannot write " + file.string() + ": the layer has " +
                       std::to_string(given) + " values for a grid of " + std::to_string(expected));
}

/// GDAL's view of the values; it only reads them.
template <typename T>
DatasetPtr view_of(std::span<const T> values, GDALDataType type, int columns, int rows) {
  return wrap_memory(const_cast<T*>(values.data()), type, columns, rows);
}

void describe(GDALDataset& dataset, const LayerInfo& layer) {
  GDALRasterBand* band = dataset.GetRasterBand(1);
  band->SetDescription(layer.description.c_str());
  if (!layer.unit.empty()) band->SetUnitType(layer.unit.c_str());
  for (const auto& [key, value] : layer.metadata)
    dataset.SetMetadataItem(key.c_str(), value.c_str());
  dataset.SetMetadataItem(GDALMD_AREA_OR_POINT, GDALMD_AOP_AREA);
}

void place(GDALDataset& dataset, const Grid& grid, const Projection& projection) {
  double transform[6] = {grid.top_left.x_m, grid.pixel_size_m, 0.0, grid.top_left.y_m, 0.0,
                         -grid.pixel_size_m};
  dataset.SetGeoTransform(transform);
  const OGRSpatialReference crs = reference_from_wkt(projection.wkt());
  dataset.SetSpatialRef(&crs);
}

/// Exact statistics of the full resolution, so that viewers stretch colours without reading all.
template <typename T>
void add_statistics(GDALRasterBand& band, std::span<const T> values, int nodata = -1) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  double mean = 0.0;
  double squares = 0.0;  // Welford's running sums
  std::size_t count = 0;
  for (const T v : values) {
    const auto value = static_cast<double>(v);
    if (std::isnan(value) || (nodata >= 0 && value == nodata)) continue;
    ++count;
    low = std::min(low, value);
    high = std::max(high, value);
    const double step = value - mean;
    mean += step / static_cast<double>(count);
    squares += step * (value - mean);
  }
  if (count > 0)
    band.SetStatistics(low, high, mean, std::sqrt(squares / static_cast<double>(count)));
}

CPLStringList cog_options(const char* predictor, const char* overview_resampling) {
  CPLStringList options;
  options.SetNameValue("COMPRESS", "DEFLATE");  // read by every TIFF library; ZSTD is not
  options.SetNameValue("PREDICTOR", predictor);
  options.SetNameValue("BLOCKSIZE", "256");
  options.SetNameValue("BIGTIFF", "IF_SAFER");
  options.SetNameValue("OVERVIEWS", "AUTO");
  options.SetNameValue("OVERVIEW_RESAMPLING", overview_resampling);
  return options;
}

template <typename T>
void write_categories(const std::filesystem::path& file, const Grid& grid,
                      const Projection& projection, std::span<const T> values, GDALDataType type,
                      const LayerInfo& layer, const std::vector<Category>& categories, int nodata) {
  check_size(file, grid.size(), values.size());
  ensure_gdal();
  DatasetPtr dataset = view_of(values, type, grid.columns, grid.rows);
  place(*dataset, grid, projection);
  describe(*dataset, layer);
  GDALRasterBand* band = dataset->GetRasterBand(1);
  constexpr int kLargest = std::numeric_limits<T>::max();
  if (nodata > kLargest)
    throw GeodataError("cannot write " + file.string() + ": nodata " + std::to_string(nodata) +
                       " does not fit its type");
  if (nodata >= 0) band->SetNoDataValue(nodata);
  int last = -1;
  for (const Category& c : categories) {
    if (c.value < 0 || c.value > kLargest)
      throw GeodataError("cannot write " + file.string() + ": category value " +
                         std::to_string(c.value) + " does not fit its type");
    last = std::max(last, c.value);
  }
  if (last >= 0) {
    CPLStringList names;
    std::vector<std::string> by_value(static_cast<std::size_t>(last) + 1);
    GDALColorTable colours;
    for (const Category& c : categories) {
      by_value[static_cast<std::size_t>(c.value)] = c.name;
      const GDALColorEntry entry = {c.rgba[0], c.rgba[1], c.rgba[2], c.rgba[3]};
      colours.SetColorEntry(c.value, &entry);
    }
    for (const std::string& name : by_value) names.AddString(name.c_str());
    band->SetCategoryNames(names.List());
    band->SetColorTable(&colours);
    band->SetColorInterpretation(GCI_PaletteIndex);
  }
  // Counts are numbers; classes have no mean, and a mean of classes is no class.
  if (last < 0) add_statistics(*band, values, nodata);
  save_dataset(file, *dataset, "COG", cog_options("NO", "NEAREST"));
}

}  // namespace

void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const float> values, const LayerInfo& layer) {
  check_size(file, grid.size(), values.size());
  ensure_gdal();
  DatasetPtr dataset = view_of(values, GDT_Float32, grid.columns, grid.rows);
  place(*dataset, grid, projection);
  describe(*dataset, layer);
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  add_statistics(*band, values);
  // Overviews are for looking at: the mean in the layer's own unit (of dB values, the mean level)
  // shows an area as it is, where nearest would show speckle. Nodata does not enter.
  save_dataset(file, *dataset, "COG", cog_options("FLOATING_POINT", "AVERAGE"));
}

void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const std::uint8_t> values, const LayerInfo& layer,
               const std::vector<Category>& categories, int nodata) {
  write_categories(file, grid, projection, values, GDT_Byte, layer, categories, nodata);
}

void write_cog(const std::filesystem::path& file, const Grid& grid, const Projection& projection,
               std::span<const std::uint16_t> values, const LayerInfo& layer,
               const std::vector<Category>& categories, int nodata) {
  write_categories(file, grid, projection, values, GDT_UInt16, layer, categories, nodata);
}

void write_height_geotiff(const std::filesystem::path& file, const GeographicGrid& grid,
                          std::span<const float> height_amsl_m, const LayerInfo& layer) {
  const std::size_t size =
      grid.columns > 0 && grid.rows > 0
          ? static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows)
          : 0;
  check_size(file, size, height_amsl_m.size());
  ensure_gdal();
  DatasetPtr dataset = view_of(height_amsl_m, GDT_Float32, grid.columns, grid.rows);
  double transform[6] = {grid.west_deg, grid.step_deg, 0.0, grid.north_deg, 0.0, -grid.step_deg};
  dataset->SetGeoTransform(transform);
  const OGRSpatialReference crs = wgs84();
  dataset->SetSpatialRef(&crs);
  describe(*dataset, layer);
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  add_statistics(*band, height_amsl_m);
  CPLStringList options;
  options.SetNameValue("COMPRESS", "DEFLATE");
  options.SetNameValue("PREDICTOR", "3");
  options.SetNameValue("TILED", "YES");
  save_dataset(file, *dataset, "GTiff", options);
}

std::string gdal_version() { return GDALVersionInfo("RELEASE_NAME"); }

}  // namespace yonder::geodata
