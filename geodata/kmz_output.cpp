#include "geodata/kmz_output.h"

#include <cpl_vsi.h>
#include <gdal_utils.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "core/run_control.h"
#include "geodata/checked_file.h"
#include "geodata/error.h"
#include "geodata/gdal/class_image.h"
#include "geodata/gdal/layer_reader.h"

namespace yonder::geodata {
namespace {

constexpr int kTile = 1024;

struct LonLatBox {
  double west = 0.0, south = 0.0, east = 0.0, north = 0.0;
};

std::string degrees(double value) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 12);
  return {digits, end.ptr};
}

std::string xml_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
      escaped += c;  // other control characters are not allowed in XML
    }
  }
  return escaped;
}

std::string element(const char* name, const std::string& text) {
  return std::string("<") + name + ">" + xml_text(text) + "</" + name + ">\n";
}

/// Of the layer's rim, which curves in longitude and latitude.
LonLatBox bounds_of(const LayerReader& reader) {
  const Grid& grid = reader.grid();
  const Projection& projection = reader.projection();
  constexpr int kSteps = 64;
  const double width = grid.columns * grid.pixel_size_m;
  const double height = grid.rows * grid.pixel_size_m;
  LonLatBox box{INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    for (const auto& [x, y] : {std::pair{t, 0.0}, {t, 1.0}, {0.0, t}, {1.0, t}}) {
      const LonLat at =
          projection.to_lonlat({grid.top_left.x_m + x * width, grid.top_left.y_m - y * height});
      box.west = std::min(box.west, at.lon_deg);
      box.east = std::max(box.east, at.lon_deg);
      box.south = std::min(box.south, at.lat_deg);
      box.north = std::max(box.north, at.lat_deg);
    }
  }
  return box;
}

/// The overlay's raster: as fine as the layer, unless that is too many pixels.
struct OverlayGrid {
  LonLatBox box;
  int columns = 0;
  int rows = 0;

  OverlayGrid(const LayerReader& reader, int longest_px) : box(bounds_of(reader)) {
    constexpr double kMetresPerDegree = 111320.0;
    const double middle = (box.south + box.north) / 2.0 * 3.14159265358979323846 / 180.0;
    const double pixel_m = reader.grid().pixel_size_m;
    const double wide = (box.east - box.west) * kMetresPerDegree * std::cos(middle) / pixel_m;
    const double high = (box.north - box.south) * kMetresPerDegree / pixel_m;
    const double coarser = std::max(1.0, std::max(wide, high) / longest_px);
    columns = std::max(1, static_cast<int>(std::lround(wide / coarser)));
    rows = std::max(1, static_cast<int>(std::lround(high / coarser)));
  }

  LonLatBox part(int column, int row, int width, int height) const {
    const auto lon = [&](int c) { return box.west + (box.east - box.west) * c / columns; };
    const auto lat = [&](int r) { return box.north - (box.north - box.south) * r / rows; };
    return {lon(column), lat(row + height), lon(column + width), lat(row)};
  }
};

struct WarpOptionsFree {
  void operator()(GDALWarpAppOptions* options) const { GDALWarpAppOptionsFree(options); }
};

/// Values of the layer at the centres of an overlay's pixels; NaN where there is none.
std::vector<float> warp(const LayerReader& reader, const LonLatBox& box, int columns, int rows) {
  ErrorCapture errors;
  CPLStringList arguments;
  for (const char* word : {"-of", "MEM", "-t_srs", "EPSG:4326", "-ot", "Float32", "-dstnodata",
                           "nan", "-r", "near", "-et", "0", "-ovr", "NONE", "-wm", "64", "-te"})
    arguments.AddString(word);
  for (const double edge : {box.west, box.south, box.east, box.north})
    arguments.AddString(degrees(edge).c_str());
  arguments.AddString("-ts");
  arguments.AddString(std::to_string(columns).c_str());
  arguments.AddString(std::to_string(rows).c_str());
  const std::unique_ptr<GDALWarpAppOptions, WarpOptionsFree> options(
      GDALWarpAppOptionsNew(arguments.List(), nullptr));
  GDALDatasetH source = GDALDataset::ToHandle(&reader.dataset());
  const DatasetPtr warped(GDALDataset::FromHandle(
      options ? GDALWarp("", nullptr, 1, &source, options.get(), nullptr) : nullptr));
  std::vector<float> values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  if (!warped || errors.failed() ||
      warped->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, values.data(), columns, rows,
                                         GDT_Float32, 0, 0) != CE_None)
    throw GeodataError("cannot warp " + reader.file().string() + " to WGS 84" + errors.reason());
  return values;
}

