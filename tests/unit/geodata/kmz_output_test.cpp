#include "geodata/kmz_output.h"

#include <cpl_minixml.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "core/run_control.h"
#include "tests/unit/geodata/class_layers.h"

namespace yonder::geodata {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kDegree = 3.14159265358979323846 / 180.0;

std::string entry_text(const std::filesystem::path& kmz, const std::string& name) {
  GByte* bytes = nullptr;
  vsi_l_offset size = 0;
  const std::string path = "/vsizip/" + kmz.string() + "/" + name;
  if (!VSIIngestFile(nullptr, path.c_str(), &bytes, &size, -1)) return "no entry " + name;
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  VSIFree(bytes);
  return text;
}

/// One ground overlay with its picture.
struct Overlay {
  double north = 0, south = 0, east = 0, west = 0;
  bool visible = false;
  int columns = 0, rows = 0;
  std::vector<std::array<int, 4>> rgba;

  const std::array<int, 4>& at(LonLat place) const {
    const auto column = static_cast<int>((place.lon_deg - west) / (east - west) * columns);
    const auto row = static_cast<int>((north - place.lat_deg) / (north - south) * rows);
    return rgba[static_cast<std::size_t>(row * columns + column)];
  }
  bool holds(LonLat place) const {
    return place.lon_deg > west && place.lon_deg < east && place.lat_deg > south &&
           place.lat_deg < north;
  }
};

void read_picture(const std::string& path, Overlay& overlay) {
  const std::unique_ptr<GDALDataset> png(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  ASSERT_TRUE(png) << path;
  overlay.columns = png->GetRasterXSize();
  overlay.rows = png->GetRasterYSize();
  const auto size = static_cast<std::size_t>(overlay.columns * overlay.rows);
  overlay.rgba.resize(size);
  std::vector<int> values(size);
  const GDALColorTable* table = png->GetRasterBand(1)->GetColorTable();
  for (int b = 0; b < png->GetRasterCount(); ++b) {
    ASSERT_EQ(png->GetRasterBand(b + 1)->RasterIO(GF_Read, 0, 0, overlay.columns, overlay.rows,
                                                  values.data(), overlay.columns, overlay.rows,
                                                  GDT_Int32, 0, 0),
              CE_None);
    for (std::size_t i = 0; i < size; ++i) {
      if (table == nullptr) {
        overlay.rgba[i][static_cast<std::size_t>(b)] = values[i];
      } else {
        const GDALColorEntry* entry = table->GetColorEntry(values[i]);
        overlay.rgba[i] = {entry->c1, entry->c2, entry->c3, entry->c4};
      }
    }
  }
}

void collect(const CPLXMLNode* node, const std::filesystem::path& kmz,
             std::vector<Overlay>& found) {
  for (; node != nullptr; node = node->psNext) {
    if (std::string(node->pszValue) == "GroundOverlay") {
      Overlay one;
      const auto number = [&](const char* key) {
        return std::stod(CPLGetXMLValue(node, key, "nan"));
      };
      one.north = number("LatLonBox.north");
      one.south = number("LatLonBox.south");
      one.east = number("LatLonBox.east");
      one.west = number("LatLonBox.west");
      one.visible = number("visibility") == 1.0;
      read_picture("/vsizip/" + kmz.string() + "/" + CPLGetXMLValue(node, "Icon.href", ""), one);
      found.push_back(std::move(one));
    } else {
      collect(node->psChild, kmz, found);
    }
  }
}

std::vector<Overlay> overlays_of(const std::filesystem::path& kmz) {
  const std::string text = entry_text(kmz, "doc.kml");
  CPLXMLNode* document = CPLParseXMLString(text.c_str());
  EXPECT_NE(document, nullptr) << text;
  std::vector<Overlay> found;
  collect(document, kmz, found);
  CPLDestroyXMLNode(document);
  return found;
}

KmzSpec spec_of(const std::filesystem::path& raster) {
  return {.name = "Dunes & <gravel> 沙漠",
          .description = "made of levels",
          .layers = {{"SS-RSRP", raster, three_levels(), "legend"}},
          .places_name = "Sites",
          .places = {{{84.0, 39.9}, "A \"1\"", "40 m"}},
          .place_icon_png = "icon"};
}

TEST(Kmz, ShowsTheClassOfTheRastersPixelAtEachPlace) {
  const TestFolder folder;
  const LevelMap map = patchy_map(700, 1300);
  write_map(folder / "rsrp.tif", map);
  write_kmz(folder / "a.kmz", spec_of(folder / "rsrp.tif"), {});
  EXPECT_EQ(files_in(folder), 2);
  const std::vector<Overlay> overlays = overlays_of(folder / "a.kmz");
  EXPECT_EQ(overlays.size(), 2U);
  const ValueClasses classes = three_levels();
  int shown = 0, blank = 0, wrong = 0;
  for (const Overlay& one : overlays) {
    EXPECT_TRUE(one.visible);
    for (int row = 0; row < one.rows; row += 7) {
      for (int column = 0; column < one.columns; column += 7) {
        const LonLat place{one.west + (one.east - one.west) * (column + 0.5) / one.columns,
                           one.north - (one.north - one.south) * (row + 0.5) / one.rows};
        const Pixel pixel = map.grid.pixel_at(utm45(place));
        const int index =
            map.grid.contains(pixel) ? level_class(map.at(pixel.column, pixel.row)) : -1;
        const std::array<int, 4>& colour = one.at(place);
        if (index < 0) {
          wrong += colour[3] != 0;
          ++blank;
          continue;
        }
        const auto& rgba = classes.all()[static_cast<std::size_t>(index)].rgba;
        for (std::size_t i = 0; i < 4; ++i) wrong += colour[i] != rgba[i];
        ++shown;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(shown, 8000);
  EXPECT_GT(blank, 1000);
}

TEST(Kmz, ReachesFromCornerToCorner) {
  const TestFolder folder;
  LevelMap map = patchy_map(400, 300);
  std::fill(map.values.begin(), map.values.end(), -90.0F);
  write_map(folder / "rsrp.tif", map);
  write_kmz(folder / "a.kmz", spec_of(folder / "rsrp.tif"), {});
  const std::vector<Overlay> overlays = overlays_of(folder / "a.kmz");
  ASSERT_EQ(overlays.size(), 1U);
  const Overlay& one = overlays.front();
  // West of the central meridian the grid leans: its west edge is farthest west in the north, its
  // north edge farthest north in the east. Half a pixel is 25 m.
  const double half_lon = 25.0 / (111320.0 * std::cos(40.0 * kDegree)), half_lat = 25.0 / 111000.0;
  const Grid& grid = map.grid;
  const MapPoint nw = utm45({one.west, one.north});
  EXPECT_NEAR(utm45({one.west, one.north}).x_m, grid.top_left.x_m, 500.0);
  EXPECT_GE(nw.y_m, grid.top_left.y_m - 25.0);
  double west = 1e9, east = -1e9, south = 1e9, north = -1e9;
  for (const double x : {0.0, 400.0 * 50.0}) {
    for (const double y : {0.0, 300.0 * 50.0}) {
      double lat = 0, lon = 0;
      static const GeographicLib::TransverseMercator projection(6378137.0, 1.0 / 298.257223563,
                                                                0.9996);
      projection.Reverse(87.0, grid.top_left.x_m + x - 500000.0, grid.top_left.y_m - y, lat, lon);
      west = std::min(west, lon);
      east = std::max(east, lon);
      south = std::min(south, lat);
      north = std::max(north, lat);
    }
  }
  EXPECT_NEAR(one.west, west, 0.1 * half_lon);
  EXPECT_NEAR(one.east, east, 0.1 * half_lon);
  EXPECT_NEAR(one.south, south, 0.1 * half_lat);
  EXPECT_NEAR(one.north, north, 0.1 * half_lat);
}

TEST(Kmz, StaysWithinItsSizeAndLeavesOutEmptyTiles) {
  const TestFolder folder;
  LevelMap map = patchy_map(2600, 1300);
  std::fill(map.values.begin(), map.values.end(), std::numeric_limits<float>::quiet_NaN());
  for (int row = 200; row < 260; ++row)
    for (int column = 200; column < 260; ++column)
      map.values[map.grid.index({column, row})] = -90.0F;
  write_map(folder / "rsrp.tif", map);
  write_kmz(folder / "a.kmz", spec_of(folder / "rsrp.tif"), {});
  EXPECT_EQ(overlays_of(folder / "a.kmz").size(), 1U);
  KmzSpec small = spec_of(folder / "rsrp.tif");
  small.longest_px = 500;
  write_kmz(folder / "b.kmz", small, {});
  const std::vector<Overlay> overlays = overlays_of(folder / "b.kmz");
  ASSERT_EQ(overlays.size(), 1U);
  EXPECT_EQ(overlays.front().columns, 500);
  EXPECT_NEAR(overlays.front().rows, 255, 6);
}

TEST(Kmz, BeginsWithItsDocumentAndEscapesTexts) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(30, 30));
  KmzSpec spec = spec_of(folder / "rsrp.tif");
  spec.layers.push_back(spec.layers.front());
  spec.layers.back().legend_png.clear();
  write_kmz(folder / "a.kmz", spec, {});
  const std::string bytes = read_bytes(folder / "a.kmz");
  EXPECT_EQ(bytes.substr(30, 7), "doc.kml") << "the zip's first entry";
  const CPLStringList names(
      VSIReadDirRecursive(("/vsizip/" + (folder / "a.kmz").string()).c_str()));
  std::vector<std::string> files;
  for (int i = 0; i < names.size(); ++i)
    if (std::string(names[i]).back() != '/') files.emplace_back(names[i]);
  EXPECT_THAT(files, ElementsAre("doc.kml", "place.png", "layer1/legend.png", "layer1/r0_c0.png",
                                 "layer2/r0_c0.png"));
  EXPECT_EQ(entry_text(folder / "a.kmz", "layer1/legend.png"), "legend");
  const std::string kml = entry_text(folder / "a.kmz", "doc.kml");
  EXPECT_THAT(kml, HasSubstr("<name>Dunes &amp; &lt;gravel&gt; 沙漠</name>"));
  EXPECT_THAT(kml, HasSubstr("<coordinates>84.000000000000,39.900000000000</coordinates>"));
  const std::vector<Overlay> overlays = overlays_of(folder / "a.kmz");
  ASSERT_EQ(overlays.size(), 2U);
  EXPECT_TRUE(overlays[0].visible);
  EXPECT_FALSE(overlays[1].visible);
}

TEST(Kmz, HasTheSameBytesEveryTimeAndIsNotHalfWritten) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(300, 300));
  const KmzSpec spec = spec_of(folder / "rsrp.tif");
  write_kmz(folder / "a.kmz", spec, {});
  write_kmz(folder / "b.kmz", spec, {});
  EXPECT_EQ(read_bytes(folder / "a.kmz"), read_bytes(folder / "b.kmz"));
  EXPECT_TRUE(full_disk_is_told(3000, "c.kmz", [&] { write_kmz(folder / "c.kmz", spec, {}); }));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(write_kmz(folder / "d.kmz", spec, stop.get_token()), Stopped);
  EXPECT_EQ(files_in(folder), 3);
}

}  // namespace
}  // namespace yonder::geodata
