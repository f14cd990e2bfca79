#include "core/coverage.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/free_space.h"
#include "core/link_budget.h"
#include "core/parallel_rows.h"
#include "core/profile_cut.h"
#include "core/units.h"

namespace yonder {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// The map's status after a further field said `added` about a pixel: a value beats none, and a
/// cell that could not be evaluated beside a value makes it incomplete.
PixelStatus merged(PixelStatus before, PixelStatus added) {
  using namespace pixel_status;
  if (added == kBeyondRadius) return before;
  if (before == kBeyondRadius) return added;
  if (has_value(before) != has_value(added)) return kIncomplete;
  return has_value(before) ? before : std::min(before, added);
}

}  // namespace

CoverageMap::CoverageMap(PixelWindow area)
    : window(area),
      rsrp_dbm(area.size(), kNone),
      best_cell(area.size(), 0),
      status(area.size(), pixel_status::kBeyondRadius),
      free_space_rsrp_dbm(area.size(), kNone) {}

Direction ray_direction(const AntennaPosition& antenna, double antenna_amsl_m, MapPoint receiver,
                        double receiver_amsl_m) {
  const Bearing bearing = bearing_to(antenna, receiver);
  const double d = bearing.distance_m;
  const double bulge_m = d * d / (2.0 * kRayEarthRadiusFactor * kEarthRadiusM);
  return {bearing.azimuth_rad, std::atan2(receiver_amsl_m - antenna_amsl_m - bulge_m, d)};
}

CellAtPixel cell_at_pixel(const Cell& cell, const Terrain& terrain, const FieldSpec& spec,
                          const Receiver& receiver, Pixel pixel, float loss_db) {
  const double antenna_amsl_m =
      terrain.ground_at(spec.antenna.position) + spec.antenna.height_agl_m;
  const double receiver_amsl_m =
      static_cast<double>(terrain.ground_amsl_m[terrain.grid.index(pixel)]) + receiver.height_agl_m;
  CellAtPixel at;
  at.toward =
      ray_direction(spec.antenna, antenna_amsl_m, terrain.grid.center(pixel), receiver_amsl_m);
  at.antenna_gain_dbi = cell.antenna.gain_dbi(at.toward);
  at.rsrp_dbm = static_cast<float>(
      ss_rsrp_dbm(cell, at.antenna_gain_dbi, static_cast<double>(loss_db), receiver));
  return at;
}

RimCount add_to_coverage(CoverageMap& map, const PathLossField& field, const CoSitedCells& cells,
                         const Terrain& terrain, const FieldSpec& spec, const Receiver& receiver,
                         double rim_threshold_dbm, const RunControl& control) {
  const PixelWindow& window = field.window;
  std::vector<RimCount> rim_of_row(static_cast<std::size_t>(window.rows));
  const double rim_m = spec.radius_m - 1.5 * terrain.grid.pixel_size_m;
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(window.rows, quiet, 0, 0, [&](int row, int) {
    RimCount rim;
    for (int column = 0; column < window.columns; ++column) {
      const Pixel pixel{window.column + column, window.row + row};
      const std::size_t in_field = window.index(pixel);
      const std::size_t in_map = map.window.index(pixel);
      const PixelStatus status = field.status[in_field];
      const PixelStatus before = map.status[in_map];
      map.status[in_map] = merged(before, status);
      if (!pixel_status::has_value(status)) continue;

      const double distance_m = bearing_to(spec.antenna, terrain.grid.center(pixel)).distance_m;
      const float loss_db = field.loss_db[in_field];
      const double free_space_db =
          free_space_loss_db(spec.frequency_hz, std::max(distance_m, spec.antenna.height_agl_m));
      bool above = false;
      for (std::size_t c = 0; c < cells.cells.size(); ++c) {
        const CellAtPixel at =
            cell_at_pixel(cells.cells[c], terrain, spec, receiver, pixel, loss_db);
        above = above || static_cast<double>(at.rsrp_dbm) >= rim_threshold_dbm;
        if (!(at.rsrp_dbm <= map.rsrp_dbm[in_map])) {
          map.rsrp_dbm[in_map] = at.rsrp_dbm;
          map.best_cell[in_map] = cells.numbers[c];
          // A pixel whose best server is near shows it; otherwise a farther cell's own status
          // stands.
          if (map.status[in_map] != pixel_status::kIncomplete) map.status[in_map] = status;
        }
        const auto free_space_rsrp =
            static_cast<float>(static_cast<double>(at.rsrp_dbm + loss_db) - free_space_db);
        if (!(free_space_rsrp <= map.free_space_rsrp_dbm[in_map])) {
          map.free_space_rsrp_dbm[in_map] = free_space_rsrp;
        }
      }
      if (distance_m > rim_m) {
        ++rim.pixels;
        if (above) ++rim.above;
      }
    }
    rim_of_row[static_cast<std::size_t>(row)] = rim;
  });
  RimCount rim;
  for (const RimCount& r : rim_of_row) {
    rim.pixels += r.pixels;
    rim.above += r.above;
  }
  return rim;
}

}  // namespace yonder
