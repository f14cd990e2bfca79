#include "geodata/class_picture.h"

#include <algorithm>
#include <charconv>

#include "core/run_control.h"
#include "geodata/checked_file.h"
#include "geodata/gdal/class_image.h"
#include "geodata/gdal/layer_reader.h"
#include "geodata/gdal/save_dataset.h"

namespace yonder::geodata {
namespace {

constexpr int kLongest = 8192;

/// The six lines of a world file: pixel size, no rotation, centre of the first pixel.
std::string world_file(double pixel_m, MapPoint first_center) {
  std::string text;
  for (const double value : {pixel_m, 0.0, 0.0, -pixel_m, first_center.x_m, first_center.y_m}) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
    text.append(digits, end.ptr).append("\n");
  }
  return text;
}

}  // namespace

void write_class_png(const std::filesystem::path& file, const std::filesystem::path& raster,
                     const ValueClasses& classes, const std::stop_token& stop) {
  const LayerReader reader(raster);
  const Grid& grid = reader.grid();
  const int step = (std::max(grid.columns, grid.rows) + kLongest - 1) / kLongest;
  const int columns = (grid.columns + step - 1) / step;
  const int rows = (grid.rows + step - 1) / step;
  // Of each block of step x step pixels the middle one; at the far edges blocks may be cut.
  const auto middle = [&](int i, int count) { return std::min(i * step + step / 2, count - 1); };
  ClassImage image(classes, columns, rows);
  std::vector<float> values;
  std::vector<float> shown(static_cast<std::size_t>(columns));
  for (int row = 0; row < rows; ++row) {
    if (stop.stop_requested()) throw Stopped();
    reader.read({0, middle(row, grid.rows), grid.columns, 1}, values);
    for (int column = 0; column < columns; ++column) {
      shown[static_cast<std::size_t>(column)] =
          values[static_cast<std::size_t>(middle(column, grid.columns))];
    }
    image.set_row(row, shown);
  }
  const double pixel_m = grid.pixel_size_m * step;
  double transform[6] = {grid.top_left.x_m, pixel_m, 0.0, grid.top_left.y_m, 0.0, -pixel_m};
  image.dataset().SetGeoTransform(transform);
  const OGRSpatialReference crs = reference_from_wkt(reader.projection().wkt());
  image.dataset().SetSpatialRef(&crs);
  save_dataset(file, image.dataset(), "PNG", {});
  std::filesystem::path world = file;
  world.replace_extension(".pgw");
  try {
    const std::string text =
        world_file(pixel_m, {grid.top_left.x_m + pixel_m / 2, grid.top_left.y_m - pixel_m / 2});
    write_whole_file(world, text.data(), text.size());
  } catch (...) {
    remove_quietly(file);
    remove_quietly(file.string() + ".aux.xml");
    throw;
  }
}

}  // namespace yonder::geodata
