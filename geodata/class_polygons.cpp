#include "geodata/class_polygons.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "core/run_control.h"
#include "geodata/area_outlines.h"
#include "geodata/error.h"
#include "geodata/gdal/feature_writer.h"
#include "geodata/gdal/layer_reader.h"

namespace yonder::geodata {
namespace {

using TakePolygon = std::function<void(int index, std::int64_t pixels, OGRPolygon& polygon)>;

OGRPolygon polygon_of(const AreaOutline& area, const Grid& grid) {
  OGRPolygon polygon;
  for (const std::vector<Corner>& corners : area.rings) {
    auto ring = std::make_unique<OGRLinearRing>();
    ring->setNumPoints(static_cast<int>(corners.size()) + 1);
    for (std::size_t i = 0; i <= corners.size(); ++i) {
      const Corner& corner = corners[i % corners.size()];
      ring->setPoint(static_cast<int>(i), grid.top_left.x_m + corner.column * grid.pixel_size_m,
                     grid.top_left.y_m - corner.row * grid.pixel_size_m);
    }
    polygon.addRingDirectly(ring.release());
  }
  return polygon;
}

/// Outlines the pixels of a window that have an index; pixels with -1 are left out. Not by
/// GDALPolygonize, whose time grows with the square of a polygon's corners (GDAL 3.6), and whose
/// rings may touch themselves.
void outline(const Grid& grid, const std::vector<std::int32_t>& index, const TakePolygon& take,
             const std::stop_token& stop) {
  trace_areas(
      index, grid.columns,
      [&](const AreaOutline& area) {
        OGRPolygon polygon = polygon_of(area, grid);
        take(area.value, area.pixels, polygon);
      },
      stop);
}

/// The same features to every file.
class Writers {
 public:
  Writers(const std::vector<std::filesystem::path>& files, const LayerReader& raster,
          const PolygonSpec& spec, OGRwkbGeometryType type, const Fields& added)
      : pixel_area_km2_(raster.pixel_area_km2()) {
    if (spec.fields.size() != spec.classes.size() || spec.fields.empty())
      throw GeodataError("cannot outline " + raster.file().string() +
                         ": classes and their attributes differ in number");
    Fields fields = with_area(spec.fields.front(), 0);
    fields.insert(fields.end(), added.begin(), added.end());
    const OGRSpatialReference crs = reference_from_wkt(raster.projection().wkt());
    for (const auto& file : files)
      writers_.push_back(std::make_unique<FeatureWriter>(file, spec.layer, crs, type, fields));
  }

  double pixel_area_km2() const { return pixel_area_km2_; }
  Fields with_area(Fields fields, std::int64_t pixels) const {
    fields.emplace_back("pixels", pixels);
    fields.emplace_back("area_km2", static_cast<double>(pixels) * pixel_area_km2_);
    return fields;
  }
  void add(const OGRGeometry& geometry, const Fields& values) {
    for (const auto& writer : writers_) writer->add(geometry, values);
  }
  void close() {
    for (const auto& writer : writers_) writer->close();
  }

 private:
  double pixel_area_km2_;
  std::vector<std::unique_ptr<FeatureWriter>> writers_;
};

/// What one pass over the raster finds of each class.
struct Found {
  PixelWindow window;
  std::int64_t pixels = 0;
  std::vector<std::int64_t> at_level;

