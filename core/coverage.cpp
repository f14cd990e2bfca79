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

CoverageMap::CoverageMap(PixelWindow area, int servers_kept)
    : window(area),
      rsrp_dbm(area.size(), kNone),
      best_cell(area.size(), 0),
      status(area.size(), pixel_status::kBeyondRadius),
      free_space_rsrp_dbm(area.size(), kNone) {
  if (servers_kept > 1) servers = ServerStack(area, servers_kept);
}

PixelRay ray_to_pixel(const Terrain& terrain, const FieldSpec& spec, Pixel pixel) {
  return ray_to(spec.antenna, receiver_at_pixel(terrain, pixel, spec.receiver_height_agl_m));
}

PixelRay ray_to(const AntennaPosition& antenna, const ReceiverPlace& receiver) {
  const Bearing bearing = bearing_to(antenna, receiver.position);
  const double d = bearing.distance_m;
  const double receiver_amsl_m = receiver.ground_amsl_m + receiver.height_agl_m;
  const double rise_m = receiver_amsl_m - antenna.ground_amsl_m - antenna.height_agl_m;
  const double bulge_m = d * d / (2.0 * kRayEarthRadiusFactor * kEarthRadiusM);
  return {d, std::hypot(d, rise_m), {bearing.azimuth_rad, std::atan2(rise_m - bulge_m, d)}};
}

float pixel_rsrp_dbm(const Cell& cell, const PixelRay& ray, const Receiver& receiver,
                     float loss_db) {
  return static_cast<float>(
      ss_rsrp_dbm(cell, cell.antenna.gain_dbi(ray.toward), static_cast<double>(loss_db), receiver));
}

void add_to_coverage(CoverageMap& map, const PathLossField& field, const CoSitedCells& cells,
                     const Terrain& terrain, const FieldSpec& spec, const Receiver& receiver,
                     const RunControl& control) {
  const PixelWindow& window = field.window;
  if (!field.served_by.empty() && map.served_by.empty()) {
    map.served_by.assign(map.window.size(), 0);
  }
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(window.rows, quiet, 0, 0, [&](int row, int) {
    for (int column = 0; column < window.columns; ++column) {
      const Pixel pixel{window.column + column, window.row + row};
      const std::size_t in_field = window.index(pixel);
      const std::size_t in_map = map.window.index(pixel);
      const PixelStatus status = field.status[in_field];
      map.status[in_map] = merged(map.status[in_map], status);
      if (!pixel_status::has_value(status)) continue;

      const PixelRay ray = ray_to_pixel(terrain, spec, pixel);
      const float loss_db = field.loss_db[in_field];
      const auto obstruction_db = static_cast<float>(
          static_cast<double>(loss_db) - free_space_loss_db(spec.frequency_hz, ray.slant_m));
      for (std::size_t c = 0; c < cells.cells.size(); ++c) {
        const float rsrp_dbm = pixel_rsrp_dbm(cells.cells[c], ray, receiver, loss_db);
        if (map.servers.depth() > 0) map.servers.add(in_map, {rsrp_dbm, cells.numbers[c]});
        const bool tie = rsrp_dbm == map.rsrp_dbm[in_map];
        if (tie ? cells.numbers[c] < map.best_cell[in_map] : !(rsrp_dbm < map.rsrp_dbm[in_map])) {
          map.rsrp_dbm[in_map] = rsrp_dbm;
          map.best_cell[in_map] = cells.numbers[c];
          if (!field.served_by.empty()) map.served_by[in_map] = field.served_by[in_field];
          // A pixel shows its best server's status, unless some cell could not be evaluated.
          if (map.status[in_map] != pixel_status::kIncomplete) map.status[in_map] = status;
        }
        if (!(rsrp_dbm + obstruction_db <= map.free_space_rsrp_dbm[in_map])) {
          map.free_space_rsrp_dbm[in_map] = rsrp_dbm + obstruction_db;
        }
      }
    }
  });
}

}  // namespace yonder