/// The bytes of a picture as PNG; empty when there is nothing in it.
std::string png_of(const ValueClasses& classes, const std::vector<float>& values, int columns,
                   int rows) {
  ClassImage image(classes, columns, rows);
  const std::span<const float> all(values);
  for (int row = 0; row < rows; ++row) {
    image.set_row(row,
                  all.subspan(static_cast<std::size_t>(row) * static_cast<std::size_t>(columns),
                              static_cast<std::size_t>(columns)));
  }
  if (image.blank()) return {};
  const MemoryFolder folder;
  const std::string name = folder.path("tile.png");
  ErrorCapture errors;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("PNG");
  if (driver == nullptr) throw GeodataError("GDAL here has no PNG driver");
  DatasetPtr copy(
      driver->CreateCopy(name.c_str(), &image.dataset(), FALSE, nullptr, nullptr, nullptr));
  const bool made = copy != nullptr;
  copy.reset();
  vsi_l_offset size = 0;
  const GByte* bytes = VSIGetMemFileBuffer(name.c_str(), &size, FALSE);
  if (!made || errors.failed() || bytes == nullptr)
    throw GeodataError("cannot encode a picture" + errors.reason());
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

/// Files of the archive, in their order.
using Entries = std::vector<std::pair<std::string, std::string>>;

struct HandleCloser {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
using Handle = std::unique_ptr<VSILFILE, HandleCloser>;

void write_zip(const std::filesystem::path& file, const Entries& entries) {
  const MemoryFolder folder;
  const std::string archive = "/vsizip/" + folder.path("archive.kmz");
  ErrorCapture errors;
  const auto fail = [&] { throw GeodataError("cannot encode " + file.string() + errors.reason()); };
  {
    const Handle whole(VSIFOpenL(archive.c_str(), "wb"));
    if (!whole) fail();
    for (const auto& [name, bytes] : entries) {
      Handle entry(VSIFOpenL((archive + "/" + name).c_str(), "wb"));
      if (!entry || VSIFWriteL(bytes.data(), 1, bytes.size(), entry.get()) != bytes.size() ||
          VSIFCloseL(entry.release()) != 0)
        fail();
    }
  }
  vsi_l_offset size = 0;
  const GByte* bytes = VSIGetMemFileBuffer(folder.path("archive.kmz").c_str(), &size, FALSE);
  if (errors.failed() || bytes == nullptr) fail();
  write_whole_file(file, bytes, static_cast<std::size_t>(size));
}

std::string overlay(const std::string& name, const std::string& href, const LonLatBox& box,
                    bool visible) {
  return "<GroundOverlay>\n" + element("name", name) + element("visibility", visible ? "1" : "0") +
         "<Icon>" + element("href", href) + "</Icon>\n<LatLonBox>\n" +
         element("north", degrees(box.north)) + element("south", degrees(box.south)) +
         element("east", degrees(box.east)) + element("west", degrees(box.west)) +
         "</LatLonBox>\n</GroundOverlay>\n";
}

std::string legend(const std::string& href, bool visible) {
  return "<ScreenOverlay>\n" + element("name", "Legend") +
         element("visibility", visible ? "1" : "0") + "<Icon>" + element("href", href) +
         "</Icon>\n"
         "<overlayXY x=\"0\" y=\"1\" xunits=\"fraction\" yunits=\"fraction\"/>\n"
         "<screenXY x=\"0.01\" y=\"0.98\" xunits=\"fraction\" yunits=\"fraction\"/>\n"
         "<size x=\"-1\" y=\"-1\" xunits=\"pixels\" yunits=\"pixels\"/>\n"
         "</ScreenOverlay>\n";
}

/// Adds a layer's pictures and returns its folder of the document.
std::string add_layer(const KmzLayer& layer, const std::string& folder, bool visible,
                      int longest_px, const std::stop_token& stop, Entries& entries) {
  const LayerReader reader(layer.raster);
  const OverlayGrid grid(reader, longest_px);
  std::string kml = "<Folder>\n" + element("name", layer.name) +
                    element("visibility", visible ? "1" : "0") +
                    "<Style><ListStyle><listItemType>checkHideChildren</listItemType>"
                    "</ListStyle></Style>\n";
  if (!layer.legend_png.empty()) {
    entries.emplace_back(folder + "/legend.png", layer.legend_png);
    kml += legend(entries.back().first, visible);
  }
  for (int row = 0; row < grid.rows; row += kTile) {
    for (int column = 0; column < grid.columns; column += kTile) {
      if (stop.stop_requested()) throw Stopped();
      const int width = std::min(kTile, grid.columns - column);
      const int height = std::min(kTile, grid.rows - row);
      const LonLatBox box = grid.part(column, row, width, height);
      std::string png = png_of(layer.classes, warp(reader, box, width, height), width, height);
      if (png.empty()) continue;
      const std::string name =
          "r" + std::to_string(row / kTile) + "_c" + std::to_string(column / kTile);
      entries.emplace_back(folder + "/" + name + ".png", std::move(png));
      kml += overlay(name, entries.back().first, box, visible);
    }
  }
  return kml + "</Folder>\n";
}

std::string places_folder(const KmzSpec& spec) {
  std::string kml = "<Folder>\n" + element("name", spec.places_name);
  for (const KmzPlace& place : spec.places) {
    kml += "<Placemark>\n" + element("name", place.name) +
           element("description", place.description) + "<styleUrl>#place</styleUrl>\n" + "<Point>" +
           element("coordinates",
                   degrees(place.position.lon_deg) + "," + degrees(place.position.lat_deg)) +
           "</Point>\n</Placemark>\n";
  }
  return kml + "</Folder>\n";
}

}  // namespace

void write_kmz(const std::filesystem::path& file, const KmzSpec& spec,
               const std::stop_token& stop) {
  Entries entries = {{"doc.kml", ""}};  // first: what is opened
  std::string kml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n" +
      element("name", spec.name) + element("description", spec.description) + "<open>1</open>\n";
  if (!spec.places.empty()) {
    kml += "<Style id=\"place\"><IconStyle>";
    if (!spec.place_icon_png.empty()) {
      entries.emplace_back("place.png", spec.place_icon_png);
      kml += "<scale>0.5</scale><Icon><href>place.png</href></Icon>";
    }
    kml += "</IconStyle><LabelStyle><scale>0.8</scale></LabelStyle></Style>\n";
  }
  kml += "<Folder>\n" + element("name", "Maps") +
         "<open>1</open>\n<Style><ListStyle><listItemType>radioFolder</listItemType></ListStyle>"
         "</Style>\n";
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    kml += add_layer(spec.layers[i], "layer" + std::to_string(i + 1), i == 0, spec.longest_px, stop,
                     entries);
  }
  kml += "</Folder>\n";
  if (!spec.places.empty()) kml += places_folder(spec);
  kml += "</Document>\n</kml>\n";
  entries.front().second = std::move(kml);
  write_zip(file, entries);
}

}  // namespace yonder::geodata
