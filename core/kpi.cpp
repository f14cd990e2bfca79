#include "core/kpi.h"

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

}  // namespace yonder
