#pragma once

#include <cstdint>
#include <vector>

#include "core/cell.h"
#include "core/path_loss_field.h"
#include "core/server_stack.h"

namespace yonder {

/// Effective earth radius factor for the direction in which a ray leaves an antenna (median
/// refraction).
inline constexpr double kRayEarthRadiusFactor = 4.0 / 3.0;

/// The ray from an antenna to a receiver: the straight line over an earth of 4/3
/// radius.
struct PixelRay {
  double distance_m = 0.0;  ///< true horizontal distance
  double slant_m = 0.0;     ///< between the antennas
  Direction toward;         ///< true azimuth, elevation
};
PixelRay ray_to(const AntennaPosition& antenna, const ReceiverPlace& receiver);
PixelRay ray_to_pixel(const Terrain& terrain, const FieldSpec& spec, Pixel pixel);

/// What several cells give together at each pixel of a window.
struct CoverageMap {
  PixelWindow window;                    ///< within the terrain's grid
  std::vector<float> rsrp_dbm;           ///< of the best server; NaN: no value
  std::vector<std::uint16_t> best_cell;  ///< 1 + index of the best server; 0: none
  std::vector<PixelStatus> status;
  /// RSRP that the best cell would give in free space: tells weak signal from obstruction. NaN: no
  /// cell in reach.
  std::vector<float> free_space_rsrp_dbm;
  /// Member of the model that gave the best server's loss (PathLossResult::served_by); empty unless
  /// the model has members.
  std::vector<std::uint8_t> served_by;
  /// The strongest cells, the best server first, when more than that one is wanted; else empty.
  ServerStack servers;

  explicit CoverageMap(PixelWindow area, int servers_kept = 1);
};

/// Cells at one antenna position on one carrier: they share a field.
struct CoSitedCells {
  std::vector<Cell> cells;
  std::vector<std::uint16_t> numbers;  ///< 1 + index of each cell in the whole plan
};

/// SS-RSRP of one cell at one pixel, as the map stores it and the one-pixel explanation prints it.
float pixel_rsrp_dbm(const Cell& cell, const PixelRay& ray, const Receiver& receiver,
                     float loss_db);

/// Adds cells to a map: the strongest RSRP wins, the lower number when equal; so the order of calls
/// does not matter.
void add_to_coverage(CoverageMap& map, const PathLossField& field, const CoSitedCells& cells,
                     const Terrain& terrain, const FieldSpec& spec, const Receiver& receiver,
                     const RunControl& control);

}  // namespace yonder
