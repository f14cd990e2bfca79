#include "geodata/pixel_table.h"

#include <charconv>
#include <cmath>
#include <map>
#include <memory>

#include "core/run_control.h"
#include "geodata/checked_file.h"
#include "geodata/error.h"
#include "geodata/gdal/layer_reader.h"

namespace yonder::geodata {
namespace {

void append_number(std::string& text, double value, int decimals) {
  char digits[400];  // enough for any double
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals);
  text.append(digits, end.ptr);
}

/// A raster that one or more columns show, and the strip of it at hand.
struct Source {
  LayerReader reader;
  std::vector<float> values;
};

void check_grid(const LayerReader& first, const LayerReader& other) {
  const Grid& a = first.grid();
  const Grid& b = other.grid();
  if (a.columns == b.columns && a.rows == b.rows && a.top_left.x_m == b.top_left.x_m &&
      a.top_left.y_m == b.top_left.y_m && a.pixel_size_m == b.pixel_size_m)
    return;
  throw GeodataError(first.file().string() + " and " + other.file().string() +
                     " do not lie on the same grid");
}

}  // namespace

void write_pixel_table(const std::filesystem::path& file, const std::vector<PixelColumn>& columns,
                       const std::stop_token& stop) {
  std::map<std::filesystem::path, std::unique_ptr<Source>> sources;
  std::vector<const Source*> source_of;
  for (const PixelColumn& column : columns) {
    auto& source = sources[column.raster];
    if (!source) source.reset(new Source{LayerReader(column.raster), {}});
    source_of.push_back(source.get());
    check_grid(source_of.front()->reader, source->reader);
  }
  if (columns.empty()) throw GeodataError("cannot write " + file.string() + ": no columns");
  const LayerReader& first = source_of.front()->reader;
  const Grid& grid = first.grid();
  const TransformPtr to_lonlat =
      make_transform(reference_from_wkt(first.projection().wkt()), wgs84());

  CheckedFile target(file);
  std::string text = "lon_deg,lat_deg";
  for (const PixelColumn& column : columns) text += "," + column.name;
  text += "\n";
  std::vector<double> lon, lat;
  std::vector<std::size_t> place;
  for (const PixelWindow& strip : row_strips(grid.whole())) {
    for (const auto& [path, source] : sources) source->reader.read(strip, source->values);
    std::size_t row_start = 0;
    for (int row = strip.row; row < strip.row + strip.rows; ++row) {
      if (stop.stop_requested()) throw Stopped();
      lon.clear();
      lat.clear();
      place.clear();
      for (int column = 0; column < grid.columns; ++column) {
        const std::size_t i = row_start + static_cast<std::size_t>(column);
        if (std::isnan(source_of.front()->values[i])) continue;
        const MapPoint center = grid.center({column, row});
        lon.push_back(center.x_m);
        lat.push_back(center.y_m);
        place.push_back(i);
      }
      row_start += static_cast<std::size_t>(grid.columns);
      const ErrorCapture errors;
      if (!place.empty() &&
          to_lonlat->Transform(static_cast<int>(place.size()), lon.data(), lat.data()) == FALSE)
        throw GeodataError("cannot place the pixels of " + first.file().string() + errors.reason());
      for (std::size_t k = 0; k < place.size(); ++k) {
        append_number(text, lon[k], 7);  // 1 cm
        text += ',';
        append_number(text, lat[k], 7);
        for (std::size_t c = 0; c < columns.size(); ++c) {
          text += ',';
          const float value = source_of[c]->values[place[k]];
          if (columns[c].classes) {
            const int index = columns[c].classes->of(value);
            if (index >= 0) text += columns[c].words.at(static_cast<std::size_t>(index));
          } else if (!std::isnan(value)) {
            append_number(text, static_cast<double>(value), columns[c].decimals);
          }
        }
        text += '\n';
      }
      constexpr std::size_t kEnough = std::size_t{1} << 20;
      if (text.size() >= kEnough) {
        target.write(text.data(), text.size());
        text.clear();
      }
    }
  }
  target.write(text.data(), text.size());
  target.close();
}

}  // namespace yonder::geodata
