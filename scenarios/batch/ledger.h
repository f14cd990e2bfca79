#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/batch/tile_kpis.h"

/// What a batch has finished. Each tile has a folder of its own with its layers and, put there
/// last, tile.json: the key it was computed for and the SHA-256 of each file. A tile is finished
/// when all of that fits together; nothing else is believed.
namespace yonder::scenarios {

inline constexpr const char* kTilesFolder = "tiles";
inline constexpr const char* kTileRecord = "tile.json";
/// Beside the record, outside its hashes: it differs from run to run.
inline constexpr const char* kTileTimings = "timings.json";

/// What a record says of a file. Of FILE.aux.xml, into which viewers write statistics, it is the
/// names of classes that count: `bytes` is 0 then, and the hash is of these.
struct TileFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
  bool operator==(const TileFile&) const = default;
};

/// Throws std::runtime_error when the file cannot be read.
TileFile describe_file(const std::filesystem::path& file);

struct TileRecord {
  std::string id;
  std::string key;  ///< TileKey::sha256
  std::string key_text;
  std::vector<TileFile> files;             ///< sorted by name, without the record
  std::vector<std::string> cells;          ///< ids by their number in best_server.tif, from 1
  std::vector<double> site_ground_amsl_m;  ///< by site of the tile
  std::vector<bool> sites_by_the_sea;      ///< by site of the tile; empty where it does not matter
  TileKpis kpis;
  double pixel_area_km2 = 0.0;  ///< true area of a pixel at the tile's centre
  bool synthetic_terrain = false;
  std::size_t grid_pixels = 0;  ///< of the terrain around the tile
  std::size_t assumed_sea_pixels = 0;
  std::size_t paths = 0;
};

/// Says in the folder's run.json, where there is one, that it is not of the tiles beside it any
/// more. To be called before the first tile is replaced. Throws OutputError.
void mark_incomplete(const std::filesystem::path& directory);

std::string tile_record_text(const TileRecord& record);

/// Seconds that a tile took when it was computed.
struct TileTimings {
  double terrain_s = 0.0;
  double propagation_s = 0.0;
  double output_s = 0.0;
  int threads = 0;
};
std::string tile_timings_text(const TileTimings& timings);
std::optional<TileTimings> read_tile_timings(const std::filesystem::path& folder);

enum class TileState {
  finished,
  absent,
  outdated,  ///< whole, of another key
  damaged    ///< the record cannot be read, or a file is not what it says
};

struct TileCheck {
  TileState state = TileState::absent;
  std::string reason;                ///< of outdated and damaged: what differs
  std::optional<TileRecord> record;  ///< of finished and outdated
};

/// Reads every byte of the tile's files.
TileCheck check_tile(const std::filesystem::path& folder, const std::string& id,
                     const std::string& key, const std::string& key_text);

/// Names of folders below `tiles` that hold a tile's record, sorted.
std::vector<std::string> recorded_tiles(const std::filesystem::path& directory);

/// Removes a tile's files and its folder, as far as nothing else is in it.
void remove_tile(const std::filesystem::path& folder);

}  // namespace yonder::scenarios
