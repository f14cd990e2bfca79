#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <vector>

#include "core/coverage.h"

namespace yonder {

/// Pixels of a surface: all of them, and those at or above a threshold.
struct SurfaceCount {
  std::size_t pixels = 0;
  std::size_t covered = 0;
  double share() const {
    return pixels == 0 ? 0.0 : static_cast<double>(covered) / static_cast<double>(pixels);
  }
};

struct ThresholdKpi {
  double rsrp_dbm = 0.0;
  SurfaceCount land;
  SurfaceCount sea;
  SurfaceCount all;
};

/// Why pixels are below the weakest threshold; the parts add up to `pixels`.
struct LackCounts {
  std::size_t pixels = 0;
  std::size_t obstructed =
      0;  ///< free space would suffice: terrain, earth bulge or clutter take the rest
  std::size_t power = 0;  ///< even free space from the best cell would not: power, gain or pattern
  std::size_t not_evaluated = 0;  ///< no terrain data, or out of the model's range
  std::size_t beyond_radius = 0;  ///< in a bounding box, farther than the radius from every cell
};

struct CoverageKpis {
  std::map<PixelStatus, std::size_t> status_pixels;  ///< over the whole window
  std::vector<ThresholdKpi> thresholds;
  LackCounts lack;
  std::size_t judged_pixels = 0;
};

/// Share of the calculation's rim still above a threshold: the budget outlived the radius.
struct RimCount {
  std::size_t pixels = 0;
  std::size_t above = 0;
};

/// Counts the outermost pixels within `radius_m` of a site that no other site reaches, and those of
/// them at or above the threshold. `sites`: one position per site.
RimCount count_rim(const CoverageMap& map, const Terrain& terrain,
                   const std::vector<AntennaPosition>& sites, double radius_m,
                   double threshold_dbm);

/// Counts over the map's pixels. Judged are all pixels when `whole_window` (a bounding box was
/// asked for), else those within some cell's radius. Pixels without a value count as not covered.
/// `thresholds_dbm`: strongest first, not empty.
CoverageKpis judge_coverage(const CoverageMap& map, const Terrain& terrain,
                            const std::vector<double>& thresholds_dbm, bool whole_window);

}  // namespace yonder
