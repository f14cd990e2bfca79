#include "geodata/tile_fetch.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>

#include <cmath>
#include <cstdio>
#include <system_error>

#include "geodata/checked_file.h"
#include "geodata/download.h"
#include "geodata/error.h"
#include "geodata/gdal/raster_source.h"

namespace yonder::geodata {

const char* const kGlo30BaseUrl = "https://copernicus-dem-30m.s3.amazonaws.com";

namespace {

std::string tile_name(int south_deg, int west_deg) {
  char text[64];
  std::snprintf(text, sizeof(text), "Copernicus_DSM_COG_10_%c%02d_00_%c%03d_00_DEM",
                south_deg < 0 ? 'S' : 'N', std::abs(south_deg), west_deg < 0 ? 'W' : 'E',
                std::abs(west_deg));
  return text;
}

bool is_whole(const std::filesystem::path& tile) {
  std::error_code ignored;
  if (!std::filesystem::exists(tile, ignored)) return false;
  try {
    open_raster(tile);
    return true;
  } catch (const GeodataError&) {
    return false;
  }
}

/// Decodes every block, so that a tile put together from a broken transfer is found now.
void read_whole(const RasterSource& source) {
  ErrorCapture errors;
  std::vector<float> row(static_cast<std::size_t>(source.columns()));
  for (int r = 0; r < source.rows(); ++r) {
    if (source.band()->RasterIO(GF_Read, 0, r, source.columns(), 1, row.data(), source.columns(), 1,
                                GDT_Float32, 0, 0, nullptr) != CE_None)
      throw GeodataError("cannot read " + source.label + errors.reason());
  }
}

std::string without_trailing_slash(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

/// A tile that the source does not have is remembered, with the source, so that a later run works
/// offline.
bool known_absent(const std::filesystem::path& mark, const std::string& base_url) {
  std::FILE* file = std::fopen(mark.c_str(), "rb");
  if (file == nullptr) return false;
  char text[2048];
  const std::size_t count = std::fread(text, 1, sizeof(text), file);
  std::fclose(file);
  return std::string(text, count) == base_url + "\n";
}

}  // namespace

std::vector<std::string> glo30_tile_names(const FetchRequest& request) {
  const double east =
      request.east_deg < request.west_deg ? request.east_deg + 360.0 : request.east_deg;
  if (!(request.south_deg < request.north_deg && request.west_deg < east &&
        request.south_deg >= -90.0 && request.north_deg <= 90.0 &&
        east - request.west_deg <= 360.0))
    throw GeodataError(
        "no tiles for this box: " +
        text_of(GeoBox{request.west_deg, request.south_deg, request.east_deg, request.north_deg}) +
        "; west to east and south to north in degrees are needed");
  std::vector<std::string> names;
  const int south = static_cast<int>(std::floor(request.south_deg));
  const int north = static_cast<int>(std::ceil(request.north_deg));
  const int first = static_cast<int>(std::floor(request.west_deg));
  const int last = static_cast<int>(std::ceil(east));
  for (int lat = south; lat < north; ++lat) {
    for (int lon = first; lon < last; ++lon) {
      const int wrapped = ((lon + 180) % 360 + 360) % 360 - 180;
      names.push_back(tile_name(lat, wrapped));
    }
  }
  return names;
}

FetchReport fetch_glo30(const FetchRequest& request, std::stop_token stop,
                        const std::function<void(std::size_t done, std::size_t total)>& progress) {
  ensure_gdal();
  const std::string base_url =
      without_trailing_slash(request.base_url.empty() ? kGlo30BaseUrl : request.base_url);
  const std::vector<std::string> names = glo30_tile_names(request);
  std::error_code error;
  std::filesystem::create_directories(request.cache_directory, error);
  if (error)
    throw GeodataError("cannot create the tile cache " + request.cache_directory.string() + ": " +
                       error.message());
  FetchReport report;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (progress) progress(i, names.size());
    if (stop.stop_requested()) return report;
    const std::string& name = names[i];
    const std::filesystem::path tile = request.cache_directory / (name + ".tif");
    const std::filesystem::path absent = request.cache_directory / (name + ".absent");
    if (is_whole(tile)) {
      report.tiles.push_back(tile);
      continue;
    }
    if (known_absent(absent, base_url)) {
      report.absent_at_source.push_back(name);
      continue;
    }
    const std::filesystem::path part = request.cache_directory / (name + ".part");
    switch (download(base_url + "/" + name + "/" + name + ".tif", part, stop)) {
      case Download::stopped:
        return report;
      case Download::absent: {
        const std::string mark = base_url + "\n";
        write_whole_file(absent, mark.data(), mark.size());
        report.absent_at_source.push_back(name);
        break;
      }
      case Download::done:
        try {
          read_whole(open_raster(part));
        } catch (const GeodataError& problem) {
          remove_quietly(part);
          throw GeodataError("what " + base_url + " sent for " + name +
                             " is not a whole raster; is this the address of a Copernicus GLO-30 "
                             "bucket? " +
                             problem.what());
        }
        std::filesystem::rename(part, tile, error);
        if (error) {
          remove_quietly(part);
          throw GeodataError("cannot rename " + part.string() + " to " + tile.string() + ": " +
                             error.message());
        }
        report.tiles.push_back(tile);
        report.downloaded.push_back(name);
        break;
    }
  }
  if (progress) progress(names.size(), names.size());
  return report;
}

}  // namespace yonder::geodata
