#pragma once

#include <cstdint>
#include <vector>

#include "core/cell.h"
#include "core/path_loss_field.h"

namespace yonder {

/// Effective earth radius factor for the direction in which a ray leaves an antenna (median
/// refraction).
inline constexpr double kRayEarthRadiusFactor = 4.0 / 3.0;

/// Direction from an antenna to a receiver antenna: the straight ray over an earth of 4/3 radius.
/// Heights above sea level.
Direction ray_direction(const AntennaPosition& antenna, double antenna_amsl_m, MapPoint receiver,
                        double receiver_amsl_m);

/// What several cells give together at each pixel of a window.
struct CoverageMap {
  PixelWindow window;                    ///< within the terrain's grid
  std::vector<float> rsrp_dbm;           ///< of the best server; NaN: no value
  std::vector<std::uint16_t> best_cell;  ///< 1 + index of the best server; 0: none
  std::vector<PixelStatus> status;
  /// RSRP that the best cell would give in free space: tells weak signal from obstruction. NaN: no
  /// cell in reach.
  std::vector<float> free_space_rsrp_dbm;

  explicit CoverageMap(PixelWindow area);
};

/// Share of a radius's outermost ring still above a threshold: the budget outlived the radius.
struct RimCount {
  std::size_t pixels = 0;
  std::size_t above = 0;
};

/// Cells at one antenna position on one carrier: they share a field.
struct CoSitedCells {
  std::vector<Cell> cells;
  std::vector<std::uint16_t> numbers;  ///< 1 + index of each cell in the whole plan
};

/// Received power of one cell at one pixel: what the map stores and the one-pixel explanation
/// prints.
struct CellAtPixel {
  Direction toward;  ///< true azimuth and elevation of the ray
  double antenna_gain_dbi = 0.0;
  float rsrp_dbm = 0.0F;
};
CellAtPixel cell_at_pixel(const Cell& cell, const Terrain& terrain, const FieldSpec& spec,
                          const Receiver& receiver, Pixel pixel, float loss_db);

/// Adds cells to a map: the strongest RSRP wins, the earlier cell when equal; so the order of calls
/// decides only ties. Counts the rim pixels of the field whose RSRP reaches `rim_threshold_dbm`.
RimCount add_to_coverage(CoverageMap& map, const PathLossField& field, const CoSitedCells& cells,
                         const Terrain& terrain, const FieldSpec& spec, const Receiver& receiver,
                         double rim_threshold_dbm, const RunControl& control);

}  // namespace yonder
