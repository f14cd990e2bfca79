#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace yonder::geodata {

struct FetchRequest {
  double west_deg = 0.0, south_deg = 0.0, east_deg = 0.0, north_deg = 0.0;
  std::string base_url;  ///< Copernicus GLO-30 bucket layout below it
  std::filesystem::path cache_directory;
};

struct FetchReport {
  std::vector<std::filesystem::path> tiles;  ///< all whole tiles of the area, cached ones included
  std::vector<std::string> downloaded;       ///< fetched now
  /// Tiles the source does not have: open sea, or withheld from the public (parts of the Caucasus):
  /// absence is not proof of sea. Remembered in the cache as NAME.absent.
  std::vector<std::string> absent_at_source;
};

/// Address of the public Copernicus GLO-30 bucket.
extern const char* const kGlo30BaseUrl;

/// Names of the one-degree tiles that touch the box, from south to north and west to east; a box
/// with west > east lies across the antimeridian. Throws GeodataError for an empty box.
std::vector<std::string> glo30_tile_names(const FetchRequest& request);

/// Downloads missing tiles through GDAL's /vsicurl/ into the cache, each under a temporary name and
/// renamed when whole and readable; a second call goes on where the first stopped, also within a
/// tile, and needs no network once all is there. An empty base_url means kGlo30BaseUrl. When `stop`
/// is requested it returns early with what is there. Throws GeodataError when the source cannot be
/// reached or ends early, or the disk is full; no broken tile is left under a final name.
/// `progress` counts tiles.
FetchReport fetch_glo30(const FetchRequest& request, std::stop_token stop,
                        const std::function<void(std::size_t done, std::size_t total)>& progress);

}  // namespace yonder::geodata