  void add(int column, int row) {
    if (pixels++ == 0) {
      window = {column, row, 1, 1};
      return;
    }
    const int left = std::min(window.column, column);
    window.columns = std::max(window.column + window.columns, column + 1) - left;
    window.column = left;
    window.rows = std::max(window.rows, row - window.row + 1);  // rows come from north to south
  }
};

std::vector<Found> find_classes(const LayerReader& raster, const ValueClasses& classes,
                                const std::optional<FootprintLevels>& levels,
                                const std::stop_token& stop) {
  const std::size_t level_count = levels ? levels->levels.size() : 0;
  std::vector<Found> found(classes.size());
  for (Found& one : found) one.at_level.resize(level_count);
  std::optional<LayerReader> other;
  if (levels) {
    other.emplace(levels->raster);
    const Grid& a = raster.grid();
    const Grid& b = other->grid();
    if (a.columns != b.columns || a.rows != b.rows || a.top_left.x_m != b.top_left.x_m ||
        a.top_left.y_m != b.top_left.y_m || a.pixel_size_m != b.pixel_size_m) {
      throw GeodataError(raster.file().string() + " and " + other->file().string() +
                         " do not lie on the same grid");
    }
  }
  std::vector<float> values, measured;
  for (const PixelWindow& strip : row_strips(raster.grid().whole())) {
    if (stop.stop_requested()) throw Stopped();
    raster.read(strip, values);
    if (other) other->read(strip, measured);
    std::size_t i = 0;
    for (int row = strip.row; row < strip.row + strip.rows; ++row) {
      for (int column = 0; column < strip.columns; ++column, ++i) {
        const int index = classes.of(values[i]);
        if (index < 0) continue;
        Found& one = found[static_cast<std::size_t>(index)];
        one.add(column, row);
        for (std::size_t level = 0; level < level_count; ++level)
          if (static_cast<double>(measured[i]) >= levels->levels[level].from) ++one.at_level[level];
      }
    }
  }
  return found;
}

/// The index of each pixel's class.
std::vector<std::int32_t> read_classes(const LayerReader& raster, const ValueClasses& classes,
                                       const PixelWindow& window) {
  std::vector<std::int32_t> index;
  index.reserve(window.size());
  std::vector<float> values;
  for (const PixelWindow& strip : row_strips(window)) {
    raster.read(strip, values);
    for (const float value : values) index.push_back(classes.of(value));
  }
  return index;
}

}  // namespace

void write_class_areas(const std::vector<std::filesystem::path>& files,
                       const std::filesystem::path& raster, const PolygonSpec& spec,
                       const std::stop_token& stop) {
  constexpr int kCut = 4096;
  const LayerReader reader(raster);
  const Grid& grid = reader.grid();
  Writers writers(files, reader, spec, wkbPolygon, {});
  for (int row = 0; row < grid.rows; row += kCut) {
    for (int column = 0; column < grid.columns; column += kCut) {
      const PixelWindow window{column, row, std::min(kCut, grid.columns - column),
                               std::min(kCut, grid.rows - row)};
      const std::vector<std::int32_t> index = read_classes(reader, spec.classes, window);
      const auto take = [&](int of, std::int64_t pixels, OGRPolygon& polygon) {
        writers.add(polygon, writers.with_area(spec.fields[static_cast<std::size_t>(of)], pixels));
      };
      outline(grid.crop(window), index, take, stop);
    }
  }
  writers.close();
}

void write_class_footprints(const std::vector<std::filesystem::path>& files,
                            const std::filesystem::path& raster, const PolygonSpec& spec,
                            const std::optional<FootprintLevels>& levels,
                            const std::stop_token& stop) {
  const LayerReader reader(raster);
  Fields added;
  if (levels)
    for (const FootprintLevel& level : levels->levels) added.emplace_back(level.field, 0.0);
  Writers writers(files, reader, spec, wkbMultiPolygon, added);
  const std::vector<Found> found = find_classes(reader, spec.classes, levels, stop);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Found& one = found[i];
    if (one.pixels == 0) continue;
    // Class by class: memory holds one footprint's surroundings, not the map.
    std::vector<std::int32_t> index = read_classes(reader, spec.classes, one.window);
    for (std::int32_t& of : index) of = of == static_cast<std::int32_t>(i) ? 0 : -1;
    OGRMultiPolygon whole;
    outline(
        reader.grid().crop(one.window), index,
        [&](int, std::int64_t, OGRPolygon& polygon) { whole.addGeometry(&polygon); }, stop);
    Fields values = writers.with_area(spec.fields[i], one.pixels);
    for (std::size_t level = 0; level < one.at_level.size(); ++level) {
      values.emplace_back(added[level].first,
                          static_cast<double>(one.at_level[level]) * writers.pixel_area_km2());
    }
    writers.add(whole, values);
  }
  writers.close();
}

}  // namespace yonder::geodata
