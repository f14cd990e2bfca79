#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/geo.h"
#include "core/grid.h"
#include "core/path_profile.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// One class of the legend: pixels at or above `threshold_dbm` and below the class before.
struct PictureClass {
  Label label;
  double threshold_dbm = 0.0;
  double share = 0.0;  ///< of the judged area at or above the threshold, 0 to 1
  /// For categories: shown instead of "≥ threshold", and the colour (0x00RRGGBB) instead of the
  /// scale's.
  std::string caption;
  std::optional<std::uint32_t> rgb;
};

struct PictureSite {
  MapPoint position;
  std::string label;        ///< shown where there is room
  std::string short_label;  ///< tried where there is not
};

/// All that a coverage picture shows. The spans are row-major over `grid`.
struct CoveragePicture {
  Grid grid;
  std::span<const float> ground_amsl_m;  ///< NaN: no terrain data
  std::span<const Zone> zone;            ///< may be empty: no sea
  std::span<const float> rsrp_dbm;       ///< or what else the thresholds are of; NaN: none
  std::vector<PictureClass> classes;     ///< strongest first
  std::vector<PictureSite> sites;
  Label title;
  std::string subtitle;  ///< model, frequency, time percentage, receiver, pixel
  std::string share_heading = "area at or above";
  std::string legend_title = "SS-RSRP";
  std::string below_caption;       ///< of what no class holds; empty: "below" the last threshold
  bool synthetic_terrain = false;  ///< puts a label nobody can miss on the map
  std::function<LonLat(MapPoint)> to_lonlat;  ///< for graticule and north; empty: without them
};

/// Draws the picture and writes it as PNG, its longer side 1300 to 1800 pixels. Throws
/// std::runtime_error with a sentence when it cannot be written (a full disk included), and then
/// leaves no file. Thread-safe; needs a font with Chinese glyphs to be installed to show them.
void write_coverage_picture(const CoveragePicture& picture, const std::filesystem::path& file);

}  // namespace yonder::scenarios
