#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

#include "core/grid.h"
#include "geodata/error.h"
#include "geodata/projection.h"
#include "geodata/terrain_loader.h"
#include "tests/temporary_folder.h"

/// Small files made in the test, and the folder of real data.
namespace yonder::geodata {

using TestFolder = test::TemporaryFolder;

inline void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

inline std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline const char* const kWgs84Prj =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
    "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";

inline const char* const kUtm45Prj =
    "PROJCS[\"WGS 84 / UTM zone 45N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS "
    "84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
    "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
    "PARAMETER[\"central_meridian\",87],PARAMETER[\"scale_factor\",0.9996],"
    "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

struct AsciiRaster {
  double west = 0.0;
  double south = 0.0;
  double cell = 0.0;
  int columns = 0;
  int rows = 0;
  std::string nodata;           ///< empty: none declared
  std::string crs = kWgs84Prj;  ///< empty: none
};

/// ESRI ASCII grid; `value` is asked with the coordinates of each pixel's centre.
inline std::filesystem::path write_raster(
    const std::filesystem::path& file, const AsciiRaster& raster,
    const std::function<std::string(double x, double y)>& value) {
  std::ofstream out(file);
  out.precision(17);
  out << "ncols " << raster.columns << "\nnrows " << raster.rows << "\nxllcorner " << raster.west
      << "\nyllcorner " << raster.south << "\ncellsize " << raster.cell << "\n";
  if (!raster.nodata.empty()) out << "NODATA_value " << raster.nodata << "\n";
  for (int r = 0; r < raster.rows; ++r) {
    for (int c = 0; c < raster.columns; ++c)
      out << (c ? " " : "")
          << value(raster.west + (c + 0.5) * raster.cell,
                   raster.south + (raster.rows - r - 0.5) * raster.cell);
    out << "\n";
  }
  if (!raster.crs.empty()) {
    std::filesystem::path prj = file;
    write_text(prj.replace_extension(".prj"), raster.crs);
  }
  return file;
}

inline std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.9f", value);
  return text;
}

/// A square grid around a position in its UTM zone.
inline TerrainRequest request_around(LonLat center, double half_side_m, double pixel_size_m) {
  Projection projection = Projection::utm_for(center);
  const MapPoint c = projection.to_map(center);
  const int n = static_cast<int>(std::lround(2.0 * half_side_m / pixel_size_m));
  const Grid grid = {{c.x_m - half_side_m, c.y_m + half_side_m}, pixel_size_m, n, n};
  return {std::move(projection), grid, {}, {}, {}, false, {}};
}

inline std::filesystem::path test_data() {
  if (const char* folder = std::getenv("YONDER_TEST_DATA")) return folder;
  return std::filesystem::path(YONDER_SOURCE_DIR) / ".." / "shared" / "geodata";
}

#define YONDER_NEEDS_TEST_DATA()                                \
  if (!std::filesystem::exists(::yonder::geodata::test_data())) \
  GTEST_SKIP() << "no real data at " << ::yonder::geodata::test_data() << " (set YONDER_TEST_DATA)"

/// what() of the GeodataError that `action` throws, or empty.
inline std::string problem_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const GeodataError& error) {
    return error.what();
  }
  return {};
}

}  // namespace yonder::geodata
