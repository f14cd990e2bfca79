#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/batch/tile_grid.h"
#include "scenarios/input_hashes.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// Everything that a tile's files depend on. Two tiles with one key have the same bytes.
struct TileKey {
  std::string text;                           ///< one "name value" a line, for people
  std::string sha256;                         ///< of the text, 64 hexadecimal digits
  std::vector<std::filesystem::path> inputs;  ///< files whose content is part of it
};

/// Makes the keys of a batch's tiles. A tile's key holds the cells that reach it and the rasters
/// that lie under it, so that a change elsewhere leaves it as it is.
class TileKeys {
 public:
  /// Throws geodata::GeodataError where a raster of the terrain cannot be opened.
  explicit TileKeys(const Scenario& scenario);
  ~TileKeys();
  TileKeys(const TileKeys&) = delete;
  TileKeys& operator=(const TileKeys&) = delete;

  /// `part` and `analysis`: tile_scenario() and tile_analysis(). Throws std::runtime_error where an
  /// input cannot be read.
  TileKey key(const Scenario& part, const TileGrid& grid, const Tile& tile,
              const AnalysisGrid& analysis);

  /// Leaves out the terrain rasters that do not lie under the grid.
  void keep_rasters_under(const AnalysisGrid& analysis, Scenario& part) const;

  /// What was read of each input, for the record.
  InputHashes& hashes() { return hashes_; }

 private:
  struct Settings;
  std::unique_ptr<Settings> settings_;
  InputHashes hashes_;
};

/// Of all cells of a plan with all their values, and of what loading has read from antenna patterns
/// and tables: with the scenario's text, what makes one plan differ from another.
std::string cells_sha256(const Scenario& scenario);

/// The name of the first line in which two keys differ, for messages: "cell GD0007-1".
std::string first_difference(const std::string& key_text, const std::string& other_text);

}  // namespace yonder::scenarios
