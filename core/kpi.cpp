#include "core/kpi.h"

#include <algorithm>

#include "core/profile_cut.h"

namespace yonder {

CoverageKpis judge_coverage(const CoverageMap& map, const Terrain& terrain,
                            const std::vector<double>& thresholds_dbm, bool whole_window) {
  YONDER_EXPECTS(!thresholds_dbm.empty());
  CoverageKpis kpis;
  for (const double threshold : thresholds_dbm) kpis.thresholds.push_back({threshold, {}, {}, {}});
  const auto weakest = static_cast<float>(thresholds_dbm.back());
  for (int row = 0; row < map.window.rows; ++row) {
    for (int column = 0; column < map.window.columns; ++column) {
      const Pixel pixel{map.window.column + column, map.window.row + row};
      const std::size_t i = map.window.index(pixel);
      const PixelStatus status = map.status[i];
      ++kpis.status_pixels[status];
      if (status == pixel_status::kBeyondRadius && !whole_window) continue;
      ++kpis.judged_pixels;
      const float rsrp = map.rsrp_dbm[i];  // NaN compares as not covered
      const bool sea = terrain.zone[terrain.grid.index(pixel)] == Zone::sea;
      for (ThresholdKpi& threshold : kpis.thresholds) {
        const bool covered = rsrp >= static_cast<float>(threshold.rsrp_dbm);
        for (SurfaceCount* surface : {&threshold.all, sea ? &threshold.sea : &threshold.land}) {
          ++surface->pixels;
          if (covered) ++surface->covered;
        }
      }
      if (rsrp >= weakest) continue;
      ++kpis.lack.pixels;
      if (status == pixel_status::kBeyondRadius) {
        ++kpis.lack.beyond_radius;
      } else if (!pixel_status::has_value(status)) {
        ++kpis.lack.not_evaluated;
      } else if (map.free_space_rsrp_dbm[i] >= weakest) {
        ++kpis.lack.obstructed;
      } else {
        ++kpis.lack.power;
      }
    }
  }
  return kpis;
}

RimCount count_rim(const CoverageMap& map, const Terrain& terrain,
                   const std::vector<AntennaPosition>& sites, double radius_m,
                   double threshold_dbm) {
  const double rim_m = radius_m - 1.5 * terrain.grid.pixel_size_m;
  RimCount rim;
  for (const AntennaPosition& site : sites) {
    std::vector<const AntennaPosition*> neighbours;
    for (const AntennaPosition& other : sites) {
      const double apart_m = bearing_to(site, other.position).distance_m;
      if (&other != &site && apart_m < 2.1 * radius_m) neighbours.push_back(&other);
    }
    const PixelWindow window =
        field_window(terrain.grid, map.window, {.antenna = site, .radius_m = radius_m});
    for (int row = window.row; row < window.row + window.rows; ++row) {
      for (int column = window.column; column < window.column + window.columns; ++column) {
        const MapPoint point = terrain.grid.center({column, row});
        const double distance_m = bearing_to(site, point).distance_m;
        if (distance_m <= rim_m || distance_m > radius_m) continue;
        const bool reached = std::any_of(neighbours.begin(), neighbours.end(), [&](const auto* n) {
          return bearing_to(*n, point).distance_m <= radius_m;
        });
        if (reached) continue;
        ++rim.pixels;
        if (map.rsrp_dbm[map.window.index({column, row})] >= static_cast<float>(threshold_dbm)) {
          ++rim.above;
        }
      }
    }
  }
  return rim;
}

}  // namespace yonder
