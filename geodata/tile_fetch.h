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
  std::vector<std::filesystem::path> tiles;   ///< all whole tiles of the area, cached ones included
  std::vector<std::string> downloaded;        ///< fetched now
  std::vector<std::string> absent_at_source;  ///< tiles the source does not have (open sea)
};

/// Address of the public Copernicus GLO-30 bucket.
extern const char* const kGlo30BaseUrl;

/// Names of the one-degree tiles that touch the box.
std::vector<std::string> glo30_tile_names(const FetchRequest& request);

/// Downloads missing tiles through GDAL's /vsicurl/ into the cache, each under a temporary name and
/// renamed when whole and readable; a second call goes on where the first stopped. Throws
/// GeodataError when the source cannot be reached.
FetchReport fetch_glo30(const FetchRequest& request, std::stop_token stop,
                        const std::function<void(std::size_t done, std::size_t total)>& progress);

}  // namespace yonder::geodata
